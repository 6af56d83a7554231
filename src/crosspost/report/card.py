"""A draft as a card: the text to the fold, the rest dimmed, what stands below it, counts, and what was altered."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crosspost.findings import Severity
from crosspost.model import Document, Gallery, Poll, Video
from crosspost.report.cells import padded, wrapped
from crosspost.report.drafts import counts
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.findings import Finding
    from crosspost.model import Article, Draft, Media, Repair
    from crosspost.report.style import Style

_WIDEST = 72
_NARROWEST = 24
_AUDIENCE = {"PUBLIC": "anyone", "CONNECTIONS": "connections", "LOGGED_IN": "members of LinkedIn"}


def card(draft: Draft, *, name: str, columns: int, style: Style) -> str:
    """Return a draft for a terminal.

    Args:
        draft: What LinkedIn would get.
        name: Who posts, as far as it is known.
        columns: How wide the terminal is.
        style: Colour or none.
    """
    cells = max(_NARROWEST, min(columns, _WIDEST)) - 4
    rows = [style.bold(_fit(name, cells)), style.dim(_fit(f"now · {_AUDIENCE[draft.visibility]}", cells)), " " * cells]
    rows += _text(draft, cells, style)
    rows += [" " * cells, *_box(_below(draft, cells - 4, style), cells - 4)] if draft.article or draft.media else []
    lines = [style.bold(safe(draft.post)), *_box(rows, cells), style.dim(counts(draft))]
    return "\n".join([*lines, *_altered(draft, cells, style), *_findings(draft, style), ""])


def _fit(text: str, cells: int) -> str:
    return padded(wrapped(safe(text), cells)[0], cells)


def _box(rows: list[str], cells: int) -> list[str]:
    """Draw a frame around rows that take `cells` cells each, their marks of colour aside."""
    rule = "─" * (cells + 2)
    return [f"╭{rule}╮", *(f"│ {row} │" for row in rows), f"╰{rule}╯"]


def _text(draft: Draft, cells: int, style: Style) -> list[str]:
    fold = len(draft.text) if draft.fold is None else draft.fold
    shown, hidden = draft.text[:fold].rstrip("\n"), draft.text[fold:].strip("\n")
    rows = _rows(shown, cells)
    if hidden:
        rows.append(style.link(padded("…more", cells)))
        rows += [style.dim(row) for row in _rows(hidden, cells)]
    return rows


def _rows(text: str, cells: int) -> list[str]:
    return [padded(row, cells) for line in safe(text.expandtabs(4)).split("\n") for row in wrapped(line, cells)]


def _below(draft: Draft, cells: int, style: Style) -> list[str]:
    if draft.article:
        return [style.dim(_fit(_picture(draft.article), cells)), *_card_rows(draft.article, cells, style)]
    return [row for line in _media(draft.media) for row in _rows(line, cells)]


def _picture(article: Article) -> str:
    return f"▦ {article.thumbnail.source}" if article.thumbnail else "▦ no picture"


def _card_rows(article: Article, cells: int, style: Style) -> list[str]:
    host = urlsplit(article.source).hostname or article.source
    return [*(style.bold(row) for row in _rows(article.title, cells)), style.dim(_fit(host, cells))]


def _media(media: Media | None) -> Iterator[str]:
    match media:
        case Gallery(pictures):
            yield from (f"▦ {picture.source}{f': {picture.alt}' if picture.alt else ''}" for picture in pictures)
        case Document() | Video():
            yield f"{'▤' if isinstance(media, Document) else '▶'} {media.title or media.source}"
        case Poll():
            yield media.question
            yield from (f"○ {option}" for option in media.options)


def _altered(draft: Draft, cells: int, style: Style) -> Iterator[str]:
    for repair in draft.repairs:
        yield style.dim(f"line {repair.line}, {repair.step}")
        yield from _change(repair, cells, style)


def _change(repair: Repair, cells: int, style: Style) -> Iterator[str]:
    yield style.bad(f"- {_short(repair.before, cells)}")
    yield style.good(f"+ {_short(repair.after, cells)}")


def _short(text: str, cells: int) -> str:
    line = safe(" ".join(text.split()) or repr(text))
    rows = wrapped(line, cells - 1)
    return rows[0] if len(rows) == 1 else f"{rows[0]}…"


def _findings(draft: Draft, style: Style) -> Iterator[str]:
    """Notes about repairs repeat what stands above."""
    for finding in draft.findings:
        if finding.severity is not Severity.NOTE:
            yield _finding(finding, style)


def _finding(finding: Finding, style: Style) -> str:
    mark = style.bad if finding.severity is Severity.ERROR else style.odd
    place = f"line {finding.line}: " if finding.line else ""
    return f"{mark(f'{finding.severity.value} {finding.code}')} {safe(place + finding.message)}\n  {safe(finding.fix)}"
