"""The names that Liquid's `post_url` understands: `lib/jekyll/tags/post_url.rb`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from crosspost.jekyll import post_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class PostUrls(Mapping[str, str]):
    """Names of posts to their addresses.

    A name is a file's without extension, with the folders above and inside `_posts` in front of it:
    `docs/git/_posts/2024/2024-01-31-slug.md` is `docs/git/2024/2024-01-31-slug`. As in Jekyll, the bare
    `2024-01-31-slug` finds it too where no file has that very name. Addresses are worked out when asked for: that
    takes reading the post.
    """

    def __init__(self, keys: Callable[[], Iterable[str]], url_of: Callable[[str], str | None]) -> None:
        self._keys = keys
        self._url_of = url_of
        self._names: dict[str, str] | None = None

    def forget(self) -> None:
        """Look again which files there are, the next time a name is asked for."""
        self._names = None

    def __getitem__(self, name: str) -> str:
        key = self._index()[name.lstrip("/")]
        url = self._url_of(key)
        if url is None:
            raise KeyError(name)
        return url

    def __iter__(self) -> Iterator[str]:
        return iter(self._index())

    def __len__(self) -> int:
        return len(self._index())

    def _index(self) -> dict[str, str]:
        if self._names is None:
            keys = list(self._keys())
            names = {_bare(key): key for key in reversed(keys)}
            self._names = names | {_full(key): key for key in reversed(keys)}
        return self._names


def _bare(key: str) -> str:
    return post_name.stem(posixpath.basename(key))


def _full(key: str) -> str:
    above, _, inside = key.rpartition("_posts/")
    return post_name.stem(above + inside)
