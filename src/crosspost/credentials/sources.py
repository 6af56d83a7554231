"""The places that keep secrets, and the order in which they are looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from crosspost.errors import CredentialsError, Problem

if TYPE_CHECKING:
    from crosspost.credentials.vault import Keyring


class Store(Protocol):
    """A place that keeps values by name: the system's keyring, or files of their owner. All methods raise `CredentialsError`."""

    @property
    def name(self) -> str | None:
        """What people call it; None where it cannot be used."""
        ...

    def get(self, key: str, /) -> str | None:
        """Return a value, None where there is none."""
        ...

    def set(self, key: str, value: str, /) -> None:
        """Store a value in place of any older one."""
        ...

    def delete(self, key: str, /) -> bool:
        """Forget a value. Return whether there was one."""
        ...


def find_stored(key: str, keyring: Keyring, file: Store | None) -> tuple[str, str, str] | None:
    """Return a stored value, the place it was in and the name of the source.

    A keyring that fails is an error only where no file has the value: who has no working keyring was told to use one.

    Raises:
        CredentialsError: See above.
    """
    failure: CredentialsError | None = None
    try:
        if keyring.name and (stored := keyring.get(key)):
            return stored, "the keyring", f"keyring ({keyring.name})"
    except CredentialsError as error:
        failure = error
    if file and (stored := file.get(key)):
        return stored, f"the file in {file.name}", f"file ({file.name})"
    if failure:
        raise failure
    return None


def keep(key: str, value: str, store: Store) -> None:
    """Keep a value, and read it again to be sure.

    Raises:
        CredentialsError: The store is not usable, or did not keep it.
    """
    must_be_usable(store)
    store.set(key, value)
    if store.get(key) != value:
        raise _not_kept(store)


def must_be_usable(store: Store) -> None:
    """Raise `CredentialsError`, naming the choices, where this machine has no such store."""
    if store.name is None:
        raise CredentialsError(
            Problem(
                what="this machine has no keyring that can be used",
                fix="set LINKEDIN_ACCESS_TOKEN instead (in CI: as a secret), install a keyring such as GNOME Keyring or KWallet, "
                "or keep the token in a file that only you can read: crosspost auth login --store file",
            )
        )


def _not_kept(store: Store) -> CredentialsError:
    return CredentialsError(
        Problem(
            what=f"the keyring ({store.name}) did not keep the access token", fix="set LINKEDIN_ACCESS_TOKEN instead"
        )
    )
