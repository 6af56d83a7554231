"""The queue as `status` shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.report.outcomes import outcome_fields, outcome_text
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from crosspost.model import QueueLine


def status_fields(line: QueueLine) -> dict[str, object]:
    """Return the fields of the contract for one post of the queue."""
    return {
        **outcome_fields(line.outcome),
        "state": line.state.value if line.state else None,
        "due": line.due.isoformat() if line.due else None,
        "attempts": line.attempts,
    }


def calendar_fields(line: QueueLine) -> dict[str, object]:
    """Return the same fields; `due` is when the post will go out by itself."""
    return status_fields(replace(line, due=line.expected))


def calendar_text(lines: Iterable[QueueLine], timezone: tzinfo) -> str:
    """Return when posts will go out, for people: a heading a day, a line a post, in the site's time."""
    dated = sorted(((line.expected, line.outcome) for line in lines if line.expected), key=lambda one: one[0])
    days: dict[str, list[str]] = {}
    for moment, outcome in dated:
        local = moment.astimezone(timezone)
        account = "" if outcome.account == "default" else f" ({outcome.account})"
        days.setdefault(f"{local:%a %Y-%m-%d}", []).append(f"  {local:%H:%M %Z}  {outcome.post}{account}")
    return safe("\n".join(line for day, posts in days.items() for line in (day, *posts)))


def status_text(line: QueueLine, *, verbose: bool = False) -> str:
    """Return one post of the queue for people."""
    attempts = f" [{line.state.value}, attempts: {line.attempts}]" if line.state else ""
    first, *rest = outcome_text(line.outcome, verbose=verbose).split("\n")
    return "\n".join([first + attempts, *rest])
