"""What can go wrong, and how it is told.

    CrosspostError
    ├── SettingsError      wrong usage or settings           exit 2
    ├── CredentialsError   missing, expired or refused       exit 3
    ├── LedgerError        the ledger cannot be used         exit 5
    ├── PostUnreadable     one post cannot be read           a finding; the next post goes on
    ├── FileUnusable       one picture, document or video    a finding; the next post goes on
    └── WriteBackRefused   a file was left as it was         the ledger keeps the URL; the next run tries again

Every error answers three questions in a `Problem`: what happened, what LinkedIn has now, what you can do.
A defect of crosspost itself is none of these: it stays an ordinary exception with its traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar

from crosspost.findings import summary

if TYPE_CHECKING:
    from crosspost.findings import Finding


class ExitCode(IntEnum):
    """The process exit codes of the contract; when several apply, `worst` decides."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    CREDENTIALS = 3
    ATTENTION = 4
    LEDGER = 5
    INTERRUPTED = 130


_PRECEDENCE = (ExitCode.LEDGER, ExitCode.CREDENTIALS, ExitCode.USAGE, ExitCode.ATTENTION, ExitCode.FAILED)


def worst(codes: set[ExitCode]) -> ExitCode:
    """Return the code that wins when several apply.

    >>> worst({ExitCode.FAILED, ExitCode.ATTENTION}).name
    'ATTENTION'
    >>> worst(set()).name
    'DONE'
    """
    return next((code for code in _PRECEDENCE if code in codes), ExitCode.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that went wrong, in the words a person needs.

    Attributes:
        what: What happened, one line without a final full stop.
        linkedin_has: What LinkedIn has now, for example "nothing was sent"; None where the question does not arise.
        fix: What the reader can do, an instruction or a command.
        detail: More for `--verbose`: status, support identifiers, the server's own words. Never a secret.
    """

    what: str
    fix: str
    linkedin_has: str | None = None
    detail: str | None = None

    def __str__(self) -> str:
        """Return the one-line form.

        >>> str(Problem(what="no token", fix="run 'crosspost auth login'", linkedin_has="nothing was sent"))
        "no token; nothing was sent; run 'crosspost auth login'"
        """
        return "; ".join(part for part in (self.what, self.linkedin_has, self.fix) if part)


class CrosspostError(Exception):
    """Base of every error that a user or LinkedIn can cause; shown without a traceback."""

    exit_code: ClassVar[ExitCode] = ExitCode.FAILED

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class SettingsError(CrosspostError):
    """Wrong usage or settings. `problems` holds all of them, so that one run shows everything to mend."""

    exit_code = ExitCode.USAGE

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems[0])
        self.problems = problems


class CredentialsError(CrosspostError):
    """Credentials are missing, expired or refused."""

    exit_code = ExitCode.CREDENTIALS


class LedgerError(CrosspostError):
    """The ledger cannot be used; nothing may be sent without it."""

    exit_code = ExitCode.LEDGER


class PostUnreadable(CrosspostError):
    """One file cannot be read as a post. Carries the findings; the next post goes on."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(Problem(what=summary(findings), fix=findings[0].fix))
        self.findings = findings


class FileUnusable(CrosspostError):
    """A picture, document or video cannot be sent. Carries the finding that belongs to the post which names it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(Problem(what=finding.message, linkedin_has="nothing was published", fix=finding.fix))
        self.finding = finding


class WriteBackRefused(CrosspostError):
    """The URL was not written into the file, which is byte-identical to before."""
