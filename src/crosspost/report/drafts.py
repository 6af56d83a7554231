"""Drafts of `preview` and findings of `check`: JSON fields and lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never
from urllib.parse import urlsplit

from crosspost.findings import Severity
from crosspost.model import Document, Gallery, Picture, Poll, Video
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crosspost.findings import Finding
    from crosspost.model import Article, Attachment, Draft, Media, Repair

FOLD_MARK = "┄┄…more┄┄"


def draft_fields(draft: Draft) -> dict[str, object]:
    """Return the fields of the contract for one draft."""
    return {
        "post": draft.post,
        "title": draft.title,
        "text": draft.text,
        "wire": draft.wire,
        "length": draft.length,
        "limit": draft.limit,
        "fold": draft.fold,
        "shortened": draft.shortened,
        "article": _article_fields(draft.article) if draft.article else None,
        "media": _media_fields(draft.media),
        "hashtags": list(draft.hashtags),
        "link": draft.link,
        "repairs": [_repair_fields(repair) for repair in draft.repairs],
        **_by_severity(draft.findings),
    }


def _article_fields(article: Article) -> dict[str, object]:
    return {
        "source": article.source,
        "title": article.title,
        "description": article.description,
        "thumbnail": _file_fields(article.thumbnail, alt=article.thumbnail.alt) if article.thumbnail else None,
    }


def _media_fields(media: Media | None) -> list[dict[str, object]]:
    match media:
        case None:
            return []
        case Gallery(pictures):
            return [{"kind": "image"} | _file_fields(picture, alt=picture.alt) for picture in pictures]
        case Document() | Video():
            kind = "document" if isinstance(media, Document) else "video"
            return [{"kind": kind} | _file_fields(media, title=media.title)]
        case Poll():
            options = list(media.options)
            return [{"kind": "poll", "question": media.question, "options": options, "duration": media.duration}]
        case _:
            assert_never(media)


def _file_fields(attachment: Attachment, **said: str | None) -> dict[str, object]:
    """Return what is sent of a file; null what nobody has looked at yet."""
    file = attachment.file
    return {
        "source": attachment.source,
        **said,
        "type": file and file.media_type,
        "bytes": file and file.size,
        "sha256": file and file.digest,
        "width": file and file.width,
        "height": file and file.height,
    }


def unreadable_fields(post: str, findings: Sequence[Finding]) -> dict[str, object]:
    """Return the same fields for a post that could not be read: nothing but its errors."""
    keys = ("title", "text", "wire", "length", "limit", "fold", "shortened", "article")
    empty: dict[str, object] = {"post": post} | dict.fromkeys(keys)
    return empty | {"media": [], "hashtags": [], "link": None, "repairs": []} | _by_severity(findings)


def _by_severity(findings: Iterable[Finding]) -> dict[str, object]:
    found = [(finding.severity, finding_fields(finding)) for finding in findings]
    errors = [fields for severity, fields in found if severity is Severity.ERROR]
    return {"warnings": [fields for severity, fields in found if severity is not Severity.ERROR], "errors": errors}


def _repair_fields(repair: Repair) -> dict[str, object]:
    return {
        "step": repair.step,
        "before": repair.before,
        "after": repair.after,
        "line": repair.line,
        "confidence": repair.confidence,
    }


def finding_fields(finding: Finding) -> dict[str, object]:
    """Return the fields of the contract for one finding of `check`."""
    return {
        "post": finding.post,
        "line": finding.line,
        "column": finding.column,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "fix": finding.fix,
    }


def finding_text(finding: Finding) -> str:
    """Return a finding for people."""
    return safe(f"{finding.place}: {finding.severity.value} {finding.code} {finding.message}\n  {finding.fix}")


def draft_text(draft: Draft) -> str:
    """Return a draft for people: the text as a reader sees it with the fold marked, then what belongs to it."""
    text = draft.text if draft.fold is None else _folded(draft.text, draft.fold)
    parts = [_rule(draft.post), text, _rule(counts(draft)), *_facts(draft)]
    return safe("\n".join(parts) + "\n")


def _folded(text: str, fold: int) -> str:
    """Return `text` with a mark where the feed folds it: on a line of its own between lines, else within the line."""
    shown, hidden = text[:fold], text[fold:]
    if shown.endswith("\n") or hidden.startswith("\n"):
        return f"{shown.rstrip()}\n{FOLD_MARK}\n{hidden.lstrip()}"
    return f"{shown}{FOLD_MARK}{hidden}"


def _rule(label: str) -> str:
    return f"── {label} ".ljust(72, "─")


def counts(draft: Draft) -> str:
    """Return what of the limit a draft takes, and whether it had to be shortened for it."""
    return f"{draft.length:,} of {draft.limit:,}" + (", shortened" if draft.shortened else "")


def _facts(draft: Draft) -> list[str]:
    facts = []
    if draft.article:
        facts.append(f"card: {draft.article.title} ({urlsplit(draft.article.source).hostname})")
    facts += [_told(attachment) for attachment in draft.attachments]
    if isinstance(draft.media, Poll):
        facts.append(f"poll: {draft.media.question} ({' / '.join(draft.media.options)}; {draft.media.duration})")
    if draft.first_comment:
        facts.append(f"first comment: {_short(draft.first_comment, 200)}")
    facts += [
        f"{repair.step}, line {repair.line}: {_short(repair.before)} → {_short(repair.after)}"
        for repair in draft.repairs
    ]
    facts += [finding_text(finding).replace("\n ", "\n   ") for finding in draft.findings if _is_told(finding)]
    return facts


def _told(attachment: Attachment) -> str:
    file, name = attachment.file, type(attachment).__name__.lower()
    size = f", {file.width} × {file.height}" if file and file.width else ""
    facts = f" ({file.media_type}{size}, {file.size / 1000:,.0f} kB)" if file else ""
    said = attachment.alt if isinstance(attachment, Picture) else attachment.title
    return f"{name}: {attachment.source}{facts}" + (f": {said}" if said else "")


def _is_told(finding: Finding) -> bool:
    """Notes about repairs repeat what the list of repairs says."""
    return finding.severity is not Severity.NOTE


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
