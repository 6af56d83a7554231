"""Which file of the site a name in the front matter means.

A post may name files of its own site and nothing else: whoever may write posts shall not thereby read the machine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from crosspost.media.flaw import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # two letters or more: `C:` is a drive
_INSIDE = "put the file into the site's folder, and name it by its path from there"


@dataclass(frozen=True, slots=True)
class Remote:
    """A file that the site serves and the folder does not have; `url` is HTTPS and the site's own."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the files of a site are.

    Attributes:
        root: The site's folder.
        url: The site's address without base path; empty where unknown.
        baseurl: Base path, `/blog`; usually empty.
    """

    root: Path
    url: str
    baseurl: str

    def find(self, source: str, post: str) -> Path | Remote:
        """Return the file that `source` means in the post with the key `post`.

        Raises:
            Flaw: There is none, or it lies outside the site.
        """
        path = self._path(source)
        for candidate in self._candidates(path, post):
            if found := self._inside(candidate):
                return found
        if source.strip().startswith("https://"):
            return Remote(source.strip())
        raise missing(
            "is not there", "check its name; a path starts at the site's folder, or without a slash also at the post's"
        )

    def _path(self, source: str) -> str:
        """Return the path that `source` has on the site, with a slash before it where it is from the root."""
        source = source.strip()
        if not source.startswith("//") and not _SCHEME.match(source):
            return re.split(r"[?#]", source, maxsplit=1)[0]
        try:
            named, own = urlsplit(source, scheme="https"), urlsplit(self.url)
            same = (named.hostname, named.port) == (own.hostname, own.port)
        except ValueError:
            raise missing("is no address", _INSIDE) from None
        if named.scheme not in {"http", "https"} or not named.hostname:
            raise missing("is no file of the site", _INSIDE)
        if not same or named.username or named.password:
            raise missing(f"lies on {named.hostname}, not on the site", _INSIDE)
        return named.path or "/"

    def _candidates(self, path: str, post: str) -> Iterator[Path]:
        """Yield where a path may lead: from the root, and where it is relative also from the post's folder."""
        base = f"{self.baseurl.rstrip('/')}/"
        for written in dict.fromkeys((path, unquote(path))):
            if len(base) > 1 and written.startswith(base):
                yield self.root / written[len(base) :]
            yield self.root / written.lstrip("/")
            if not written.startswith("/"):
                yield self.root / PurePosixPath(post).parent / written

    def _inside(self, candidate: Path) -> Path | None:
        """Return the real file, None where there is none.

        Raises:
            Flaw: It lies outside the site, whether by `..` or by a link.
        """
        try:
            real = candidate.resolve(strict=True)
        except (OSError, ValueError, RuntimeError):  # not there; a NUL in the name; links in a circle
            return None
        if not real.is_file():
            return None
        if not real.is_relative_to(self.root.resolve()):
            raise missing("lies outside the site", _INSIDE)
        return real
