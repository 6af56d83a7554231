"""The checks of a request's head, each of which refuses or says what it found; `guard` puts them in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from crosspost.sandbox import answers
from crosspost.sandbox.messages import Refused
from crosspost.sandbox.versions import is_active

if TYPE_CHECKING:
    from datetime import date

    from crosspost.sandbox.messages import Request
    from crosspost.sandbox.oauth.grants import Grants
    from crosspost.sandbox.tokens import Token

_POST_URN = re.compile(r"urn:li:(?:share|ugcPost):\d+", re.ASCII)
_COMMENTED_URN = re.compile(r"urn:li:(?:share|ugcPost|activity):\d+", re.ASCII)
_AUTHOR_URN = re.compile(r"urn:li:(?:person:[\w-]+|organization:\d+)", re.ASCII)


def live_version(request: Request, today: date) -> str:
    """Return the API version asked for (YYYYMM)."""
    version = request.headers.get("linkedin-version", "").strip()
    if not version:
        raise Refused(answers.version_missing())
    if not is_active(version, today):
        raise Refused(answers.dead_version(version))
    return version


def no_version(request: Request) -> None:
    """Refuse a version header on `/v2`, where a client met 426 for it (observed once)."""
    if version := request.headers.get("linkedin-version", "").strip():
        raise Refused(answers.dead_version(version))


def bearer(request: Request, grants: Grants) -> Token:
    """Return the good token that came with the request."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not value.strip():
        raise Refused(answers.empty_token())
    grant = grants.find(value.strip())
    if grant is None:
        raise Refused(answers.invalid_token())
    token = grant.token
    if token.state == "revoked":
        raise Refused(answers.revoked_token())
    if token.state == "expired":
        raise Refused(answers.expired_token())
    return token


def protocol(request: Request) -> None:
    """Refuse any Rest.li protocol but 2.0.0.

    LinkedIn reads a request without the header as 1.0.0, in which URNs are written otherwise. That a client gets away
    with it on one endpoint is luck, so the sandbox is stricter.
    """
    version = request.headers.get("x-restli-protocol-version", "1.0.0").strip()
    if version != "2.0.0":
        raise Refused(answers.protocol_version(version))


def restli_method(request: Request, method: str, *, needed: bool = False) -> None:
    """Refuse another `X-RestLi-Method` than this one; only an update needs it, elsewhere it may be left out."""
    sent = request.headers.get("x-restli-method", "").strip().upper()
    if sent != method and (sent or needed):
        raise Refused(answers.wrong_method(method))


def post_urn(segment: str) -> str:
    """Return the post's URN in a path segment."""
    return _urn(segment, _POST_URN)


def commented_urn(segment: str) -> str:
    """Return the URN that a comment is for: of a post, or of its activity."""
    return _urn(segment, _COMMENTED_URN)


def media_urn(segment: str, kind: str) -> str:
    """Return the URN of an image, document or video in a path segment."""
    return _urn(segment, re.compile(rf"urn:li:{kind}:[\w-]+", re.ASCII))


def author_urn(value: str) -> str:
    """Return the author's URN in a query as sent."""
    return _urn(value, _AUTHOR_URN)


def _urn(sent: str, form: re.Pattern[str]) -> str:
    """Return a URN, which must be percent-encoded in full."""
    urn = unquote(sent)
    if not form.fullmatch(urn) or quote(urn, safe="").lower() != sent.lower():
        raise Refused(answers.path_syntax())
    return urn
