"""The author's side: finds and reads posts and files, writes the address back, and hands it to version control."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from crosspost.errors import Problem
    from crosspost.model import (
        Attachment,
        File,
        Post,
        Recorded,
        Site,
    )
    from crosspost.policy import WriteBackPolicy

Stamp = bytes


class OpenFile(Protocol):
    """A file as LinkedIn would get it, ready to be sent."""

    @property
    def file(self) -> File:
        """What is sent."""
        ...

    def read(self, first: int, size: int) -> bytes:
        """Return `size` bytes from the offset `first` on; fewer where the file ends."""
        ...


class Files(Protocol):
    """Where the files are that posts name."""

    def open(self, post: str, attachment: Attachment) -> OpenFile:
        """Return a file that the post names, as LinkedIn would get it. May ask the site for it.

        Raises:
            FileUnusable: As `PostSource.look`.
        """
        ...


class PostSource(Files, Protocol):
    """The author's side: finds and reads posts, writes the URL back."""

    @property
    def site(self) -> Site:
        """What a post's text may need to know of its site."""
        ...

    def keys(self) -> Iterator[str]:
        """Yield the key of every file that is a post by name and place, oldest file name first."""
        ...

    def key_of(self, path: str, *, known: Callable[[str], bool] = ...) -> str:
        """Return the key of a file that the user named by path.

        Args:
            path: As typed.
            known: Tells of the key of a file that is gone whether it may be named all the same.

        Raises:
            SettingsError: There is no such file, or it lies outside the site.
        """
        ...

    def read(self, key: str) -> Post | None:
        """Read one post. None for a file that is no post after all (a draft, `published: false`).

        Raises:
            PostUnreadable: The file cannot be read; carries the findings.
        """
        ...

    def stamps(self) -> Mapping[str, Stamp]:
        """Return the posts that `keys` yields, each with what tells one state of its file from another; empty for none."""
        ...

    def stamp(self, key: str) -> Stamp:
        """Return that of one file."""
        ...

    def glance(self, key: str, stamp: Stamp | None = None) -> Post | None:
        """Return a post as far as deciding about it needs: no title, body, front matter, address on the site, or findings.

        It may be known from an earlier reading of the same state of the file.

        Args:
            key: Of the post.
            stamp: The state that is wanted, if it is known; else the file as it is now.

        Raises:
            PostUnreadable: As `read`.
        """
        ...

    def learn(self, key: str, stamp: Stamp) -> None:
        """Read now what a later glance at this state of the file will say; nothing where that is known, or kept nowhere."""
        ...

    def remember(self) -> None:
        """Keep for later runs what glances have learned."""
        ...

    def url_as(self, key: str, name: str) -> str | None:
        """Return the address on the site that the post would have if its file were called `name`; None where unknown."""
        ...

    def look(self, post: str, attachment: Attachment) -> File | None:
        """Return what LinkedIn would get of a file that the post names. Asks no network.

        None for a file that only the site itself has: it is fetched when it is opened.

        Raises:
            FileUnusable: It is not there, lies outside the site, or LinkedIn does not take it.
        """
        ...

    def write_back_obstacle(self, key: str, policy: WriteBackPolicy) -> Problem | None:
        """Return why the text of the post's file has no place for a URL, None where it has. Changes nothing."""
        ...

    def write_back_barrier(self, key: str) -> Problem | None:
        """Return why the file could not be replaced here and now, None where it could. Changes nothing."""
        ...

    def write_back(self, key: str, url: str, policy: WriteBackPolicy) -> bool:
        """Put `url` into the file, changing no other byte. Return whether the file changed.

        Reads the file as it is now, and replaces it only if nobody changed it meanwhile.

        Raises:
            WriteBackRefused: Nothing was written; the error says why.
        """
        ...

    def take_back(self, key: str, url: str, policy: WriteBackPolicy) -> bool:
        """Take `url` out of the file again, changing no other byte. Return whether the file changed.

        Raises:
            WriteBackRefused: Nothing was written; the error says why.
        """
        ...


class Repository(Protocol):
    """The version control that the site's files are under."""

    def obstacle(self, keys: Iterable[str]) -> Problem | None:
        """Return why it would not take the addresses of these posts, None where nothing is known to be in the way.

        Asked before anything is sent, so it may take a look at a remote. Changes nothing that anybody sees.
        """
        ...

    def record(self, written: Mapping[str, str]) -> Iterator[Recorded]:
        """Commit the addresses that the files have got: key of the post to URL. Nothing else of the files is committed.

        Doing it twice is doing it once: what is there already makes no commit. Yields what became of it, as it happens;
        raises nothing that an author, a remote or a disk can cause.
        """
        ...
