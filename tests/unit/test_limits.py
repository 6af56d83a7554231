"""LinkedIn's limits and the author's own, kept by the ledger: what one run learns, the next one heeds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crosspost.errors import Problem
from crosspost.model import Failure, Rejected
from crosspost.pipeline.limits import REQUESTS_A_DAY
from crosspost.pipeline.publish import publish
from doubles import AUTHOR, NOW, FakePublisher, a_post, a_run

A, B, C = (a_post(f"_posts/2026-11-22-{name}.md", title=name) for name in "abc")
UNTIL = NOW + timedelta(hours=15)
THROTTLED = Rejected(failure=Failure.THROTTLED, problem=Problem(what="too many", fix="wait"), retry_at=UNTIL)


def told(run, keys=None, **options):
    """Return kind and reason of each post by its letter."""
    names = list(run.source.keys()) if keys is None else keys
    outcomes = publish(run, names, **{"named": False} | options)
    return {outcome.post[-4:-3]: (outcome.kind.value, outcome.reason) for outcome in outcomes}


def restarted(run, *posts):
    """The same ledger, in a new process that has other posts to send."""
    return replace(run, publisher=FakePublisher(), source=a_run(*posts).source)


def test_a_pause_holds_every_post_of_the_author_over_a_restart():
    run = a_run(A, answers=[THROTTLED])
    told(run)
    after = restarted(run, B, C)
    pause = "LinkedIn asked for a pause until 2026-11-23 00:00 UTC"
    assert told(after) == {"b": ("waiting", pause), "c": ("waiting", pause)}
    assert after.publisher.sent == []
    after.clock.moment = UNTIL
    assert [kind for kind, _ in told(after).values()] == ["published", "published"]


def test_a_dry_run_tells_of_the_pause_too():
    run = a_run(A, answers=[THROTTLED])
    told(run)
    assert told(restarted(run, B), dry_run=True)["b"][0] == "waiting"


def test_a_pause_is_of_one_author_at_one_server():
    run = a_run(A, answers=[THROTTLED])
    told(run)
    elsewhere = replace(restarted(run, B), api_url="http://127.0.0.1:8765")
    assert told(elsewhere)["b"][0] == "published"
    other = restarted(run, C)
    page = replace(other, policy=replace(other.policy, author="urn:li:organization:1"))
    page.publisher.who = page.policy.author
    assert told(page)["c"][0] == "published"


def test_a_post_that_is_named_is_tried_all_the_same():
    run = a_run(A, answers=[THROTTLED])
    told(run)
    assert told(restarted(run, B), [B.key], named=True)["b"][0] == "published"


def test_each_send_counts_against_the_day():
    run = a_run(A, B)
    told(run)
    assert run.ledger.spent(AUTHOR, NOW.date()) == 2


def test_what_is_refused_or_lost_counts_too():
    run = a_run(A, answers=[Rejected(failure=Failure.REFUSED, problem=Problem(what="no", fix="mend"))])
    told(run)
    assert run.ledger.spent(AUTHOR, NOW.date()) == 1


def test_the_daily_requests_run_out_and_come_back_at_midnight_utc():
    run = a_run(A, B, C)
    run.ledger.spend(AUTHOR, NOW.date(), REQUESTS_A_DAY - 1)
    kinds = told(run)
    assert [kind for kind, _ in kinds.values()] == ["published", "waiting", "waiting"]
    assert "150 requests" in kinds["b"][1]
    run.clock.moment = datetime(2026, 11, 22, 23, 59, tzinfo=UTC)
    assert told(run)["b"][0] == "waiting"
    run.clock.moment = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert told(run)["b"][0] == "published"
