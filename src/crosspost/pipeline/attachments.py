"""What became of the files that a draft needs: looked at, or left out, or in the way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.addresses import payer
from crosspost.errors import FileUnusable
from crosspost.findings import Finding
from crosspost.model import Document, Gallery, Picture, Video

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.model import Attachment, Draft
    from crosspost.pipeline.run import Run
    from crosspost.ports import PostSource


def looked_at(source: PostSource, draft: Draft) -> Draft:
    """Return the draft with what LinkedIn would get of each file, and what is wrong with them among the findings.

    A card goes without a picture that the author did not ask for on LinkedIn; everything else waits for its files.
    """
    seen: dict[Attachment, Attachment] = {}
    findings = list(draft.findings)
    for attachment in dict.fromkeys(draft.attachments):
        try:
            file = source.look(draft.post, attachment)
        except FileUnusable as error:
            findings.append(error.finding if attachment.asked else _left_out(error.finding))
            continue
        seen[attachment] = replace(attachment, file=file)
        findings += _notes(draft.post, seen[attachment])
    return _noted(_with(draft, seen), findings)


def requests_for(run: Run, draft: Draft, author: str) -> int:
    """Return how many requests to LinkedIn a post takes: itself, its comment, and two a new file: announcement and a look.

    Whether the bytes themselves count is not known (API rate limiting); two for a file is what other clients saw.
    """
    who = payer(author, run.api_url)
    known = [one.file and run.ledger.upload(who, one.file.digest) for one in draft.attachments]
    return 1 + bool(draft.first_comment) + 2 * known.count(None)


def _with(draft: Draft, seen: dict[Attachment, Attachment]) -> Draft:
    """Put what was seen into the draft; what was not usable stays as it is, but for the picture of a card."""
    if draft.article and (thumbnail := draft.article.thumbnail):
        found = seen.get(thumbnail)
        kept = found if isinstance(found, Picture) else (thumbnail if thumbnail.asked else None)
        return replace(draft, article=replace(draft.article, thumbnail=kept))
    match draft.media:
        case Gallery(pictures):
            found_all = (seen.get(picture, picture) for picture in pictures)
            return replace(draft, media=Gallery(tuple(one for one in found_all if isinstance(one, Picture))))
        case Document() | Video():
            found = seen.get(draft.media, draft.media)
            return replace(draft, media=found) if isinstance(found, Document | Video) else draft
        case _:
            return draft


def _noted(draft: Draft, findings: list[Finding]) -> Draft:
    if draft.article and not draft.article.thumbnail and not any(finding.code == "XP406" for finding in findings):
        findings.append(
            Finding(
                post=draft.post,
                code="XP401",
                message="the link card has no picture",
                fix="name one under 'image' in the front matter, or under 'linkedin: image'",
            )
        )
    return replace(draft, findings=tuple(findings)) if len(findings) > len(draft.findings) else draft


def _left_out(finding: Finding) -> Finding:
    message = f"the link card has no picture: {finding.message}"
    return replace(
        finding, code="XP406", message=message, fix=f"{finding.fix}, or name another one under 'linkedin: image'"
    )


def _notes(post: str, attachment: Attachment) -> Iterator[Finding]:
    if isinstance(attachment, Picture) and not attachment.alt:
        yield Finding(
            post=post,
            code="XP402",
            message=f"the picture {attachment.source} has no alternative text",
            fix="say what it shows under 'linkedin: alt', or beside the picture as 'alt'",
            line=attachment.line,
        )
    if attachment.file is None:
        yield Finding(
            post=post,
            code="XP408",
            message=f"{attachment.source} is not in the site's folder: it is fetched from the site when it is sent",
            fix="put it into the folder to see here what LinkedIn would get",
            line=attachment.line,
        )
    elif attachment.file.change:
        yield Finding(
            post=post,
            code="XP407",
            message=f"{attachment.source} is sent {attachment.file.change}",
            fix="nothing, or change the file",
            line=attachment.line,
        )
