"""The system's keyring, with room for long tokens."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Protocol, TypeVar

from crosspost.credentials.secret import CHOICES
from crosspost.errors import CredentialsError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

SERVICE = "crosspost"

_LONGEST_PART = 1000  # Windows' Credential Manager holds 2,560 bytes, 1,280 characters (CRED_MAX_CREDENTIAL_BLOB_SIZE)
_HEAD = re.compile(r"crosspost-parts:([0-9]{1,3}):([0-9a-f]{64})")  # never a token: those have no colon

T = TypeVar("T")


class Backend(Protocol):
    """What is used of `keyring.backend.KeyringBackend`."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a stored value."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store a value."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a value."""
        ...


class Keyring:
    """The system's keyring, long values and broken back ends included. All methods raise `CredentialsError`.

    A value over 1,000 characters is kept in numbered parts; under the account's own name then stands how many, with a
    digest of the whole, so that a half-replaced token is noticed and never used. A short value is kept as it is, so
    that `keyring set crosspost default` works too.
    """

    def __init__(self, load: Callable[[], Backend] | None = None) -> None:
        self._load = load or _system_backend
        self._backend: Backend | None = None

    @property
    def name(self) -> str | None:
        """Name of the keyring, None where this machine has none that can be used."""
        backend = self._opened()
        if type(backend).__module__ in {"keyring.backends.fail", "keyring.backends.null"}:
            return None
        return str(getattr(backend, "name", type(backend).__name__)).removesuffix(" Keyring")

    def get(self, account: str) -> str | None:
        """Return the value of an account, None where there is none."""
        stored = self._read(account)
        head = _HEAD.fullmatch(stored or "")
        if head is None:
            return stored
        parts = [self._part(account, number) for number in range(1, int(head[1]) + 1)]
        value = "".join(parts)
        if _digest(value) != head[2]:
            raise CredentialsError(_damaged(account))
        return value

    def set(self, account: str, value: str) -> None:
        """Store the value of an account, in place of any older one."""
        older = self._part_count(account)
        parts = [value[start : start + _LONGEST_PART] for start in range(0, len(value), _LONGEST_PART)]
        if len(parts) == 1:
            self._write(account, value)
            self._drop_parts(account, range(1, older + 1))
            return
        for number, part in enumerate(parts, 1):
            self._write(_part_name(account, number), part)
        self._write(account, f"crosspost-parts:{len(parts)}:{_digest(value)}")
        self._drop_parts(account, range(len(parts) + 1, older + 1))

    def delete(self, account: str) -> bool:
        """Forget the value of an account. Return whether there was one."""
        if self._read(account) is None:
            return False
        count = self._part_count(account)
        self._forget(account)
        self._drop_parts(account, range(1, count + 1))
        return True

    def _part(self, account: str, number: int) -> str:
        return self._read(_part_name(account, number)) or ""

    def _part_count(self, account: str) -> int:
        head = _HEAD.fullmatch(self._read(account) or "")
        return int(head[1]) if head else 0

    def _read(self, user: str) -> str | None:
        return self._do("read", lambda backend: backend.get_password(SERVICE, user))

    def _write(self, user: str, value: str) -> None:
        self._do("write to", lambda backend: backend.set_password(SERVICE, user, value))

    def _forget(self, user: str) -> None:
        self._do("delete from", lambda backend: backend.delete_password(SERVICE, user))

    def _drop_parts(self, account: str, numbers: range) -> None:
        for number in numbers:
            if self._part(account, number):
                self._forget(_part_name(account, number))

    def _opened(self) -> Backend:
        if self._backend is None:
            try:
                self._backend = self._load()
            except Exception as error:  # noqa: BLE001 whatever a third-party back end raises, a person must hear it
                raise CredentialsError(_keyring_failed("open", error)) from None
        return self._backend

    def _do(self, verb: str, action: Callable[[Backend], T]) -> T:
        backend = self._opened()
        try:
            return action(backend)
        except Exception as error:  # noqa: BLE001 as above
            raise CredentialsError(_keyring_failed(verb, error)) from None


def _system_backend() -> Backend:
    import keyring  # noqa: PLC0415 lazy: it looks for back ends, and most runs take the token from the environment

    return keyring.get_keyring()


def _part_name(account: str, number: int) -> str:
    return f"{account} (part {number})"


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def _damaged(account: str) -> Problem:
    return Problem(
        what=f"the access token of the account {account!r} is incomplete in the keyring",
        linkedin_has="nothing was sent",
        fix="store it again with 'crosspost auth login', or set LINKEDIN_ACCESS_TOKEN",
    )


def _keyring_failed(verb: str, error: Exception) -> Problem:
    # Only the kind of the error: a back end may repeat the value in its message.
    return Problem(
        what=f"crosspost could not {verb} the system's keyring ({type(error).__name__})",
        linkedin_has="nothing was sent",
        fix=f"unlock the keyring, or {CHOICES}",
    )
