"""What pages embed, by an element or by a script: the address under which people see it, on a line of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.compose.render import links
from crosspost.compose.render.formulas import typeset
from crosspost.compose.render.tree import Element

if TYPE_CHECKING:
    from crosspost.compose.render.context import Context

# Programs whose own address, without its ending, is that of what they show; asciinema's in https://docs.asciinema.org/manual/server/embedding/
_EMBEDDING = ("https://gist.github.com/", "https://asciinema.org/a/")


def player(element: Element, context: Context) -> str:
    """An embedded player or page: its address, on a line of its own."""
    given = (element.attributes.get(key, "") for key in ("src", "data-src", "data"))
    src = next(filter(None, given), "") or _source(element) or _by_number(element)
    url = links.absolute(src, context.base) if src else None
    if url is None or not links.is_web(url) or links.is_tracker(url):
        return ""
    return f"\n{links.watch_address(url)}\n"


def _source(element: Element) -> str:
    sources = (child for child in element.children if isinstance(child, Element) and child.name == "source")
    return next((child.attributes.get("src", "") for child in sources), "")


def _by_number(element: Element) -> str:
    """Return where the video of `<lite-youtube videoid="…">` and its like is played."""
    number = element.attributes.get("videoid") or element.attributes.get("data-videoid")
    page = links.VIDEO_PAGES.get(element.name.partition("-")[2])
    return page.format(number) if page and number else ""


def script(element: Element, context: Context) -> str:
    """A program is not text; a formula for MathJax is one, and what is embedded by a program is an address."""
    if element.attributes.get("type", "").startswith("math/tex"):
        return typeset(element, context)
    src = element.attributes.get("src", "")
    if src.startswith(_EMBEDDING):
        return f"\n{src.partition('?')[0].removesuffix('.js')}\n"
    if "speakerdeck.com/" in src and (number := element.attributes.get("data-id")):
        return f"\nhttps://speakerdeck.com/player/{number}\n"
    return ""
