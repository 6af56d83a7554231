"""A ledger that lasts as long as its process: for demonstrations, dry runs and tests.

Passes the same contract as the durable ones. It is also the shortest statement of what they do.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from crosspost.ledger.content import Content, Line
from crosspost.ledger.memory_records import MemoryRecords
from crosspost.ledger.problems import contradicting, unsound
from crosspost.ledger.tokens import new_token
from crosspost.ledger.transfer import add_records, contradictions, faults, records_of
from crosspost.ledger.transitions import (
    ARROWS,
    CLAIM_STALLED,
    GUARDING,
    SENDING_STALLED,
    claimable,
    is_in_the_way,
    is_stalled,
    leaves,
    yields_to_receipt,
)
from crosspost.model import MAY_HAVE_ARRIVED, Arrived, Claim, Entry, Failure, Held, State, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from crosspost.model import EntryKey, Mark, Receipt, Record, Spending


class MemoryLedger(MemoryRecords):
    """`ports.Ledger` in memory.

    Threads may share one object: a lock lets one call in at a time. Processes cannot share it.

    Args:
        alive: Tells whether an owner may still be at work; see `liveness.alive`.
        new_token: Makes the unique name of a claim.
        content: What it holds; changed in place.
    """

    def __init__(
        self,
        *,
        alive: Callable[[str], bool],
        new_token: Callable[[], str] = new_token,
        content: Content | None = None,
    ) -> None:
        super().__init__(Content() if content is None else content)
        self._alive = alive
        self._new_token = new_token

    def get(self, key: EntryKey) -> Entry | None:
        """See `ports.Ledger.get`."""
        with self._lock:
            return self._content.entry(key)

    def entries(self, site: str, account: str | None = None) -> Mapping[EntryKey, Entry]:
        """See `ports.Ledger.entries`; sorted by key."""
        with self._lock:
            lines = self._content.lines.items()
            chosen = {k: of[-1].entry for k, of in lines if k.site == site and account in {None, k.account}}
        return MappingProxyType(dict(sorted(chosen.items())))

    def arrived(self, site: str, account: str, author: str, since: Mark | None = None) -> Arrived:
        """See `ports.Ledger.arrived`; sorted by name. Always all of them: each step here looks at all entries anyway."""
        del since
        entries = self.entries(site, account).values()
        known = {e.key.post: e.text_digest for e in entries if e.author == author and e.state in MAY_HAVE_ARRIVED}
        return Arrived(MappingProxyType(known))

    def history(self, key: EntryKey) -> tuple[Step, ...]:
        """See `ports.Ledger.history`."""
        with self._lock:
            return tuple(line.step for line in self._content.lines.get(key, ()))

    def baseline(self, site: str, now: datetime) -> datetime:
        """See `ports.Ledger.baseline`."""
        with self._lock:
            return self._content.baselines.setdefault(site, now)

    def recorded_baseline(self, site: str) -> datetime | None:
        """See `ports.Ledger.recorded_baseline`."""
        with self._lock:
            return self._content.baselines.get(site)

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
        with self._lock:
            before = self._content.entry(key)
            if before is not None and not claimable(before, now, self._alive):
                return Held(entry=before)
            for twin in self._twins(key, author, text_digest):
                if is_in_the_way(twin, now, self._alive):
                    return Held(entry=twin)
                self._put(replace(twin, state=State.RELEASED, reason=CLAIM_STALLED), now)
            entry = Entry(
                key=key,
                state=State.CLAIMED,
                author=author,
                text_digest=text_digest,
                attempts=1 + (before.attempts if before else 0),
                token=self._new_token(),
                owner=owner,
                lease_until=now + lease,
                claimed_at=now,
            )
            self._put(entry, now)
            if spending:
                self.spend(spending.payer, spending.day, spending.requests)
            return Claim(key=key, token=entry.token, attempt=entry.attempts)

    def mark_sending(self, claim: Claim, *, request_digest: str, now: datetime, lease: timedelta) -> bool:
        """See `ports.Ledger.mark_sending`."""
        return self._advance("b", claim, now, request_digest=request_digest, sending_at=now, lease_until=now + lease)

    def settle(self, claim: Claim, receipt: Receipt, now: datetime) -> bool:
        """See `ports.Ledger.settle`, and docs/ledger.md for receipts that come after the entry has moved on."""
        with self._lock:
            entry, attempt = self._content.entry(claim.key), self._attempt(claim)
            if entry is None or attempt is None or not leaves("c", entry.state):
                return False
            for twin in self._twins(claim.key, attempt.author, attempt.text_digest):
                reason = f"LinkedIn has the same text from {claim.key.post}"
                self._put(replace(twin, state=yields_to_receipt(twin), reason=reason), now)
            published = replace(
                entry,
                state=State.PUBLISHED,
                author=attempt.author,
                text_digest=attempt.text_digest,
                token=attempt.token,
                owner=attempt.owner,
                sending_at=attempt.sending_at,
                request_digest=attempt.request_digest,
                settled_at=now,
                urn=receipt.urn,
                url=receipt.url,
                edited_at=None,
                failure=None,
                retry_at=None,
                reason=receipt.detail,
            )
            self._put(published, now)
            return True

    def fail(
        self, claim: Claim, failure: Failure, reason: str, *, now: datetime, retry_at: datetime | None = None
    ) -> bool:
        """See `ports.Ledger.fail`."""
        return self._advance("d", claim, now, settled_at=now, failure=failure, retry_at=retry_at, reason=reason)

    def doubt(self, claim: Claim, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.doubt`."""
        return self._advance("e", claim, now, settled_at=now, reason=reason)

    def release(self, claim: Claim, now: datetime) -> bool:
        """See `ports.Ledger.release`."""
        return self._advance("f", claim, now)

    def sweep(self, site: str, now: datetime) -> tuple[Entry, ...]:
        """See `ports.Ledger.sweep`."""
        with self._lock:
            doubtful = []
            for entry in self.entries(site).values():
                if not is_stalled(entry, now, self._alive):
                    continue
                if entry.state is State.CLAIMED:
                    self._put(replace(entry, state=State.RELEASED, reason=CLAIM_STALLED), now)
                else:
                    after = replace(entry, state=State.UNCERTAIN, settled_at=now, reason=SENDING_STALLED)
                    doubtful.append(self._put(after, now))
            return tuple(doubtful)

    def mark_written_back(self, key: EntryKey, now: datetime) -> bool:
        """See `ports.Ledger.mark_written_back`; the newest moment counts."""
        with self._lock:
            entry = self._content.entry(key)
            if entry is None or entry.state is not State.PUBLISHED:
                return False
            self._put(replace(entry, written_back_at=now), now)
            return True

    def resolve(self, key: EntryKey, *, url: str | None, urn: str | None, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.resolve`; a `urn` alone says "published" too."""
        with self._lock:
            entry = self._content.entry(key)
            letter = "g" if url or urn else "h"
            if entry is not None and entry.state is State.PUBLISHED and entry.url is None and letter == "g":
                self._put(replace(entry, url=url, urn=urn, reason=reason), now)
                return True
            failure = Failure.NOT_SENT if letter == "h" else None
            return self._decide(letter, key, now, settled_at=now, url=url, urn=urn, failure=failure, reason=reason)

    def mark_retry(self, claim: Claim, now: datetime, spending: Spending | None = None) -> bool:
        """See `ports.Ledger.mark_retry`."""
        with self._lock:
            entry = self._content.entry(claim.key)
            if entry is None or entry.token != claim.token or entry.state is not State.UNCERTAIN or entry.retried_at:
                return False
            self._put(replace(entry, retried_at=now), now)
            if spending:
                self.spend(spending.payer, spending.day, spending.requests)
            return True

    def amend(self, key: EntryKey, *, text_digest: str, now: datetime) -> bool:
        """See `ports.Ledger.amend`."""
        with self._lock:
            entry = self._content.entry(key)
            if entry is None or entry.state is not State.PUBLISHED or any(self._twins(key, entry.author, text_digest)):
                return False
            self._put(replace(entry, text_digest=text_digest, edited_at=now, reason="edited"), now)
            return True

    def withdraw(self, key: EntryKey, *, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.withdraw`."""
        return self._decide("i", key, now, reason=reason, settled_at=now, written_back_at=None)

    def reopen(self, key: EntryKey, *, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.reopen`."""
        moments = dict.fromkeys(("sending_at", "settled_at", "written_back_at", "edited_at", "retried_at"))
        return self._decide("j", key, now, reason=reason, request_digest=None, urn=None, url=None, **moments)

    def dump(self) -> tuple[Record, ...]:
        """See `ports.Ledger.dump`."""
        with self._lock:
            return records_of(self._content)

    def load(self, records: Sequence[Record], *, owner: str, now: datetime) -> None:
        """See `ports.Ledger.load`."""
        if wrong := faults(records):
            raise unsound(wrong)
        with self._lock:
            if found := contradictions(records_of(self._content), records):
                raise contradicting(found)
            add_records(self._content, records, owner=owner, now=now)

    def close(self) -> None:
        """Do nothing: there is nothing to release."""

    def _advance(self, letter: str, claim: Claim, now: datetime, **changes: Any) -> bool:  # noqa: ANN401 # Entry's fields
        """Take an arrow that only the newest claim may take."""
        with self._lock:
            entry = self._content.entry(claim.key)
            if entry is None or entry.token != claim.token:
                return False
            return self._decide(letter, claim.key, now, **changes)

    def _decide(self, letter: str, key: EntryKey, now: datetime, **changes: Any) -> bool:  # noqa: ANN401 # as above
        """Take an arrow whatever the claim: a person's word, or a step that was checked before."""
        with self._lock:
            entry = self._content.entry(key)
            if entry is None or not leaves(letter, entry.state):
                return False
            self._put(replace(entry, state=ARROWS[letter].target, **changes), now)
            return True

    def _put(self, entry: Entry, now: datetime) -> Entry:
        """Store the entry and its line of history: the two never part."""
        before = self._content.entry(entry.key)
        step = Step(
            key=entry.key,
            before=before.state if before else None,
            after=entry.state,
            at=now,
            owner=entry.owner,
            reason=entry.reason,
        )
        self._content.append(Line(step, entry))
        return entry

    def _attempt(self, claim: Claim) -> Entry | None:
        """Return the entry as it was when this claim's intent to send was recorded, None where it never was."""
        attempts = (line.entry for line in self._content.lines.get(claim.key, ()) if line.step.after is State.SENDING)
        return next((entry for entry in attempts if entry.token == claim.token), None)

    def _twins(self, key: EntryKey, author: str, text_digest: str) -> Iterator[Entry]:
        """Yield the other entries that guard this text for this author; one that is surely on LinkedIn comes first."""
        entries = (lines[-1].entry for lines in self._content.lines.values())
        for entry in sorted(entries, key=lambda entry: entry.state is not State.PUBLISHED):
            if (
                (entry.author, entry.text_digest) == (author, text_digest)
                and entry.key != key
                and entry.state in GUARDING
            ):
                yield entry
