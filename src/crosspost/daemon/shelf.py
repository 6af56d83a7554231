"""Which files have changed, so that ten thousand of them are not read again because one has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import KeysView

    from crosspost.model import Post
    from crosspost.ports import PostSource, Stamp


@dataclass(slots=True)
class Shelf:
    """The posts as they were when their files were last quiet.

    Args:
        source: Finds and reads the files.
    """

    source: PostSource
    _stamps: dict[str, Stamp] = field(default_factory=dict)
    _unsettled: dict[str, Stamp] = field(default_factory=dict)

    def look(self, *, settled: bool = False) -> tuple[set[str], bool]:
        """Read what has changed. Return the keys that are new, changed or gone, and whether to look again in a moment.

        Args:
            settled: Files are known to be quiet. Otherwise a file counts as changed when two looks found it the same.

        Raises:
            SettingsError: A folder of the settings is none.
        """
        stamps = self.source.stamps()
        changed = {key for key, stamp in stamps.items() if self._stamps.get(key) != stamp}
        writing = set() if settled else {key for key in changed if self._unsettled.get(key) != stamps[key]}
        self._unsettled = {key: stamps[key] for key in writing}
        gone = self._stamps.keys() - stamps.keys()
        for key in gone:
            del self._stamps[key]
        quiet = changed - writing
        self._take({key: stamp for key, stamp in stamps.items() if key in quiet} if quiet else {})
        return quiet | gone, bool(writing)

    def settle(self) -> tuple[set[str], bool]:
        """Look again at the files that were being written, and at no others. Return the same as `look`."""
        # What is gone is found by `look`.
        stamps = {key: stamp for key in self._unsettled if (stamp := self.source.stamp(key))}
        quiet = {key: stamp for key, stamp in stamps.items() if stamp == self._unsettled[key]}
        self._unsettled = {key: stamp for key, stamp in stamps.items() if key not in quiet}
        self._take(quiet)
        return set(quiet), bool(self._unsettled)

    def reread(self, key: str) -> None:
        """Read one post again: after it was published its file says so."""
        if key in self._stamps:
            self._take({key: self.source.stamp(key)})

    def _take(self, quiet: dict[str, Stamp]) -> None:
        """Read these files now, while they are quiet, so that nothing has to be read when it is decided about them."""
        for key, stamp in quiet.items():
            self._stamps[key] = stamp
            self.source.learn(key, stamp)
        self.source.remember()

    def __len__(self) -> int:
        return len(self._stamps)

    def keys(self) -> KeysView[str]:
        """Return the posts of the last look."""
        return self._stamps.keys()

    def read(self, key: str) -> Post | None:
        """Return as much of a post as deciding needs, as it was at the last look.

        Raises:
            PostUnreadable: As `PostSource.glance`.
        """
        return self.source.glance(key, self._stamps[key])

    def version(self, key: str) -> Stamp | None:
        """Return what tells one state of the file from another."""
        return self._stamps.get(key)
