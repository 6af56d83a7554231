"""Which slot is free now, by what the ledger says was sent.

A slot at which nothing was ready must not go to a post that comes a day later with an older date, so a run that finds the
queue empty lets the slot pass, and says so in the ledger: neither the files nor the entries could tell it afterwards.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crosspost.model import MAY_HAVE_ARRIVED
from crosspost.schedule import open_slot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crosspost.model import Entry
    from crosspost.pipeline.run import Run

_PASSED = "slots passed until"


def sent_moments(entries: Iterable[Entry]) -> list[datetime]:
    """Return when the posts went out that LinkedIn has or may have."""
    return [entry.sending_at for entry in entries if entry.state in MAY_HAVE_ARRIVED and entry.sending_at]


def free_slot(run: Run, *, record: bool) -> datetime | None:
    """Return the moment of the slot that a post may take now; None where there is none, or posts go out by their date.

    Args:
        run: The account's run.
        record: Remember the first look: slots before it are none of ours.
    """
    if run.policy.schedule.when != "slots":
        return None
    sent = sent_moments(run.ledger.entries(run.site, run.policy.name).values())
    return open_slot(run.policy.schedule, sent, passed_until(run, record=record), run.clock.now())


def passed_until(run: Run, *, record: bool) -> datetime:
    """Return the moment up to which slots have passed."""
    noted = run.ledger.notes(run.subject).get(_PASSED)
    now = run.clock.now()
    moment = datetime.fromisoformat(noted) if noted else None
    if moment and moment <= now:
        return moment
    if record:  # the first look, or one with a clock that was ahead
        let_pass(run)
    return now


def let_pass(run: Run) -> None:
    """Record that every slot up to now has passed."""
    now = run.clock.now()
    run.ledger.note(run.subject, _PASSED, now.isoformat(), now)
