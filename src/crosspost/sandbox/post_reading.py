"""Posts as a read returns them ("Post schema")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.sandbox import answers
from crosspost.sandbox.messages import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from crosspost.sandbox.posts import StoredPost

_PAGE = 10
_LARGEST_PAGE = 100


def as_read(post: StoredPost) -> dict[str, object]:
    """Return a post as JSON. Reported: the commentary is returned whole while the page shows the cut one."""
    fields: dict[str, object] = {
        "id": post.urn,
        "author": post.author,
        "commentary": post.commentary.as_read,
        "visibility": post.visibility,
        "lifecycleState": "PUBLISHED",
        "lifecycleStateInfo": {"isEditedByAuthor": post.edited_at is not None},
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "isReshareDisabledByAuthor": post.reshare_disabled,
        "createdAt": _milliseconds(post.created_at),
        "publishedAt": _milliseconds(post.created_at),
        "lastModifiedAt": _milliseconds(post.edited_at or post.created_at),
    }
    if post.sent_content:
        fields["content"] = post.sent_content
    if post.parent:
        fields["reshareContext"] = {"parent": post.parent, "root": post.parent}
    return fields


def paged(posts: Sequence[StoredPost], query: Mapping[str, str]) -> dict[str, object]:
    """Return one page of a finder's result."""
    start = _number(query, "start", 0)
    count = min(_number(query, "count", _PAGE), _LARGEST_PAGE)
    elements = [as_read(post) for post in posts[start : start + count]]
    return {"paging": {"start": start, "count": count, "links": [], "total": len(posts)}, "elements": elements}


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    text = query.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(answers.invalid_value("INVALID_VALUE_FOR_FIELD", f"{name} is no number"))
    return int(text)


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
