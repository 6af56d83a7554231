"""Mixed content as blocks: what is inline becomes paragraphs, what is a block is rendered by its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.compose.render.inlines import inline
from crosspost.compose.render.pieces import may_join, tidy
from crosspost.compose.render.rendered import Block
from crosspost.compose.render.rows import bare_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crosspost.compose.render.context import Context
    from crosspost.compose.render.tree import Element


_LONGEST_LABEL = 30  # characters
_LISTS = frozenset({"ul", "ol"})
# What kramdown, jekyll-toc, scripts, pandoc and WordPress call a table of contents.
_CONTENTS = frozenset({"toc", "markdown-toc", "table-of-contents", "tableofcontents", "toc_container", "toc-container"})


def flow(children: Iterable[Element | str], context: Context, order: int = 0) -> list[Block]:
    """Render mixed content: runs of inline content are paragraphs, blocks are blocks."""
    pieces: list[Block] = []
    run: list[Element | str] = []
    near = False  # whether what was dropped last touched the piece before it
    for child in children:
        if isinstance(child, str) or not (child.name in context.rules or child.blocky):
            run.append(child)
            continue
        if run:
            pieces += paragraphs(run, context, order)
            run, near = [], True
        marked = bool(child.attributes) and _is_contents(child)
        if marked or (child.name in _LISTS and _leads_within(child)):
            if pieces and (pieces[-1].kind == "heading" or (not marked and _is_label(pieces[-1]))):
                del pieces[-1]
            continue
        rule = context.rules.get(child.name) or context.wraps.get(child.name, container)
        rendered = rule(child, context)
        touches = child.touches and near
        joined = touches and bool(pieces) and may_join(pieces[-1], rendered)
        pieces += rendered if _is_placed(rendered, joined=joined) else _placed(rendered, child.order, joined=joined)
        near = touches or bool(rendered)
    if run:
        pieces += paragraphs(run, context, order)
    return pieces


def _is_contents(element: Element) -> bool:
    """Tell whether it is a table of contents, by the names that scripts and plugins look for."""
    names = f"{element.attributes.get('id', '')} {element.attributes.get('class', '')}".lower().split()
    return not _CONTENTS.isdisjoint(names)


def _leads_within(contents: Element) -> bool:
    """Tell whether a list has nothing but links to places of the post itself, two or more: a table of contents by hand."""
    number = 0
    for target in _targets(contents):
        if target[:1] != "#":
            return False
        number += 1
    return number > 1


def _targets(element: Element) -> Iterator[str]:
    """Yield where each part of an element leads; empty for one that leads nowhere."""
    for child in element.children:
        if isinstance(child, str):
            if child.strip():
                yield ""
        elif child.name == "a":
            yield child.attributes.get("href", "")
        else:
            yield from _targets(child) if child.children else [""]


def _is_label(piece: Block) -> bool:
    """Tell whether it is a line that says what is below it: "In this post:", "Contents"."""
    if piece.kind != "paragraph" or "\n" in piece.text:
        return False
    return piece.text.endswith((":", "：")) or (len(piece.text) <= _LONGEST_LABEL and piece.text[-1].isalnum())


def _is_placed(rendered: list[Block], *, joined: bool) -> bool:
    """Tell whether it is one piece, as most elements are, that knows its place already."""
    return len(rendered) == 1 and rendered[0].order > 0 and rendered[0].joined == joined


def _placed(rendered: list[Block], order: int, *, joined: bool) -> list[Block]:
    """Return the pieces of an element with their place; the first touches what is above if the element does."""
    placed = [piece if piece.order else piece._replace(order=order) for piece in rendered]
    if placed and placed[0].joined != joined:
        placed[0] = placed[0]._replace(joined=joined)
    return placed


def paragraphs(run: Sequence[Element | str], context: Context, order: int = 0) -> list[Block]:
    """Render a run of inline content; two line breaks in a row make two paragraphs."""
    first = run[0] if len(run) == 1 else None
    text = tidy(first if isinstance(first, str) else inline(run, context))
    if not text:
        return []
    context.spoken = True
    if text[0] == "|" and (rows := bare_table(text)) is not None:
        return [Block(rows, "table", order=order)] if rows else []
    if "\n\n" not in text:
        return [Block(text, "paragraph", order=order)]
    return [Block(part.strip("\n"), "paragraph", order=order) for part in text.split("\n\n") if part.strip("\n")]


def container(element: Element, context: Context) -> list[Block]:
    """An element that only groups: its content."""
    return flow(element.children, context, element.order)
