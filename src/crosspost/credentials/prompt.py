"""Asking a person for a token, and not asking where nobody is there."""

from __future__ import annotations

import getpass
import sys
from typing import NoReturn, Protocol

from crosspost.credentials.secret import CHOICES
from crosspost.errors import CredentialsError, Problem


class Prompt(Protocol):
    """Asks a person for the token of an account."""

    def ask(self, account: str) -> str:
        """Return what was typed.

        Raises:
            CredentialsError: Nobody can be asked, or nothing was typed.
        """
        ...


class TerminalPrompt:
    """Asks on the terminal, without showing what is typed."""

    def ask(self, account: str) -> str:
        """Return what was typed or pasted; the question goes to standard error."""
        try:
            return getpass.getpass(f"LinkedIn access token for {account}: ", stream=sys.stderr)
        except EOFError:
            raise CredentialsError(_missing(account)) from None


class NoPrompt:
    """For everything without a terminal: asking is an error that names the other ways."""

    def ask(self, account: str) -> NoReturn:
        """Raise `CredentialsError`."""
        raise CredentialsError(_missing(account))


def _missing(account: str) -> Problem:
    return Problem(
        what=f"there is no LinkedIn access token for the account {account!r}",
        linkedin_has="nothing was sent",
        fix=CHOICES,
    )
