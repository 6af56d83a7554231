"""Read every post and decide about it. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from crosspost.errors import PostUnreadable
from crosspost.model import IS_DRAFT, OutcomeKind
from crosspost.pipeline.left_out import left_out
from crosspost.plan import Attend, Miss, Publish, Skip, Wait, WriteBack, decide, is_unclear, uncertain
from crosspost.schedule import due, is_slotted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from crosspost.model import Entry, Outcome, Post
    from crosspost.pipeline.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A post that may go out now.

    Attributes:
        due: Its moment, or that of the slot that is free.
        ready: From when on it may go out.
        slotted: It takes the slot, if no other has taken it.
    """

    post: Post
    entry: Entry | None
    due: datetime
    ready: datetime
    slotted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A post about which all is clear without sending it.

    Attributes:
        ready: None where it could not be read.
        post: With its body, where the outcome of an earlier attempt is uncertain.
    """

    outcome: Outcome
    entry: Entry | None
    ready: datetime | None = None
    slotted: bool = False
    post: Post | None = None


def survey(
    run: Run,
    keys: Iterable[str],
    *,
    named: bool,
    baseline: datetime,
    slot: datetime | None = None,
    whole: bool = False,
    glance: Callable[[str], Post | None] | None = None,
) -> Iterator[Settled | Candidate]:
    """Yield what is to be done about each post; see `in_order` for those to send.

    A glance is enough for most posts; files that matter are read, and what they say counts.

    Args:
        run: The account's run.
        keys: The posts.
        named: The user named them.
        baseline: Posts due before it go out only when named.
        slot: The slot that is free now; None where there is none.
        whole: `keys` are all posts of the site: what is unclear about others, whose files are gone, is told too.
        glance: Where glances come from; bodies do not matter then, and no file is read.
    """
    entries = run.ledger.entries(run.site, run.policy.name)
    now = run.clock.now()
    skipped = left_out(run)
    lost = {known.post: entry for known, entry in entries.items() if is_unclear(entry, now)}

    def look(key: str, read: Callable[[str], Post | None]) -> Settled | Candidate:
        entry = entries.get(run.key(key))
        post = _read(run, key, entry, read)
        if isinstance(post, Settled):
            return post
        ready, slotted = due(post, run.policy.schedule), is_slotted(post, run.policy.schedule)
        decision = decide(post, entry, run.policy, now, baseline=baseline, named=named, slot=slot)
        if isinstance(decision, Miss) and key in skipped:
            decision = Skip("missed, and left out by a person")
        if isinstance(decision, Publish):
            takes = slotted and not named
            moment = slot if slot and takes else ready
            return Candidate(post=post, entry=entry, due=moment, ready=ready, slotted=takes)
        outcome = _outcome(run, key, entry, decision)
        unclear = post if isinstance(decision, Attend) else None
        return Settled(outcome=outcome, entry=entry, ready=ready, slotted=slotted, post=unclear)

    for key in keys:
        found = look(key, glance or run.source.glance)
        if glance is None and (isinstance(found, Candidate) or found.post):
            found = look(key, run.source.read)
        lost.pop(key, None)
        yield found
    if whole:
        yield from (_without_post(run, entry, "its file is gone") for entry in lost.values())
    run.source.remember()


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates as they go out: oldest due first."""
    return sorted(candidates, key=lambda one: (one.due, one.slotted, one.ready, one.post.key))


def parted(found: Iterable[Settled | Candidate]) -> tuple[list[Settled], list[Candidate]]:
    """Return the posts that are settled as they are, and those to send in order."""
    settled: list[Settled] = []
    candidates: list[Candidate] = []
    for one in found:
        if isinstance(one, Candidate):
            candidates.append(one)
        else:
            settled.append(one)
    return settled, in_order(candidates)


def _read(run: Run, key: str, entry: Entry | None, read: Callable[[str], Post | None]) -> Post | Settled:
    try:
        post = read(key)
    except PostUnreadable as error:
        outcome = run.outcome(key, OutcomeKind.FAILED, error.problem.what, error.problem)
        return Settled(outcome=replace(outcome, findings=error.findings), entry=entry)
    if post is None and entry and is_unclear(entry, run.clock.now()):
        return _without_post(run, entry, "its file is a draft or not published now")
    if post is None:
        return Settled(outcome=run.outcome(key, OutcomeKind.SKIPPED, IS_DRAFT), entry=entry)
    return post


def _without_post(run: Run, entry: Entry, why: str) -> Settled:
    """Say that nobody knows what became of an attempt, also where there is no post any more to say it of."""
    known = uncertain(entry)
    problem = replace(known, what=f"{known.what}; {why}")
    return Settled(outcome=run.outcome(entry.key.post, OutcomeKind.UNCERTAIN, problem.what, problem), entry=entry)


def _outcome(run: Run, key: str, entry: Entry | None, decision: WriteBack | Wait | Skip | Miss | Attend) -> Outcome:
    match decision:
        case WriteBack(url):
            outcome = run.outcome(key, OutcomeKind.WRITTEN_BACK, "published earlier")
            return replace(outcome, url=url, urn=entry.urn if entry else None)
        case Wait(reason, waits_for):
            return replace(run.outcome(key, OutcomeKind.WAITING, reason), waits_for=waits_for)
        case Skip(reason):
            known = run.outcome(key, OutcomeKind.SKIPPED, reason)
            return replace(known, url=entry.url, urn=entry.urn) if entry else known
        case Miss(problem):
            return run.outcome(key, OutcomeKind.MISSED, problem.what, problem)
        case Attend(problem):
            return run.outcome(key, OutcomeKind.UNCERTAIN, problem.what, problem)
        case _:
            assert_never(decision)
