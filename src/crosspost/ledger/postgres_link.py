"""The connection of a ledger in PostgreSQL: made when it is needed, and made anew when it was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import pq, rows

from crosspost.errors import LedgerError
from crosspost.ledger import postgres_schema
from crosspost.ledger.postgres_problems import replaced

if TYPE_CHECKING:
    from crosspost.ledger.postgres_address import Address
    from crosspost.ledger.postgres_schema import Connection

# On the server's side nothing waits for ever either; a transaction whose client is gone ends, and frees its rows.
# A server that is set to answer before it has written is told to write (PostgreSQL, "Asynchronous Commit").
_LIMITS = """
SELECT set_config('TimeZone', 'UTC', false), set_config('default_transaction_isolation', 'read committed', false),
       set_config('lock_timeout', '20s', false), set_config('statement_timeout', '60s', false), set_config('idle_in_transaction_session_timeout', '15s', false),
       set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)
"""


class Link:
    """The connection, made when it is needed and made anew when it was lost."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._db: Connection | None = None
        self._id: str | None = None
        self.made = 0  # connections, so far
        self.was_open = False  # once it was, the address is right, and the server will come back

    @property
    def is_lost(self) -> bool:
        """Whether there is no connection now."""
        return self._db is None or self._db.closed

    @property
    def is_starting(self) -> bool:
        """Whether the server is there and does not take anybody yet."""
        return pq.PGconn.ping(_conninfo(self._address)) == pq.Ping.REJECT

    def connection(self) -> Connection:
        """Return an open connection to the ledger that it always was.

        Raises:
            psycopg.OperationalError: There is no way to the server now.
            LedgerError: The ledger cannot be used.
        """
        if self._db is None or self._db.closed:
            self._db = self._connect()
        return self._db

    def drop(self) -> None:
        """Close the connection."""
        db, self._db = self._db, None
        if db is not None:
            db.close()

    def _connect(self) -> Connection:
        parameters: dict[str, Any] = dict(self._address.parameters)
        db: Connection = psycopg.connect(**parameters, autocommit=True, row_factory=rows.dict_row)
        self.was_open = True
        self.made += 1
        try:
            db.execute(_LIMITS)
            self._recognise(postgres_schema.get_ready(db, self._address, postgres_schema.current()))
        except BaseException:
            db.close()
            raise
        return db

    def _recognise(self, found: str) -> None:
        if self._id not in {None, found}:
            raise LedgerError(replaced(self._address))
        self._id = found


def _conninfo(address: Address) -> bytes:
    return psycopg.conninfo.make_conninfo(**address.parameters).encode()
