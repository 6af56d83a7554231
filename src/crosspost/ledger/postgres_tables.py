"""The tables of a ledger in PostgreSQL on one connection, within a transaction or without."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg

from crosspost.ledger.rows import entry_of, storable
from crosspost.ledger.sql_tables import Outrun
from crosspost.ledger.statements import postgres_statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

    from crosspost.ledger.postgres_schema import Connection
    from crosspost.model import Entry

_TWIN_GUARD = "twin_guard"


class Open:
    """The tables on one connection; see `sql_tables.Tables`."""

    def __init__(self, db: Connection, lease_moment: Callable[[datetime], datetime]) -> None:
        self._db = db
        self.lease_moment = lease_moment

    @contextmanager
    def without_lines(self) -> Iterator[None]:
        """See `sql_tables.Tables.without_lines`."""
        self._db.execute(b"ALTER TABLE entry DISABLE TRIGGER entry_made")  # transactional, and locks out other writers
        yield
        self._db.execute(b"ALTER TABLE entry ENABLE TRIGGER entry_made")

    def hold_still(self) -> None:
        """See `sql_tables.Tables.hold_still`."""
        self._db.execute(b"LOCK TABLE entry, history, baseline, upload, spending, note IN SHARE ROW EXCLUSIVE MODE")

    def rows(self, name: str, /, **values: object) -> Sequence[dict[str, Any]]:
        """See `sql_tables.Tables.rows`."""
        return self._execute(name, values).fetchall()

    def changed(self, name: str, /, **values: object) -> int:
        """See `sql_tables.Tables.changed`."""
        return self._execute(name, values).rowcount

    def _execute(self, name: str, values: dict[str, object]) -> psycopg.Cursor[dict[str, Any]]:
        try:
            parameters = {key: storable(value) for key, value in values.items()}
            return self._db.execute(postgres_statements()[name], parameters)
        except psycopg.errors.UniqueViolation as error:
            if error.diag.constraint_name != _TWIN_GUARD:
                raise
            raise Outrun from error


class AtOnce:
    """A step that is one statement with no transaction around it: one trip to the server. Called until it has an answer.

    Where an answer was lost, the entry itself tells whether the step came to be.

    Args:
        name: Of the statement.
        values: Its parameters; what it needs beside them is the name of the entry.
        is_done: Tells by the entry whether an earlier try has come to be.
    """

    def __init__(self, name: str, values: Mapping[str, object], is_done: Callable[[Entry], bool]) -> None:
        self._name = name
        self._values = values
        self._is_done = is_done
        self._tried = False

    def __call__(self, db: Connection) -> bool:
        """Return whether it changed something. If not, it cannot be taken, or not in this way."""
        tables, again, self._tried = Open(db, lambda now: now), self._tried, True
        try:
            # asked before, for a step that may be taken twice, and after: the try that was lost may have been at work still
            return (
                (again and self._was_done(tables))
                or tables.changed(self._name, **self._values) == 1
                or (again and self._was_done(tables))
            )
        except psycopg.errors.ReadOnlySqlTransaction:
            return False  # perhaps no more than this user's default, which a transaction of ours overrules

    def _was_done(self, tables: Open) -> bool:
        key = {name: self._values[name] for name in ("site", "account", "post")}
        return any(map(self._is_done, map(entry_of, tables.rows("get", **key))))
