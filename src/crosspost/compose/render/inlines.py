"""Inline elements as plain text: one small function an element, gathered in a table.

Plain text has no bold: what only looks different keeps its words; what means something different keeps a sign.
The rules and their reasons are in docs/markdown.md.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.compose.render.embeds import player, script
from crosspost.compose.render.formulas import formula
from crosspost.compose.render.link_text import behind_link, beside, destination, linked, speaking, within, without_host
from crosspost.compose.render.pictures import drawing, img, noscript
from crosspost.compose.render.positions import glued
from crosspost.compose.render.scripts import marked, moved
from crosspost.compose.render.tree import DROPPED, PLAYERS, Element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from crosspost.compose.render.context import Context
    from crosspost.compose.render.scripts import Mark

    Inline = Callable[[Element, Context], str]

# A variable, or several signs with one among them; `e`, `o` and `a` are the ends of French and Spanish ordinals.
_FORMULA = re.compile(r"[b-df-np-zA-ZΑ-ω]|(?=.*[A-Za-zΑ-ω])(?=.*[\d+−*/-])[\w+−*/().-]+")


def inline(children: Iterable[Element | str], context: Context) -> str:
    """Return inline content as text; line feeds in it are line breaks that were meant."""
    parts: list[str] = []
    name = ""  # of the element before
    for child in children:
        if isinstance(child, str):
            if name == "code":
                context.code[-1] += glued(child)
            parts.append(behind_link(parts, child) if name == "a" and child[:1] != " " else child)
            name = ""
        else:
            before, name = name, child.name
            if name == "img" and not context.spoken:
                context.spoken = not context.in_heading and any(part.strip() for part in parts)
            part = INLINES.get(name, content)(child, context)
            if part and (name == "reference" or name == before == "a"):
                part = beside(parts, part, name)
            parts.append(part)
    return "".join(parts)


def content(element: Element, context: Context) -> str:
    """The words alone: emphasis, code, unknown tags."""
    return inline(element.children, context)


def code(element: Element, context: Context) -> str:
    """The words, which are none."""
    text = inline(element.children, context)
    context.code.append(text)
    return text


def nothing(element: Element, context: Context) -> str:  # noqa: ARG001 -- one signature for the whole table
    """Nothing of it is for readers."""
    return ""


def br(element: Element, context: Context) -> str:  # noqa: ARG001 -- one signature for the whole table
    """A line break."""
    return "\n"


def strike(element: Element, context: Context) -> str:
    """Struck-out words: without a sign they would say the opposite."""
    return struck(inline(element.children, context))


def struck(text: str) -> str:
    """Return words with the signs that say they no longer hold."""
    return f"~~{text}~~" if text.strip() else text


def q(element: Element, context: Context) -> str:
    """A quotation within a sentence."""
    return f"“{inline(element.children, context)}”"


def angles(element: Element, context: Context) -> str:
    """Text within angle brackets."""
    return f"<{inline(element.children, context)}>"


def sup(element: Element, context: Context) -> str:
    """Raised digits change what a number says: 10² is not 102, and 2^n is not 2n."""
    text = inline(element.children, context)
    return "™" if text == "TM" else _moved(text, "^")


def sub(element: Element, context: Context) -> str:
    """Lowered digits, as in H₂O, and the index of x_i."""
    return _moved(inline(element.children, context), "_")


def _moved(text: str, mark: Mark) -> str:
    if (form := moved(text, mark)) is not None:
        return form
    return marked(text, mark) if _FORMULA.fullmatch(text) else text  # the end of a word: 1st, Mlle


def reading(element: Element, context: Context) -> str:
    """How the characters before it are read: in parentheses, as browsers without ruby show it."""
    text = inline(element.children, context).strip()
    return f"({text})" if text else ""


def button(element: Element, context: Context) -> str:
    """It stands apart from what is beside it."""
    return f" {inline(element.children, context)} "


def checkbox(element: Element, context: Context) -> str:  # noqa: ARG001 -- one signature for the whole table
    """A task's box, empty or ticked."""
    return "☑ " if "checked" in element.attributes else "☐ "


def form_input(element: Element, context: Context) -> str:
    """A form cannot be filled in here; a check box is a task's."""
    return checkbox(element, context) if element.attributes.get("type") == "checkbox" else ""


def reference(element: Element, context: Context) -> str:
    """A footnote's mark."""
    label = element.attributes["label"]
    known = context.marks and label in context.footnotes and bool(context.footnotes[label].children)
    return f"[{context.number('footnote', label)}]" if known else ""


def a(element: Element, context: Context) -> str:
    """A link: its label, and where it leads unless the label says so."""
    text = element.children[0] if len(element.children) == 1 else None
    label = text if isinstance(text, str) else speaking(inline, element, context)
    if element.attributes.get("href", "")[:1] == "#":
        return within(label)
    url = destination(element, context, label)
    if url and len(element.children) > 1:
        label = without_host(label, element.children[-1], url)
    return linked(label, url, context) if url else label


INLINES: Mapping[str, Inline] = MappingProxyType(
    dict.fromkeys(DROPPED, nothing)
    | dict.fromkeys(("del", "s", "strike"), strike)
    | dict.fromkeys(PLAYERS, player)
    | {
        "a": a,
        "angles": angles,
        "br": br,
        "button": button,
        "canvas": drawing,
        "checkbox": checkbox,
        "code": code,
        "formula": formula,
        "img": img,
        "input": form_input,
        "noscript": noscript,
        "q": q,
        "reference": reference,
        "rp": nothing,
        "rt": reading,
        "script": script,
        "source": nothing,
        "sub": sub,
        "sup": sup,
        "svg": drawing,
    }
)
