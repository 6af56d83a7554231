"""The one place that asks the machine for the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock; satisfies `ports.Clock`."""

    def now(self) -> datetime:
        """Return the moment now, aware, UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait for `seconds`."""
        time.sleep(seconds)

    def monotonic(self) -> float:
        """Return seconds that no change of the wall clock moves; only differences mean something."""
        return time.monotonic()
