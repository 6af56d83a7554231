"""Write the address of the LinkedIn copy into the file of a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.errors import Problem, WriteBackRefused
from crosspost.jekyll.edit import insert_url
from crosspost.jekyll.replace import ChangedMeanwhile, replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from crosspost.policy import WriteBackPolicy

_ATTEMPTS = 5


def write_back(path: Path, url: str, policy: WriteBackPolicy) -> bool:
    """Put `url` into the file as it is now; return whether it changed.

    The edit is local, so when somebody saves the file at the same moment, it is made again in what they saved.

    Raises:
        WriteBackRefused: Nothing was written; the error says why. `ChangedMeanwhile` where the file never stood still.
    """
    for _ in range(_ATTEMPTS - 1):
        try:
            return _try_once(path, url, policy)
        except ChangedMeanwhile:
            continue
    return _try_once(path, url, policy)


def _try_once(path: Path, url: str, policy: WriteBackPolicy) -> bool:
    before = _read(path)
    after = insert_url(before, url, policy)
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
