"""What the files of a site had before, as far as git knows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from crosspost.git import GitTimeout
from crosspost.git.history import versions
from crosspost.jekyll.post_name import slug_in

if TYPE_CHECKING:
    from collections.abc import Mapping


class History:
    """Former texts of files, asked for once each.

    Args:
        root: The site's folder; keys of posts start from it.
        environ: The environment for git; by default that of this process.
    """

    def __init__(self, root: Path, environ: Mapping[str, str] | None = None) -> None:
        self._root = root
        self._environ = environ
        self._known: dict[str, tuple[str, ...]] = {}
        self._waits = True  # a repository that was too slow once is not asked about other files

    def of(self, key: str) -> tuple[str, ...]:
        """Return what a file had before, newest first, and last its name: a title with its emoji, if somebody typed them there."""
        if key not in self._known:
            name = slug_in(key.rpartition("/")[2])
            self._known[key] = (
                *self._versions(Path(os.path.realpath(self._root / key))),
                *[name] * (not name.isascii()),
            )
        return self._known[key]

    def _versions(self, file: Path) -> list[str]:
        try:
            found = versions(file, self._environ) if self._waits else []
        except GitTimeout:
            self._waits = False
            return []
        return [text for one in found if (text := _text(one))]


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
