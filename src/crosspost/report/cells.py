"""Text in the cells of a terminal: wide characters take two, marks none (Unicode, UAX 11, as `wcwidth` has it)."""

from __future__ import annotations

import regex
from wcwidth import wcswidth


def width(text: str) -> int:
    """Return how many cells a line takes.

    >>> width("日本"), width("é"), width("👩‍🚀")
    (4, 1, 2)
    """
    return max(0, wcswidth(text))


def padded(text: str, cells: int) -> str:
    """Return a line with blanks up to `cells`."""
    return text + " " * (cells - width(text))


def wrapped(line: str, cells: int) -> list[str]:
    """Break a line between words; a word that is too long is broken between its characters as readers see them.

    >>> wrapped("one two three", 7)
    ['one two', 'three']
    >>> wrapped("日本語です", 4)
    ['日本', '語で', 'す']
    """
    rows, row = [], ""
    for word in regex.findall(r"\s*\S+", line.rstrip()):
        if width(row + word) <= cells:
            row += word
            continue
        if row:
            rows.append(row)
        row = word.lstrip()
        while width(row) > cells:
            head = _head(row, cells)
            rows.append(head)
            row = row[len(head) :]
    return [*rows, row] if row or not rows else rows


def _head(text: str, cells: int) -> str:
    head = ""
    for grapheme in regex.findall(r"\X", text):
        if head and width(head + grapheme) > cells:
            break
        head += grapheme
    return head
