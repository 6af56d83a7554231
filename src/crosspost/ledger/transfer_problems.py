"""Why records cannot come into a ledger, in the words that a person needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.errors import LedgerError, Problem, SettingsError
from crosspost.ledger.problems import KEEP_IT, NOTHING_SENT

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNCHANGED = "nothing was changed, here or on LinkedIn"
_SHOWN = 3


def unsound(faults: Sequence[str]) -> SettingsError:
    """Return the error for records that are no sound ledger."""
    fix = "export again with 'crosspost ledger export', and import the whole file as it is"
    return SettingsError(_problem("this is no sound export of a ledger", faults, _UNCHANGED, fix))


def damaged(faults: Sequence[str]) -> LedgerError:
    """Return the error for a ledger whose records do not fit together."""
    fix = f"put a backup in its place, or settle these posts by hand before the next publish; {KEEP_IT}"
    return LedgerError(_problem("the ledger is damaged", faults, NOTHING_SENT, fix))


def contradicting(found: Sequence[str]) -> SettingsError:
    """Return the error for records that contradict the ledger."""
    fix = "import into an empty ledger, or into one that knows none of these posts"
    return SettingsError(_problem("the two ledgers contradict each other", found, _UNCHANGED, fix))


def _problem(what: str, reasons: Sequence[str], has: str, fix: str) -> Problem:
    more = f", and {len(reasons) - _SHOWN} more" if len(reasons) > _SHOWN else ""
    some = "; ".join(reasons[:_SHOWN]) + more
    return Problem(what=f"{what}: {some}", linkedin_has=has, fix=fix, detail="\n".join(reasons))
