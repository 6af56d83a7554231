"""Uploads, spent requests and notes in SQL tables."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.ledger.rows import moment_of
from crosspost.ledger.sql_tables import SqlStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from crosspost.ledger.sql_tables import Tables
    from crosspost.model import Upload


class SqlRecords(SqlStore):
    """What a ledger remembers beside its entries; see `ports.Ledger` for each method."""

    def spend(self, payer: str, day: date, requests: int) -> int:
        """See `ports.Ledger.spend`."""
        return self._write(lambda tables: count(tables, payer, day, requests))

    def spent(self, payer: str, day: date) -> int:
        """See `ports.Ledger.spent`."""
        rows = self._read(lambda tables: tables.rows("spent", payer=payer, day=day.isoformat()))
        return sum(row["requests"] for row in rows)

    def upload(self, payer: str, digest: str) -> Upload | None:
        """See `ports.Ledger.upload`."""
        from crosspost.model import Upload  # noqa: PLC0415 - only a post with files pays for it

        rows = self._read(lambda tables: tables.rows("upload", payer=payer, digest=digest))
        return next((Upload(**{**row, "at": moment_of(row["at"])}) for row in rows), None)

    def record_upload(self, upload: Upload) -> None:
        """See `ports.Ledger.record_upload`."""
        values = {"payer": upload.payer, "digest": upload.digest, "kind": upload.kind, "urn": upload.urn}
        self._write(lambda tables: tables.changed("record_upload", **values, at=upload.at))

    def notes(self, subject: str) -> Mapping[str, str]:
        """See `ports.Ledger.notes`; sorted by name."""
        rows = self._read(lambda tables: tables.rows("notes", subject=subject))
        return MappingProxyType({row["name"]: row["value"] for row in rows})

    def note(self, subject: str, name: str, value: str | None, now: datetime) -> bool:
        """See `ports.Ledger.note`."""
        about = {"subject": subject, "name": name}
        if value is None:
            return self._write(lambda tables: tables.changed("forget", **about) == 1)
        return self._write(lambda tables: tables.changed("note", **about, value=value, now=now) == 1)


def count(tables: Tables, payer: str, day: date, requests: int) -> int:
    """Count requests within an open transaction; return how many that makes on their day."""
    (row,) = tables.rows("spend", payer=payer, day=day.isoformat(), requests=requests)
    return int(row["requests"])
