"""HTML into the tree: blocks and tags within Markdown, and whole posts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from crosspost.compose.render.elements import HTML_GROUPS, is_unknown
from crosspost.compose.render.loose import take_loose
from crosspost.compose.render.tree import DROPPED, VERBATIM, VOID, Builder, Element
from crosspost.references import bounded

if TYPE_CHECKING:
    from collections.abc import Callable

# HTML, "ASCII whitespace": runs of it are one blank outside `pre`. One blank is one already.
_SPACE = re.compile(r"[\t\n\r\f][ \t\n\r\f]*+| [ \t\n\r\f]++")
_SIMPLE_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)\s*/?>")
_MORE = re.compile(r"\s*(?:more|truncate)\b.*", re.DOTALL | re.IGNORECASE)
_UNCLOSED = re.compile(r"<(?![^<>]*>)")
_MANY_UNCLOSED = 100
# Sections and what ends them. Python's versions disagree on what one without an end is, so here it is text.
_SECTIONS = (
    (re.compile("<(?=!--)"), "-->"),
    (re.compile(r"<(?=!\[\s*(?:cdata|temp|ignore|include|rcdata)\b)", re.IGNORECASE), "]]>"),
    (re.compile(r"<(?=!\[)"), "]>"),
)
_PRE = frozenset({"pre", "textarea", "listing"})
_FOREIGN = DROPPED | {"math"}  # svg and MathML have elements of their own
_TOUCHING = frozenset({"li", "dt", "dd", "tr", "td", "th"})
# WHATWG HTML, "Rendering", 15.3.8 Lists: a list within a list has no margin; a paragraph above it has one.
_LISTS = frozenset({"ul", "ol", "dl", "menu"})
# WHATWG HTML, "Optional tags": what ends a ruby text.
_RUBY = frozenset({"rb", "rp", "rt", "rtc"})
_RUBY_TEXT = frozenset({"rp", "rt"})
_ITEMS = frozenset({"li", "dd"})


class Html(HTMLParser):
    """Feeds a builder; may be called again and again with the pieces of one document."""

    def __init__(self, builder: Builder, markdown: Callable[[str, int], None] | None = None) -> None:
        """Parse into `builder`; `markdown` takes text and line of what says `markdown="1"`."""
        super().__init__(convert_charrefs=True)
        self.builder = builder
        self.markdown = markdown
        self.first_line = 1

    def parse(self, source: str, line: int) -> None:
        """Parse one piece that starts at a 1-based line."""
        if match := _SIMPLE_TAG.fullmatch(source):  # most inline tags: no need for the state machine
            name = match[2].lower()
            return self.builder.end(name) if match[1] else self._open(name, {}, line, source)
        self.reset()
        self.first_line = line
        try:
            self.feed(bounded(_closed(source)))
            self.close()
        except AssertionError:  # html.parser meets `<![x` with an assertion, CPython issue 77057
            self.builder.text(source)
        return None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        attributes = {name: value or "" for name, value in reversed(attrs)}
        self._open(tag, attributes, self.first_line + self.getpos()[0] - 1, self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open and close an element; one that nobody knows was not closed around anything."""
        self.handle_starttag(tag, attrs)
        unknown = self.builder.unknown
        if tag not in VOID:
            self.handle_endtag(tag)
        self.builder.unknown = unknown

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag == "br":  # WHATWG HTML: `</br>` is a line break
            self.builder.leaf(Element("br"))
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        """Take text, which in an element that says so is Markdown."""
        builder = self.builder
        if builder.top.attributes.get("markdown", "0") not in {"0", ""} and self.markdown and data.strip():
            self.markdown(data, self.first_line + self.getpos()[0] - 1)
        elif builder.inside(_PRE):
            builder.text(data)
        elif self.markdown and ("**" in data or "](" in data) and self._may_be_loose():
            take_loose(_SPACE.sub(" ", data), builder, self.first_line + self.getpos()[0] - 1)
        else:
            builder.words(" " if data == "\n" else _SPACE.sub(" ", data))

    def _may_be_loose(self) -> bool:
        """Tell whether words are open, which nobody has said are no Markdown."""
        return not self.builder.inside(VERBATIM) and self.builder.top.attributes.get("markdown") != "0"

    def handle_comment(self, data: str) -> None:
        """Drop a comment; one says where the excerpt ends."""
        if _MORE.fullmatch(data):
            self.builder.mark_more()

    def handle_pi(self, data: str) -> None:
        """Drop what is for another program, such as `<?php … ?>`; Word's are nobody's words."""
        if not data.startswith("xml"):
            self.builder.unknown.append((Element("pi", line=self.first_line + self.getpos()[0] - 1), f"<?{data}>"))

    def unknown_decl(self, data: str) -> None:
        """Take what a CDATA section holds; no browser shows it, but it is words in exports of Confluence."""
        if data.startswith("CDATA["):
            self.handle_data(data.removeprefix("CDATA["))

    def _open(self, name: str, attributes: dict[str, str], line: int, written: str) -> None:
        while name in _RUBY and self.builder.top.name in _RUBY_TEXT:
            self.builder.close(self.builder.top)
        touches = name in _TOUCHING or (name in _LISTS and _follows_a_line(self.builder.top))
        element = Element(name, attributes, line=line, touches=touches)
        if is_unknown(name, written) and not self.builder.inside(_FOREIGN):
            self.builder.unknown.append((element, written))
        if name in VOID:
            self.builder.leaf(element)
        elif attributes and _is_hidden(attributes):
            self.builder.hide(element)
        else:
            self.builder.start(element)


def is_html(code: Element, builder: Builder) -> bool:
    """Tell whether an indented block of code is HTML within the HTML that is open."""
    if "info" in code.attributes:
        return False
    if builder.inside(DROPPED):
        return True
    first = code.children[0] if code.children else ""
    return isinstance(first, str) and first.lstrip()[:1] == "<" and builder.inside(HTML_GROUPS, markdown=False)


def _is_hidden(attributes: dict[str, str]) -> bool:
    """Tell whether no browser shows an element (WHATWG HTML, "The hidden attribute")."""
    return "hidden" in attributes or "display:none" in attributes.get("style", "").replace(" ", "").lower()


def _follows_a_line(item: Element) -> bool:
    """Tell whether what comes next in an item stands below a line of its text, not below a paragraph."""
    return item.name in _ITEMS and not any(
        isinstance(child, Element) and child.name == "p" for child in item.children[-2:]
    )


def _closed(source: str) -> str:
    """Return `source` with tags and sections that never end as text: html.parser looks for the end of each anew."""
    for start, end in _SECTIONS if "<!" in source else ():
        last = max(source.rfind(end), 0)
        source = source[:last] + start.sub("&lt;", source[last:])
    if source.count("<") - source.count(">") < _MANY_UNCLOSED:
        return source
    return _UNCLOSED.sub("&lt;", source)
