"""Where an author's text is not prose: code, Liquid tags, addresses. Nothing there is repaired."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Span = tuple[int, int]

_FENCE = re.compile(r"[ \t>]*(?:[*+-][ \t]+)?(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_INDENTED = re.compile(r" {4}| {0,3}\t")
_LIST_ITEM = re.compile(r" {0,3}(?:[*+-]|\d{1,9}[.)]|\[\^[^\]]{1,80}\]:|:)[ \t]")
_FRONT_MATTER = re.compile(r"\ufeff?(?P<bar>---|\+\+\+)[ \t]*\r?\n")
_BLANK_LINE = re.compile(r"\n[ \t\r]*(?=\n)")
_TICKS = re.compile(r"`+")
_ELEMENT = re.compile(
    r"<(?P<tag>pre|code|kbd|samp|tt|script|style)\b|\{%-?\s{0,3}(?P<liquid>highlight)\b", re.IGNORECASE
)
# A Liquid tag names files (`post_url`, `include`), and a name must stay as it is spelt. The bounds keep a row of
# openings without an end from costing the square of its length.
_LIQUID = re.compile(r"\{%[^\n]{0,400}?%\}|\{\{[^\n]{0,400}?\}\}")
_ADDRESS = re.compile(
    # One look at the character before, or each place would take three. Mojibake has C1 controls and NBSP, which Python
    # takes for blanks.
    r"(?<=[(\"'])(?:(?<=\]\()(?:[^()\s]|[\x80-\xa0]){1,2000}"
    r"|(?<=href=[\"'])[^\"'\n]{1,2000}|(?<=src=[\"'])[^\"'\n]{1,2000})"
    r"|(?:https?|ftp)://(?:[^\s<>\"`()]|[\x80-\xa0]|\([^\s<>\"`()]{0,200}\))+"
)


class Verbatim:
    """The stretches of one text that stay as they are.

    Args:
        spans: In any order, overlapping or not; looked for only when first needed.
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        self._found = spans

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The stretches in ascending order, apart from each other."""
        merged: list[Span] = []
        for start, end in sorted(self._found):
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            elif start < end:
                merged.append((start, end))
        return tuple(merged)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(start for start, _ in self.spans)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether any character from `start` to `end` belongs to a verbatim stretch."""
        before = bisect_right(self._starts, start) - 1
        if before >= 0 and self.spans[before][1] > start:
            return True
        return before + 1 < len(self.spans) and self.spans[before + 1][0] < end

    def between(self, start: int, end: int) -> Iterator[Span]:
        """Yield the stretches of prose from `start` to `end`, in order."""
        for index in range(max(bisect_right(self._starts, start) - 1, 0), len(self.spans)):
            first, last = self.spans[index]
            if first >= end:
                break
            if start < first:
                yield start, first
            start = max(start, last)
        if start < end:
            yield start, end


def code_in(text: str) -> Iterator[Span]:
    """Find code blocks, code spans, `<pre>` and its like, Liquid tags and `{% highlight %}` blocks.

    Markdown as CommonMark reads it (0.31, sections 4.4, 4.5 and 6.1); front matter has no code blocks. A line indented
    beneath a list item is prose: whether it is code depends on the marker's width, and a list is likelier.

    >>> [("a `b` c")[start:end] for start, end in code_in("a `b` c")]
    ['`b`']
    """
    spans = list(_fenced(text))
    spans += _indented(text, Verbatim(tuple(spans)))
    if "`" in text:
        spans += _code_spans(text, Verbatim(tuple(spans)))
    yield from spans
    yield from _elements(text, Verbatim(tuple(spans)))
    yield from (match.span() for match in _LIQUID.finditer(text))


def addresses_in(text: str) -> Iterator[Span]:
    """Find URLs and the targets of Markdown links and HTML attributes."""
    return (match.span() for match in _ADDRESS.finditer(text))


def front_matter_end(text: str) -> int:
    """Return where the body starts: behind the closing bar of front matter, 0 where there is none."""
    if not (opening := _FRONT_MATTER.match(text)):
        return 0
    bar = r"\+\+\+" if opening["bar"] == "+++" else r"(?:---|\.\.\.)"
    closing = re.compile(rf"^{bar}[ \t]*\r?$", re.MULTILINE).search(text, opening.end())
    return closing.end() if closing else 0


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of the body with their offsets; each ends with its line feed."""
    start = front_matter_end(text)
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield start, text[start:end]
        start = end


def _fenced(text: str) -> Iterator[Span]:
    """Yield code blocks between fences; one that is never closed runs to the end."""
    fence, opened = "", 0
    if "```" not in text and "~~~" not in text:
        return
    for start, line in _lines(text):
        match = _FENCE.match(line)
        if not fence and match and not (match["fence"][0] == "`" and "`" in match["info"]):
            fence, opened = match["fence"], start
        elif fence and match and match["fence"].startswith(fence) and not match["info"].strip():
            yield opened, start + len(line)
            fence = ""
    if fence:
        yield opened, len(text)


def _indented(text: str, fenced: Verbatim) -> Iterator[Span]:
    """Yield the lines of indented code blocks."""
    if "    " not in text and "\t" not in text:
        return
    in_list, after_blank, in_code = False, True, False
    for start, line in _lines(text):
        if not line.strip():
            after_blank = True
            continue
        if not _INDENTED.match(line) or fenced.touches(start, start + 1):
            in_list = bool(_LIST_ITEM.match(line)) or (in_list and not after_blank)
            in_code = False
        elif not in_list and (after_blank or in_code):
            in_code = True
            yield start, start + len(line)
        after_blank = False


def _code_spans(text: str, blocks: Verbatim) -> Iterator[Span]:
    """Yield stretches between equal rows of backticks in one paragraph."""
    for start, end in blocks.between(0, len(text)):
        first = start
        for blank in _BLANK_LINE.finditer(text, start, end):
            yield from _paired_ticks(text, first, blank.start())
            first = blank.end()
        yield from _paired_ticks(text, first, end)


def _paired_ticks(text: str, start: int, end: int) -> Iterator[Span]:
    rows = [match.span() for match in _TICKS.finditer(text, start, end)]
    newest: dict[int, int] = {}
    partner: list[int | None] = [None] * len(rows)
    for index in range(len(rows) - 1, -1, -1):
        width = rows[index][1] - rows[index][0]
        partner[index] = newest.get(width)
        newest[width] = index
    index = 0
    while index < len(rows):
        other = partner[index]
        if other is None or text[rows[index][0] - 1 : rows[index][0]] == "\\":
            index += 1
            continue
        yield rows[index][0], rows[other][1]
        index = other + 1


def _elements(text: str, code: Verbatim) -> Iterator[Span]:
    """Yield elements whose content is code; a tag that is never closed, or stands in code itself, is none."""
    unclosed: set[str] = set()
    position = 0
    while match := _ELEMENT.search(text, position):
        position = match.end()
        name = (f"</{match['tag']}" if match["tag"] else f"end{match['liquid']}").lower()
        if name in unclosed or code.touches(*match.span()):
            continue
        closing = re.compile(name, re.IGNORECASE).search(text, position)
        if closing is None:
            unclosed.add(name)
            continue
        yield match.start(), closing.end()
        position = closing.end()
