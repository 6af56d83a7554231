"""The ledger in a SQLite file: one machine, any number of processes.

Every transition is one statement of `sql/statements.sql`, guarded by state and token, inside a transaction that holds
the write lock (BEGIN IMMEDIATE) from before the first look. WAL and `synchronous=FULL`: it returns when it is on the disk.
"""

from __future__ import annotations

import sqlite3
import threading
import weakref
from contextlib import contextmanager
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.errors import LedgerError
from crosspost.ledger import schema
from crosspost.ledger.rows import entry_of, key_values, moment_of, step_of
from crosspost.ledger.sqlite_file import identity, open_file
from crosspost.ledger.sqlite_problems import NOTHING_SENT, damaged, moved, newer, told
from crosspost.ledger.sqlite_records import SqliteRecords
from crosspost.ledger.statements import execute
from crosspost.ledger.tokens import new_token
from crosspost.ledger.transitions import CLAIM_STALLED, SENDING_STALLED, claimable, is_in_the_way, is_stalled
from crosspost.model import Claim, Held, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from crosspost.model import Entry, EntryKey, Failure, Receipt, Step

BUSY = timedelta(seconds=20)


class SqliteLedger(SqliteRecords):
    """`ports.Ledger` in a SQLite file.

    The file is made at the first call, not before. Each object has one connection. Threads may share an object: a lock
    lets one call in at a time. After a fork the child needs an object of its own (SQLite, "How To Corrupt", 2.6).

    Args:
        path: The file; its folder is made where missing.
        alive: Tells whether an owner may still be at work; see `liveness.alive`.
        busy: How long to wait while another process writes.
        new_token: Makes the unique name of a claim.
    """

    def __init__(
        self,
        path: Path,
        *,
        alive: Callable[[str], bool],
        busy: timedelta = BUSY,
        new_token: Callable[[], str] = new_token,
    ) -> None:
        self.path = path.absolute()
        self._alive = alive
        self._busy = busy
        self._new_token = new_token
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None

    def get(self, key: EntryKey) -> Entry | None:
        """See `ports.Ledger.get`."""
        with self._reading() as db:
            return self._one(db, "get", **key_values(key))

    def entries(self, site: str, account: str | None = None) -> Mapping[EntryKey, Entry]:
        """See `ports.Ledger.entries`; sorted by key."""
        with self._reading() as db:
            found = map(entry_of, execute(db, "entries", site=site, account=account))
            return MappingProxyType({entry.key: entry for entry in found})

    def history(self, key: EntryKey) -> tuple[Step, ...]:
        """See `ports.Ledger.history`."""
        with self._reading() as db:
            return tuple(map(step_of, execute(db, "history", **key_values(key))))

    def baseline(self, site: str, now: datetime) -> datetime:
        """See `ports.Ledger.baseline`."""
        with self._writing() as db:
            execute(db, "set_baseline", site=site, now=now)
            (at,) = execute(db, "baseline", site=site).fetchone()
            return moment_of(at)

    def recorded_baseline(self, site: str) -> datetime | None:
        """See `ports.Ledger.recorded_baseline`."""
        with self._reading() as db:
            row = execute(db, "baseline", site=site).fetchone()
            return moment_of(row[0]) if row else None

    def claim(
        self, key: EntryKey, *, author: str, text_digest: str, owner: str, now: datetime, lease: timedelta
    ) -> Claim | Held:
        """See `ports.Ledger.claim`."""
        text = {"author": author, "text_digest": text_digest, **key_values(key)}
        token = self._new_token()
        with self._writing() as db:
            before = self._one(db, "get", **key_values(key))
            if before is not None and not claimable(before, now, self._alive):
                return Held(entry=before)
            twin = self._one(db, "twin", **text)
            if twin is not None and not is_in_the_way(twin, now, self._alive):
                _release(db, twin, now)
            replaced = before.token if before else None
            try:
                moment = {"now": now, "lease_until": now + lease}
                row = execute(db, "claim", **text, **moment, token=token, owner=owner, before=replaced).fetchone()
            except sqlite3.IntegrityError as error:
                if twin is None or not _is_twin_guard(error):
                    raise
                return Held(entry=twin)
            return Claim(key=key, token=token, attempt=row["attempts"])

    def mark_sending(self, claim: Claim, *, request_digest: str, now: datetime, lease: timedelta) -> bool:
        """See `ports.Ledger.mark_sending`."""
        with self._writing() as db:
            return _moves(db, "mark_sending", claim, request_digest=request_digest, now=now, lease_until=now + lease)

    def settle(self, claim: Claim, receipt: Receipt, now: datetime) -> bool:
        """See `ports.Ledger.settle`, and docs/ledger.md for receipts that come after the entry has moved on."""
        where = receipt.url or receipt.urn or "LinkedIn did not say where; look at your recent activity"
        with self._writing(f"LinkedIn has the post: {where}") as db:
            before = self._one(db, "get", **key_values(claim.key))
            if before is None or before.state is State.PUBLISHED:
                return False
            _moves(db, "give_way", claim, now=now, reason=f"LinkedIn has the same text from {claim.key.post}")
            return _moves(db, "settle", claim, now=now, urn=receipt.urn, url=receipt.url, reason=receipt.detail)

    def fail(
        self, claim: Claim, failure: Failure, reason: str, *, now: datetime, retry_at: datetime | None = None
    ) -> bool:
        """See `ports.Ledger.fail`."""
        with self._writing("LinkedIn has nothing of this attempt") as db:
            return _moves(db, "fail", claim, now=now, failure=failure, reason=reason, retry_at=retry_at)

    def doubt(self, claim: Claim, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.doubt`."""
        with self._writing("LinkedIn may have the post") as db:
            return _moves(db, "doubt", claim, now=now, reason=reason)

    def release(self, claim: Claim, now: datetime) -> bool:
        """See `ports.Ledger.release`."""
        with self._writing() as db:
            return _moves(db, "release", claim, now=now, reason=None)

    def sweep(self, site: str, now: datetime) -> tuple[Entry, ...]:
        """See `ports.Ledger.sweep`."""
        with self._writing() as db:
            unsettled = [entry_of(row) for row in execute(db, "unsettled", site=site)]
            doubtful = []
            for entry in unsettled:
                if not is_stalled(entry, now, self._alive):
                    continue
                if entry.state is State.CLAIMED:
                    _release(db, entry, now)
                elif _moves(db, "doubt", _claim_of(entry), now=now, reason=SENDING_STALLED):
                    doubtful.append(self._one(db, "get", **key_values(entry.key)))
            return tuple(entry for entry in doubtful if entry is not None)

    def mark_written_back(self, key: EntryKey, now: datetime) -> bool:
        """See `ports.Ledger.mark_written_back`; the newest moment counts."""
        with self._writing("LinkedIn has the post") as db:
            return execute(db, "mark_written_back", **key_values(key), now=now).rowcount == 1

    def resolve(self, key: EntryKey, *, url: str | None, urn: str | None, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.resolve`; a `urn` alone says "published" too."""
        with self._writing("LinkedIn has what it had before") as db:
            said = {**key_values(key), "reason": reason, "now": now}
            if not (url or urn):
                return execute(db, "resolve_not_posted", **said).rowcount == 1
            found = (execute(db, name, **said, url=url, urn=urn).rowcount for name in ("resolve_published", "locate"))
            return any(rows == 1 for rows in found)

    def mark_retry(self, claim: Claim, now: datetime) -> bool:
        """See `ports.Ledger.mark_retry`."""
        with self._writing("LinkedIn may have the post") as db:
            return _moves(db, "mark_retry", claim, now=now)

    def amend(self, key: EntryKey, *, text_digest: str, now: datetime) -> bool:
        """See `ports.Ledger.amend`."""
        with self._writing("LinkedIn has the post with its new text") as db:
            try:
                return execute(db, "amend", **key_values(key), text_digest=text_digest, now=now).rowcount == 1
            except sqlite3.IntegrityError as error:
                if not _is_twin_guard(error):
                    raise
                return False

    def withdraw(self, key: EntryKey, *, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.withdraw`."""
        with self._writing("LinkedIn no longer has the post") as db:
            return execute(db, "withdraw", **key_values(key), reason=reason, now=now).rowcount == 1

    def reopen(self, key: EntryKey, *, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.reopen`."""
        with self._writing("LinkedIn has what it had before") as db:
            return execute(db, "reopen", **key_values(key), reason=reason, now=now).rowcount == 1

    def close(self) -> None:
        """Close the connection. A later call opens it again."""
        with self._lock, told(self.path, "LinkedIn has what it had before"):
            if self._db is not None:
                self._db.close()
            self._db = None

    @contextmanager
    def _reading(self, linkedin_has: str = NOTHING_SENT) -> Iterator[sqlite3.Connection]:
        with self._lock, told(self.path, linkedin_has):
            try:
                yield self._connection(linkedin_has)
            except ValueError as error:
                raise LedgerError(damaged(self.path, linkedin_has, str(error))) from error

    @contextmanager
    def _writing(self, linkedin_has: str = NOTHING_SENT) -> Iterator[sqlite3.Connection]:
        """Hold the write lock; commit at the end, or leave no trace."""
        with self._reading(linkedin_has) as db:
            db.execute("BEGIN IMMEDIATE")
            with db:
                if (version := schema.version_of(db)) != schema.current().version:
                    raise LedgerError(newer(self.path, version, schema.current().version))
                yield db

    def _connection(self, linkedin_has: str) -> sqlite3.Connection:
        if self._db is None:
            self._db = open_file(self.path, self._busy, schema.current())
            # whoever forgets to close the ledger leaves no open file behind, not even at the end of the process
            weakref.finalize(self, self._db.close)
            self._identity = identity(self.path)
        elif self._is_moved():
            # SQLite would go on writing to a file that nobody will ever find again
            raise LedgerError(moved(self.path, linkedin_has))
        return self._db

    def _is_moved(self) -> bool:
        try:
            return identity(self.path) != self._identity
        except FileNotFoundError:
            return True

    def _one(self, db: sqlite3.Connection, name: str, **values: object) -> Entry | None:
        row = execute(db, name, **values).fetchone()
        return None if row is None else entry_of(row)


def _moves(db: sqlite3.Connection, name: str, claim: Claim, **values: object) -> bool:
    """Execute a transition that the token guards; the row count decides."""
    return execute(db, name, **key_values(claim.key), token=claim.token, **values).rowcount == 1


def _release(db: sqlite3.Connection, entry: Entry, now: datetime) -> None:
    _moves(db, "release", _claim_of(entry), now=now, reason=CLAIM_STALLED)


def _claim_of(entry: Entry) -> Claim:
    return Claim(key=entry.key, token=entry.token, attempt=entry.attempts)


def _is_twin_guard(error: sqlite3.IntegrityError) -> bool:
    """Recognise the index `twin_guard`. SQLite names its columns, not the index ("entry.author, entry.text_digest")."""
    return (
        error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE
        and str(error) == "UNIQUE constraint failed: entry.author, entry.text_digest"
    )
