"""What is offered to a person: it looks like mojibake, and no reading of it is sure enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.text.edits import Edit, as_repairs, side_by_side
from crosspost.text.quotation import ambiguous_in, byte_order_marks_in, meant_in
from crosspost.text.suspicion import leftovers
from crosspost.text.verbatim import Verbatim, addresses_in, code_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.model import Repair
    from crosspost.text.verbatim import Span

_NO_READING = 0.0
UNDECIDED = 0.5  # how sure a reading is at most that is not made


def offered(text: str, known: frozenset[int], *, damaged: bool, listed: Verbatim | None = None) -> Iterator[Repair]:
    """Yield what still looks like mojibake, as it stands: there is no reading that is better than the others.

    Args:
        text: After all repairs.
        known: The numbers of lines that are as they were, whatever they look like.
        damaged: As for `suspicion.leftovers`.
        listed: What is offered already.
    """
    edits = (
        Edit(start, end, text[start:end], _NO_READING)
        for start, end in leftovers_in(text, damaged=damaged)
        if not (listed and listed.touches(start, end))
    )
    return (one for one in as_repairs(text, side_by_side(text, edits), "mojibake") if one.line not in known)


def still_open(text: str, before: tuple[Repair, ...], now: tuple[Repair, ...]) -> Iterator[Repair]:
    """Yield what was offered, stands as it stood, and is not offered now: with less damage beside it, it looks like none."""
    lines, known = text.split("\n"), {(one.line, one.before) for one in now}
    return (one for one in before if (one.line, one.before) not in known and one.before in lines[one.line - 1])


def marks_left(text: str, known: frozenset[int]) -> Iterator[Repair]:
    """Offer to remove garbled byte order marks: one shown on purpose would have been damaged once more with its text."""
    code = Verbatim(code_in(text))
    marks = (span for span in byte_order_marks_in(text) if not code.touches(*span))
    offers = as_repairs(text, (Edit(start, end, "", UNDECIDED) for start, end in marks), "mojibake")
    return (one for one in offers if one.line not in known)


def leftovers_in(text: str, *, damaged: bool) -> Iterator[Span]:
    """Find what still looks like mojibake.

    A damaged file is damaged all over, so code and addresses, which nobody repairs, are looked at too.
    """
    kept = () if damaged else (*code_in(text), *addresses_in(text))
    verbatim = Verbatim((*kept, *meant_in(text), *ambiguous_in(text)))
    return leftovers(text, verbatim.between(0, len(text)), damaged=damaged)
