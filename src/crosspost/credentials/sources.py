"""The order of the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.credentials.secret import Token, clean
from crosspost.errors import CredentialsError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.credentials.prompt import Prompt
    from crosspost.credentials.vault import Keyring

ENVIRONMENT = ("CROSSPOST_LINKEDIN__ACCESS_TOKEN", "LINKEDIN_ACCESS_TOKEN")


def find_token(account: str, environ: Mapping[str, str], keyring: Keyring, prompt: Prompt) -> Token:
    """Return the access token of an account: environment, else keyring, else prompt.

    Raises:
        CredentialsError: There is none, it cannot be one, or the keyring failed.
    """
    for name in ENVIRONMENT:
        if environ.get(name, "").strip():  # CI systems set a missing secret to nothing
            return Token(clean(environ[name], name), f"environment {name}")
    if keyring.name and (stored := keyring.get(account)):
        return Token(clean(stored, "the keyring"), f"keyring ({keyring.name})")
    return Token(clean(prompt.ask(account), "the prompt"), "prompt")


def store_token(account: str, token: str, keyring: Keyring) -> None:
    """Keep a token in the keyring, and read it again to be sure.

    Raises:
        CredentialsError: It is no token, or it could not be stored.
    """
    _must_be_usable(keyring)
    value = clean(token, "the input").reveal()
    keyring.set(account, value)
    if keyring.get(account) != value:
        raise _not_kept(keyring)


def forget_token(account: str, keyring: Keyring) -> bool:
    """Remove a token from the keyring. Return whether there was one."""
    _must_be_usable(keyring)
    return keyring.delete(account)


def _must_be_usable(keyring: Keyring) -> None:
    if keyring.name is None:
        raise CredentialsError(
            Problem(
                what="this machine has no keyring that can be used",
                fix="set LINKEDIN_ACCESS_TOKEN instead, or install a keyring such as GNOME Keyring or KWallet",
            )
        )


def _not_kept(keyring: Keyring) -> CredentialsError:
    return CredentialsError(
        Problem(
            what=f"the keyring ({keyring.name}) did not keep the access token", fix="set LINKEDIN_ACCESS_TOKEN instead"
        )
    )
