"""Uploads, spent requests and notes in memory."""

from __future__ import annotations

import threading
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from crosspost.ledger.content import Content
    from crosspost.model import Upload


class MemoryRecords:
    """What a ledger remembers beside its entries; see `ports.Ledger` for each method."""

    def __init__(self, content: Content) -> None:
        self._lock = threading.RLock()
        self._content = content

    def spend(self, payer: str, day: date, requests: int) -> int:
        """See `ports.Ledger.spend`."""
        with self._lock:
            self._content.spending[payer, day] = self.spent(payer, day) + requests
            return self._content.spending[payer, day]

    def spent(self, payer: str, day: date) -> int:
        """See `ports.Ledger.spent`."""
        with self._lock:
            return self._content.spending.get((payer, day), 0)

    def upload(self, payer: str, digest: str) -> Upload | None:
        """See `ports.Ledger.upload`."""
        with self._lock:
            return self._content.uploads.get((payer, digest))

    def record_upload(self, upload: Upload) -> None:
        """See `ports.Ledger.record_upload`."""
        with self._lock:
            self._content.uploads[upload.payer, upload.digest] = upload

    def notes(self, subject: str) -> Mapping[str, str]:
        """See `ports.Ledger.notes`; sorted by name."""
        with self._lock:
            about = {name: value for (known, name), value in self._content.notes.items() if known == subject}
            return MappingProxyType(dict(sorted(about.items())))

    def note(self, subject: str, name: str, value: str | None, now: datetime) -> bool:
        """See `ports.Ledger.note`."""
        del now  # nobody asks for it here
        with self._lock:
            if self._content.notes.get((subject, name)) == value:
                return False
            if value is None:
                del self._content.notes[subject, name]
            else:
                self._content.notes[subject, name] = value
            return True
