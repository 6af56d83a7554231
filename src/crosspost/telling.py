"""Use case: tell people what they should know, once each.

What was told is noted in the ledger, so that a restart, a cron job every quarter of an hour and a second daemon do not
repeat it. Telling never stops a post: whatever goes wrong with it is a line in the log.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from crosspost.errors import CrosspostError
from crosspost.model import OutcomeKind, WaitsFor
from crosspost.pipeline.slots import sent_moments
from crosspost.signin.expiry import WARN_AT, days_left, expiry_warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from crosspost.bootstrap import Workshop
    from crosspost.errors import Problem
    from crosspost.model import Outcome
    from crosspost.pipeline.run import Run
    from crosspost.ports import Notifier

log = logging.getLogger(__name__)

SILENCE = timedelta(days=7)
_AGAIN = timedelta(minutes=15)  # after a message that nobody took
_MOST_LINES = 20
_TOLD = frozenset({OutcomeKind.PUBLISHED, OutcomeKind.FAILED, OutcomeKind.UNCERTAIN, OutcomeKind.MISSED})
_STUCK = frozenset({OutcomeKind.FAILED, OutcomeKind.UNCERTAIN, OutcomeKind.MISSED})


@dataclass(frozen=True, slots=True)
class Tiding:
    """Something that a person should know.

    Attributes:
        topic: What it is about; tidings of one topic go into one message.
        name: What tells it from other tidings; told once.
        text: For people.
    """

    topic: str
    name: str
    text: str


def of_outcomes(outcomes: Iterable[Outcome]) -> Iterator[Tiding]:
    """Yield what became of posts."""
    for one in outcomes:
        if one.kind in _TOLD:
            said = str(one.problem) if one.problem else one.reason
            text = "\n  ".join(part for part in (one.post, one.url, said) if part)
            yield Tiding(one.kind.value, _name(one.kind.value, one.post, one.url or said or ""), text)


def of_token(expires_at: datetime | None, now: datetime) -> Iterator[Tiding]:
    """Yield that the token ends in 14, 7, 3 or 1 days, or has ended."""
    warning, left = expiry_warning(expires_at, now), days_left(expires_at, now)
    if warning and expires_at and left is not None:
        stage = "over" if expires_at <= now else min(days for days in WARN_AT if left <= days)
        yield Tiding("token", _name("token", f"{expires_at:%Y-%m-%dT%H:%M}", str(stage)), str(warning))


def of_version(warning: Problem | None) -> Iterator[Tiding]:
    """Yield that LinkedIn will end, or has ended, the API version that is set."""
    if warning:
        yield Tiding("API version", _name("version", warning.what), str(warning))


def of_account(workshop: Workshop, name: str, now: datetime) -> Iterator[Tiding]:
    """Yield what will end soon, or has ended, whatever becomes of posts."""
    yield from of_token(workshop.account(name).token_expires_at, now)
    yield from of_version(workshop.version_warning(name))


def of_silence(outcomes: Sequence[Outcome], last: datetime, now: datetime) -> Iterator[Tiding]:
    """Yield that nothing went out for a week although posts are ready."""
    stuck = [one for one in outcomes if one.kind in _STUCK or one.waits_for in {WaitsFor.APPROVAL, WaitsFor.PAGE}]
    if stuck and now - last >= SILENCE:
        posts = "a post is" if len(stuck) == 1 else f"{len(stuck)} posts are"
        text = f"nothing was published since {last:%Y-%m-%d}, and {posts} ready; see: crosspost status"
        yield Tiding("silence", _name("silence", last.isoformat()), text)


def _name(*parts: str) -> str:
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{parts[0]} {digest}"


@dataclass(slots=True)
class Teller:
    """Tells what has not been told.

    Args:
        notifier: Brings the messages.
    """

    notifier: Notifier
    _not_before: datetime | None = field(default=None)

    def tell(self, run: Run, tidings: Iterable[Tiding]) -> None:
        """Tell people about an account what they have not been told."""
        if self._not_before and run.clock.now() < self._not_before:
            return
        try:
            known = run.ledger.notes(_subject(run))
            topics: dict[str, list[Tiding]] = {}
            for tiding in tidings:
                if tiding.name not in known:
                    topics.setdefault(tiding.topic, []).append(tiding)
            for topic, news in topics.items():
                self._message(run, topic, news)
        except CrosspostError as error:
            log.warning("nobody was told: %s", error.problem.what)

    def _message(self, run: Run, topic: str, news: list[Tiding]) -> None:
        """Send one message. It is noted first: of several processes one tells it; one that nobody took is told later."""
        now = run.clock.now()
        ours = [tiding for tiding in news if run.ledger.note(_subject(run), tiding.name, "told", now)]
        if not ours:
            return
        account = "" if run.policy.name == "default" else f" ({run.policy.name})"
        count = "" if len(ours) == 1 else f": {len(ours)} posts"
        lines = [tiding.text for tiding in ours[:_MOST_LINES]]
        if len(ours) > _MOST_LINES:
            lines.append(f"and {len(ours) - _MOST_LINES} more; see: crosspost status")
        if not self.notifier.tell(f"crosspost{account}: {topic}{count}", "\n".join(lines)):
            self._not_before = now + _AGAIN
            for tiding in ours:
                run.ledger.note(_subject(run), tiding.name, None, now)


def tell_all(workshop: Workshop, run: Run, outcomes: Sequence[Outcome], teller: Teller | None = None) -> None:
    """Tell everything there is to tell of an account after a run; nothing where nobody is to be told."""
    if workshop.notifier is None:
        return
    name, now = run.policy.name, run.clock.now()
    tidings = [
        *of_outcomes(outcomes),
        *of_account(workshop, name, now),
        *of_silence(outcomes, last_sent(run), now),
    ]
    (teller or Teller(workshop.notifier)).tell(run, tidings)


def last_sent(run: Run) -> datetime:
    """Return when the newest post went out, or may have; the baseline where none did."""
    entries = run.ledger.entries(run.site, run.policy.name).values()
    return max(sent_moments(entries), default=run.baseline(record=False))


def _subject(run: Run) -> str:
    return f"told {run.subject}"
