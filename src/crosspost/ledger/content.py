"""What a ledger holds, as values in memory: entries with their history, baselines, uploads, spending, notes."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from typing import Self

    from crosspost.model import Entry, EntryKey, Step, Upload


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history: the step, and the entry as it was after it."""

    step: Step
    entry: Entry


@dataclass(slots=True)
class Content:
    """Everything that a ledger holds. The values are immutable, so that a copy is independent.

    Attributes:
        lines: The history of each entry, oldest first, never empty; the last line has the entry as it is.
        baselines: By site.
        uploads: By payer and digest.
        spending: Requests by payer and day.
        notes: By subject and name.
    """

    lines: dict[EntryKey, tuple[Line, ...]] = field(default_factory=dict)
    baselines: dict[str, datetime] = field(default_factory=dict)
    uploads: dict[tuple[str, str], Upload] = field(default_factory=dict)
    spending: dict[tuple[str, date], int] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)

    def entry(self, key: EntryKey) -> Entry | None:
        """Return an entry as it is, None where nothing was ever tried."""
        lines = self.lines.get(key)
        return lines[-1].entry if lines else None

    def append(self, line: Line) -> None:
        """Go on with the history of an entry."""
        key = line.entry.key
        self.lines[key] = (*self.lines.get(key, ()), line)

    def copy(self) -> Self:
        """Return another content that has the same in it."""
        return type(self)(**{each.name: dict(getattr(self, each.name)) for each in fields(self)})
