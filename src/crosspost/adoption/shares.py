"""LinkedIn's data export: the posts of a member in `Shares.csv`. Pure.

Members get it under Settings, "Get a copy of your data". LinkedIn documents no format. These facts come from public tools
that read real exports, and their fixtures (Hermione-Granger-1176/linkedin-analyzer, `core/text.py` and
`tests/fixtures/shares-parity.csv`; README files of published exports):

- UTF-8, perhaps with a byte order mark; the file may be called `Shares_{member id}.csv`.
- Columns `Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility`; older ones lack some of them.
- `Date` is UTC, `2026-01-05 10:00:00`, sometimes with ` UTC` behind it.
- `ShareLink` is a permalink, often percent-encoded.
- `ShareCommentary` is quoted twice: CSV, and within it each line in quotes of its own with its quotes doubled, but for the
  first and the last quote. So a line break reads `"`, line feed, `"`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crosspost.addresses import cleaned, is_post_url, posted_at, urn_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINK, _TEXT, _DATE = "sharelink", "sharecommentary", "date"
_MOST_FIELD = 1_000_000  # csv refuses fields over 131,072 characters by default; a share has some thousands at most


class NoExport(ValueError):
    """The text is no `Shares.csv`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One post of the export that has a text.

    Attributes:
        url: Its address, cleaned.
        at: When it was posted; by the number in its address where that tells, else by its date. None where neither does.
        text: As its author wrote it.
    """

    url: str
    at: datetime | None
    text: str


def read_shares(text: str) -> tuple[Share, ...]:
    r"""Return the shares that have a text and an address; rows with neither are reposts, or damaged.

    Args:
        text: The whole file.

    Raises:
        NoExport: There is no header with `ShareLink` and `ShareCommentary`, or it is no CSV.

    >>> row = '2026-01-05 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A12,"One ""word"".""\n""Two",,,'
    >>> found = read_shares("Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n" + row)[0]
    >>> found.url, found.text
    ('https://www.linkedin.com/feed/update/urn:li:share:12/', 'One "word".\nTwo')
    """
    csv.field_size_limit(_MOST_FIELD)
    try:
        rows = [row for row in csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True)) if row]
    except csv.Error as error:
        raise NoExport(str(error)) from error
    header = [name.strip().casefold() for name in rows[0]] if rows else []
    if not {_LINK, _TEXT} <= set(header):
        raise NoExport("its first line does not name the columns ShareLink and ShareCommentary")
    return tuple(_shares(dict(zip(header, row, strict=False)) for row in rows[1:]))


def _shares(rows: Iterator[Mapping[str, str]]) -> Iterator[Share]:
    for row in rows:
        link, text = row.get(_LINK, "").strip(), commentary(row.get(_TEXT, ""))
        if text and is_post_url(link):
            url = cleaned(link)
            yield Share(url=url, at=posted_at(urn_in(url)) or _date(row.get(_DATE, "")), text=text)


def commentary(field: str) -> str:
    r"""Return what the author wrote, from a field that CSV has been undone of.

    >>> commentary('He said "hi"."\r\n""\r\n"Next')
    'He said "hi".\n\nNext'
    """
    lines = field.replace("\r\n", "\n").split("\n")
    wrapped = len(lines) > 1 and all(line.endswith('"') for line in lines[:-1])
    bare = [_unquoted(line, index, len(lines)) for index, line in enumerate(lines)] if wrapped else lines
    return "\n".join(line.replace('""', '"') for line in bare).strip()


def _unquoted(line: str, index: int, count: int) -> str:
    line = line if index == 0 else line.removeprefix('"')
    return line if index == count - 1 else line.removesuffix('"')


def _date(field: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(field.strip().removesuffix("UTC").strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
