"""LinkedIn, or anything that behaves like it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from crosspost.errors import Problem
    from crosspost.model import (
        Answer,
        Change,
        Draft,
        Listed,
        Prepared,
        Rejected,
    )


class Publisher(Protocol):
    """LinkedIn, or anything that behaves like it."""

    def author(self) -> str | Rejected:
        """Return the URN to post as: the setting, else the member whom the token belongs to."""
        ...

    def prepare(self, draft: Draft, author: str, *, renew: bool = False) -> Prepared | Rejected:
        """Bring the files of the draft to LinkedIn and build the request; nothing is published. May be repeated.

        Args:
            draft: As looked at.
            author: URN of the author, who will own the files.
            renew: Send files again that LinkedIn could not use.
        """
        ...

    def send(self, prepared: Prepared) -> Answer:
        """Send once, never repeat. What the answer proves is in its type; raises nothing that LinkedIn can cause."""
        ...

    def recent(self, author: str) -> tuple[Listed, ...] | None:
        """Return the author's newest posts; None where LinkedIn does not let this token see them, or does not answer."""
        ...

    def comment(self, urn: str, author: str, text: str) -> Problem | None:
        """Comment on a post. Return why there is no comment or may be none; raises nothing that LinkedIn can cause."""
        ...

    def edit(self, urn: str, draft: Draft) -> Change:
        """Give a post the text of `draft`. May be repeated."""
        ...

    def delete(self, urn: str) -> Change:
        """Delete a post; one that is gone already counts as done. May be repeated."""
        ...

    def access(self) -> Change:
        """Ask whether a post could be created now; publishes nothing. May be repeated."""
        ...
