"""A post's text as a reader meets it: links live, hashtags and mentions marked, folded at "…more"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crosspost.sandbox.little_text import LittleText

# Observed: the feed folds after about 210 characters or three lines; three rows of 70 characters are both.
_ROWS = 3
_ROW_LENGTH = 70
_URL = regex.compile(r"https?://[^\s<>\"]*[^\s<>\"'.,;:!?)\]}»”’…]")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that looks the same throughout; `target` is an address, a hashtag or a URN."""

    kind: Literal["text", "link", "hashtag", "mention"]
    text: str
    target: str = ""


def segments(commentary: LittleText) -> list[Segment]:
    """Return what a reader sees, in order. Addresses become links by themselves (observed)."""
    found: list[Segment] = []
    for run in commentary.runs:
        if run.kind == "text":
            found += linked(run.text)
        else:
            found.append(Segment(run.kind, run.text, run.target))
    return found


def fold(parts: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """Split into what shows and what waits behind "…more"; the second is empty where all of it shows.

    The split falls between words where there is one near, never inside a grapheme, a link or a hashtag.
    """
    text = "".join(part.text for part in parts)
    index = _fold_index(text)
    if index is None:
        return list(parts), []
    index = len(text[: _outside(parts, index)].rstrip()) or index
    return _slice(parts, 0, index), _slice(parts, index, len(text))


def _outside(parts: Sequence[Segment], index: int) -> int:
    """Move `index` to the start of the link, hashtag or mention that it would divide."""
    start = 0
    for part in parts:
        end = start + len(part.text)
        if start < index < end and part.kind != "text":
            return start
        start = end
    return index


def _slice(parts: Sequence[Segment], start: int, end: int) -> list[Segment]:
    pieces = []
    for part in parts:
        if piece := part.text[max(start, 0) : max(end, 0)]:
            pieces.append(Segment(part.kind, piece, part.target))
        start -= len(part.text)
        end -= len(part.text)
    return pieces


def linked(text: str) -> Iterator[Segment]:
    """Split plain text at its addresses."""
    position = 0
    for match in _URL.finditer(text):
        if match.start() > position:
            yield Segment("text", text[position : match.start()])
        yield Segment("link", match[0], match[0])
        position = match.end()
    if position < len(text):
        yield Segment("text", text[position:])


def _fold_index(text: str) -> int | None:
    """Return where the row after the last visible one begins, moved back to the end of a word."""
    rows = 0
    start = 0
    for line in text.splitlines(keepends=True):
        visible = len(line.rstrip())
        needed = max(1, -(-visible // _ROW_LENGTH))
        if rows + needed > _ROWS:
            return _between_words(text, start + (_ROWS - rows) * _ROW_LENGTH)
        rows += needed
        start += len(line)
    return None


def _between_words(text: str, index: int) -> int:
    """Return the nearest place at or before `index` that divides no word and surely no grapheme.

    >>> _between_words("one two", 5)
    4
    """
    space = max(text.rfind(" ", index - 20, index), text.rfind("\n", index - 20, index)) + 1
    if space > 0:
        return space
    ends = [match.end() for match in regex.finditer(r"\X", text[: index + 20]) if match.end() <= index]
    return ends[-1] if ends else index
