"""Authorization requests that wait for the member, and the codes that come of them."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

LIFETIME = timedelta(minutes=30)  # documented, as is the single use
_MOST_WAITING = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization:
    """What an app asks the member for, checked.

    Attributes:
        challenge: The S256 code challenge of the native flow, None in the ordinary one.
        nonce: For the id token.
    """

    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    challenge: str | None = None
    nonce: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for."""

    authorization: Authorization
    issued_at: datetime


class Codes:
    """Requests and codes, safe to use from several threads. Each can be taken once."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Start empty."""
        self._now = now
        self._lock = threading.Lock()
        self._waiting: dict[str, Authorization] = {}
        self._codes: dict[str, Code] = {}

    def ask(self, authorization: Authorization) -> str:
        """Keep a request for the consent page; returns the handle that the page sends back."""
        handle = secrets.token_urlsafe(24)
        with self._lock:
            self._waiting[handle] = authorization
            while len(self._waiting) > _MOST_WAITING:
                del self._waiting[next(iter(self._waiting))]
        return handle

    def answered(self, handle: str) -> Authorization | None:
        """Take the request that a consent page was shown for."""
        with self._lock:
            return self._waiting.pop(handle, None)

    def issue(self, authorization: Authorization) -> str:
        """Return a new code."""
        code = "AQ" + secrets.token_urlsafe(48)
        with self._lock:
            self._codes[code] = Code(authorization, self._now())
        return code

    def redeem(self, code: str) -> Code | None:
        """Take a code; whether it is still good is for the caller to see. A second attempt finds nothing."""
        with self._lock:
            return self._codes.pop(code, None)
