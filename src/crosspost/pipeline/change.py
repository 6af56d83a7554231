"""Change what LinkedIn has: bring a published post up to date with its file, or delete it; ledger and file follow.

LinkedIn first, then the ledger, then the file. Both changes come to the same when made twice, so after a crash between
two of these steps the same command finishes the work.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from crosspost.command_line import command_line
from crosspost.errors import PostUnreadable, Problem, WriteBackRefused
from crosspost.model import Done, OutcomeKind, Rejected, State, Unclear
from crosspost.pipeline import limits
from crosspost.pipeline.draft import draft as draft_of
from crosspost.pipeline.draft import text_digest, unsendable

if TYPE_CHECKING:
    from crosspost.model import Change, Draft, Entry, Outcome, Post
    from crosspost.pipeline.run import Run


def edit(run: Run, key: str) -> Outcome:
    """Give LinkedIn's copy the text that the file composes to now. Card, media and visibility cannot be edited there."""
    entry = run.ledger.get(run.key(key)) or _under_former_name(run, key)
    if entry is None or entry.state is not State.PUBLISHED or entry.urn is None:
        return _failed(run, key, _not_published(run, key, entry))
    draft = _draft(run, key)
    if draft is None:
        return _failed(run, key, _no_text(run, key))
    if problem := unsendable(draft):
        return _failed(run, key, replace(problem, linkedin_has="the post is as it was"))
    known = replace(run.outcome(key, OutcomeKind.EDITED), urn=entry.urn, url=entry.url)
    if text_digest(draft) == entry.text_digest:
        return replace(known, kind=OutcomeKind.SKIPPED, reason="LinkedIn has this text already")
    limits.count(run, entry.author, requests=1)
    return _after(run, known, entry, run.publisher.edit(entry.urn, draft)) or _amended(run, known, entry, draft)


def delete(run: Run, key: str, *, reason: str) -> Outcome:
    """Delete the post on LinkedIn, record it with a reason, and take the address out of the file."""
    entry = run.ledger.get(run.key(key))
    if entry is None and (former := _under_former_name(run, key)):
        return _failed(run, key, _named_otherwise(run, key, former))
    if entry is None or entry.urn is None or entry.state not in {State.PUBLISHED, State.DELETED}:
        return _failed(run, key, _not_published(run, key, entry))
    known = replace(run.outcome(key, OutcomeKind.DELETED), urn=entry.urn, url=entry.url)
    if entry.state is State.PUBLISHED:
        limits.count(run, entry.author, requests=1)
        if stopped := _after(run, known, entry, run.publisher.delete(entry.urn)):
            return stopped
        run.ledger.withdraw(run.key(key), reason=reason, now=run.clock.now())
    return _taken_back(run, known)


def differs(run: Run, post: Post, entry: Entry) -> bool:
    """Tell whether LinkedIn's copy has another text than the file composes to now."""
    from crosspost.compose import compose  # noqa: PLC0415 - as in `draft`

    # What most posts say needs no look at their pictures.
    if text_digest(compose(post, run.source.site, run.policy.text)) == entry.text_digest:
        return False
    return not unsendable(draft_of(run.source, run.policy, post))


def _under_former_name(run: Run, key: str) -> Entry | None:
    """Return the entry of a published post whose file has another name now, and the address that crosspost wrote still."""
    post = run.readable(key)
    if post is None or post.linkedin_url is None:
        return None
    there = frozenset(run.source.keys())
    entries = run.ledger.entries(run.site, run.policy.name).values()
    return next((one for one in entries if one.url == post.linkedin_url and one.key.post not in there), None)


def _named_otherwise(run: Run, key: str, former: Entry) -> Problem:
    """Without its address the file would be a new post to the ledger, so it keeps that."""
    delete_it = command_line("delete", former.key.post, run.policy.name)
    return Problem(
        what=f"crosspost published this post as {former.key.post}",
        linkedin_has="nothing was changed",
        fix=f"{delete_it}; the address stays in {key} and keeps the post from going out again",
    )


def _draft(run: Run, key: str) -> Draft | None:
    post = run.readable(key)
    return draft_of(run.source, run.policy, post) if post else None


def _after(run: Run, known: Outcome, entry: Entry, change: Change) -> Outcome | None:
    """Return the outcome of a change that LinkedIn did not make, None where it did."""
    match change:
        case Done():
            return None
        case Rejected():
            limits.heed(run, entry.author, change)
            return replace(_refused(known, change.problem), credentials=change.credentials)
        case Unclear():
            return _refused(known, change.problem)
        case _:
            assert_never(change)


def _refused(known: Outcome, problem: Problem) -> Outcome:
    """Return a failure, after a pause of LinkedIn's too: no run makes the change later, only the person who asked for it."""
    return replace(known, kind=OutcomeKind.FAILED, reason=problem.what, problem=problem)


def _amended(run: Run, known: Outcome, entry: Entry, draft: Draft) -> Outcome:
    if run.ledger.amend(entry.key, text_digest=text_digest(draft), now=run.clock.now()):
        return known
    problem = Problem(
        what="another post of the author has this very text, so the ledger keeps the old one",
        linkedin_has=f"the post has its new text: {known.url}",
        fix="give one of the two another text",
    )
    return _refused(known, problem)


def _taken_back(run: Run, known: Outcome) -> Outcome:
    """Take the address out of the file; a file that is gone has none."""
    if not run.source.stamp(known.post):
        return known
    try:
        post = run.source.read(known.post)
        if (
            post
            and post.linkedin_url
            and not run.source.take_back(known.post, post.linkedin_url, run.policy.write_back)
        ):
            problem = _named_elsewhere(known.post, post.linkedin_url)
            return replace(known, reason=problem.what, problem=problem)
    except (PostUnreadable, WriteBackRefused) as error:
        return replace(known, reason=error.problem.what, problem=error.problem)
    return known


def _named_elsewhere(key: str, url: str) -> Problem:
    return Problem(
        what="the post is deleted, and its file still names an address that crosspost did not write",
        linkedin_has="the post is deleted",
        fix=f"remove {url} from {key} by hand",
    )


def _failed(run: Run, key: str, problem: Problem) -> Outcome:
    return run.outcome(key, OutcomeKind.FAILED, problem.what, problem)


def _no_text(run: Run, key: str) -> Problem:
    return Problem(
        what="the file gives no text to send",
        linkedin_has="the post is as it was",
        fix=f"see: {command_line('check', key, run.policy.name)}",
    )


def _not_published(run: Run, key: str, entry: Entry | None) -> Problem:
    def run_it(verb: str, more: str) -> str:
        return command_line(verb, key, run.policy.name, more)

    told = {
        State.PUBLISHED: ("where the post is on LinkedIn is not known", run_it("resolve", "--url URL")),
        State.UNCERTAIN: (
            "whether the post is on LinkedIn is not known",
            run_it("resolve", "--url URL | --not-posted"),
        ),
        State.DELETED: (
            "the post was deleted from LinkedIn",
            f"to send it again: {run_it('publish', '--force REASON')}",
        ),
    }
    never = (
        "crosspost has not published this post",
        (
            "change or delete by hand what was posted by hand; an address that a sandbox gave is only a line in the file: remove it"
        ),
    )
    what, fix = told.get(entry.state, never) if entry else never
    return Problem(what=what, linkedin_has="nothing was changed", fix=fix)
