"""Lists as lines: bullets, numbers, terms and what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.compose.render.flow import container, flow
from crosspost.compose.render.pieces import prefixed
from crosspost.compose.render.rendered import Block, joined_text
from crosspost.compose.render.tree import Element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from crosspost.compose.render.context import Context


_WORDS = frozenset({"paragraph", "heading"})  # may stand on a line with the term


def ul(element: Element, context: Context) -> list[Block]:
    """A list with bullets."""
    return _list(element, context, lambda _: "- ")


def ol(element: Element, context: Context) -> list[Block]:
    """A list with numbers, from where the author starts."""
    start = element.attributes.get("start", "1")
    first = int(start) if start.isdecimal() and len(start) < 10 else 1
    sign = element.attributes.get("sign", ".")
    return _list(element, context, lambda index: f"{first + index}{sign} ")


def _list(element: Element, context: Context, marker: Callable[[int], str]) -> list[Block]:
    parts: list[str] = []
    index = 0
    for child in element.children:
        if isinstance(child, str) or child.name != "li":
            body, mark = joined_text(flow([child], context)), ""
        else:
            body, mark = joined_text(flow(child.children, context)), marker(index)
            index += 1
        if not body:
            continue
        touches = isinstance(child, str) or child.touches
        parts += ["\n" if touches else "\n\n"] if parts else []
        parts.append(_item(body, mark))
    return [Block("".join(parts), "list", order=element.order)] if parts else []


def _item(body: str, mark: str) -> str:
    first = "" if body[0] in "☐☑" else mark
    return prefixed(body, first, " " * len(mark))


def dl(element: Element, context: Context) -> list[Block]:
    """Terms and what they mean: “Term: meaning”, or the meanings as a list below."""
    lines: list[str] = []
    for terms, meanings in _entries(element):
        named = "\n".join(joined_text(container(each, context)) for each in terms).split("\n")
        term = ", ".join(filter(None, (" ".join(line.split()) for line in named)))
        lines.append(_entry(term, list(filter(None, (container(each, context) for each in meanings)))))
    text = ("\n\n" if any("\n" in line for line in lines) else "\n").join(filter(None, lines))
    return [Block(text, "definitions", order=element.order)] if text else []


def _entry(term: str, meanings: Sequence[Sequence[Block]]) -> str:
    head = term if not term or term[-1] in ":?!" else f"{term}:"
    texts = [joined_text(pieces) for pieces in meanings]
    if len(texts) == 1 and "\n\n" not in texts[0]:
        return "".join((head, " " if meanings[0][0].kind in _WORDS else "\n", texts[0])).strip()
    return "\n".join(filter(None, [head if meanings else term, *(prefixed(text, "- ", "  ") for text in texts)]))


def _entries(element: Element) -> Iterator[tuple[list[Element], list[Element]]]:
    terms: list[Element] = []
    meanings: list[Element] = []
    for child in _pairs_of(element):
        if child.name == "dt" and meanings:
            yield terms, meanings
            terms, meanings = [], []
        (terms if child.name == "dt" else meanings).append(child)
    if terms or meanings:
        yield terms, meanings


def _pairs_of(element: Element) -> Iterator[Element]:
    """WHATWG HTML, "The dl element": groups may be wrapped in div elements."""
    for child in element.children:
        if isinstance(child, Element):
            if child.name == "div":
                yield from _pairs_of(child)
            else:
                yield child
