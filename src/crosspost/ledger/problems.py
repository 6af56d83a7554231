"""What ledgers of every kind say: what LinkedIn has where one cannot be used, and why records cannot come into one."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.errors import LedgerError, Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crosspost.model import Receipt

NOTHING_SENT = "nothing was sent"
NOTHING_OF_IT = "LinkedIn has nothing of this attempt"
MAYBE = "LinkedIn may have the post"
THERE = "LinkedIn has the post"
REWRITTEN = "LinkedIn has the post with its new text"
GONE = "LinkedIn no longer has the post"
UNCHANGED = "LinkedIn has what it had before"

KEEP_IT = "do not delete it: without it posts could go out twice"
_NOTHING_CHANGED = "nothing was changed, here or on LinkedIn"
_SHOWN = 3


def received(receipt: Receipt) -> str:
    """Return what LinkedIn has by its receipt: whoever cannot record it must be able to find the post."""
    return f"{THERE}: {receipt.url or receipt.urn or 'LinkedIn did not say where; look at your recent activity'}"


@contextmanager
def while_linkedin_has(what: str) -> Iterator[None]:
    """Say in each LedgerError that leaves the block what LinkedIn has, whatever was in the way: only the step knows that."""
    try:
        yield
    except LedgerError as error:
        raise LedgerError(replace(error.problem, linkedin_has=what)) from error.__cause__


def unsound(faults: Sequence[str]) -> SettingsError:
    """Return the error for records that are no sound ledger."""
    fix = "export again with 'crosspost ledger export', and import the whole file as it is"
    return SettingsError(_problem("this is no sound export of a ledger", faults, _NOTHING_CHANGED, fix))


def contradicting(found: Sequence[str]) -> SettingsError:
    """Return the error for records that contradict the ledger."""
    fix = "import into an empty ledger, or into one that knows none of these posts"
    return SettingsError(_problem("the two ledgers contradict each other", found, _NOTHING_CHANGED, fix))


def misfitting(faults: Sequence[str]) -> LedgerError:
    """Return the error for a ledger whose records do not fit together."""
    fix = f"put a backup in its place, or settle these posts by hand before the next publish; {KEEP_IT}"
    return LedgerError(_problem("the ledger is damaged", faults, NOTHING_SENT, fix))


def _problem(what: str, reasons: Sequence[str], has: str, fix: str) -> Problem:
    more = f", and {len(reasons) - _SHOWN} more" if len(reasons) > _SHOWN else ""
    some = "; ".join(reasons[:_SHOWN]) + more
    return Problem(what=f"{what}: {some}", linkedin_has=has, fix=fix, detail="\n".join(reasons))
