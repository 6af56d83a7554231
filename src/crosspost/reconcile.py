"""Use case: a person settles what crosspost cannot know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.addresses import is_post_url, permalink, urn_in
from crosspost.errors import CrosspostError, Problem, SettingsError

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
    address, urn = _address(url) if url is not None else (None, None)
    if not ledger.resolve(key, url=address, urn=urn, reason="resolved by hand", now=clock.now()):
        raise CrosspostError(_nothing_to_resolve(key, ledger.get(key)))


def _address(said: str) -> tuple[str, str | None]:
    """Accept what people copy: the permalink, the browser's address, or the bare URN."""
    said = said.strip()
    urn = urn_in(said)
    if is_post_url(said):
        return said, urn
    if urn == said:
        return permalink(urn), urn
    raise SettingsError(
        Problem(
            what=f"{said!r} is not the address of a LinkedIn post",
            fix='open the post on LinkedIn, choose "Copy link to post", and give that address to --url',
        )
    )


def _nothing_to_resolve(key: EntryKey, entry: Entry | None) -> Problem:
    state = f"its state is {entry.state.value}" if entry else "the ledger knows nothing of it"
    return Problem(what=f"there is nothing to resolve for {key.post}: {state}", fix="see: crosspost status")
