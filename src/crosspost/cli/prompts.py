"""Asking a person; nothing asks when standard input is not a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from crosspost.cli.progress import erase

if TYPE_CHECKING:
    from crosspost.credentials import Prompt


def is_interactive() -> bool:
    """Tell whether there is a person to ask."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def prompt_here() -> Prompt:
    """Return the way to ask for a token that fits this process."""
    from crosspost.credentials import NoPrompt, TerminalPrompt  # noqa: PLC0415 - only who may need a token pays

    return TerminalPrompt(before=erase) if is_interactive() else NoPrompt()


def confirm(question: str) -> bool:
    """Ask for a yes on standard error; without a terminal the command line is the yes."""
    if not is_interactive():
        return True
    erase()
    return click.confirm(question, err=True)


def ask(question: str) -> str:
    """Ask for a line on standard error; empty without a terminal."""
    answer: str = click.prompt(question, default="", show_default=False, err=True) if is_interactive() else ""
    return answer
