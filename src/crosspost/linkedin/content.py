"""`content` of a post as JSON, and the requests that announce files. Pure.

Sources: Posts API (`content`), Images API, Documents API, Videos API, MultiImage API, Polls API; recorded exchanges in the tests.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote

from crosspost.model import Document, Gallery, Picture, Poll, Video

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.model import Article, Attachment, Draft

    Urns = Mapping[Attachment, str]


def content(draft: Draft, urns: Urns) -> dict[str, object] | None:
    """Return what a post carries, None for nothing: a null is refused with 403 "Unpermitted fields" (observed).

    Args:
        draft: What is to be sent.
        urns: LinkedIn's names for each of its files.
    """
    if draft.article:
        return {"article": _article(draft.article, urns)}
    match draft.media:
        case None:
            return None
        case Gallery((picture,)):
            return {"media": _picture(picture, urns)}  # `multiImage` with one entry is refused
        case Gallery(pictures):
            return {"multiImage": {"images": [_picture(picture, urns) for picture in pictures]}}
        case Document() | Video():
            return {"media": _given(id=urns[draft.media], title=draft.media.title)}
        case Poll():
            return {"poll": _poll(draft.media)}
        case _:
            assert_never(draft.media)


def _article(article: Article, urns: Urns) -> dict[str, str]:
    fields = _given(source=article.source, title=article.title, description=article.description)
    picture = article.thumbnail
    # `thumbnailAltText` is known from a client library's model alone (observed)
    return {**fields, **_given(thumbnail=urns[picture], thumbnailAltText=picture.alt)} if picture else fields


def _picture(picture: Picture, urns: Urns) -> dict[str, str]:
    return _given(id=urns[picture], altText=picture.alt)


def _poll(poll: Poll) -> dict[str, object]:
    return {
        "question": poll.question,
        "options": [{"text": option} for option in poll.options],
        "settings": {"duration": poll.duration},
    }


def _given(**fields: str | None) -> dict[str, str]:
    """Return the fields that have a value."""
    return {name: value for name, value in fields.items() if value}


def announce_path(kind: str) -> str:
    """Return where a file of a kind (image, document, video) is announced."""
    return f"/rest/{kind}s?action=initializeUpload"


def announce_body(author: str, *, video_size: int | None = None) -> bytes:
    """Return the request that announces a file. The owner has to be the author of the post (Images API).

    >>> announce_body("urn:li:person:x")
    b'{"initializeUploadRequest":{"owner":"urn:li:person:x"}}'
    """
    wanted: dict[str, object] = {"owner": author}
    if video_size is not None:
        wanted |= {"fileSizeBytes": video_size, "uploadCaptions": False, "uploadThumbnail": False}
    return _json({"initializeUploadRequest": wanted})


def finalize_body(video: str, token: str, parts: list[str]) -> bytes:
    """Return the request that puts the parts of a video together: their ETags, in order."""
    return _json({"finalizeUploadRequest": {"video": video, "uploadToken": token, "uploadedPartIds": parts}})


def asset_path(kind: str, urn: str) -> str:
    """Return where to ask how far a file is.

    >>> asset_path("image", "urn:li:image:C5")
    '/rest/images/urn%3Ali%3Aimage%3AC5'
    """
    return f"/rest/{kind}s/{quote(urn, safe='')}"


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
