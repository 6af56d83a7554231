"""The queue as `status` shows it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.model import OutcomeKind
from crosspost.report.cells import wrapped
from crosspost.report.outcomes import outcome_fields, outcome_text
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from crosspost.model import QueueLine
    from crosspost.report.style import Style

# The first column: a mark, what became of the post, a blank.
_KIND = 16
_NARROW = 60  # columns; below, a file name beside the kind would be broken, so it goes beneath


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
        days.setdefault(f"{local:%a %Y-%m-%d}", []).append(f"  {local:%H:%M %Z}  {outcome.label}")
    return safe("\n".join(line for day, posts in days.items() for line in (day, *posts)))


def status_text(line: QueueLine, *, verbose: bool = False) -> str:
    """Return one post of the queue for people."""
    attempts = f" [{line.state.value}, attempts: {line.attempts}]" if line.state else ""
    first, *rest = outcome_text(line.outcome, verbose=verbose).split("\n")
    return "\n".join([first + attempts, *rest])


def status_row(line: QueueLine, style: Style, columns: int, *, verbose: bool = False) -> str:
    """Return the same as a row of a table: what became of the post in its colour, the rest wrapped beside it.

    Args:
        line: One post of the queue.
        style: Colour, or none.
        columns: Of the terminal. Links are not broken, so that they can be clicked.
        verbose: With details.
    """
    first, *rest = status_text(line, verbose=verbose).split("\n")
    said = [first[_KIND:], *(text.strip() for text in rest)]
    indent = 2 if columns < _NARROW else _KIND
    cells = max(1, columns - indent)
    rows = [row for text in said for row in ([text] if text.startswith("http") else wrapped(text, cells))]
    head = _colour(line.outcome.kind, style, first[:_KIND].rstrip())
    gap = "\n" + " " * indent
    return head + (gap if columns < _NARROW else " " * (_KIND - len(first[:_KIND].rstrip()))) + gap.join(rows)


def _colour(kind: OutcomeKind, style: Style, text: str) -> str:
    if kind in {OutcomeKind.FAILED, OutcomeKind.UNCERTAIN}:
        return style.bad(text)
    if kind is OutcomeKind.MISSED:
        return style.odd(text)
    return style.dim(text) if kind in {OutcomeKind.WAITING, OutcomeKind.SKIPPED} else style.good(text)
