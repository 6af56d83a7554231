"""Uploads, spent requests and notes in SQLite."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.ledger.rows import moment_of
from crosspost.ledger.statements import execute
from crosspost.model import Upload

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from datetime import date, datetime


class SqliteRecords(ABC):
    """What a ledger remembers beside its entries; see `ports.Ledger` for each method."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[sqlite3.Connection]: ...

    @abstractmethod
    def _writing(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def spend(self, payer: str, day: date, requests: int) -> int:
        """See `ports.Ledger.spend`."""
        with self._writing() as db:
            (total,) = execute(db, "spend", payer=payer, day=day.isoformat(), requests=requests).fetchone()
            return int(total)

    def spent(self, payer: str, day: date) -> int:
        """See `ports.Ledger.spent`."""
        with self._reading() as db:
            row = execute(db, "spent", payer=payer, day=day.isoformat()).fetchone()
            return int(row[0]) if row else 0

    def upload(self, payer: str, digest: str) -> Upload | None:
        """See `ports.Ledger.upload`."""
        with self._reading() as db:
            row = execute(db, "upload", payer=payer, digest=digest).fetchone()
            return Upload(**{**row, "at": moment_of(row["at"])}) if row else None

    def record_upload(self, upload: Upload) -> None:
        """See `ports.Ledger.record_upload`."""
        values = {"payer": upload.payer, "digest": upload.digest, "kind": upload.kind, "urn": upload.urn}
        with self._writing() as db:
            execute(db, "record_upload", **values, at=upload.at)

    def notes(self, subject: str) -> Mapping[str, str]:
        """See `ports.Ledger.notes`; sorted by name."""
        with self._reading() as db:
            rows = execute(db, "notes", subject=subject)
            return MappingProxyType({row["name"]: row["value"] for row in rows})

    def note(self, subject: str, name: str, value: str | None, now: datetime) -> bool:
        """See `ports.Ledger.note`."""
        with self._writing() as db:
            if value is None:
                return execute(db, "forget", subject=subject, name=name).rowcount == 1
            return execute(db, "note", subject=subject, name=name, value=value, now=now).rowcount == 1
