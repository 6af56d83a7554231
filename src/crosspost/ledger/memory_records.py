"""Uploads, spent requests and notes in memory."""

from __future__ import annotations

import threading
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from crosspost.model import Upload


class MemoryRecords:
    """What a ledger remembers beside its entries; see `ports.Ledger` for each method."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._uploads: dict[tuple[str, str], Upload] = {}
        self._spending: dict[tuple[str, date], int] = {}
        self._notes: dict[str, dict[str, str]] = {}

    def spend(self, payer: str, day: date, requests: int) -> int:
        """See `ports.Ledger.spend`."""
        with self._lock:
            self._spending[payer, day] = self.spent(payer, day) + requests
            return self._spending[payer, day]

    def spent(self, payer: str, day: date) -> int:
        """See `ports.Ledger.spent`."""
        with self._lock:
            return self._spending.get((payer, day), 0)

    def upload(self, payer: str, digest: str) -> Upload | None:
        """See `ports.Ledger.upload`."""
        with self._lock:
            return self._uploads.get((payer, digest))

    def record_upload(self, upload: Upload) -> None:
        """See `ports.Ledger.record_upload`."""
        with self._lock:
            self._uploads[upload.payer, upload.digest] = upload

    def notes(self, subject: str) -> Mapping[str, str]:
        """See `ports.Ledger.notes`; sorted by name."""
        with self._lock:
            return MappingProxyType(dict(sorted(self._notes.get(subject, {}).items())))

    def note(self, subject: str, name: str, value: str | None, now: datetime) -> bool:
        """See `ports.Ledger.note`."""
        del now  # nobody asks for it here
        with self._lock:
            about = self._notes.setdefault(subject, {})
            if about.get(name) == value:
                return False
            if value is None:
                del about[name]
            else:
                about[name] = value
            return True
