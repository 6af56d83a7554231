"""Marks that CommonMark leaves in the text where kramdown and authors mean markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.compose.render.tree import STRONG_MARK, Element

if TYPE_CHECKING:
    from crosspost.compose.render.tree import Builder

# An inline link whose address has blanks or lacks a parenthesis.
_LINK = re.compile(
    r"(?:!\[([^\[\]\n]{0,500})|\[([^\[\]\n]{1,500}))\]\(((?:[^()\n]|\([^()\n]{1,200}\)){1,2000}|[^)\n]{1,2000})\)"
)
_SIZE = re.compile(r"[ ]+=\d*x\d*$")  # of a picture, in markdown-it-imsize, HackMD and Zenn


def take_loose(text: str, builder: Builder, line: int) -> None:
    """Take text with such marks into the tree: `**`, and links and images whose address CommonMark takes for none."""
    text = text.replace("**", STRONG_MARK)
    position = 0
    for match in _LINK.finditer(text):
        builder.words(text[position : match.start()])
        alt, label, address = match.groups()
        href = _SIZE.sub("", address.strip()) + ")" * (address.count("(") - address.count(")"))
        is_picture = label is None
        element = Element(*(("img", {"src": href}) if is_picture else ("a", {"href": href})), markdown=True, line=line)
        builder.start(element)
        builder.words(alt if is_picture else label)
        builder.close(element)
        position = match.end()
    builder.words(text[position:])
