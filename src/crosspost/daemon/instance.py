"""One daemon a ledger, site and account: two would plan the same post, and one of them in vain.

A lock of the operating system on a file beside the ledger: it ends with its process, however that ends. Posts are safe
without it (each is claimed in the ledger); this is for people, who are told who holds it. A ledger that several machines
share has none: there each daemon claims what it sends.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, TYPE_CHECKING

from crosspost.errors import LedgerError, Problem, SettingsError
from crosspost.ledger.sqlite import SqliteLedger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from crosspost.pipeline.run import Run


def lock_file(ledger: Path, site: str, account: str) -> Path:
    """Return the file that stands for one site and account of a ledger."""
    name = hashlib.sha256(f"{site}\n{account}".encode()).hexdigest()[:12]
    return ledger.with_name(f"{ledger.name}.daemon-{name}.lock")


def lock_files(runs: Iterable[Run]) -> dict[Path, str]:
    """Return the files that stand for these runs, each with the name of its account; none for ledgers that are shared."""
    return {
        lock_file(run.ledger.path, run.site, run.policy.name): run.policy.name
        for run in runs
        if isinstance(run.ledger, SqliteLedger)
    }


class Locks:
    """The locks that one daemon holds; they follow its settings.

    Args:
        owner: This process, for those who find a lock held.
    """

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._held: dict[Path, ExitStack] = {}

    def hold(self, wanted: Mapping[Path, str], now: datetime) -> None:
        """Take the locks that are wanted and not held, then give back the others: all, or those before.

        Raises:
            SettingsError: Another daemon holds one.
            LedgerError: A file cannot be made.
        """
        with ExitStack() as undo:
            taken = {path: ExitStack() for path in wanted.keys() - self._held.keys()}
            for path, stack in taken.items():
                undo.push(stack)
                stack.enter_context(sole(path, account=wanted[path], owner=self._owner, now=now))
            undo.pop_all()
        for path in self._held.keys() - wanted.keys():
            self._held.pop(path).close()
        self._held |= taken

    def close(self) -> None:
        """Give all of them back."""
        for stack in self._held.values():
            stack.close()


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
