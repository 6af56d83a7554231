"""Uploads, spent requests and notes in git."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.ledger.git_store import GitStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from crosspost.model import Upload


class GitRecords(GitStore):
    """What a ledger remembers beside its entries; see `ports.Ledger` for each method."""

    def spend(self, payer: str, day: date, requests: int) -> int:
        """See `ports.Ledger.spend`."""
        return self._write(lambda book: book.spend(payer, day, requests))

    def spent(self, payer: str, day: date) -> int:
        """See `ports.Ledger.spent`."""
        return self._read(lambda book: book.spent(payer, day))

    def upload(self, payer: str, digest: str) -> Upload | None:
        """See `ports.Ledger.upload`."""
        return self._recall(lambda book: book.upload(payer, digest))

    def record_upload(self, upload: Upload) -> None:
        """See `ports.Ledger.record_upload`. It needs no push of its own: an upload that is forgotten is made again."""
        self._write_later(lambda book: book.record_upload(upload))

    def notes(self, subject: str) -> Mapping[str, str]:
        """See `ports.Ledger.notes`."""
        return self._read(lambda book: book.notes(subject))

    def note(self, subject: str, name: str, value: str | None, now: datetime) -> bool:
        """See `ports.Ledger.note`."""
        return self._write(lambda book: book.note(subject, name, value, now))
