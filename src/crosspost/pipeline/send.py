"""The story of one post, from draft to outcome.

Every step that matters is recorded in the ledger before the next one starts, so that a crash anywhere leaves a state
that the next run can read: before `sending` nothing has left this machine; after it nothing is sent again by itself.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from crosspost.addresses import activity_page
from crosspost.command_line import command_line
from crosspost.errors import LedgerError, Problem, WriteBackRefused
from crosspost.model import Failure, Held, OutcomeKind, Receipt, Rejected, State, Unclear, WaitsFor
from crosspost.pipeline import limits
from crosspost.pipeline.approval import awaited
from crosspost.pipeline.attachments import requests_for
from crosspost.pipeline.comment import comment_first
from crosspost.pipeline.draft import draft as draft_of
from crosspost.pipeline.draft import errors_in, text_digest, unsendable
from crosspost.pipeline.evidence import claim_of, look_again
from crosspost.pipeline.unbuilt import leads_nowhere
from crosspost.plan import still_refused, uncertain

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosspost.model import Answer, Claim, Draft, Entry, Outcome, Post, Prepared
    from crosspost.pipeline.renamed import Names
    from crosspost.pipeline.run import Run
    from crosspost.pipeline.survey import Candidate

log = logging.getLogger(__name__)

# From claim to intent is milliseconds of work; a longer stay means that the owner is gone.
CLAIM_LEASE = timedelta(minutes=5)
# Files go to LinkedIn in between: half a gigabyte takes a while.
UPLOAD_LEASE = timedelta(hours=2)

# LinkedIn refused a post for its files, so it surely has nothing: seconds to wait before it gets the post once more. Before
# the last time the files are uploaded anew.
_PAUSES = {"waiting": (5, 15, 30), "unusable": (0,)}


class Ended(Exception):
    """The run ends at a post that LinkedIn has or may have: what became of it is to be told first.

    Attributes:
        outcome: Of the post.
        error: What ends the run: an interruption, or a ledger that could not be told.
    """

    def __init__(self, outcome: Outcome, error: BaseException) -> None:
        super().__init__(str(error))
        self.outcome = outcome
        self.error = error


def send(run: Run, candidate: Candidate, names: Names, *, named: bool, dry_run: bool) -> tuple[Outcome, str | None]:
    """Send one post. Return its outcome and, where the whole run must stop, why.

    Args:
        run: The account's run.
        candidate: The post.
        names: Tell whether it went out under another one.
        named: The user named it.
        dry_run: Send nothing.

    Raises:
        LedgerError: Nothing was sent, or LinkedIn took nothing, or may have; the ledger knows at least of the intent.
        Ended: LinkedIn took it, or may have.
    """
    key = candidate.post.key
    draft = draft_of(run.source, run.policy, candidate.post)
    if unfit := _unfit(run, candidate, draft, named=named):
        return unfit, None
    held = None if named else awaited(run, draft)
    early = leads_nowhere(run.source.site, candidate.post, draft, run.clock.now())
    if dry_run:
        return held or run.outcome(key, OutcomeKind.WOULD_PUBLISH, early), None
    if held := held or _barred(run, key) or (None if named else _awaits_page(run, candidate.post)):
        return held, None
    author = run.publisher.author()
    if isinstance(author, Rejected):
        return _rejected(run, key, author), author.problem.what
    former = None if candidate.entry else names.former_entry(draft, author)
    claim = Held(entry=former) if former else _claim(run, draft, author)
    if isinstance(claim, Held):
        return _held(run, key, claim.entry), None
    outcome, stopped = _send_claimed(run, claim, draft, author)
    return outcome.adding(early) if early and outcome.kind is OutcomeKind.PUBLISHED else outcome, stopped


def _unfit(run: Run, candidate: Candidate, draft: Draft, *, named: bool) -> Outcome | None:
    """Return the outcome of a post that cannot be sent as it is, None where it can."""
    problem = unsendable(draft) or still_refused(candidate.entry, text_digest(draft), named=named)
    if problem is None:
        return None
    entry = run.ledger.get(run.key(draft.post))
    if entry and entry.state is State.PUBLISHED:  # and so its file has an address that it had not when it was read
        return _published_by_another(run, entry)
    outcome = run.outcome(draft.post, OutcomeKind.FAILED, problem.what, problem)
    return replace(outcome, findings=errors_in(draft))


def _awaits_page(run: Run, post: Post) -> Outcome | None:
    """Return the outcome of a post whose page is not on the web yet, None where it is or need not be."""
    if run.pages is None:
        return None
    if post.canonical_url is None:
        problem = Problem(
            what="its page cannot be waited for: the site's address is unknown",
            linkedin_has="nothing was sent",
            fix="set url in _config.yml, or schedule.wait_for_page = false",
        )
        return run.outcome(post.key, OutcomeKind.FAILED, problem.what, problem)
    lacking = run.pages.lacking(post.canonical_url, post.title)
    if lacking is None:
        return None
    outcome = run.outcome(post.key, OutcomeKind.WAITING, f"its page is awaited: {lacking}: {post.canonical_url}")
    return replace(outcome, waits_for=WaitsFor.PAGE)


def _barred(run: Run, key: str) -> Outcome | None:
    """Return the outcome of a post whose file could not say where it is, None where it could."""
    barrier = run.source.write_back_barrier(key)
    if barrier is None:
        return None
    problem = replace(barrier, linkedin_has="nothing was sent, since the file could not say where the post is")
    return run.outcome(key, OutcomeKind.FAILED, problem.what, problem)


def _claim(run: Run, draft: Draft, author: str) -> Claim | Held:
    return run.ledger.claim(
        run.key(draft.post),
        author=author,
        text_digest=text_digest(draft),
        owner=run.owner,
        now=run.clock.now(),
        lease=UPLOAD_LEASE if draft.attachments else CLAIM_LEASE,
        spending=limits.spending(run, author, requests_for(run, draft, author)),
    )


def _held(run: Run, key: str, entry: Entry) -> Outcome:
    """Say who has the claim: this post in another run, or another post with the same text.

    A post that was renamed before its file could be brought up to date is its own twin: it learns its address here.
    """
    if entry.key == run.key(key):
        if entry.state is State.PUBLISHED:
            return _published_by_another(run, entry)
        return run.outcome(key, OutcomeKind.WAITING, f"another run ({entry.owner}) is at it")
    twin = entry.key.post if entry.key.account == run.policy.name else f"{entry.key.post} ({entry.key.account})"
    if entry.state is State.PUBLISHED:
        outcome = run.outcome(key, OutcomeKind.WRITTEN_BACK, f"the same text is on LinkedIn already, from {twin}")
        return write_back(run, replace(outcome, urn=entry.urn, url=entry.url))
    if entry.state is State.UNCERTAIN:
        return run.outcome(
            key, OutcomeKind.UNCERTAIN, f"the same text may be on LinkedIn, from {twin}", uncertain(entry)
        )
    return run.outcome(key, OutcomeKind.WAITING, f"the same text is being sent, from {twin}")


def _published_by_another(run: Run, entry: Entry) -> Outcome:
    outcome = run.outcome(entry.key.post, OutcomeKind.SKIPPED, "another run has published it")
    return replace(outcome, urn=entry.urn, url=entry.url)


def _send_claimed(run: Run, claim: Claim, draft: Draft, author: str) -> tuple[Outcome, str | None]:
    """From the claim to the outcome, once more where LinkedIn surely has nothing because of a file that it is not done with."""
    told, answer = _attempt(run, claim, draft, author)
    pauses = _PAUSES[answer.uploads] if draft.attachments and isinstance(answer, Rejected) and answer.uploads else ()
    for left, pause in zip(reversed(range(len(pauses))), pauses, strict=True):
        run.clock.sleep(pause)
        again = _claim(run, draft, author)
        if isinstance(again, Held):
            break
        told, answer = _attempt(run, again, draft, author, renew=left == 0)
        if not (isinstance(answer, Rejected) and answer.uploads):
            break
    return told


def _attempt(
    run: Run, claim: Claim, draft: Draft, author: str, *, renew: bool = False
) -> tuple[tuple[Outcome, str | None], Answer | None]:
    """Send a claimed post once. Once `sending` is recorded, whatever happens it is never sent again by itself."""
    key = claim.key.post
    try:
        prepared = run.publisher.prepare(draft, author, renew=renew)
    except BaseException:
        run.ledger.release(claim, run.clock.now())
        raise
    if isinstance(prepared, Rejected):
        run.ledger.release(claim, run.clock.now())
        limits.heed(run, author, prepared)
        stops = prepared.failure is not Failure.REFUSED
        return (_rejected(run, key, prepared), prepared.problem.what if stops else None), None
    recorded = run.ledger.mark_sending(
        claim, request_digest=prepared.digest, now=run.clock.now(), lease=run.sending_lease
    )
    if not recorded:
        return (run.outcome(key, OutcomeKind.WAITING, "another run took it over"), None), None
    try:
        answer = run.publisher.send(prepared)
    except BaseException as error:
        run.ledger.doubt(claim, f"interrupted while sending ({type(error).__name__})", run.clock.now())
        raise Ended(_in_doubt(run, key), error) from error
    outcome, stop = _settle(run, claim, prepared, answer)
    return (comment_first(run, draft, author, outcome), stop), answer


def _settle(run: Run, claim: Claim, prepared: Prepared, answer: Answer) -> tuple[Outcome, str | None]:
    """Record what the answer proves, before anything else is done with it."""
    key, now = claim.key.post, run.clock.now()
    match answer:
        case Receipt():
            return _received(run, claim, answer), None
        case Rejected():
            run.ledger.fail(claim, answer.failure, answer.problem.what, now=now, retry_at=answer.retry_at)
            limits.heed(run, prepared.author, answer)
            stops = answer.failure is not Failure.REFUSED
            return _rejected(run, key, answer), answer.problem.what if stops else None
        case Unclear():
            run.ledger.doubt(claim, answer.problem.what, now)
            return _unclear(run, claim, prepared, answer), None
        case _:
            assert_never(answer)


def _received(run: Run, claim: Claim, receipt: Receipt) -> Outcome:
    published = _published(run, claim.key.post, receipt)
    try:
        if not run.ledger.settle(claim, receipt, run.clock.now()):
            _tell_unless_known(run, claim, receipt)
    except LedgerError as error:
        raise Ended(_put_into_file(run, published), error) from error
    return write_back(run, published)


def _tell_unless_known(run: Run, claim: Claim, receipt: Receipt) -> None:
    """Another run may have found the same evidence; any other receipt that the ledger refuses is a second post."""
    entry = run.ledger.get(claim.key)
    if entry is None or entry.url != receipt.url:
        log.error("the ledger would not take the receipt of %s: %s", claim.key.post, receipt.url)


def _unclear(run: Run, claim: Claim, prepared: Prepared, answer: Unclear) -> Outcome:
    """Look for evidence at once. A first answer that speaks of a duplicate speaks of no attempt of ours: no retry."""
    entry = run.ledger.get(claim.key)
    if entry is None or entry.token != claim.token:
        return run.outcome(claim.key.post, OutcomeKind.UNCERTAIN, answer.problem.what, answer.problem)
    if answer.twin:
        run.ledger.mark_retry(claim, run.clock.now())  # as if it had been made: LinkedIn has answered it already
    known = _evidence(run, run.ledger.get(claim.key) or entry, lambda: prepared)
    if isinstance(known, Receipt):
        return _received(run, claim, known)
    problem = known or replace(answer.problem, fix=f"{answer.problem.fix} ({activity_page(entry.author)})")
    return run.outcome(claim.key.post, OutcomeKind.UNCERTAIN, problem.what, problem)


def _evidence(run: Run, entry: Entry, prepare: Callable[[], Prepared | None]) -> Receipt | Problem | None:
    """Look for evidence, which takes half a minute; whoever does not wait for it is told what is not known."""
    try:
        return look_again(run, entry, prepare)
    except BaseException as error:
        raise Ended(_in_doubt(run, entry.key.post), error) from error


def _in_doubt(run: Run, key: str) -> Outcome:
    entry = run.ledger.get(run.key(key))
    problem = uncertain(entry) if entry else None
    return run.outcome(key, OutcomeKind.UNCERTAIN, problem.what if problem else None, problem)


def settle_earlier(run: Run, post: Post, entry: Entry, outcome: Outcome) -> Outcome:
    """Look for evidence about an attempt of an earlier run; `outcome` where there is none."""
    known = _evidence(run, entry, lambda: _prepared_again(run, post, entry))
    if isinstance(known, Receipt):
        settled = _received(run, claim_of(entry), known)
        return comment_first(run, draft_of(run.source, run.policy, post), entry.author, settled)
    return replace(outcome, reason=known.what, problem=known) if known else outcome


def _prepared_again(run: Run, post: Post, entry: Entry) -> Prepared | None:
    """Build the request of an earlier attempt; None where the file says something else now."""
    draft = draft_of(run.source, run.policy, post)
    if unsendable(draft) or text_digest(draft) != entry.text_digest:
        return None
    prepared = run.publisher.prepare(draft, entry.author)
    return None if isinstance(prepared, Rejected) else prepared


def _rejected(run: Run, key: str, answer: Rejected) -> Outcome:
    kind = OutcomeKind.WAITING if answer.failure is Failure.THROTTLED else OutcomeKind.FAILED
    outcome = run.outcome(key, kind, answer.problem.what, answer.problem)
    return replace(outcome, credentials=answer.credentials, stops=answer.failure is not Failure.REFUSED)


def _published(run: Run, key: str, receipt: Receipt) -> Outcome:
    outcome = replace(run.outcome(key, OutcomeKind.PUBLISHED), urn=receipt.urn, url=receipt.url)
    if receipt.url is None:
        problem = Problem(
            what="LinkedIn took the post and did not say where it is",
            linkedin_has="the post is published",
            fix=f"copy its address from LinkedIn, then: {command_line('resolve', key, run.policy.name, '--url URL')}",
            detail=receipt.detail,
        )
        return replace(outcome, reason=problem.what, problem=problem)
    return outcome


def write_back(run: Run, outcome: Outcome) -> Outcome:
    """Put the URL of a published post into its file and record that; an outcome of another kind passes unchanged.

    With a repository it is recorded when that has it too (see `record`): until then each run does it again.
    """
    told = _put_into_file(run, outcome)
    if told is outcome and _is_on_linkedin(outcome) and run.repository is None:
        run.ledger.mark_written_back(run.key(outcome.post), run.clock.now())
    return told


def _put_into_file(run: Run, outcome: Outcome) -> Outcome:
    """Put the URL of a published post into its file. Return the outcome itself, unless the file was left as it was."""
    if not _is_on_linkedin(outcome) or outcome.url is None:
        return outcome
    try:
        run.source.write_back(outcome.post, outcome.url, run.policy.write_back)
    except WriteBackRefused as error:
        kind = OutcomeKind.FAILED if outcome.kind is OutcomeKind.WRITTEN_BACK else outcome.kind
        return replace(outcome, kind=kind, reason=error.problem.what, problem=error.problem)
    return outcome


def _is_on_linkedin(outcome: Outcome) -> bool:
    return outcome.kind in {OutcomeKind.PUBLISHED, OutcomeKind.WRITTEN_BACK} and outcome.url is not None
