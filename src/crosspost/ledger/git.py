"""The ledger in a git repository, for machines that are thrown away: on a ref of its own, which the remote guards.

The state machine is that of `MemoryLedger`; here each step is decided on a copy of what the remote has and counts once the
remote has taken the commit. See `git_store` for how, `git_files` for what the commit holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.ledger.git_records import GitRecords
from crosspost.ledger.git_ref import RemoteRef
from crosspost.ledger.sql_ledger import MAYBE, UNCHANGED
from crosspost.ledger.tokens import new_token

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime, timedelta
    from pathlib import Path

    from crosspost.model import Claim, Entry, EntryKey, Failure, Held, Receipt, Record, Spending, Step


class GitLedger(GitRecords):
    """`ports.Ledger` on `refs/crosspost/ledger` of a remote.

    Threads may share an object: a lock lets one call in at a time. Processes may share a clone.

    Args:
        remote: Name of a remote of the clone, or an address.
        folder: Any folder of the clone.
        alive: Tells whether an owner may still be at work. Host names of throw-away machines repeat, so that the lease
            alone should tell: see `open_ledger`.
        new_token: Makes unique names, of claims and of commits.
    """

    def __init__(
        self, remote: str, folder: Path, *, alive: Callable[[str], bool], new_token: Callable[[], str] = new_token
    ) -> None:
        super().__init__(RemoteRef(remote, folder), alive=alive, new_token=new_token)

    def get(self, key: EntryKey) -> Entry | None:
        """See `ports.Ledger.get`."""
        return self._read(lambda book: book.get(key))

    def entries(self, site: str, account: str | None = None) -> Mapping[EntryKey, Entry]:
        """See `ports.Ledger.entries`; sorted by key."""
        return self._read(lambda book: book.entries(site, account))

    def arrived(self, site: str, account: str, author: str) -> Mapping[str, str]:
        """See `ports.Ledger.arrived`; sorted by name."""
        return self._read(lambda book: book.arrived(site, account, author))

    def history(self, key: EntryKey) -> tuple[Step, ...]:
        """See `ports.Ledger.history`."""
        return self._read(lambda book: book.history(key))

    def baseline(self, site: str, now: datetime) -> datetime:
        """See `ports.Ledger.baseline`."""
        return self._write(lambda book: book.baseline(site, now))

    def recorded_baseline(self, site: str) -> datetime | None:
        """See `ports.Ledger.recorded_baseline`."""
        return self._read(lambda book: book.recorded_baseline(site))

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
        """See `ports.Ledger.claim`."""
        values = {"author": author, "text_digest": text_digest, "owner": owner}
        return self._write(lambda book: book.claim(key, **values, now=now, lease=lease, spending=spending))

    def mark_sending(self, claim: Claim, *, request_digest: str, now: datetime, lease: timedelta) -> bool:
        """See `ports.Ledger.mark_sending`."""
        return self._write(lambda book: book.mark_sending(claim, request_digest=request_digest, now=now, lease=lease))

    def settle(self, claim: Claim, receipt: Receipt, now: datetime) -> bool:
        """See `ports.Ledger.settle`."""
        where = receipt.url or receipt.urn or "LinkedIn did not say where; look at your recent activity"
        return self._write(lambda book: book.settle(claim, receipt, now), f"LinkedIn has the post: {where}")

    def fail(
        self, claim: Claim, failure: Failure, reason: str, *, now: datetime, retry_at: datetime | None = None
    ) -> bool:
        """See `ports.Ledger.fail`."""
        return self._write(
            lambda book: book.fail(claim, failure, reason, now=now, retry_at=retry_at),
            "LinkedIn has nothing of this attempt",
        )

    def doubt(self, claim: Claim, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.doubt`."""
        return self._write(lambda book: book.doubt(claim, reason, now), MAYBE)

    def release(self, claim: Claim, now: datetime) -> bool:
        """See `ports.Ledger.release`."""
        return self._write(lambda book: book.release(claim, now))

    def sweep(self, site: str, now: datetime) -> tuple[Entry, ...]:
        """See `ports.Ledger.sweep`."""
        return self._write(lambda book: book.sweep(site, now))

    def mark_written_back(self, key: EntryKey, now: datetime) -> bool:
        """See `ports.Ledger.mark_written_back`."""
        return self._write(lambda book: book.mark_written_back(key, now), "LinkedIn has the post")

    def resolve(self, key: EntryKey, *, url: str | None, urn: str | None, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.resolve`."""
        return self._write(lambda book: book.resolve(key, url=url, urn=urn, reason=reason, now=now), UNCHANGED)

    def mark_retry(self, claim: Claim, now: datetime) -> bool:
        """See `ports.Ledger.mark_retry`."""
        return self._write(lambda book: book.mark_retry(claim, now), MAYBE)

    def amend(self, key: EntryKey, *, text_digest: str, now: datetime) -> bool:
        """See `ports.Ledger.amend`."""
        return self._write(
            lambda book: book.amend(key, text_digest=text_digest, now=now), "LinkedIn has the post with its new text"
        )

    def withdraw(self, key: EntryKey, *, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.withdraw`."""
        return self._write(lambda book: book.withdraw(key, reason=reason, now=now), "LinkedIn no longer has the post")

    def reopen(self, key: EntryKey, *, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.reopen`."""
        return self._write(lambda book: book.reopen(key, reason=reason, now=now), UNCHANGED)

    def dump(self) -> tuple[Record, ...]:
        """See `ports.Ledger.dump`."""
        return self._read(lambda book: book.dump())

    def load(self, records: Sequence[Record], *, owner: str, now: datetime) -> None:
        """See `ports.Ledger.load`."""
        self._write(lambda book: book.load(records, owner=owner, now=now))

    def close(self) -> None:
        """Forget what the remote had. A later call asks it again."""
        with self._lock:
            self._known = None
            self._waiting.clear()
