"""Opening the file of a SQLite ledger: made whole or not at all, durable, refused where it is not ours.

Sources: SQLite "Write-Ahead Logging", "PRAGMA synchronous", "How To Corrupt An SQLite Database File", "Uniform Resource
Identifiers"; XDG Base Directory Specification (mode 0700).
"""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from crosspost.errors import LedgerError, Problem
from crosspost.ledger import sqlite_schema
from crosspost.ledger.sqlite_problems import damaged, foreign, newer

if TYPE_CHECKING:
    from datetime import timedelta

    from crosspost.ledger.statements import Schema

_OLDEST_SQLITE = (3, 37, 0)  # STRICT tables


def open_file(path: Path, busy: timedelta, tables: Schema) -> sqlite3.Connection:
    """Open the ledger at `path`, which is made if there is none.

    Args:
        path: Absolute.
        busy: How long to wait for other processes.
        tables: What must be in it; an older file is brought up to this.

    Raises:
        LedgerError: It is no ledger that can be used. A file that is foreign or newer was not changed by a single byte.
        OSError, sqlite3.Error: The system refused; see `sqlite_problems.told`.
    """
    _refuse_old_sqlite()
    if not os.path.lexists(path):
        _make(path, tables)
    _inspect(path, tables)
    db = _connect(path, busy)
    try:
        _set_up(db)
        _get_ready(db, path, tables)
    except BaseException:
        db.close()
        raise
    return db


def identity(path: Path) -> tuple[int, int]:
    """Return what names the file at this path, whatever is put there later."""
    status = path.stat()
    return status.st_dev, status.st_ino


def _refuse_old_sqlite() -> None:
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        needed = ".".join(map(str, _OLDEST_SQLITE))
        what = f"this Python has SQLite {sqlite3.sqlite_version}, and the ledger needs {needed} or newer"
        raise LedgerError(Problem(what=what, fix="run crosspost with a newer Python"))


def _connect(path: Path, busy: timedelta) -> sqlite3.Connection:
    # SqliteLedger lets one thread in at a time, so its connection may be used from any.
    return sqlite3.connect(path, timeout=busy.total_seconds(), isolation_level=None, check_same_thread=False)


def _set_up(db: sqlite3.Connection) -> None:
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA synchronous = FULL")  # each commit is on the disk before it returns, in WAL mode too
    db.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone leaves data in the drive's cache
    db.execute("PRAGMA checkpoint_fullfsync = ON")
    db.execute("PRAGMA cell_size_check = ON")  # find damage early
    db.execute("PRAGMA trusted_schema = OFF")


def _get_ready(db: sqlite3.Connection, path: Path, tables: Schema) -> None:
    sqlite_schema.migrate(db, tables)
    if (version := sqlite_schema.version_of(db)) > tables.version:
        raise LedgerError(newer(path, version, tables.version))
    if parts := sqlite_schema.missing_parts(db, tables):
        raise LedgerError(damaged(path, f"missing or altered: {', '.join(parts)}"))
    # Pages, indexes and CHECKs: a damaged index would hide a twin. A blog's ledger takes a millisecond, 20,000 entries 0.1 s.
    (verdict,) = db.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise LedgerError(damaged(path, verdict))
    (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        what = f"the ledger {path} is on a file system that cannot share it safely (journal mode {mode})"
        raise LedgerError(Problem(what=what, fix="set [ledger] url to a file on a local disk"))
    sync_folder(path.parent)


def _inspect(path: Path, tables: Schema) -> None:
    """Refuse a foreign or newer file without leaving a trace.

    `immutable` reads the main file alone: no lock, no side files, no recovery of somebody else's log. Opening the file
    without SQLite would be worse: closing it drops the locks of every other connection of this process (POSIX).
    """
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as db:
        try:
            mark, version = sqlite_schema.application_of(db), sqlite_schema.version_of(db)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
                raise
            raise LedgerError(foreign(path, str(error))) from error
    if mark != sqlite_schema.APPLICATION_ID:
        raise LedgerError(foreign(path, f"application_id {mark}"))
    if version > tables.version:
        raise LedgerError(newer(path, version, tables.version))


def _make(path: Path, tables: Schema) -> None:
    """Make a whole ledger beside `path`, then give it its name if nobody else was faster.

    Turning on WAL in a file that others open at the same moment fails for some of them with SQLITE_BUSY at once,
    whatever the time-out; so nobody sees the file before it is done.
    """
    make_folder(path.parent)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".new", dir=path.parent)  # mode 0600
    os.close(handle)
    try:
        with closing(sqlite3.connect(name, isolation_level=None)) as db:
            db.execute("PRAGMA synchronous = FULL")
            sqlite_schema.create(db, tables)
            db.execute("PRAGMA journal_mode = WAL")
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, mode 0700, so that they survive a power cut."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable: fsync of a file alone need not do that (Linux, fsync(2))."""
    if os.name == "nt":
        return  # a folder cannot be opened there; NTFS journals names itself
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # file systems that have no such thing
            raise
    finally:
        os.close(handle)
