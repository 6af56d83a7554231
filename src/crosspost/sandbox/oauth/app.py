"""The registered app: what LinkedIn's developer portal would know of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crosspost.sandbox.tokens import SCOPES

if TYPE_CHECKING:
    from crosspost.sandbox.tokens import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """One app.

    Attributes:
        redirect_uris: Absolute, as registered.
        profile: Which products it has, and so which scopes it may ask for.
        pkce: Whether LinkedIn enabled the native flow for it.
        refresh: Whether it gets refresh tokens (approved partners only).
    """

    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    profile: Profile = "self-serve"
    pkce: bool = False
    refresh: bool = False

    @property
    def scopes(self) -> frozenset[str]:
        """Scopes that it may ask for."""
        return frozenset({*SCOPES[self.profile], "email"})

    def is_registered(self, redirect_uri: str) -> bool:
        """Tell whether codes may be sent there: an exact match, the query string ignored, never a fragment.

        >>> app = App(client_id="a", client_secret="b", redirect_uris=("http://localhost:1/x",))
        >>> [app.is_registered("http://localhost:1/x" + tail) for tail in ("", "?a=b", "/", "#f")]
        [True, True, False, False]
        """
        return "#" not in redirect_uri and redirect_uri.partition("?")[0] in self.redirect_uris


def is_loopback_ip(redirect_uri: str) -> bool:
    """Tell whether an address is one that the native flow takes: http, and the loopback as an IP address."""
    try:
        parts = urlsplit(redirect_uri)
    except ValueError:
        return False
    return parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1"}
