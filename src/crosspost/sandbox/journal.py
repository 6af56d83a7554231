"""What was asked of the sandbox and what it answered, without secrets."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crosspost.sandbox.messages import Reply, Request

_SECRET = frozenset({"authorization", "proxy-authorization", "cookie"})
_KEPT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer. Query and body stay out: they may carry codes, tokens and secrets.

    Attributes:
        headers: Names in lower case; secret ones without their value.
        body_sha256: Hex; tells whether two requests were byte-identical.
        fault: The kind of the fault that struck, None for none.
        status: None where the connection was dropped.
    """

    at: datetime
    method: str
    path: str
    headers: Mapping[str, str]
    body_sha256: str
    fault: str | None
    status: int | None


class Journal:
    """The latest exchanges, oldest first; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._exchanges: deque[Exchange] = deque(maxlen=_KEPT)

    def write(self, request: Request, reply: Reply, *, fault: str | None, at: datetime) -> None:
        """Add one exchange."""
        headers = {name: "(hidden)" if name in _SECRET else value for name, value in request.headers.items()}
        exchange = Exchange(
            at=at,
            method=request.method,
            path=request.path,
            headers=headers,
            body_sha256=hashlib.sha256(request.body).hexdigest(),
            fault=fault,
            status=getattr(reply, "status", None),
        )
        with self._lock:
            self._exchanges.append(exchange)

    def read(self) -> tuple[Exchange, ...]:
        """Return the latest exchanges, oldest first."""
        with self._lock:
            return tuple(self._exchanges)
