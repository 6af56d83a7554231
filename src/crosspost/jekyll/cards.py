"""What stands on a card of the index: a post without all that deciding does not need. Pure: posts to bytes and back."""

from __future__ import annotations

import json
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crosspost.errors import PostUnreadable
from crosspost.findings import Finding
from crosspost.jekyll import post_name
from crosspost.model import Directives, Post

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTHING: Mapping[str, object] = MappingProxyType({})
_SILENT = Directives()
_decode = json.JSONDecoder().decode
_encode = json.JSONEncoder(separators=(",", ":")).encode  # `json.dumps` would make one each time


def of_post(post: Post | None) -> bytes:
    """Return the card of a post; None stands for a file that is none."""
    if post is None:
        return b"null"
    said = post.directives
    wishes = [said.publish, said.at and _written(said.at)] if said.publish is not None or said.at else 0
    return _encoded([_written(post.date), post.linkedin_url or 0, post.categories, wishes])


def of_error(error: PostUnreadable) -> bytes:
    """Return the card of a file that cannot be read as a post."""
    said = [[one.code, one.message, one.fix, one.line, one.column] for one in error.findings]
    return _encoded({"findings": said})


def post_on(card: bytes, key: str) -> Post | None:
    """Return what a card says of the post `key`.

    Raises:
        PostUnreadable: The card is that of a file that cannot be read.
        ValueError, TypeError, LookupError: It is no card.
    """
    said = _decode(card.decode())
    if said is None:
        return None
    if isinstance(said, dict):
        raise PostUnreadable(*(_finding(key, one) for one in said["findings"]))
    date, url, categories, wishes = said
    return Post(
        key=key,
        title=None,
        date=_moment(date),
        body="",
        body_line=1,
        front_matter=_NOTHING,
        markup=post_name.markup(key),
        canonical_url=None,
        categories=tuple(categories),
        tags=(),
        linkedin_url=url or None,
        directives=_directives(wishes) if wishes else _SILENT,
    )


def _encoded(said: object) -> bytes:
    return _encode(said).encode()


def _written(moment: datetime) -> list[str]:
    """Write a moment with its zone: days added to it are those of its clocks, not of its offset."""
    key = getattr(moment.tzinfo, "key", None)
    return [moment.isoformat(), key] if key else [moment.isoformat()]


def _moment(written: list[str]) -> datetime:
    moment = datetime.fromisoformat(written[0])
    return moment.astimezone(ZoneInfo(written[1])) if len(written) > 1 else moment


def _directives(wishes: list[Any]) -> Directives:
    publish, at = wishes
    return Directives(publish=publish, at=_moment(at) if at else None)


def _finding(key: str, said: list[Any]) -> Finding:
    code, message, fix, line, column = said
    return Finding(post=key, code=code, message=message, fix=fix, line=line, column=column)
