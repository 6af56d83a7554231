"""Replace a file as a whole, durably, and only if nobody changed it.

New bytes go to a temporary file in the same folder, are flushed to the disk, and take the file's name in one step
(POSIX `rename`: atomic; readers see the old file or the new one). Until then the file is not touched, so a full disk, a
crash or a lost race leaves it as it was.

Between the last comparison and that step somebody may save, and editors heed no lock. So the two files exchange their
names where the system can do that: what lost its name is still there, out of everybody's reach, and is compared once more.
If it is not what was read, it gets its name back. Elsewhere the comparison is the last thing before the rename, and one
system call is left between the two.

An editor that writes in place is dangerous as well: what it has written so far compares equal, and the rest would go into
the file that lost its name. `open_files` sees it where the system can tell.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from pathlib import Path

from crosspost.errors import Problem, WriteBackRefused
from crosspost.jekyll.exchange import exchange
from crosspost.jekyll.open_files import is_being_written
from crosspost.jekyll.temporary import temporary_in


class ChangedMeanwhile(WriteBackRefused):
    """Somebody changed the file between reading and replacing; it has their bytes. Reading again may help."""


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Make `after` the content of the file that has `before`.

    A symbolic link stays a link: the file it leads to is replaced. Mode and, where the system permits, extended
    attributes, owner and group are kept. A file that this user may not write, and a file with several names (hard
    links), which a replacement would part, are refused.

    Raises:
        ChangedMeanwhile: The file has other bytes than `before`, or is another file now.
        WriteBackRefused: It cannot be replaced safely, or the system refused; it has its old bytes.
    """
    try:
        target = Path(os.path.realpath(path, strict=True))
        found = target.stat()
        _allow(target, found)
        with temporary_in(target.parent) as temporary:
            _dress(temporary, target, found)
            _write(temporary, after)
            _compare(path, target, found, before)
            _take_name(temporary, target, found, before)
    except FileNotFoundError as error:  # perhaps for a moment: `git checkout` removes a file and makes it anew
        raise ChangedMeanwhile(_refused(path, error).problem) from error
    except OSError as error:
        raise _refused(path, error) from error
    _flush_folder(target.parent)


def must_be_replaceable(path: Path) -> None:
    """Raise `WriteBackRefused` for a file that `replace_file` would refuse whatever its bytes; changes nothing."""
    try:
        target = Path(os.path.realpath(path, strict=True))
        _allow(target, target.stat())
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> WriteBackRefused:
    if isinstance(error, FileNotFoundError):
        what, fix = f"{path.name} is not there any more", "put the file back, or settle the post by hand"
    else:
        reason = error.strerror or type(error).__name__
        what, fix = (
            f"{path.name} could not be replaced: {reason}",
            "see that the folder is writable and the disk has space",
        )
    return WriteBackRefused(Problem(what=what, fix=fix, detail=str(error)))


def _allow(target: Path, found: os.stat_result) -> None:
    """Raise `WriteBackRefused` for a file that must not be replaced."""
    if not stat.S_ISREG(found.st_mode):
        raise WriteBackRefused(Problem(what=f"{target.name} is not a regular file", fix="name the file itself"))
    if not os.access(
        target, os.W_OK
    ):  # a rename would get around it; whoever may not write a file shall not replace it
        raise WriteBackRefused(Problem(what=f"{target.name} is read-only", fix=f"make it writable: chmod u+w {target}"))
    if not os.access(target.parent, os.W_OK | os.X_OK):
        raise WriteBackRefused(
            Problem(
                what=f"the folder of {target.name} is read-only", fix=f"make it writable: chmod u+w {target.parent}"
            )
        )
    if found.st_nlink > 1:
        raise WriteBackRefused(
            Problem(
                what=f"{target.name} has {found.st_nlink} names (hard links), which a replacement would part",
                fix="make it a file of its own, or a symbolic link",
            )
        )


def _dress(temporary: Path, target: Path, found: os.stat_result) -> None:
    """Give the temporary file the owner, mode and extended attributes of the file it replaces."""
    if hasattr(os, "chown"):
        for owner in ((-1, found.st_gid), (found.st_uid, -1)):  # only root may give files away; a group may be ours
            with contextlib.suppress(OSError):
                os.chown(temporary, *owner)
    shutil.copystat(target, temporary)  # the times too; writing makes them new


def _write(path: Path, data: bytes) -> None:
    """Write `data` and see it on the disk: without the flush, a rename may become durable before the bytes do."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _compare(path: Path, target: Path, found: os.stat_result, before: bytes) -> None:
    """Raise `ChangedMeanwhile` unless `path` still leads to the same file, with the bytes that were read."""
    _must_be(target, found, before, name=path.name)
    if not os.path.samestat(path.stat(), found):
        raise _changed(path.name)


def _must_be(path: Path, found: os.stat_result, before: bytes, *, name: str) -> None:
    """Raise `ChangedMeanwhile` unless the file at `path` is the one that was found, has its bytes, and nobody writes it."""
    with path.open("rb", buffering=0) as file:
        same_file = os.path.samestat(os.fstat(file.fileno()), found)
        same_bytes = file.read() == before
        if is_being_written(file.fileno()):
            raise ChangedMeanwhile(
                Problem(what=f"{name} is being written by another program", fix="save it there, then run again")
            )
    if not (same_file and same_bytes):
        raise _changed(name)


def _changed(name: str) -> ChangedMeanwhile:
    return ChangedMeanwhile(
        Problem(what=f"{name} was changed by somebody meanwhile, and was left alone", fix="run again")
    )


def _take_name(temporary: Path, target: Path, found: os.stat_result, before: bytes) -> None:
    """Give the new file the name of the old one, unless somebody saved since the comparison."""
    new = temporary.stat()
    if not exchange(temporary, target):
        temporary.replace(target)
        return
    try:
        _must_be(temporary, found, before, name=target.name)
    except BaseException:  # an interrupt too: whatever it is, it is not known to be what was read
        _give_back(temporary, target, new)
        raise


def _give_back(temporary: Path, target: Path, placed: os.stat_result) -> None:
    """Undo an exchange that placed a file at `target`; what somebody saves there meanwhile keeps the name."""
    while True:
        placing = temporary.stat()
        exchange(temporary, target)
        if os.path.samestat(temporary.stat(), placed):
            return
        placed = placing


def _flush_folder(folder: Path) -> None:
    """Make the rename durable. Not every system can (Windows, some network drives); the file is replaced anyway."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
