"""Which names and paths Jekyll passes over: `lib/jekyll/entry_filter.rb` and `lib/jekyll/reader.rb` of Jekyll 4."""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPECIAL = (".", "_", "#", "~")
_GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """A list of `exclude` or `include`: a path matches by how it starts, or by a glob whose `*` also crosses `/`."""

    starts: tuple[str, ...]
    globs: re.Pattern[str] | None

    @classmethod
    def of(cls, patterns: Iterable[str]) -> _Patterns:
        kept = [pattern.lstrip("/") for pattern in patterns if pattern.strip("/ ")]
        globs = [fnmatch.translate(pattern.replace("[^", "[!")) for pattern in kept if _GLOB.search(pattern)]
        return cls(tuple(kept), re.compile("|".join(globs)) if globs else None)

    def match(self, path: str, *, is_folder: bool) -> bool:
        if path.startswith(self.starts) or (is_folder and f"{path}/" in self.starts):
            return True
        return self.globs is not None and self.globs.match(path) is not None


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Tells which entries of a folder Jekyll reads. Paths are relative to the site root, with `/`."""

    _exclude: _Patterns
    _include: _Patterns

    @classmethod
    def of(cls, exclude: Iterable[str], include: Iterable[str]) -> EntryFilter:
        """Build the filter from both lists of `_config.yml`; what stands in both is not excluded."""
        wanted = tuple(include)
        return cls(_Patterns.of(one for one in exclude if one not in wanted), _Patterns.of(wanted))

    def reads_folder(self, path: str, name: str) -> bool:
        """Tell whether Jekyll looks for `_posts` in the folder `path`, called `name`."""
        if name.endswith("."):
            return False
        if self._included(name, name, is_folder=True):
            return True
        return not (self._exclude.match(path, is_folder=True) or name.startswith(_SPECIAL) or name.endswith("~"))

    def reads_post(self, path: str, entry: str, name: str) -> bool:
        """Tell whether Jekyll reads the file `path`, which is `entry` from its posts folder on and called `name`.

        A folder inside the posts folder counts by the path of the file alone: of `_posts/_old/a.md` the first letter
        of `_old/a.md`, of `_posts/2024/_old/a.md` none.
        """
        if self._included(entry, name, is_folder=False):
            return True
        return not (
            self._exclude.match(path, is_folder=False) or entry.startswith(_SPECIAL) or name.startswith(_SPECIAL)
        )

    def _included(self, entry: str, name: str, *, is_folder: bool) -> bool:
        return self._include.match(entry, is_folder=is_folder) or self._include.match(name, is_folder=is_folder)
