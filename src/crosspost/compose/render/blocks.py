"""Block elements as plain text: one small function an element, gathered in a table.

The rules and their reasons are in docs/markdown.md.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from crosspost.compose.render.inlines import inline
from crosspost.compose.render.tree import CONTAINERS, STRONG_MARK, Element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from crosspost.compose.render.context import Context

    Render = Callable[[Element, Context], "list[Piece]"]

_BLANKS = re.compile(r"[ \t]{2,}")
# CommonMark's flanking rules fail beside punctuation in scripts without spaces ("**是。**否"); kramdown has none.
_LOOSE_STRONG = re.compile(f"{STRONG_MARK}(?=\\S)([^{STRONG_MARK}]+)(?<=\\S){STRONG_MARK}")
_AROUND_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_TABLE_LINE = re.compile(r"\|[\s|:+=-]*-[\s|:+=-]*")
# Blocks of words may stand directly under one another; code and tables need air, or they run into the words.
_MAY_JOIN = frozenset({"paragraph", "list", "quote", "definitions", "rule"})
_MAY_BE_JOINED = _MAY_JOIN | {"heading"}
_DIAGRAMS = frozenset({"mermaid", "plantuml"})
_RULE = "———"
_HOLE = "–"


class Piece(NamedTuple):
    """A rendered block and what its surroundings need to know.

    Attributes:
        joined: True where it may stand directly under the piece before it.
        order: Of the element in the document.
    """

    text: str
    kind: str
    joined: bool = False
    order: int = 0


def tidy(text: str) -> str:
    r"""Return inline text as readers see it: blanks run together as in HTML, none beside a line break.

    >>> tidy(" a  b \n  c ")
    'a b\nc'
    """
    if STRONG_MARK in text:
        text = _LOOSE_STRONG.sub(r"\1", text).replace(STRONG_MARK, "**")
    if "  " in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    if "\n" in text:
        text = _AROUND_BREAK.sub("\n", text)
    return text.strip()


def flow(children: Iterable[Element | str], context: Context, order: int = 0) -> list[Piece]:
    """Render mixed content: runs of inline content are paragraphs, blocks are blocks."""
    pieces: list[Piece] = []
    run: list[Element | str] = []
    near = False  # whether what was dropped last touched the piece before it
    for child in children:
        if isinstance(child, str) or not (child.name in _BLOCKS or child.blocky):
            run.append(child)
            continue
        if run:
            pieces += paragraphs(run, context, order)
            run, near = [], True
        rendered = _BLOCKS.get(child.name, container)(child, context)
        touches = child.touches and near
        pieces += _placed(rendered, child.order, joined=touches and bool(pieces) and _may_join(pieces[-1], rendered))
        near = touches or bool(rendered)
    if run:
        pieces += paragraphs(run, context, order)
    return pieces


def _may_join(above: Piece, rendered: Sequence[Piece]) -> bool:
    return bool(rendered) and rendered[0].kind in _MAY_JOIN and above.kind in _MAY_BE_JOINED


def _placed(rendered: list[Piece], order: int, *, joined: bool) -> list[Piece]:
    """Return the pieces of an element with their place; the first touches what is above if the element does."""
    placed = [piece if piece.order else piece._replace(order=order) for piece in rendered]
    if placed:
        placed[0] = placed[0]._replace(joined=joined)
    return placed


def paragraphs(run: Sequence[Element | str], context: Context, order: int = 0) -> list[Piece]:
    """Render a run of inline content; two line breaks in a row make two paragraphs."""
    text = tidy(inline(run, context))
    if not text:
        return []
    context.spoken = True
    if text[0] == "|" and (rows := _bare_table(text)):
        return [Piece(rows, "table", order=order)]
    if "\n\n" not in text:
        return [Piece(text, "paragraph", order=order)]
    return [Piece(part.strip("\n"), "paragraph", order=order) for part in text.split("\n\n") if part.strip("\n")]


def _bare_table(text: str) -> str | None:
    """Per kramdown ("Tables") a table needs no header; CommonMark leaves such lines as they are."""
    lines = text.split("\n")
    if not all(len(line) > 1 and line[0] == line[-1] == "|" for line in lines):
        return None
    rows = ([cell.strip() for cell in line[1:-1].split("|")] for line in lines if not _TABLE_LINE.fullmatch(line))
    return "\n".join(filter(None, map(_row, rows)))


def join(pieces: Sequence[Piece]) -> str:
    """Return pieces with a blank line between them, none before a joined one."""
    return "".join(
        ("" if not index else "\n" if piece.joined else "\n\n") + piece.text for index, piece in enumerate(pieces)
    )


def container(element: Element, context: Context) -> list[Piece]:
    """An element that only groups: its content."""
    return flow(element.children, context, element.order)


def p(element: Element, context: Context) -> list[Piece]:
    """A paragraph."""
    return (flow if element.blocky else paragraphs)(element.children, context, element.order)


def heading(element: Element, context: Context) -> list[Piece]:
    """A heading: its words on one line."""
    spoken = context.spoken
    pieces = flow(element.children, context, element.order)
    context.spoken = spoken  # the picture between a title and the text only decorates
    text = " ".join(" ".join(piece.text.split("\n")) for piece in pieces)
    return [Piece(text, "heading", order=element.order)] if text else []


def hr(element: Element, context: Context) -> list[Piece]:  # noqa: ARG001 -- one signature for the whole table
    """A rule: a short line, since a long one wraps on a telephone."""
    return [Piece(_RULE, "rule", order=element.order)]


def pre(element: Element, context: Context) -> list[Piece]:
    """Code: every character as it stands; a diagram's source is no text."""
    if element.attributes.get("info", "").split(" ", 1)[0].lower() in _DIAGRAMS:
        context.left_out("a diagram", "say in words what it shows, or let the link to the post show it", element.line)
        return []
    text = _raw(element).replace(STRONG_MARK, "**").strip("\n")
    lines = [line.rstrip() for line in text.split("\n")]
    text = "\n".join(lines).strip("\n")
    context.spoken = context.spoken or bool(text)
    return [Piece(text, "code", order=element.order)] if text.strip() else []


def _raw(element: Element) -> str:
    return "".join(
        child if isinstance(child, str) else "\n" if child.name == "br" else _raw(child) for child in element.children
    )


def blockquote(element: Element, context: Context) -> list[Piece]:
    """A quotation: every line marked, as in mail."""
    pieces = flow(element.children, context)
    if alert := element.attributes.get("alert"):
        pieces = [
            Piece(f"{alert}:", "paragraph"),
            *(piece._replace(joined=piece.joined or not i) for i, piece in enumerate(pieces)),
        ]
    return [Piece(_prefixed(join(pieces), "> ", "> "), "quote", order=element.order)] if pieces else []


def _prefixed(text: str, first: str, rest: str) -> str:
    """Put `first` before the first line and `rest` before the others; a blank line stays blank."""
    if "\n" not in text:
        return first + text
    head, *tail = text.split("\n")
    return "\n".join([first + head, *(rest + line if line else "" for line in tail)])


def ul(element: Element, context: Context) -> list[Piece]:
    """A list with bullets."""
    return _list(element, context, lambda _: "- ")


def ol(element: Element, context: Context) -> list[Piece]:
    """A list with numbers, from where the author starts."""
    start = element.attributes.get("start", "1")
    first = int(start) if start.isdecimal() and len(start) < 10 else 1
    sign = element.attributes.get("sign", ".")
    return _list(element, context, lambda index: f"{first + index}{sign} ")


def _list(element: Element, context: Context, marker: Callable[[int], str]) -> list[Piece]:
    parts: list[str] = []
    index = 0
    for child in element.children:
        if isinstance(child, str) or child.name != "li":
            body, mark = join(flow([child], context)), ""
        else:
            body, mark = join(flow(child.children, context)), marker(index)
            index += 1
        if not body:
            continue
        touches = isinstance(child, str) or child.touches
        parts += ["\n" if touches else "\n\n"] if parts else []
        parts.append(_item(body, mark))
    return [Piece("".join(parts), "list", order=element.order)] if parts else []


def _item(body: str, mark: str) -> str:
    if body[0] in "☐☑":
        mark = ""
    return _prefixed(body, mark, " " * len(mark))


def table(element: Element, context: Context) -> list[Piece]:
    """A table: a line for each row, cells parted by bars; columns cannot be lined up in a proportional font."""
    rows = [[cell for cell in row.children if isinstance(cell, Element)] for row in _descendants(element, "tr")]
    captions = [piece for caption in _descendants(element, "caption") for piece in container(caption, context)]
    if all(len(row) < 2 for row in rows):  # a table for layout, not for data
        return captions + [piece for row in rows for cell in row for piece in container(cell, context)]
    lines = [line for row in rows if (line := _row([_cell(cell, context) for cell in row]))]
    if not lines:
        return captions
    return [*captions, Piece("\n".join(lines), "table", order=element.order)]


def _descendants(element: Element, name: str) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            if child.name == name:
                yield child
            elif child.name in {"thead", "tbody", "tfoot"}:
                yield from _descendants(child, name)


def _cell(cell: Element, context: Context) -> str:
    return " ".join(join(container(cell, context)).split())


def _row(cells: Sequence[str]) -> str:
    """Return a row as a line; a dash holds the place of an empty cell, an empty row is none."""
    filled = max((index for index, cell in enumerate(cells, 1) if cell), default=0)
    return " | ".join(cell or _HOLE for cell in cells[:filled])


def dl(element: Element, context: Context) -> list[Piece]:
    """Terms and what they mean: “Term: meaning”, or the meanings as a list below."""
    lines: list[str] = []
    for terms, meanings in _entries(element):
        term = ", ".join(filter(None, (" ".join(join(container(each, context)).split()) for each in terms)))
        texts = list(filter(None, (join(container(each, context)) for each in meanings)))
        lines.append(_entry(term, texts))
    text = ("\n\n" if any("\n" in line for line in lines) else "\n").join(filter(None, lines))
    return [Piece(text, "definitions", order=element.order)] if text else []


def _entry(term: str, meanings: Sequence[str]) -> str:
    head = term if not term or term[-1] in ":?!" else f"{term}:"
    if len(meanings) == 1 and "\n\n" not in meanings[0]:
        return f"{head} {meanings[0]}".strip()
    return "\n".join(filter(None, [head if meanings else term, *(_prefixed(each, "- ", "  ") for each in meanings)]))


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


_BLOCKS: Mapping[str, Render] = MappingProxyType(
    dict.fromkeys(CONTAINERS, container)
    | dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), heading)
    | {
        "blockquote": blockquote,
        "dl": dl,
        "hr": hr,
        "ol": ol,
        "p": p,
        "pre": pre,
        "table": table,
        "ul": ul,
        "menu": ul,
    }
)
