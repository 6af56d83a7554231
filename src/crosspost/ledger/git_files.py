"""The content of a ledger as files of a commit, and back. Pure.

    ledger.json                              what this is, and the version of the format
    entries/3f/2026-11-22-post-3f….jsonl     an entry: one line a step, each with the entry as it was after it
    baselines.json                           site to moment
    uploads/b1/b1….json                      a file that LinkedIn has
    spending/2026-11.json                    requests by payer and day
    notes/pause-9c….json                     the notes about one subject

JSON in UTF-8; moments as `rows.moment_text` writes them; what is None is left out. A step adds a line to one small file,
so `git log -p` reads like a diary. Names end with a digest of the key: any key makes a name, and no two the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from crosspost.ledger.content import Content, Line
from crosspost.ledger.rows import entry_of, moment_of, moment_text
from crosspost.model import State, Step, Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from crosspost.model import EntryKey

VERSION = 1
MARK = "ledger.json"
_FORMAT = "crosspost ledger"
_ABOUT = (
    "What crosspost has published. Without it posts could go out twice. Not for editing by hand: see docs/ledger.md"
)

_BASELINES = "baselines.json"
_NEEDED = ("state", "site", "account", "post", "author", "text_digest", "token", "owner", "lease_until", "claimed_at")
_OPTIONAL = (
    *("before", "sending_at", "settled_at", "written_back_at", "edited_at", "retried_at"),
    *("request_digest", "urn", "url", "failure", "retry_at", "reason"),
    *("by", "why"),  # who took the step and why, where the entry as a whole says otherwise: an import
)
_FIELDS = frozenset({"at", "attempts", *_NEEDED, *_OPTIONAL})
_NONE = MappingProxyType(dict.fromkeys(_OPTIONAL))
_SURROGATE = re.compile("[\ud800-\udfff]")


class NotALedger(ValueError):
    """The files are somebody else's."""


class NewerLedger(ValueError):
    """The files were written by a newer crosspost.

    Attributes:
        version: Of their format.
    """

    def __init__(self, version: int) -> None:
        super().__init__(f"version {version}")
        self.version = version


class DamagedLedger(ValueError):
    """The files are a ledger's, and one of them cannot be trusted."""


# --- what a step has changed, as files


def changed_files(before: Content, after: Content) -> dict[str, bytes]:
    """Return the files that differ, by path. No step takes a file away.

    Args:
        before: What the files say.
        after: A changed copy of it.
    """
    entries = (key for key, lines in after.lines.items() if before.lines.get(key) is not lines)
    files = {entry_path(key): _json_lines(map(_line_fields, after.lines[key])) for key in entries}
    if after.baselines != before.baselines:
        files[_BASELINES] = _json({site: moment_text(at) for site, at in after.baselines.items()})
    for name in _changed_keys(before.uploads, after.uploads):
        files[_upload_path(*name)] = _json(_upload_fields(after.uploads[name]))
    for month in {_month(day) for _, day in _changed_keys(before.spending, after.spending)}:
        files[f"spending/{month}.json"] = _json(_spending_fields(after, month))
    for subject in {subject for subject, _ in _changed_keys(before.notes, after.notes)}:
        about = {name: value for (known, name), value in after.notes.items() if known == subject}
        files[_named("notes", subject, subject)] = _json({"subject": subject, "notes": about})
    return files


def mark() -> bytes:
    """Return the file that says what the others are."""
    return _json({"format": _FORMAT, "version": VERSION, "about": _ABOUT})


def entry_path(key: EntryKey) -> str:
    """Return the path of an entry's file.

    >>> from crosspost.model import EntryKey
    >>> entry_path(EntryKey(site="https://example.com", account="default", post="_posts/2026-11-22-a b.md"))
    'entries/27/2026-11-22-a-b-27aea6af284d84ab57244dd88ec478e7.jsonl'
    """
    return _named("entries", key.post.rpartition("/")[2].rpartition(".")[0], key.site, key.account, key.post, end="l")


def _changed_keys(before: Mapping[Any, object], after: Mapping[Any, object]) -> set[Any]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _line_fields(line: Line) -> dict[str, object]:
    entry = asdict(line.entry)
    step = line.step
    fields = {"at": step.at, "before": step.before, "state": entry.pop("state"), **entry.pop("key"), **entry}
    if (step.owner, step.reason) != (line.entry.owner, line.entry.reason):
        fields |= {"by": step.owner, "why": step.reason or ""}
    return {
        name: moment_text(value) if hasattr(value, "tzinfo") else value
        for name, value in fields.items()
        if value is not None
    }


def _upload_path(payer: str, digest: str) -> str:
    return _named("uploads", "", payer, digest)


def _upload_fields(upload: Upload) -> dict[str, object]:
    return {**asdict(upload), "at": moment_text(upload.at)}


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _spending_fields(content: Content, month: str) -> dict[str, dict[str, int]]:
    fields: dict[str, dict[str, int]] = {}
    for (payer, day), requests in sorted(content.spending.items()):
        if _month(day) == month:
            fields.setdefault(payer, {})[day.isoformat()] = requests
    return fields


def _named(folder: str, title: str, *key: str, end: str = "") -> str:
    digest = hashlib.sha256(json.dumps(key).encode()).hexdigest()[:32]
    words = re.sub(r"[^A-Za-z0-9]+", "-", title)[:60].strip("-")
    shelf = "" if folder == "notes" else f"{digest[:2]}/"  # trees stay small where there are many files
    return f"{folder}/{shelf}{words}{'-' if words else ''}{digest}.json{end}"


def _json(fields: object) -> bytes:
    return _encoded(json.dumps(fields, ensure_ascii=False, indent=1)) + b"\n"


def _json_lines(lines: Iterable[object]) -> bytes:
    return b"".join(_encoded(json.dumps(line, ensure_ascii=False)) + b"\n" for line in lines)


def _encoded(text: str) -> bytes:
    """Return JSON text in UTF-8, which has no half surrogate pairs: JSON writes those as escapes."""
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode()


# --- files, as content


def check_mark(data: bytes | None) -> None:
    """See whether files are a ledger's that this crosspost can read.

    Args:
        data: The content of the file `MARK`, None where there is none.

    Raises:
        NotALedger: They are not.
        NewerLedger: They are of a newer format.
    """
    try:
        fields = json.loads(data or b"")
    except ValueError as error:
        raise NotALedger(f"{MARK} is missing or unreadable") from error
    if not isinstance(fields, dict) or fields.get("format") != _FORMAT or not isinstance(fields.get("version"), int):
        raise NotALedger(f"{MARK} does not say '{_FORMAT}'")
    if fields["version"] > VERSION:
        raise NewerLedger(fields["version"])


def read_file(content: Content, path: str, data: bytes) -> None:
    """Put into `content` what one file says, in place of what it said before.

    Raises:
        DamagedLedger: It is none of a ledger's files, or does not say what such a file says.
    """
    folder = path.partition("/")[0]
    if folder not in _READERS:
        raise DamagedLedger(f"{path} does not belong there")
    try:
        expected = _READERS[folder](content, data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedLedger(f"{path} cannot be read: {type(error).__name__}: {error}") from error
    if expected not in {None, path}:
        raise DamagedLedger(f"{path} holds what belongs into {expected}")


def _read_entry(content: Content, data: bytes) -> str:
    lines = tuple(_line_of(json.loads(line)) for line in data.decode().removesuffix("\n").split("\n"))
    key = lines[0].entry.key
    steps = [line.step for line in lines]
    if steps[0].before is not None or any(a.after is not b.before or a.key != b.key for a, b in pairwise(steps)):
        raise ValueError("its steps do not follow one another")
    content.lines[key] = lines
    return entry_path(key)


def _line_of(fields: dict[str, Any]) -> Line:
    if not fields.keys() <= _FIELDS:
        raise ValueError(f"unknown: {', '.join(sorted(fields.keys() - _FIELDS))}")
    kinds = list(map(type, fields.values()))
    if type(fields["attempts"]) is not int or kinds.count(str) != len(kinds) - 1:
        raise TypeError("a value is of the wrong kind")
    entry = entry_of({**_NONE, **fields})
    before, at = fields.get("before"), moment_of(fields["at"])
    step = Step(
        key=entry.key,
        before=None if before is None else State(before),
        after=entry.state,
        at=at,
        owner=fields.get("by", entry.owner),
        reason=fields["why"] or None if "why" in fields else entry.reason,
    )
    return Line(step, entry)


def _read_baselines(content: Content, data: bytes) -> None:
    content.baselines = {str(site): moment_of(at) for site, at in json.loads(data).items()}


def _read_upload(content: Content, data: bytes) -> str:
    fields = json.loads(data)
    upload = Upload(**{**fields, "at": moment_of(fields["at"])})
    content.uploads[upload.payer, upload.digest] = upload
    return _upload_path(upload.payer, upload.digest)


def _read_spending(content: Content, data: bytes) -> str | None:
    months = set()
    for payer, days in json.loads(data).items():
        for day, requests in days.items():
            months.add(_month(date.fromisoformat(day)))
            content.spending[payer, date.fromisoformat(day)] = int(requests)
    return f"spending/{'+'.join(months)}.json" if months else None


def _read_notes(content: Content, data: bytes) -> str:
    fields = json.loads(data)
    subject = fields["subject"]
    content.notes = {key: value for key, value in content.notes.items() if key[0] != subject}
    content.notes |= {(subject, name): value for name, value in fields["notes"].items()}
    return _named("notes", subject, subject)


_READERS: Mapping[str, Callable[[Content, bytes], str | None]] = MappingProxyType(
    {
        "entries": _read_entry,
        _BASELINES: _read_baselines,
        "uploads": _read_upload,
        "spending": _read_spending,
        "notes": _read_notes,
    }
)
