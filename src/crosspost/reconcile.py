"""Use case: a person settles what crosspost cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.addresses import address_told, urn_in
from crosspost.errors import CrosspostError, Problem, SettingsError
from crosspost.model import State

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
        SettingsError: `url` is no address of a LinkedIn post, or that of another one.
        CrosspostError: There is nothing to resolve.
    """
    address = address_told(url) if url is not None else None
    urn = urn_in(address) if address else None
    if address and (other := _post_at(ledger, key, address, urn)):
        raise SettingsError(_of_another(address, other))
    if not ledger.resolve(key, url=address, urn=urn, reason="resolved by hand", now=clock.now()):
        raise CrosspostError(_nothing_to_resolve(key, ledger.get(key)))


def reopen(ledger: Ledger, key: EntryKey, *, reason: str, clock: Clock) -> None:
    """Let a post be sent once more although the ledger has it, and record why. A post that was never sent needs none of it.

    Raises:
        CrosspostError: Another run is sending it at this moment.
    """
    entry = ledger.get(key)
    if entry is None or entry.state in {State.FAILED, State.RELEASED}:
        return
    if not ledger.reopen(key, reason=f"forced: {reason}", now=clock.now()):
        what = f"another run ({entry.owner}) is sending {key.post}"
        raise CrosspostError(Problem(what=what, linkedin_has="that is not known yet", fix="wait for it to end"))


def _post_at(ledger: Ledger, key: EntryKey, address: str, urn: str | None) -> EntryKey | None:
    """Return which other post of the site LinkedIn is known to have at an address."""
    others = (entry for found, entry in ledger.entries(key.site).items() if found != key)
    return next((entry.key for entry in others if entry.url == address or (urn and entry.urn == urn)), None)


def _of_another(address: str, other: EntryKey) -> Problem:
    account = "" if other.account == "default" else f" ({other.account})"
    return Problem(
        what=f"{address} is where {other.post}{account} is on LinkedIn",
        linkedin_has="nothing was recorded",
        fix="look for the address of this very post; if LinkedIn has one post for both, write that address into the file yourself",
    )


def _nothing_to_resolve(key: EntryKey, entry: Entry | None) -> Problem:
    state = f"its state is {entry.state.value}" if entry else "the ledger knows nothing of it"
    return Problem(what=f"there is nothing to resolve for {key.post}: {state}", fix="see: crosspost status")
