"""Time as a parameter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Clock(Protocol):
    """Time as a parameter."""

    def now(self) -> datetime:
        """Return the moment now, aware, UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...
