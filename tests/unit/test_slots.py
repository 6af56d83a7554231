"""Slots through the whole pipeline: one post each, the oldest first, and none for a post that came too late for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crosspost.errors import Problem
from crosspost.model import Directives, Failure, OutcomeKind, Rejected
from crosspost.pipeline.publish import publish
from crosspost.pipeline.queue import queue
from crosspost.policy import Slot
from doubles import FakeClock, a_post, a_run

PROBLEM = Problem(what="it went wrong", fix="mend it")
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TUESDAY, THURSDAY = (datetime(2026, 11, day, 9, 40, tzinfo=UTC) for day in (24, 26))
SLOTS = {"when": "slots", "slots": (Slot(1, 9, 40), Slot(3, 9, 40))}
A, B, C = (
    a_post(f"_posts/2026-11-0{number}-{name}.md", title=name, date=datetime(2026, 11, number, tzinfo=UTC))
    for number, name in enumerate("abc", start=1)
)


@pytest.fixture
def run():
    made = a_run(A, B, C, schedule=SLOTS, clock=FakeClock(MONDAY))
    assert sent(made) == []  # the first run of all: slots before it are none of ours
    return made


def sent(run, **options):
    found = publish(run, list(run.source.keys()), named=False, **options)
    return [one.post[-4:-3] for one in found if one.kind in {OutcomeKind.PUBLISHED, OutcomeKind.WOULD_PUBLISH}]


def at(run, moment, **options):
    run.clock.moment = moment
    return sent(run, **options)


def test_each_slot_takes_the_oldest_post(run):
    assert at(run, TUESDAY - timedelta(seconds=1)) == []
    assert at(run, TUESDAY) == ["a"]
    assert at(run, TUESDAY + timedelta(days=1)) == []
    assert at(run, THURSDAY) == ["b"]


def test_a_first_run_between_two_slots_publishes_nothing():
    run = a_run(A, schedule=SLOTS, clock=FakeClock(TUESDAY + timedelta(hours=1)))
    assert sent(run) == []
    assert at(run, THURSDAY) == ["a"]


def test_a_slot_slept_through_is_made_up_for_once(run):
    assert at(run, THURSDAY + timedelta(hours=5)) == ["a"]
    assert at(run, THURSDAY + timedelta(hours=6)) == []


def test_a_slot_at_which_nothing_was_ready_does_not_wait_for_a_post_with_an_older_date(run):
    run.source.posts = {}
    at(run, TUESDAY + timedelta(minutes=1))
    run.source.posts = {A.key: A}
    assert at(run, TUESDAY + timedelta(hours=1)) == []
    assert at(run, THURSDAY) == ["a"]


def test_a_run_over_some_posts_lets_no_slot_pass(run):
    run.clock.moment = TUESDAY
    assert list(publish(run, [], named=False, whole=False)) == []
    assert at(run, TUESDAY + timedelta(hours=1)) == ["a"]


def test_looking_lets_no_slot_pass(run):
    posts, run.source.posts = run.source.posts, {}
    at(run, TUESDAY, dry_run=True)
    list(queue(run))
    run.source.posts = posts
    assert at(run, TUESDAY) == ["a"]


def test_a_refused_post_leaves_the_slot_to_the_next_one(run):
    run.publisher.answers = [Rejected(failure=Failure.REFUSED, problem=PROBLEM)]
    assert at(run, TUESDAY) == ["b"]
    assert at(run, THURSDAY) == ["c"]


def test_a_slot_waits_for_linkedin_to_come_back(run):
    run.publisher.answers = [Rejected(failure=Failure.NOT_SENT, problem=PROBLEM)]
    assert at(run, TUESDAY) == []
    assert at(run, TUESDAY + timedelta(minutes=5)) == ["a"]


def test_the_moment_that_the_author_names_beats_the_slots(run):
    named = replace(C, directives=Directives(at=TUESDAY - timedelta(hours=2)))
    run.source.posts[C.key] = named
    assert at(run, TUESDAY - timedelta(hours=2)) == ["c"]
    assert at(run, TUESDAY) == ["a"]


def test_a_post_in_a_queue_is_never_missed_however_old(run):
    (line,) = (line for line in queue(run) if line.outcome.post == A.key)
    assert (line.outcome.kind, line.outcome.reason, line.due) == (
        OutcomeKind.WAITING,
        "due 2026-11-24 09:40 UTC",
        TUESDAY,
    )


def test_posts_before_the_baseline_stay_out_of_the_queue():
    run = a_run(A, B, schedule=SLOTS | {"since": B.date}, clock=FakeClock(MONDAY))
    assert sent(run) == []
    assert at(run, TUESDAY) == ["b"]
    assert at(run, THURSDAY) == []


def test_a_clock_that_was_ahead_does_not_close_the_slots_for_ever(run):
    posts, run.source.posts = run.source.posts, {}
    at(run, datetime(2036, 11, 25, 12, tzinfo=UTC))
    run.source.posts = posts
    assert at(run, MONDAY) == []
    assert at(run, TUESDAY) == ["a"]


def test_a_pause_that_linkedin_asks_for_holds_every_post_and_is_in_the_forecast(run):
    until = TUESDAY + timedelta(hours=3)
    run.publisher.answers = [Rejected(failure=Failure.THROTTLED, problem=PROBLEM, retry_at=until)]
    assert at(run, TUESDAY) == []
    assert at(run, TUESDAY + timedelta(hours=1)) == []
    assert {line.outcome.post[-4:-3]: line.expected for line in queue(run)} == {
        "a": until,
        "b": THURSDAY,
        "c": TUESDAY + timedelta(days=7),
    }
    assert at(run, until) == ["a"]
