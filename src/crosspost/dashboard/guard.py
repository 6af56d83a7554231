"""Who may ask. The page can publish as its owner, so a request must come from the address that was printed, by its key.

- The key stands once in the address, then in a cookie that scripts cannot read and other sites cannot send.
- The Host header must name this server: a page elsewhere whose name was rebound to 127.0.0.1 sends its own name.
- What changes something carries a token that only our pages hold, and must not come from another origin.

Sources: OWASP cheat sheets "Cross-Site Request Forgery Prevention" and "HTTP Headers"; Fetch Metadata Request Headers (W3C).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

COOKIE = "crosspost"

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        # Not no-referrer: with it a browser sends our own forms with "Origin: null" (Fetch standard, "append a request Origin
        # header"). The key has left the address by then.
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
)


@dataclass(frozen=True, slots=True)
class Guard:
    """Tells which requests are the owner's.

    Attributes:
        port: Of this server.
        key: The secret in the printed address.
    """

    port: int
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @property
    def address(self) -> str:
        """What is printed, once."""
        return f"http://127.0.0.1:{self.port}/?key={self.key}"

    @property
    def session(self) -> str:
        """What the cookie holds: no key, so that a cookie that leaks opens nothing elsewhere."""
        return self._derived("session")

    @property
    def token(self) -> str:
        """What the forms hold."""
        return self._derived("form")

    def is_ours(self, host: str) -> bool:
        """Tell whether a Host header names this server.

        >>> Guard(8080).is_ours("127.0.0.1:8080"), Guard(8080).is_ours("evil.example:8080"), Guard(8080).is_ours("")
        (True, False, False)
        """
        return host.lower() in {f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    def opens(self, key: str) -> bool:
        """Tell whether this is the key."""
        return hmac.compare_digest(key.encode(), self.key.encode())

    def knows(self, cookie: str) -> bool:
        """Tell whether a cookie is ours."""
        return hmac.compare_digest(cookie.encode(), self.session.encode())

    def may_change(self, headers: Mapping[str, str], token: str) -> bool:
        """Tell whether a request that changes something came from one of our forms.

        Args:
            headers: Names in lower case.
            token: From the form.
        """
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        from_here = origin is None or (origin.startswith("http://") and self.is_ours(origin.removeprefix("http://")))
        return from_here and site in {None, "same-origin"} and hmac.compare_digest(token.encode(), self.token.encode())

    def _derived(self, purpose: str) -> str:
        return hmac.new(self.key.encode(), purpose.encode(), hashlib.sha256).hexdigest()
