"""Comments are not for readers: each is emptied before the text is parsed, so that none reaches LinkedIn.

CommonMark ends many comments too early for that: at a blank line within an HTML block, at the end of a quote or a list
item, at a `|` in a table. kramdown takes all up to `-->` (lib/kramdown/parser/html.rb, `HTML_COMMENT_RE`), and an author
who hides a note means that. What is hidden and never ends hides the rest, as in a browser (WHATWG HTML, "eof-in-comment").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from crosspost.compose.render.code_places import CodePlaces, end_around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.compose.render.source import Source

_HTML = re.compile(rb"<!--")
# kramdown, "Extensions": `{::comment}` within text or on a line of its own; `{::comment /}` has no content.
# Of `{::nomarkdown}` only the marks go.
_ANY = re.compile(rb"<!--|\{::comment\b[^}/\n]*\}|\{::nomarkdown\b[^}\n]*\}|\{:/(?:nomarkdown)?\}")
_EXTENSION_END = re.compile(rb"\{:/(?:comment)?\}")
_MORE = re.compile(rb"<!--\s*(?:more|truncate)\b", re.IGNORECASE)
# With these in a comment, what follows it may turn out to be code or none.
_MISLEADING = re.compile(rb"[\n`|~$]|<(?:pre|script|style|textarea)", re.IGNORECASE)
_ROUNDS = 5  # after them code is no longer told apart: better a gap in an example than a note sent


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

    >>> from crosspost.compose.render.source import Source
    >>> without_comments(Source("<div>\n<!-- secret\n\nnote -->\n</div>"), markdown=True)[0].text
    '<div>\n<!-- -->\n</div>'
    """
    if "<!--" not in source.text and "{::" not in source.text:
        return source, 0
    text = source.text.encode()
    comments = _comments(text, markdown=markdown)
    unclosed = [source.line(text.count(b"\n", 0, comment.start) + 1) for comment in comments if not comment.closed]
    return source.edited((one.start, one.end, one.rest) for one in comments), max(unclosed, default=0)


def _comments(text: bytes, *, markdown: bool) -> list[_Comment]:
    """Find the comments, and where code is: each decides about the other.

    What is found is taken out and looked at again until it is found again; mostly that is the second time.
    """
    last = _last_opener(text)
    found = list(_scan(text, CodePlaces(text, last, markdown=markdown), markdown=markdown))
    for _ in range(_ROUNDS):
        if not any(one.end <= last and _MISLEADING.search(text, one.start, one.end) for one in found):
            return found
        code = CodePlaces(_masked(text, found), last, markdown=markdown)
        again = list(_scan(text, code, markdown=markdown))
        if again == found:
            return found
        found = again
    return list(_scan(text, CodePlaces(b"", -1, markdown=markdown), markdown=markdown))


def _last_opener(text: bytes) -> int:
    return max(map(text.rfind, (b"<!--", b"{::", b"{:/")))


def _masked(text: bytes, comments: list[_Comment]) -> bytes:
    masked = bytearray(text)
    for start, end, *_ in comments:
        masked[start:end] = b"<!--" + b"x" * (end - start - 7) + b"-->"
    return bytes(masked)


def _scan(text: bytes, code: CodePlaces, *, markdown: bool) -> Iterator[_Comment]:
    position = 0
    opener = _ANY if markdown and b"{::" in text else _HTML
    while match := opener.search(text, position):
        start = position = match.start()
        position += 1
        if code.holds(start) or (markdown and _escaped(text, start)):
            continue
        if match[0] != b"<!--" and end_around(start, code.raw):
            continue
        comment = _comment(text, match, bare=code.bare(start))
        if 0 < end_around(start, code.programs) < comment.end:
            continue
        yield comment
        position = comment.end


def _comment(text: bytes, opener: re.Match[bytes], *, bare: bool) -> _Comment:
    start = opener.start()
    if text.startswith((b"{:/", b"{::n"), start):
        return _Comment(start, opener.end(), b"")
    if text.startswith(b"{", start):
        end = _EXTENSION_END.search(text, opener.end())
        return _Comment(start, end.end() if end else len(text), b"", end is not None)
    last = text.find(b"-->", opener.end())
    if last < 0:
        return _Comment(start, len(text), b"", closed=False)
    more = _MORE.match(text, start, last)
    # What stands before and behind a comment keeps its meaning where the comment keeps its place.
    return _Comment(start, last + 3, b"<!--more-->" if more else b"" if bare else b"<!-- -->")


def _escaped(text: bytes, start: int) -> bool:
    before = text[max(start - 20, 0) : start]
    return (len(before) - len(before.rstrip(b"\\"))) % 2 == 1
