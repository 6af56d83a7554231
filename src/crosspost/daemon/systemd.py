"""What systemd wants to be told: one datagram to the socket in NOTIFY_SOCKET (sd_notify(3), "Notes")."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Systemd:
    """The service manager; says nothing where there is none.

    Attributes:
        address: Of the socket; None without one.
        watchdog: Seconds within which a sign of life is expected; None where none is.
    """

    address: str | None
    watchdog: float | None

    @classmethod
    def here(cls, environ: Mapping[str, str]) -> Systemd:
        """Return the service manager of this process."""
        place = environ.get("NOTIFY_SOCKET", "")
        # A leading @ stands for the null byte of Linux's abstract namespace; anything else is no AF_UNIX address.
        address = "\0" + place[1:] if place.startswith("@") else place
        meant = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        microseconds = environ.get("WATCHDOG_USEC", "")
        watchdog = int(microseconds) / 1e6 if microseconds.isdigit() and meant else None
        return cls(address if place.startswith(("@", "/")) else None, watchdog)

    def ready(self, status: str) -> None:
        """Say that everything is loaded."""
        self._tell("READY=1", f"STATUS={status}")

    def status(self, text: str) -> None:
        """Say in a line what goes on; `systemctl status` shows it."""
        self._tell(f"STATUS={text}")

    def reloading(self) -> None:
        """Say that settings are being read; `ready` ends it."""
        self._tell("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def stopping(self) -> None:
        """Say that the end has begun."""
        self._tell("STOPPING=1")

    def alive(self) -> None:
        """Give a sign of life."""
        self._tell("WATCHDOG=1")

    def _tell(self, *lines: str) -> None:
        if self.address is None:
            return
        # A service manager that is gone is no reason to stop.
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.sendto("\n".join(lines).encode(), self.address)
