"""Lists as lines: bullets, numbers, terms and what they mean."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from crosspost.compose.render.flow import container, flow
from crosspost.compose.render.pieces import prefixed
from crosspost.compose.render.rendered import Block, joined_text
from crosspost.compose.render.tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crosspost.compose.render.context import Context


_LETTERS = 26
_WORDS = frozenset({"paragraph", "heading"})  # may stand on a line with the term


def ul(element: Element, context: Context) -> list[Block]:
    """A list with bullets."""
    return _list(element, context, repeat("- "))


def ol(element: Element, context: Context) -> list[Block]:
    """A list with numbers, from where the author starts."""
    return _list(element, context, _numbers(element))


def _numbers(element: Element) -> Iterator[str]:
    """Yield the marks of a list with numbers (WHATWG HTML, "The ol element" and "The li element")."""
    items = [child for child in element.children if isinstance(child, Element) and child.name == "li"]
    attributes = element.attributes
    step = -1 if "reversed" in attributes else 1
    number = _whole(attributes.get("start"), 1 if step > 0 else len(items))
    sign, first = attributes.get("sign", "."), attributes.get("type")
    for item in items:
        number = _whole(item.attributes.get("value"), number) if item.attributes else number
        letter = first in ("a", "A") and 0 < number <= _LETTERS
        yield f"{chr(ord(first) + number - 1) if letter and first else number}{sign} "
        number += step


def _whole(written: str | None, otherwise: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 10 else otherwise


def _list(element: Element, context: Context, marks: Iterator[str]) -> list[Block]:
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, str) or child.name != "li":
            body, mark = joined_text(flow([child], context)), ""
        else:
            body, mark = joined_text(flow(child.children, context)), next(marks)
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
