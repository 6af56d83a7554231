"""Secrets in files that only their owner can read: for machines without a keyring, and only when asked for.

Whoever can read the owner's files, or a backup of them, has the token; a keyring is better wherever there is one.
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from crosspost.credentials.secret import CHOICES
from crosspost.errors import CredentialsError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

_NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)  # Windows has none; nor has it the modes that are checked here
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class FileStore:
    """One file a value, mode 0600, in a folder of mode 0700. All methods raise `CredentialsError`.

    Args:
        folder: Gives the folder; asked only when a value is wanted. It is made with the first value.
    """

    def __init__(self, folder: Callable[[], Path] | None = None) -> None:
        self._folder = folder or _state_folder

    @property
    def name(self) -> str:
        """The folder, for people."""
        return str(self._folder())

    def get(self, key: str) -> str | None:
        """Return a value, None where there is none. A file that others can read is refused, as ssh does."""
        path = self._path(key)
        try:
            descriptor = os.open(path, os.O_RDONLY | _NOFOLLOW)
            with open(descriptor, encoding="utf-8", errors="replace") as file:  # noqa: PTH123 - opened without following links
                _must_be_private(os.fstat(descriptor), path)
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise _failed("read", path, error) from None

    def set(self, key: str, value: str) -> None:
        """Store a value in place of any older one: whole or not at all."""
        path = self._path(key)
        try:
            self._make_folder()
            _replace(path, value)
        except OSError as error:
            raise _failed("write", path, error) from None

    def delete(self, key: str) -> bool:
        """Forget a value. Return whether there was one."""
        path = self._path(key)
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise _failed("remove", path, error) from None
        return True

    def _path(self, key: str) -> Path:
        return self._folder() / f"{quote(key, safe='')}.secret"

    def _make_folder(self) -> None:
        folder = self._folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)  # also where it was there already, or the umask is odd


def _state_folder() -> Path:
    import platformdirs  # noqa: PLC0415 - only who looks for a file pays for it

    return Path(platformdirs.user_state_dir("crosspost", appauthor=False)) / "credentials"


def _replace(path: Path, value: str) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # mode 0600 (tempfile, "mkstemp")
    try:
        with open(descriptor, "w", encoding="utf-8") as file:  # noqa: PTH123 - the descriptor is there already
            file.write(value)
            file.flush()
            os.fsync(descriptor)
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise


def _must_be_private(status: os.stat_result, path: Path) -> None:
    if os.name == "posix" and status.st_mode & _OTHERS:
        raise CredentialsError(
            Problem(
                what=f"other users of this machine can read {path}",
                linkedin_has="nothing was sent",
                fix=f"run: chmod 600 '{path}'; if others may have read it, revoke the token with 'crosspost auth logout'",
            )
        )


def _failed(verb: str, path: Path, error: OSError) -> CredentialsError:
    what = f"crosspost could not {verb} {path} ({error.strerror or type(error).__name__})"
    return CredentialsError(
        Problem(what=what, linkedin_has="nothing was sent", fix=f"check its permissions, or {CHOICES}")
    )
