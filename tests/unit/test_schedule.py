"""Weekly slots and what goes out when: wall clocks, daylight saving, limits, and the forecast of all of it."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from crosspost.policy import SchedulePolicy, Slot
from crosspost.schedule import SPREAD, following, open_slot
from crosspost.schedule.forecast import Waiting, forecast

BERLIN = ZoneInfo("Europe/Berlin")
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def policy(*slots, zone=BERLIN, **rules):
    when = "slots" if slots else "date"
    return SchedulePolicy(since=None, timezone=zone, when=when, slots=tuple(Slot(*slot) for slot in slots), **rules)


def local(text, zone=BERLIN):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def slots_after(text, count, rules):
    return [one.astimezone(rules.timezone).isoformat() for one in islice(following(rules, local(text)), count)]


def test_slots_come_every_week_at_the_wall_clock_time_of_the_site():
    assert slots_after("2026-10-20 09:40", 3, policy((TUE, 9, 40), (THU, 18, 5))) == [
        "2026-10-22T18:05:00+02:00",
        "2026-10-27T09:40:00+01:00",
        "2026-10-29T18:05:00+01:00",
    ]


def test_a_slot_that_daylight_saving_leaves_out_is_the_first_moment_after_the_gap():
    assert slots_after("2026-03-28 12:00", 2, policy((SUN, 2, 30))) == [
        "2026-03-29T03:00:00+02:00",
        "2026-04-05T02:30:00+02:00",
    ]


def test_slots_that_fall_together_after_the_gap_are_one():
    rules = policy((SUN, 2, 10), (SUN, 2, 30), (SUN, 3, 0), (SUN, 3, 1))
    assert slots_after("2026-03-28 12:00", 2, rules) == ["2026-03-29T03:00:00+02:00", "2026-03-29T03:01:00+02:00"]


def test_a_slot_that_daylight_saving_repeats_comes_once():
    assert slots_after("2026-10-24 12:00", 2, policy((SUN, 2, 30))) == [
        "2026-10-25T02:30:00+02:00",
        "2026-11-01T02:30:00+01:00",
    ]


def test_a_slot_on_a_day_that_a_country_left_out_is_the_first_moment_after_it():
    assert slots_after("2011-12-29 12:00", 2, policy((FRI, 9, 0), zone=ZoneInfo("Pacific/Apia"))) == [
        "2011-12-31T00:00:00+14:00",
        "2012-01-06T09:00:00+14:00",
    ]


def test_slots_end_with_the_calendar():
    assert list(following(policy((FRI, 9, 0)), datetime(9999, 12, 31, 23, tzinfo=UTC))) == []


@pytest.mark.parametrize(
    ("now", "sent", "begun", "is_open"),
    [
        ("2026-11-24 09:39", [], None, False),
        ("2026-11-24 09:40", [], None, True),
        ("2026-11-24 12:00", ["2026-11-24 09:39"], None, True),
        ("2026-11-24 12:00", ["2026-11-24 09:40"], None, False),
        ("2026-11-24 12:00", [], "2026-11-24 10:00", False),
        ("2026-11-24 12:00", [], "2026-11-24 09:39", True),
        ("2026-11-27 09:40", [], None, True),
        ("2026-11-27 09:41", [], None, False),  # the grace is over
    ],
)
def test_a_slot_is_free_until_anything_went_out_since(now, sent, begun, is_open):
    rules = policy((TUE, 9, 40))
    found = open_slot(rules, [local(one) for one in sent], local(begun) if begun else LONG_AGO, local(now))
    assert found == (local("2026-11-24 09:40") if is_open else None)


def test_after_a_long_sleep_only_the_newest_slot_counts():
    rules = policy((MON, 9, 0), (TUE, 9, 0), (WED, 9, 0))
    assert open_slot(rules, [], LONG_AGO, local("2026-11-25 10:00")) == local("2026-11-25 09:00")
    assert open_slot(rules, [local("2026-11-25 09:30")], LONG_AGO, local("2026-11-25 10:00")) is None


def test_a_slot_on_a_day_that_was_full_is_no_slot_and_is_not_made_up_for_at_midnight():
    rules = policy((TUE, 9, 0), (TUE, 18, 0), max_per_day=1)
    sent = [local("2026-11-24 09:00")]
    assert open_slot(rules, sent, LONG_AGO, local("2026-11-24 18:00")) is None
    assert open_slot(rules, sent, LONG_AGO, local("2026-11-25 00:00")) is None


def ahead(rules, start, *posts, sent=(), begun=LONG_AGO):
    waiting = [Waiting(key=key, ready=local(ready), slotted=slotted) for key, ready, slotted in posts]
    found = forecast(waiting, [local(one) for one in sent], rules, begun=begun, start=local(start))
    return {key: moment.astimezone(BERLIN).strftime("%m-%d %H:%M") for key, moment in found.items()}


def test_the_oldest_post_takes_the_first_slot_that_comes_after_it_is_ready():
    rules = policy((TUE, 9, 40), (THU, 9, 40))
    posts = [("b", "2026-11-02 00:00", True), ("a", "2026-11-01 00:00", True), ("c", "2026-12-01 10:00", True)]
    assert ahead(rules, "2026-11-23 12:00", *posts) == {"a": "11-24 09:40", "b": "11-26 09:40", "c": "12-03 09:40"}


def test_a_moment_that_the_author_names_comes_first_and_takes_the_slot():
    rules = policy((TUE, 9, 40), (THU, 9, 40))
    posts = [("queued", "2026-11-01 00:00", True), ("named", "2026-11-24 09:40", False)]
    assert ahead(rules, "2026-11-23 12:00", *posts) == {"named": "11-24 09:40", "queued": "11-26 09:40"}


def test_a_free_slot_goes_to_the_oldest_post_now():
    rules = policy((TUE, 9, 40))
    posts = [("a", "2026-11-01 00:00", True), ("late", "2026-11-24 11:00", True)]
    assert ahead(rules, "2026-11-24 12:00", *posts) == {"a": "11-24 12:00", "late": "12-01 09:40"}


def test_posts_that_are_due_at_once_are_spread_and_a_full_day_ends_at_midnight():
    posts = [(name, "2026-11-23 12:00", False) for name in "abc"]
    assert ahead(policy(max_per_day=2), "2026-11-23 12:00", *posts) == {
        "a": "11-23 12:00",
        "b": "11-23 12:01",
        "c": "11-24 00:00",
    }
    assert timedelta(minutes=1) == SPREAD


def test_what_the_limit_holds_back_beyond_the_grace_is_no_promise():
    posts = [(f"{number}", "2026-11-23 12:00", False) for number in range(5)]
    found = ahead(policy(max_per_day=1, grace=timedelta(days=2)), "2026-11-23 12:00", *posts)
    assert found == {"0": "11-23 12:00", "1": "11-24 00:00", "2": "11-25 00:00"}


def test_the_day_with_room_is_the_next_one_also_where_a_day_has_25_hours():
    posts = [("a", "2026-10-25 00:30", False), ("b", "2026-10-25 00:30", False)]
    assert ahead(policy(max_per_day=1), "2026-10-25 00:30", *posts)["b"] == "10-26 00:00"
