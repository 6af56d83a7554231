"""What rendering gives: blocks of plain text and notes about what could not be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


SET_URL = "set `url` in _config.yml, or site.url in crosspost.toml, or write the whole address"
"""What helps against all notes on relative links of a site whose address is not known."""

_MOST_SHOWN = 60
BOLD_LINE = 7  # the level of a paragraph that stands for a heading: below all that are marked up as one


class Block(NamedTuple):
    """One block of plain text.

    Attributes:
        text: Lines separated by line feeds; no white space at either end.
        kind: "paragraph", "heading", "list", "quote", "code", "table", "definitions", "rule" or "notes".
        joined: True where it may stand directly under the block before it, without a blank line.
        level: Of a heading, 1 to 6; `BOLD_LINE`; 0 for anything else.
        order: Of its element in the document.
    """

    text: str
    kind: str
    joined: bool = False
    level: int = 0
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something in the source that the author should know about.

    Attributes:
        code: A key of `findings.CODES`.
        line: 1-based line of the body given.
        order: Of the element that it is about in the document, as that of a block; 0 where unknown.
    """

    code: str
    message: str
    fix: str
    line: int
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A body as plain text.

    Attributes:
        code: The text of every piece of code in the blocks, with what is glued to it: LinkedIn sees one word.
        more: Index into `blocks` of the first block after the excerpt separator; None where there is none.
    """

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    more: int | None
    code: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The blocks joined."""
        return joined_text(self.blocks)


def shortened(written: str) -> str:
    r"""Return how a note names what was written: on one line, and a long one by its beginning.

    >>> shortened("a\n b"), len(shortened("a" * 100))
    ('a b', 60)
    """
    shown = " ".join(written.split())
    return shown if len(shown) <= _MOST_SHOWN else f"{shown[: _MOST_SHOWN - 1]}…"


def joined_text(blocks: Sequence[Block]) -> str:
    r"""Return the blocks with one blank line between them, none before a joined one.

    >>> joined_text((Block(text="A:", kind="paragraph"), Block(text="- b", kind="list", joined=True)))
    'A:\n- b'
    """
    following = [f"\n{block.text}" if block.joined else f"\n\n{block.text}" for block in blocks[1:]]
    return "".join([blocks[0].text, *following]) if blocks else ""
