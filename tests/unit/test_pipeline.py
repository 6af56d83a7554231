"""Posts to outcomes: what each answer leads to, and that nothing that may have arrived is sent again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crosspost.errors import LedgerError, Problem, WriteBackRefused
from crosspost.ledger.memory import MemoryLedger
from crosspost.model import Directives, Failure, Held, OutcomeKind, Receipt, Rejected, State, Unclear
from crosspost.pipeline.draft import draft as draft_of
from crosspost.pipeline.publish import UNCLEAR_IN_A_ROW, publish
from crosspost.pipeline.queue import queue
from doubles import NOW, FakePublisher, FakeRepository, FakeSource, a_post, a_run, receipt, unreadable

A, B, C = (a_post(f"_posts/2026-11-22-{name}.md", title=name) for name in "abc")
PROBLEM = Problem(what="it went wrong", fix="mend it")


def kinds(run, keys=None, *, named=False, **options):
    names = list(run.source.keys()) if keys is None else keys
    return {outcome.post[-4:-3]: outcome.kind.value for outcome in publish(run, names, named=named, **options)}


def entry(run, post=A):
    return run.ledger.get(run.key(post.key))


def rejected(failure, **fields):
    return Rejected(failure=failure, problem=PROBLEM, **fields)


def test_a_due_post_is_sent_recorded_and_written_back():
    run = a_run(A)
    (outcome,) = publish(run, [A.key], named=False)
    assert (outcome.kind, outcome.urn, outcome.url) == (OutcomeKind.PUBLISHED, receipt().urn, receipt().url)
    assert run.source.posts[A.key].linkedin_url == receipt().url
    assert (entry(run).state, entry(run).written_back_at) == (State.PUBLISHED, NOW)


def test_a_second_run_sends_nothing():
    run = a_run(A, B)
    kinds(run)
    assert kinds(run) == {"a": "skipped", "b": "skipped"}
    assert len(run.publisher.sent) == 2


def test_the_order_is_that_of_the_due_moments():
    older = a_post("_posts/2026-11-21-z.md", title="z", date=NOW - timedelta(days=1))
    run = a_run(A, older)
    assert list(kinds(run)) == ["z", "a"]


def test_a_dry_run_changes_nothing():
    run = a_run(A)
    assert kinds(run, dry_run=True) == {"a": "would-publish"}
    assert (entry(run), run.publisher.sent, run.source.posts[A.key]) == (None, [], A)


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(
    ("config", "changes", "told"),
    [
        ({"title": "A site"}, {}, True),
        ({"future": False}, {}, True),
        ({"future": True}, {}, False),
        ({}, {}, False),  # no _config.yml: not built by Jekyll
        ({"title": "A site"}, {"directives": Directives(link=False)}, False),
        ({"title": "A site"}, {"date": NOW}, False),
    ],
)
def test_a_post_that_is_published_before_its_page_is_built_says_so(config, changes, told, dry_run):
    post = a_post(**({"date": NOW + timedelta(days=2)} | changes))
    run = a_run(post)
    run.source.site = replace(run.source.site, config=config)
    (outcome,) = publish(run, [post.key], named=True, dry_run=dry_run)
    assert outcome.kind is (OutcomeKind.WOULD_PUBLISH if dry_run else OutcomeKind.PUBLISHED)
    assert (outcome.reason or "").startswith("its link leads nowhere before 2026-11-24") is told


def test_what_is_lacking_after_a_post_is_told_beside_the_page_that_is_not_built_yet():
    post = a_post(date=NOW + timedelta(days=2), directives=Directives(first_comment="First!"))
    run = a_run(post, answers=[Receipt(urn="urn:li:share:1", url=None)])
    run.source.site = replace(run.source.site, config={"title": "A site"})
    run.publisher.comment_problem = Problem(what="no permission", fix="none")
    (outcome,) = publish(run, [post.key], named=True)
    told = ["did not say where it is", "the first comment is missing: no permission", "its link leads nowhere before"]
    assert [words for words in told if words in outcome.reason] == told


@pytest.mark.parametrize("approve", [False, True])
def test_a_file_that_breaks_while_the_queue_is_looked_at_stops_no_other(approve):
    later = a_post("_posts/2026-11-22-b.md", title="b", date=NOW + timedelta(days=1))
    run = a_run(A, later, C, schedule={"approve": approve})
    list(publish(run, [A.key], named=True))
    glances = dict(run.source.posts)
    run.source.glance = lambda key, _stamp=None: glances[key]
    run.source.posts |= {key: unreadable(key) for key in (A.key, later.key)}
    assert [line.outcome.post for line in queue(run)] == [A.key, later.key, C.key]


@pytest.mark.parametrize("waits", [True, False])
def test_a_moment_before_the_page_is_built_is_told_beforehand_unless_the_post_waits_for_its_page(waits):
    source = a_run().source
    source.site = replace(source.site, config={"title": "A site"})
    post = a_post(date=NOW, directives=Directives(at=NOW - timedelta(hours=1)))
    policy = replace(a_run().policy, schedule=replace(a_run().policy.schedule, wait_for_page=waits))
    assert ("XP010" in {finding.code for finding in draft_of(source, policy, post).findings}) is not waits


def test_a_post_that_cannot_be_read_fails_with_its_line():
    run = a_run(A)
    run.source.posts = {A.key: unreadable(A.key)}
    (outcome,) = publish(run, [A.key], named=False)
    assert outcome.problem.what == "XP004 the front matter is not valid (line 2)"


def test_a_dry_run_leaves_a_pending_write_back_alone():
    run = a_run(A)
    run.source.refuse = WriteBackRefused(PROBLEM)
    kinds(run)
    run.source.refuse = None
    assert kinds(run, dry_run=True) == {"a": "written-back"}
    assert run.source.posts[A.key].linkedin_url is None


def test_a_lost_answer_is_uncertain_and_never_sent_again_by_itself():
    run = a_run(A, answers=[Unclear(problem=PROBLEM)])
    assert kinds(run) == {"a": "uncertain"}
    run.clock.moment += timedelta(days=1)
    assert kinds(run) == {"a": "uncertain"}
    assert kinds(run, named=True) == {"a": "uncertain"}
    assert len(run.publisher.sent) == 1


@pytest.mark.parametrize("waiting", [False, True])
def test_an_interrupted_send_is_uncertain_and_told_and_the_interruption_goes_on(waiting, caplog):
    run = a_run(A, answers=[Unclear(problem=PROBLEM) if waiting else KeyboardInterrupt()], identical_retry=waiting)
    run.clock.sleep = lambda _seconds: interrupt()
    told = []
    with pytest.raises(KeyboardInterrupt):
        told.extend(publish(run, [A.key], named=False))
    assert entry(run).state is State.UNCERTAIN
    assert [(one.post, one.kind) for one in told] == [(A.key, OutcomeKind.UNCERTAIN)]
    assert f"crosspost resolve {A.key}" in told[0].problem.fix
    assert ("LinkedIn is asked again in 30 seconds" in caplog.text) is waiting


def interrupt():
    raise KeyboardInterrupt


def test_an_interruption_before_the_send_leaves_the_post_free():
    class Interrupted(FakePublisher):
        def prepare(self, draft, author, **options):
            raise KeyboardInterrupt

    run = a_run(A, publisher=Interrupted())
    with pytest.raises(KeyboardInterrupt):
        kinds(run)
    assert entry(run).state is State.RELEASED


def test_what_never_left_is_tried_by_the_next_run_and_this_one_stops():
    run = a_run(A, B, answers=[rejected(Failure.NOT_SENT)])
    assert kinds(run) == {"a": "failed", "b": "waiting"}
    assert kinds(run) == {"a": "published", "b": "published"}


def test_a_refused_post_stops_nothing_but_itself_and_waits_for_a_change():
    run = a_run(A, B, answers=[rejected(Failure.REFUSED)])
    assert kinds(run) == {"a": "failed", "b": "published"}
    assert kinds(run) == {"b": "skipped", "a": "failed"}
    assert len(run.publisher.sent) == 2
    run.source.posts[A.key] = replace(A, body="another text")
    assert kinds(run)["a"] == "published"


def test_a_refused_post_is_tried_again_when_named():
    run = a_run(A, answers=[rejected(Failure.REFUSED)])
    kinds(run)
    assert kinds(run, [A.key], named=True) == {"a": "published"}


def test_denied_access_stops_the_run_and_says_that_it_is_the_token():
    run = a_run(A, B, answers=[rejected(Failure.DENIED, credentials=True)])
    outcomes = list(publish(run, [A.key, B.key], named=False))
    assert [(outcome.kind.value, outcome.credentials) for outcome in outcomes] == [("failed", True), ("waiting", False)]


def test_a_limit_of_linkedin_stops_the_run_and_is_remembered():
    run = a_run(A, B, answers=[rejected(Failure.THROTTLED, retry_at=NOW + timedelta(hours=2))])
    assert kinds(run) == {"a": "waiting", "b": "waiting"}
    run.clock.moment += timedelta(hours=1)
    assert kinds(run, [A.key]) == {"a": "waiting"}
    run.clock.moment += timedelta(hours=1)
    assert kinds(run, [A.key]) == {"a": "published"}


def test_without_a_known_author_nothing_is_claimed():
    run = a_run(A, B, publisher=FakePublisher(who=rejected(Failure.DENIED, credentials=True)))
    assert kinds(run) == {"a": "failed", "b": "waiting"}
    assert entry(run) is None


def test_trouble_that_does_not_end_stops_the_run():
    posts = [a_post(f"_posts/2026-11-22-{name}.md", title=name) for name in "abcde"]
    run = a_run(*posts, answers=[Unclear(problem=PROBLEM)] * 5)
    assert list(kinds(run).values()) == ["uncertain"] * UNCLEAR_IN_A_ROW + ["waiting"] * 2


def test_one_lost_answer_does_not_stop_the_next_post():
    run = a_run(A, B, answers=[Unclear(problem=PROBLEM)])
    assert kinds(run) == {"a": "uncertain", "b": "published"}


def test_what_a_dead_run_was_sending_is_uncertain_at_once():
    """Its lease is not over, but its process is gone: nobody will record the answer."""
    run = a_run(A, ledger=MemoryLedger(alive=lambda owner: owner != "host/dead"))
    claim = run.ledger.claim(
        run.key(A.key), author="x", text_digest="y", owner="host/dead", now=NOW, lease=timedelta(hours=9)
    )
    run.ledger.mark_sending(claim, request_digest="z", now=NOW, lease=timedelta(hours=9))
    assert kinds(run) == {"a": "uncertain"}
    assert (entry(run).state, run.publisher.sent) == (State.UNCERTAIN, [])


def test_a_receipt_without_an_address_is_published_and_asks_for_it():
    run = a_run(A, answers=[Receipt(urn=None, url=None)])
    (outcome,) = publish(run, [A.key], named=False)
    assert (outcome.kind, outcome.url) == (OutcomeKind.PUBLISHED, None)
    assert f"crosspost resolve {A.key} --url URL" in outcome.problem.fix
    assert kinds(run) == {"a": "skipped"}


def test_a_file_that_could_not_be_updated_is_updated_by_the_next_run():
    run = a_run(A)
    run.source.refuse = WriteBackRefused(PROBLEM)
    (outcome,) = publish(run, [A.key], named=False)
    assert (outcome.kind, outcome.url, outcome.problem) == (OutcomeKind.PUBLISHED, receipt().url, PROBLEM)
    assert kinds(run) == {"a": "failed"}
    run.source.refuse = None
    assert kinds(run) == {"a": "written-back"}
    assert run.source.posts[A.key].linkedin_url == receipt().url
    assert kinds(run) == {"a": "skipped"}
    assert len(run.publisher.sent) == 1


def test_a_renamed_post_is_not_sent_again_and_its_new_file_learns_the_address():
    run = a_run(A)
    run.source.refuse = WriteBackRefused(PROBLEM)
    kinds(run)
    renamed = replace(A, key="_posts/2026-11-22-b.md")
    moved = replace(run, source=FakeSource({renamed.key: renamed}))
    assert kinds(moved) == {"b": "written-back"}
    assert moved.source.posts[renamed.key].linkedin_url == receipt().url
    assert len(run.publisher.sent) == 1


def test_the_twin_of_an_uncertain_post_is_uncertain_too():
    run = a_run(A, replace(A, key=B.key), answers=[Unclear(problem=PROBLEM)])
    assert kinds(run) == {"a": "uncertain", "b": "uncertain"}
    assert len(run.publisher.sent) == 1


def test_an_edited_post_is_not_sent_again():
    run = a_run(A)
    kinds(run)
    run.source.posts[A.key] = replace(A, body="edited", linkedin_url=None)
    assert kinds(run) == {"a": "skipped"}
    assert kinds(run, [A.key], named=True) == {"a": "skipped"}


def test_a_post_that_cannot_be_read_stops_nothing_but_itself():
    run = a_run(A)
    run.source.posts = {B.key: unreadable(B.key), C.key: None, A.key: A}
    assert kinds(run) == {"b": "failed", "c": "skipped", "a": "published"}


def test_a_draft_with_an_error_is_not_sent():
    run = a_run(a_post(A.key, title=None, body="", canonical_url=None))
    (outcome,) = publish(run, [A.key], named=False)
    assert outcome.kind is OutcomeKind.FAILED
    assert outcome.problem.what.startswith("XP303")
    assert run.publisher.sent == []


def test_a_post_whose_file_could_not_learn_the_address_is_not_sent():
    """On a machine that forgets its ledger it would go out again and again."""
    run = a_run(A)
    run.source.obstacle = PROBLEM
    (outcome,) = publish(run, [A.key], named=False)
    assert (outcome.kind, run.publisher.sent) == (OutcomeKind.FAILED, [])
    assert outcome.problem.what.startswith("XP009 it went wrong")
    run.source.obstacle, run.source.barrier = None, PROBLEM
    assert kinds(run, dry_run=True) == {"a": "would-publish"}
    assert kinds(run) == {"a": "failed"}
    assert run.publisher.sent == []


@pytest.mark.parametrize("seen_in_file", [True, False])
def test_a_post_that_another_run_has_published_since_is_no_failure(seen_in_file):
    run = a_run(A)
    other = a_run(A, ledger=run.ledger)

    def look(key, policy):
        """The other run is done just before the file is looked at for a place for the address."""
        if not other.publisher.sent:
            assert kinds(other) == {"a": "published"}
        return PROBLEM if seen_in_file else None

    run.source.write_back_obstacle = look
    (outcome,) = publish(run, [A.key], named=False)
    assert (outcome.kind, outcome.reason) == (OutcomeKind.SKIPPED, "another run has published it")
    assert (outcome.url, outcome.problem) == (receipt().url, None)
    assert run.publisher.sent == []


def test_a_claim_that_was_taken_over_before_the_send_sends_nothing():
    run = a_run(A)
    prepare = run.publisher.prepare

    def slow(draft, author, **options):
        later = NOW + timedelta(hours=1)
        taken = run.ledger.claim(
            run.key(A.key), author=author, text_digest="x", owner="other/2", now=later, lease=timedelta(hours=2)
        )
        assert not isinstance(taken, Held)
        return prepare(draft, author, **options)

    run.publisher.prepare = slow
    assert kinds(run) == {"a": "waiting"}
    assert run.publisher.sent == []


def test_the_limit_counts_what_was_sent():
    run = a_run(A, B, C)
    assert list(kinds(run, limit=1).values()) == ["published", "waiting", "waiting"]
    assert list(kinds(run, limit=0).values()).count("published") == 0


def test_the_daily_limit_counts_earlier_runs_and_ends_at_midnight_of_the_site():
    run = a_run(A, B, C, schedule={"max_per_day": 2})
    assert list(kinds(run, limit=1).values()).count("published") == 1
    assert list(kinds(run).values()).count("published") == 1
    assert list(kinds(run).values()).count("published") == 0
    run.clock.moment += timedelta(days=1)
    assert list(kinds(run).values()).count("published") == 1


def test_named_posts_are_not_held_by_the_daily_limit():
    run = a_run(A, B, schedule={"max_per_day": 1})
    assert set(kinds(run, named=True).values()) == {"published"}


def test_nothing_is_sent_without_the_yes_that_was_asked_for():
    run, asked = a_run(A, B), []
    assert set(kinds(run, confirm=lambda count: bool(asked.append(count))).values()) == {"waiting"}
    assert (asked, run.publisher.sent) == ([2], [])


def test_a_first_run_without_baseline_publishes_nothing_old():
    run = a_run(A, schedule={"since": None})
    assert kinds(run) == {"a": "skipped"}
    fresh = a_post(B.key, date=NOW + timedelta(minutes=1))
    run.source.posts[B.key] = fresh
    run.clock.moment += timedelta(hours=1)
    assert kinds(run) == {"a": "skipped", "b": "published"}


def test_looking_does_not_set_the_baseline():
    run = a_run(A, schedule={"since": None})
    kinds(run, dry_run=True)
    list(queue(run))
    assert run.ledger.recorded_baseline(run.site) is None


def test_the_queue_says_what_publish_would_do_and_changes_nothing():
    waiting = a_post(B.key, date=NOW + timedelta(days=1))
    missed = a_post(C.key, date=NOW - timedelta(days=9))
    run = a_run(A, waiting, missed, answers=[Unclear(problem=PROBLEM)])
    before = {
        line.outcome.post[-4:-3]: (line.outcome.kind.value, line.state, line.due, line.attempts) for line in queue(run)
    }
    assert before["a"] == ("would-publish", None, A.date, 0)
    assert before["b"] == ("waiting", None, NOW + timedelta(days=1), 0)
    assert before["c"][0] == "missed"
    assert (run.publisher.sent, entry(run)) == ([], None)
    kinds(run)
    after = {line.outcome.post[-4:-3]: (line.outcome.kind.value, line.state, line.attempts) for line in queue(run)}
    assert after["a"] == ("uncertain", State.UNCERTAIN, 1)


@pytest.mark.parametrize("failure", [Failure.DENIED, Failure.NOT_SENT])
def test_the_queue_says_of_a_post_that_is_tried_again_why_it_did_not_go_out(failure):
    run = a_run(A, answers=[rejected(failure)])
    kinds(run)
    (line,) = queue(run)
    assert (line.outcome.kind, line.state) == (OutcomeKind.WOULD_PUBLISH, State.FAILED)
    assert line.outcome.reason == "the attempt of 2026-11-22 09:00 UTC failed: it went wrong; see: crosspost doctor"


def test_the_queue_does_not_blame_the_machine_for_a_text_that_was_refused_and_has_changed():
    run = a_run(A, answers=[rejected(Failure.REFUSED)])
    kinds(run)
    run.source.posts[A.key] = replace(A, body="Another text.\n")
    (line,) = queue(run)
    assert (line.outcome.kind, line.outcome.reason) == (OutcomeKind.WOULD_PUBLISH, None)


@pytest.mark.parametrize("gone", [True, False])
def test_an_attempt_that_nobody_knows_about_is_told_where_its_file_is_gone_or_a_draft_now(gone):
    run = a_run(A, B, answers=[Unclear(problem=PROBLEM)])
    kinds(run, [A.key])
    run.source.posts = {B.key: B} if gone else {A.key: None, B.key: B}
    assert {line.outcome.post[-4:-3]: line.outcome.kind for line in queue(run)}["a"] is OutcomeKind.UNCERTAIN
    (told,) = (one for one in publish(run, list(run.source.posts), named=False) if one.post == A.key)
    assert (told.kind, f"crosspost resolve {A.key}" in told.problem.fix) == (OutcomeKind.UNCERTAIN, True)
    assert ("its file is gone" in told.reason) is gone
    assert A.key not in {one.post for one in publish(run, [B.key], named=True)}


def test_an_author_who_forbids_it_is_obeyed_even_when_the_post_is_named():
    run = a_run(replace(A, directives=Directives(publish=False)))
    assert kinds(run, named=True) == {"a": "skipped"}


class TakesNoReceipt(MemoryLedger):
    """The disk is full, or the remote is down, once the post is out."""

    def settle(self, claim, receipt, now):
        raise LedgerError(replace(PROBLEM, linkedin_has=f"LinkedIn has the post: {receipt.url}"))


def test_a_receipt_that_cannot_be_recorded_goes_into_the_file_and_ends_the_run():
    run = a_run(A, B, ledger=TakesNoReceipt(alive=lambda _: True), repository=FakeRepository())
    outcomes = []
    with pytest.raises(LedgerError, match=receipt().url):
        outcomes.extend(publish(run, [A.key, B.key], named=False))
    assert len(run.publisher.sent) == 1
    assert run.source.posts[A.key].linkedin_url == receipt().url
    assert (entry(run).state, entry(run, B)) == (State.SENDING, None)
    assert run.repository.written == [{A.key: receipt().url}]
    run.clock.moment += timedelta(days=1)
    run.source.posts[A.key] = A  # the file was thrown away with its machine
    assert kinds(run, [A.key]) == {"a": "uncertain"}
    assert len(run.publisher.sent) == 1
