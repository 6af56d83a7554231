"""Temporary files beside posts, and what killed processes left of them.

Each is locked by the process that made it, for as long as that lives: the system gives the lock back when the process
ends, however it ends. So a file whose lock can be had belongs to nobody any more.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if sys.platform != "win32":  # there nothing is locked, and so nothing swept
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator

# Jekyll leaves out names that start with a dot (lib/jekyll/entry_filter.rb), and so do watchers and most editors.
_PREFIX, _SUFFIX = ".crosspost-", ".tmp"


@contextlib.contextmanager
def temporary_in(folder: Path) -> Iterator[Path]:
    """Give an empty file in `folder`, and remove it if it still has its name in the end."""
    path, descriptor = _made(folder)
    try:
        yield path
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
        if descriptor is not None:
            os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove what killed processes left in `folder`. What cannot be looked at, locked or removed stays."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX):
                with contextlib.suppress(OSError):
                    _remove_if_left(Path(entry.path))


def _made(folder: Path) -> tuple[Path, int | None]:
    """Make a file that no sweep takes. One that was taken between its making and its lock is made again."""
    while True:
        descriptor, name = tempfile.mkstemp(suffix=_SUFFIX, prefix=_PREFIX, dir=folder)
        if not _lock(descriptor):
            os.close(descriptor)
            return Path(name), None
        if os.fstat(descriptor).st_nlink:
            return Path(name), descriptor
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    """Lock an open file; False where that is not possible: another process has it, or the drive has no locks."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _remove_if_left(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        # Opened before the rename and locked after it, it is a post by now: the name must still lead to it.
        if _lock(descriptor) and os.path.samestat(os.fstat(descriptor), path.lstat()):
            path.unlink()
    finally:
        os.close(descriptor)
