"""What keeps a file from being sent, before anybody knows which post names it."""

from __future__ import annotations


class Flaw(Exception):
    """A file cannot be sent.

    Attributes:
        code: Of a finding: XP403 not there, XP404 not what LinkedIn takes, XP405 over a limit.
        message: What is wrong, to follow the file's name: "is not there".
        fix: What the author can do.
    """

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix


def missing(message: str, fix: str) -> Flaw:
    """The file is not there, or lies where crosspost does not read."""
    return Flaw("XP403", message, fix)


def not_taken(message: str, fix: str) -> Flaw:
    """LinkedIn does not take such a file."""
    return Flaw("XP404", message, fix)


def over_limit(message: str, fix: str) -> Flaw:
    """LinkedIn takes smaller ones."""
    return Flaw("XP405", message, fix)
