"""The ledger in PostgreSQL: any number of processes on any number of machines.

Each step is a transaction of statements that are guarded by state and token, without a lock on more than the rows they
touch; where another process was faster, the step looks again. Leases are given by the server's clock, since those of the
machines differ; what a person reads (`claimed_at`, the history) has the moments that the caller gives.

A connection that is lost before COMMIT has changed nothing, and the step is taken again on a new one. Where the answer to
COMMIT is lost, the server is asked what became of the transaction (PostgreSQL, "Transaction ID and Snapshot Information
Functions": pg_xact_status is there for this) before anything else is done. A claim of a new post is a single statement, without
BEGIN and COMMIT; where its answer is lost, its token tells whether it came to be.
"""

from __future__ import annotations

import threading
import weakref
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import pq, rows

from crosspost.errors import LedgerError
from crosspost.ledger import postgres_schema
from crosspost.ledger.postgres_problems import busy, newer, replaced, told
from crosspost.ledger.rows import storable
from crosspost.ledger.sql_ledger import UNCHANGED, SqlLedger
from crosspost.ledger.sql_tables import NOTHING_SENT, Outrun
from crosspost.ledger.statements import postgres_statements
from crosspost.ledger.tokens import new_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from crosspost.ledger.postgres_address import Address
    from crosspost.ledger.postgres_schema import Connection
    from crosspost.ledger.sql_tables import Result, Tables
    from crosspost.model import Spending

# Seconds to wait before each further try: twenty in all, in which a server restarts or a standby takes over.
PAUSES = (0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0, 4.0, 5.0)
_TWIN_GUARD = "twin_guard"

# On the server's side nothing waits for ever either; a transaction whose client is gone ends, and frees its rows.
# A server that is set to answer before it has written is told to write (PostgreSQL, "Asynchronous Commit").
_LIMITS = """
SELECT set_config('TimeZone', 'UTC', false), set_config('default_transaction_isolation', 'read committed', false),
       set_config('lock_timeout', '20s', false), set_config('statement_timeout', '60s', false), set_config('idle_in_transaction_session_timeout', '15s', false),
       set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)
"""
# One trip to the server. Until the transaction ends, nobody changes the tables: whoever does locks `ledger` first.
_BEGIN = b"""
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT pg_current_xact_id()::text AS number, clock_timestamp() AS moment, version FROM ledger
"""


class PostgresLedger(SqlLedger):
    """`ports.Ledger` in PostgreSQL.

    Each object has one connection, made at the first call. Threads may share an object: a lock lets one call in at a
    time; for more at once, each thread has a ledger of its own. After a fork the child needs an object of its own.

    Args:
        address: Where it is.
        alive: Tells whether an owner may still be at work; see `liveness.alive`.
        sleep: Waits for seconds, before a lost server is tried again.
        new_token: Makes the unique name of a claim.
        server_clock: Whether leases go by the server's clock, rather than by the caller's moments.
    """

    _violations = psycopg.IntegrityError

    def __init__(
        self,
        address: Address,
        *,
        alive: Callable[[str], bool],
        sleep: Callable[[float], object],
        new_token: Callable[[], str] = new_token,
        server_clock: bool = True,
    ) -> None:
        super().__init__(alive=alive, new_token=new_token)
        self.address = address
        self._sleep = sleep
        self._server_clock = server_clock
        self._lock = threading.RLock()
        self._link = _Link(address)
        # whoever forgets to close the ledger leaves no open connection behind, not even at the end of the process
        weakref.finalize(self, self._link.drop)

    def close(self) -> None:
        """Close the connection. A later call opens it again."""
        with self._lock, told(self.address, UNCHANGED):
            self._link.drop()

    def _read(self, look: Callable[[Tables], Result], linkedin_has: str = NOTHING_SENT) -> Result:
        return self._patiently(lambda db: look(_Open(db, lambda now: now)), linkedin_has)

    def _write(self, step: Callable[[Tables], Result], linkedin_has: str = NOTHING_SENT) -> Result:
        return self._patiently(lambda db: self._transact(db, step), linkedin_has)

    def _claim_new(
        self, values: Mapping[str, object], now: datetime, lease: timedelta, spending: Spending | None
    ) -> bool:
        """Do it in one trip. Where the answer is lost, the look that follows finds the token of this claim."""
        payer, day, requests = (
            (spending.payer, spending.day.isoformat(), spending.requests) if spending else (None,) * 3
        )
        counted = {"payer": payer, "day": day, "requests": requests}
        moment = None if self._server_clock else now
        more = {"lease": lease, "moment": moment, "version": postgres_schema.current().version}

        def at_once(db: Connection) -> bool:
            try:
                return bool(_Open(db, lambda now: now).rows("claim_at_once", **values, **counted, **more))
            except psycopg.errors.ReadOnlySqlTransaction:
                return False  # perhaps no more than this user's default, which a transaction of ours overrules

        return self._patiently(at_once, NOTHING_SENT)

    def _patiently(self, action: Callable[[Connection], Result], linkedin_has: str) -> Result:
        """Do something until it is done: again on a new connection, and again where another process was faster."""
        with self._lock, told(self.address, linkedin_has):
            for pause in PAUSES:
                try:
                    return action(self._link.connection(linkedin_has))
                except (Outrun, psycopg.OperationalError) as error:
                    if not self._may_try_again(error):
                        raise
                    if self._link.is_lost:
                        self._sleep(pause)
                except psycopg.errors.FeatureNotSupported:
                    # "cached plan must not change result type": a newer crosspost has changed the tables since this
                    # connection was made. A new one finds out.
                    self._link.drop()
            try:
                return action(self._link.connection(linkedin_has))
            except Outrun as error:
                raise LedgerError(busy(self.address, linkedin_has)) from error

    def _may_try_again(self, error: Outrun | psycopg.OperationalError) -> bool:
        if isinstance(error, Outrun) or (error.sqlstate or "").startswith("40"):  # deadlock, serialization failure
            return True
        return self._link.is_lost and (self._link.was_open or self._link.is_starting)

    def _transact(self, db: Connection, step: Callable[[Tables], Result]) -> Result:
        begun = self._start(db)
        try:
            result = step(_Open(db, lambda now: begun.moment if self._server_clock else now))
        except BaseException:
            if not db.closed:
                db.execute(b"ROLLBACK", prepare=False)
            raise
        try:
            db.execute(b"COMMIT", prepare=False)
        except psycopg.OperationalError as error:
            if not db.closed:
                raise
            if not self._has_committed(begun.number):
                raise Outrun from error
        return result

    def _start(self, db: Connection) -> _Begun:
        cursor = db.execute(_BEGIN, prepare=False)
        while cursor.nextset():
            pass
        row = cursor.fetchone()
        if row is None or row["version"] != postgres_schema.current().version:
            db.execute(b"ROLLBACK", prepare=False)
            raise LedgerError(newer(self.address, row["version"] if row else 0, postgres_schema.current().version))
        return _Begun(row["number"], row["moment"])

    def _has_committed(self, number: str) -> bool:
        """Ask on a new connection what became of a transaction whose COMMIT was not answered.

        Raises:
            psycopg.OperationalError: The server could not be asked, or does not know yet.
        """
        for pause in (*PAUSES, None):
            try:
                db = self._link.connection(NOTHING_SENT)
                cursor = db.execute("SELECT pg_xact_status(%s::xid8) AS status", [number])
                (row,) = cursor.fetchall()
            except psycopg.errors.InvalidParameterValue:
                return False  # "transaction ID is in the future": a standby took over that has never heard of it
            except psycopg.OperationalError:
                if pause is None or not self._link.is_lost:
                    raise
            else:
                if row["status"] in {"committed", "aborted"}:
                    return bool(row["status"] == "committed")
            if pause is not None:
                self._sleep(pause)
        raise psycopg.OperationalError("the server does not say what became of the transaction")


@dataclass(frozen=True, slots=True)
class _Begun:
    """An open transaction: its number, and the server's clock at its start."""

    number: str
    moment: datetime


class _Link:
    """The connection, made when it is needed and made anew when it was lost."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._db: Connection | None = None
        self._id: str | None = None
        self.was_open = False  # once it was, the address is right, and the server will come back

    @property
    def is_lost(self) -> bool:
        """Whether there is no connection now."""
        return self._db is None or self._db.closed

    @property
    def is_starting(self) -> bool:
        """Whether the server is there and does not take anybody yet."""
        return pq.PGconn.ping(_conninfo(self._address)) == pq.Ping.REJECT

    def connection(self, linkedin_has: str) -> Connection:
        """Return an open connection to the ledger that it always was.

        Raises:
            psycopg.OperationalError: There is no way to the server now.
            LedgerError: The ledger cannot be used.
        """
        if self._db is None or self._db.closed:
            self._db = self._connect(linkedin_has)
        return self._db

    def drop(self) -> None:
        """Close the connection."""
        db, self._db = self._db, None
        if db is not None:
            db.close()

    def _connect(self, linkedin_has: str) -> Connection:
        parameters: dict[str, Any] = dict(self._address.parameters)
        db: Connection = psycopg.connect(**parameters, autocommit=True, row_factory=rows.dict_row)
        self.was_open = True
        try:
            db.execute(_LIMITS)
            self._recognise(postgres_schema.get_ready(db, self._address, postgres_schema.current()), linkedin_has)
        except BaseException:
            db.close()
            raise
        return db

    def _recognise(self, found: str, linkedin_has: str) -> None:
        if self._id not in {None, found}:
            raise LedgerError(replaced(self._address, linkedin_has))
        self._id = found


def _conninfo(address: Address) -> bytes:
    return psycopg.conninfo.make_conninfo(**address.parameters).encode()


class _Open:
    """The tables on one connection; see `sql_tables.Tables`."""

    def __init__(self, db: Connection, lease_moment: Callable[[datetime], datetime]) -> None:
        self._db = db
        self.lease_moment = lease_moment

    @contextmanager
    def without_lines(self) -> Iterator[None]:
        self._db.execute(b"ALTER TABLE entry DISABLE TRIGGER entry_made")  # transactional, and locks out other writers
        yield
        self._db.execute(b"ALTER TABLE entry ENABLE TRIGGER entry_made")

    def hold_still(self) -> None:
        self._db.execute(b"LOCK TABLE entry, history, baseline, upload, spending, note IN SHARE ROW EXCLUSIVE MODE")

    def rows(self, name: str, /, **values: object) -> Sequence[dict[str, Any]]:
        return self._execute(name, values).fetchall()

    def changed(self, name: str, /, **values: object) -> int:
        return self._execute(name, values).rowcount

    def _execute(self, name: str, values: dict[str, object]) -> psycopg.Cursor[dict[str, Any]]:
        try:
            parameters = {key: storable(value) for key, value in values.items()}
            return self._db.execute(postgres_statements()[name], parameters)
        except psycopg.errors.UniqueViolation as error:
            if error.diag.constraint_name != _TWIN_GUARD:
                raise
            raise Outrun from error
