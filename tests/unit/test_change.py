"""Edit and delete what LinkedIn has: LinkedIn first, then the ledger, then the file, and twice comes to the same."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crosspost.errors import Problem, WriteBackRefused
from crosspost.model import Directives, Failure, File, Picture, Rejected, State, Unclear
from crosspost.pipeline.change import delete, edit
from crosspost.pipeline.publish import publish
from crosspost.pipeline.queue import queue
from doubles import AUTHOR, NOW, FakeSource, a_post, a_run, receipt, unreadable

A, B = (a_post(f"_posts/2026-11-22-{name}.md", title=name) for name in "ab")
PROBLEM = Problem(what="it went wrong", fix="mend it")


def published(*posts, **parts):
    run = a_run(*(posts or (A,)), **parts)
    list(publish(run, list(run.source.keys()), named=False))
    return run


def entry(run, post=A):
    return run.ledger.get(run.key(post.key))


def rewritten(run, body="A new text.", post=A):
    run.source.posts[post.key] = replace(run.source.posts[post.key], body=body)


def test_an_edit_gives_linkedin_the_new_text_once():
    run = published()
    before = entry(run)
    rewritten(run)
    run.clock.moment += timedelta(hours=1)
    assert edit(run, A.key).kind == "edited"
    ((_, urn, text),) = run.publisher.changed
    assert (urn, "A new text." in text) == (receipt().urn, True)
    assert entry(run).text_digest != before.text_digest
    assert (entry(run).edited_at, entry(run).state) == (run.clock.moment, State.PUBLISHED)
    assert edit(run, A.key).kind == "skipped"
    assert len(run.publisher.changed) == 1


def test_an_edit_counts_against_the_day():
    run = published()
    rewritten(run)
    edit(run, A.key)
    assert run.ledger.spent(AUTHOR, NOW.date()) == 2


@pytest.mark.parametrize(
    "answer", [Unclear(problem=PROBLEM), Rejected(failure=Failure.REFUSED, problem=PROBLEM)], ids=["unclear", "refused"]
)
def test_an_edit_that_linkedin_did_not_make_changes_nothing_here(answer):
    run = published()
    before = entry(run)
    rewritten(run)
    run.publisher.changes = [answer]
    assert edit(run, A.key).kind == "failed"
    assert entry(run) == before
    assert edit(run, A.key).kind == "edited"


def test_an_edit_to_a_text_that_another_post_has_is_told():
    same = {"body": "The very same.", "title": "Same", "canonical_url": None}
    run = published(replace(A, **same), B)
    run.source.posts[B.key] = replace(run.source.posts[B.key], **same)
    outcome = edit(run, B.key)
    assert (outcome.kind, "this very text" in outcome.reason) == ("failed", True)


def test_a_text_with_errors_is_not_sent():
    run = published()
    rewritten(run, "{% unclosed")
    outcome = edit(run, A.key)
    assert (outcome.kind, outcome.problem.linkedin_has) == ("failed", "the post is as it was")
    assert run.publisher.changed == []


@pytest.mark.parametrize("command", [edit, lambda run, key: delete(run, key, reason="r")], ids=["edit", "delete"])
def test_what_crosspost_did_not_publish_is_left_alone(command):
    run = a_run(A, answers=[Unclear(problem=PROBLEM)])
    told = command(run, A.key)
    assert "has not published" in told.reason
    assert "an address that a sandbox gave" in told.problem.fix
    list(publish(run, [A.key], named=False))
    assert "not known" in command(run, A.key).reason
    assert run.publisher.changed == []


def renamed():
    """A published post whose file has another name now, with the address that crosspost wrote."""
    run = published()
    run.source.posts = {B.key: replace(run.source.posts[A.key], key=B.key)}
    return run


def test_a_post_whose_file_has_another_name_now_is_edited_under_it():
    run = renamed()
    rewritten(run, post=B)
    outcome = edit(run, B.key)
    assert (outcome.kind, outcome.post, outcome.url) == ("edited", B.key, receipt().url)
    assert [urn for _, urn, _ in run.publisher.changed] == [receipt().urn]
    assert edit(run, B.key).kind == "skipped"


def test_a_post_whose_file_has_another_name_now_is_deleted_by_its_former_one_and_stays_deleted():
    run = renamed()
    problem = delete(run, B.key, reason="r").problem
    assert (run.publisher.changed, f"crosspost delete {A.key}" in problem.fix) == ([], True)
    run.source.posts[A.key] = unreadable(A.key)
    assert delete(run, A.key, reason="r").kind == "deleted"
    assert [one.kind for one in publish(run, [B.key], named=False)] == ["skipped"]
    assert len(run.publisher.sent) == 1


def test_a_copy_of_a_published_post_does_not_change_what_linkedin_has():
    run = renamed()
    run.source.posts[A.key] = A
    rewritten(run, post=B)
    assert (edit(run, B.key).kind, run.publisher.changed) == ("failed", [])


def test_a_deletion_is_recorded_with_its_reason_and_the_file_follows():
    run = published()
    assert delete(run, A.key, reason="wrong picture").kind == "deleted"
    assert run.publisher.changed == [("delete", receipt().urn)]
    assert (entry(run).state, entry(run).reason) == (State.DELETED, "wrong picture")
    assert run.source.posts[A.key].linkedin_url is None


def test_a_deleted_post_does_not_come_back_by_itself():
    run = published()
    delete(run, A.key, reason="r")
    run.clock.moment += timedelta(hours=1)
    for named in (False, True):
        (outcome,) = publish(run, [A.key], named=named)
        assert (outcome.kind, "deleted from LinkedIn" in outcome.reason) == ("skipped", True)
        assert (f"crosspost publish {A.key} --force REASON" in outcome.reason) is named
    assert len(run.publisher.sent) == 1


def test_a_deletion_that_stopped_before_the_file_is_finished_by_the_same_command():
    run = published()
    run.source.refuse = WriteBackRefused(PROBLEM)
    assert delete(run, A.key, reason="r").problem == PROBLEM
    run.source.refuse = None
    assert delete(run, A.key, reason="r").problem is None
    assert (run.source.posts[A.key].linkedin_url, len(run.publisher.changed)) == (None, 1)


def test_a_deletion_that_linkedin_refused_changes_nothing_here():
    run = published()
    before = entry(run)
    run.publisher.changes = [Rejected(failure=Failure.DENIED, problem=PROBLEM, credentials=True)]
    outcome = delete(run, A.key, reason="r")
    assert (outcome.kind, outcome.credentials) == ("failed", True)
    assert (entry(run), run.source.posts[A.key].linkedin_url) == (before, receipt().url)


def test_an_address_that_crosspost_did_not_write_is_told(monkeypatch):
    run = published()
    monkeypatch.setattr(type(run.source), "take_back", lambda *_: False)
    outcome = delete(run, A.key, reason="r")
    assert (outcome.kind, "by hand" in outcome.problem.fix) == ("deleted", True)


def test_a_post_whose_file_is_gone_can_be_deleted():
    run = published()
    run.source.posts[A.key] = unreadable(A.key)
    assert delete(run, A.key, reason="r").kind == "deleted"
    assert entry(run).state is State.DELETED


def test_the_queue_looks_at_no_file_beside_a_post_that_has_not_changed(monkeypatch):
    pictured = replace(A, directives=Directives(images=(Picture(source="a.jpg", alt="A"),)))
    file = File(kind="image", media_type="image/jpeg", size=1, digest="0" * 64, width=1, height=1)
    run = published(pictured, B, source=FakeSource({A.key: pictured, B.key: B}, files={"a.jpg": file}))
    looked, look = [], run.source.look
    monkeypatch.setattr(type(run.source), "look", lambda _, key, picture: looked.append(key) or look(key, picture))
    assert not any("changed since" in line.outcome.reason for line in queue(run))
    assert looked == []
    rewritten(run)
    assert any("changed since" in line.outcome.reason for line in queue(run))
    assert looked == [A.key]


def test_the_queue_says_which_posts_have_changed_since():
    run = published(A, B)
    assert not any("changed since" in line.outcome.reason for line in queue(run))
    rewritten(run)
    told = {line.outcome.post: line.outcome.reason for line in queue(run)}
    assert f"crosspost edit {A.key}" in told[A.key]
    assert "changed since" not in told[B.key]
