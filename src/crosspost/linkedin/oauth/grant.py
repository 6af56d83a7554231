"""What the token endpoint and introspection answer, whatever they hold. Pure.

Sources: LinkedIn's pages Authorization Code Flow, Refresh Tokens with OAuth 2.0, Token Introspection; recorded answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crosspost.linkedin.oauth.scopes import split

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # RFC 6750, section 2.1
_LONGEST_LIFE = 10 * 365 * 86_400  # seconds; what is longer is no duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Tokens as LinkedIn gave them.

    Attributes:
        access_token: Shown by no repr, as the refresh token.
        expires_at: UTC; None where LinkedIn did not say.
        scopes: What was granted.
        refresh_token: Approved partners alone get one.
        refresh_expires_at: UTC; refreshing never extends it.
    """

    access_token: str = field(repr=False)
    expires_at: datetime | None
    scopes: tuple[str, ...]
    refresh_token: str | None = field(default=None, repr=False)
    refresh_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Introspection:
    """What LinkedIn says of a token.

    Attributes:
        active: Whether it works. False also for a token of another app.
        status: "active", "expired" or "revoked"; empty where LinkedIn did not say.
        expires_at: UTC; None where LinkedIn did not say.
        scopes: What it may do.
    """

    active: bool
    status: str
    expires_at: datetime | None
    scopes: tuple[str, ...]


def grant_from(fields: Mapping[str, object], now: datetime) -> Grant | None:
    """Return the tokens of an answer; None where it holds none.

    Lifetimes are what LinkedIn says, never a number from its pages: the sample of one page is in minutes.
    """
    access, refresh = fields.get("access_token"), fields.get("refresh_token")
    if not isinstance(access, str) or not _TOKEN.fullmatch(access):
        return None
    has_refresh = isinstance(refresh, str) and _TOKEN.fullmatch(refresh)
    return Grant(
        access_token=access,
        expires_at=_after(now, fields.get("expires_in")),
        scopes=_scopes(fields),
        refresh_token=str(refresh) if has_refresh else None,
        refresh_expires_at=_after(now, fields.get("refresh_token_expires_in")) if has_refresh else None,
    )


def introspection_from(fields: Mapping[str, object]) -> Introspection | None:
    """Return what an answer says of a token; None where it says nothing."""
    active, status = fields.get("active"), fields.get("status")
    if not isinstance(active, bool):
        return None
    return Introspection(
        active=active,
        status=status if isinstance(status, str) and status in {"active", "expired", "revoked"} else "",
        expires_at=_epoch(fields.get("expires_at")),
        scopes=_scopes(fields),
    )


def _scopes(fields: Mapping[str, object]) -> tuple[str, ...]:
    scope = fields.get("scope")
    return split(scope) if isinstance(scope, str) else ()


def _after(now: datetime, seconds: object) -> datetime | None:
    number = _number(seconds)
    return now + timedelta(seconds=number) if number is not None and number <= _LONGEST_LIFE else None


def _epoch(seconds: object) -> datetime | None:
    number = _number(seconds)
    try:
        return datetime.fromtimestamp(number, UTC) if number else None
    except (OverflowError, ValueError, OSError):
        return None


def _number(value: object) -> int | None:
    """Return a whole number that came as one or as digits."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,12}", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12 else None
