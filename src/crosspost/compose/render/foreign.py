r"""What other programs have within lines: Obsidian, editors with embeds, Word and Confluence, chat programs.

`[[page|words]]`, `==marked==`, `%%comment%%`: Obsidian's help, "Internal links", "Embed files", "Basic formatting syntax".
`^[a note]`: Pandoc's manual, "Inline notes". `%[https://…]`: Hashnode, "Embeds". `@[youtube](id)`: Zenn, "Markdown",
and markdown-it-block-embed. `<o:p>`, `<ac:link>`: elements of XML, which Word and Confluence write into HTML.
`\(x^2\)`, `\[x^2\]`, `【1†source】`, `:contentReference[oaicite:1]{index=1}`: what is copied out of ChatGPT.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from crosspost.compose.render.code_places import CodePlaces, end_around
from crosspost.compose.render.links import VIDEO_PAGES
from crosspost.compose.render.markup import picture, player
from crosspost.compose.render.positions import Positions
from crosspost.compose.render.rendered import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crosspost.compose.render.source import Source

# Each begins with characters to look for, or `re` would try every place.
_IN_BRACKETS = re.compile(
    r"\[(?:\[(?<![\w\[]\[\[)(?!\d+\])(?P<page>[^\s\[\]|#][^\[\]|#\n]{0,500}|(?=#))(?P<part>#[^\[\]|\n]{0,500})?"
    r"(?:\|(?P<words>[^\[\]\n]{1,500}))?\]\](?![\[\](:])"
    r"|(?<=[\^%@e]\[)(?:(?<=[^\s\[\\]\^\[)(?P<note>(?:[^\[\]\n]|\[[^\[\]\n]{0,500}\]){1,2000})\]"
    r"|(?<=%\[)(?P<address>https?://[^\s\[\]]{1,2000})\]"
    r"|(?<=@\[)(?P<kind>[A-Za-z]{3,20})\](?:\((?P<given>[^()\s]{0,500})\))?"
    r"|(?<=:contentReference\[)(?P<cited>oaicite:\d+)\](?:\{index=\d+\})?)"
    r"|oai_citation:\d+‡(?P<source>[^\[\]\n]{0,200})\])"
)
_MARKED = re.compile(r"==(?<![\w=]==)(?=[^\s=])(?P<marked>[^=\n]{1,500})(?<=\S)==(?![\w=])")
_COMMENT = re.compile(r"%%(?<!\S%%)(?P<comment>[^%\n]{1,2000}|\n[^%]{1,5000}\n)%%(?![^\s.,;:!?)])")
_TEX = re.compile(
    r"\\(?<!\\\\)(?:\((?P<tex>[^\n]{1,500}?)(?<!\\)\\\)|\[(?<=^\\\[)(?P<display>(?:[^\n]|\n(?!\s*\n)){1,2000}?)(?<!\\)\\\][ \t]*$)",
    re.MULTILINE,
)
_XML = re.compile(r"</?(?:o|w\d*|v|m|st\d|ac|ri|g|fb):[A-Za-z][^<>\n]*>")
_CITED, _CITED_INVISIBLY = re.compile(r"【\d+[†:][^【】\n]{0,80}】"), re.compile("\ue200[^\ue200\ue201\n]{0,200}\ue201")
_CITING = "【\ue200"
# By a character of it: most texts lack most of these, and `in` for one is twenty times as fast as `re`.
_PATTERNS = (
    ("[", _IN_BRACKETS),
    ("=", _MARKED),
    ("%", _COMMENT),
    ("\\", _TEX),
    ("<", _XML),
    ("【", _CITED),
    ("\ue200", _CITED_INVISIBLY),
)
_PICTURES = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
# What tells a formula from words in parentheses that somebody has escaped.
_FORMULA = re.compile(r"\\[A-Za-z]{2,}|(?!.*[A-Za-z]{4}).*[\^_=]", re.DOTALL)
_LABEL = "crosspost-note-"
_BEFORE = {"note": 1, "address": 1, "kind": 1, "cited": len(":contentReference")}


class _Markup(NamedTuple):
    """One piece of it.

    Attributes:
        start: Where it stands, in bytes.
        parts: What it has, by the names in the patterns.
        embeds: Whether it shows a page or a picture in its place.
    """

    start: int
    end: int
    written: str
    parts: dict[str, str | None]
    embeds: bool

    @property
    def page(self) -> str | None:
        """The page or file that it names."""
        return self.parts.get("page")


def without_foreign(source: Source) -> tuple[Source, tuple[Note, ...]]:
    """Return the text with such markup as Markdown's, as HTML or as words, and notes of what is lost.

    >>> from crosspost.compose.render.source import Source
    >>> without_foreign(Source("See [[Page|the page]], ==now==, x[[1]], a == b"))[0].text
    'See the page, now, x[[1]], a == b'
    """
    text = source.text
    found = [match for sign, pattern in _PATTERNS if sign in text for match in pattern.finditer(text)]
    if not found:
        return source, ()
    positions = Positions(text)
    markup = list(_outside_code(list(_located(found, text)), positions.source))
    if not any(map(_is_certain, markup)):  # `[[Prototype]]` alone is JavaScript's
        markup = [one for one in markup if one.page is None]
    edits = [(one.start, one.end, shown.encode()) for one in markup if (shown := _shown(one)) is not None]
    if not edits:
        return source, ()
    end = len(positions.source)
    edits.append((end, end, "".join(_definitions(markup)).encode()))
    notes = (_left_out(what, source.line(positions.line(one.start))) for one in markup if (what := _lost(one)))
    return source.edited(edits), tuple(notes)


def _located(found: Sequence[re.Match[str]], text: str) -> Iterator[_Markup]:
    """Yield what was found in order, without what lies within another."""
    position = offset = 0
    for match in sorted(found, key=re.Match.start):
        start, parts = match.start(), match.groupdict()
        embeds = match[0].startswith("[[") and text[start - 1 : start] == "!"
        start -= embeds or next((before for part, before in _BEFORE.items() if parts.get(part) is not None), 0)
        if parts.get("cited") or match[0][0] in _CITING:  # and the blank before it
            start -= text[start - 1 : start] == " " and not text[match.end() : match.end() + 1].isalnum()
        if start >= position:
            offset += len(text[position:start].encode())
            written = text[start : match.end()]
            length = len(written.encode())
            yield _Markup(offset, offset + length, written, parts, embeds)
            position, offset = match.end(), offset + length


def _outside_code(markup: Sequence[_Markup], text: bytes) -> Iterator[_Markup]:
    code = CodePlaces(text, markup[-1].start, markdown=True)
    return (one for one in markup if not (code.within(one.start) or end_around(one.start, code.raw)))


def _is_certain(one: _Markup) -> bool:
    """Tell whether it can be no other program's than one of linked pages."""
    return one.page is not None and bool(
        one.embeds or one.parts["part"] or one.parts["words"] or " " in one.page or "/" in one.page
    )


def _shown(one: _Markup) -> str | None:
    """Return what stands for it; None where it turns out to be text."""
    parts = one.parts
    if one.page is not None:
        return _page(one)
    if tex := parts.get("tex") or parts.get("display"):
        return f"$${tex}$$" if _FORMULA.search(tex) else None
    if parts.get("kind"):
        return _embedded(parts["kind"] or "", parts["given"] or "")
    if parts.get("address"):
        return player(parts["address"] or "")
    if parts.get("source") is not None:
        return f"[{parts['source']}]"
    return f"[^{_LABEL}{one.start}]" if parts.get("note") else parts.get("marked") or ""


def _page(one: _Markup) -> str:
    page, part = (one.page or "").strip(), (one.parts["part"] or "").strip("#")
    if one.embeds:
        return picture(page) if _PICTURES.search(page) else ""
    return one.parts["words"] or page.rpartition("/")[2].removesuffix(".md") or part


def _embedded(kind: str, given: str) -> str | None:
    """Return a player or an embedded page; nothing for a table of contents."""
    if kind.lower() == "toc":
        return ""
    if kind in VIDEO_PAGES and given and "/" not in given:
        given = VIDEO_PAGES[kind].format(given)
    return player(given) if given.startswith(("https://", "http://")) else None


def _definitions(markup: Sequence[_Markup]) -> Iterator[str]:
    """Yield what defines the notes that were written where they belong."""
    for one in markup:
        if note := one.parts.get("note"):
            yield f"\n\n[^{_LABEL}{one.start}]: {note}"


def _lost(one: _Markup) -> str:
    if one.parts.get("comment"):
        return "a comment between `%%`"
    if one.embeds and not _PICTURES.search((one.page or "").strip()):
        return f"`{one.written}`, a page that Obsidian shows within this one,"
    if one.parts.get("cited") or one.written.lstrip()[0] in _CITING:
        return f"`{one.written.strip()}`, by which a chat program names its source,"
    return ""


def _left_out(what: str, line: int) -> Note:
    fix = "write out what it says, or delete it; if it is text, make it code"
    return Note(code="XP202", message=f"{what} was left out", fix=fix, line=line)
