"""Pictures and drawings, none of which can stand in plain text: a label, a note of what was left out, or nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.compose.render.tree import STRONG_MARK, Element, has, words

if TYPE_CHECKING:
    from crosspost.compose.render.context import Context

_NO_SIZES = frozenset({"0", "1", "0px", "1px"})
_SIGN = re.compile(r"[^\w\s\x00-\x7f]+")  # an emoji that a site shows as a picture


def img(element: Element, context: Context) -> str:
    """No picture can stand in the text: a note, unless it decorates, is on the card, or its alternative text is a label."""
    src = element.attributes.get("src", "")
    alt = alternative(element)
    if alt and (context.pictures_speak or _SIGN.fullmatch(alt)):
        return alt
    if context.spoken and src and not (context.is_on_card(src) or _is_pixel(element)):
        name = f"the image “{alt}”" if alt else f"the image {src[:100]}"
        fix = "say in words what it shows, name it under 'image' for the card, or let the link to the post show it"
        context.left_out(name, fix, element)
    return ""


def _is_pixel(image: Element) -> bool:
    """Tell whether it is there to count readers."""
    return not _NO_SIZES.isdisjoint((image.attributes.get("width"), image.attributes.get("height")))


def alternative(image: Element) -> str:
    """Return an image's alternative text: an attribute in HTML, content in Markdown."""
    return " ".join((image.attributes.get("alt") or words(image).replace(STRONG_MARK, "**")).split())


def drawing(element: Element, context: Context) -> str:
    """A drawing is a picture, unless it is one without words such as an icon."""
    if context.spoken and (element.name == "canvas" or has(element, "text")):
        context.left_out("a drawing", "say in words what it shows, or let the link to the post show it", element)
    return ""


def noscript(element: Element, context: Context) -> str:
    """For browsers without scripts; its pictures are those that scripts load late or draw themselves."""
    for child in element.children:
        if isinstance(child, Element):
            (img if child.name == "img" else noscript)(child, context)
    return ""
