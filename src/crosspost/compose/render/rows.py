"""A table's rows as lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_RULER = re.compile(r"\|[\s|:+=-]*[-=][\s|:+=-]*")
_LINE = re.compile("---|===")
_HOLE = "–"
_MOST_BYTES = 4_000  # of a row whose cells are looked at one by one
# What a row is made of: an escaped character, code, the bar between two cells, anything else.
_PART = re.compile(r"\\.|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\||[^\\`|]+|.")


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


def own_row(row: bytes, columns: int) -> str | None:
    r"""Return a row as kramdown has it, as a table by itself; None where GFM has the same cells.

    To kramdown a bar in code parts no cells, and a row may have more cells than the header (lib/kramdown/parser/
    kramdown/table.rb); GFM would leave the words of those out ("Tables (extension)": "the excess is ignored").

    >>> print(own_row(b"| `a|b` | c |", 2))
    | `a\|b` | c |
    |-|-|
    >>> own_row(b"| a | b | c |", 2), own_row(b"| a | b |", 2), own_row(rb"| a \| b | c |", 2)
    ('| a | b | c |\n|-|-|-|', None, None)
    """
    bars = row.count(b"|")
    if len(row) > _MOST_BYTES or bars < columns or (bars == columns + 1 and row[:1] == b"|" and b"`" not in row):
        return None
    cells, in_code = [""], False
    for part in _PART.finditer(row.decode().strip().removeprefix("|")):
        if part[0] == "|":
            cells.append("")
        elif part["ticks"] and "|" in part[0].replace("\\|", ""):
            cells[-1] += part[0].replace("\\|", "|").replace("|", "\\|")
            in_code = True
        else:
            cells[-1] += part[0]
    if not cells[-1].strip():
        cells.pop()
    if not in_code and len(cells) <= columns:
        return None
    return f"| {' | '.join(cell.strip() for cell in cells)} |\n{'|-' * len(cells)}|"


def bare_table(text: str) -> str | None:
    """Per kramdown ("Tables") a table needs no header; CommonMark leaves such lines as they are."""
    lines = text.split("\n")
    if not all(len(line) > 1 and line[0] == "|" and (line[-1] == "|" or line[1] in " -") for line in lines):
        return None
    rows = (
        [cell.strip() for cell in line[1:].removesuffix("|").split("|")] for line in lines if not _RULER.fullmatch(line)
    )
    return "\n".join(filter(None, map(as_line, rows)))
