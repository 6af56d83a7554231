"""The ledger in a SQLite file: one machine, any number of processes.

A transaction holds the write lock (BEGIN IMMEDIATE) from before the first look. WAL and `synchronous=FULL`: it returns
when it is on the disk.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from crosspost.errors import LedgerError
from crosspost.ledger import sqlite_schema
from crosspost.ledger.problems import NOTHING_SENT, UNCHANGED, while_linkedin_has
from crosspost.ledger.sql_ledger import SqlLedger
from crosspost.ledger.sqlite_file import identity, open_file
from crosspost.ledger.sqlite_problems import damaged, moved, newer, told
from crosspost.ledger.statements import execute
from crosspost.ledger.tokens import new_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from crosspost.ledger.sql_tables import Result, Tables

BUSY = timedelta(seconds=20)


class SqliteLedger(SqlLedger):
    """`ports.Ledger` in a SQLite file.

    The file is made at the first call, not before. Each object has one connection. Threads may share an object: a lock
    lets one call in at a time. After a fork the child needs an object of its own (SQLite, "How To Corrupt", 2.6).

    Args:
        path: The file; its folder is made where missing.
        alive: Tells whether an owner may still be at work; see `liveness.alive`.
        busy: How long to wait while another process writes.
        new_token: Makes the unique name of a claim.
    """

    _violations = sqlite3.IntegrityError

    def __init__(
        self,
        path: Path,
        *,
        alive: Callable[[str], bool],
        busy: timedelta = BUSY,
        new_token: Callable[[], str] = new_token,
    ) -> None:
        super().__init__(alive=alive, new_token=new_token)
        self.path = path.absolute()
        self._busy = busy
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None

    def close(self) -> None:
        """Close the connection. A later call opens it again."""
        with self._lock, while_linkedin_has(UNCHANGED), told(self.path):
            if self._db is not None:
                self._db.close()
            self._db = None

    def _read(self, look: Callable[[Tables], Result]) -> Result:
        with self._reading() as db:
            return look(_Open(db))

    def _write(self, step: Callable[[Tables], Result], linkedin_has: str = NOTHING_SENT) -> Result:
        with self._writing(linkedin_has) as db:
            return step(_Open(db))

    @contextmanager
    def _reading(self, linkedin_has: str = NOTHING_SENT) -> Iterator[sqlite3.Connection]:
        with self._lock, while_linkedin_has(linkedin_has), told(self.path):
            try:
                yield self._connection()
            except ValueError as error:
                raise LedgerError(damaged(self.path, str(error))) from error

    @contextmanager
    def _writing(self, linkedin_has: str = NOTHING_SENT) -> Iterator[sqlite3.Connection]:
        """Hold the write lock; commit at the end, or leave no trace."""
        with self._reading(linkedin_has) as db:
            db.execute("BEGIN IMMEDIATE")
            with db:
                if (version := sqlite_schema.version_of(db)) != sqlite_schema.current().version:
                    raise LedgerError(newer(self.path, version, sqlite_schema.current().version))
                yield db

    def _connection(self) -> sqlite3.Connection:
        if self._db is None:
            self._db = open_file(self.path, self._busy, sqlite_schema.current())
            # whoever forgets to close the ledger leaves no open file behind, not even at the end of the process
            weakref.finalize(self, self._db.close)
            self._identity = identity(self.path)
        elif self._is_moved():
            # SQLite would go on writing to a file that nobody will ever find again
            raise LedgerError(moved(self.path))
        return self._db

    def _is_moved(self) -> bool:
        try:
            return identity(self.path) != self._identity
        except FileNotFoundError:
            return True


class _Open:
    """An open transaction; see `sql_tables.Tables`. The write lock keeps everybody else out, so nobody is outrun."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def rows(self, name: str, /, **values: object) -> Sequence[sqlite3.Row]:
        return execute(self._db, name, **values).fetchall()

    def changed(self, name: str, /, **values: object) -> int:
        return execute(self._db, name, **values).rowcount

    @contextmanager
    def without_lines(self) -> Iterator[None]:
        self._db.execute("DROP TRIGGER entry_made")  # transactional here: nobody else ever sees it missing
        yield
        self._db.execute(sqlite_schema.part("TRIGGER entry_made"))

    def hold_still(self) -> None:
        """Do nothing: the write lock is held."""

    def lease_moment(self, now: datetime) -> datetime:
        return now  # one machine, one clock
