"""The site's pages, as anybody sees them."""

from __future__ import annotations

from typing import Protocol


class PageReader(Protocol):
    """The web, as far as it has the site."""

    def lacking(self, url: str, title: str | None) -> str | None:
        """Return why the page of a post is not there yet, in words that follow "its page is awaited:"; None where it is.

        Asks once, in bounded time, and raises nothing that the network can cause.
        """
        ...
