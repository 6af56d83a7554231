"""A person in the loop: what was approved goes out, what was changed afterwards waits again."""

from dataclasses import replace

import pytest

from crosspost.model import Directives, Draft, Outcome, OutcomeKind
from crosspost.pipeline.approval import approve, withdraw
from crosspost.pipeline.publish import publish
from crosspost.pipeline.queue import queue
from crosspost.policy import Slot
from doubles import NOW, a_post, a_run, unreadable

A, B = (a_post(f"_posts/2026-11-22-{name}.md", title=name) for name in "ab")


@pytest.fixture
def run():
    return a_run(A, schedule={"approve": True})


def kinds(run, **options):
    return {one.post[-4:-3]: one.kind.value for one in publish(run, list(run.source.keys()), named=False, **options)}


def test_a_post_waits_until_it_is_approved_and_the_outcome_says_how(run):
    (waiting,) = publish(run, [A.key], named=False)
    assert (waiting.kind, waiting.reason) == (
        OutcomeKind.WAITING,
        f"waits for approval: crosspost approve {A.key}",
    )
    assert kinds(run, dry_run=True) == {"a": "waiting"}
    assert isinstance(approve(run, A.key), Draft)
    assert kinds(run) == {"a": "published"}


@pytest.mark.parametrize(
    "change", [{"body": "another text"}, {"directives": Directives(visibility="CONNECTIONS")}, {"title": "Another"}]
)
def test_what_a_reader_would_see_differently_needs_a_new_approval(run, change):
    approve(run, A.key)
    run.source.posts[A.key] = replace(A, **change)
    (waiting,) = publish(run, [A.key], named=False)
    assert waiting.reason == f"changed since it was approved: crosspost approve {A.key}"
    approve(run, A.key)
    assert kinds(run) == {"a": "published"}


def test_what_no_reader_sees_needs_none(run):
    approve(run, A.key)
    run.source.posts[A.key] = replace(A, body_line=9)
    assert kinds(run) == {"a": "published"}


def test_an_approval_may_be_taken_back(run):
    approve(run, A.key)
    assert withdraw(run, A.key)
    assert not withdraw(run, A.key)
    assert kinds(run) == {"a": "waiting"}


def test_who_names_a_post_approves_it(run):
    (outcome,) = publish(run, [A.key], named=True)
    assert outcome.kind is OutcomeKind.PUBLISHED


def test_an_account_has_its_own_approval(run):
    company = replace(run, policy=replace(run.policy, name="company"))
    approve(run, A.key)
    (waiting,) = publish(company, [A.key], named=False)
    assert waiting.reason.endswith(f"crosspost approve --account company {A.key}")


def test_what_cannot_be_sent_cannot_be_approved(run):
    run.source.posts = {A.key: unreadable(A.key), B.key: replace(B, title=None, body="", canonical_url=None)}
    for key in (A.key, B.key):
        found = approve(run, key)
        assert isinstance(found, Outcome)
        assert found.kind is OutcomeKind.FAILED


def test_status_expects_only_what_is_approved():
    slots = {"when": "slots", "slots": (Slot(1, 9, 40),), "approve": True}
    run = a_run(A, B, schedule=slots)
    approve(run, B.key)
    lines = {line.outcome.post: line for line in queue(run)}
    assert lines[A.key].expected is None
    assert "waits for approval" in lines[A.key].outcome.reason
    assert lines[B.key].expected > NOW


def test_a_post_without_approval_leaves_the_slot_to_the_next_one():
    run = a_run(A, B, schedule={"when": "slots", "slots": (Slot(6, 9, 30),), "approve": True})
    kinds(run)
    approve(run, B.key)
    run.clock.moment = NOW.replace(minute=30)
    assert kinds(run) == {"a": "waiting", "b": "published"}
