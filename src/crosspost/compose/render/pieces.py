"""Rendered blocks and how they are put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.compose.render.tree import STRONG_MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crosspost.compose.render.rendered import Block

_BLANKS = re.compile(r"[ \t]{2,}")
_WIDE = re.compile(
    r"(?<=\S)(?:[ ]+\xa0|\xa0[ \xa0])[ \xa0]*"
)  # what keeps blanks apart is for layout; at the margin it indents
# CommonMark's flanking rules fail beside punctuation in scripts without spaces ("**是。**否"); kramdown has none.
_LOOSE_STRONG = re.compile(f"{STRONG_MARK}(?=\\S)([^{STRONG_MARK}]+)(?<=\\S){STRONG_MARK}")
_AROUND_BREAK = re.compile(r"[ \t]*\n[ \t]*")
# Blocks of words may stand directly under one another; code and tables need air, or they run into the words.
_MAY_JOIN = frozenset({"paragraph", "list", "quote", "definitions", "rule"})
_MAY_BE_JOINED = _MAY_JOIN | {"heading"}


def tidy(text: str) -> str:
    r"""Return inline text as readers see it: blanks run together as in HTML, none beside a line break.

    >>> tidy(" a  b \n  c ")
    'a b\nc'
    """
    if STRONG_MARK in text:
        text = _LOOSE_STRONG.sub(r"\1", text).replace(STRONG_MARK, "**")
    if "  " in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    if "\xa0" in text:
        text = _WIDE.sub(" ", text)
    if "\n" in text and (" \n" in text or "\n " in text or "\t" in text):
        text = _AROUND_BREAK.sub("\n", text)
    return text.strip()


def may_join(above: Block, rendered: Sequence[Block]) -> bool:
    """Tell whether pieces may stand directly under the one above."""
    return bool(rendered) and rendered[0].kind in _MAY_JOIN and above.kind in _MAY_BE_JOINED


def prefixed(text: str, first: str, rest: str) -> str:
    """Put `first` before the first line and `rest` before the others; a blank line stays blank."""
    if "\n" not in text:
        return first + text
    head, *tail = text.split("\n")
    return "\n".join([first + head, *(rest + line if line else "" for line in tail)])
