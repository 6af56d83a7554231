"""Posts with files through the pipeline: nothing before the upload counts as sent, and a first comment never counts."""

from datetime import timedelta

import pytest

from crosspost.compose import compose
from crosspost.errors import LedgerError, Problem
from crosspost.model import Directives, Failure, File, Listed, OutcomeKind, Rejected, State, Unclear, Upload
from crosspost.pipeline.publish import publish
from doubles import AUTHOR, NOW, FakePublisher, FakeSource, a_post, a_run, receipt

PROBLEM = Problem(what="a.png is not at LinkedIn", fix="run again")
FILE = File(kind="image", media_type="image/png", size=1, digest="0")
A = a_post(directives=Directives(image="a.png", alt="A"))
B = a_post("_posts/2026-11-22-b.md", title="b")
COMMENTED = a_post(directives=Directives(first_comment="First!"))


def rejected(failure=Failure.NOT_SENT, **fields):
    return Rejected(failure=failure, problem=PROBLEM, **fields)


def a_run_with_files(*posts, answers=(), preparing=(), **parts):
    source = FakeSource({post.key: post for post in posts}, files={"a.png": FILE})
    publisher = FakePublisher(answers=list(answers), preparing=list(preparing))
    return a_run(*posts, source=source, publisher=publisher, **parts)


def outcomes(run):
    return list(publish(run, list(run.source.keys()), named=False))


def entry(run, post=A):
    return run.ledger.get(run.key(post.key))


def states(run, post=A):
    return [step.after.value for step in run.ledger.history(run.key(post.key))]


@pytest.mark.parametrize(
    ("failure", "other"), [(Failure.NOT_SENT, "waiting"), (Failure.DENIED, "waiting"), (Failure.REFUSED, "published")]
)
def test_a_file_that_could_not_be_uploaded_gives_the_claim_back_and_says_why(failure, other):
    run = a_run_with_files(A, B, preparing=[rejected(failure)])
    first, second = outcomes(run)
    assert (first.kind, first.problem) == (OutcomeKind.FAILED, PROBLEM)
    assert second.kind == other
    assert entry(run).state is State.RELEASED
    assert states(run) == ["claimed", "released"], "the intent to send was never recorded"
    assert [one.kind for one in outcomes(run)][-1] is OutcomeKind.PUBLISHED


def test_a_throttled_upload_pauses_all_of_the_author():
    until = NOW + timedelta(hours=2)
    run = a_run_with_files(A, preparing=[rejected(Failure.THROTTLED, retry_at=until)])
    assert [one.kind for one in outcomes(run)] == [OutcomeKind.WAITING]
    assert [one.kind for one in outcomes(run)] == [OutcomeKind.WAITING]
    assert run.publisher.sent == []
    run.clock.moment = until
    assert [one.kind for one in outcomes(run)] == [OutcomeKind.PUBLISHED]


def test_a_post_refused_for_a_file_is_sent_once_more_with_the_file_renewed():
    run = a_run_with_files(A, answers=[rejected(uploads="unusable")])
    assert [one.kind for one in outcomes(run)] == [OutcomeKind.PUBLISHED]
    assert run.publisher.renewed == [False, True]
    assert states(run) == ["claimed", "sending", "failed", "claimed", "sending", "published", "published"], (
        "the last one is the write-back"
    )


def test_a_file_that_stays_unusable_ends_after_one_renewal():
    run = a_run_with_files(A, answers=[rejected(uploads="unusable")] * 9)
    assert [one.kind for one in outcomes(run)] == [OutcomeKind.FAILED]
    assert len(run.publisher.sent) == 2


def test_a_post_whose_file_linkedin_still_waits_for_is_sent_again_later_at_most_three_times():
    run = a_run_with_files(A, answers=[rejected(uploads="waiting")] * 9)
    assert [one.kind for one in outcomes(run)] == [OutcomeKind.FAILED]
    assert len(run.publisher.sent) == 4
    assert run.publisher.renewed == [False, False, False, True], "an upload that never gets done is no dead end"
    assert run.clock.moment - NOW == timedelta(seconds=50)
    assert entry(run).state is State.FAILED


def test_what_may_have_arrived_is_not_sent_again_for_its_files():
    run = a_run_with_files(A, answers=[rejected(uploads="waiting"), Unclear(problem=PROBLEM)])
    assert [one.kind for one in outcomes(run)] == [OutcomeKind.UNCERTAIN]
    assert len(run.publisher.sent) == 2


def test_a_post_without_files_is_not_sent_again_for_them():
    run = a_run_with_files(B, answers=[rejected(uploads="unusable")] * 2)
    assert [one.kind for one in outcomes(run)] == [OutcomeKind.FAILED]
    assert len(run.publisher.sent) == 1


def test_files_count_as_requests_until_linkedin_has_them():
    run = a_run_with_files(A)
    outcomes(run)
    assert run.ledger.spent("urn:li:person:jo", NOW.date()) == 3
    known = Upload(payer="urn:li:person:jo", digest=FILE.digest, kind="image", urn="urn:li:image:x", at=NOW)
    again = a_run_with_files(A)
    again.ledger.record_upload(known)
    outcomes(again)
    assert again.ledger.spent("urn:li:person:jo", NOW.date()) == 1


def test_a_post_with_files_may_take_longer_between_claim_and_intent():
    run = a_run_with_files(A)
    claimed = {}
    prepare = run.publisher.prepare

    def slow(draft, author, **options):
        claimed["until"] = entry(run).lease_until
        return prepare(draft, author, **options)

    run.publisher.prepare = slow
    outcomes(run)
    assert claimed["until"] >= NOW + timedelta(hours=1)


def test_a_dry_run_looks_at_files_and_sends_none():
    run = a_run_with_files(A)
    assert [one.kind for one in publish(run, [A.key], named=True, dry_run=True)] == [OutcomeKind.WOULD_PUBLISH]
    assert run.publisher.renewed == []


# --- first comment --------------------------------------------------------------------------------------------------


def test_a_first_comment_follows_the_post_once():
    run = a_run(COMMENTED)
    (outcome,) = outcomes(run)
    assert (outcome.kind, outcome.reason, outcome.problem) == (OutcomeKind.PUBLISHED, None, None)
    assert run.publisher.comments == [(receipt().urn, "First!")]
    outcomes(run)
    assert len(run.publisher.comments) == 1


def test_the_request_of_a_comment_is_counted_with_the_claim_of_its_post():
    run = a_run(COMMENTED, publisher=FakePublisher(answers=[rejected()]))
    outcomes(run)
    assert (run.publisher.comments, run.ledger.spent("urn:li:person:jo", NOW.date())) == ([], 2)


def test_a_post_that_a_later_run_finds_on_linkedin_gets_its_comment_too():
    run = a_run(COMMENTED, publisher=FakePublisher(answers=[Unclear(problem=PROBLEM)]))
    outcomes(run)
    run.ledger.note("reading", AUTHOR, None, NOW)  # as if nobody had asked for recent posts
    text = compose(COMMENTED, run.source.site, run.policy.text).wire
    run.publisher.listed = (Listed(urn=receipt().urn, at=NOW, commentary=text),)
    assert ([one.kind for one in outcomes(run)], run.publisher.comments) == (
        [OutcomeKind.PUBLISHED],
        [(receipt().urn, "First!")],
    )


def test_a_comment_whose_intent_is_on_record_is_not_sent():
    run = a_run(COMMENTED)
    run.ledger.note(receipt().urn, "first-comment", "sent, or about to be", NOW)
    outcomes(run)
    assert run.publisher.comments == []


def test_a_comment_that_fails_is_a_note_and_never_the_posts_failure():
    run = a_run(COMMENTED)
    run.publisher.comment_problem = Problem(what="no permission", fix="none")
    (outcome,) = outcomes(run)
    assert (outcome.kind, outcome.problem) == (OutcomeKind.PUBLISHED, None)
    assert outcome.reason == "the first comment is missing: no permission"
    assert (entry(run, COMMENTED).state, entry(run, COMMENTED).written_back_at) == (State.PUBLISHED, NOW)
    outcomes(run)
    assert len(run.publisher.comments) == 1


def test_the_comment_comes_after_the_file_knows_the_address():
    run = a_run(COMMENTED)
    comment = run.publisher.comment

    def after(urn, author, text):
        assert run.source.posts[COMMENTED.key].linkedin_url == receipt().url
        return comment(urn, author, text)

    run.publisher.comment = after
    outcomes(run)
    assert run.publisher.comments


@pytest.mark.parametrize("answer", [rejected(), Unclear(problem=PROBLEM)])
def test_a_post_that_is_not_there_is_not_commented_on(answer):
    run = a_run(COMMENTED, answers=[answer])
    outcomes(run)
    assert run.publisher.comments == []


def test_a_ledger_that_fails_after_the_post_costs_the_comment_alone(monkeypatch):
    run = a_run(COMMENTED)

    def full(*_):
        raise LedgerError(Problem(what="the disk is full", fix="make room"))

    monkeypatch.setattr(run.ledger, "note", full)
    (outcome,) = outcomes(run)
    assert (outcome.kind, outcome.reason) == (OutcomeKind.PUBLISHED, "the first comment is missing: the disk is full")
    assert run.publisher.comments == []
