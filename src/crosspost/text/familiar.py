"""What the other posts of a site tell about a damaged one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.model import Familiar
from crosspost.text.encoding import repair
from crosspost.text.mojibake.habits import habit_of
from crosspost.text.suspicion import is_suspect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crosspost.text.repaired import Repaired


def familiar(texts: Iterable[str]) -> Familiar:
    """Return how the author of some posts writes, for `repair`. Damaged posts tell nothing.

    Args:
        texts: Of whole posts, in Markdown. The one to repair may be among them: it does not count, for it is damaged.

    >>> [use.place for habit in familiar(["📝 Plan the week", "No emoji", "# Write 📝"]).posts for use in habit.uses]
    ['start', 'end']
    """
    clean = (text for text in texts if not is_suspect(text))
    return Familiar(tuple(filter(None, map(habit_of, clean))))


def repair_among(text: str, known: Callable[[], Familiar | None]) -> Repaired:
    """Repair a text, and ask how its author writes if it leaves open what it was.

    Args:
        text: As for `repair`.
        known: Gives what is known of the author; not called for a text that is clear by itself.
    """
    made = repair(text)
    if not made.offers:
        return made
    return repair(text, habits) if (habits := known()) and habits.posts else made
