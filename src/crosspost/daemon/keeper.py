"""One account's time: what goes out next, and sending it by the pipeline of `crosspost publish`, a post at a time."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crosspost.errors import LedgerError, Problem, SettingsError
from crosspost.model import Outcome, OutcomeKind, WaitsFor
from crosspost.pipeline.publish import UNCLEAR_IN_A_ROW, publish
from crosspost.pipeline.queue import expectations
from crosspost.pipeline.slots import free_slot, let_pass
from crosspost.pipeline.survey import parted, survey
from crosspost.schedule import SPREAD, following
from crosspost.schedule.forecast import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from crosspost.daemon.shelf import Shelf
    from crosspost.pipeline.run import Run
    from crosspost.pipeline.survey import Candidate, Settled
    from crosspost.ports import Publisher

log = logging.getLogger(__name__)

_LONGEST_BACKOFF = timedelta(minutes=30)
# What is wrong with a post itself is looked at again when its file changes, and now and then: a folder may become writable.
_HOLD_FAULTY = timedelta(hours=1)
_FILES_AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is known of one account now.

    Attributes:
        next: When there is something to do; None for never, unless something changes.
        send: The post that goes out now.
        files: Posts that are on LinkedIn and whose files do not say so yet.
        outcomes: What a run would say of every post, without sending any.
        expected: When posts will go out.
    """

    next: datetime | None
    send: str | None
    files: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    expected: Mapping[str, datetime]


@dataclass(slots=True)
class Keeper:
    """Plans and sends for one account. What it remembers only saves work: files and ledger hold the truth.

    Args:
        run: What the account works with.
        shelf: The account's posts.
        publisher: Makes a new way to LinkedIn for each post, so that a renewed token is found.

    Attributes:
        trouble: What stopped the newest attempt and would stop any other; None where nothing did.
    """

    run: Run
    shelf: Shelf
    publisher: Callable[[], Publisher]
    trouble: str | None = None
    _held: dict[str, tuple[object, datetime]] = field(default_factory=dict)
    _page_looks: dict[str, int] = field(default_factory=dict)
    _not_before: datetime | None = None
    _failures: int = 0
    _unclear: int = 0

    @property
    def name(self) -> str:
        """The account."""
        return self.run.policy.name

    def tidy(self) -> None:
        """Settle what dead processes have left."""
        self.run.ledger.sweep(self.run.site, self.run.clock.now())

    def plan(self) -> Plan:
        """Derive from files and ledger what is to be done when."""
        run = self.run
        slot = free_slot(run, record=True)
        found = survey(
            run,
            self.shelf.keys(),
            named=False,
            baseline=run.baseline(record=True),
            slot=slot,
            whole=True,
            glance=self.shelf.read,
        )
        settled, candidates = parted(found)
        if slot and not any(candidate.slotted for candidate in candidates):
            let_pass(run)
        expected = expectations(run, (one for one in _waiting(settled, candidates) if not self._is_held(one.key)))
        now = run.clock.now()  # after the forecast: what it sees as due now is due
        files = tuple(key for key in _unwritten(settled) if not self._is_held(key))
        first = next(iter(expected), None)
        moments = [*([expected[first]] if first else []), *([now] if files else [])]
        start = max([min(moments, default=now), *([self._not_before] if self._not_before else [])])
        due = [start] if moments else []
        self.trouble = self.trouble if expected else None
        return Plan(
            next=min([*due, *self._other_moments(now)], default=None),
            send=first if first and expected[first] <= now and start <= now else None,
            files=files[:_FILES_AT_ONCE],
            outcomes=tuple(one.outcome for one in settled),
            expected=expected,
        )

    def _other_moments(self, now: datetime) -> Iterator[datetime]:
        """Yield when something may be different although no file has changed: slots pass, posts are tried again."""
        yield from (until for _, until in self._held.values() if until > now)
        if self.run.policy.schedule.when == "slots":
            yield next(following(self.run.policy.schedule, now))

    def attend(self, plan: Plan) -> tuple[Outcome, ...]:
        """Do what is due now: bring files up to date and send at most one post."""
        keys = [*plan.files, *([plan.send] if plan.send else [])]
        if not keys:
            return ()
        run = replace(self.run, publisher=self.publisher())
        outcomes = tuple(self._publish(run, keys))
        for outcome in outcomes:
            self.shelf.reread(outcome.post)
            self._learn(outcome)
        return outcomes

    def _publish(self, run: Run, keys: list[str]) -> Iterator[Outcome]:
        try:
            yield from publish(run, keys, named=False, limit=1, whole=False)
        except (LedgerError, SettingsError):
            raise
        except Exception as error:
            # A defect that one post brings out must not stop the others, now or after a restart.
            log.exception("a defect of crosspost while publishing %s", ", ".join(keys))
            problem = Problem(
                what=f"a defect of crosspost: {type(error).__name__}",
                linkedin_has="see: crosspost status",
                fix="please report it with the log; this post is tried again when its file changes",
            )
            yield from (self.run.outcome(key, OutcomeKind.FAILED, problem.what, problem) for key in keys)

    def _is_held(self, key: str) -> bool:
        version, until = self._held.get(key, (None, None))
        if until is None:
            return False
        if until > self.run.clock.now() and version == self.shelf.version(key):
            return True
        del self._held[key]
        return False

    def _learn(self, outcome: Outcome) -> None:
        """Draw the consequences of an outcome for the next attempt."""
        now = self.run.clock.now()
        if outcome.stops:
            self.trouble = outcome.reason
            self._failures += 1
            self._not_before = now + min(SPREAD * 2 ** (self._failures - 1), _LONGEST_BACKOFF)
            return
        match outcome.kind:
            case OutcomeKind.PUBLISHED:
                self._failures, self._unclear, self._not_before, self.trouble = 0, 0, None, None
                self._page_looks.pop(outcome.post, None)
                if outcome.problem:
                    self._hold(outcome.post, _HOLD_FAULTY)
            case OutcomeKind.UNCERTAIN:
                self._unclear += 1
                if self._unclear >= UNCLEAR_IN_A_ROW:
                    self._not_before = now + _LONGEST_BACKOFF
            case OutcomeKind.FAILED:
                self._hold(outcome.post, _HOLD_FAULTY)
            case OutcomeKind.WRITTEN_BACK:
                pass
            case _ if outcome.waits_for is WaitsFor.PAGE:
                looks = self._page_looks[outcome.post] = self._page_looks.get(outcome.post, 0) + 1
                self._hold(outcome.post, min(SPREAD * 2 ** min(looks - 1, 9), _LONGEST_BACKOFF))
            case _:
                self._hold(outcome.post, SPREAD)

    def _hold(self, key: str, period: timedelta) -> None:
        self._held[key] = (self.shelf.version(key), self.run.clock.now() + period)


def _waiting(settled: Iterable[Settled], candidates: Iterable[Candidate]) -> Iterator[Waiting]:
    """Yield the posts that nothing but time keeps from going out."""
    for candidate in candidates:
        yield Waiting(key=candidate.post.key, ready=candidate.ready, slotted=candidate.slotted)
    for one in settled:
        if one.outcome.waits_for is WaitsFor.TIME and one.ready:
            yield Waiting(key=one.outcome.post, ready=one.ready, slotted=one.slotted)


def _unwritten(settled: Iterable[Settled]) -> Iterator[str]:
    return (one.outcome.post for one in settled if one.outcome.kind is OutcomeKind.WRITTEN_BACK)
