"""Temporary files beside posts, and what killed processes left of them.

Whoever has such files in a folder shares a lock of the folder for as long; who sweeps needs that lock alone. The system
gives a lock back when its process ends, however it ends. So what lies there while nobody shares the lock is nobody's.
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
    """Give an empty file in `folder`, and remove whatever has its name in the end."""
    with _locked(folder, alone=False):
        descriptor, name = tempfile.mkstemp(suffix=_SUFFIX, prefix=_PREFIX, dir=folder)
        os.close(descriptor)
        try:
            yield Path(name)
        finally:
            with contextlib.suppress(OSError):
                Path(name).unlink()


def sweep(folder: Path) -> None:
    """Remove what killed processes left in `folder`. What cannot be looked at, locked or removed stays."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        left = [entry for entry in entries if _is_temporary(entry)]
        if not left:
            return
        with _locked(folder, alone=True) as is_locked:
            for entry in left if is_locked else ():
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()


def _is_temporary(entry: os.DirEntry[str]) -> bool:
    ours = entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX)
    return ours and entry.is_file(follow_symlinks=False)


@contextlib.contextmanager
def _locked(folder: Path, *, alone: bool) -> Iterator[bool]:
    """Lock `folder` for a while; give False where somebody else has it or the drive has no locks. Waits for a sweep."""
    if sys.platform == "win32":
        yield False
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int) -> bool:
    try:
        fcntl.flock(descriptor, how)
    except OSError:
        return False
    return True
