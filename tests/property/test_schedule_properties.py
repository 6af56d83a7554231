"""A year in seconds: what `status` says will go out is what then goes out, once, never early, in order."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosspost.model import Directives, OutcomeKind
from crosspost.pipeline.publish import publish
from crosspost.pipeline.queue import queue
from crosspost.policy import Slot
from crosspost.schedule import following
from doubles import FakeClock, a_post, a_run

ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC")]
# Saturday and Sunday nights: where daylight saving begins and ends.
SLOTS = [(Slot(1, 9, 40), Slot(3, 9, 40)), (Slot(6, 2, 30), Slot(6, 1, 30), Slot(2, 23, 59)), ()]
START = datetime(2027, 12, 1, tzinfo=UTC)  # and so over 29 February 2028
YEAR = timedelta(days=366)


def a_year(seed, slots, zone, *, asleep):
    """Live through a year of posts that come at random; `asleep`: the machine sleeps now and then. Return what was sent."""
    random = Random(seed)
    rules = {"when": "slots", "slots": slots} if slots else {}
    run = a_run(clock=FakeClock(START), schedule=rules | {"since": START, "timezone": zone, "max_per_day": 3})
    arrivals = sorted((START + YEAR * random.random(), number) for number in range(45))
    sent, promised = {}, {}
    awake_from = START
    while run.clock.moment < START + YEAR:
        now = run.clock.moment
        while arrivals and arrivals[0][0] <= now:
            moment, number = arrivals.pop(0)
            post = a_random_post(random, moment, number)
            run.source.posts[post.key] = post
        if now >= awake_from:
            before = {line.outcome.post: line.expected for line in queue(run) if line.expected}
            limit = 1 if any(moment <= now for moment in before.values()) else 0
            for outcome in publish(run, list(run.source.keys()), named=False, limit=limit):
                if outcome.kind is OutcomeKind.PUBLISHED:
                    assert outcome.post not in sent, "twice"
                    assert before[outcome.post] == now, "status promised another moment"
                    sent[outcome.post] = now
            promised = {line.outcome.post: line.expected for line in queue(run) if line.expected}
            if asleep and random.random() < 0.02:
                awake_from = now + timedelta(days=4 * random.random())
        run.clock.moment = min(
            [
                *(moment for moment in promised.values() if moment > now),
                *(moment for moment, _ in arrivals[:1]),
                *([next(following(run.policy.schedule, now))] if slots else []),
                *([awake_from] if awake_from > now else []),
                START + YEAR,
            ]
        )
    return run, sent


def a_random_post(random, moment, number):
    date = moment + timedelta(days=random.choice([0, 0, 0, -1, 5, 30]), seconds=random.randrange(3600))
    named = random.random() < 0.15
    at = moment + timedelta(days=random.randrange(1, 20)) if named else None
    key = f"_posts/{number:02}-post.md"
    return a_post(key, title=key, date=date.astimezone(UTC), directives=Directives(at=at))


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("slots", SLOTS, ids=["two a week", "at night", "by date"])
def test_a_year_goes_as_status_said(zone, slots):
    run, sent = a_year(1, slots, zone, asleep=False)
    posts = run.source.posts
    for key, moment in sent.items():
        assert moment >= (posts[key].directives.at or posts[key].date), "early"
    in_queue = [key for key in sent if slots and posts[key].directives.at is None]
    assert len(sent) > 20
    if slots:
        assert_in_slots(run, [sent[key] for key in in_queue])
    assert_order_kept(run, sent, in_queue)


def assert_in_slots(run, moments):
    rules = run.policy.schedule
    assert all(next(following(rules, moment - timedelta(microseconds=1))) == moment for moment in moments)
    assert len(set(moments)) == len(moments)


def assert_order_kept(run, sent, in_queue):
    """A post goes out before another only if it was ready first, or the other was not ready then."""
    for earlier, later in pairwise(in_queue):
        first, second = run.source.posts[earlier], run.source.posts[later]
        assert (first.date, first.key) <= (second.date, second.key) or second.date > sent[earlier] - timedelta(days=4)


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6), slots=st.sampled_from(SLOTS), zone=st.sampled_from(ZONES), asleep=st.booleans())
def test_no_year_publishes_twice_early_or_otherwise_than_said(seed, slots, zone, asleep):
    run, sent = a_year(seed, slots, zone, asleep=asleep)
    posts = run.source.posts
    assert all(moment >= (posts[key].directives.at or posts[key].date) for key, moment in sent.items())
    assert len(run.publisher.sent) == len(sent) == len(set(run.publisher.sent))
