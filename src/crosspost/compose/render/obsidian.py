"""What Obsidian has within lines, and other programs that write notes: `[[page|words]]`, `==marked==`, `%%comment%%`.

Sources: Obsidian's help, "Internal links", "Embed files", "Basic formatting syntax"; Pandoc's manual, "Inline notes".
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from crosspost.compose.render.code_places import CodePlaces, end_around
from crosspost.compose.render.rendered import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crosspost.compose.render.kramdown import Source

# What finds the texts to look at, few of all. Three searches that begin with a character are faster than one for any of
# the three, and than `in` for two.
_SIGNS = tuple(re.compile(sign) for sign in (r"\[(?:\[\S|(?<=\^\[))", r"==\S", "%%"))
_MARKUP = re.compile(
    rb"(?<![\w\[])(?P<embed>!?)\[\[(?!\d+\])(?P<page>[^\s\[\]|#][^\[\]|#\n]{0,500}|(?=#))(?P<part>#[^\[\]|\n]{0,500})?"
    rb"(?:\|(?P<words>[^\[\]\n]{1,500}))?\]\](?![\[\](:])"
    rb"|(?<![\w=])==(?=[^\s=])(?P<marked>[^=\n]{1,500})(?<=\S)==(?![\w=])"
    rb"|(?<!\S)%%(?P<comment>[^%\n]{1,2000}|\n[^%]{1,5000}\n)%%(?![^\s.,;:!?)])"
    rb"|(?<=[^\s\[\\])\^\[(?P<note>(?:[^\[\]\n]|\[[^\[\]\n]{0,500}\]){1,2000})\]"
)
_PICTURES = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
_LABEL = "crosspost-note-"


def without_obsidian(source: Source) -> tuple[Source, tuple[Note, ...]]:
    """Return the text with Obsidian's markup as Markdown's or as words, and notes of what is lost.

    >>> from crosspost.compose.render.kramdown import Source
    >>> without_obsidian(Source("See [[Page|the page]], ==now==, x[[1]], a == b"))[0].text
    'See the page, now, x[[1]], a == b'
    """
    if not any(sign.search(source.text) for sign in _SIGNS):
        return source, ()
    text = source.text.encode()
    found = [*_MARKUP.finditer(text)]
    code = CodePlaces(text, found[-1].start() if found else -1, markdown=True)
    markup = [match for match in found if not (code.within(match.start()) or end_around(match.start(), code.raw))]
    if not any(map(_is_certain, markup)):  # `[[Prototype]]` alone is JavaScript's
        markup = [match for match in markup if match["page"] is None]
    edits = [(match.start(), match.end(), _shown(match, number).encode()) for number, match in enumerate(markup)]
    edits.append((len(text), len(text), "".join(_definitions(markup)).encode()))
    notes = [
        _left_out(what, source.line(text.count(b"\n", 0, match.start()) + 1))
        for match in markup
        if (what := _lost(match))
    ]
    return (source.edited(edits), tuple(notes)) if markup else (source, ())


def _is_certain(match: re.Match[bytes]) -> bool:
    """Tell whether it can be no other program's than one of linked pages."""
    page = match["page"]
    return page is not None and bool(match["embed"] or match["part"] or match["words"] or b" " in page or b"/" in page)


def _shown(match: re.Match[bytes], number: int) -> str:
    if match["page"] is not None:
        page, part = match["page"].decode().strip(), (match["part"] or b"").decode().strip("#")
        if match["embed"]:
            return f'<img src="{escape(page)}">' if _PICTURES.search(page) else ""
        return (match["words"] or b"").decode() or page.rpartition("/")[2].removesuffix(".md") or part
    if match["note"]:
        return f"[^{_LABEL}{number}]"
    return (match["marked"] or b"").decode()


def _definitions(markup: Sequence[re.Match[bytes]]) -> Iterator[str]:
    """Yield what defines the notes that were written where they belong."""
    for number, match in enumerate(markup):
        if match["note"]:
            yield f"\n\n[^{_LABEL}{number}]: {match['note'].decode()}"


def _lost(match: re.Match[bytes]) -> str:
    if match["comment"]:
        return "a comment between `%%`"
    if match["embed"] and not _PICTURES.search(match["page"].decode().strip()):
        return f"`{match[0].decode()}`, a page that Obsidian shows within this one,"
    return ""


def _left_out(what: str, line: int) -> Note:
    fix = "write out what it says, or delete it; if it is text, make it code"
    return Note(code="XP202", message=f"{what} was left out", fix=fix, line=line)
