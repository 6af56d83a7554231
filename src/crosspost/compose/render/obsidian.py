"""What Obsidian has within lines, and other programs that write notes: `[[page|words]]`, `==marked==`, `%%comment%%`.

Sources: Obsidian's help, "Internal links", "Embed files", "Basic formatting syntax"; Pandoc's manual, "Inline notes".
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from crosspost.compose.render.code_places import CodePlaces, end_around
from crosspost.compose.render.rendered import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crosspost.compose.render.kramdown import Source

# Each begins with characters to look for, or `re` would try every place.
_IN_BRACKETS = re.compile(
    r"\[(?:(?<![\w\[]\[)\[(?!\d+\])(?P<page>[^\s\[\]|#][^\[\]|#\n]{0,500}|(?=#))(?P<part>#[^\[\]|\n]{0,500})?"
    r"(?:\|(?P<words>[^\[\]\n]{1,500}))?\]\](?![\[\](:])"
    r"|(?<=[^\s\[\\]\^\[)(?P<note>(?:[^\[\]\n]|\[[^\[\]\n]{0,500}\]){1,2000})\])"
)
_MARKED = re.compile(r"==(?<![\w=]==)(?=[^\s=])(?P<marked>[^=\n]{1,500})(?<=\S)==(?![\w=])")
_COMMENT = re.compile(r"%%(?<!\S%%)(?P<comment>[^%\n]{1,2000}|\n[^%]{1,5000}\n)%%(?![^\s.,;:!?)])")
_PATTERNS = (_IN_BRACKETS, _MARKED, _COMMENT)
_PICTURES = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
_LABEL = "crosspost-note-"


class _Markup(NamedTuple):
    """One piece of it: where it stands, in bytes, what of it is what, and whether something shows a page or picture here."""

    start: int
    end: int
    parts: dict[str, str | None]
    embeds: bool

    @property
    def page(self) -> str | None:
        """The page or file that it names."""
        return self.parts.get("page")


def without_obsidian(source: Source) -> tuple[Source, tuple[Note, ...]]:
    """Return the text with Obsidian's markup as Markdown's or as words, and notes of what is lost.

    >>> from crosspost.compose.render.kramdown import Source
    >>> without_obsidian(Source("See [[Page|the page]], ==now==, x[[1]], a == b"))[0].text
    'See the page, now, x[[1]], a == b'
    """
    found = [match for pattern in _PATTERNS for match in pattern.finditer(source.text)]
    if not found:
        return source, ()
    text = source.text.encode()
    markup = list(_outside_code(list(_located(found, source.text)), text))
    if not any(map(_is_certain, markup)):  # `[[Prototype]]` alone is JavaScript's
        markup = [one for one in markup if one.page is None]
    if not markup:
        return source, ()
    edits = [(one.start, one.end, _shown(one, number).encode()) for number, one in enumerate(markup)]
    edits.append((len(text), len(text), "".join(_definitions(markup)).encode()))
    notes = (
        _left_out(what, source.line(text.count(b"\n", 0, one.start) + 1)) for one in markup if (what := _lost(one))
    )
    return source.edited(edits), tuple(notes)


def _located(found: Sequence[re.Match[str]], text: str) -> Iterator[_Markup]:
    """Yield what was found in order, without what lies within another."""
    position = offset = 0
    for match in sorted(found, key=re.Match.start):
        start = match.start()
        embeds = match[0].startswith("[[") and text[start - 1 : start] == "!"
        start -= embeds or match["note"] is not None if match.re is _IN_BRACKETS else 0
        if start >= position:
            offset += len(text[position:start].encode())
            written = text[start : match.end()].encode()
            yield _Markup(offset, offset + len(written), match.groupdict(), embeds)
            position, offset = match.end(), offset + len(written)


def _outside_code(markup: Sequence[_Markup], text: bytes) -> Iterator[_Markup]:
    code = CodePlaces(text, markup[-1].start, markdown=True)
    return (one for one in markup if not (code.within(one.start) or end_around(one.start, code.raw)))


def _is_certain(one: _Markup) -> bool:
    """Tell whether it can be no other program's than one of linked pages."""
    return one.page is not None and bool(
        one.embeds or one.parts["part"] or one.parts["words"] or " " in one.page or "/" in one.page
    )


def _shown(one: _Markup, number: int) -> str:
    if one.page is None:
        return f"[^{_LABEL}{number}]" if one.parts.get("note") else one.parts.get("marked") or ""
    page, part = one.page.strip(), (one.parts["part"] or "").strip("#")
    if one.embeds:
        return f'<img src="{escape(page)}">' if _PICTURES.search(page) else ""
    return one.parts["words"] or page.rpartition("/")[2].removesuffix(".md") or part


def _definitions(markup: Sequence[_Markup]) -> Iterator[str]:
    """Yield what defines the notes that were written where they belong."""
    for number, one in enumerate(markup):
        if note := one.parts.get("note"):
            yield f"\n\n[^{_LABEL}{number}]: {note}"


def _lost(one: _Markup) -> str:
    if one.parts.get("comment"):
        return "a comment between `%%`"
    if one.embeds and one.page is not None and not _PICTURES.search(one.page.strip()):
        return f"`![[{one.page}]]`, a page that Obsidian shows within this one,"
    return ""


def _left_out(what: str, line: int) -> Note:
    fix = "write out what it says, or delete it; if it is text, make it code"
    return Note(code="XP202", message=f"{what} was left out", fix=fix, line=line)
