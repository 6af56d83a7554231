"""Use case: a person settles what crosspost cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.addresses import address_told, urn_in
from crosspost.errors import CrosspostError, Problem

if TYPE_CHECKING:
    from crosspost.model import Entry, EntryKey
    from crosspost.ports import Clock, Ledger


def resolve(ledger: Ledger, key: EntryKey, *, url: str | None, clock: Clock) -> None:
    """Record a person's word on an uncertain attempt.

    Args:
        ledger: Where the attempt is recorded.
        key: The post.
        url: The post's address or URN on LinkedIn; None says that LinkedIn does not have it.
        clock: For the moment of the decision.

    Raises:
        SettingsError: `url` is no address of a LinkedIn post.
        CrosspostError: There is nothing to resolve.
    """
    address = address_told(url) if url is not None else None
    urn = urn_in(address) if address else None
    if not ledger.resolve(key, url=address, urn=urn, reason="resolved by hand", now=clock.now()):
        raise CrosspostError(_nothing_to_resolve(key, ledger.get(key)))


def _nothing_to_resolve(key: EntryKey, entry: Entry | None) -> Problem:
    state = f"its state is {entry.state.value}" if entry else "the ledger knows nothing of it"
    return Problem(what=f"there is nothing to resolve for {key.post}: {state}", fix="see: crosspost status")
