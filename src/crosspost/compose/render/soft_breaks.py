"""The soft line breaks of the paragraph that is being read, judged when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crosspost.compose.render import breaks

if TYPE_CHECKING:
    from crosspost.compose.render.positions import Positions
    from crosspost.compose.render.tree import Element


class _Break(NamedTuple):
    """Where a break stands in the tree, and where in the source."""

    children: list[Element | str]
    place: int
    offset: int


class SoftBreaks:
    """Puts line feeds into the tree, and takes back those that an editor made."""

    def __init__(self, positions: Positions, *, keep: bool) -> None:
        """Prepare for one text; `keep` is true where the site shows every line break."""
        self.positions = positions
        self.keep = keep
        self.pending: list[_Break] = []

    def add(self, children: list[Element | str], offset: int) -> None:
        """Put in a break that stands at a byte offset."""
        self.pending.append(_Break(children, len(children), offset))
        children.append("\n")

    def settle(self) -> None:
        """Judge the breaks of the paragraph that just ended."""
        if not self.pending:
            return
        pending, self.pending = self.pending, []
        if self.keep:
            return
        pairs = [self.positions.around(each.offset) for each in pending]
        for each, pair, meant in zip(pending, pairs, breaks.meant(pairs), strict=True):
            if not meant:
                each.children[each.place] = breaks.glue(*pair)
