"""What the use cases need from the outside world: time, the site's files, the ledger, LinkedIn.

Rules that a type cannot say stand in the docstrings. All moments are aware datetimes in UTC unless said otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime, timedelta

    from crosspost.errors import Problem
    from crosspost.model import (
        Answer,
        Attachment,
        Change,
        Claim,
        Draft,
        Entry,
        EntryKey,
        Failure,
        File,
        Held,
        Listed,
        Post,
        Prepared,
        Receipt,
        Record,
        Recorded,
        Rejected,
        Site,
        Step,
        Upload,
    )
    from crosspost.policy import WriteBackPolicy

Stamp = bytes


class Clock(Protocol):
    """Time as a parameter."""

    def now(self) -> datetime:
        """Return the moment now, aware, UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


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

    def key_of(self, path: str) -> str:
        """Return the key of a file that the user named by path.

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


class UploadRecords(Protocol):
    """What LinkedIn has of our files. Durable, and shared by all processes."""

    def upload(self, payer: str, digest: str) -> Upload | None:
        """Return what LinkedIn calls a file that it has already; `digest` is the SHA-256 (hex) of the bytes uploaded."""
        ...

    def record_upload(self, upload: Upload) -> None:
        """Remember that LinkedIn has a file; a newer URN of the same bytes replaces the older one."""
        ...


class Ledger(UploadRecords, Protocol):
    """What we did, durably. Every transition is one statement guarded by state and token; docs/ledger.md has the arrows.

    Safe to use from several processes at once. A method that moves an entry returns only when the change would
    survive a power cut. All methods raise LedgerError when the store cannot be used.
    """

    def get(self, key: EntryKey) -> Entry | None:
        """Return the entry, None where nothing was ever tried."""
        ...

    def entries(self, site: str, account: str | None = None) -> Mapping[EntryKey, Entry]:
        """Return all entries of a site, of one account or of all."""
        ...

    def history(self, key: EntryKey) -> tuple[Step, ...]:
        """Return every step of an entry, oldest first."""
        ...

    def baseline(self, site: str, now: datetime) -> datetime:
        """Return the moment from which posts of this site may go out by themselves; recorded at the first call."""
        ...

    def recorded_baseline(self, site: str) -> datetime | None:
        """Return the moment that `baseline` has recorded, None where it never was asked. Changes nothing."""
        ...

    def claim(
        self, key: EntryKey, *, author: str, text_digest: str, owner: str, now: datetime, lease: timedelta
    ) -> Claim | Held:
        """Arrow a: (absent), released, failed or a stalled claimed -> claimed.

        Refused (`Held`) where the entry is claimed by somebody alive, sending, uncertain or published, or where another
        entry of the same author with the same text is in one of these states.
        """
        ...

    def mark_sending(self, claim: Claim, *, request_digest: str, now: datetime, lease: timedelta) -> bool:
        """Arrow b: claimed -> sending, durable before the first byte leaves. False where the claim was lost."""
        ...

    def settle(self, claim: Claim, receipt: Receipt, now: datetime) -> bool:
        """Arrow c: sending or uncertain -> published. A late answer settles an uncertain entry too."""
        ...

    def fail(
        self, claim: Claim, failure: Failure, reason: str, *, now: datetime, retry_at: datetime | None = None
    ) -> bool:
        """Arrow d: sending -> failed; LinkedIn surely has nothing."""
        ...

    def doubt(self, claim: Claim, reason: str, now: datetime) -> bool:
        """Arrow e: sending -> uncertain; no trustworthy answer came."""
        ...

    def release(self, claim: Claim, now: datetime) -> bool:
        """Arrow f: claimed -> released; nothing was sent."""
        ...

    def sweep(self, site: str, now: datetime) -> tuple[Entry, ...]:
        """Settle what dead processes left: arrow f for stalled claimed, arrow e for stalled sending.

        Stalled means: the lease is over, or the owner was a process of this machine that lives no more.
        Returns the entries that became uncertain.
        """
        ...

    def mark_written_back(self, key: EntryKey, now: datetime) -> bool:
        """Record that the file of a published entry says where."""
        ...

    def resolve(self, key: EntryKey, *, url: str | None, urn: str | None, reason: str, now: datetime) -> bool:
        """Arrows g and h: uncertain -> published (with `url`) or -> failed (without); a person's word.

        With `url` it also gives an entry its address that was published without LinkedIn saying where.
        """
        ...

    def mark_retry(self, claim: Claim, now: datetime) -> bool:
        """Record, before it leaves, the one identical retry that an uncertain attempt may have. False the second time."""
        ...

    def amend(self, key: EntryKey, *, text_digest: str, now: datetime) -> bool:
        """Record that LinkedIn's copy of a published post has another text now.

        False where the entry is not published, or another entry of the author has that text.
        """
        ...

    def withdraw(self, key: EntryKey, *, reason: str, now: datetime) -> bool:
        """Arrow i: published -> deleted; LinkedIn no longer has the post. It never goes out again by itself."""
        ...

    def reopen(self, key: EntryKey, *, reason: str, now: datetime) -> bool:
        """Arrow j: published, uncertain or deleted -> released; a person wants another send and says why."""
        ...

    def spend(self, payer: str, day: date, requests: int) -> int:
        """Count requests to LinkedIn. Return how many that makes on this day (UTC).

        Args:
            payer: Whose daily limit they count against: the author's URN, and the server where it is not LinkedIn's own.
            day: In UTC, as LinkedIn counts (API rate limiting).
            requests: How many are about to be made.
        """
        ...

    def spent(self, payer: str, day: date) -> int:
        """Return how many requests are on record for a day."""
        ...

    def notes(self, subject: str) -> Mapping[str, str]:
        """Return the small facts on record about a subject, by name."""
        ...

    def note(self, subject: str, name: str, value: str | None, now: datetime) -> bool:
        """Record a small fact; None removes it. True for the one who changed it, False where it was so already."""
        ...

    def dump(self) -> tuple[Record, ...]:
        """Return everything on record, as it was at one moment; the steps of an entry oldest first."""
        ...

    def load(self, records: Sequence[Record], *, owner: str, now: datetime) -> None:
        """Add what another ledger had on record. Each entry keeps its history; the import is a further line of it.

        Args:
            records: What `dump` returned: all of it.
            owner: Who imports, for the history.
            now: The moment, for the history.

        Raises:
            SettingsError: The records are no sound ledger, or contradict this one. Nothing was changed.
        """
        ...

    def close(self) -> None:
        """Release the store."""
        ...


class PageReader(Protocol):
    """The web, as far as it has the site."""

    def lacking(self, url: str, title: str | None) -> str | None:
        """Return why the page of a post is not there yet, in words that follow "its page is awaited:"; None where it is.

        Asks once, in bounded time, and raises nothing that the network can cause.
        """
        ...


class Notifier(Protocol):
    """A way to people."""

    def tell(self, title: str, body: str) -> bool:
        """Send a message; return whether anybody took it. Raises nothing."""
        ...


class Publisher(Protocol):
    """LinkedIn, or anything that behaves like it."""

    def author(self) -> str | Rejected:
        """Return the URN to post as: the setting, else the member whom the token belongs to."""
        ...

    def prepare(self, draft: Draft, author: str, *, renew: bool = False) -> Prepared | Rejected:
        """Bring the files of the draft to LinkedIn and build the request; nothing is published. May be repeated.

        Args:
            draft: As looked at.
            author: URN of the author, who will own the files.
            renew: Send files again that LinkedIn could not use.
        """
        ...

    def send(self, prepared: Prepared) -> Answer:
        """Send once, never repeat. What the answer proves is in its type; raises nothing that LinkedIn can cause."""
        ...

    def recent(self, author: str) -> tuple[Listed, ...] | None:
        """Return the author's newest posts; None where LinkedIn does not let this token see them, or does not answer."""
        ...

    def comment(self, urn: str, author: str, text: str) -> Problem | None:
        """Comment on a post. Return why there is no comment or may be none; raises nothing that LinkedIn can cause."""
        ...

    def edit(self, urn: str, draft: Draft) -> Change:
        """Give a post the text of `draft`. May be repeated."""
        ...

    def delete(self, urn: str) -> Change:
        """Delete a post; one that is gone already counts as done. May be repeated."""
        ...

    def access(self) -> Change:
        """Ask whether a post could be created now; publishes nothing. May be repeated."""
        ...
