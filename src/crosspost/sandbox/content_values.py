"""The values that a content may have. Sources: "Posts API", "MultiImage API", "Poll API", and reports of users."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never
from urllib.parse import urlsplit

from crosspost.sandbox.content import ArticleCard, Gallery, Media, Poll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.sandbox.content import Content

Problem = tuple[str, str]

_MEDIA_URN = re.compile(r"urn:li:(\w+):(.+)", re.ASCII)
_MEDIA_ID = re.compile(r"[\w-]+", re.ASCII)
_TITLE_LIMIT = 400
_DESCRIPTION_LIMIT = 4000
_ALT_LIMIT = 4086
_IMAGES = range(2, 21)
_OPTIONS = range(2, 5)
_QUESTION_LIMIT = 140
_OPTION_LIMIT = 30
_DURATIONS = {"ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"}


def problems(content: Content) -> Iterator[Problem]:
    """Return what is wrong with the values: a documented code, and a description."""
    match content:
        case ArticleCard():
            yield from _article(content)
        case Media():
            yield from _media(content)
        case Gallery():
            yield from _gallery(content)
        case Poll():
            yield from _poll(content)
        case _:
            assert_never(content)


def _article(article: ArticleCard) -> Iterator[Problem]:
    if not _is_web_address(article.source):
        yield "INVALID_VALUE_FOR_FIELD", "source is not an absolute http or https address"
    yield from _text("title", article.title, _TITLE_LIMIT)
    if article.description is not None:
        yield from _text("description", article.description, _DESCRIPTION_LIMIT)
    if article.thumbnail is not None:
        yield from _urn(article.thumbnail, {"image"})
    yield from _text("thumbnailAltText", article.thumbnail_alt or "-", _ALT_LIMIT)


def _media(media: Media) -> Iterator[Problem]:
    yield from _urn(media.urn, {"image", "document", "video"})
    yield from _text("altText", media.alt or "-", _ALT_LIMIT)
    title = media.title
    if title is None and ":document:" in media.urn:
        yield "MISSING_FIELD", "title is required for a document"
    elif title is not None:
        yield from _text("title", title, _TITLE_LIMIT)


def _gallery(gallery: Gallery) -> Iterator[Problem]:
    if len(gallery.images) >= _IMAGES.stop:
        yield "FIELD_ARRAY_SIZE_TOO_HIGH", f"multiImage has more than {_IMAGES.stop - 1} images"
    elif len(gallery.images) < _IMAGES.start:
        yield "INVALID_VALUE_FOR_FIELD", f"multiImage has fewer than {_IMAGES.start} images"
    for image in gallery.images:
        yield from _urn(image.urn, {"image"})
        yield from _text("altText", image.alt or "-", _ALT_LIMIT)


def _poll(poll: Poll) -> Iterator[Problem]:
    yield from _text("question", poll.question, _QUESTION_LIMIT)
    if len(poll.options) not in _OPTIONS:
        yield "INVALID_VALUE_FOR_FIELD", "a poll has 2 to 4 options"
    for option in poll.options:
        yield from _text("option", option, _OPTION_LIMIT)
    if poll.duration not in _DURATIONS:
        yield "INVALID_VALUE_FOR_FIELD", f"{poll.duration} is not a valid value for duration"


def _text(name: str, text: str, limit: int) -> Iterator[Problem]:
    if not text.strip():
        yield "INVALID_VALUE_BLANK_FIELD", f"{name} is blank"
    if len(text) > limit:
        yield "FIELD_LENGTH_TOO_LONG", f"{name} has more than {limit} characters"


def _urn(urn: str, kinds: set[str]) -> Iterator[Problem]:
    match = _MEDIA_URN.fullmatch(urn)
    if match is None or match[1] not in kinds:
        yield "INVALID_URN_TYPE", f"{urn} is no URN of {' or '.join(sorted(kinds))}"
    elif not _MEDIA_ID.fullmatch(match[2]):
        yield "INVALID_URN_ID", f"{urn} has no valid id"


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(map(str.isspace, address))
    except ValueError:
        return False
