"""The repository is asked before anything is sent, gets one commit a run, and what it did not take is tried again."""

from datetime import timedelta

import pytest

from crosspost.errors import Problem, WriteBackRefused
from crosspost.model import Unclear
from crosspost.pipeline.publish import publish
from doubles import NOW, FakeRepository, a_post, a_run, receipt

A, B = (
    a_post(f"_posts/2026-11-22-{name}.md", title=name, date=NOW - timedelta(hours=age))
    for name, age in (("a", 2), ("b", 1))
)
PROBLEM = Problem(what="a merge is in progress", fix="finish it")


def outcomes(run, **options):
    return [outcome.kind.value for outcome in publish(run, [A.key, B.key], named=False, **options)]


def written_back(run, post=A):
    return run.ledger.get(run.key(post.key)).written_back_at


def test_all_addresses_of_a_run_go_into_one_commit_and_are_then_recorded():
    run, told = a_run(A, B, repository=FakeRepository()), []
    assert outcomes(run, recorded=told.append) == ["published", "published"]
    assert run.repository.written == [{A.key: receipt(1).url, B.key: receipt(2).url}]
    assert (written_back(run), [recorded.commit for recorded in told]) == (NOW, ["c0ffee"])
    assert outcomes(run) == ["skipped", "skipped"]
    assert len(run.repository.written) == 1


def test_nothing_is_sent_while_something_is_in_the_way_of_the_commit():
    run = a_run(A, B, repository=FakeRepository(problem=PROBLEM))
    told = list(publish(run, [A.key, B.key], named=False))
    assert [(outcome.kind.value, outcome.reason) for outcome in told] == [
        ("failed", PROBLEM.what),
        ("waiting", PROBLEM.what),
    ]
    assert (run.publisher.sent, run.repository.written, run.ledger.get(run.key(A.key))) == ([], [], None)


def test_the_repository_is_not_asked_where_nothing_would_be_sent():
    run = a_run(repository=FakeRepository())
    assert list(publish(run, [], named=False)) == []
    run = a_run(A, B, repository=FakeRepository())
    outcomes(run, dry_run=True)
    assert (run.repository.asked, run.repository.written) == ([], [])


def test_what_the_repository_did_not_take_is_given_to_it_again_by_the_next_run():
    run = a_run(A, repository=FakeRepository(refuse=PROBLEM))
    assert list(outcomes_of(run)) == ["published"]
    assert written_back(run) is None
    run.repository.refuse = None
    assert list(outcomes_of(run)) == ["written-back"]
    assert run.repository.written == [{A.key: receipt().url}] * 2
    assert (written_back(run), len(run.publisher.sent)) == (NOW, 1)


def outcomes_of(run):
    return (outcome.kind.value for outcome in publish(run, [A.key], named=False))


def test_a_run_that_ends_before_the_commit_is_made_good_by_the_next_one():
    run = a_run(A, B, answers=[receipt(), KeyboardInterrupt()], repository=FakeRepository())
    with pytest.raises(KeyboardInterrupt):
        outcomes(run)
    assert (run.repository.written, written_back(run)) == ([], None)
    outcomes(run)
    assert run.repository.written == [{A.key: receipt().url}]


def test_only_addresses_that_are_in_files_are_committed():
    run = a_run(A, B, answers=[Unclear(problem=PROBLEM)], repository=FakeRepository())
    run.source.refuse = WriteBackRefused(PROBLEM)
    assert outcomes(run) == ["uncertain", "published"]
    assert run.repository.written == []


def test_without_a_repository_the_file_is_enough():
    run = a_run(A)
    list(outcomes_of(run))
    assert written_back(run) == NOW
