"""Which files of a site are posts: one walk over its folders.

Jekyll looks for a folder `_posts` in every folder that it reads (`read_directories`, lib/jekyll/reader.rb) and takes all
files below it whose name begins with a date (`get_entries`). Further folders may be named in the settings.

Symbolic links are followed where Jekyll follows them (not to folders inside a posts folder: Ruby's `**` does not), as
long as they lead to a place inside the site. Each file is found once: under its own path if that is a post's, else under
the first link by name. Loops end there as well. Jekyll would publish such a file once per path; here that would be two
posts on LinkedIn.
"""

from __future__ import annotations

import logging
import os
import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from crosspost.errors import Problem, SettingsError
from crosspost.jekyll import post_name
from crosspost.jekyll.entry_filter import EntryFilter
from crosspost.jekyll.index import stamp_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from crosspost.jekyll.config import SiteConfig

POSTS = "_posts"
_DRAFTS = "_drafts"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to search.

    Attributes:
        real: Absolute path without links; where `key` leads.
        key: Path relative to the site root, with `/`; empty for the root.
        posts: Key of the posts folder that it lies in; None outside of any.
    """

    real: str
    key: str
    posts: str | None = None

    def below(self, name: str) -> str:
        return f"{self.key}/{name}" if self.key else name


def find(
    root: Path, config: SiteConfig, posts: Iterable[str] = (POSTS,), known: Collection[str] = ()
) -> Mapping[str, bytes]:
    """Find the posts of the site in `root`: keys, oldest file name first, and the stamp of each file.

    The stamp is empty where the file system says nothing: the file went away just now.

    Args:
        root: The site's folder.
        config: Its configuration.
        posts: Folders relative to the root. `_posts` means every `_posts` that Jekyll would read; any other is
            searched downward for files with a post's name.
        known: Keys that were found before under the same settings, in order: their names are not looked at again,
            which is most of the work.

    Raises:
        SettingsError: A folder named there is none, or lies outside the site.
    """
    real_root = os.path.realpath(root)
    names = [os.path.normpath(name).replace(os.sep, "/") for name in posts]
    walk = _Walk(real_root, config, known)
    walk.search([_named(real_root, name) for name in names if name != POSTS])
    if POSTS in names:
        walk.search([_Folder(real_root, "")])
    walk.follow_links()
    return walk.in_order()


def _named(root: str, name: str) -> _Folder:
    real = os.path.realpath(os.path.join(root, name))  # noqa: PTH118  # text all the way: a walk makes no Path objects
    if not os.path.isdir(real) or not _is_inside(real, root):  # noqa: PTH112  # as above
        what = f"site.posts names `{name}`, which is no folder inside {root}"
        raise SettingsError(Problem(what=what, fix="name folders relative to the site's root"))
    key = "" if name == "." else name
    return _Folder(real, key, key)


class _Walk:
    """Searches folders."""

    def __init__(self, root: str, config: SiteConfig, known: Collection[str]) -> None:
        self._root = root
        self._collections_dir = config.collections_dir
        self._destination = config.destination
        self._filter = EntryFilter.of(config.exclude, config.include)
        self._known = known
        self._has_news = False
        self._dates: dict[str, str] = {}  # of names that were looked at
        self._stamps: dict[str, bytes] = {}
        self._reached: set[str] = set()  # files at the ends of links, relative to the root
        self._linked_folders: list[_Folder] = []
        self._linked_files: list[tuple[_Folder, str, str]] = []
        self._searched: set[tuple[str, bool]] = set()

    def search(self, todo: list[_Folder]) -> None:
        while todo:
            folder = todo.pop()
            if (where := (folder.real, folder.posts is not None)) not in self._searched:
                self._searched.add(where)
                todo.extend(self._inside(folder))

    def follow_links(self) -> None:
        """Search what links led to: after everything else, so that a file's own path comes first."""
        while self._linked_folders:
            self._linked_folders.sort(key=lambda folder: folder.key, reverse=True)
            self.search([self._linked_folders.pop()])
        for folder, name, real in sorted(self._linked_files, key=lambda link: link[0].below(link[1])):
            key = folder.below(name)
            if (key in self._known or self._is_new(folder, key, name)) and self._reaches(real):
                self._stamps[key] = _stamp(Path(real))

    def in_order(self) -> dict[str, bytes]:
        """Return what was found, by the date of the name, then by key."""
        if not self._has_news:
            return {key: self._stamps[key] for key in self._known if key in self._stamps}
        found = ((self._dates.get(key) or _date_in(key), printable(key), stamp) for key, stamp in self._stamps.items())
        return {key: stamp for _, key, stamp in sorted(found)}

    def _inside(self, folder: _Folder) -> Iterator[_Folder]:
        """Take the files of a folder, and yield the folders in it that are to be searched."""
        is_own = folder.real == os.path.join(self._root, folder.key).rstrip(os.sep)  # noqa: PTH118  # see `_named`
        before = f"{folder.key}/" if folder.key else ""
        for entry in _entries(folder):
            if entry.is_symlink():
                self._note_link(folder, entry)
            elif entry.is_dir():
                if (inner := self._enter(folder, entry.name, entry.path)) is not None:
                    yield inner
            elif folder.posts is not None and entry.is_file():  # no pipe or socket: reading it would never end
                key = before + entry.name
                if (key in self._known or self._is_new(folder, key, entry.name)) and (
                    key not in self._reached if is_own else self._reaches(entry.path)
                ):
                    self._stamps[key] = _stamp(entry)

    def _enter(self, folder: _Folder, name: str, real: str) -> _Folder | None:
        key = folder.below(name)
        if name == POSTS:
            return _Folder(real, key, key) if folder.posts is not None or self._may_hold_posts(folder) else None
        if folder.posts is not None:
            # Ruby's glob `**/*` passes over dot folders; drafts are no posts, wherever they lie.
            return None if name.startswith(".") or name == _DRAFTS else _Folder(real, key, folder.posts)
        return _Folder(real, key) if key != self._destination and self._filter.reads_folder(key, name) else None

    def _may_hold_posts(self, folder: _Folder) -> bool:
        # `outside_configured_directory?` in lib/jekyll/reader.rb
        return folder.key.startswith(self._collections_dir)

    def _is_new(self, folder: _Folder, key: str, name: str) -> bool:
        """Tell whether a file is a post that was not known before."""
        if (date := post_name.date_in(name)) is None:
            return False
        self._dates[key] = date
        entry = key[len(folder.posts) + 1 :] if folder.posts else key
        is_post = self._filter.reads_post(key, entry, name)
        self._has_news |= is_post
        return is_post

    def _reaches(self, real: str) -> bool:
        """Tell whether a file at the end of a link was not found before."""
        own = os.path.relpath(real, self._root).replace(os.sep, "/")
        if own in self._stamps or own in self._reached:
            return False
        self._reached.add(own)
        return True

    def _note_link(self, folder: _Folder, entry: os.DirEntry[str]) -> None:
        real = os.path.realpath(entry.path)
        if not _is_inside(real, self._root):
            return
        if os.path.isfile(real):  # noqa: PTH113  # see `_named`
            if folder.posts is not None:
                self._linked_files.append((folder, entry.name, real))
        elif folder.posts is None and (inner := self._enter(folder, entry.name, real)) is not None:
            self._linked_folders.append(inner)


def _entries(folder: _Folder) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder.real) as entries:
            return list(entries)
    except OSError as error:
        _log.warning("the folder %s cannot be searched for posts: %s", folder.real, error.strerror)
        return []


def _stamp(file: os.DirEntry[str] | Path) -> bytes:
    try:
        return stamp_of(file.stat())
    except OSError:
        return b""


def _date_in(key: str) -> str:
    return post_name.date_in(posixpath.basename(key)) or ""


def _is_inside(real: str, root: str) -> bool:
    return real == root or real.startswith(root.rstrip(os.sep) + os.sep)


def printable(key: str) -> str:
    r"""Return a key that can be stored and shown: bytes of a file name that are not UTF-8 stand as `\xff`.

    Such a file is then not found under its key, which is the finding that its author needs.
    """
    return key.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
