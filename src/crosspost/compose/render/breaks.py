"""Soft line breaks: which the author meant, and which an editor made.

Markdown joins the lines of a paragraph; LinkedIn keeps them. Authors who write for LinkedIn break lines on purpose
("1️⃣ First:" over "✅ why"), others let an editor wrap at a column. An editor breaks where the next word would not have
fitted, in the middle of a sentence; a person breaks where a thought ends.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST_UNSPACED = "\u2e80"
_ENDS = frozenset(".!?:;…。！？：；؟۔।")
_BEHIND_AN_END = ")]\"'”’»›*_~`】」』）"
_MARKUP = "*_~`[(!\"'“‘«¿¡<"
_NUMBERED = re.compile(r"(?:\d{1,3}|[A-Za-z])[.)]\s|\d\ufe0f?\u20e3|#\w|[|]")
_PLAIN = re.compile(r"(?!https?://)[A-Za-z][^.)]")  # what most lines start with is no mark
_BOLD_LABEL = re.compile(r"(\*\*|__)[^*_\n]{1,60}(?::\1|\1:)")
_ADDRESS = re.compile(r"<?https?://")
# A line that is nothing but a link, an image or an address.
_LONE_LINK = re.compile(r"[-*+>\s]*(?:!?\[[^\]]*\]\([^)]*\)|<?https?://\S+)\W*$")
_WORD = re.compile(r"\w")

# Narrower than any editor wraps prose: such lines were meant. Git's 72, mail's 72 to 78, code's 79 to 120 lie between.
_NARROWEST = 45
_LONG_WORD = 45
_LINE = 80
_WIDEST = 125


def columns(line: str) -> int:
    """Return how many columns a line takes in an editor.

    >>> columns("abc"), columns("漢字")
    (3, 4)
    """
    return len(line) if line.isascii() else len(line) + len(_wide().findall(line))


def _first_word(line: str) -> str:
    stripped = line.lstrip()
    if _begins_unspaced(stripped):
        return stripped[0]
    return stripped.split(maxsplit=1)[0] if stripped else ""


def starts_item(line: str) -> bool:
    """Tell whether a line starts with something that begins a line on purpose: an emoji, a bullet, a number.

    >>> [starts_item(line) for line in ("✅ done", "• one", "→ so", "2) two", "3️⃣ three", "and", "**so**", "`-v`")]
    [True, True, True, True, True, False, False, False]
    """
    line = line.lstrip()
    if _PLAIN.match(line):
        return False
    if _NUMBERED.match(line) or _ADDRESS.match(line) or _BOLD_LABEL.match(line):
        return True
    first = line.lstrip(_MARKUP)[:1] if line[:1] != "`" else ""  # the dash of `--help` is code
    return bool(first) and (first in "•·‣※" or unicodedata.category(first) in {"So", "Sm", "Pd"})


def _starts_small(line: str) -> bool:
    first = _WORD.search(line)
    return first is not None and first[0].islower()


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_BEHIND_AN_END)[-1:] in _ENDS


def _runs_on(before: str, after: str) -> bool:
    """The sentence goes on: a comma before, or no end of one before and a small letter after."""
    return before.endswith(",") or (_starts_small(after) and not _ends_sentence(before))


def _full(before: str, after: str) -> bool:
    """Long enough for a margin, or the next word (a link's address has no blank in it) is too long for any."""
    width = columns(before)
    return width >= _NARROWEST or width + 1 + columns(_first_word(after)) > _LINE


def _surely_meant(before: str, after: str) -> bool:
    if starts_item(after):
        return True
    return bool(_LONE_LINK.match(before)) and (not _starts_small(after) or bool(_LONE_LINK.match(after)))


def _has_long_word(line: str) -> bool:
    return len(line) >= _LONG_WORD and max(map(len, line.split()), default=0) >= _LONG_WORD


def _wrapped(pairs: Sequence[tuple[str, str]]) -> bool:
    """Tell whether an editor made the breaks of a paragraph."""
    if any(_full(*pair) and _runs_on(*pair) and not _surely_meant(*pair) for pair in pairs):
        return True
    lines = [before for before, _ in pairs] + [pairs[-1][1]]
    width = max((columns(line) for line in lines if not _has_long_word(line)), default=0)
    if not _NARROWEST + 10 <= width <= _WIDEST:
        return False
    # Nouns and names start with capitals too, and many scripts have no case: then every line must be full.
    forced = all(columns(before) + 1 + columns(_first_word(after)) > width for before, after in pairs)
    return forced and not all(_ends_sentence(before) for before, _ in pairs)


def meant(pairs: Sequence[tuple[str, str]]) -> list[bool]:
    """Tell for each soft line break of one paragraph whether its author meant it.

    Args:
        pairs: For each break the whole source line before it and the one after it, without trailing white space.

    >>> meant([("Key strategies:", "✅ Training"), ("✅ Training", "✅ Mentors")])
    [True, True]
    >>> meant([("Some forty words of prose that an editor has wrapped at a column of", "seventy or so.")])
    [False]
    """
    if not _wrapped(pairs):
        return [True] * len(pairs)
    # Where an editor wraps, it is the editor that puts a link and its comma on a line: an address has no blank in it.
    kept = [_surely_meant(*pair) and (starts_item(pair[1]) or not pair[0].endswith(",")) for pair in pairs]
    kept[0] = kept[0] or _is_label(pairs[0][0])
    return kept


def _is_label(line: str) -> bool:
    """A short line that announces the wrapped lines below it."""
    return line.endswith((":", ":**")) and columns(line) < _NARROWEST


def glue(before: str, after: str) -> str:
    """Return what stands between two joined lines: nothing between two characters of a script without spaces.

    >>> glue("漢", "字"), glue("한", "글"), glue("a", "b")
    ('', ' ', ' ')
    """
    return "" if _begins_unspaced(before[-1:]) and _begins_unspaced(after.lstrip()) else " "


# The two large classes are made when a text first needs them: `re` takes 2 to 3 ms for each.


@cache
def _wide() -> re.Pattern[str]:
    """Match a wide character (Unicode UAX 11), of the blocks that occur in prose: it takes two columns in an editor."""
    return re.compile(
        "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\U0001f300-\U0001faff\U00020000-\U0003fffd]"
    )


def _begins_unspaced(text: str) -> bool:
    """Tell whether a text begins in a script without spaces between words, or with its punctuation."""
    return text >= _FIRST_UNSPACED and _unspaced().match(text) is not None


@cache
def _unspaced() -> re.Pattern[str]:
    """Match a character of such a script. Hangul is not among them: Korean has spaces."""
    return re.compile(
        "[\u2e80-\u2fdf\u3001-\u303e\u3041-\u30ff\u31c0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003fffd]"
    )
