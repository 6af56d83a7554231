"""What PostgreSQL says, in the words that a person needs.

Wrapped is what a person can mend: the way to the server, rights, space, locks, damage. A violated CHECK or a wrong
parameter is a defect of crosspost and stays the exception that it is. Codes: PostgreSQL, "Error Codes".
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from crosspost.errors import LedgerError, Problem
from crosspost.ledger.problems import KEEP_IT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.ledger.postgres_address import Address

_AGAIN = "then run crosspost again"
_UNREACHABLE = (
    "cannot be reached",
    f"see that the server runs and that [ledger] url and the password are right, {_AGAIN}",
)
_NO_ACCESS = (
    "is closed to this user",
    "let the user own the schema: ALTER SCHEMA {schema} OWNER TO the user of the URL",
)
_READ_ONLY = ("takes no writes: it is a standby, or read-only", f"name the primary server in [ledger] url, {_AGAIN}")
_NO_SPACE = ("cannot grow: the server's disk is full", f"make room there, {_AGAIN}")
_NO_ROOM = ("is out of memory or connections", f"raise max_connections or run fewer processes, {_AGAIN}")
_IN_USE = ("is in use: what this run waited for was not free in time", f"wait until other work on it is done, {_AGAIN}")
_DAMAGED = ("is damaged", f"bring the database back from a backup (pg_restore) or a standby; {KEEP_IT}")

# By the whole code first, then by its class.
_CAUSES = {
    "42501": _NO_ACCESS,
    "25006": _READ_ONLY,
    "53100": _NO_SPACE,
    "55P03": _IN_USE,  # lock_timeout
    "57014": _IN_USE,  # statement_timeout
    "40": _IN_USE,  # rolled back in favour of others, again and again
    "53": _NO_ROOM,
    "08": _UNREACHABLE,
    "57": _UNREACHABLE,  # the server is shutting down, or an operator ended the connection
    "28": _UNREACHABLE,
    "XX": _DAMAGED,
    "58": _DAMAGED,  # a file is missing or cannot be read
    # Every statement is tested against intact tables, so an error in one means that they are not what they were.
    "42": _DAMAGED,
    "3F": _DAMAGED,
}


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Turn errors of PostgreSQL into LedgerError.

    Raises:
        LedgerError: For everything that a person can mend.
    """
    try:
        yield
    except psycopg.Error as error:
        cause = _cause(error)
        if cause is None:
            raise
        # `from None` where the connection failed: no traceback of a driver's shall ever show how it was made
        raise LedgerError(_problem(cause, error, address)) from None


def _cause(error: psycopg.Error) -> tuple[str, str] | None:
    code = error.sqlstate
    if code is None:  # libpq itself could not go on: there is no server that could have given a code
        return _UNREACHABLE if isinstance(error, psycopg.OperationalError) else None
    return _CAUSES.get(code, _CAUSES.get(code[:2]))


def _problem(cause: tuple[str, str], error: psycopg.Error, address: Address) -> Problem:
    what, fix = cause
    said = address.without_secrets(str(error)).strip()
    reason = f": {said.splitlines()[0].strip()}" if cause in {_UNREACHABLE, _NO_ROOM} and said else ""
    return Problem(
        what=f"the ledger at {address} {what}{reason}",
        fix=fix.replace("{schema}", address.schema),
        detail=f"{error.sqlstate or type(error).__name__}: {said}",
    )


def busy(address: Address) -> Problem:
    """Return the problem of a step that came to nothing again and again, since others were faster."""
    what, fix = _IN_USE
    return Problem(what=f"the ledger at {address} {what}", fix=fix)


def damaged(address: Address, detail: str) -> Problem:
    """Return the problem of a ledger whose content cannot be trusted."""
    what, fix = _DAMAGED
    return Problem(what=f"the ledger at {address} {what}", fix=fix, detail=detail)


def foreign(address: Address, detail: str) -> Problem:
    """Return the problem of a schema that holds something else; it was left as it was."""
    return Problem(
        what=f"the schema {address.schema} at {address} is not a ledger of crosspost; it was left untouched",
        fix="name another database, or another schema with ?schema=NAME, in [ledger] url",
        detail=detail,
    )


def newer(address: Address, version: int, known: int) -> Problem:
    """Return the problem of a ledger that a newer crosspost has made; it was left as it was."""
    return Problem(
        what=f"the ledger at {address} was made by a newer crosspost"
        f" (version {version} of its tables; this one knows {known})",
        fix="upgrade crosspost, then run it again",
    )


def replaced(address: Address) -> Problem:
    """Return the problem of a database that became another one under a running crosspost."""
    return Problem(
        what=f"the ledger at {address} was replaced by another one while crosspost was using it",
        fix=f"put the right database in its place, then start crosspost again; {KEEP_IT}",
    )


def unfit(address: Address, why: str, fix: str) -> Problem:
    """Return the problem of a server or database that cannot hold a ledger."""
    return Problem(what=f"the database at {address} cannot hold a ledger: {why}", fix=fix)
