"""WordPress's shortcodes, which exports leave as they are: `[caption …]…[/caption]`, `[youtube …]`, `[gallery ids="1,2"]`.

Sources: WordPress Codex, "Shortcode API"; WordPress.com, "Shortcodes". Forum software writes `[b]…[/b]` in the same way.
A page of Jekyll shows them raw. What is in brackets and is none stays: `[sic]`, `[x](y)`, `a[href="b"]`.
"""

from __future__ import annotations

import re
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from crosspost.compose.render.code_places import CodePlaces, end_around
from crosspost.compose.render.links import VIDEO_PAGES
from crosspost.compose.render.markup import picture, player
from crosspost.compose.render.positions import Positions
from crosspost.compose.render.rendered import Note, shortened
from crosspost.references import unescape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crosspost.compose.render.source import Source

_PLAYERS = frozenset(
    [
        *("audio", "dailymotion", "embed", "gist", "googlemaps", "googlevideo", "instagram", "slideshare"),
        *("soundcloud", "spotify", "ted", "tweet", "video", "vimeo", "wpvideo", "youtube", "youtube_sc"),
    ]
)
# What stands alone without saying so by an attribute.
_ALONE = _PLAYERS | {"archives", "contact-form", "contact-form-7", "gallery", "playlist", "slideshow", "tagcloud"}
_CODE = frozenset(
    [
        *("bash", "cc", "cci", "code", "cpp", "crayon", "csharp", "css", "go", "html", "java", "javascript", "js"),
        *("perl", "php", "plain", "powershell", "py", "python", "ruby"),
        *("scala", "shell", "sourcecode", "sql", "text", "vb", "xml"),
    ]
)
# What finds the texts to look at, few of all; it starts with a character to look for, or `re` would try every place.
_SIGN = re.compile(rf"\[(?:/[A-Za-z]|[A-Za-z][\w-]*+\s++[\w\\-]++=|(?:{'|'.join(sorted(_ALONE))})[\s=\]\\])")
# Turndown, which many exporters use, writes backslashes before brackets and underscores.
_TAG = re.compile(
    rb"\\?(?<!\[)\[(?P<end>/)?(?P<name>[A-Za-z][\w-]*)(?P<given>[ =\n][^\[\]]{0,1000})?\\?\](?(end)|(?![(:]))(?!\])"
)
# Nothing but attributes, the first of them with a value.
_ATTRIBUTES = re.compile(r"""\s+[\w\\-]+=(?:["'“]|[^\s"'=]+(?:\s+[\w\\-]+=[^\s=]+)*\s*/?$)""")
_TITLE = re.compile(r"""\btitle=(?:"([^"]+)"|'([^']+)'|“([^”]+)”)""")
_AUTHOR = re.compile(r"""\b(?:author|cite)=(?:"([^"]+)"|'([^']+)'|“([^”]+)”)""")
_NOTES = frozenset({"footnote", "fn", "ref", "efn_note", "mfn"})
_ADDRESS = re.compile(r"""https?://[^\s"'<>\]]+""")
_SIZE = re.compile(r"&(?:amp;)?[wh]=\d+")  # WordPress.com's own, behind an address
_NUMBERS = MappingProxyType(
    {"youtube": re.compile(r"(?<![\w-])[\w-]{11}(?![\w-])"), "vimeo": re.compile(r"\b\d{6,12}\b")}
)
_LEADS = re.compile(r"""(?:^|\b(?:link|url|href))=["'“]?(https?://[^\s"'<>\]”]+)""")
_TICKS = re.compile("`+")


class _Tag(NamedTuple):
    start: int
    end: int
    name: str
    given: str


class _Edit(NamedTuple):
    start: int
    end: int
    new: bytes = b""


def without_shortcodes(source: Source, *, markdown: bool) -> tuple[Source, tuple[Note, ...]]:
    """Return the text with shortcodes as what they show, and notes of what is lost.

    Args:
        source: Without comments.
        markdown: False for HTML.

    >>> from crosspost.compose.render.source import Source
    >>> without_shortcodes(Source('[caption id="a"]![](a.png) A boat[/caption] [sic]'), markdown=True)[0].text
    '![](a.png) A boat [sic]'
    """
    if "[" not in source.text or not _SIGN.search(source.text):
        return source, ()
    positions = Positions(source.text)
    text = positions.source
    tags = [*_TAG.finditer(text)]
    if next(_pairs(tags), None) is None:
        return source, ()
    code = CodePlaces(text, tags[-1].start(), markdown=markdown)
    words = [tag for tag in tags if not (code.holds(tag.start()) or end_around(tag.start(), code.raw))]
    edits: list[_Edit] = []
    notes: list[Note] = []
    for opener, closer in _pairs(words):
        content = text[opener.end : closer.start].decode() if closer else ""
        whole = _as_code(content, markdown=markdown) if closer and opener.name in _CODE else _player(opener, content)
        if whole is not None:
            edits.append(_Edit(opener.start, (closer or opener).end, whole.encode()))
            continue
        before, behind = _around(opener, markdown=markdown) if closer else ("", "")
        edits.append(_Edit(opener.start, opener.end, before.encode()))
        if closer:
            edits.append(_Edit(closer.start, closer.end, behind.encode()))
        if not content.strip():
            written = text[opener.start : opener.end].decode()
            notes.append(_left_out(written, source.line(positions.line(opener.start))))
    return (source.edited(_apart(edits)), tuple(notes)) if edits else (source, ())


def _pairs(tags: Sequence[re.Match[bytes]]) -> Iterator[tuple[_Tag, _Tag | None]]:
    """Yield what opens and what closes each shortcode; None for one that stands alone."""
    opened: dict[str, list[_Tag]] = {}
    for match in tags:
        tag = _Tag(*match.span(), match["name"].decode(), (match["given"] or b"").decode())
        if not match["end"]:
            opened.setdefault(tag.name, []).append(tag)
        elif waiting := opened.get(tag.name):
            yield waiting.pop(), tag
    for waiting in opened.values():
        yield from ((tag, None) for tag in waiting if tag.name in _ALONE or _ATTRIBUTES.match(tag.given))


def _apart(edits: Sequence[_Edit]) -> Iterator[_Edit]:
    """Yield edits in order, without those within another."""
    position = 0
    for edit in sorted(edits):
        if edit.start >= position:
            yield edit
            position = edit.end


def _around(opener: _Tag, *, markdown: bool) -> tuple[str, str]:
    """Return what stands before and behind the content of a pair, in place of its tags."""
    if leads := _LEADS.search(opener.given):
        return f'<a href="{escape(leads[1])}">', "</a>"
    if opener.name in _NOTES:
        return "(", ")"
    title, author = _TITLE.search(opener.given), _AUTHOR.search(opener.given)
    if opener.name == "abbr" or not (title or author):
        return "", ""
    above = next(filter(None, title.groups())) if title else ""
    below = f"— {next(filter(None, author.groups()))}" if author else ""
    if markdown:
        return f"\n\n{above}\n\n", f"\n\n{below}\n\n"
    return f"<p>{escape(above)}</p>", f"<p>{escape(below)}</p>"


def _as_code(content: str, *, markdown: bool) -> str:
    """Return code as such; WordPress stores it escaped or not."""
    if "<" not in content:
        content = unescape(content)
    if markdown and "\n" not in content:
        ticks = "`" * (1 + max(map(len, _TICKS.findall(content)), default=0))
        return f"{ticks} {content} {ticks}" if content.strip() else ""
    element = "pre" if "\n" in content else "code"
    return f"<{element}>{escape(content, quote=False)}</{element}>"


def _player(tag: _Tag, content: str) -> str | None:
    """Return a player or a picture for what names one; None where nothing does, and only the tags go."""
    if tag.name == "img" and content.strip():
        return picture(content.strip())
    address = tag.name in _PLAYERS and _address(tag, content)
    return player(address) if address else None


def _address(tag: _Tag, content: str) -> str:
    """Return where a player plays what it names by address or number; empty where that is not known."""
    for written in (tag.given, content):
        if match := _ADDRESS.search(unescape(written).replace("\\", "")):
            return _SIZE.sub("", match[0])
    name = tag.name.removesuffix("_sc")
    number = name in _NUMBERS and _NUMBERS[name].search(f"{tag.given} {content}")
    return VIDEO_PAGES[name].format(number[0]) if number else ""


def _left_out(written: str, line: int) -> Note:
    message = f"`{shortened(written)}`, a shortcode of another program, was left out"
    return Note(code="XP202", message=message, fix="write out what it shows, or delete it", line=line)
