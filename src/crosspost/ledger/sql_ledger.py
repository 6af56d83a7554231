"""The ledger in SQL tables: all that SQLite and PostgreSQL have in common.

Every transition is one statement of `sql/statements.sql`, guarded by state and token; the row count decides.
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.ledger.problems import GONE, MAYBE, NOTHING_OF_IT, NOTHING_SENT, REWRITTEN, THERE, UNCHANGED, received
from crosspost.ledger.rows import entry_of, key_values, moment_of, posts_in, step_of
from crosspost.ledger.sql_records import SqlRecords, count
from crosspost.ledger.sql_tables import Outrun
from crosspost.ledger.sql_transfer import SqlTransfer
from crosspost.ledger.transitions import CLAIM_STALLED, SENDING_STALLED, claimable, is_in_the_way, is_stalled
from crosspost.model import Claim, Held, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta

    from crosspost.ledger.sql_tables import Tables
    from crosspost.model import Arrived, Entry, EntryKey, Failure, Mark, Receipt, Spending, Step


class SqlLedger(SqlRecords, SqlTransfer):
    """`ports.Ledger` over SQL tables; an engine adds how a transaction is held.

    Args:
        alive: Tells whether an owner may still be at work; see `liveness.alive`.
        new_token: Makes the unique name of a claim.
    """

    def __init__(self, *, alive: Callable[[str], bool], new_token: Callable[[], str]) -> None:
        self._alive = alive
        self._new_token = new_token

    def get(self, key: EntryKey) -> Entry | None:
        """See `ports.Ledger.get`."""
        return self._read(lambda tables: _one(tables, "get", **key_values(key)))

    def entries(self, site: str, account: str | None = None) -> Mapping[EntryKey, Entry]:
        """See `ports.Ledger.entries`; sorted by key."""
        found = self._read(lambda tables: list(map(entry_of, tables.rows("entries", site=site, account=account))))
        return MappingProxyType({entry.key: entry for entry in found})

    def arrived(self, site: str, account: str, author: str, since: Mark | None = None) -> Arrived:
        """See `ports.Ledger.arrived`; sorted by name. The mark is the newest line of the history."""
        from crosspost.model import Arrived  # noqa: PLC0415 - a run with nothing to send must not pay for it

        of = {"site": site, "account": account, "author": author}

        def look(tables: Tables) -> Arrived:
            (newest,) = tables.rows("newest_line")  # before the entries: what comes in between is found twice
            rows = tables.rows("arrived_since", **of, since=since[0]) if since else tables.rows("arrived", **of)
            return Arrived(posts_in(rows), (newest["line"],))

        return self._read(look)

    def history(self, key: EntryKey) -> tuple[Step, ...]:
        """See `ports.Ledger.history`."""
        return self._read(lambda tables: tuple(map(step_of, tables.rows("history", **key_values(key)))))

    def baseline(self, site: str, now: datetime) -> datetime:
        """See `ports.Ledger.baseline`."""

        def step(tables: Tables) -> datetime:
            tables.changed("set_baseline", site=site, now=now)
            (row,) = tables.rows("baseline", site=site)
            return moment_of(row["at"])

        return self._write(step)

    def recorded_baseline(self, site: str) -> datetime | None:
        """See `ports.Ledger.recorded_baseline`."""
        rows = self._read(lambda tables: tables.rows("baseline", site=site))
        return next((moment_of(row["at"]) for row in rows), None)

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
        text = {"author": author, "text_digest": text_digest, **key_values(key)}
        token = self._new_token()
        values = {**text, "token": token, "owner": owner, "now": now}
        if self._claim_new(values, now, lease, spending):
            return Claim(key=key, token=token, attempt=1)
        if held := self._held(key, now):
            return Held(entry=held)

        def claimed(tables: Tables) -> Claim | Held:
            moment = tables.lease_moment(now)
            before, twin = _one(tables, "get", **key_values(key)), _one(tables, "twin", **text)
            if before is not None and not claimable(before, moment, self._alive):
                return Held(entry=before)
            if twin is not None and is_in_the_way(twin, moment, self._alive):
                return Held(entry=twin)
            if twin is not None:
                _release(tables, twin, now)
            for row in tables.rows("claim", **values, lease_until=moment + lease, before=before and before.token):
                return Claim(key=key, token=token, attempt=row["attempts"])
            raise Outrun

        def step(tables: Tables) -> Claim | Held:
            result = claimed(tables)
            if spending and isinstance(result, Claim):
                count(tables, spending.payer, spending.day, spending.requests)
            return result

        return self._write(step)

    def _claim_new(
        self, values: Mapping[str, object], now: datetime, lease: timedelta, spending: Spending | None
    ) -> bool:
        """Claim a post that has no entry, and whose text nobody holds: the usual case, and one statement.

        Returns:
            Whether it did. If not, nothing was changed: the post has an entry, or another one holds its text.
        """

        def step(tables: Tables) -> bool:
            if not tables.rows("claim_new", **values, lease_until=tables.lease_moment(now) + lease):
                return False
            if spending:
                count(tables, spending.payer, spending.day, spending.requests)
            return True

        return self._write(step)

    def _held(self, key: EntryKey, now: datetime) -> Entry | None:  # noqa: ARG002 - for an engine with a server
        """Return the entry that keeps a post from being claimed, where a look without a transaction saves trips to a server.

        None says nothing: then the transaction decides.
        """
        return None

    def _move(
        self,
        name: str,
        claim: Claim,
        to: State,  # noqa: ARG002 - for an engine that may have to ask whether it got there
        values: Mapping[str, object],
        linkedin_has: str = NOTHING_SENT,
        *,
        now: datetime,
        lease: timedelta | None = None,
    ) -> bool:
        """Take a step that is one statement, guarded by the token. Return whether the entry has taken it."""

        def step(tables: Tables) -> bool:
            until = {"lease_until": tables.lease_moment(now) + lease} if lease else {}
            return _moves(tables, name, claim, now=now, **values, **until)

        return self._write(step, linkedin_has)

    def mark_sending(self, claim: Claim, *, request_digest: str, now: datetime, lease: timedelta) -> bool:
        """See `ports.Ledger.mark_sending`."""
        return self._move(
            "mark_sending", claim, State.SENDING, {"request_digest": request_digest}, now=now, lease=lease
        )

    def settle(self, claim: Claim, receipt: Receipt, now: datetime) -> bool:
        """See `ports.Ledger.settle`, and docs/ledger.md for receipts that come after the entry has moved on."""
        values = {"urn": receipt.urn, "url": receipt.url, "reason": receipt.detail}
        if self._move("settle_own", claim, State.PUBLISHED, values, received(receipt), now=now):
            return True

        def step(tables: Tables) -> bool:
            before = _one(tables, "get", **key_values(claim.key))
            if before is None or before.state is State.PUBLISHED:
                return False
            _moves(tables, "give_way", claim, now=now, reason=f"LinkedIn has the same text from {claim.key.post}")
            return _moves(tables, "settle", claim, now=now, **values)

        return self._write(step, received(receipt))

    def fail(
        self, claim: Claim, failure: Failure, reason: str, *, now: datetime, retry_at: datetime | None = None
    ) -> bool:
        """See `ports.Ledger.fail`."""
        values = {"failure": failure, "reason": reason, "retry_at": retry_at}
        return self._move("fail", claim, State.FAILED, values, NOTHING_OF_IT, now=now)

    def doubt(self, claim: Claim, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.doubt`."""
        return self._move("doubt", claim, State.UNCERTAIN, {"reason": reason}, MAYBE, now=now)

    def release(self, claim: Claim, now: datetime) -> bool:
        """See `ports.Ledger.release`."""
        return self._move("release", claim, State.RELEASED, {"reason": None}, now=now)

    def sweep(self, site: str, now: datetime) -> tuple[Entry, ...]:
        """See `ports.Ledger.sweep`."""

        def step(tables: Tables) -> tuple[Entry, ...]:
            moment, doubtful = tables.lease_moment(now), []
            for entry in map(entry_of, tables.rows("unsettled", site=site)):
                if not is_stalled(entry, moment, self._alive):
                    continue
                if entry.state is State.CLAIMED:
                    _release(tables, entry, now)
                elif _moves(tables, "doubt", _claim_of(entry), now=now, reason=SENDING_STALLED):
                    doubtful.append(_one(tables, "get", **key_values(entry.key)))
            return tuple(entry for entry in doubtful if entry is not None)

        return self._write(step)

    def mark_written_back(self, key: EntryKey, now: datetime) -> bool:
        """See `ports.Ledger.mark_written_back`; the newest moment counts."""
        return self._write(partial(_decides, name="mark_written_back", key=key, now=now), THERE)

    def resolve(self, key: EntryKey, *, url: str | None, urn: str | None, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.resolve`; a `urn` alone says "published" too."""

        def step(tables: Tables) -> bool:
            if not (url or urn):
                return _decides(tables, "resolve_not_posted", key, reason=reason, now=now)
            said = {"reason": reason, "now": now, "url": url, "urn": urn}
            return _decides(tables, "resolve_published", key, **said) or _decides(tables, "locate", key, **said)

        return self._write(step, UNCHANGED)

    def mark_retry(self, claim: Claim, now: datetime, spending: Spending | None = None) -> bool:
        """See `ports.Ledger.mark_retry`."""

        def step(tables: Tables) -> bool:
            is_recorded = _moves(tables, "mark_retry", claim, now=now)
            if is_recorded and spending:
                count(tables, spending.payer, spending.day, spending.requests)
            return is_recorded

        return self._write(step, MAYBE)

    def amend(self, key: EntryKey, *, text_digest: str, now: datetime) -> bool:
        """See `ports.Ledger.amend`."""

        def step(tables: Tables) -> bool:
            entry = _one(tables, "get", **key_values(key))
            if entry is None or _one(tables, "twin", author=entry.author, text_digest=text_digest, **key_values(key)):
                return False
            return _decides(tables, "amend", key, text_digest=text_digest, now=now)

        return self._write(step, REWRITTEN)

    def withdraw(self, key: EntryKey, *, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.withdraw`."""
        return self._write(partial(_decides, name="withdraw", key=key, reason=reason, now=now), GONE)

    def reopen(self, key: EntryKey, *, reason: str, now: datetime) -> bool:
        """See `ports.Ledger.reopen`."""
        return self._write(partial(_decides, name="reopen", key=key, reason=reason, now=now), UNCHANGED)


def _one(tables: Tables, name: str, **values: object) -> Entry | None:
    return next(map(entry_of, tables.rows(name, **values)), None)


def _moves(tables: Tables, name: str, claim: Claim, **values: object) -> bool:
    """Execute a transition that the token guards; the row count decides."""
    return tables.changed(name, **key_values(claim.key), token=claim.token, **values) == 1


def _decides(tables: Tables, name: str, key: EntryKey, **values: object) -> bool:
    """Execute a transition that the state alone guards: a person's word, or what LinkedIn was seen to have."""
    return tables.changed(name, **key_values(key), **values) == 1


def _release(tables: Tables, entry: Entry, now: datetime) -> None:
    _moves(tables, "release", _claim_of(entry), now=now, reason=CLAIM_STALLED)


def _claim_of(entry: Entry) -> Claim:
    return Claim(key=entry.key, token=entry.token, attempt=entry.attempts)
