"""Tables as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.compose.render.flow import container
from crosspost.compose.render.rendered import Block, joined_text
from crosspost.compose.render.rows import as_line
from crosspost.compose.render.tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.compose.render.context import Context


def table(element: Element, context: Context) -> list[Block]:
    """A table: a line for each row, cells parted by bars; columns cannot be lined up in a proportional font."""
    rows = [[cell for cell in row.children if isinstance(cell, Element)] for row in _descendants(element, "tr")]
    captions = [piece for caption in _descendants(element, "caption") for piece in container(caption, context)]
    if all(len(row) < 2 for row in rows):  # a table for layout, not for data
        return captions + [piece for row in rows for cell in row for piece in container(cell, context)]
    cells = _without_empty_columns([[_cell(cell, context) for cell in row] for row in rows])
    lines = [line for row in cells if (line := as_line(row))]
    if not lines:
        return captions
    return [*captions, Block("\n".join(lines), "table", order=element.order)]


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
    return " ".join(joined_text(container(cell, context)).split())
