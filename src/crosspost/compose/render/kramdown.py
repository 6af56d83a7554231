"""What kramdown has beside CommonMark, taken out before the text is parsed.

Jekyll's Markdown is kramdown with its GFM parser. Its block-level extras stand on lines of their own, so they are
found line by line, outside code. Source: kramdown's syntax documentation, by section.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyromark

from crosspost.compose.render.dialect import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Searches that most texts end with; each starts with a character to look for, or `re` would try every place.
_AT_START = re.compile(r"\n[ \t>]*+(?:\{:|\*\[|\[{1,2}_?[Tt][Oo][Cc]_?\]|\^[ \t]*$|#{2,6}[^#\s])", re.MULTILINE)
_OPEN_TAG = re.compile(r"<[A-Za-z][^<>\n]*$", re.MULTILINE)
_FIRST = frozenset("{*^#[")  # of the lines that one of these may be
# "Attribute Lists" and "Extensions": `{: .note}`, `{:name: .x}`, `{:toc}`, `{::options … /}`, `{:/}`.
_ATTRIBUTES = re.compile(r"[ \t>]*\{:[^}]*\}[ \t]*")
_TOC = re.compile(r"[ \t>]*\{:[ \t]*toc\b[^}]*\}[ \t]*", re.IGNORECASE)
_BARE_TOC = re.compile(r"[ \t]*\[{1,2}_?toc_?\]{1,2}[ \t]*", re.IGNORECASE)
# "Abbreviations": `*[HTML]: Hyper Text Markup Language`
_ABBREVIATION = re.compile(r"[ ]{0,3}\*\[[^\]]+\]:.*")
# "End-of-Block Marker"
_END_OF_BLOCK = re.compile(r"\^[ \t]*")
# "Headers": older kramdown and Markdown.pl need no blank. `#word` stays: on LinkedIn one sign is a hashtag.
_TIGHT_HEADING = re.compile(r"(#{2,6})(?=[^#\s])")
# "Blockquotes": lines below belong to it up to a blank one, also where CommonMark ends an HTML block for want of a `>`.
_QUOTED_OPEN_TAG = re.compile(r"([ ]{0,3}>[ \t>]*+).*</?[A-Za-z][^<>]*")
_QUOTED = re.compile(r"[ ]{0,3}>")
_QUOTE = re.compile(r"\n[ ]{0,3}>")
_LIST_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\[\]^\n]{1,100})\]:", re.MULTILINE)
# Stands where a table of contents would be made.
CONTENTS = '<nav class="toc"></nav>'
_SIGNS_OF_CODE = ("```", "~~~", "    ", "\t", "<pre", "<script", "<style", "<textarea")
_RAW_HTML = (b"<pre", b"<script", b"<style", b"<textarea")


@dataclass(frozen=True, slots=True)
class Source:
    """Text and where its lines come from.

    Attributes:
        lines: For each line of `text` the 1-based line it stood on; None where nothing moved.
    """

    text: str
    lines: Sequence[int] | None = None

    def line(self, number: int) -> int:
        """Return where a 1-based line of `text` stood."""
        if self.lines is None or not self.lines:
            return number
        return self.lines[min(number, len(self.lines)) - 1]


def without_extras(source: Source) -> Source:
    r"""Return the text without kramdown's extras.

    >>> without_extras(Source("a\n{: .x}\n\n*[b]: c")).text
    'a\n\n\n'
    """
    near = "] [" in source.text and _near_references(source.text)
    if not (near or _AT_START.search(f"\n{source.text}") or _OPEN_TAG.search(source.text)):
        return source
    code = _code_lines(source.text)
    lines = source.text.split("\n")
    if near:
        lines = [line if number in code else near.sub("[", line) for number, line in enumerate(lines, 1)]
    if _QUOTE.search(f"\n{source.text}"):
        lines = list(_with_quoted_tags(lines, code))
    kept = list(_plain(lines, code))
    return Source("\n".join([text for _, text in kept]), [source.line(number) for number, _ in kept])


def _near_references(text: str) -> re.Pattern[str] | None:
    """Match what stands between the brackets of a reference link that is written `[text] [id]`; None without such an id."""
    known = {match[1] for match in _DEFINITION.finditer(text)}
    ids = "|".join(map(re.escape, known))
    return re.compile(rf"(?<=[^\s\[\]]\]) \[(?=(?:{ids})\](?![\[(:]))", re.IGNORECASE) if known else None


def _with_quoted_tags(lines: Sequence[str], code: frozenset[int]) -> Iterator[str]:
    """Yield the lines; those below a quote that stands open within a tag get its mark."""
    mark = ""
    for number, line in enumerate(lines, 1):
        if not line.strip() or number in code or _QUOTED.match(line) or _ATTRIBUTES.fullmatch(line):
            mark = ""
        if number not in code and (match := _QUOTED_OPEN_TAG.fullmatch(line)):
            mark = match[1]
            yield line
        else:
            yield mark + line


def _plain(lines: Sequence[str], code: frozenset[int]) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line that is left."""
    held: tuple[int, str] | None = None  # the line before, which may be the item that a table of contents replaces
    for number, line in enumerate(lines, 1):
        following = lines[number] if number < len(lines) else ""
        text: str | None = line
        if number not in code and line.lstrip(" \t>")[:1] in _FIRST:
            if held and _TOC.fullmatch(line) and _LIST_ITEM.match(held[1]):
                held = (held[0], CONTENTS)
                text = ""  # an HTML block ends at a blank line
            elif _BARE_TOC.fullmatch(line):
                yield from filter(None, [held])
                held, text = (number, CONTENTS), ""
            else:
                text = _without(line, following)
        if text is not None:
            if held:
                yield held
            held = (number, text)
    if held:
        yield held


def _without(line: str, following: str) -> str | None:
    """Return what is left of a line outside code; None where the line goes altogether."""
    if _ATTRIBUTES.fullmatch(line):
        return None if _LIST_ITEM.match(following) else ""  # a blank line would pull the list apart
    if _ABBREVIATION.fullmatch(line) or _END_OF_BLOCK.fullmatch(line):
        return ""
    return _TIGHT_HEADING.sub(r"\1 ", line) if _TIGHT_HEADING.match(line) else line


def _code_lines(text: str) -> frozenset[int]:
    """Return the 1-based lines that lie in code, in Markdown or HTML."""
    if not any(sign in text for sign in _SIGNS_OF_CODE):
        return frozenset()
    source = text.encode()
    newlines = [match.start() for match in re.finditer(rb"\n", source)]
    found: set[int] = set()
    for event, span in pyromark.events_with_range(text, options=OPTIONS):
        if isinstance(event, dict) and (start := event.get("Start")):
            is_code = isinstance(start, dict) and "CodeBlock" in start
            if is_code or (start == "HtmlBlock" and source.startswith(_RAW_HTML, span["start"])):
                first, last = (bisect_right(newlines, offset - 1) + 1 for offset in (span["start"], span["end"] - 1))
                found.update(range(first, last + 1))
    return frozenset(found)
