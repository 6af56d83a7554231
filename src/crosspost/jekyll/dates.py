"""Dates as Jekyll and Ruby understand them.

Jekyll reads a date with `Time.parse(value.to_s).localtime` (`lib/jekyll/utils.rb`, `parse_date`), where "local" is the
`timezone` of `_config.yml`, else the machine's. What `value` is depends on how it is written:

    date: 2024-09-18 09:40:00 -0600      the moment it says
    date: 2024-09-18 09:40:00            UTC: YAML timestamps without an offset are (jekyll/jekyll issues 1273, 3879, 6033)
    date: "2024-09-18 09:40:00"          local: text, so Ruby's rule counts
    date: 2024-09-18 09:40               local: without seconds it is no YAML timestamp but text
    date: 2024-09-18                     local midnight, like the date in a file name

A local time that the clocks skip in spring is the same span after the switch as it would have been without one
(02:30 is 03:30, as in Ruby); of one that comes twice in autumn the first is meant.

Text is read by a part of Ruby's `Date._parse`: years first (`2024-09-18`, `2024/9/18`, `2013.03.15`, `20240918`), else
days first (`18.09.2024`, `3/4/2024` is the third of April), English month names, 12-hour times, numeric offsets and the
zone names of RFC 822. On purpose stricter than Ruby: what Ruby would guess (`2016-06-31` is the first of July there, an
unknown zone is local) is an error here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import TZPATH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_NAME},?[\s-]+(?P<year>\d{{4}})",
        rf"{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[\s-]+{_NAME}[\s-]+(?P<day>\d{{1,2}})",
    )
)
_TIME = re.compile(
    r"(?:(?<=\d)T|(?<![\d:]))(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,](?P<fraction>\d+))?)?"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?\s*(?P<rest>.*)$",
    re.IGNORECASE | re.ASCII | re.DOTALL,
)
# What nearly all dates look like, as `datetime` reads it by itself, in a quarter of the time.
_USUAL = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)(?: ?([-+]\d\d):?([0-5]\d))?", re.ASCII)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:UTC|GMT)?([-+])(\d{1,2}):?(\d{2})?", re.IGNORECASE | re.ASCII)
_ZONES: Mapping[str, int] = {  # hours; RFC 822, section 5.1, which is what Ruby's `Time.zone_offset` knows
    **dict.fromkeys(("Z", "UTC", "UT", "GMT"), 0),
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}


class DateProblem(ValueError):
    """It is no date, or one that no calendar has. `fix` says what the author can do."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """Where clocks stand for dates without an offset.

    Attributes:
        local: For text and for dates without a time.
        stamp: For YAML timestamps; UTC as in Jekyll, unless the user names a zone for all dates without an offset.
        site: Jekyll's own: days and hours in addresses are told in it.
    """

    local: tzinfo
    stamp: tzinfo = UTC
    site: tzinfo

    @classmethod
    def of(cls, site: tzinfo | None, *, chosen: tzinfo | None, system: tzinfo) -> Zones:
        """Combine the site's own `timezone`, one that the user chose for crosspost, and the machine's."""
        jekyll = site or chosen or system
        return cls(local=chosen or jekyll, stamp=chosen or UTC, site=jekyll)

    @property
    def as_jekyll(self) -> Zones:
        """The same without the user's choice."""
        return Zones(local=self.site, stamp=UTC, site=self.site)

    @property
    def all_local(self) -> Zones:
        """The same for crosspost's own settings, where no YAML rule makes a time without an offset UTC."""
        return Zones(local=self.local, stamp=self.local, site=self.site)


def read(value: object, zones: Zones) -> datetime:
    """Read a date as front matter holds it: text, number, date or datetime.

    Returns:
        An aware moment; with the offset written, where one is.

    Raises:
        DateProblem: See there.
    """
    if isinstance(value, datetime):
        return _at(value, value.tzinfo or zones.stamp)
    if isinstance(value, date):
        return _at(datetime.combine(value, time()), zones.local)
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        text = str(value).strip()
        return _usual(text, zones.local) or _parse(text, zones.local)
    raise DateProblem(f"{_shown(value)} is no date", _FORM)


_FORM = "write it as 2024-09-18 09:40:00 +0200"


def _usual(text: str, local: tzinfo) -> datetime | None:
    """Read the usual form; None for any other, and for what no calendar has, of which `_parse` can say more."""
    if (found := _USUAL.fullmatch(text)) is None:
        return None
    try:
        moment = datetime.fromisoformat("".join(filter(None, found.groups())))
    except ValueError:
        return None
    return _at(moment, moment.tzinfo or local)


def _parse(text: str, local: tzinfo) -> datetime:
    clock = _TIME.search(text)
    day_text = text[: clock.start()] if clock else text
    rest = clock["rest"].strip() if clock else ""
    day, rest = _day(text, day_text, rest)
    moment = day + _time_of_day(text, clock) if clock else day
    zone = _zone(text, rest, day.year) if rest else local
    return _at(moment, zone)


def _day(text: str, before: str, after: str) -> tuple[datetime, str]:
    """Find the day, before the time or (`09:40 on 18 Sep 2024`) after it; return what is left as well."""
    written = _WEEKDAY.sub("", before).strip(" ,\n\t")
    pieces, rest = (written, after) if written else (_WEEKDAY.sub("", after).strip(" ,"), "")
    match = next((found for pattern in _DATES if (found := pattern.fullmatch(pieces))), None)
    if match is None:
        raise DateProblem(f"{_shown(text)} is no date", _FORM)
    month = match["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    try:
        return datetime(int(match["year"]), number, int(match["day"])), rest  # noqa: DTZ001  # `_at` adds the zone
    except ValueError as error:
        raise DateProblem(f"the day {_shown(text)} does not exist", "write a day that the calendar has") from error


def _time_of_day(text: str, clock: re.Match[str]) -> timedelta:
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    if clock["half"]:
        hour = hour % 12 + 12 * (clock["half"].lower() == "p") if 1 <= hour <= 12 else 99
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise DateProblem(f"the time in {_shown(text)} does not exist", "write a time from 00:00:00 to 23:59:59")
    fraction = int((clock["fraction"] or "0")[:6].ljust(6, "0"))
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=fraction)


def _zone(text: str, rest: str, year: int) -> tzinfo:
    # `2023-01-29 18:30:22 2023 -0800`, the order of Ruby's `Time#ctime` with an offset: the year stands there twice.
    said = rest.removeprefix(str(year)).strip()
    if match := _OFFSET.fullmatch(said):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if offset < timedelta(hours=24):
            return timezone(offset if match[1] == "+" else -offset)
    elif (hours := _ZONES.get(said.upper())) is not None:
        return timezone(timedelta(hours=hours)) if hours else UTC
    raise DateProblem(f"the time zone `{said[:20]}` in {_shown(text)} is not known", "write an offset such as +0200")


def _at(moment: datetime, zone: tzinfo) -> datetime:
    """Put clocks into `zone`; by way of UTC, which moves a time that the clocks skip to one that they show."""
    if not 1 < moment.year < 9999:  # one year of room, so that no time zone can move it out of Python's range
        raise DateProblem(f"the year {moment.year} is out of range", _FORM)
    placed = moment.replace(tzinfo=zone)
    return placed if isinstance(zone, timezone) else placed.astimezone(UTC).astimezone(zone)  # an offset skips nothing


def _shown(value: object) -> str:
    text = "[…]" if isinstance(value, list) else "{…}" if isinstance(value, dict) else " ".join(str(value).split())
    return f"`{text[:40]}…`" if len(text) > 40 else f"`{text}`"


def rules_of(zone: tzinfo) -> bytes:
    """Return what the time zone database says of a zone, byte for byte; nothing for one that is not in it.

    It is looked for where `zoneinfo` does: "the system's time zone data if available" (TZPATH), else the package tzdata.
    """
    key = getattr(zone, "key", None)
    if not key:
        return b""
    named = (folder.joinpath(*key.split("/")) for folder in _rules())
    return next((place.read_bytes() for place in named if place.is_file()), b"")


def _rules() -> Iterator[Traversable]:
    yield from map(Path, TZPATH)
    from importlib import resources  # noqa: PLC0415 - where the system has them it is not asked

    yield resources.files("tzdata") / "zoneinfo"
