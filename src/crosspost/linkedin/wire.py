"""Requests as LinkedIn wants them, byte for byte, and the ids it answers with. Pure.

Sources: Posts API, Post schema (LinkedIn's pages, by title); recorded exchanges where said.
"""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from crosspost import __version__
from crosspost.addresses import urn_in
from crosspost.errors import CrosspostError, Problem
from crosspost.linkedin.content import content

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.model import Attachment, Draft

USER_AGENT = f"crosspost/{__version__}"


def create_body(draft: Draft, author: str, urns: Mapping[Attachment, str] = MappingProxyType({})) -> bytes:
    """Return the JSON body that creates a post: UTF-8, not ASCII-escaped, always the same bytes for the same draft.

    The same bytes matter: one identical repeat is how an unclear attempt can be settled (Posts API has no idempotency key).

    Args:
        draft: What is to be sent.
        author: URN.
        urns: LinkedIn's names for the files of the draft.

    Raises:
        CrosspostError: The text holds half a surrogate pair, which UTF-8 cannot carry.
    """
    body: dict[str, object] = {
        "author": author,
        "commentary": draft.wire,
        "visibility": draft.visibility,
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    if carried := content(draft, urns):
        body["content"] = carried
    return _json(body)


def author_alone(author: str) -> bytes:
    """Return the JSON body of a create that lacks all else that is required, so that nothing can come of it (Posts API)."""
    return _json({"author": author})


def edit_body(draft: Draft) -> bytes:
    """Return the JSON body that gives a post another text: all that may be edited (Posts API, "Update Post").

    Raises:
        CrosspostError: The text holds half a surrogate pair, which UTF-8 cannot carry.
    """
    return _json({"patch": {"$set": {"commentary": draft.wire}}})


def post_path(urn: str) -> str:
    """Return the path of a post; a raw colon in it is answered 400 "Syntax exception in path variables" (observed).

    >>> post_path("urn:li:share:7348349577130860544")
    '/rest/posts/urn%3Ali%3Ashare%3A7348349577130860544'
    """
    return f"/rest/posts/{quote(urn, safe='')}"


def _json(body: object) -> bytes:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise CrosspostError(_half_character(text[error.start])) from None


def _half_character(surrogate: str) -> Problem:
    return Problem(
        what=f"the text holds half a character (U+{ord(surrogate):04X}), which cannot be sent",
        linkedin_has="nothing was sent",
        fix="look for a \\u escape in the front matter and write the character itself",
    )


def headers(token: str, api_version: str | None = None) -> dict[str, str]:
    """Return the headers of a call; without `api_version` those of an unversioned `/v2` call.

    `/v2` gets no LinkedIn-Version: one client met 426 there with one (observed). Without the Rest.li header the
    protocol would be 1.0.0 (Protocol versions).
    """
    always = {
        "Authorization": f"Bearer {token}",
        "X-Restli-Protocol-Version": "2.0.0",
        "User-Agent": USER_AGENT,
    }
    if api_version is None:
        return always
    return {**always, "LinkedIn-Version": api_version, "Content-Type": "application/json"}


def urn_from(headers: Mapping[str, str]) -> str | None:
    """Return the URN of the post just created, from headers in any case; None where no header names one.

    >>> urn_from({"X-Restli-Id": "urn:li:share:7348349577130860544"})
    'urn:li:share:7348349577130860544'
    >>> urn_from({"location": "/posts/urn%3Ali%3AugcPost%3A12"})
    'urn:li:ugcPost:12'
    """
    lower = {name.lower(): value for name, value in headers.items()}
    found = (urn_in(lower.get(name, "")) for name in ("x-restli-id", "x-linkedin-id", "location"))
    return next((urn for urn in found if urn), None)
