"""How long a token still lives, and when to say so. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.errors import Problem
from crosspost.report.terminal import counted

if TYPE_CHECKING:
    from datetime import datetime

    from crosspost.credentials import Token

WARN_AT = (1, 3, 7, 14)  # days
LOGIN = "run 'crosspost auth login'"


def days_left(expires_at: datetime | None, now: datetime) -> int | None:
    """Return the whole days that a token still lives, 0 on the last one and after; None where nobody knows."""
    return max((expires_at - now).days, 0) if expires_at else None


def time_left(token: Token | None, now: datetime) -> str:
    """Return in words how long a token still lives; "" where nobody knows."""
    left = days_left(token.expires_at, now) if token else None
    if token is None or token.expires_at is None or left is None:
        return ""
    if token.expires_at > now:
        return f"token: {counted(left, 'day')} left"
    return "token: renewed when it is used" if token.refresh else f"token: {_expired(token.expires_at)}; {LOGIN}"


def expiry_warning(expires_at: datetime | None, now: datetime) -> Problem | None:
    """Return what to say of a token that ends within 14 days, more urgently at 7, 3 and 1."""
    left = days_left(expires_at, now)
    if expires_at is None or left is None:
        return None
    if expires_at <= now:
        return Problem(what=f"the access token {_expired(expires_at)}", fix=LOGIN)
    reached = next((days for days in WARN_AT if left <= days), None)
    if reached is None:
        return None
    when = {1: "very soon", 3: "in a few days", 7: "within a week", 14: "within two weeks"}[reached]
    what = f"the access token expires {when}: on {expires_at:%Y-%m-%d %H:%M} UTC, {counted(left, 'day')} left"
    # LinkedIn skips the question to a member who is logged in while the old token is valid (Authorization Code Flow).
    return Problem(what=what, fix=f"{LOGIN}; before that day it takes no more than a click")


def _expired(moment: datetime) -> str:
    return f"expired on {moment:%Y-%m-%d %H:%M} UTC"
