"""The checks before the body, each of which refuses or says what it found.

The real order of these checks is unknown; `api` uses one that a client may not depend on: version, bearer, state of
the token, Rest.li protocol, permission, author.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from crosspost.sandbox import answers
from crosspost.sandbox.messages import Refused
from crosspost.sandbox.versions import is_active

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from crosspost.sandbox.messages import Request
    from crosspost.sandbox.tokens import Token

_POST_URN = re.compile(r"urn:li:(?:share|ugcPost):\d+", re.ASCII)


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


def bearer(request: Request, tokens: Mapping[str, Token]) -> Token:
    """Return the good token that came with the request."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not value.strip():
        raise Refused(answers.empty_token())
    token = tokens.get(value.strip())
    if token is None:
        raise Refused(answers.invalid_token())
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


def permission(*, granted: bool, method: str, version: str) -> None:
    """Refuse what the app may not do with posts; the suffix is the version and `01` (read off several reports)."""
    if not granted:
        raise Refused(answers.not_permitted(f"partnerApiPostsExternal.{method}.{version}01"))


def post_urn(key: str) -> str:
    """Return the URN in a path segment, which must be percent-encoded in full."""
    urn = unquote(key)
    if not _POST_URN.fullmatch(urn) or quote(urn, safe="").lower() != key.lower():
        raise Refused(answers.path_syntax())
    return urn


def author(fields: Mapping[str, object], allowed: tuple[str, ...]) -> None:
    """Refuse an author that the token may not publish as; a missing one is for the body's own check."""
    if "author" in fields and fields["author"] not in allowed:
        raise Refused(answers.wrong_author())
