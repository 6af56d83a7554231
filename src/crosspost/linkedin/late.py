"""A publisher that is made when something is first asked of it: a run with nothing to send has no use for one."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosspost.errors import Problem
    from crosspost.model import Answer, Change, Draft, Listed, Prepared, Rejected
    from crosspost.ports import Publisher


class LatePublisher:
    """Satisfies `ports.Publisher`; see there for each method.

    Args:
        make: Makes the publisher that does the work.
    """

    def __init__(self, make: Callable[[], Publisher]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Publisher:
        return self._make()

    def author(self) -> str | Rejected:
        """See `ports.Publisher.author`."""
        return self._made.author()

    def prepare(self, draft: Draft, author: str, *, renew: bool = False) -> Prepared | Rejected:
        """See `ports.Publisher.prepare`."""
        return self._made.prepare(draft, author, renew=renew)

    def send(self, prepared: Prepared) -> Answer:
        """See `ports.Publisher.send`."""
        return self._made.send(prepared)

    def recent(self, author: str) -> tuple[Listed, ...] | None:
        """See `ports.Publisher.recent`."""
        return self._made.recent(author)

    def comment(self, urn: str, author: str, text: str) -> Problem | None:
        """See `ports.Publisher.comment`."""
        return self._made.comment(urn, author, text)

    def edit(self, urn: str, draft: Draft) -> Change:
        """See `ports.Publisher.edit`."""
        return self._made.edit(urn, draft)

    def delete(self, urn: str) -> Change:
        """See `ports.Publisher.delete`."""
        return self._made.delete(urn)

    def access(self) -> Change:
        """See `ports.Publisher.access`."""
        return self._made.access()
