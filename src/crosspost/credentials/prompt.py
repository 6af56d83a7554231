"""Asking a person for a secret, and not asking where nobody is there."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, NoReturn, Protocol

from crosspost.errors import CredentialsError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable


class Prompt(Protocol):
    """Asks a person."""

    def ask(self, account: str) -> str:
        """Return what was typed as the access token of an account.

        Raises:
            CredentialsError: Nobody can be asked, or nothing was typed.
        """
        ...

    def answer(self, question: str, *, hidden: bool) -> str:
        """Return what was typed after a question, with `hidden` without showing it.

        Raises:
            CredentialsError: Nobody can be asked.
        """
        ...


class TerminalPrompt:
    """Asks on the terminal; questions go to standard error."""

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        """Call `before` ahead of each question: what else is on the line has to go."""
        self._before = before

    def ask(self, account: str) -> str:
        """Return what was typed or pasted, without showing it."""
        try:
            return self._typed(f"LinkedIn access token for {account}: ", hidden=True)
        except EOFError:
            raise CredentialsError(_missing(account)) from None

    def answer(self, question: str, *, hidden: bool) -> str:
        """Return what was typed or pasted."""
        try:
            return self._typed(f"{question}: ", hidden=hidden)
        except EOFError:
            raise CredentialsError(_unanswered(question)) from None

    def _typed(self, question: str, *, hidden: bool) -> str:
        self._before()
        if hidden:
            return getpass.getpass(question, stream=sys.stderr)
        sys.stderr.write(question)
        sys.stderr.flush()
        if not (line := sys.stdin.readline()):
            raise EOFError
        return line


class NoPrompt:
    """For everything without a terminal: asking is an error that names the other ways."""

    def ask(self, account: str) -> NoReturn:
        """Raise `CredentialsError`."""
        raise CredentialsError(_missing(account))

    def answer(self, question: str, *, hidden: bool) -> NoReturn:
        """Raise `CredentialsError`."""
        del hidden
        raise CredentialsError(_unanswered(question))


def _missing(account: str) -> Problem:
    from crosspost.credentials.secret import CHOICES  # noqa: PLC0415 - each run has a prompt, few need a secret

    return Problem(
        what=f"there is no LinkedIn access token for the account {account!r}",
        linkedin_has="nothing was sent",
        fix=CHOICES,
    )


def _unanswered(question: str) -> Problem:
    return Problem(
        what=f"nobody is there to answer: {question}",
        linkedin_has="nothing was sent",
        fix="set LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, or run it on a terminal",
    )
