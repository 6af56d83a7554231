"""All access and refresh tokens: those that a sandbox starts with, and those that it issues."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crosspost.sandbox.tokens import LIFETIME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from crosspost.sandbox.oauth.app import App
    from crosspost.sandbox.tokens import Token

# As a real answer had it: a minute less a second over 365 days.
REFRESH_LIFETIME = timedelta(seconds=31_536_059)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """An access token and its dates.

    Attributes:
        token: With the state that it has now.
        authorized_at: When the member agreed; a refreshed token is created later.
    """

    token: Token
    created_at: datetime
    authorized_at: datetime

    @property
    def expires_at(self) -> datetime:
        """When it ends: 60 days, less the second that LinkedIn counts away."""
        return self.created_at + LIFETIME


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """A refresh token; it is never extended."""

    token: Token
    authorized_at: datetime

    @property
    def expires_at(self) -> datetime:
        """When it ends, counted from the consent."""
        return self.authorized_at + REFRESH_LIFETIME


class Grants:
    """Tokens by value, safe to use from several threads."""

    def __init__(self, *, preset: Mapping[str, Token], app: App, now: Callable[[], datetime]) -> None:
        """Start with the tokens of `preset`, issued now; a later change of that mapping counts."""
        self._preset = preset
        self._app = app
        self._now = now
        self._started_at = now()
        self._lock = threading.Lock()
        self._issued: dict[str, Grant] = {}
        self._refreshes: dict[str, Refresh] = {}
        self._revoked: set[str] = set()

    def find(self, value: str) -> Grant | None:
        """Return what a token stands for, its state brought up to date; None for one that was never issued."""
        with self._lock:
            return self._find(value)

    def issue(self, token: Token) -> tuple[str, str | None]:
        """Return a new access token, and a refresh token where the app gets them.

        Asking for another set of scopes ends the tokens that the member gave this app before; the same set coexists
        (documented).
        """
        with self._lock:
            now = self._now()
            self._revoke_others(token)
            refresh = None
            if self._app.refresh:
                refresh = "AQR" + secrets.token_urlsafe(96)
                self._refreshes[refresh] = Refresh(token=token, authorized_at=now)
            return self._new(token, authorized_at=now), refresh

    def renew(self, refresh: str) -> tuple[str, Refresh] | None:
        """Return a new access token for a refresh token, and what that one stands for; None where it is no good."""
        with self._lock:
            known = self._refreshes.get(refresh)
            if known is None or refresh in self._revoked or self._now() >= known.expires_at:
                return None
            return self._new(known.token, authorized_at=known.authorized_at), known

    def revoke(self, value: str) -> None:
        """End a token; one that is not known is none the worse (RFC 7009, 2.2)."""
        with self._lock:
            self._revoked.add(value)

    def live(self, member: str, scopes: frozenset[str]) -> bool:
        """Tell whether the member has a good token with exactly these scopes."""
        with self._lock:
            return any(
                grant.token.state == "good" and self._scopes(grant.token) == scopes for _, grant in self._of(member)
            )

    def _new(self, token: Token, *, authorized_at: datetime) -> str:
        # Real ones have several hundred characters; a client should allow 1,000 (documented).
        value = "AQX" + secrets.token_urlsafe(256)
        self._issued[value] = Grant(token=token, created_at=self._now(), authorized_at=authorized_at)
        return value

    def _find(self, value: str) -> Grant | None:
        grant = self._issued.get(value)
        if grant is None and value in self._preset:
            grant = Grant(token=self._preset[value], created_at=self._started_at, authorized_at=self._started_at)
        if grant is None or grant.token.state != "good":
            return grant
        if value in self._revoked:
            return replace(grant, token=replace(grant.token, state="revoked"))
        if self._now() >= grant.expires_at:
            return replace(grant, token=replace(grant.token, state="expired"))
        return grant

    def _of(self, member: str) -> list[tuple[str, Grant]]:
        found = [(value, self._find(value)) for value in (*self._preset, *self._issued)]
        return [(value, grant) for value, grant in found if grant and grant.token.member.urn == member]

    def _revoke_others(self, token: Token) -> None:
        wanted = self._scopes(token)
        for value, grant in self._of(token.member.urn):
            if self._scopes(grant.token) != wanted:
                self._revoked.add(value)
        for value, refresh in self._refreshes.items():
            if refresh.token.member.urn == token.member.urn and self._scopes(refresh.token) != wanted:
                self._revoked.add(value)

    def _scopes(self, token: Token) -> frozenset[str]:
        return frozenset(token.granted(self._app.profile))
