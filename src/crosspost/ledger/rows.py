"""Entries and moments as SQL has them, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from crosspost.model import Entry, EntryKey, Failure, State, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crosspost.ledger.sql_tables import Row

Value: TypeAlias = str | int | None


def moment_text(moment: datetime) -> str:
    """Return UTC text of fixed width, so that text sorts as time does.

    >>> moment_text(datetime(2026, 11, 22, 13, 15, 8, tzinfo=UTC))
    '2026-11-22T13:15:08.000000Z'

    Raises:
        TypeError: `moment` has no time zone; that would be a defect of the caller.
    """
    return _zoned(moment).astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment_of(value: str | datetime) -> datetime:
    """Return the moment that `moment_text` wrote; PostgreSQL knows moments itself.

    >>> moment_of("2026-11-22T13:15:08.000000Z").isoformat()
    '2026-11-22T13:15:08+00:00'
    """
    return value.astimezone(UTC) if isinstance(value, datetime) else datetime.fromisoformat(value)


def plain(value: object) -> Value:
    """Return a value as SQL takes it. Half surrogate pairs, which SQLite cannot store, become question marks.

    >>> plain(State.CLAIMED)
    'claimed'
    """
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, str):
        return str(value) if value.isascii() else value.encode("utf-8", "replace").decode()  # a StrEnum is its text
    if value is None or isinstance(value, int):
        return value
    raise TypeError(f"not a value for the ledger: {value!r}")


def storable(value: object) -> object:
    r"""Return a value as PostgreSQL takes it: it knows moments, and no text with NUL (PostgreSQL, "Character Types").

    >>> storable("a NUL \0")
    'a NUL ␀'
    """
    if isinstance(value, datetime):
        return _zoned(value)
    if isinstance(value, timedelta):
        return value
    kept = plain(value)
    return kept.replace("\0", "␀") if isinstance(kept, str) else kept


def key_values(key: EntryKey) -> dict[str, object]:
    """Return the three columns that name an entry."""
    return {"site": key.site, "account": key.account, "post": key.post}


def entry_of(row: Row) -> Entry:
    """Return the entry in a row of the table `entry`.

    Raises:
        ValueError: The row is damaged.
    """
    return Entry(
        key=_key_of(row),
        state=State(row["state"]),
        author=row["author"],
        text_digest=row["text_digest"],
        attempts=row["attempts"],
        token=row["token"],
        owner=row["owner"],
        lease_until=moment_of(row["lease_until"]),
        claimed_at=moment_of(row["claimed_at"]),
        sending_at=_moment_or_none(row["sending_at"]),
        settled_at=_moment_or_none(row["settled_at"]),
        written_back_at=_moment_or_none(row["written_back_at"]),
        edited_at=_moment_or_none(row["edited_at"]),
        retried_at=_moment_or_none(row["retried_at"]),
        request_digest=row["request_digest"],
        urn=row["urn"],
        url=row["url"],
        failure=Failure(row["failure"]) if row["failure"] else None,
        retry_at=_moment_or_none(row["retry_at"]),
        reason=row["reason"],
    )


def posts_in(rows: Iterable[Row]) -> Mapping[str, str]:
    """Return the names of posts and the digests of their texts, of rows that have no more."""
    return MappingProxyType({row["post"]: row["text_digest"] for row in rows})


def step_of(row: Row) -> Step:
    """Return the step in a row of the table `history`.

    Raises:
        ValueError: The row is damaged.
    """
    return Step(
        key=_key_of(row),
        before=State(row["before"]) if row["before"] else None,
        after=State(row["after"]),
        at=moment_of(row["at"]),
        owner=row["owner"],
        reason=row["reason"],
    )


def _zoned(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise TypeError(f"a moment without a time zone: {moment}")
    return moment


def _key_of(row: Row) -> EntryKey:
    return EntryKey(site=row["site"], account=row["account"], post=row["post"])


def _moment_or_none(value: str | datetime | None) -> datetime | None:
    return None if value is None else moment_of(value)
