"""One tree for Markdown and HTML: both parsers build it, one table of renderers reads it.

Elements carry HTML's names, so a Markdown list and an HTML list are the same thing from here on.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

# Deeper nesting is flattened: no reader sees it, and recursion stays bounded.
_MAX_DEPTH = 60

# Stands for `**` that CommonMark left in the text. NUL cannot occur otherwise (CommonMark 2.3).
STRONG_MARK = "\x00"

CONTAINERS = frozenset(
    [
        *("html", "body", "header", "footer", "main", "nav", "search", "article", "section", "aside", "address"),
        *("div", "p", "center", "hgroup", "details", "summary", "dialog", "figure", "figcaption", "footnote"),
        *("li", "menu", "dt", "dd"),
        *("caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
        *("form", "fieldset", "legend"),
    ]
)
RENDERED = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", "hr", "dl"])
BLOCK_LEVEL = CONTAINERS | RENDERED
DROPPED = frozenset(
    [
        *("script", "style", "svg", "template", "noscript", "canvas", "head", "title", "math-annotation"),
        *("select", "textarea", "datalist"),  # to be filled in
    ]
)
# What is in them is for browsers without them. Those with a dash are custom elements that many sites use.
PLAYERS = frozenset(
    ["iframe", "embed", "object", "video", "audio", "lite-youtube", "lite-vimeo", "amp-youtube", "amp-vimeo"]
)
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)

# WHATWG HTML, "Optional tags": a start tag on the left closes an open element on the right.
_CLOSES: Mapping[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"thead", "tbody", "tr", "td", "th"}),
    "tfoot": frozenset({"thead", "tbody", "tr", "td", "th"}),
}
VERBATIM = frozenset({"pre", "code", "tt"})
_CLOSED = RENDERED | DROPPED | PLAYERS  # blocks in them are none of what is around them
_SCOPES = frozenset({"ul", "ol", "dl", "table", "menu"})


NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Element:
    """A node with children; no dataclass, whose factories for defaults cost more than the rest of it.

    Attributes:
        touches: True where no blank line stands between it and what is before it.
        order: Position in document order, counted over all elements.
        line: 1-based line of the source where known, else 0.
        markdown: True where it was written in Markdown, so that no HTML end tag closes it.
        blocky: True for an inline element that contains a block.
        hidden: True where it takes its content along, but stands in no tree.
    """

    __slots__ = ("attributes", "blocky", "children", "hidden", "line", "markdown", "name", "order", "touches")

    def __init__(
        self,
        name: str,
        attributes: Mapping[str, str] = NO_ATTRIBUTES,
        *,
        markdown: bool = False,
        touches: bool = False,
        line: int = 0,
    ) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element | str] = []
        self.touches = touches
        self.order = 0
        self.line = line
        self.markdown = markdown
        self.blocky = False
        self.hidden = False


def has(element: Element, name: str) -> bool:
    """Tell whether an element with this name is somewhere in it."""
    return any(child.name == name or has(child, name) for child in element.children if isinstance(child, Element))


def words(element: Element) -> str:
    """Return all text in it."""
    return "".join(child if isinstance(child, str) else words(child) for child in element.children)


class Builder:
    """Grows the tree from start, end and text; whatever comes, the tree stays a tree."""

    def __init__(self, spell: Callable[[str], str] | None = None, *, after: Builder | None = None) -> None:
        """Start a tree, or a part of one that comes `after` what another has; `spell` may rewrite words, which code is not."""
        self.spell = spell
        self.root = Element("root", markdown=True)  # no tag closes it
        self.stack = [self.root]
        self.footnotes: dict[str, Element] = {}
        self.more: int | None = None
        self.count: int = after.count if after else 0
        self.code: list[str] = []  # inline code of Markdown, which is text in the tree
        self.has_tex = False  # a formula with a command of TeX: no price is written like that
        self.unknown: list[
            tuple[Element, str]
        ] = []  # that no browser knows and nothing has closed, and how they are written

    def take(self, inner: Builder, labels: Container[str]) -> None:
        """Take over what is known of a part that was parsed by itself; footnotes with these labels stand elsewhere."""
        self.count = inner.count
        self.code += inner.code
        self.unknown += inner.unknown
        self.has_tex = self.has_tex or inner.has_tex
        for label, note in inner.footnotes.items():
            if label not in labels:
                self.footnotes.setdefault(label, note)

    @property
    def top(self) -> Element:
        """The element that is open now."""
        return self.stack[-1]

    def text(self, data: str) -> None:
        """Append text to the open element."""
        self.stack[-1].children.append(data)

    def words(self, data: str) -> None:
        """Append what is words unless the open element is code."""
        if self.spell and not self.inside(VERBATIM):
            data = self.spell(data)
        self.stack[-1].children.append(data)

    def start(self, element: Element) -> None:
        """Open `element` within the one that is open."""
        name, stack = element.name, self.stack
        if name in BLOCK_LEVEL:
            if not stack[-1].markdown:
                self._close_implied(name)
            if not stack[-1].blocky:
                self._mark_inline_ancestors()
        self.count += 1
        element.order = self.count
        if name == "footnote":
            self.footnotes.setdefault(element.attributes["label"], element)
        elif len(stack) > _MAX_DEPTH:
            element.children = stack[-1].children  # flattened: what it gets, its parent has
        else:
            stack[-1].children.append(element)
        if len(stack) <= _MAX_DEPTH:
            stack.append(element)

    def hide(self, element: Element) -> None:
        """Open an element that is never seen."""
        element.hidden = True
        self.stack.append(element)

    def leaf(self, element: Element) -> None:
        """Append an element without children."""
        self.start(element)
        self.close(element)

    def close(self, element: Element) -> None:
        """Close exactly this element, and all within it; nothing if it was closed before."""
        if self.stack[-1] is element:  # nearly always
            self.stack.pop()
            return
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth] is element:
                del self.stack[depth:]
                return

    def end(self, name: str) -> None:
        """Close the nearest HTML element of that name; an end tag without a start is ignored."""
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].markdown:
                return
            if self.stack[depth].name == name:
                if self.unknown:
                    closed = self.stack[depth]
                    self.unknown = [entry for entry in self.unknown if entry[0] is not closed]
                del self.stack[depth:]
                return

    def mark_more(self) -> None:
        """Remember that the excerpt ends here; the first mark counts."""
        if self.more is None:
            self.more = self.count

    def inside(self, names: frozenset[str], *, markdown: bool = True) -> bool:
        """Tell whether an element with one of these names is open; `markdown=False` looks at HTML alone."""
        return not names.isdisjoint([element.name for element in self.stack if markdown or not element.markdown])

    def _close_implied(self, name: str) -> None:
        closes = _CLOSES.get(name)
        for depth in range(len(self.stack) - 1, 0, -1):
            element = self.stack[depth]
            if element.markdown or (closes and element.name in _SCOPES):
                return
            if element.name == "p" or (closes and element.name in closes):
                del self.stack[depth:]
                if not closes or element.name in ("li", "tr"):
                    return
            elif not closes and element.name in BLOCK_LEVEL:
                return

    def _mark_inline_ancestors(self) -> None:
        for element in reversed(self.stack):
            if element.name in _CLOSED or element.blocky:
                return
            element.blocky = True
