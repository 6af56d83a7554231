"""What kramdown has beside CommonMark, taken out before the text is parsed.

Jekyll's Markdown is kramdown with its GFM parser. Its block-level extras stand on lines of their own, so they are
found line by line, outside code. Source: kramdown's syntax documentation, by section.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pyromark

from crosspost.compose.render import admonitions
from crosspost.compose.render.dialect import OPTIONS
from crosspost.compose.render.rows import own_row
from crosspost.compose.render.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What finds the lines to look at, none in most texts; it starts with a character to look for, or `re` would try every place.
# So does each branch, or `re` would go into it at every line.
_AT_START = re.compile(
    rf"\n[ \t>]*+(?:\{{:|\*\[|\[\[?_?[Tt][Oo][Cc]_?\]|\^[ \t]*$|##{{1,5}}[^#\s]|:[^\s]|\+[-=]|\[\^[^\]\n]+\]:|{admonitions.AT_START}|[|-](?<=[\n}}]\n[|-])(?:(?<=\|)[ ]?:?-|(?<=-))-+[-: ]*[|+])",
    re.MULTILINE,
)
_QUOTED_TAG_AT_END = re.compile(r"\n[ ]{0,3}>.*</?[A-Za-z][^<>\n]*$", re.MULTILINE)
# "Attribute Lists" and "Extensions": `{: .note}`, `{:name: .x}`, `{:toc}`, `{::options … /}`, `{:/}`.
_ATTRIBUTES = re.compile(r"[ \t>]*\{:[^}]*\}[ \t]*")
_START = re.compile(r"\bstart=[\"']?(\d{1,9})\b")  # of the list below
_NUMBER = re.compile(r"^([ \t>]*)\d{1,9}(?=[.)])")
_TOC = re.compile(r"[ \t>]*\{:[ \t]*toc\b[^}]*\}[ \t]*", re.IGNORECASE)
_BARE_TOC = re.compile(r"[ \t]*\[{1,2}_?toc_?\]{1,2}[ \t]*", re.IGNORECASE)
# "Abbreviations": `*[HTML]: Hyper Text Markup Language`
_ABBREVIATION = re.compile(r"[ ]{0,3}\*\[[^\]]+\]:.*")
# "End-of-Block Marker"
_END_OF_BLOCK = re.compile(r"\^[ \t]*")
# The rulers of Pandoc's grid tables; what is left is one of kramdown's.
_GRID = re.compile(r"[ ]{0,3}\+(?:[-=:]+\+)+[ \t]*")
# "Tables": one may begin with a ruler.
_RULER = re.compile(r"\|?[ ]?:?-[-:+| ]*")
# "Headers": older kramdown and Markdown.pl need no blank. `#word` stays: on LinkedIn one sign is a hashtag.
_TIGHT_HEADING = re.compile(r"(#{2,6})(?=[^#\s])")
# "Definition Lists": a colon is followed by white space. pulldown-cmark needs none, and takes `:rocket: up` for one; a row
# of a table such as `:--|--` is none either, nor an attribute of a tag that spans lines.
_NO_DEFINITION = re.compile(r"([ \t>]*):(?=[^\s-]|-[^-|:\s])(?![\w.-]+=)")
# "Blockquotes": lines below belong to it up to a blank one, also where CommonMark ends an HTML block for want of a `>`.
_QUOTED_OPEN_TAG = re.compile(r"([ ]{0,3}>[ \t>]*+).*</?[A-Za-z][^<>]*")
_QUOTED = re.compile(r"[ ]{0,3}>")
_NEAR = re.compile(r"\] \[")
_LIST_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\[\]^\n]{1,100})\]:", re.MULTILINE)
# "Footnotes": one ends with its line unless indented lines follow; CommonMark takes a definition of a link into it.
_FOOTNOTE = re.compile(r"[ ]{0,3}\[\^[^\]]+\]:.*")
_LINK_BELOW = re.compile(r"[ ]{0,3}\[[^\[\]^][^\[\]]*\]:[ \t]*\S+")
COLON = "&#58;"  # the same in Markdown and HTML, where a backslash is one
# Stands where a table of contents would be made.
CONTENTS = '<nav class="toc"></nav>'
_OWN_LINE = f"{CONTENTS}\n"  # an HTML block ends at a blank line
_SIGNS_OF_CODE = ("```", "~~~", "    ", "\t", "<pre", "<script", "<style", "<textarea")
_RAW_HTML = (b"<pre", b"<script", b"<style", b"<textarea")


def without_extras(source: Source) -> Source:
    r"""Return the text without kramdown's extras.

    >>> without_extras(Source("a\n{: .x}\n\n*[b]: c")).text
    'a\n\n\n'
    """
    text = f"\n{source.text}"
    near = "[" in text and _NEAR.search(text) and _near_references(text)
    quoted = "<" in text and _QUOTED_TAG_AT_END.search(text)
    extras = list(_may_be_extras(text))
    if not (near or quoted or extras):
        return source
    lines = source.text.split("\n")
    last = len(lines) if near or quoted else extras[-1]
    code = _code_lines("\n".join(lines[:last]))  # what is below tells nothing about a line
    if near:
        lines = [line if number in code else near.sub("[", line) for number, line in enumerate(lines, 1)]
    if quoted:
        lines = list(_with_quoted_tags(lines, code))
    left: list[str | None] = [*lines]
    for number in extras:
        if number not in code and not any(take(left, number - 1) for take in _TAKES):
            _take_out(left, number - 1)
    if None not in left:
        joined = "\n".join(cast("list[str]", left))
        if joined.count("\n") == len(left) - 1:  # each line is where it was
            return Source(joined, source.lines)
    kept = [(number, line) for number, line in enumerate(left, 1) if line is not None]
    numbers = [source.line(number) for number, line in kept for _ in line.split("\n")]
    return Source("\n".join([line for _, line in kept]), numbers)


def _may_be_extras(text: str) -> Iterator[int]:
    """Yield the numbers of the lines that begin as extras do; `text` has a line feed before its first line."""
    number = position = 0
    for match in _AT_START.finditer(text):
        number += text.count("\n", position, match.start() + 1)
        position = match.start() + 1
        yield number


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


def _take_out(lines: list[str | None], index: int) -> None:
    """Take an extra out of a text outside code: put what is left of its line, None where the line goes altogether."""
    line, before = lines[index] or "", lines[index - 1] if index else None
    if before and _TOC.fullmatch(line) and _LIST_ITEM.match(before):
        lines[index - 1 : index + 1] = CONTENTS, ""  # an HTML block ends at a blank line
    elif _BARE_TOC.fullmatch(line):
        lines[index] = _OWN_LINE
    elif _ATTRIBUTES.fullmatch(line):
        following = lines[index + 1] if index + 1 < len(lines) else None
        lines[index] = ""
        if following and _LIST_ITEM.match(following):
            lines[index] = None  # a blank line would pull a list apart
            if start := _START.search(line):
                lines[index + 1] = _NUMBER.sub(rf"\g<1>{start[1]}", following)
    elif _ABBREVIATION.fullmatch(line) or _END_OF_BLOCK.fullmatch(line):
        lines[index] = ""
    elif _TIGHT_HEADING.match(line):
        lines[index] = _TIGHT_HEADING.sub(r"\1 ", line)
    elif match := _NO_DEFINITION.match(line):
        lines[index] = f"{match[1]}{COLON}{line[match.end() :]}"


def _end_footnote(lines: list[str | None], index: int) -> bool:
    """End a footnote where a link is defined below it; False where the line is no footnote."""
    line = lines[index] or ""
    if not _FOOTNOTE.fullmatch(line):
        return False
    if index + 1 < len(lines) and _LINK_BELOW.match(lines[index + 1] or ""):
        lines[index] = f"{line}\n"
    return True


def _take_ruler(lines: list[str | None], index: int) -> bool:
    """Take out a ruler that GFM knows no table with; False where the line is none."""
    line = lines[index] or ""
    if _GRID.fullmatch(line):
        lines[index] = None
    elif not _RULER.fullmatch(line):
        return False
    elif not (index and lines[index - 1]):
        _give_header(lines, index)
    return True


def _give_header(lines: list[str | None], index: int) -> None:
    """Make the first row below a ruler that begins a table its header, since GFM has no table without one."""
    row, below = ((lines[at] or "") if at < len(lines) else "" for at in (index + 1, index + 2))
    if "|" not in row or _RULER.fullmatch(row) or (below and _RULER.fullmatch(below)):
        return
    if table := own_row(row.encode(), 0):
        lines[index], lines[index + 1] = table.split("\n")


_TAKES = (admonitions.take, _take_ruler, _end_footnote)


def _code_lines(text: str) -> frozenset[int]:
    """Return the 1-based lines that lie in code, in Markdown or HTML."""
    if not any(sign in text for sign in _SIGNS_OF_CODE):
        return frozenset()
    source, line, position = text.encode(), 1, 0
    found: set[int] = set()
    for event, span in pyromark.events_with_range(text, options=OPTIONS, merge_text=True):
        if isinstance(event, str) or "Start" not in event:
            continue
        kind, start = event["Start"], span["start"]
        if "CodeBlock" in kind or (kind == "HtmlBlock" and source.startswith(_RAW_HTML, start)):
            line += source.count(b"\n", position, start)
            position = start
            found.update(range(line, line + 1 + source.count(b"\n", start, span["end"] - 1)))
    return frozenset(found)
