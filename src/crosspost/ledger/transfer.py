"""What a ledger holds, as records that any ledger can take: for `crosspost ledger export|import|check`. Pure.

A record is a flat mapping: its `kind`, and the columns of the table of that name in `sql/schema.sql` (`step` is a line of
the history). Moments are text as `rows.moment_text` writes them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from datetime import date, datetime
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.ledger.content import Content, Line
from crosspost.ledger.rows import entry_of, moment_of, moment_text, plain, step_of
from crosspost.ledger.transitions import GUARDING
from crosspost.model import Entry, Failure, State, Step, Upload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crosspost.ledger.sql_tables import Row
    from crosspost.model import EntryKey, Record

KEY = ("site", "account", "post")
_SENT = ("token", "author", "text_digest", "request_digest", "urn", "url")
_ENTRY = tuple(field.name for field in fields(Entry) if field.name != "key")
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "entry": (*KEY, *_ENTRY, "doubled", "changed_at"),
        "step": (*KEY, "before", "after", "at", "owner", "reason", *_SENT),
        "baseline": ("site", "at"),
        "upload": ("payer", "digest", "kind_of_file", "urn", "at"),
        "spending": ("payer", "day", "requests"),
        "note": ("subject", "name", "value", "at"),
    }
)
_NUMBERS = frozenset({"attempts", "doubled", "requests"})
_MOMENTS = frozenset({"at", "lease_until", "claimed_at", "changed_at"})
_MAY_BE_NULL = frozenset(
    {"sending_at", "settled_at", "written_back_at", "edited_at", "retried_at", "retry_at", "request_digest"}
    | {"urn", "url", "failure", "reason", "before"}
)
IMPORTED = "imported"


def record_of(kind: str, row: Row | Mapping[str, object]) -> Record:
    """Return a row of a table as a record."""
    return {"kind": kind, **{name: _plain(row[_COLUMN.get((kind, name), name)]) for name in COLUMNS[kind]}}


_COLUMN = {("upload", "kind_of_file"): "kind"}


def _plain(value: object) -> str | int | None:
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else plain(value)


# --- what must hold


def faults(records: Iterable[Record]) -> tuple[str, ...]:
    """Return what is wrong with the records of a whole ledger, in words; empty where it is sound."""
    records = list(records)
    found = tuple(filter(None, map(_fault, records)))
    if found:
        return found
    return (*_broken_histories(records), *_twins(records), *_repeated(records))


def _fault(record: Record) -> str | None:
    kind = record.get("kind")
    if kind not in COLUMNS:
        return f"a record of an unknown kind: {kind!r:.40}"
    if missing := set(COLUMNS[str(kind)]) ^ (record.keys() - {"kind"}):
        return f"{_name(record)}: missing or unknown: {', '.join(sorted(missing))}"
    for name in COLUMNS[str(kind)]:
        value = record[name]
        if value is None and name in _MAY_BE_NULL:
            continue
        if type(value) is not (int if name in _NUMBERS else str):
            return f"{_name(record)}: {name} is {value!r:.40}"
    return _meaningless(record)


def _meaningless(record: Record) -> str | None:
    try:
        for name, value in record.items():
            if value is not None and (name in _MOMENTS or name.endswith("_at")):
                moment_text(moment_of(str(value)))
        if record["kind"] == "entry":
            entry_of(record)
        elif record["kind"] == "step":
            step_of(record)
        elif record["kind"] == "spending":
            date.fromisoformat(str(record["day"]))
    except (ValueError, TypeError) as error:
        return f"{_name(record)}: {error}"
    return None


def _name(record: Record) -> str:
    return (
        f"{record.get('kind')} {record.get('post') or record.get('site') or record.get('payer') or record.get('name')}"
    )


def _broken_histories(records: list[Record]) -> Iterator[str]:
    """Each entry has its history, each history its entry, and its steps follow one another."""
    steps: dict[EntryKey, list[Step]] = {}
    for record in records:
        if record["kind"] == "step":
            step = step_of(record)
            steps.setdefault(step.key, []).append(step)
    entries = {entry.key: entry for entry in map(entry_of, _of("entry", records))}
    for key in sorted(steps.keys() | entries.keys()):
        told = steps.get(key, [])
        ends = (told[0].before, told[-1].after) if told else None
        if key not in entries or ends != (None, entries[key].state):
            yield f"entry {key.post}: its history does not lead to where it is"
        elif any(earlier.after is not later.before for earlier, later in pairwise(told)):
            yield f"entry {key.post}: the steps of its history do not follow one another"


def _twins(records: list[Record]) -> Iterator[str]:
    texts = Counter(_text(record) for record in _of("entry", records) if _guards(record))
    for (author, _), number in texts.items():
        if number > 1:
            yield f"{number} entries of {author} hold the same text"


def _repeated(records: list[Record]) -> Iterator[str]:
    names = {"entry": KEY, "baseline": ("site",), "upload": ("payer", "digest"), "spending": ("payer", "day")}
    for kind, columns in {**names, "note": ("subject", "name")}.items():
        seen = Counter(tuple(record[name] for name in columns) for record in _of(kind, records))
        yield from (f"{kind} {' '.join(map(str, key))} is there twice" for key, number in seen.items() if number > 1)


def contradictions(mine: Iterable[Record], theirs: Iterable[Record]) -> tuple[str, ...]:
    """Return why two ledgers, each of them sound, cannot become one, in words; empty where they can."""
    mine, theirs = list(mine), list(theirs)
    keys = {tuple(record[name] for name in KEY) for record in _of("entry", mine)}
    texts = {_text(record) for record in _of("entry", mine) if _guards(record)}
    baselines = {record["site"]: record["at"] for record in _of("baseline", mine)}
    found = []
    for record in theirs:
        if record["kind"] == "entry" and tuple(record[name] for name in KEY) in keys:
            found.append(f"{record['post']} ({record['account']}) is in both")
        elif record["kind"] == "entry" and _guards(record) and _text(record) in texts:
            found.append(f"the text of {record['post']} is that of another post of the same author")
        elif record["kind"] == "baseline" and baselines.get(record["site"], record["at"]) != record["at"]:
            found.append(f"the baseline of {record['site']} is {baselines[record['site']]} here, {record['at']} there")
    return tuple(found)


def _of(kind: str, records: Iterable[Record]) -> Iterator[Record]:
    return (record for record in records if record["kind"] == kind)


def _text(record: Record) -> tuple[object, object]:
    return record["author"], record["text_digest"]


def _guards(record: Record) -> bool:
    return State(str(record["state"])) in GUARDING and not record["doubled"]


# --- content in memory


def records_of(content: Content) -> tuple[Record, ...]:
    """Return all that a content holds."""
    doubled = set(_doubled(lines[-1].entry for lines in content.lines.values()))
    records = []
    for key, lines in sorted(content.lines.items()):
        for line in lines:
            row = {**_row(line.entry), "before": line.step.before, "after": line.step.after}
            own = {"at": line.step.at, "owner": line.step.owner, "reason": line.step.reason}
            records.append(record_of("step", {**row, **own}))
        last = {"doubled": int(key in doubled), "changed_at": lines[-1].step.at}
        records.append(record_of("entry", {**_row(lines[-1].entry), **last}))
    records += [record_of("baseline", {"site": site, "at": at}) for site, at in content.baselines.items()]
    for upload in content.uploads.values():
        row = {name: getattr(upload, name) for name in ("payer", "digest", "kind", "urn", "at")}
        records.append(record_of("upload", row))
    for (payer, day), requests in content.spending.items():
        records.append(record_of("spending", {"payer": payer, "day": day, "requests": requests}))
    for (subject, name), value in content.notes.items():
        # when it was noted is not kept in memory, and nobody decides by it
        row = {"subject": subject, "name": name, "value": value, "at": "1970-01-01T00:00:00.000000Z"}
        records.append(record_of("note", row))
    return tuple(records)


def _doubled(entries: Iterable[Entry]) -> Iterator[EntryKey]:
    """Yield the entries whose text LinkedIn has, or may have, from another entry too; one that is surely there holds it."""
    first: set[tuple[str, str]] = set()
    for entry in sorted(entries, key=lambda entry: (entry.state is not State.PUBLISHED, entry.claimed_at)):
        if entry.state in GUARDING and (entry.author, entry.text_digest) in first:
            yield entry.key
        elif entry.state in GUARDING:
            first.add((entry.author, entry.text_digest))


def _row(entry: Entry) -> dict[str, object]:
    key = {name: getattr(entry.key, name) for name in KEY}
    return {**key, **{name: getattr(entry, name) for name in _ENTRY}}


def add_records(content: Content, records: Iterable[Record], *, owner: str, now: datetime) -> None:
    """Put records that were found sound into a content that they do not contradict."""
    entries = {}
    for record in records:
        if record["kind"] == "step":
            content.append(_line(record, content))
        elif record["kind"] == "entry":
            entries[entry_of(record).key] = entry_of(record)
        elif record["kind"] == "baseline":
            content.baselines.setdefault(str(record["site"]), moment_of(str(record["at"])))
        elif record["kind"] == "upload":
            _add_upload(content, record)
        elif record["kind"] == "spending":
            day = (str(record["payer"]), date.fromisoformat(str(record["day"])))
            content.spending[day] = content.spending.get(day, 0) + int(record["requests"] or 0)
        elif record["kind"] == "note":
            content.notes.setdefault((str(record["subject"]), str(record["name"])), str(record["value"]))
    for key, entry in entries.items():
        step = Step(key=key, before=entry.state, after=entry.state, at=now, owner=owner, reason=IMPORTED)
        content.append(Line(step, entry))


def _add_upload(content: Content, record: Record) -> None:
    payer, digest, kind, urn = (str(record[name]) for name in ("payer", "digest", "kind_of_file", "urn"))
    upload = Upload(payer=payer, digest=digest, kind=kind, urn=urn, at=moment_of(str(record["at"])))
    known = content.uploads.get((payer, digest))
    if known is None or known.at < upload.at:
        content.uploads[payer, digest] = upload


def _line(record: Record, content: Content) -> Line:
    """Return a step with the entry as it was after it, as far as the history says: what a late receipt needs."""
    step = step_of(record)
    before = content.entry(step.key)
    entry = before or Entry(
        key=step.key, state=step.after, author="", text_digest="", attempts=0, token="", owner="",
        lease_until=step.at, claimed_at=step.at,
    )  # fmt: skip
    told = {name: record[name] for name in (*_SENT, "reason", "owner")}
    changes: dict[str, object] = {}
    if step.after is State.CLAIMED:
        changes = {"attempts": entry.attempts + 1, "claimed_at": step.at, "lease_until": step.at}
    if step.after in {State.CLAIMED, State.RELEASED}:
        changes |= {"sending_at": None, "settled_at": None}
    elif step.after is State.SENDING:
        changes = {"sending_at": step.at}
    elif step.before is not step.after:
        changes = {"settled_at": step.at}
    failure = Failure.NOT_SENT if step.after is State.FAILED else None
    return Line(step, replace(entry, state=step.after, failure=failure, **told, **changes))  # type: ignore[arg-type]
