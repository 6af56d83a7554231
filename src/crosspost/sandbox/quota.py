"""The daily limits on requests: per member and per app, in days that begin at 00:00 UTC."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING

from crosspost.sandbox import answers
from crosspost.sandbox.messages import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

# Of "Share on LinkedIn" (documented). Whether a PUT to an upload address counts is unknown; here it does not.
MEMBER_LIMIT = 150
APP_LIMIT = 100_000


class Quota:
    """Counts the requests of today; safe to use from several threads."""

    def __init__(self, *, now: Callable[[], datetime], per_member: int | None, per_app: int | None) -> None:
        """Start at none; a limit of None never strikes."""
        self._now = now
        self._per_member = per_member
        self._per_app = per_app
        self._lock = threading.Lock()
        self._day: date | None = None
        self._counts: Counter[str] = Counter()

    def count(self, member: str) -> None:
        """Count one request of a member, or refuse it."""
        with self._lock:
            today = self._now().astimezone(UTC).date()
            if today != self._day:
                self._day, self._counts = today, Counter()
            if self._per_app is not None and self._counts.total() >= self._per_app:
                raise Refused(answers.throttled_app())
            if self._per_member is not None and self._counts[member] >= self._per_member:
                raise Refused(answers.throttled())
            self._counts[member] += 1
