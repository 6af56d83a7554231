"""Comments are not for readers: each is emptied before the text is parsed, so that none reaches LinkedIn.

CommonMark ends many comments too early for that: at a blank line within an HTML block, at the end of a quote or a list
item, at a `|` in a table. kramdown takes all up to `-->` (lib/kramdown/parser/html.rb, `HTML_COMMENT_RE`), and an author
who hides a note means that. What is hidden and never ends hides the rest, as in a browser (WHATWG HTML, "eof-in-comment").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import pyromark

from crosspost.compose.render.dialect import OPTIONS
from crosspost.compose.render.kramdown import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

_HTML = re.compile(rb"<!--")
# kramdown, "Extensions": `{::comment}` within text or on a line of its own; `{::comment /}` has no content.
_ANY = re.compile(rb"<!--|\{::comment\b[^}/\n]*\}")
_EXTENSION_END = re.compile(rb"\{:/(?:comment)?\}")
_MORE = re.compile(rb"<!--\s*more\b", re.IGNORECASE)
# A program may contain `<!--`; what does not end within it is no comment.
_PROGRAMS = (b"script", b"style")
# "HTML Blocks": kramdown reads nothing in these.
_RAW = (b"pre", b"script", b"style", b"textarea")
# With these in a comment, what follows it may turn out to be code or none.
_MISLEADING = re.compile(rb"[\n`|~$]|<(?:pre|script|style|textarea)", re.IGNORECASE)
_SIGNS_OF_CODE = (b"`", b"$", b"~~~", b"    ", b"\t")  # or math
_ROUNDS = 5  # after them code is no longer told apart: better a gap in an example than a note sent
# HTML elements that kramdown reads up to their end tag: indented lines in them are no code.
_GROUP = re.compile(
    r"<(/?)(?:div|section|article|aside|main|header|footer|center|details|figure|ul|ol|table)\b", re.IGNORECASE
)


class _Comment(NamedTuple):
    """Where one stands, in bytes, and what stays of it."""

    start: int
    end: int
    rest: bytes
    closed: bool = True


def without_comments(source: Source, *, markdown: bool) -> tuple[Source, int]:
    r"""Return the text with all comments outside code emptied; one that ends the excerpt stays.

    Args:
        source: Line ends as line feeds.
        markdown: False for HTML, which has neither Markdown's code nor kramdown's extension.

    Returns:
        The text, and the line of a comment that is never closed, 0 where there is none.

    >>> without_comments(Source("<div>\n<!-- secret\n\nnote -->\n</div>"), markdown=True)[0].text
    '<div>\n<!-- -->\n</div>'
    """
    if "<!--" not in source.text and "{::comment" not in source.text:
        return source, 0
    text = source.text.encode()
    parts: list[bytes] = []
    lines = [1]
    position, line, unclosed = 0, 1, 0
    for comment in (*_comments(text, markdown=markdown), _Comment(len(text), len(text), b"")):
        before = text[position : comment.start]
        lines += range(line + 1, line + 1 + before.count(b"\n"))
        line += before.count(b"\n")
        unclosed = unclosed if comment.closed else source.line(line)
        line += text.count(b"\n", comment.start, comment.end)
        parts += [before, comment.rest]
        position = comment.end
    if source.lines is not None:
        lines = [source.line(number) for number in lines]
    return Source(b"".join(parts).decode(), lines), unclosed


def _comments(text: bytes, *, markdown: bool) -> list[_Comment]:
    """Find the comments, and where code is: each decides about the other.

    What is found is taken out and looked at again until it is found again; mostly that is the second time.
    """
    found = list(_scan(text, _Code(text, markdown=markdown), markdown=markdown))
    last = _last_opener(text)
    for _ in range(_ROUNDS):
        if not any(one.end <= last and _MISLEADING.search(text, one.start, one.end) for one in found):
            return found
        code = _Code(_masked(text, found), markdown=markdown)
        again = list(_scan(text, code, markdown=markdown))
        if again == found:
            return found
        found = again
    return list(_scan(text, _Code(b"", markdown=markdown), markdown=markdown))


def _last_opener(text: bytes) -> int:
    return max(text.rfind(b"<!--"), text.rfind(b"{::comment"))


def _masked(text: bytes, comments: list[_Comment]) -> bytes:
    masked = bytearray(text)
    for start, end, *_ in comments:
        masked[start:end] = b"<!--" + b"x" * (end - start - 7) + b"-->"
    return bytes(masked)


def _scan(text: bytes, code: _Code, *, markdown: bool) -> Iterator[_Comment]:
    position = 0
    opener = _ANY if markdown and b"{::comment" in text else _HTML
    while match := opener.search(text, position):
        start = position = match.start()
        position += 1
        if code.holds(start) or (markdown and _escaped(text, start)):
            continue
        if match[0] != b"<!--" and _end_around(start, code.raw):
            continue
        comment = _comment(text, match, bare=code.bare(start))
        if 0 < _end_around(start, code.programs) < comment.end:
            continue
        yield comment
        position = comment.end


def _comment(text: bytes, opener: re.Match[bytes], *, bare: bool) -> _Comment:
    start = opener.start()
    if text.startswith(b"{", start):
        end = _EXTENSION_END.search(text, opener.end())
        return _Comment(start, end.end() if end else len(text), b"", end is not None)
    last = text.find(b"-->", opener.end())
    if last < 0:
        return _Comment(start, len(text), b"", closed=False)
    more = _MORE.match(text, start, last)
    # What stands before and behind a comment keeps its meaning where the comment keeps its place.
    return _Comment(start, last + 3, b"<!--more-->" if more else b"" if bare else b"<!-- -->")


def _elements(text: bytes, names: tuple[bytes, ...]) -> list[tuple[int, int]]:
    """Return start and end of the outermost HTML elements with these names that are closed."""
    found: list[tuple[int, int]] = []
    small = text.lower()
    for name in names:
        last = small.rfind(b"</" + name)  # behind it nothing is closed, and need not be looked through
        pattern = re.compile(rb"<" + name + rb"\b[^<>]*>.*?</" + name, re.DOTALL)
        found += [match.span() for match in pattern.finditer(small, 0, max(last, 0) + len(name) + 2)]
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not outermost or end > outermost[-1][1]:
            outermost.append((start, end))
    return outermost


def _end_around(place: int, elements: list[tuple[int, int]]) -> int:
    """Return where the element around a place ends, 0 where there is none."""
    index = bisect_right(elements, place, key=lambda element: element[0]) - 1
    return elements[index][1] if index >= 0 and place < elements[index][1] else 0


def _escaped(text: bytes, start: int) -> bool:
    before = text[max(start - 20, 0) : start]
    return (len(before) - len(before.rstrip(b"\\"))) % 2 == 1


class _Code:
    """Where a text is code, a program, or something else that is taken as written."""

    def __init__(self, text: bytes, *, markdown: bool) -> None:
        self.programs, self.raw = _elements(text, _PROGRAMS), _elements(text, _RAW)
        self.spans: list[tuple[int, int, bool]] = []  # start, end, whether it is code
        depth = 0
        last = _last_opener(text)
        before = text[: max(last, 0)]
        may_be = markdown and any(sign in before for sign in _SIGNS_OF_CODE)
        for event, span in pyromark.events_with_range(text.decode(), options=OPTIONS) if may_be else ():
            if span["start"] > last:  # nobody asks about what is behind it
                break
            if not isinstance(event, dict):
                continue
            ((kind, value),) = event.items()
            if kind in {"Html", "InlineHtml"}:
                signs = [match[1] for match in _GROUP.finditer(str(value))]
                depth = max(depth + signs.count("") - signs.count("/"), 0)
            elif kind in {"Code", "InlineMath", "DisplayMath"}:
                self.spans.append((span["start"], span["end"], kind == "Code"))
            elif kind == "Start" and isinstance(value, dict) and (block := value.get("CodeBlock")):
                self.spans.append((span["start"], span["end"], block != "Indented" or not depth))

    def holds(self, place: int) -> bool:
        """Tell whether a byte offset lies in code."""
        return self._at(place) is True

    def bare(self, place: int) -> bool:
        """Tell whether even an empty comment would be read as text here."""
        return self._at(place) is False

    def _at(self, place: int) -> bool | None:
        index = bisect_right(self.spans, place, key=lambda span: span[0]) - 1
        if index >= 0 and place < self.spans[index][1]:
            return self.spans[index][2]
        return None
