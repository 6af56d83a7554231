"""Which Markdown it is, and which element each of pyromark's tags becomes."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyromark

from crosspost.compose.render.tree import Element

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyromark.event import Range

    from crosspost.compose.render.positions import Positions

_Options = pyromark.Options
OPTIONS = (
    _Options.ENABLE_TABLES
    | _Options.ENABLE_FOOTNOTES
    | _Options.ENABLE_STRIKETHROUGH
    | _Options.ENABLE_SUBSCRIPT  # only to tell `~a~` from `~~a~~`: one tilde strikes nothing out in kramdown
    | _Options.ENABLE_TASKLISTS
    | _Options.ENABLE_MATH
    | _Options.ENABLE_HEADING_ATTRIBUTES
    | _Options.ENABLE_DEFINITION_LIST
    | _Options.ENABLE_GFM
)

# "Automatic Links" in kramdown's syntax are those of a few schemes; CommonMark takes `std::vector<ns::Type>` for one.
_LEADS = re.compile(r"mailto:|tel:|[a-z][a-z0-9+.-]*://", re.IGNORECASE)

SMART_OPTIONS = OPTIONS | _Options.ENABLE_SMART_PUNCTUATION

# Their ranges reach over the blank lines after them; what they contain says better where they end.
GROUPS = frozenset(("li", "ul", "ol", "blockquote", "footnote", "dl", "dt", "dd"))
# The elements that start tags without data become.
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "Paragraph": "p",
        "Item": "li",
        "DefinitionList": "dl",
        "DefinitionListTitle": "dt",
        "DefinitionListDefinition": "dd",
        "TableHead": "tr",
        "TableRow": "tr",
        "TableCell": "td",
        "Emphasis": "em",
        "Strong": "strong",
        "Strikethrough": "del",
    }
)
_MARKS_OF_EMPHASIS = MappingProxyType({"Emphasis": 1, "Strong": 2, "Strikethrough": 2})
# The start tags whose mark may turn out to be text, see `literal`.
MAY_BE_LITERAL = frozenset({"Subscript", *_MARKS_OF_EMPHASIS})
_OPEN_ADDRESS = re.compile(r"https?://[^\s<>]*$")


def literal(tag: str, parent: Element, positions: Positions, span: Range) -> str:
    """Return the mark of a start tag that is no markup here: one tilde, and anything within a bare address; else nothing."""
    if tag == "Subscript":
        return "~"
    before = parent.children[-1:]
    if before and isinstance(before[0], str) and "://" in before[0] and _OPEN_ADDRESS.search(before[0]):
        return positions.slice(span["start"], span["start"] + _MARKS_OF_EMPHASIS[tag])
    return ""


def element(tag: dict[str, Any], positions: Positions, span: Range) -> Element:
    """Return the element that a start tag with data opens."""
    kind, data = tag.popitem()
    return Element(*_SHAPES[kind](data, positions, span), markdown=True)


def _list(start: int | None, positions: Positions, span: Range) -> tuple[str, dict[str, str]]:
    if start is None:
        return "ul", {}
    marker = positions.source[span["start"] : span["start"] + 16].lstrip().lstrip(b"0123456789")
    return "ol", {"start": str(start), "sign": ")" if marker.startswith(b")") else "."}


def _link(data: Any, _: Positions, __: Range) -> tuple[str, dict[str, str]]:  # noqa: ANN401 -- pyromark's private type
    if data["link_type"] == "Autolink" and not _LEADS.match(data["dest_url"]):
        return "angles", {}
    return "a", {"href": f"mailto:{data['dest_url']}" if data["link_type"] == "Email" else data["dest_url"]}


# How start tags with data become an element: `(data, positions, range)` to name and attributes.
_SHAPES: Mapping[str, Any] = MappingProxyType(
    {
        "Heading": lambda data, *_: (data["level"].lower(), {}),
        "List": _list,
        "BlockQuote": lambda alert, *_: ("blockquote", {"alert": alert} if alert else {}),
        "CodeBlock": lambda kind, *_: ("pre", {} if kind == "Indented" else {"info": kind["Fenced"]}),
        "Link": _link,
        "Image": lambda data, *_: ("img", {"src": data["dest_url"]}),
        "FootnoteDefinition": lambda label, *_: ("footnote", {"label": label}),
        "Table": lambda *_: ("table", {}),
    }
)
