"""Publish what is due, or what is named: one outcome a post."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.model import OutcomeKind, WaitsFor
from crosspost.pipeline import limits
from crosspost.pipeline.record import blocked, log_recorded, record
from crosspost.pipeline.slots import free_slot, let_pass
from crosspost.pipeline.survey import Candidate, in_order, survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from crosspost.model import Outcome, Recorded
    from crosspost.pipeline.run import Run
    from crosspost.pipeline.survey import Settled

# Each unclear answer costs a person a look; after so many in a row the fault is not the posts'.
UNCLEAR_IN_A_ROW = 3

_UNFINISHED = frozenset({OutcomeKind.WRITTEN_BACK, OutcomeKind.UNCERTAIN})
_COUNTED = frozenset({OutcomeKind.PUBLISHED, OutcomeKind.WOULD_PUBLISH, OutcomeKind.UNCERTAIN})


def publish(
    run: Run,
    keys: Iterable[str],
    *,
    named: bool,
    dry_run: bool = False,
    limit: int | None = None,
    whole: bool = True,
    confirm: Callable[[int], bool] = lambda _count: True,
    recorded: Callable[[Recorded], None] = log_recorded,
) -> Iterator[Outcome]:
    """Publish what is due of `keys`, one outcome a post, in the order in which they fell due.

    Args:
        run: The account's run.
        keys: Posts by key.
        named: The user named these posts: they go out now, whatever their date.
        dry_run: Change nothing: no claim, no request, no file.
        limit: Send at most so many.
        whole: `keys` are all posts of the site, so that a slot for which none of them is ready may pass.
        confirm: Asked once with the number of posts about to be sent; False sends none.
        recorded: Told at the end what version control got of the addresses.

    Raises:
        LedgerError: Nothing more is sent once the ledger cannot be used.
    """
    if dry_run:
        slot = None if named else free_slot(run, record=False)
        candidates = []
        for found in survey(
            run, keys, named=named, baseline=run.baseline(record=False), slot=slot, whole=whole and not named
        ):
            if isinstance(found, Candidate):
                candidates.append(found)
            else:
                yield found.outcome
        yield from send_all(run, in_order(candidates), named=named, dry_run=True, limit=limit)
    else:
        yield from record(run, _publish(run, keys, named=named, limit=limit, whole=whole, confirm=confirm), recorded)


def _publish(
    run: Run, keys: Iterable[str], *, named: bool, limit: int | None, whole: bool, confirm: Callable[[int], bool]
) -> Iterator[Outcome]:
    run.ledger.sweep(run.site, run.clock.now())
    slot = None if named else free_slot(run, record=True)
    candidates = []
    for found in survey(
        run, keys, named=named, baseline=run.baseline(record=True), slot=slot, whole=whole and not named
    ):
        if isinstance(found, Candidate):
            candidates.append(found)
        else:
            yield from _finish(run, found)
    candidates = in_order(candidates)
    if slot and whole and not any(candidate.slotted for candidate in candidates):
        let_pass(run)
    if candidates and not confirm(len(candidates)):
        yield from (run.outcome(candidate.post.key, OutcomeKind.WAITING, "not confirmed") for candidate in candidates)
    elif stopped := list(blocked(run, candidates)):
        yield from stopped
    else:
        yield from send_all(run, candidates, named=named, dry_run=False, limit=limit)


def _finish(run: Run, line: Settled) -> Iterator[Outcome]:
    """Do what is left to do for a post that is not sent: write its address back, or settle what is uncertain."""
    if line.outcome.kind not in _UNFINISHED:
        yield line.outcome
        return
    from crosspost.pipeline.send import Ended, settle_earlier, write_back  # noqa: PLC0415 - as in `send_all`

    if line.outcome.kind is not OutcomeKind.UNCERTAIN or not line.post or not line.entry:
        yield write_back(run, line.outcome)
        return
    try:
        yield settle_earlier(run, line.post, line.entry, line.outcome)
    except Ended as ended:
        yield ended.outcome
        raise ended.error from ended


def send_all(
    run: Run, candidates: Sequence[Candidate], *, named: bool, dry_run: bool, limit: int | None
) -> Iterator[Outcome]:
    """Send the candidates in order until a limit is reached or the fault is no longer a single post's."""
    if not candidates:
        return
    from crosspost.pipeline.renamed import Names  # noqa: PLC0415 - a run with nothing to send must not pay for it
    from crosspost.pipeline.send import Ended, send  # noqa: PLC0415 - see above

    left = len(candidates) if limit is None else limit
    today = len(candidates) if named else limits.posts_left_today(run)
    author = limits.known_author(run)
    stopped: str | None = None
    unclear, slot_taken, names = 0, False, Names(run)
    for candidate in candidates:
        stopped = stopped or (limits.reached(run, author) if author and not named else None)
        if reason := stopped or _exhausted(left, today, slot_taken=slot_taken and candidate.slotted):
            waiting = run.outcome(candidate.post.key, OutcomeKind.WAITING, reason)
            yield replace(waiting, waits_for=WaitsFor.TIME)
            continue
        try:
            outcome, stopped = send(run, candidate, names, named=named, dry_run=dry_run)
        except Ended as ended:
            yield ended.outcome
            raise ended.error from ended
        unclear = unclear + 1 if outcome.kind is OutcomeKind.UNCERTAIN else 0
        if unclear == UNCLEAR_IN_A_ROW:
            stopped = f"the last {unclear} attempts had no clear answer; LinkedIn or the network is in trouble"
        if outcome.kind in _COUNTED:
            left, today, slot_taken = left - 1, today - 1, True
            author = author or limits.known_author(run)
        yield outcome


def _exhausted(left: int, today: int, *, slot_taken: bool) -> str | None:
    if left <= 0:
        return "--limit is reached"
    if slot_taken:
        return "waits for a free slot"
    return "schedule.max_per_day is reached" if today <= 0 else None
