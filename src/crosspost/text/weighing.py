"""Which of two readings of a damaged word holds: ftfy's, which knows no lost bytes, or that of what recovers them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import islice, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from crosspost.text.decoding import SURE
from crosspost.text.edits import Edit
from crosspost.text.mojibake.recovered import SURE_ENOUGH, is_rare
from crosspost.text.mojibake.speech import Speech, words_in
from crosspost.text.verbatim import Verbatim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crosspost.text.mojibake.recovered import Recovered, Recovery

# à and a blank without their second bytes, or the letters themselves, which who writes about damaged text names.
_LETTER_ALONE = re.compile(r"(?<!\w)[ÂÃ](?!\w)")
_HAVE_SUCH_A_WORD = frozenset({"fr", "pt", "vi"})


def weighed(text: str, found: Recovery, undone: list[Edit], *, lossy: bool) -> list[Edit]:
    """Choose between both readings.

    Where ftfy reads all that is damaged, no byte is lost, and it has the first word. Elsewhere it may have taken the
    rest of a character for another one, and is believed where the words alone tell too little. Nor has it where it makes a
    letter that hardly any text has: it takes the first code page that fits a line.
    """
    undone = [edit for edit in undone if not (is_doubtful(text, edit) and _is_read_otherwise(edit, found))]
    taken = Verbatim((edit.start, edit.end) for edit in undone)
    rest = [_edit(word) for word in found.words if not taken.touches(word.start, word.end)]
    lossy = lossy or any(_is_partial(text, edit, found.reader.starts) for edit in undone)
    if not lossy and not any(is_sure(text, edit) for edit in rest):
        return sorted([*undone, *rest], key=attrgetter("start"))
    by_start = {edit.start: edit for edit in undone}
    return [_agreed(text, _edit(word), by_start.get(word.start)) for word in found.words]


def _edit(word: Recovered) -> Edit:
    confidence = round(min(word.confidence, SURE), 2)
    return Edit(word.start, word.end, word.readings[0].text, confidence, "familiar" if word.familiar else None)


def _agreed(text: str, edit: Edit, undone: Edit | None) -> Edit:
    if undone and undone.end == edit.end and edit.after in (undone.after, text[edit.start : edit.end]):
        return replace(undone, confidence=max(edit.confidence, undone.confidence))
    return edit


def is_sure(text: str, edit: Edit) -> bool:
    """Tell whether an edit is to be made; one that changes nothing is not."""
    return edit.confidence >= SURE_ENOUGH and text[edit.start : edit.end] != edit.after


def _is_partial(text: str, edit: Edit, starts: frozenset[str]) -> bool:
    """Tell whether images of lead bytes are left over."""
    left = (one for one in edit.after if one in starts and "\x80" <= one <= "\u024f")  # letters of no other script
    return any(one in text[edit.start : edit.end] for one in left)


def may_name_a_letter(text: str, edits: Sequence[Edit]) -> bool:
    """Tell whether all that looks damaged is the letter Ã, alone, in a language that has no word à."""
    damaged = "".join(text[edit.start : edit.end] for edit in edits)
    if "Ã" not in damaged or not all(_LETTER_ALONE.sub("", text[edit.start : edit.end]).isascii() for edit in edits):
        return False
    return not Speech(words_in(text)).speaks(_HAVE_SUCH_A_WORD)


def is_doubtful(text: str, edit: Edit) -> bool:
    """Tell whether a reading makes Latin letters that hardly anybody writes: with another lead byte they are others."""
    made = (one for one in edit.after if "\u0180" <= one < "\u02b0")
    return any(is_rare(one) and one not in text[edit.start : edit.end] for one in made)


def is_half_done(text: str, edit: Edit) -> bool:
    """Tell whether a letter beyond ASCII stays in a word of which another was undone: the image of a byte, the next one lost."""
    words = zip(text[edit.start : edit.end].split(" "), edit.after.split(" "), strict=False)
    return any(one in after for before, after in words for one in before if one > "\x7f" and one.isalpha())


def _is_read_otherwise(edit: Edit, found: Recovery) -> bool:
    first = bisect_left(found.words, edit.start, key=attrgetter("start"))
    words = takewhile(lambda one: one.end <= edit.end, islice(found.words, first, None))
    return any(one.readings[0].text not in edit.after for one in words)
