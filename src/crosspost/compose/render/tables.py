"""Tables as lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.compose.render.flow import container
from crosspost.compose.render.rendered import Block, joined_text
from crosspost.compose.render.rows import as_line
from crosspost.compose.render.tree import Element
from crosspost.compose.sentences import announces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.compose.render.context import Context


_LISTS = frozenset({"ul", "ol"})
_A_PAIR = 2
_BULLET = re.compile(r"(?:^|\n) *- ")


def table(element: Element, context: Context) -> list[Block]:
    """A table: a line for each row, cells parted by bars; columns cannot be lined up in a proportional font."""
    rows = [[cell for cell in row.children if isinstance(cell, Element)] for row in _descendants(element, "tr")]
    captions = [piece for caption in _descendants(element, "caption") for piece in container(caption, context)]
    if all(len(row) < 2 for row in rows):  # a table for layout, not for data
        return captions + [piece for row in rows for cell in row for piece in container(cell, context)]
    if len(rows) == _A_PAIR and len(rows[0]) == len(rows[1]) and any(map(_has_list, rows[1])):
        return captions + [piece for head, cell in zip(*rows, strict=True) for piece in _column(head, cell, context)]
    cells = _without_empty_columns([[_cell(cell, context) for cell in row] for row in rows])
    lines = [line for row in cells if (line := as_line(row))]
    if not lines:
        return captions
    return [*captions, Block("\n".join(lines), "table", order=element.order)]


def _has_list(cell: Element) -> bool:
    return any(isinstance(child, Element) and child.name in _LISTS for child in cell.children)


def _column(head: Element, cell: Element, context: Context) -> list[Block]:
    """A column that is one list: it below its heading, since in a line nobody could read it."""
    name = _cell(head, context)
    pieces = container(cell, context)
    if not name or not pieces:
        return pieces
    label = Block(name if announces(name) else f"{name}:", "paragraph", order=head.order)
    return [label, pieces[0]._replace(joined=True), *pieces[1:]]


def _without_empty_columns(rows: list[list[str]]) -> list[list[str]]:
    """Leave out columns in which no row has a word, such as those of flags or icons.

    >>> _without_empty_columns([["", "a"], ["", "b", "c"]])
    [['a'], ['b', 'c']]
    """
    width = max(map(len, rows), default=0)
    kept = [column for column in range(width) if any(row[column : column + 1] not in ([], [""]) for row in rows)]
    return [[row[column] for column in kept if column < len(row)] for row in rows]


def _descendants(element: Element, name: str) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            if child.name == name:
                yield child
            elif child.name in {"thead", "tbody", "tfoot"}:
                yield from _descendants(child, name)


def _cell(cell: Element, context: Context) -> str:
    pieces = [_listed(piece) if piece.kind == "list" else piece for piece in container(cell, context)]
    return " ".join(joined_text(pieces).split())


def _listed(piece: Block) -> Block:
    """A list on one line."""
    items = filter(None, _BULLET.split(piece.text))
    return piece._replace(text=("; " if "," in piece.text else ", ").join(items))
