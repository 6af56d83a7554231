"""What may settle an uncertain attempt without a person, and what may not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crosspost.errors import Problem
from crosspost.model import EntryKey, Failure, Listed, Receipt, Rejected, State, Twin, Unclear
from crosspost.pipeline.evidence import PAUSE, WINDOW, is_of_the_attempt, may_retry
from crosspost.pipeline.publish import publish
from doubles import AUTHOR, NOW, FakeClock, FakePublisher, a_post, a_run, receipt

KEY = EntryKey(site="https://blog.example", account="default", post="_posts/2026-11-22-a.md")
SECOND = timedelta(seconds=1)


def urn_of(moment):
    """A post's number as LinkedIn makes them: milliseconds, then 22 bits."""
    return f"urn:li:share:{(round(moment.timestamp() * 1000) << 22) | 77}"


def lost():
    return Unclear(problem=Problem(what="no answer came", fix="look"))


def duplicate(made, answered_at=NOW):
    return Unclear(
        problem=Problem(what="LinkedIn says that it already has this text", fix="look"),
        twin=Twin(urn=urn_of(made), answered_at=answered_at.replace(microsecond=0)),
    )


def refused(failure=Failure.REFUSED):
    return Rejected(failure=failure, problem=Problem(what="refused", fix="mend"))


def outcomes(run, keys=None, **how):
    return list(publish(run, keys or list(run.source.posts), named=False, **how))


def kinds(run, **how):
    return [one.kind.value for one in outcomes(run, **how)]


def entry_of(run):
    return run.ledger.get(KEY)


def an_uncertain(**parts):
    """A run whose first attempt was not answered, by a process that did not look for evidence itself."""
    run = a_run(a_post(), answers=[lost()], **parts)
    assert kinds(run) == ["uncertain"]
    run.ledger.note("reading", AUTHOR, None, NOW)  # as if nobody had asked for recent posts
    return replace(run, policy=replace(run.policy, identical_retry=True))


# --- one identical retry


def test_what_had_not_landed_is_published_by_the_retry():
    run = a_run(a_post(), answers=[lost(), receipt(7)], identical_retry=True)
    (outcome,) = outcomes(run)
    assert (outcome.kind.value, outcome.url) == ("published", receipt(7).url)
    assert run.publisher.sent == [run.publisher.sent[0]] * 2, "not byte for byte the same"
    assert run.source.posts[KEY.post].linkedin_url == receipt(7).url


def test_the_retry_waits_so_that_what_is_late_can_land():
    run = a_run(a_post(), answers=[lost()], identical_retry=True)
    outcomes(run)
    assert run.clock.moment >= NOW + PAUSE


def test_what_had_landed_is_known_by_the_duplicate_that_names_it():
    run = a_run(a_post(), identical_retry=True)
    run.publisher.answers += [lost(), duplicate(NOW + SECOND / 5, answered_at=NOW + PAUSE)]
    (outcome,) = outcomes(run)
    assert (outcome.kind.value, outcome.urn) == ("published", urn_of(NOW + SECOND / 5))
    assert entry_of(run).state is State.PUBLISHED


@pytest.mark.parametrize(
    "made",
    [NOW - timedelta(minutes=5), NOW - timedelta(days=40), NOW + PAUSE + SECOND / 10, NOW + timedelta(hours=1)],
    ids=["before the attempt", "long before", "as young as the retry", "in the future"],
)
def test_a_duplicate_that_names_another_post_proves_nothing(made):
    run = a_run(a_post(), identical_retry=True)
    run.publisher.answers += [lost(), duplicate(made, answered_at=NOW + PAUSE)]
    (outcome,) = outcomes(run)
    assert outcome.kind.value == "uncertain"
    assert "one identical retry did not settle it" in outcome.problem.what
    assert "https://www.linkedin.com/in/me/recent-activity/all/" in outcome.problem.fix
    assert entry_of(run).state is State.UNCERTAIN


def test_a_retry_that_gets_the_same_answer_does_not_quote_it_again():
    run = a_run(a_post(), answers=[lost(), lost()], identical_retry=True)
    (outcome,) = outcomes(run)
    assert outcome.problem.what.endswith("(no answer came); one identical retry had the same answer")


@pytest.mark.parametrize("answer", [lost(), refused(), refused(Failure.DENIED), refused(Failure.THROTTLED)])
def test_after_a_retry_without_proof_nothing_is_sent_any_more(answer):
    run = a_run(a_post(), answers=[lost(), answer], identical_retry=True)
    assert kinds(run) == ["uncertain"]
    for _ in range(3):
        run.clock.sleep(60)
        assert kinds(run) == ["uncertain"]
    assert len(run.publisher.sent) == 2


def test_a_first_answer_that_speaks_of_a_duplicate_is_an_old_twin_and_not_retried():
    run = a_run(a_post(), answers=[duplicate(NOW - timedelta(hours=1))], identical_retry=True)
    assert kinds(run) == ["uncertain"]
    assert kinds(run) == ["uncertain"]
    assert len(run.publisher.sent) == 1


def test_without_the_setting_nothing_is_retried():
    run = a_run(a_post(), answers=[lost()], identical_retry=False)
    assert kinds(run) == ["uncertain"]
    assert kinds(run) == ["uncertain"]
    assert len(run.publisher.sent) == 1


def test_a_dry_run_looks_for_no_evidence():
    run = an_uncertain()
    assert kinds(run, dry_run=True) == ["uncertain"]
    assert len(run.publisher.sent) == 1


# --- by a later run


def test_a_later_run_retries_within_the_window():
    run = an_uncertain()
    run.clock.sleep(60)
    assert kinds(run) == ["published"]


def test_a_later_run_leaves_alone_what_is_older_than_the_window():
    run = an_uncertain()
    run.clock.moment = NOW + WINDOW
    assert kinds(run) == ["uncertain"]
    assert len(run.publisher.sent) == 1


def test_a_later_run_does_not_retry_a_text_that_has_changed():
    run = an_uncertain()
    run.source.posts[KEY.post] = replace(run.source.posts[KEY.post], body="Another text.")
    assert kinds(run) == ["uncertain"]
    assert len(run.publisher.sent) == 1


def test_a_later_run_does_not_retry_a_request_that_has_changed():
    class Other(FakePublisher):
        def prepare(self, draft, author):
            return replace(super().prepare(draft, author), digest="another")

    run = an_uncertain()
    assert kinds(replace(run, publisher=Other())) == ["uncertain"]


def test_a_run_that_was_killed_while_sending_is_settled_by_the_next_one():
    run = a_run(a_post(), answers=[KeyboardInterrupt()], identical_retry=True)
    with pytest.raises(KeyboardInterrupt):
        outcomes(run)
    run.publisher.answers.append(duplicate(NOW + SECOND, answered_at=NOW + PAUSE))
    assert kinds(run) == ["published"]


def test_an_attempt_whose_lease_ran_out_may_still_be_sent_by_a_run_that_wakes_up_and_is_not_retried():
    run = a_run(a_post(), identical_retry=True)
    claim = run.ledger.claim(KEY, author=AUTHOR, text_digest="t", owner="other/1", now=NOW, lease=timedelta(minutes=5))
    run.ledger.mark_sending(claim, request_digest="r", now=NOW, lease=timedelta(minutes=5))
    run.clock.moment = NOW + timedelta(minutes=6)
    assert kinds(run) == ["uncertain"]
    assert not may_retry(entry_of(run), run.clock.moment)
    assert run.publisher.sent == []


def test_two_runs_at_once_retry_once():
    """The second one comes while the first one waits for a late arrival."""
    run = an_uncertain()

    class Overtaken(FakeClock):
        def sleep(self, seconds):
            super().sleep(seconds)
            assert kinds(replace(run, clock=FakeClock(self.moment))) == ["published"]

    assert kinds(replace(run, clock=Overtaken(NOW))) == ["published"]
    assert len(run.publisher.sent) == 2, "the attempt and one retry"


def test_a_run_that_was_suspended_after_it_recorded_the_retry_does_not_send_it():
    class Suspended(FakeClock):
        def now(self):
            if entry_of(run).retried_at:
                self.moment = NOW + WINDOW
            return self.moment

    run = an_uncertain()
    assert kinds(replace(run, clock=Suspended(NOW))) == ["uncertain"]
    assert len(run.publisher.sent) == 1


def test_the_retry_is_on_record_before_it_leaves():
    class Watching(FakePublisher):
        def send(self, prepared):
            seen.append(entry_of(run).retried_at)
            return super().send(prepared)

    seen = []
    run = a_run(a_post(), identical_retry=True, publisher=Watching([lost(), receipt()]))
    outcomes(run)
    assert seen[0] is None
    assert seen[1] is not None


def test_a_crash_in_the_retry_leaves_a_person_to_look():
    run = a_run(a_post(), answers=[lost(), KeyboardInterrupt()], identical_retry=True)
    with pytest.raises(KeyboardInterrupt):
        outcomes(run)
    assert kinds(run) == ["uncertain"]
    assert len(run.publisher.sent) == 2


def test_the_retry_counts_against_the_limit_of_requests():
    run = a_run(a_post(), answers=[lost()], identical_retry=True)
    outcomes(run)
    assert run.ledger.spent(AUTHOR, NOW.date()) == 3  # the attempt, the question for recent posts, the retry


# --- clocks


@pytest.mark.parametrize(
    "ahead", [timedelta(hours=-3), timedelta(seconds=-20), timedelta(0), timedelta(seconds=20), timedelta(days=1)]
)
def test_linkedins_clock_may_differ_from_ours_by_any_time(ahead):
    entry = entry_of(an_uncertain())
    started, ended = NOW + PAUSE, NOW + PAUSE + SECOND / 3
    said = (ended + ahead).replace(microsecond=0)
    assert is_of_the_attempt(Twin(urn=urn_of(NOW + SECOND / 4 + ahead), answered_at=said), entry, started, ended)
    assert not is_of_the_attempt(
        Twin(urn=urn_of(started + SECOND / 10 + ahead), answered_at=said), entry, started, ended
    )
    assert not is_of_the_attempt(Twin(urn=urn_of(NOW - 9 * SECOND + ahead), answered_at=said), entry, started, ended)


@pytest.mark.parametrize(
    "twin",
    [
        Twin(urn=None, answered_at=NOW),
        Twin(urn="urn:li:share:12", answered_at=NOW),
        Twin(urn=urn_of(NOW), answered_at=None),
    ],
    ids=["names nothing", "a number without a time", "no clock"],
)
def test_what_cannot_be_dated_proves_nothing(twin):
    assert not is_of_the_attempt(twin, entry_of(an_uncertain()), NOW + PAUSE, NOW + PAUSE)


def test_a_slow_answer_leaves_too_wide_a_guess_of_the_clock():
    entry = entry_of(an_uncertain())
    twin = Twin(urn=urn_of(NOW + SECOND), answered_at=NOW + PAUSE)
    assert not is_of_the_attempt(twin, entry, NOW + PAUSE, NOW + PAUSE + timedelta(seconds=28))


# --- the author's own posts


def listed(text, at=NOW + SECOND, urn="urn:li:share:5"):
    return Listed(urn=urn, at=at, commentary=text)


def sent_text(run):
    return run.publisher.sent[0].decode()


def test_a_post_among_the_authors_own_settles_it_and_nothing_is_retried():
    run = an_uncertain()
    run.publisher.listed = (listed("another"), listed(sent_text(run)))
    (outcome,) = outcomes(run)
    assert (outcome.kind.value, outcome.urn) == ("published", "urn:li:share:5")
    assert len(run.publisher.sent) == 1


@pytest.mark.parametrize("at", [NOW - timedelta(minutes=5), NOW + timedelta(hours=1)])
def test_the_same_text_at_another_time_settles_nothing(at):
    run = replace(an_uncertain(), policy=a_run().policy)
    run.publisher.listed = (listed(sent_text(run), at=at),)
    assert kinds(run) == ["uncertain"]


def test_its_absence_proves_nothing():
    run = replace(an_uncertain(), policy=a_run().policy)
    run.publisher.listed = ()
    assert kinds(run) == ["uncertain"]
    assert entry_of(run).state is State.UNCERTAIN


def test_a_token_that_may_not_read_is_asked_once_a_day():
    class Asked(FakePublisher):
        times = 0

        def recent(self, author):
            Asked.times += 1

    run = replace(an_uncertain(), policy=a_run().policy, publisher=Asked())
    for _ in range(5):
        kinds(run)
    assert Asked.times == 1


def test_a_receipt_that_names_no_post_leaves_its_address_to_a_person():
    run = a_run(a_post(), answers=[lost(), Receipt(urn=None, url=None)], identical_retry=True)
    (outcome,) = outcomes(run)
    assert outcome.kind.value == "published"
    assert "did not say where it is" in outcome.problem.what
