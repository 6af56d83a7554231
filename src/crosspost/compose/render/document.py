"""The story of one body: source to tree, tree to blocks, blocks to text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from crosspost.compose.render import links as addresses
from crosspost.compose.render.blocks import BLOCKS, WRAPS
from crosspost.compose.render.comments import without_comments
from crosspost.compose.render.context import Context, Links, hides_the_rest
from crosspost.compose.render.emoji_codes import emoji_speller
from crosspost.compose.render.flow import flow
from crosspost.compose.render.foreign import without_foreign
from crosspost.compose.render.html import Html
from crosspost.compose.render.kramdown import without_extras
from crosspost.compose.render.markdown import Markdown
from crosspost.compose.render.quotes import smart_quotes
from crosspost.compose.render.rendered import Block, Note, Rendered
from crosspost.compose.render.shortcodes import without_shortcodes
from crosspost.compose.render.source import Source
from crosspost.compose.render.title import repeats
from crosspost.compose.render.tree import DROPPED, Builder
from crosspost.compose.render.unread import unread

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crosspost.model import Site

# CommonMark 2.3: NUL becomes U+FFFD; a lone surrogate cannot be sent at all.
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
# "Entity": what says where a word may be hyphenated or broken, or must not be, is for the site's layout.
_LAYOUT_ENTITY = re.compile(
    r"&(?:shy|ZeroWidthSpace|NoBreak|#(?:173|8203|8288|65279|x0*(?:ad|200b|2060|feff)));", re.IGNORECASE
)
_LAYOUT = re.compile("(?<= )[\u00ad\u200b\u2060\ufeff]+ |[\u00ad\u200b\u2060\ufeff]+")
_LIQUID = re.compile(r"\{[%{]")
_DEFAULT_SEPARATOR = "\n\n"  # Jekyll's default: the first paragraph, which is no mark of the author's


def render(
    body: str,
    *,
    markup: Literal["markdown", "html"],
    title: str | None,
    site: Site,
    page: Mapping[str, object],
    links: Links,
    marks: bool = True,
) -> Rendered:
    """Return `body` as plain text.

    Args:
        body: Without front matter and without the LinkedIn footer.
        markup: What `body` is written in.
        title: The post's title: a heading that repeats it is dropped, since the template prints it.
        site: For the addresses of links, and for Liquid.
        page: The front matter, with the post's canonical URL as `url`.
        links: `inline` writes "label (URL)", `footnotes` "label [1]" and the addresses at the end, `drop` the label.
        marks: False leaves out footnotes with their marks, for a text that will be cut before its end.

    Returns:
        The text, its blocks, and what could not be shown; never raises.
    """
    source, notes = _without_liquid(_sendable(body), site, page)
    source = _with_more_mark(source, site, page)
    source, unclosed = without_comments(source, markdown=markup == "markdown")
    source, left_out = without_shortcodes(source, markdown=markup == "markdown")
    builder = Builder(emoji_speller(site))
    if markup == "html":
        Html(builder).parse(source.text, 1)
    else:
        source, lost = without_foreign(source)
        left_out += lost
        source = without_extras(source)
        Markdown(source.text, builder, keep_breaks=_hard_wrap(site), quotes=smart_quotes(site)).parse()
    context = Context(
        rules=BLOCKS,
        wraps=WRAPS,
        site=site,
        base=addresses.base_url(site, page.get("url")),
        links=links,
        page=page,
        footnotes=builder.footnotes,
        code=builder.code,
        has_tex=builder.has_tex,
        marks=marks,
        folder=str(page.get("path", "")).rpartition("/")[0],
    )
    pieces = _without_title(flow(builder.root.children, context), title)
    pieces = _without_idle_rules(pieces)
    more = _more_index(pieces, builder.more)
    blocks = (*_apart(pieces), *_numbered(context))
    if "&" in source.text and _LAYOUT_ENTITY.search(source.text):
        blocks = tuple(_without_layout(block) for block in blocks)
    _note_unclosed(builder, context)
    _note_unknown(builder, context)
    notes += tuple(replace(note, line=source.line(note.line)) for note in context.notes)
    notes += (*_unclosed_comment(unclosed), *left_out, *unread(blocks, context.code, source))
    ordered = tuple(sorted(notes, key=lambda note: note.line))
    return Rendered(blocks=blocks, notes=ordered, more=more, code=tuple(context.code))


def _sendable(body: str) -> str:
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    try:
        body.encode()  # six times as fast as looking for a lone surrogate
    except UnicodeEncodeError:
        return _UNSENDABLE.sub("\ufffd", body)
    return body.replace("\0", "\ufffd")


def _without_liquid(body: str, site: Site, page: Mapping[str, object]) -> tuple[Source, tuple[Note, ...]]:
    # `in` for one character is twenty times as fast as `re`, and `re` faster than `in` for two.
    if "{" not in body or not _LIQUID.search(body) or page.get("render_with_liquid") is False:
        return Source(body), ()
    from crosspost.compose.render.liquid import evaluate  # noqa: PLC0415 -- python-liquid takes 0.2 s to import

    return evaluate(body, site, page)


def _with_more_mark(source: Source, site: Site, page: Mapping[str, object]) -> Source:
    """Turn a site's own excerpt separator into the usual one."""
    separator = page.get("excerpt_separator", site.config.get("excerpt_separator"))
    if not isinstance(separator, str) or separator == _DEFAULT_SEPARATOR or separator not in source.text:
        return source
    if not separator.strip() or "\n" in separator:
        return source
    return Source(source.text.replace(separator, "<!--more-->", 1), source.lines)


def _without_layout(block: Block) -> Block:
    return block if block.kind == "code" else block._replace(text=_LAYOUT.sub("", block.text))


def _hard_wrap(site: Site) -> bool:
    options = site.config.get("kramdown")
    return isinstance(options, dict) and options.get("hard_wrap") is True


def _without_title(pieces: Sequence[Block], title: str | None) -> list[Block]:
    """Drop the first heading that repeats the title, or an opening line that does."""
    for index, piece in enumerate(pieces):
        if (piece.kind == "heading" or not index) and repeats(piece.text, title):
            return [*pieces[:index], *_apart(pieces[index + 1 :])]
    return list(pieces)


def _apart(pieces: Sequence[Block]) -> list[Block]:
    """Return pieces of which the first stands apart from what is now before it."""
    return [pieces[0]._replace(joined=False), *pieces[1:]] if pieces and pieces[0].joined else [*pieces]


def _without_idle_rules(pieces: Sequence[Block]) -> list[Block]:
    """Drop rules that part nothing: at either end, or after another."""
    kept: list[Block] = []
    for piece in pieces:
        if piece.kind != "rule" or (kept and kept[-1].kind != "rule"):
            kept.append(piece)
    while kept and kept[-1].kind == "rule":
        kept.pop()
    return kept


def _more_index(pieces: Sequence[Block], mark: int | None) -> int | None:
    return None if mark is None else sum(piece.order <= mark for piece in pieces)


def _numbered(context: Context) -> tuple[Block, ...]:
    """The addresses and footnotes that numbers in brackets stand for; a footnote may bring further ones."""
    lines: list[str] = []
    while len(lines) < len(context.numbered):
        kind, value = list(context.numbered)[len(lines)]
        text = value if kind == "link" else _footnote(value, context)
        lines.append(f"[{len(lines) + 1}] {text}".rstrip())
    return (Block(text="\n".join(lines), kind="notes"),) if lines else ()


def _footnote(label: str, context: Context) -> str:
    pieces = flow(context.footnotes[label].children, context)
    return "\n".join(piece.text for piece in pieces)


def _unclosed_comment(line: int) -> tuple[Note, ...]:
    if not line:
        return ()
    return (hides_the_rest("a comment", "close it with `-->`, or write it as code", line),)


def _note_unclosed(builder: Builder, context: Context) -> None:
    """An element whose content is not shown and that never ends takes the rest of the post with it, as in a browser."""
    for element in builder.stack:
        if (element.name in DROPPED or element.hidden) and element.line:
            context.notes.append(hides_the_rest(f"<{element.name}>", f"close it with </{element.name}>", element.line))


def _note_unknown(builder: Builder, context: Context) -> None:
    """A tag that no browser knows shows nothing, here or on the page; `List<String>` was meant as text."""
    for written, element in {written: element for element, written in reversed(builder.unknown)}.items():
        shown = " ".join(written.split())[:100]
        fix = "if it is text, write `&lt;` for `<`, or make it code"
        context.left_out(f"`{shown}`, a tag that no browser knows,", fix, element)
