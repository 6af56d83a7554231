"""`JekyllSite`: finds and reads the posts of a Jekyll site on disk, and writes back where they went."""

from __future__ import annotations

import os
import posixpath
from contextlib import suppress
from datetime import UTC
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crosspost import __version__
from crosspost.errors import PostUnreadable, Problem, SettingsError
from crosspost.findings import Finding
from crosspost.jekyll import cards, config, dates, discover
from crosspost.jekyll.dates import Zones
from crosspost.jekyll.file_urls import FileUrls
from crosspost.jekyll.includes import Includes
from crosspost.jekyll.index import Index, fingerprint, stamp_of
from crosspost.jekyll.post_reader import PostReader
from crosspost.jekyll.post_urls import PostUrls
from crosspost.model import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import tzinfo

    from crosspost.jekyll.history import History
    from crosspost.jekyll.repository.record import Mode
    from crosspost.media.site_files import SiteFiles
    from crosspost.model import Attachment, Familiar, File, Post
    from crosspost.policy import WriteBackPolicy
    from crosspost.ports import Clock, OpenFile, Repository


class JekyllSite:
    """The `PostSource` of a Jekyll site. Several threads may read; cached are `_config.yml`, glances, and which emoji the posts have.

    Args:
        root: The site's folder, where `_config.yml` is.
        posts: Folders with posts, relative to `root`; see `discover.find`.
        timezone: For all dates without an offset. None: as Jekyll has it, by `timezone` of `_config.yml`, else the
            machine's, with UTC for YAML timestamps (see `dates`).
        url: The site's address without base path, instead of `url` in `_config.yml`.
        permalink: Template for the addresses of posts, or a style's name, instead of the one in `_config.yml`.
        write_back_key: Front matter key for the address on LinkedIn.
        own_key_only: A post counts as published by that key alone; for accounts beside the main one.
        memory: Where glances are kept; None: nowhere.
        clock: Says whether a file was written just now.

    Raises:
        SettingsError: `_config.yml` cannot be used.
    """

    def __init__(
        self,
        root: Path,
        *,
        posts: tuple[str, ...] = (discover.POSTS,),
        timezone: tzinfo | None = None,
        url: str | None = None,
        permalink: str | None = None,
        write_back_key: str = "linkedin_url",
        own_key_only: bool = False,
        memory: Path | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.root = root.absolute()
        self.config = config.load(self.root, permalink)
        self._posts = posts
        self._zones = zones = Zones.of(self.config.timezone, chosen=timezone, system=_system_zone())
        self.timezone: tzinfo = zones.local
        self._url = (self.config.url if url is None else url).strip().rstrip("/")
        base = self._url + self.config.baseurl if self._url else ""
        self._reader = PostReader(
            config=self.config, zones=zones, base=base, write_back_key=write_back_key, own_key_only=own_key_only
        )
        self._index = self._opened(memory, clock) if memory and clock else None
        self._known: Familiar | None = None
        self._tidied: set[str] = set()
        self._latest = "", b""  # read, and not yet asked about

    @cached_property
    def site(self) -> Site:
        """What a post's text may need to know of the site."""
        return Site(
            url=self._url,
            baseurl=self.config.baseurl,
            config=self.config.raw,
            post_urls=self._post_urls,
            includes=Includes(self.root, self.config.includes_dir),
            file_url=FileUrls(self.root, self.config, self._url + self.config.baseurl, self._zones),
            familiar=self._familiar,
            former=self._former,
        )

    @cached_property
    def _post_urls(self) -> PostUrls:
        return PostUrls(self._found, self._canonical_url)

    @cached_property
    def _history(self) -> History:
        from crosspost.jekyll.history import History  # noqa: PLC0415  # only a damaged post needs it

        return History(self.root)

    def _former(self, key: str) -> tuple[str, ...]:
        return self._history.of(key)

    def _familiar(self) -> Familiar:
        """Read all posts and other Markdown for the emoji they have; once, until somebody looks which files there are."""
        if self._known is None:
            from crosspost.jekyll.written import markdown_below  # noqa: PLC0415  # only a damaged post needs it
            from crosspost.text import familiar  # noqa: PLC0415

            keys = dict.fromkeys((*self._found(), *markdown_below(self.root, self.config.destination)))
            self._known = familiar(map(self._text, keys))
        return self._known

    def _text(self, key: str) -> str:
        try:
            return self._bytes(key).decode("utf-8-sig")
        except (PostUnreadable, UnicodeDecodeError):
            return ""

    def _opened(self, memory: Path, clock: Clock) -> Index:
        reader = self._reader
        zones = reader.zones.local, reader.zones.stamp, reader.zones.site
        known = {zone: dates.rules_of(zone) for zone in set(zones)}  # mostly the same
        rules = [known[zone] for zone in zones]
        seen = fingerprint(__version__, self.root.as_posix(), self._posts, reader, rules)
        name = fingerprint(self.root.as_posix(), reader.write_back_key, reader.own_key_only)[:16]
        return Index(memory / f"{name}.sqlite3", seen, clock)

    def keys(self) -> Iterator[str]:
        """Yield the key of every file that is a post by name and place, oldest file name first.

        Raises:
            SettingsError: A folder of the settings is none, or lies outside the site.
        """
        yield from self.stamps()

    def stamps(self) -> Mapping[str, bytes]:
        """See `ports.PostSource.stamps`.

        Raises:
            SettingsError: As `keys`.
        """
        self._post_urls.forget()
        self._known = None
        vars(self).pop("_history", None)
        self._tidied = set()
        return self._found()

    def _found(self) -> Mapping[str, bytes]:
        if self._index is None:
            return discover.find(self.root, self.config, self._posts)
        found = discover.find(self.root, self.config, self._posts, self._index.cards)
        self._index.retain(found)
        return found

    @cached_property
    def _real_root(self) -> Path:
        return self.root.resolve()

    def key_of(self, path: str, *, known: Callable[[str], bool] = lambda _key: False) -> str:
        """See `ports.PostSource.key_of`: from the working directory on, else from the site's root on."""
        places = (Path(path).absolute(), self.root / path)
        named = next((one for one in places if one.exists()), None)
        if named is None and (gone := next((key for key in self._inside(places) if known(key)), None)):
            return gone
        if named is None or not named.is_file():
            what = "is a folder" if named else "there is no such file"
            raise SettingsError(Problem(what=f"{path}: {what}", fix="name the file of a post"))
        return self._key(path, named)

    def _inside(self, places: Iterable[Path]) -> Iterator[str]:
        """Yield the keys that files would have at these places."""
        plain = (Path(os.path.normpath(place)) for place in places)
        yield from (
            discover.printable(one.relative_to(self.root).as_posix()) for one in plain if one.is_relative_to(self.root)
        )

    def _key(self, path: str, named: Path) -> str:
        real = named.resolve()
        if real.is_relative_to(self._real_root):
            # The path as written first, so that a link inside the site keeps its name.
            plain = Path(os.path.normpath(named))
            if plain.is_relative_to(self.root):
                return discover.printable(plain.relative_to(self.root).as_posix())
            return discover.printable(real.relative_to(self._real_root).as_posix())
        raise SettingsError(
            Problem(what=f"{path}: the file lies outside the site {self.root}", fix="name a file inside the site")
        )

    def read(self, key: str) -> Post | None:
        """Read one post; None for a file that is none after all: a draft, `published: false`.

        Raises:
            PostUnreadable: Carries the findings.
        """
        data = self._bytes(key)
        self._latest = key, data
        return self._reader.read(key, data)

    def stamp(self, key: str) -> bytes:
        """See `ports.PostSource.stamp`."""
        try:
            return stamp_of(os.stat(f"{self.root}/{key}"))  # noqa: PTH116  # a hundred thousand times a run
        except (OSError, ValueError):
            return b""

    def knows(self, key: str, stamp: bytes) -> bool:
        """Tell whether a glance at this state of the file would not read it."""
        return self._index is not None and self._index.get(key, stamp) is not None

    def glance(self, key: str, stamp: bytes | None = None) -> Post | None:
        """See `ports.PostSource.glance`.

        Raises:
            PostUnreadable: Carries the findings.
        """
        if self._index is None:
            return self._reader.glance(key, self._bytes(key))
        stamp = self.stamp(key) if stamp is None else stamp
        if stamp and (card := self._index.get(key, stamp)) is not None:
            with suppress(ValueError, TypeError, LookupError):  # a damaged one
                return cards.post_on(card, key)
        return cards.post_on(self._card(key, stamp, self._index), key)

    def learn(self, key: str, stamp: bytes) -> None:
        """See `ports.PostSource.learn`."""
        if self._index is not None and self._index.get(key, stamp) is None:
            with suppress(PostUnreadable):
                self._card(key, stamp, self._index)

    def _card(self, key: str, stamp: bytes, index: Index) -> bytes:
        data = self._bytes(key)
        try:
            card = cards.of_post(self._reader.glance(key, data))
        except PostUnreadable as error:
            card = cards.of_error(error)
        if stamp:
            index.put(key, stamp, card)
        return card

    def remember(self) -> None:
        """See `ports.PostSource.remember`."""
        if self._index is not None:
            self._index.save()

    def _bytes(self, key: str) -> bytes:
        try:
            with open(f"{self.root}/{key}", "rb", buffering=0) as file:  # noqa: PTH123  # as in `stamp`; a Path costs as much as the reading
                return file.read()
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            fix = "check that it is there and may be read"
            if "\\x" in key:  # as `discover.printable` writes bytes that are no text
                said, fix = "its name is not UTF-8", "rename the file in UTF-8"
            finding = Finding(post=key, code="XP001", message=f"the file cannot be read: {said}", fix=fix)
            raise PostUnreadable(finding) from error

    def _canonical_url(self, key: str) -> str | None:
        try:
            post = self.read(key)
        except PostUnreadable:
            return None
        return post.canonical_url if post else None

    def lines(self, key: str) -> list[str]:
        """Return the lines of a post's file without their ends; none where it cannot be read."""
        try:
            text = self._bytes(key).decode("utf-8-sig", "replace")
        except PostUnreadable:
            return []
        return text.replace("\r\n", "\n").split("\n")

    def mended(self, key: str) -> tuple[bytes, bytes]:
        """Return a post's file as it is and with its sure repairs made; see `source_fix`. Changes nothing.

        Raises:
            PostUnreadable: The file cannot be read.
            WriteBackRefused: It cannot be mended without changing something else.
        """
        from crosspost.jekyll.source_fix import source_fix  # noqa: PLC0415  # reading needs none of it

        before = self._bytes(key)
        return before, source_fix(key, before, self.site).after

    def replace(self, key: str, before: bytes, after: bytes) -> None:
        """Make `after` the content of a post's file, if it still has `before`.

        Raises:
            WriteBackRefused: It has its old bytes, or those that somebody else wrote meanwhile.
        """
        from crosspost.jekyll.replace import replace_file  # noqa: PLC0415  # see above

        replace_file(self.root / key, before, after)

    def url_as(self, key: str, name: str) -> str | None:
        """See `ports.PostSource.url_as`."""
        try:
            post = self._reader.read(name, self._bytes(key))
        except PostUnreadable:
            return None
        return post.canonical_url if post else None

    def look(self, post: str, attachment: Attachment) -> File | None:
        """See `ports.PostSource.look`.

        Raises:
            FileUnusable: Carries the finding.
        """
        return self._files.look(post, attachment)

    def open(self, post: str, attachment: Attachment) -> OpenFile:
        """See `ports.PostSource.open`.

        Raises:
            FileUnusable: Carries the finding.
        """
        return self._files.open(post, attachment)

    @cached_property
    def _files(self) -> SiteFiles:
        from crosspost.media.places import Places  # noqa: PLC0415  # only a post with pictures needs it
        from crosspost.media.site_files import SiteFiles  # noqa: PLC0415  # see above

        return SiteFiles(Places(root=self.root, url=self._url, baseurl=self.config.baseurl))

    def write_back_obstacle(self, key: str, policy: WriteBackPolicy) -> Problem | None:
        """See `ports.PostSource.write_back_obstacle`."""
        from crosspost.jekyll.edit import no_room  # noqa: PLC0415  # reading needs none of it
        from crosspost.jekyll.write_back import obstacle  # noqa: PLC0415  # see above

        (read, data), self._latest = self._latest, ("", b"")
        return no_room(data, policy) if read == key else obstacle(self.root / key, policy)

    def write_back_barrier(self, key: str) -> Problem | None:
        """See `ports.PostSource.write_back_barrier`."""
        from crosspost.jekyll.write_back import barrier  # noqa: PLC0415  # see above

        return barrier(self.root / key)

    def write_back(self, key: str, url: str, policy: WriteBackPolicy) -> bool:
        """Put `url` into the file, changing no other byte; return whether the file changed.

        What killed processes left beside it is removed once a folder, until somebody looks which files there are.

        Raises:
            WriteBackRefused: Nothing was written; the error says why.
        """
        from crosspost.jekyll.write_back import write_back  # noqa: PLC0415  # reading needs none of it

        folder, tidy = posixpath.dirname(key), posixpath.dirname(key) not in self._tidied
        self._tidied.add(folder)
        path = self.root / key
        return write_back(path, url, policy, tidy=tidy or path.is_symlink())  # a link leads to another folder

    def repository(self, mode: Mode, policy: WriteBackPolicy, clock: Clock, environ: Mapping[str, str]) -> Repository:
        """Return the git repository that the files are in; see `writeback.git`."""
        from crosspost.jekyll.edit import insert_url  # noqa: PLC0415  # see above
        from crosspost.jekyll.repository.record import GitRepository  # noqa: PLC0415  # see above

        return GitRepository(
            self.root, mode, edit=lambda data, url: insert_url(data, url, policy), clock=clock, environ=environ
        )

    def take_back(self, key: str, url: str, policy: WriteBackPolicy) -> bool:
        """See `ports.PostSource.take_back`."""
        from crosspost.jekyll.write_back import take_back  # noqa: PLC0415  # see above

        return take_back(self.root / key, url, policy)


def _system_zone() -> tzinfo:
    from tzlocal import get_localzone  # noqa: PLC0415  # slow to import, and only this needs it

    try:
        return get_localzone()
    except (LookupError, ValueError, OSError):  # a machine without a usable setting runs in UTC, as for Ruby
        return UTC
