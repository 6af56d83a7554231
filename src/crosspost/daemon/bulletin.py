"""What the daemon says of posts in its log, and counts for the monitor."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from crosspost.model import OutcomeKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from crosspost.daemon.monitor import Vitals
    from crosspost.model import Outcome
    from crosspost.telling import Tiding

log = logging.getLogger(__name__)

_NAMED_AT_MOST = 3
_NEEDS_A_PERSON = frozenset({OutcomeKind.MISSED, OutcomeKind.UNCERTAIN, OutcomeKind.FAILED})


class Bulletin:
    """Says what became of posts.

    Args:
        vitals: Counts each outcome.
    """

    def __init__(self, vitals: Vitals) -> None:
        self._vitals = vitals
        self._said: set[tuple[str, str, str]] = set()
        self._warned: set[tuple[str, str]] = set()

    def notice(self, account: str, outcomes: Iterable[Outcome]) -> None:
        """Say what needs a person, once for as long as it stays so."""
        needy = {(account, one.post, one.reason or ""): one for one in outcomes if one.kind in _NEEDS_A_PERSON}
        for key, outcome in needy.items():
            if key not in self._said:
                self.report(account, outcome)
        self._said = {key for key in self._said if key[0] != account} | needy.keys()

    def warn(self, account: str, tidings: Iterable[Tiding]) -> None:
        """Say once each what is wrong with an account, or soon will be: whoever has set up no notifications reads the log."""
        for tiding in tidings:
            if (account, tiding.name) not in self._warned:
                self._warned.add((account, tiding.name))
                log.warning("%s", tiding.text, extra={"account": account})

    def changed(self, account: str, changed: Iterable[str], left: Collection[str]) -> None:
        """Say which files have changed.

        Args:
            account: Whose posts.
            changed: Keys that are new, changed or gone.
            left: Keys of all posts that are there.
        """
        there: list[str] = []
        gone: list[str] = []
        for key in sorted(changed):
            (there if key in left else gone).append(key)
        parts = [f"{said}: {_named(keys)}" for said, keys in (("posts changed", there), ("posts gone", gone)) if keys]
        level = logging.INFO if left else logging.WARNING
        log.log(level, "%s%s", "; ".join(parts), "" if left else "; none is left", extra={"account": account})

    def report(self, account: str, outcome: Outcome) -> None:
        """Say and count what became of a post."""
        self._vitals.outcomes[account, outcome.kind.value] += 1
        level = logging.WARNING if outcome.problem or outcome.kind in _NEEDS_A_PERSON else logging.INFO
        said = f": {outcome.problem or outcome.reason}" if outcome.problem or outcome.reason else ""
        where = f" {outcome.url}" if outcome.url else ""
        extra = {"account": account, "post": outcome.post, "outcome": outcome.kind.value, "url": outcome.url}
        log.log(level, "%s %s%s%s", outcome.kind.value, outcome.label, said, where, extra=extra)


def _named(keys: list[str]) -> str:
    rest = len(keys) - _NAMED_AT_MOST
    return ", ".join(keys[:_NAMED_AT_MOST]) + (f" and {rest} more" if rest > 0 else "")
