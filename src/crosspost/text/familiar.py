"""What the other texts of an author tell about a damaged one: his other posts, and what its own file had before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.model import Familiar
from crosspost.text.encoding import repair, shows_damage
from crosspost.text.mojibake.habits import habit_of
from crosspost.text.suspicion import is_suspect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crosspost.text.repaired import Repaired


def familiar(texts: Iterable[str], former: Iterable[str] = ()) -> Familiar:
    """Return how the author of some posts writes, for `repair`. Damaged posts tell nothing.

    Args:
        texts: Of whole posts, in Markdown. The one to repair may be among them: it does not count, for it is damaged.
        former: What the file of the one to repair had before, newest first.

    >>> [use.place for habit in familiar(["📝 Plan the week", "No emoji", "# Write 📝"]).posts for use in habit.uses]
    ['start', 'end']
    """
    clean = (text for text in texts if not is_suspect(text))
    return Familiar(tuple(filter(None, map(habit_of, clean))), tuple(filter(_is_undamaged, former)))


def _is_undamaged(text: str) -> bool:
    if shows_damage(text):  # most versions of a file that was damaged long ago
        return False
    made = repair(text)
    return not made.repairs and not made.offers


def _no_former() -> tuple[str, ...]:
    """Nothing is known of what the file had before."""
    return ()


def repair_among(
    text: str,
    known: Callable[[], Familiar | None],
    former: Callable[[], Iterable[str]] = _no_former,
) -> Repaired:
    """Repair a text; ask what its file had before if that leaves open what it was, and then how its author writes.

    Args:
        text: As for `repair`.
        known: Gives what is known of the author; not called for a text that is clear by itself or by what its file had.
        former: Gives what the file had before, newest first; not called for a text that is clear by itself.
    """
    made = repair(text)
    if not made.offers:
        return made
    own = familiar((), former())
    if own.former:
        made = repair(text, own)
        if not made.offers:
            return made
    others = known() or Familiar(())
    return repair(text, Familiar(others.posts, own.former)) if others.posts else made
