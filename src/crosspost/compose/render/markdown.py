"""Markdown into the tree: pyromark's events, each with its handler.

pyromark wraps pulldown-cmark: CommonMark with GitHub's tables, footnotes, task lists and alerts, math, heading
attributes and definition lists. What kramdown has beside it is in kramdown.py.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import pyromark

from crosspost.compose.render.attributes import without_attributes
from crosspost.compose.render.definitions import definitions
from crosspost.compose.render.dialect import GROUPS, MAY_BE_LITERAL, NAMES, OPTIONS, SMART_OPTIONS, element, literal
from crosspost.compose.render.html import Html, is_html
from crosspost.compose.render.kramdown import COLON
from crosspost.compose.render.lazy_lines import LazyLines
from crosspost.compose.render.loose import take_loose
from crosspost.compose.render.math_signs import Formulas
from crosspost.compose.render.positions import Positions
from crosspost.compose.render.quotes import as_the_site_has_them
from crosspost.compose.render.rows import own_row
from crosspost.compose.render.soft_breaks import SoftBreaks
from crosspost.compose.render.tree import BLOCK_LEVEL, Builder, Element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pyromark.event import Range

    Events = Iterator[tuple[Any, Range]]

_LISTS = frozenset({"li", "ul", "ol"})
_NUMBERED = frozenset({"a", "img", "pre"})  # whose line a note may name
_HTML_END = {"End": "HtmlBlock"}
_ROW_END = {"End": "TableRow"}


class Markdown:
    """One pass over the events of one text."""

    def __init__(
        self,
        source: str,
        builder: Builder,
        *,
        keep_breaks: bool = False,
        quotes: Mapping[int, str] | None = None,
        first_line: int = 1,
    ) -> None:
        """Prepare to read a text into a tree.

        Args:
            source: Markdown, line ends as line feeds.
            builder: Grows the tree.
            keep_breaks: True where the site shows every line break (kramdown's `hard_wrap`).
            quotes: Of a site that has typographic quotation marks, see `quotes.smart_quotes`; None of any other.
            first_line: Where the text stands in the post, from 1.
        """
        self.text = source
        self.events: Events = iter(())
        self.positions = Positions(source, first_line)
        self.builder = builder
        self.quotes = quotes
        self.lazy = LazyLines(self.positions)
        self.soft = SoftBreaks(self.positions, self.lazy, keep=keep_breaks)
        self.formulas = Formulas(builder, self.positions)
        self.open: list[Element | str] = []  # a string is a mark that stays in the text and is repeated at the end
        self.last = 0  # where the last Markdown ended
        self.after_span = False

    @cached_property
    def html(self) -> Html:
        """The reader of HTML; it knows nothing of this one, so that both are gone with the last name for them."""
        return Html(self.builder, self.nested)

    @property
    def nested(self) -> Callable[[str, int], None]:
        """What takes Markdown at a line into the open element, as a text of its own."""
        return partial(_nested, self.builder, around=self.text, keep_breaks=self.soft.keep, quotes=self.quotes)

    def parse(self) -> None:
        """Build the tree."""
        options = OPTIONS if self.quotes is None else SMART_OPTIONS
        events: Events = pyromark.events_with_range(self.text, options=options, merge_text=True)
        self.events = events
        handlers = self._handlers()  # kept here: as an attribute they would keep this object
        for event, span in events:
            if isinstance(event, str):
                handlers[event](None, span)
            else:
                kind, value = event.popitem()
                handlers[kind](value, span)
        self.soft.settle()

    def _handlers(self) -> dict[str, Callable[[Any, Range], None]]:
        """Return what takes each kind of event: its payload, in 25 shapes, and its range."""
        return {
            "Text": self.text_,
            "Start": self.start,
            "End": self.end,
            "SoftBreak": self.soft_break,
            "HardBreak": self.hard_break,
            "Rule": self.rule,
            "Code": self.code,
            "InlineMath": self.inline_math,
            "DisplayMath": self.display_math,
            "InlineHtml": self.inline_html,
            "FootnoteReference": self.reference,
            "TaskListMarker": self.task,
        }

    def _html_block(self, start: int) -> None:
        """Parse an HTML block as one piece: its events are single lines."""
        self.soft.settle()
        lines = []
        for event, _ in self.events:
            if event == _HTML_END:
                break
            lines.append(event.get("Html") or event.get("Text", ""))  # the indentation of a block is Text
        self.html.parse("".join(lines), self.positions.line(start))

    def _own_row(self, span: Range) -> bool:
        """Take a row that has other cells in kramdown than in GFM, if this is one."""
        start, table = span["start"], self.builder.top
        header = table.children[0]
        if table.name != "table" or isinstance(header, str):  # flattened, with what it is nested in
            return False
        row = own_row(self.positions.source[start : span["end"]], len(header.children))
        if row is None:
            return False
        for event, _ in self.events:
            if event == _ROW_END:
                break
        self.nested(row, self.positions.line(start))
        if isinstance(own := table.children.pop(), Element):
            table.children += own.children
        self.last = span["end"]
        return True

    # --- leaves ---------------------------------------------------------------------------------------------------

    def text_(self, value: str, span: Range) -> None:
        """Take text, without the attributes of the span before it."""
        top = self.builder.stack[-1]
        if value[:1] == "{" and (self.after_span or not top.children):
            value = without_attributes(value, after_span=self.after_span)
        self.after_span = False
        self.last = span["end"]
        if top.name == "pre":
            top.children.append(value)
            return
        if self.quotes:
            value = as_the_site_has_them(value, self.positions.slice(span["start"], span["end"]), self.quotes)
        if ("**" in value or "](" in value) and self._as_written(value, span):
            take_loose(value, self.builder, self.positions.line(span["start"]))
        elif "\\" in value:
            self.formulas.among_words(value, span)
        elif self.builder.spell:
            self.builder.words(value)
        else:
            top.children.append(value)

    def _as_written(self, value: str, span: Range) -> bool:
        """Tell whether nothing in it was escaped."""
        return value in self.positions.slice(span["start"], span["end"]).replace(COLON, ":")

    def code(self, value: str, span: Range) -> None:
        """Take inline code: its characters, without the backticks."""
        self.builder.text(value)
        self.builder.code.append(value + self.positions.glued(span["end"]) if "#" in value else value)
        self._spanned(span)

    def inline_math(self, value: str, span: Range) -> None:
        """Take `$x$`, which may be none: kramdown has no such math."""
        self.formulas.inline(value, span)
        self.last = span["end"]

    def display_math(self, value: str, span: Range) -> None:
        """Take `$$x$$`, which is always a formula."""
        self.formulas.display(value, span)
        self._spanned(span)

    def inline_html(self, value: str, span: Range) -> None:
        """Take a tag or a comment within text; to kramdown what else begins with `<!` or `<?` is text there."""
        if value[1] in "!?" and value[2] not in "-[":
            self.builder.words(value)
        else:
            self.html.parse(value, self.positions.line(span["start"]))
        self._spanned(span)

    def reference(self, value: str, span: Range) -> None:
        """Take a footnote's mark."""
        self.builder.leaf(Element("reference", {"label": value}))
        self.last = span["end"]

    def task(self, value: object, span: Range) -> None:
        """Take a task's box."""
        self.builder.leaf(Element("checkbox", {"checked": ""} if value else {}))
        self.last = span["end"]

    def rule(self, _: None, span: Range) -> None:
        """Take a rule."""
        self.soft.settle()
        touches = self.last > 0 and self.positions.touch(self.last, span["start"])
        self.builder.leaf(Element("hr", touches=touches, markdown=True))
        self.last = span["end"]

    def hard_break(self, _: None, span: Range) -> None:
        """Take a line break that was surely meant."""
        self.lazy.note(self.builder.top, len(self.builder.top.children), span["end"] - 1)
        self.builder.text("\n")
        self.last = span["end"]

    def soft_break(self, _: None, span: Range) -> None:
        """Take a line break that is judged when its paragraph ends."""
        self.soft.add(self.builder.top, span["start"])
        self.last = span["end"]

    def _spanned(self, span: Range) -> None:
        self.last = span["end"]
        self.after_span = True

    # --- containers -----------------------------------------------------------------------------------------------

    def start(self, value: Any, span: Range) -> None:  # noqa: ANN401 -- the payload has 25 shapes
        """Open an element."""
        self.after_span = False
        if isinstance(value, str):
            if value in MAY_BE_LITERAL and (mark := literal(value, self.builder.top, self.positions, span)):
                self.builder.text(mark)
                self.open.append(mark)
                return
            if value == "HtmlBlock":
                self._html_block(span["start"])
                return
            if value == "TableRow" and self._own_row(span):
                return
            opened = Element(NAMES.get(value, "span"), markdown=True)
        else:
            opened = element(value, self.positions, span)
            if opened.name in _NUMBERED:
                opened.line = self.positions.line(span["start"])
        if opened.name in BLOCK_LEVEL:
            if self.soft.pending:
                self.soft.settle()
            opened.touches = self.last > 0 and self.positions.touch(self.last, span["start"])
        self.open.append(opened)
        self.builder.start(opened)

    def end(self, _: object, span: Range) -> None:
        """Close the element that was opened last."""
        opened = self.open.pop()
        if isinstance(opened, str):
            self.builder.text(opened)
            self._spanned(span)
            return
        name = opened.name
        if name in BLOCK_LEVEL:
            if self.soft.pending:
                self.soft.settle()
            if name == "pre" and is_html(opened, self.builder):
                self._reparse(opened, span)
            elif name in _LISTS and opened is self.builder.top:
                self.lazy.leave(opened, self.builder.stack[-2], span["start"])
        self.builder.close(opened)
        if name not in GROUPS:
            self.last = span["end"]
            self.after_span = True

    def _reparse(self, code: Element, span: Range) -> None:
        self.builder.close(code)
        if code in self.builder.top.children[-1:]:
            self.builder.top.children.pop()
        self.html.parse(
            "".join(child for child in code.children if isinstance(child, str)), self.positions.line(span["start"])
        )


def _nested(
    builder: Builder, source: str, line: int, *, around: str, keep_breaks: bool, quotes: Mapping[int, str] | None
) -> None:
    """Take Markdown within an HTML element that says `markdown="1"` (kramdown, "HTML Blocks")."""
    inner = Builder(builder.spell, after=builder)
    known = definitions(around, source) if "[" in source else {}
    text = "\n\n".join((_dedented(source), *known.values()))
    Markdown(text, inner, keep_breaks=keep_breaks, quotes=quotes, first_line=line).parse()
    builder.take(inner, known)
    children = inner.root.children
    if len(children) == 1 and isinstance(children[0], Element) and children[0].name == "p":
        lead, tail = (" " if edge.isspace() else "" for edge in (source[:1], source[-1:]))
        children = [lead, *children[0].children, tail]
    elif children:
        builder.top.blocky = True
    builder.top.children += children


def _dedented(source: str) -> str:
    first, *rest = source.split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join([first.lstrip(), *(line[margin:] for line in rest)])
