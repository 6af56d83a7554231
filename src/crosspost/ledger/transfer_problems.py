"""Why records cannot come into a ledger, in the words that a person needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.errors import LedgerError, Problem, SettingsError
from crosspost.ledger.sql_tables import KEEP_IT

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNCHANGED = "nothing was changed, here or on LinkedIn"
_SHOWN = 3


def unsound(faults: Sequence[str]) -> SettingsError:
    """Return the error for records that are no sound ledger."""
    return SettingsError(
        Problem(
            what=f"this is no sound export of a ledger: {_some(faults)}",
            linkedin_has=_UNCHANGED,
            fix="export again with 'crosspost ledger export', and import the whole file as it is",
            detail="\n".join(faults),
        )
    )


def damaged(faults: Sequence[str]) -> LedgerError:
    """Return the error for a ledger whose records do not fit together."""
    return LedgerError(
        Problem(
            what=f"the ledger is damaged: {_some(faults)}",
            linkedin_has="nothing was sent",
            fix=f"put a backup in its place, or settle these posts by hand before the next publish; {KEEP_IT}",
            detail="\n".join(faults),
        )
    )


def contradicting(found: Sequence[str]) -> SettingsError:
    """Return the error for records that contradict the ledger."""
    return SettingsError(
        Problem(
            what=f"the two ledgers contradict each other: {_some(found)}",
            linkedin_has=_UNCHANGED,
            fix="import into an empty ledger, or into one that knows none of these posts",
            detail="\n".join(found),
        )
    )


def _some(reasons: Sequence[str]) -> str:
    more = f", and {len(reasons) - _SHOWN} more" if len(reasons) > _SHOWN else ""
    return "; ".join(reasons[:_SHOWN]) + more
