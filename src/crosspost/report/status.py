"""The queue as `status` shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.report.outcomes import outcome_fields, outcome_text

if TYPE_CHECKING:
    from crosspost.model import QueueLine


def status_fields(line: QueueLine) -> dict[str, object]:
    """Return the fields of the contract for one post of the queue."""
    return {
        **outcome_fields(line.outcome),
        "state": line.state.value if line.state else None,
        "due": line.due.isoformat() if line.due else None,
        "attempts": line.attempts,
    }


def status_text(line: QueueLine, *, verbose: bool = False) -> str:
    """Return one post of the queue for people."""
    attempts = f" [{line.state.value}, attempts: {line.attempts}]" if line.state else ""
    first, *rest = outcome_text(line.outcome, verbose=verbose).split("\n")
    return "\n".join([first + attempts, *rest])
