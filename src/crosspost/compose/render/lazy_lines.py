"""Lines that stand under a list and are no item's: CommonMark calls them lazy and takes them into the last item.

An editor that wraps an item leaves such lines too; those breaks are joined before anybody asks here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.compose.render.tree import BLOCK_LEVEL, Element

if TYPE_CHECKING:
    from crosspost.compose.render.positions import Positions


_ANYWHERE = 1 << 30  # right of every column


class LazyLines:
    """Moves lines that start no further right than their item's mark out of the item, and out of the list at its end."""

    def __init__(self, positions: Positions) -> None:
        """Prepare for one text."""
        self.positions = positions
        self.breaks: dict[Element, list[tuple[int, int]]] = {}  # by paragraph: places among its children, offsets
        self.columns: dict[Element, int] = {}  # of the lines that were moved

    def note(self, paragraph: Element, place: int, offset: int) -> None:
        """Remember a line break that stays, at a place among the children and at a byte offset."""
        self.breaks.setdefault(paragraph, []).append((place, offset))

    def leave(self, ended: Element, parent: Element, start: int) -> None:
        """Move what is not an item's behind it, or the lines under the last item behind the list.

        Args:
            ended: The item or list, which ends now as the last child of `parent`.
            parent: Takes the lines.
            start: Byte offset of what ended.
        """
        if ended.name == "li":
            if self.breaks or self.columns:
                parent.children += self._behind_item(ended, self.positions.column(start))
        elif self.columns:
            parent.children += self._moved_before(ended, _ANYWHERE)

    def _behind_item(self, item: Element, margin: int) -> list[Element | str]:
        """Take what starts no further right than the mark of an item out of it."""
        moved = self._moved_before(item, margin)
        if not moved and (lines := self._cut(item, margin)):
            return [lines]
        return moved

    def _moved_before(self, element: Element, margin: int) -> list[Element | str]:
        """Take the lines at the end of an element that start no further right than a margin."""
        children = element.children
        first = len(children)
        while (
            first
            and isinstance(child := children[first - 1], Element)
            and self.columns.get(child, margin + 1) <= margin
        ):
            first -= 1
        taken = children[first:]
        del children[first:]
        return taken

    def _cut(self, item: Element, margin: int) -> Element | None:
        """Cut the last paragraph of an item before the first line that starts no further right than a margin."""
        paragraph = _last_paragraph(item)
        for place, offset in self.breaks.pop(paragraph, ()):
            column = self.positions.column_below(offset)
            if column <= margin:
                rest = paragraph.children[place + 1 :]
                if any(isinstance(child, Element) and child.name in BLOCK_LEVEL for child in rest):
                    return None
                del paragraph.children[place:]
                lines = Element("p", touches=True, markdown=True)
                lines.children, lines.order = rest, paragraph.order
                self.columns[lines] = column
                return lines
        return None


def _last_paragraph(item: Element) -> Element:
    """Return what holds the last line of an item: the item itself, or a paragraph or quotation at its end."""
    while item.children and isinstance(last := item.children[-1], Element) and last.name in {"p", "blockquote"}:
        item = last
    return item
