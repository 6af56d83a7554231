"""The posts as they were last read, so that ten thousand files are not read again because one has changed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.errors import PostUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from crosspost.model import Post
    from crosspost.ports import PostSource

    Stamp = tuple[int, int, int] | None

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(slots=True)
class Shelf:
    """What planning needs of every post. It has no bodies: posts that go out are read from their files.

    Args:
        source: Finds and reads the files.
        root: The site's folder.
    """

    source: PostSource
    root: Path
    _stamps: dict[str, Stamp] = field(default_factory=dict)
    _posts: dict[str, Post | PostUnreadable | None] = field(default_factory=dict)
    _unsettled: dict[str, Stamp] = field(default_factory=dict)

    def look(self, *, settled: bool = False) -> tuple[set[str], bool]:
        """Read what has changed. Return the keys that are new, changed or gone, and whether to look again in a moment.

        Args:
            settled: Files are known to be quiet. Otherwise a file counts as changed when two looks found it the same.

        Raises:
            SettingsError: A folder of the settings is none.
        """
        stamps = {key: self._stamp(key) for key in self.source.keys()}  # noqa: SIM118 - a post source is no mapping
        changed = {key for key, stamp in stamps.items() if key not in self._stamps or self._stamps[key] != stamp}
        writing = set() if settled else {key for key in changed if self._unsettled.get(key, ()) != stamps[key]}
        self._unsettled = {key: stamps[key] for key in writing}
        gone = self._stamps.keys() - stamps.keys()
        for key in gone:
            del self._stamps[key], self._posts[key]
        for key in changed - writing:
            self._posts[key], self._stamps[key] = self._slim(key), stamps[key]
        return (changed - writing) | gone, bool(writing)

    def settle(self) -> tuple[set[str], bool]:
        """Look again at the files that were being written, and at no others. Return the same as `look`."""
        stamps = {
            key: stamp for key in self._unsettled if (stamp := self._stamp(key))
        }  # what is gone is found by `look`
        quiet = {key for key, stamp in stamps.items() if stamp == self._unsettled[key]}
        self._unsettled = {key: stamp for key, stamp in stamps.items() if key not in quiet}
        for key in quiet:
            self._posts[key], self._stamps[key] = self._slim(key), stamps[key]
        return quiet, bool(self._unsettled)

    def reread(self, key: str) -> None:
        """Read one post again: after it was published its file says so."""
        if key in self._stamps:
            self._stamps[key], self._posts[key] = self._stamp(key), self._slim(key)

    def _stamp(self, key: str) -> Stamp:
        try:
            found = os.stat(f"{self.root}/{key}")  # noqa: PTH116 - ten thousand times a minute
        except (OSError, ValueError):
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _slim(self, key: str) -> Post | PostUnreadable | None:
        try:
            post = self.source.read(key)
        except PostUnreadable as error:
            return error.with_traceback(None)
        return replace(post, body="", front_matter=_NOTHING, findings=()) if post else None

    def __len__(self) -> int:
        return len(self._posts)

    def keys(self) -> Iterator[str]:
        """Yield the posts of the last look."""
        return iter(self._posts)

    def read(self, key: str) -> Post | None:
        """Return the post without its body, as it was at the last look."""
        found = self._posts[key]
        if isinstance(found, PostUnreadable):
            raise found
        return found

    def version(self, key: str) -> Stamp:
        """Return what tells one state of the file from another."""
        return self._stamps.get(key)
