"""Write the address of the LinkedIn copy into the file of a post, or take it out again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from crosspost.errors import Problem, WriteBackRefused
from crosspost.jekyll.edit import insert_url, no_room, remove_url
from crosspost.jekyll.replace import ChangedMeanwhile, must_be_replaceable, replace_file
from crosspost.jekyll.temporary import sweep

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosspost.policy import WriteBackPolicy

_ATTEMPTS = 5


def write_back(path: Path, url: str, policy: WriteBackPolicy, *, tidy: bool = True) -> bool:
    """Put `url` into the file as it is now; return whether it changed.

    The edit is local, so when somebody saves the file at the same moment, it is made again in what they saved.

    Args:
        path: The file.
        url: The address.
        policy: Where it goes.
        tidy: First remove what killed processes left beside the file, for which its folder is listed.

    Raises:
        WriteBackRefused: Nothing was written; the error says why. `ChangedMeanwhile` where the file never stood still.
    """
    return _edit(path, lambda data: insert_url(data, url, policy), tidy=tidy)


def take_back(path: Path, url: str, policy: WriteBackPolicy) -> bool:
    """Take `url` out of the file as it is now; return whether it changed. Otherwise as `write_back`."""
    return _edit(path, lambda data: remove_url(data, url, policy), tidy=True)


def obstacle(path: Path, policy: WriteBackPolicy) -> Problem | None:
    """Return why the text of a file has no place for an address, None where it has. Changes nothing."""
    try:
        return no_room(_read(path), policy)
    except WriteBackRefused as error:
        return error.problem


def barrier(path: Path) -> Problem | None:
    """Return why the system would not let a file be replaced, None where it would. Changes nothing."""
    try:
        must_be_replaceable(path)
    except WriteBackRefused as error:
        return error.problem
    return None


def _edit(path: Path, change: Callable[[bytes], bytes], *, tidy: bool) -> bool:
    if tidy:
        sweep(Path(os.path.realpath(path)).parent)
    for _ in range(_ATTEMPTS - 1):
        try:
            return _try_once(path, change)
        except ChangedMeanwhile:
            continue
    return _try_once(path, change)


def _try_once(path: Path, change: Callable[[bytes], bytes]) -> bool:
    before = _read(path)
    after = change(before)
    if after == before:
        return False
    replace_file(path, before, after)
    return True


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (
            "is not there any more" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
        )
        raise WriteBackRefused(
            Problem(
                what=f"{path.name} {reason}", fix="put the file back, or add the address by hand", detail=str(error)
            )
        ) from error
