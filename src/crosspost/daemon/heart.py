"""Whether the loop still turns: each step says how long it may take, and systemd is told only while that holds."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosspost.daemon.systemd import Systemd


class Heart:
    """Gives signs of life to the watchdog, from a thread of its own, while the loop is in time.

    Args:
        systemd: Whom to tell.
        monotonic: Seconds that no change of the wall clock moves.
    """

    def __init__(self, systemd: Systemd, monotonic: Callable[[], float]) -> None:
        self._systemd = systemd
        self._monotonic = monotonic
        self._until = monotonic() + 3600  # the first look at a large site on a slow disk
        self._end = threading.Event()
        if systemd.watchdog:
            threading.Thread(target=self._beat, name="crosspost-watchdog", daemon=True).start()

    def allow(self, seconds: float) -> None:
        """Say that the step which begins now may take so long."""
        self._until = self._monotonic() + seconds

    @property
    def beats(self) -> bool:
        """Whether the loop is in time."""
        return self._monotonic() < self._until

    def _beat(self) -> None:
        # Half of the time, as sd_watchdog_enabled(3) recommends; a third leaves room for a slow machine.
        while not self._end.wait((self._systemd.watchdog or 60) / 3):
            if self.beats:
                self._systemd.alive()

    def close(self) -> None:
        """End the thread."""
        self._end.set()
