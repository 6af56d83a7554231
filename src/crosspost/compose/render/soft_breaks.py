"""The soft line breaks of the paragraph that is being read, judged when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crosspost.compose.render import breaks

if TYPE_CHECKING:
    from crosspost.compose.render.lazy_lines import LazyLines
    from crosspost.compose.render.positions import Positions
    from crosspost.compose.render.tree import Element


class _Break(NamedTuple):
    """Where a break stands: among the children of a paragraph, and in the source."""

    paragraph: Element
    place: int
    offset: int


class SoftBreaks:
    """Puts line feeds into the tree, and takes back those that an editor made."""

    def __init__(self, positions: Positions, lazy: LazyLines, *, keep: bool) -> None:
        """Prepare for one text; `keep` is true where the site shows every line break."""
        self.positions = positions
        self.lazy = lazy
        self.keep = keep
        self.pending: list[_Break] = []

    def add(self, paragraph: Element, offset: int) -> None:
        """Put in a break that stands at a byte offset."""
        self.pending.append(_Break(paragraph, len(paragraph.children), offset))
        paragraph.children.append("\n")

    def settle(self) -> None:
        """Judge the breaks of the paragraph that just ended."""
        if not self.pending:
            return
        pending, self.pending = self.pending, []
        pairs = [self.positions.around(each.offset) for each in pending]
        verdicts = [True] * len(pairs) if self.keep else breaks.meant(pairs)
        for each, pair, meant in zip(pending, pairs, verdicts, strict=True):
            if meant:
                self.lazy.note(*each)
            else:
                each.paragraph.children[each.place] = breaks.glue(*pair)
