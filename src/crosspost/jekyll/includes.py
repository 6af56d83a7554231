"""The files that Liquid's `include` and `include_relative` name: `lib/jekyll/tags/include.rb`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Bytes. So much is no part of a post that fits LinkedIn's 3,000 characters.
_LARGEST = 100_000


class Includes(Mapping[str, str]):
    """Texts of files, read when asked for.

    A name without `/` before it lies in the folder of includes, one with `/` below the site's root. Whatever lies outside
    the site, also by a symbolic link, is too large, or is not UTF-8, is not there. Files of a theme's gem are not looked
    for: the gem may not be installed.
    """

    def __init__(self, root: Path, folder: str) -> None:
        """Look in the site `root`, whose includes lie in `folder` below it."""
        self._root = root
        self._folder = root / folder

    def __getitem__(self, name: str) -> str:
        text = self._read(self._root / name.lstrip("/") if name.startswith("/") else self._folder / name)
        if text is None:
            raise KeyError(name)
        return text

    def __iter__(self) -> Iterator[str]:
        """Yield the names in the folder of includes."""
        for path in sorted(self._folder.rglob("*")):
            if self._read(path) is not None:
                yield path.relative_to(self._folder).as_posix()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @cached_property
    def _real_root(self) -> Path:
        return self._root.resolve()

    def _read(self, path: Path) -> str | None:
        try:
            real = path.resolve()
            if not real.is_relative_to(self._real_root) or not real.is_file() or real.stat().st_size > _LARGEST:
                return None
            text = real.read_bytes().decode("utf-8-sig")
        except (OSError, ValueError, RuntimeError):  # a NUL in the name, not UTF-8; RuntimeError: links in a circle
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")
