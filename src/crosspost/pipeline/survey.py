"""Read every post and decide about it. Changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from crosspost.errors import PostUnreadable
from crosspost.model import OutcomeKind
from crosspost.plan import Attend, Miss, Publish, Skip, Wait, WriteBack, decide
from crosspost.schedule import due

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from crosspost.model import Entry, Outcome, Post
    from crosspost.pipeline.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A post that may go out now."""

    post: Post
    entry: Entry | None
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A post about which all is clear without sending it; `due` is None where it could not be read."""

    outcome: Outcome
    entry: Entry | None
    due: datetime | None = None


def survey(run: Run, keys: Iterable[str], *, named: bool, baseline: datetime) -> tuple[list[Settled], list[Candidate]]:
    """Return the posts that are settled as they are, and those to send: oldest due first."""
    settled: list[Settled] = []
    candidates: list[Candidate] = []
    for found in _look(run, keys, named=named, baseline=baseline):
        if isinstance(found, Candidate):
            candidates.append(found)
        else:
            settled.append(found)
    candidates.sort(key=lambda candidate: (candidate.due, candidate.post.key))
    return settled, candidates


def _look(run: Run, keys: Iterable[str], *, named: bool, baseline: datetime) -> Iterator[Settled | Candidate]:
    entries = run.ledger.entries(run.site, run.policy.name)
    now = run.clock.now()
    for key in keys:
        entry = entries.get(run.key(key))
        post = _read(run, key, entry)
        if isinstance(post, Settled):
            yield post
            continue
        moment = due(post, run.policy.schedule)
        decision = decide(post, entry, run.policy, now, baseline=baseline, named=named)
        if isinstance(decision, Publish):
            yield Candidate(post=post, entry=entry, due=moment)
        else:
            yield Settled(outcome=_outcome(run, key, entry, decision), entry=entry, due=moment)


def _read(run: Run, key: str, entry: Entry | None) -> Post | Settled:
    try:
        post = run.source.read(key)
    except PostUnreadable as error:
        return Settled(outcome=run.outcome(key, OutcomeKind.FAILED, error.problem.what, error.problem), entry=entry)
    if post is None:
        reason = "not published on the site (published: false)"
        return Settled(outcome=run.outcome(key, OutcomeKind.SKIPPED, reason), entry=entry)
    return post


def _outcome(run: Run, key: str, entry: Entry | None, decision: WriteBack | Wait | Skip | Miss | Attend) -> Outcome:
    match decision:
        case WriteBack(url):
            outcome = run.outcome(key, OutcomeKind.WRITTEN_BACK, "published earlier")
            return replace(outcome, url=url, urn=entry.urn if entry else None)
        case Wait(reason):
            return run.outcome(key, OutcomeKind.WAITING, reason)
        case Skip(reason):
            known = run.outcome(key, OutcomeKind.SKIPPED, reason)
            return replace(known, url=entry.url, urn=entry.urn) if entry else known
        case Miss(problem):
            return run.outcome(key, OutcomeKind.MISSED, problem.what, problem)
        case Attend(problem):
            return run.outcome(key, OutcomeKind.UNCERTAIN, problem.what, problem)
        case _:
            assert_never(decision)
