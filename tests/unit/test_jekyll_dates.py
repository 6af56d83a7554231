"""Dates, as Jekyll and Ruby understand them."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from crosspost.jekyll import dates
from crosspost.jekyll.dates import DateProblem, Zones

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = Zones.of(BERLIN, chosen=None, system=UTC)


def at(*parts, tz=UTC):
    return datetime(*parts, tzinfo=tz)


@pytest.mark.parametrize(("value", "shown"), [([date(2024, 1, 1)], "`[…]`"), ({"a": 1}, "`{…}`")])
def test_what_is_no_text_is_told_without_pythons_words(value, shown):
    with pytest.raises(DateProblem, match=re.escape(f"{shown} is no date")):
        dates.read(value, ZONES)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-09-18 09:40:00 -0600", at(2024, 9, 18, 15, 40)),
        ("2024-09-18 09:40:00 -06:00", at(2024, 9, 18, 15, 40)),
        ("2024-09-18T09:40:00Z", at(2024, 9, 18, 9, 40)),
        ("2024-09-18 09:40 +2", at(2024, 9, 18, 7, 40)),
        ("2015-05-28 23:23:39.00000000 -05:00", at(2015, 5, 29, 4, 23, 39)),
        ("Wed, 18 Sep 2024 09:40:00 GMT", at(2024, 9, 18, 9, 40)),
        ("2024-09-18 09:40:00 EST", at(2024, 9, 18, 14, 40)),
        ("2023-01-29 18:30:22 2023 -0800", at(2023, 1, 30, 2, 30, 22)),
        ("2024-01-05 5:30:00 PM -05:00", at(2024, 1, 5, 22, 30)),
        ("2024-01-05 12:00 am +0000", at(2024, 1, 5)),
        ("2024-01-01 24:00:00 +0000", at(2024, 1, 2)),
    ],
)
def test_a_date_with_an_offset_is_the_moment_it_says(written, moment):
    assert dates.read(written, ZONES) == moment


def test_the_offset_that_was_written_is_kept():
    assert dates.read("2024-09-18 09:40:00 -0600", ZONES).utcoffset() == timedelta(hours=-6)
    aware = datetime(2024, 9, 18, 9, 40, tzinfo=timezone(timedelta(hours=-6)))
    assert dates.read(aware, ZONES).utcoffset() == timedelta(hours=-6)


@pytest.mark.parametrize(
    "written",
    [
        *("2024-01-05", "2024-1-5", "2024/1/5", "2024.01.05", 20240105, "5.1.2024", "5/1/2024", "05-01-2024"),
        *("January 5, 2024", "Jan. 5th, 2024", "5 Jan 2024", "Friday, 5 January 2024", date(2024, 1, 5)),
    ],
)
def test_a_day_without_a_time_is_midnight_in_the_zone_of_the_site(written):
    assert dates.read(written, ZONES) == at(2024, 1, 5, tz=BERLIN)


def test_a_time_without_an_offset_is_local_as_text_and_utc_as_a_yaml_timestamp():
    assert dates.read("2024-01-05 10:00", ZONES) == at(2024, 1, 5, 10, tz=BERLIN)
    assert dates.read("2024-01-05 10:00:00", ZONES) == at(2024, 1, 5, 10, tz=BERLIN)
    assert dates.read(datetime(2024, 1, 5, 10), ZONES) == at(2024, 1, 5, 10, tz=UTC)  # noqa: DTZ001 - the case itself


def test_a_zone_that_the_user_chose_is_for_all_dates_without_an_offset():
    tokyo = ZoneInfo("Asia/Tokyo")
    zones = Zones.of(BERLIN, chosen=tokyo, system=UTC)
    assert dates.read(datetime(2024, 1, 5, 10), zones) == at(2024, 1, 5, 10, tz=tokyo)  # noqa: DTZ001 - the case itself
    assert dates.read("2024-01-05 10:00", zones) == at(2024, 1, 5, 10, tz=tokyo)
    assert zones.site is BERLIN, "addresses are told in the site's own zone"


def test_the_zone_is_the_sites_then_the_machines():
    assert Zones.of(None, chosen=None, system=BERLIN).local is BERLIN
    assert Zones.of(BERLIN, chosen=None, system=UTC).local is BERLIN


def test_a_time_that_the_clocks_skip_is_the_same_span_after_the_switch():
    moment = dates.read("2024-03-31 02:30", ZONES)
    assert moment.isoformat() == "2024-03-31T03:30:00+02:00"


def test_of_a_time_that_comes_twice_the_first_is_meant():
    # Through UTC: Python calls a moment inside the fold equal to none of another zone (PEP 495).
    assert dates.read("2024-10-27 02:30", ZONES).astimezone(UTC) == at(2024, 10, 27, 0, 30)


@pytest.mark.parametrize(
    "written",
    ["2016-06-31", "2023-02-29 10:00 +0000", "2024-13-01", "31.6.2024", "4/13/2024", "2024-00-10", "31 Feb 2024"],
)
def test_a_day_that_no_calendar_has_is_said_to_be_so(written):
    with pytest.raises(DateProblem, match="does not exist"):
        dates.read(written, ZONES)


@pytest.mark.parametrize(
    "written",
    [
        *("2025-02-XX", "2023-xx-xx 18:28:49 +0100", "", "tomorrow", "Sunday", "10:00", True, None, ["2024-01-01"]),
        *(3.5, "2024-01-01 and more", "2024-01/02", "٢٠٢٤-٠١-٠١", "0001-01-01", "9999-12-31 23:00 -1000", 12),
    ],
)
def test_what_is_no_date_is_said_to_be_none(written):
    with pytest.raises(DateProblem, match=r"no date|out of range") as caught:
        dates.read(written, ZONES)
    assert caught.value.fix


@pytest.mark.parametrize("written", ["2024-01-01 25:00", "2024-01-01 10:61", "2024-01-01 13:00 pm", "2024-01-01 24:01"])
def test_a_time_that_no_clock_shows_is_said_to_be_none(written):
    with pytest.raises(DateProblem, match="does not exist"):
        dates.read(written, ZONES)


def test_a_zone_name_that_is_not_known_is_never_taken_for_local_time():
    with pytest.raises(DateProblem, match="`CET`"):
        dates.read("2024-01-01 10:00 CET", ZONES)
    with pytest.raises(DateProblem, match="time zone"):
        dates.read("2024-01-01 10:00 +9900", ZONES)
