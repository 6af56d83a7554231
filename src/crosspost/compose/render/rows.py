"""A table's rows as lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_RULER = re.compile(r"\|[\s|:+=-]*[-=][\s|:+=-]*")
_LINE = re.compile("---|===")
_HOLE = "–"


def as_line(cells: Sequence[str]) -> str:
    """Return a row as a line; a dash holds the place of an empty cell, an empty row is none.

    Nor is one of kramdown's rulers within a table, which only part groups of rows.

    >>> as_line(["a", "", "b", ""]), as_line(["---+---", ":--"]), as_line(["-", "-"])
    ('a | – | b', '', '- | -')
    """
    if _RULER.fullmatch(f"|{'|'.join(cells)}|") and _LINE.search("".join(cells)):
        return ""
    filled = max((index for index, cell in enumerate(cells, 1) if cell), default=0)
    return " | ".join(cell or _HOLE for cell in cells[:filled])


def bare_table(text: str) -> str | None:
    """Per kramdown ("Tables") a table needs no header; CommonMark leaves such lines as they are."""
    lines = text.split("\n")
    if not all(len(line) > 1 and line[0] == line[-1] == "|" for line in lines):
        return None
    rows = ([cell.strip() for cell in line[1:-1].split("|")] for line in lines if not _RULER.fullmatch(line))
    return "\n".join(filter(None, map(as_line, rows)))
