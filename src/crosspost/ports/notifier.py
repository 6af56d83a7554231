"""How people are told."""

from __future__ import annotations

from typing import Protocol


class Notifier(Protocol):
    """A way to people."""

    def tell(self, title: str, body: str) -> bool:
        """Send a message; return whether anybody took it. Raises nothing."""
        ...
