"""Block elements as plain text: one small function an element, gathered in a table.

The rules and their reasons are in docs/markdown.md.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.compose.render.flow import container, flow, paragraphs
from crosspost.compose.render.inlines import struck
from crosspost.compose.render.link_text import destination, linked, speaking
from crosspost.compose.render.lists import dl, ol, ul
from crosspost.compose.render.pieces import prefixed
from crosspost.compose.render.rendered import BOLD_LINE, Block, joined_text
from crosspost.compose.render.tables import table
from crosspost.compose.render.tree import CONTAINERS, STRONG_MARK, Element, has

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.compose.render.context import Context, Render

_DIAGRAMS = frozenset({"mermaid", "plantuml"})
_LONGEST_FORM = 500  # characters
_RULE = "———"
_WORDS = frozenset({"paragraph", "heading"})
_BOLD = frozenset({"strong", "b"})
_SENTENCE_ENDS = frozenset(".!?…。！？")
_WORD = re.compile(r"\w")


def p(element: Element, context: Context) -> list[Block]:
    """A paragraph; one of nothing but bold words stands for a heading."""
    pieces = (flow if element.blocky else paragraphs)(element.children, context, element.order)
    last = element.children[-1] if element.children else ""
    if isinstance(last, Element) and last.name in _BOLD and len(pieces) == 1 and _is_label(element, pieces[0].text):
        return [pieces[0]._replace(level=BOLD_LINE)]
    return pieces


def _is_label(element: Element, text: str) -> bool:
    """Tell whether all its words are bold, on a line that ends no sentence."""
    before = element.children[:-1]
    return (
        text[-1:] not in _SENTENCE_ENDS
        and "\n" not in text
        and not any(isinstance(child, Element) or _WORD.search(child) for child in before)
    )


def heading(element: Element, context: Context) -> list[Block]:
    """A heading: its words on one line."""
    spoken, context.in_heading = context.spoken, True
    pieces = flow(element.children, context, element.order)
    context.spoken, context.in_heading = spoken, False  # the picture between a title and the text only decorates
    text = " ".join(" ".join(piece.text.split("\n")) for piece in pieces)
    return [Block(text, "heading", order=element.order, level=int(element.name[1]))] if text else []


def hr(element: Element, context: Context) -> list[Block]:  # noqa: ARG001 -- one signature for the whole table
    """A rule: a short line, since a long one wraps on a telephone."""
    return [Block(_RULE, "rule", order=element.order)]


def div(element: Element, context: Context) -> list[Block]:
    """A group, or a diagram that a script of the site draws."""
    return _diagram(element, context) if _is_diagram(element) else container(element, context)


def form(element: Element, context: Context) -> list[Block]:
    """What is to be filled in and sent from the page: its labels and buttons alone would lead nowhere."""
    has_fields = has(element, "input") or has(element, "textarea")
    if not has_fields or len(_raw(element)) > _LONGEST_FORM:  # a text within one, or one that nothing closes
        return container(element, context)
    context.left_out("a form", "say where it is, or let the link to the post show it", element)
    return []


def _is_diagram(element: Element) -> bool:
    """Tell by the language of a code block, or by the class that Mermaid's script looks for."""
    language = element.attributes.get("info", "").split(" ", 1)[0].lower()
    return language in _DIAGRAMS or not _DIAGRAMS.isdisjoint(element.attributes.get("class", "").split())


def _diagram(element: Element, context: Context) -> list[Block]:
    context.left_out("a diagram", "say in words what it shows, or let the link to the post show it", element)
    return []


def pre(element: Element, context: Context) -> list[Block]:
    """Code: every character as it stands; a diagram's source is no text."""
    if _is_diagram(element):
        return _diagram(element, context)
    text = _raw(element).replace(STRONG_MARK, "**").strip("\n")
    lines = [line.rstrip() for line in text.split("\n")]
    text = "\n".join(lines).strip("\n")
    context.spoken = context.spoken or bool(text)
    context.code.append(text)
    return [Block(text, "code", order=element.order)] if text.strip() else []


def _raw(element: Element) -> str:
    return "".join(
        child if isinstance(child, str) else "\n" if child.name == "br" else _raw(child) for child in element.children
    )


def blockquote(element: Element, context: Context) -> list[Block]:
    """A quotation: every line marked, as in mail."""
    pieces = flow(element.children, context)
    if alert := element.attributes.get("alert"):
        pieces = [
            Block(f"{alert}:", "paragraph"),
            *(piece._replace(joined=piece.joined or not i) for i, piece in enumerate(pieces)),
        ]
    return [Block(prefixed(joined_text(pieces), "> ", "> "), "quote", order=element.order)] if pieces else []


def link(element: Element, context: Context) -> list[Block]:
    """A link around blocks, such as a card: they as they are, and behind the last words of them where it leads."""
    pieces = speaking(flow, element, context)
    url = destination(element, context, joined_text(pieces))
    if not url:
        return pieces
    last = pieces.pop() if pieces and pieces[-1].kind in _WORDS else Block("", "paragraph")
    return [*pieces, last._replace(text=linked(last.text, url, context))]


def strike(element: Element, context: Context) -> list[Block]:
    """Blocks that are struck out: without a sign they would say the opposite."""
    return [
        piece if piece.kind == "rule" else piece._replace(text=struck(piece.text))
        for piece in flow(element.children, context)
    ]


BLOCKS: Mapping[str, Render] = MappingProxyType(
    dict.fromkeys(CONTAINERS, container)
    | dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), heading)
    | {
        "blockquote": blockquote,
        "div": div,
        "dl": dl,
        "form": form,
        "hr": hr,
        "ol": ol,
        "p": p,
        "pre": pre,
        "table": table,
        "ul": ul,
        "menu": ul,
    }
)
WRAPS: Mapping[str, Render] = MappingProxyType(dict.fromkeys(("del", "s", "strike"), strike) | {"a": link})
