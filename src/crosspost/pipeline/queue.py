"""What `publish --due` would do with every post, and when each will go out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crosspost.command_line import command_line
from crosspost.model import Failure, OutcomeKind, QueueLine, State, WaitsFor
from crosspost.pipeline import limits
from crosspost.pipeline.approval import awaited
from crosspost.pipeline.change import differs
from crosspost.pipeline.draft import draft as draft_of
from crosspost.pipeline.publish import send_all
from crosspost.pipeline.slots import free_slot, passed_until, sent_moments
from crosspost.pipeline.survey import parted, survey
from crosspost.schedule.forecast import Waiting, forecast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from crosspost.model import Entry, Outcome
    from crosspost.pipeline.run import Run

_THE_POST_IS_IN_ORDER = frozenset({Failure.NOT_SENT, Failure.DENIED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A post as a run would find it now; `ready` is None where it could not be read."""

    outcome: Outcome
    entry: Entry | None
    ready: datetime | None
    slotted: bool

    @property
    def waits_for_time(self) -> bool:
        """Nothing but time keeps it from going out."""
        return self.outcome.kind is OutcomeKind.WOULD_PUBLISH or self.outcome.waits_for is WaitsFor.TIME


def queue(run: Run) -> Iterator[QueueLine]:
    """Yield every post of the site: what needs a look or waits first, then what is due. Changes nothing, sends nothing."""
    looks = list(_looks(run))
    expected = expectations(
        run,
        (
            Waiting(key=look.outcome.post, ready=look.ready, slotted=look.slotted)
            for look in looks
            if look.waits_for_time and look.ready
        ),
    )
    for look in looks:
        yield _line(run, look, expected.get(look.outcome.post))


def _looks(run: Run) -> Iterator[Look]:
    slot = free_slot(run, record=False)
    baseline = run.baseline(record=False)
    settled, candidates = parted(survey(run, run.source.keys(), named=False, baseline=baseline, slot=slot, whole=True))
    for one in settled:
        outcome = _with_approval(run, _with_changes(run, one.outcome, one.entry))
        yield Look(outcome=outcome, entry=one.entry, ready=one.ready, slotted=one.slotted)
    by_key = {candidate.post.key: candidate for candidate in candidates}
    for outcome in send_all(run, candidates, named=False, dry_run=True, limit=None):
        candidate = by_key[outcome.post]
        yield Look(outcome=outcome, entry=candidate.entry, ready=candidate.ready, slotted=candidate.slotted)


def _with_changes(run: Run, outcome: Outcome, entry: Entry | None) -> Outcome:
    """Say of a published post that its file has another text by now."""
    if entry is None or entry.state is not State.PUBLISHED or outcome.kind is not OutcomeKind.SKIPPED:
        return outcome
    post = run.readable(outcome.post)  # it may have been changed since it was decided about
    if post is None or not differs(run, post, entry):
        return outcome
    return outcome.adding(f"changed since: {command_line('edit', outcome.post, outcome.account)}")


def _with_approval(run: Run, outcome: Outcome) -> Outcome:
    """Say of a post that time alone would let go out that it waits for a person too."""
    if not run.policy.schedule.approve or outcome.waits_for is not WaitsFor.TIME:
        return outcome
    post = run.readable(outcome.post)
    return (post and awaited(run, draft_of(run.source, run.policy, post))) or outcome


def expectations(run: Run, waiting: Iterable[Waiting]) -> Mapping[str, datetime]:
    """Return when the posts that wait for nothing but time will go out, by key."""
    entries = run.ledger.entries(run.site, run.policy.name).values()
    return forecast(
        waiting,
        sent_moments(entries),
        run.policy.schedule,
        begun=passed_until(run, record=False),
        start=limits.closed_until(run),
    )


def _line(run: Run, look: Look, expected: datetime | None) -> QueueLine:
    outcome, entry, moment = look.outcome, look.entry, look.ready
    if look.slotted and look.waits_for_time:
        moment = expected
        if expected and outcome.kind is OutcomeKind.WAITING:
            local = expected.astimezone(run.policy.schedule.timezone)
            outcome = replace(outcome, reason=f"due {local:%Y-%m-%d %H:%M %Z}")
    outcome = _with_last_attempt(outcome, entry)
    state, attempts = (entry.state, entry.attempts) if entry else (None, 0)
    return QueueLine(outcome=outcome, state=state, due=moment, attempts=attempts, expected=expected)


def _with_last_attempt(outcome: Outcome, entry: Entry | None) -> Outcome:
    """Say of a post that is tried again why it did not go out before."""
    if outcome.kind is not OutcomeKind.WOULD_PUBLISH or entry is None or entry.failure not in _THE_POST_IS_IN_ORDER:
        return outcome
    failed = f"the attempt of {entry.settled_at or entry.claimed_at:%Y-%m-%d %H:%M %Z} failed: {entry.reason}"
    return replace(outcome, reason="; ".join(filter(None, [outcome.reason, failed, "see: crosspost doctor"])))
