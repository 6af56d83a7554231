"""One account's time in the daemon: the same posts at the same moments as status says, whatever fails or restarts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from crosspost.daemon.keeper import Keeper
from crosspost.daemon.shelf import Shelf
from crosspost.errors import Problem, WriteBackRefused
from crosspost.model import Directives, Failure, OutcomeKind, Rejected, Unclear
from crosspost.pipeline.queue import queue
from crosspost.policy import Slot
from doubles import NOW, FakeClock, a_post, a_run, unreadable

PROBLEM = Problem(what="it went wrong", fix="mend it")
A, B, C = (a_post(f"_posts/2026-11-22-{name}.md", title=name) for name in "abc")
MINUTE = timedelta(minutes=1)


def a_keeper(run):
    shelf = Shelf(run.source)
    shelf.look(settled=True)
    return Keeper(run=run, shelf=shelf, publisher=lambda: run.publisher)


def live(keeper, until, *, arrivals=(), restart=lambda: False):
    """Let time pass as the daemon does: sleep until there is something to do, do it. Return what was sent when."""
    clock, sent, arrivals = keeper.run.clock, [], list(arrivals)
    while True:
        while arrivals and arrivals[0][0] <= clock.moment:
            post = arrivals.pop(0)[1]
            keeper.run.source.posts[post.key] = post
            keeper.shelf.look(settled=True)
        if restart():
            keeper = a_keeper(keeper.run)
        plan = keeper.plan()
        while plan.send or plan.files:
            sent += [(one.post, clock.moment) for one in keeper.attend(plan) if one.kind is OutcomeKind.PUBLISHED]
            plan = keeper.plan()
        following = min([*([plan.next] if plan.next else []), *(moment for moment, _ in arrivals[:1])], default=until)
        assert following > clock.moment, "the loop would not come to rest"
        if following >= until:
            clock.moment = until
            return sent
        clock.moment = following


def test_posts_that_are_due_at_once_go_out_a_minute_apart():
    keeper = a_keeper(a_run(A, B, C))
    assert live(keeper, NOW + MINUTE * 5) == [(A.key, NOW), (B.key, NOW + MINUTE), (C.key, NOW + 2 * MINUTE)]


def test_nothing_wakes_the_loop_where_nothing_waits():
    keeper = a_keeper(a_run(A))
    live(keeper, NOW + MINUTE)
    assert keeper.plan().next is None


def test_a_faulty_post_makes_room_for_the_next_and_is_tried_again_when_its_file_changes():
    run = a_run(A, B, answers=[Rejected(failure=Failure.REFUSED, problem=PROBLEM)])
    keeper = a_keeper(run)
    assert live(keeper, NOW + MINUTE) == [(B.key, NOW)]
    run.source.posts[A.key] = replace(A, body="another text", title="A better one")
    keeper.shelf.look(settled=True)
    assert live(keeper, NOW + 3 * MINUTE) == [(A.key, NOW + MINUTE)]


def test_an_outage_is_waited_out_with_longer_and_longer_pauses():
    run = a_run(A, B, answers=[Rejected(failure=Failure.NOT_SENT, problem=PROBLEM)] * 7)
    keeper = a_keeper(run)
    ((_, first), _) = live(keeper, NOW + timedelta(hours=3))
    assert first - NOW == timedelta(minutes=1 + 2 + 4 + 8 + 16 + 30 + 30)
    assert len(run.publisher.sent) == 9


def test_settings_that_are_read_anew_end_the_pause():
    run = a_run(A, answers=[Rejected(failure=Failure.DENIED, problem=PROBLEM, credentials=True)] * 3)
    keeper = a_keeper(run)
    keeper.attend(keeper.plan())
    assert keeper.plan().send is None
    assert a_keeper(run).plan().send == A.key


def test_a_pause_that_linkedin_asks_for_is_kept_over_a_restart():
    until = NOW + timedelta(hours=2)
    run = a_run(A, B, answers=[Rejected(failure=Failure.THROTTLED, problem=PROBLEM, retry_at=until)])
    keeper = a_keeper(run)
    keeper.attend(keeper.plan())
    assert live(a_keeper(run), NOW + timedelta(hours=3)) == [(A.key, until), (B.key, until + MINUTE)]


def test_trouble_without_clear_answers_costs_three_posts_and_then_a_pause():
    posts = [a_post(f"_posts/2026-11-22-{name}.md", title=name) for name in "abcdef"]
    run = a_run(*posts, answers=[Unclear(problem=PROBLEM)] * 3)
    sent = live(a_keeper(run), NOW + timedelta(hours=1))
    assert [post[-4:-3] for post, _ in sent] == ["d", "e", "f"]
    assert sent[0][1] - NOW >= timedelta(minutes=30)


def test_a_file_that_could_not_be_updated_is_updated_later_and_the_loop_comes_to_rest():
    run = a_run(A)
    keeper = a_keeper(run)
    run.source.refuse = WriteBackRefused(PROBLEM)
    live(keeper, NOW + MINUTE)
    run.source.refuse = None
    live(keeper, NOW + timedelta(hours=2))
    assert run.source.posts[A.key].linkedin_url


def test_a_defect_that_one_post_brings_out_stops_nothing_else(caplog):
    run = a_run(A, B)
    run.publisher.answers = [RuntimeError("a defect")]
    keeper = a_keeper(run)
    assert [post for post, _ in live(keeper, NOW + 3 * MINUTE)] == [B.key]
    assert "a defect of crosspost" in caplog.text


def test_a_post_that_cannot_be_read_stops_nothing_but_itself():
    run = a_run(A)
    run.source.posts = {B.key: unreadable(B.key), C.key: None, A.key: A}
    assert [post for post, _ in live(a_keeper(run), NOW + MINUTE)] == [A.key]


def test_a_slot_at_which_nothing_was_ready_is_gone_for_a_post_that_comes_later_with_an_older_date():
    tuesday = datetime(2026, 11, 24, 9, 40, tzinfo=UTC)
    run = a_run(schedule={"when": "slots", "slots": (Slot(1, 9, 40), Slot(3, 9, 40))})
    sent = live(a_keeper(run), tuesday + timedelta(days=7), arrivals=[(tuesday + timedelta(hours=5), A)])
    assert sent == [(A.key, tuesday + timedelta(days=2))]


def test_a_file_counts_as_changed_when_two_looks_find_it_the_same():
    run = a_run(A)
    keeper = a_keeper(run)
    run.source.posts[B.key] = B
    assert keeper.shelf.look(settled=False) == (set(), True)
    run.source.posts[B.key] = replace(B, body="more")
    assert keeper.shelf.look(settled=False) == (set(), True)
    assert keeper.shelf.look(settled=False) == ({B.key}, False)
    assert keeper.shelf.look(settled=False) == (set(), False)
    run.source.posts[B.key] = replace(B, body="still more")
    assert keeper.shelf.look(settled=False) == (set(), True)
    run.source.posts[B.key] = replace(B, body="even more")
    assert keeper.shelf.settle() == (set(), True)
    assert keeper.shelf.settle() == ({B.key}, False)
    assert keeper.shelf.look(settled=False) == (set(), False)
    del run.source.posts[A.key]
    assert keeper.shelf.look(settled=False) == ({A.key}, False)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("slots", [(Slot(1, 9, 40), Slot(3, 9, 40)), (Slot(6, 2, 30), Slot(6, 1, 59)), ()])
def test_a_year_of_the_daemon_with_restarts_publishes_every_post_once_none_early_in_order(seed, slots):
    random = Random(seed)
    start = datetime(2027, 9, 1, tzinfo=UTC)
    rules = {"when": "slots", "slots": slots} if slots else {}
    zone = random.choice([ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland")])
    run = a_run(clock=FakeClock(start), schedule=rules | {"since": start - timedelta(days=1), "timezone": zone})
    arrivals = sorted((start + timedelta(days=340 * random.random()), number) for number in range(40))
    posts = [(moment, written(random, moment, number)) for moment, number in arrivals]
    sent = live(a_keeper(run), start + timedelta(days=366), arrivals=posts, restart=lambda: random.random() < 0.2)
    ready = {post.key: post.directives.at or post.date for _, post in posts}
    named = {post.key for _, post in posts if post.directives.at}
    assert sorted(key for key, _ in sent) == sorted(ready), "each once"
    assert all(moment >= ready[key] for key, moment in sent), "none early"
    if slots:
        queued = [key for key, _ in sent if key not in named]
        assert queued == sorted(queued, key=ready.get), "order kept"
    assert not [line for line in queue(run) if line.expected]


def written(random, moment, number):
    at = moment + timedelta(days=3, minutes=7) if random.random() < 0.15 else None
    return a_post(f"_posts/{number:02}-post.md", title=f"{number}", date=moment, directives=Directives(at=at))
