"""The ledger in PostgreSQL: any number of processes on any number of machines.

Each step is a transaction of statements that are guarded by state and token, without a lock on more than the rows they
touch; where another process was faster, the step looks again. Leases are given by the server's clock, since those of the
machines differ; what a person reads (`claimed_at`, the history) has the moments that the caller gives.

A connection that is lost before COMMIT has changed nothing, and the step is taken again on a new one. Where the answer to
COMMIT is lost, the server is asked what became of the transaction (PostgreSQL, "Transaction ID and Snapshot Information
Functions": pg_xact_status is there for this) before anything else is done. The steps that each post takes are single statements
without BEGIN and COMMIT; where an answer to one is lost, the entry tells whether it came to be: see `AtOnce`.
"""

from __future__ import annotations

import threading
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg

from crosspost.errors import LedgerError
from crosspost.ledger import postgres_schema
from crosspost.ledger.postgres_link import Link
from crosspost.ledger.postgres_problems import busy, newer, told
from crosspost.ledger.postgres_tables import AtOnce, Open
from crosspost.ledger.problems import NOTHING_SENT, THERE, UNCHANGED, while_linkedin_has
from crosspost.ledger.rows import entry_of, key_values, posts_in, storable
from crosspost.ledger.sql_ledger import SqlLedger
from crosspost.ledger.sql_tables import Outrun
from crosspost.ledger.tokens import new_token
from crosspost.ledger.transitions import claimable
from crosspost.model import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta

    from crosspost.ledger.postgres_address import Address
    from crosspost.ledger.postgres_schema import Connection
    from crosspost.ledger.sql_tables import Result, Tables
    from crosspost.model import Arrived, Claim, Entry, EntryKey, Mark, Spending

# Seconds to wait before each further try: twenty in all, in which a server restarts or a standby takes over.
PAUSES = (0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0, 4.0, 5.0)
_LINE_NUMBER_BEGIN = 3  # what a whole mark has beside the connection
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
        self._link = Link(address)
        # whoever forgets to close the ledger leaves no open connection behind, not even at the end of the process
        weakref.finalize(self, self._link.drop)

    def close(self) -> None:
        """Close the connection. A later call opens it again."""
        with self._lock, while_linkedin_has(UNCHANGED), told(self.address):
            self._link.drop()

    def _read(self, look: Callable[[Tables], Result]) -> Result:
        return self._patiently(lambda db: look(Open(db, lambda now: now)))

    def _write(self, step: Callable[[Tables], Result], linkedin_has: str = NOTHING_SENT) -> Result:
        return self._patiently(lambda db: self._transact(db, step), linkedin_has)

    def arrived(self, site: str, account: str, author: str, since: Mark | None = None) -> Arrived:
        """See `ports.Ledger.arrived`; sorted by name.

        Lines of the history come to light in another order than that of their numbers: a transaction draws one and is at work
        still when the next has ended. So a later look may begin behind the newest line once every transaction has ended that
        could have drawn one before it: each has a smaller number than the one that looked, and all below `pg_snapshot_xmin`
        have ended (PostgreSQL, "Transaction ID and Snapshot Information Functions"). A mark has the connection, the newest
        line, that number, and once there is one the line behind which looks begin. After a new connection, perhaps to a
        standby that knows other lines, everything is looked through.
        """
        from crosspost.model import Arrived  # noqa: PLC0415 - see sql_ledger

        of = {"site": site, "account": account, "author": author}

        def look(tables: Tables) -> Arrived:
            connection = self._link.made
            known = since[1:] if since and since[0] == connection else ()
            if len(known) == _LINE_NUMBER_BEGIN:
                rows = tables.rows("arrived_since_looked", **of, since=known[2])
            else:
                rows = tables.rows("arrived_looked", **of)
            newest = connection, rows[0]["line"], rows[0]["number"]
            if not known:
                mark: Mark = newest
            else:
                mark = (*newest, known[0]) if rows[0]["oldest"] >= known[1] else (connection, *known)
            return Arrived(posts_in(row for row in rows if row["post"] is not None), mark)

        return self._read(look)

    def _claim_new(
        self, values: Mapping[str, object], now: datetime, lease: timedelta, spending: Spending | None
    ) -> bool:
        payer, day, requests = (
            (spending.payer, spending.day.isoformat(), spending.requests) if spending else (None,) * 3
        )
        counted = {"payer": payer, "day": day, "requests": requests}

        def is_ours(entry: Entry) -> bool:
            return (entry.token, entry.state) == (values["token"], State.CLAIMED)

        return self._patiently(AtOnce("claim_at_once", {**values, **counted, **self._around(now, lease)}, is_ours))

    def _held(self, key: EntryKey, now: datetime) -> Entry | None:
        """Look before the transaction: workers that walk through the same posts are refused often, and by the entry itself."""
        rows = self._read(lambda tables: tables.rows("held_at_once", **key_values(key), **self._around(now)))
        for row in rows:
            entry = entry_of(row)
            return None if claimable(entry, row["looked_at"], self._alive) else entry
        return None

    def _move(
        self,
        name: str,
        claim: Claim,
        to: State,
        values: Mapping[str, object],
        linkedin_has: str = NOTHING_SENT,
        *,
        now: datetime,
        lease: timedelta | None = None,
    ) -> bool:
        guarded = {**key_values(claim.key), "token": claim.token, "now": now, **values, **self._around(now, lease)}

        def is_there(entry: Entry) -> bool:
            found = (entry.token, entry.state, *(getattr(entry, name) for name in values))
            return found == (claim.token, to, *map(storable, values.values()))

        if self._patiently(AtOnce(f"{name}_at_once", guarded, is_there), linkedin_has):
            return True
        return super()._move(name, claim, to, values, linkedin_has, now=now, lease=lease)

    def mark_written_back(self, key: EntryKey, now: datetime) -> bool:
        """See `ports.Ledger.mark_written_back`; the newest moment counts."""
        step = AtOnce(
            "mark_written_back_at_once",
            {**key_values(key), "now": now, **self._around(now)},
            lambda entry: entry.written_back_at == now,
        )
        return self._patiently(step, THERE) or super().mark_written_back(key, now)

    def _around(self, now: datetime, lease: timedelta | None = None) -> dict[str, object]:
        """Return what a statement with no transaction around it has to see to itself: the tables' version, the lease's clock."""
        moment = None if self._server_clock else now
        return {"version": postgres_schema.current().version, "moment": moment, "lease": lease}

    def _patiently(self, action: Callable[[Connection], Result], linkedin_has: str = NOTHING_SENT) -> Result:
        """Do something until it is done: again on a new connection, and again where another process was faster."""
        with self._lock, while_linkedin_has(linkedin_has), told(self.address):
            for pause in PAUSES:
                try:
                    return action(self._link.connection())
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
                return action(self._link.connection())
            except Outrun as error:
                raise LedgerError(busy(self.address)) from error

    def _may_try_again(self, error: Outrun | psycopg.OperationalError) -> bool:
        if isinstance(error, Outrun) or (error.sqlstate or "").startswith("40"):  # deadlock, serialization failure
            return True
        return self._link.is_lost and (self._link.was_open or self._link.is_starting)

    def _transact(self, db: Connection, step: Callable[[Tables], Result]) -> Result:
        begun = self._start(db)
        try:
            result = step(Open(db, lambda now: begun.moment if self._server_clock else now))
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
                db = self._link.connection()
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
