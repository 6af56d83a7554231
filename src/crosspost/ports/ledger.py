"""What we did, durably."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime, timedelta

    from crosspost.model import (
        Arrived,
        Claim,
        Entry,
        EntryKey,
        Failure,
        Held,
        Mark,
        Receipt,
        Record,
        Spending,
        Step,
        Upload,
    )


class UploadRecords(Protocol):
    """What LinkedIn has of our files. Durable and shared by all processes, with the next step of an entry at the latest."""

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

    def arrived(self, site: str, account: str, author: str, since: Mark | None = None) -> Arrived:
        """Return the posts that LinkedIn may have from this author, or had.

        Args:
            site: Whose posts.
            account: As which they go out.
            author: Who they went out as.
            since: The mark of an earlier look: at least all those that have taken a step since are returned.
        """
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
        self,
        key: EntryKey,
        *,
        author: str,
        text_digest: str,
        owner: str,
        now: datetime,
        lease: timedelta,
        spending: Spending | None = None,
    ) -> Claim | Held:
        """Arrow a: (absent), released, failed or a stalled claimed -> claimed.

        Refused (`Held`) where the entry is claimed by somebody alive, sending, uncertain or published, or where another
        entry of the same author with the same text is in one of these states.

        Args:
            key: The post.
            author: Who it would go out as.
            text_digest: SHA-256 (hex) of its text.
            owner: Who claims.
            now: The moment.
            lease: How long the claim holds.
            spending: What the claim's attempt will ask of LinkedIn; counted, as by `spend`, where the claim is made.
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

    def mark_retry(self, claim: Claim, now: datetime, spending: Spending | None = None) -> bool:
        """Record, before it leaves, the one identical retry that an uncertain attempt may have. False the second time.

        Args:
            claim: Of the attempt.
            now: The moment.
            spending: What the retry will ask of LinkedIn; counted, as by `spend`, where it is recorded.
        """
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
