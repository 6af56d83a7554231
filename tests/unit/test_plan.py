"""The decision about one post: ledger first, then the author's word, then the time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from crosspost.model import Directives, Entry, EntryKey, Failure, Post, State
from crosspost.plan import Attend, Miss, Publish, Skip, Wait, WriteBack, decide, still_refused
from crosspost.policy import AccountPolicy, SchedulePolicy, TextPolicy, WriteBackPolicy

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BASELINE = NOW - timedelta(days=30)
URL = "https://www.linkedin.com/feed/update/urn:li:share:1/"
POST = Post(
    key="_posts/2026-11-22-a.md",
    title="A",
    date=NOW - timedelta(hours=1),
    body="text",
    body_line=4,
    front_matter={},
    markup="markdown",
    canonical_url=None,
    categories=("Training",),
    tags=(),
    linkedin_url=None,
)
ENTRY = Entry(
    key=EntryKey(site="s", account="default", post=POST.key),
    state=State.CLAIMED,
    author="urn:li:person:a",
    text_digest="d",
    attempts=1,
    token="t",
    owner="host/1",
    lease_until=NOW + timedelta(minutes=1),
    claimed_at=NOW,
)


def policy(**schedule):
    rules = {"since": None, "timezone": UTC} | schedule
    return AccountPolicy(
        name="default", author="", text=TextPolicy(), schedule=SchedulePolicy(**rules), write_back=WriteBackPolicy()
    )


def decision(post=POST, entry=None, *, named=False, **schedule):
    return decide(post, entry, policy(**schedule), NOW, baseline=BASELINE, named=named)


def entry(state, **fields):
    return replace(ENTRY, state=state, **fields)


def test_a_due_post_is_published():
    assert decision() == Publish()


@pytest.mark.parametrize("state", [State.UNCERTAIN, State.SENDING])
@pytest.mark.parametrize("named", [False, True])
def test_what_may_have_arrived_waits_for_a_person_even_when_named(state, named):
    stalled = entry(state, lease_until=NOW - timedelta(seconds=1), sending_at=NOW, reason="no answer")
    found = decision(entry=stalled, named=named)
    assert isinstance(found, Attend)
    assert f"crosspost resolve {POST.key} --url URL | --not-posted" in found.problem.fix


@pytest.mark.parametrize("state", [State.CLAIMED, State.SENDING])
def test_what_another_run_holds_waits(state):
    assert isinstance(decision(entry=entry(state), named=True), Wait)


def test_a_stalled_claim_may_be_taken_over_because_nothing_was_sent():
    assert decision(entry=entry(State.CLAIMED, lease_until=NOW)) == Publish()


def test_a_published_post_is_written_back_until_its_file_says_so():
    published = entry(State.PUBLISHED, url=URL, settled_at=NOW)
    assert decision(entry=published) == WriteBack(URL)
    assert decision(replace(POST, linkedin_url=URL), published) == WriteBack(URL)
    assert isinstance(decision(entry=replace(published, written_back_at=NOW)), Skip)


def test_an_address_that_the_author_put_there_is_left_alone():
    published = entry(State.PUBLISHED, url=URL, settled_at=NOW)
    assert isinstance(
        decision(replace(POST, linkedin_url="https://www.linkedin.com/posts/jo-activity-9-x"), published), Skip
    )


def test_an_edited_or_named_post_is_never_published_again():
    published = entry(State.PUBLISHED, url=URL, settled_at=NOW, written_back_at=NOW)
    assert isinstance(decision(replace(POST, body="quite another text"), published, named=True), Skip)


def test_an_address_in_the_file_settles_what_was_uncertain():
    assert isinstance(decision(replace(POST, linkedin_url=URL), entry(State.UNCERTAIN)), Skip)


def test_a_throttled_post_waits_until_linkedin_allows_more():
    later = entry(State.FAILED, failure=Failure.THROTTLED, retry_at=NOW + timedelta(hours=1), reason="limit")
    assert isinstance(decision(entry=later), Wait)
    assert decision(entry=replace(later, retry_at=NOW)) == Publish()


def test_a_pause_is_no_reason_for_a_post_that_does_not_go_out_by_itself():
    later = entry(State.FAILED, failure=Failure.THROTTLED, retry_at=NOW + timedelta(hours=1), reason="limit")
    old = replace(POST, date=BASELINE - timedelta(days=1))
    assert decision(old, later) == Skip(f"older than the baseline {BASELINE:%Y-%m-%d %H:%M %Z}")
    assert decision(old, later, named=True) == Publish()
    assert decision(entry=later, named=True) == Publish()


@pytest.mark.parametrize("failure", [Failure.NOT_SENT, Failure.DENIED, Failure.REFUSED])
def test_what_surely_failed_may_be_tried_again(failure):
    assert decision(entry=entry(State.FAILED, failure=failure)) == Publish()


def test_a_released_claim_is_as_if_nothing_had_been():
    assert decision(entry=entry(State.RELEASED)) == Publish()


@pytest.mark.parametrize("publish", [None, True, False])
def test_a_post_that_is_on_linkedin_already_is_skipped_even_when_named(publish):
    on_linkedin = replace(POST, linkedin_url=URL, directives=Directives(publish=publish))
    assert isinstance(decision(on_linkedin, named=True), Skip)


def test_the_author_may_forbid_it():
    assert isinstance(decision(replace(POST, directives=Directives(publish=False)), named=True), Skip)


def test_opt_in_takes_only_posts_that_say_so():
    assert isinstance(decision(select="opt-in"), Skip)
    assert decision(replace(POST, directives=Directives(publish=True)), select="opt-in") == Publish()


def test_only_chosen_categories():
    assert decision(categories=("Training", "Other")) == Publish()
    assert isinstance(decision(categories=("Other",)), Skip)


def test_a_post_before_the_baseline_goes_out_only_when_named():
    old = replace(POST, date=BASELINE - timedelta(seconds=1))
    assert isinstance(decision(old), Skip)
    assert decision(old, named=True) == Publish()
    assert isinstance(decision(replace(POST, date=BASELINE), grace=timedelta(days=60)), Publish)


def test_a_future_post_waits_and_the_delay_counts():
    assert isinstance(decision(replace(POST, date=NOW + timedelta(seconds=1))), Wait)
    assert decision(replace(POST, date=NOW)) == Publish()
    assert isinstance(decision(delay=timedelta(hours=1, seconds=1)), Wait)
    assert decision(replace(POST, date=NOW + timedelta(days=2)), named=True) == Publish()


def test_moments_are_told_in_the_time_of_the_site():
    zone = timezone(timedelta(hours=-6), "CST")
    assert decision(replace(POST, date=NOW + timedelta(hours=2)), timezone=zone) == Wait("due 2026-11-22 05:00 CST")


def test_the_moment_that_the_author_names_is_stronger_than_the_date():
    at = replace(POST, directives=Directives(at=NOW + timedelta(minutes=1)))
    assert isinstance(decision(at), Wait)
    old_but_asked_for = replace(POST, date=BASELINE - timedelta(days=900), directives=Directives(at=NOW))
    assert decision(old_but_asked_for) == Publish()


def test_a_post_overdue_by_more_than_the_grace_is_missed_not_published():
    late = replace(POST, date=NOW - timedelta(days=3, seconds=1))
    found = decision(late)
    assert isinstance(found, Miss)
    assert f"crosspost publish {POST.key}" in found.problem.fix
    assert decision(replace(POST, date=NOW - timedelta(days=3))) == Publish()
    assert decision(late, named=True) == Publish()


def test_a_text_that_linkedin_refused_is_not_sent_again_until_it_changes_or_is_named():
    refused = entry(State.FAILED, failure=Failure.REFUSED, reason="too long", text_digest="d")
    assert still_refused(refused, "d", named=False) is not None
    assert still_refused(refused, "other", named=False) is None
    assert still_refused(refused, "d", named=True) is None
    assert still_refused(replace(refused, failure=Failure.NOT_SENT), "d", named=False) is None
    assert still_refused(None, "d", named=False) is None
