"""The posts of an author as the finder returns them (Posts API, "Find Posts by authors"). Pure; never raises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crosspost.addresses import urn_in
from crosspost.linkedin.body import fields
from crosspost.model import Listed

if TYPE_CHECKING:
    from collections.abc import Iterator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_END = 1 << 42  # milliseconds; the year 2109


def listed(body: bytes) -> tuple[Listed, ...] | None:
    """Return the posts in an answer; None where it is none. Elements without id, text or time are left out.

    >>> listed(b'{"elements":[{"id":"urn:li:share:1","commentary":"Hi","createdAt":1767225600000},{"id":"x"}]}')[0].at.year
    2026
    >>> listed(b"<html>") is None
    True
    """
    elements = fields(body).get("elements")
    return tuple(_posts(elements)) if isinstance(elements, list) else None


def _posts(elements: list[object]) -> Iterator[Listed]:
    for element in elements:
        if isinstance(element, dict) and (post := _post(element)):
            yield post


def _post(element: dict[str, object]) -> Listed | None:
    urn, text, created = (element.get(name) for name in ("id", "commentary", "createdAt"))
    if not isinstance(urn, str) or urn_in(urn) != urn or not isinstance(text, str):
        return None
    if not isinstance(created, int) or not 0 <= created < _END:
        return None
    return Listed(urn=urn, at=_EPOCH + timedelta(milliseconds=created), commentary=text)
