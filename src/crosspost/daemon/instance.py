"""One daemon a ledger, site and account: two would plan the same post, and one of them in vain.

A lock of the operating system on a file beside the ledger: it ends with its process, however that ends. Posts are safe
without it (each is claimed in the ledger); this is for people, who are told who holds it. A ledger that several machines
share has none: there each daemon claims what it sends.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING

from crosspost.errors import LedgerError, Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path


def lock_file(ledger: Path, site: str, account: str) -> Path:
    """Return the file that stands for one site and account of a ledger."""
    name = hashlib.sha256(f"{site}\n{account}".encode()).hexdigest()[:12]
    return ledger.with_name(f"{ledger.name}.daemon-{name}.lock")


@contextmanager
def sole(path: Path, *, account: str, owner: str, now: datetime) -> Iterator[None]:
    """Hold the lock while the block runs.

    Raises:
        SettingsError: Another daemon holds it; says who and since when.
        LedgerError: The file cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        what = f"the lock {path} cannot be made: {error.strerror}"
        raise LedgerError(
            Problem(what=what, linkedin_has="nothing was sent", fix="check the folder's rights")
        ) from error
    with file:
        if not _locked(file):
            raise SettingsError(_held(file, account))
        file.truncate(0)
        file.write(f"{owner} since {now:%Y-%m-%d %H:%M:%S} UTC\n")
        file.flush()
        yield


def _held(file: IO[str], account: str) -> Problem:
    file.seek(0)
    holder = file.read().strip() or "unknown"
    return Problem(
        what=f"a crosspost daemon runs already for this site and account {account}: {holder}",
        linkedin_has="nothing was sent",
        fix="stop that one first; 'crosspost publish' works beside it",
    )


def _locked(file: IO[str]) -> bool:
    with suppress(OSError):
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only there

            # Far behind the text, so that others may read who holds it: on Windows a lock keeps readers out.
            os.lseek(file.fileno(), 1 << 30, os.SEEK_SET)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - only there

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
