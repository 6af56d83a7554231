"""What SQLite and the file system say, in the words that a person needs.

Wrapped is what a person can mend: locks, rights, space, disks, damage. A violated CHECK or a wrong parameter is a defect
of crosspost and stays the exception that it is.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from crosspost.errors import LedgerError, Problem
from crosspost.ledger.problems import KEEP_IT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PRIMARY_CODE = 0xFF  # the lowest byte of an extended result code (SQLite, "Result and Error Codes")

_IN_USE = ("is in use by another process", "wait until the other run is done, then run crosspost again")
_NO_ACCESS = (
    "cannot be opened for writing",
    "give yourself the right to write to the file and its folder, or set [ledger] url",
)
_NO_SPACE = ("cannot grow: the disk is full", "make room on that disk, then run crosspost again")
_BROKEN_DISK = ("cannot be read or written: the disk reports an error", "check the disk, then run crosspost again")
_DAMAGED = ("is damaged", "")  # the way out depends on the path: see `damaged`

_CAUSES = {
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_PROTOCOL: _IN_USE,
    sqlite3.SQLITE_READONLY: _NO_ACCESS,
    sqlite3.SQLITE_PERM: _NO_ACCESS,
    sqlite3.SQLITE_AUTH: _NO_ACCESS,
    sqlite3.SQLITE_CANTOPEN: _NO_ACCESS,
    sqlite3.SQLITE_FULL: _NO_SPACE,
    sqlite3.SQLITE_IOERR: _BROKEN_DISK,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    # Every statement is tested against an intact file, so an error in one means that the tables are not what they were.
    sqlite3.SQLITE_ERROR: _DAMAGED,
    sqlite3.SQLITE_SCHEMA: _DAMAGED,
    sqlite3.SQLITE_MISMATCH: _DAMAGED,
    sqlite3.SQLITE_TOOBIG: _DAMAGED,
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and the file system into LedgerError.

    Raises:
        LedgerError: For everything that a person can mend.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if (problem := _problem(error, path)) is None:
            raise
        raise LedgerError(problem) from error
    except OSError as error:
        what, fix = _NO_ACCESS
        detail = error.strerror or str(error)
        raise LedgerError(Problem(what=f"the ledger {path} {what}", fix=fix, detail=detail)) from error


def _problem(error: sqlite3.DatabaseError, path: Path) -> Problem | None:
    # Errors that Python's own layer raises have no code; of an OperationalError that is text that is not UTF-8.
    default = sqlite3.SQLITE_CORRUPT if isinstance(error, sqlite3.OperationalError) else sqlite3.SQLITE_MISUSE
    code = getattr(error, "sqlite_errorcode", default) & _PRIMARY_CODE
    if code not in _CAUSES:
        return None
    what, fix = _CAUSES[code]
    if _CAUSES[code] is _DAMAGED:
        return damaged(path, str(error))
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    return Problem(what=f"the ledger {path} {what}", fix=fix, detail=f"{name}: {error}")


def damaged(path: Path, detail: str) -> Problem:
    """Return the problem of a ledger whose content cannot be trusted."""
    rescue = f"""sqlite3 "{path}" .recover | sqlite3 "{path.with_name("rescued.db")}\""""
    return Problem(
        what=f"the ledger {path} is damaged",
        fix=f"put a backup in its place, or rescue what can be read: {rescue}; {KEEP_IT}",
        detail=detail,
    )


def foreign(path: Path, detail: str) -> Problem:
    """Return the problem of a file that is no ledger; it was left as it was."""
    return Problem(
        what=f"{path} is not a ledger of crosspost; it was left untouched",
        fix="set [ledger] url to a file that does not exist yet, or to the ledger; if this once was the ledger, put a backup in its place",
        detail=detail,
    )


def newer(path: Path, version: int, known: int) -> Problem:
    """Return the problem of a ledger that a newer crosspost has made; it was left as it was."""
    return Problem(
        what=f"the ledger {path} was made by a newer crosspost (version {version} of its tables; this one knows {known})",
        fix="upgrade crosspost, then run it again",
    )


def moved(path: Path) -> Problem:
    """Return the problem of a file that was moved, deleted or replaced under a running crosspost."""
    return Problem(
        what=f"the ledger {path} was moved, deleted or replaced while crosspost was using it",
        fix=f"put the file back in its place, then start crosspost again; {KEEP_IT}",
    )
