"""Sending again: only when a person names the post and says why; a rename and an edit never send again."""

import pytest

from crosspost.bootstrap import Workshop
from crosspost.cli import publish as command
from crosspost.credentials import NoPrompt

REASON = "the first one was deleted by mistake"


@pytest.fixture
def posted(site, sandbox):
    """A post that is published; its author has taken the address out of the file again."""
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    before = path.read_bytes()
    site.run("publish")
    path.write_bytes(before)
    return path


@pytest.fixture
def forgetful(sandbox, monkeypatch):
    """A LinkedIn that has forgotten the first post: its window for duplicates is over."""
    posts = sandbox._world.posts
    monkeypatch.setattr(posts, "_window", posts._window * 0)


def history_of(site, path):
    run = Workshop.open(site.folder, NoPrompt()).run("default")
    return [(step.after.value, step.reason) for step in run.ledger.history(run.key(f"_posts/{path.name}"))]


def test_without_force_a_published_post_is_not_sent_again_whatever_its_file_says(site, sandbox, posted):
    assert site.run("publish", str(posted), "--json").lines[0]["outcome"] == "skipped"
    assert len(sandbox.posts) == 1


def test_a_forced_post_is_sent_once_more_and_history_says_why(site, sandbox, posted, forgetful):
    result = site.run("publish", str(posted), "--force", REASON, "--json")
    assert (result.code, result.lines[0]["outcome"]) == (0, "published")
    assert len(sandbox.posts) == 2
    assert sandbox.posts[1].urn in posted.read_text()
    assert ("released", f"forced: {REASON}") in history_of(site, posted)


def test_after_it_nothing_goes_out_by_itself(site, sandbox, posted, forgetful):
    site.run("publish", str(posted), "--force", REASON)
    site.run("publish")
    site.run("publish", str(posted))
    assert len(sandbox.posts) == 2


@pytest.mark.parametrize("arguments", [["--force", REASON], ["--force", REASON, "--due"], ["--force"]])
def test_force_wants_a_post_by_name(site, sandbox, posted, arguments):
    assert site.run("publish", *arguments).code == 2
    assert len(sandbox.posts) == 1


def test_two_posts_are_not_forced_at_once(site, sandbox, posted):
    assert site.run("publish", str(posted), str(posted), "--force", REASON).code == 2


@pytest.mark.parametrize("reason", [["--force"], ["--force", " "]])
def test_without_a_terminal_the_reason_has_to_be_given(site, sandbox, posted, reason):
    result = site.run("publish", str(posted), *reason)
    assert result.code == 2
    assert "reason" in result.err
    assert len(sandbox.posts) == 1


@pytest.mark.parametrize(("answer", "posts"), [(REASON, 2), ("", 1)])
@pytest.mark.usefixtures("forgetful")
def test_on_a_terminal_the_reason_is_asked_for(site, posted, monkeypatch, answer, posts):
    monkeypatch.setattr(command, "is_interactive", lambda: True)
    monkeypatch.setattr(command, "ask", lambda _question: answer)
    result = site.run("publish", str(posted), "--force", "--json")
    assert len(result.lines) == posts - 1


def test_an_address_in_the_file_has_to_go_first(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    site.run("publish")
    before = path.read_bytes()
    result = site.run("publish", str(path), "--force", REASON)
    assert result.code == 2
    assert "take that address out of the file" in result.err
    assert (path.read_bytes(), len(sandbox.posts)) == (before, 1)


def test_an_uncertain_post_may_be_forced_too(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    sandbox.fault("drop-before-commit")
    assert site.run("publish").code == 4
    assert site.run("publish", str(path), "--force", REASON).code == 0
    assert len(sandbox.posts) == 1


# --- renamed, edited


def renamed(path):
    return path.rename(path.with_name(path.name.replace("hello", "renamed")))


def test_a_renamed_post_is_held_by_its_text_and_its_file_learns_the_address(site, sandbox, posted):
    new = renamed(posted)
    result = site.run("publish", "--json")
    assert [line["outcome"] for line in result.lines] == ["written-back"]
    assert sandbox.posts[0].urn in new.read_text()
    assert len(sandbox.posts) == 1


def test_a_renamed_and_edited_post_is_held_by_the_address_in_its_file(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    site.run("publish")
    new = renamed(path)
    new.write_text(new.read_text().replace("Text.", "Quite another text."))
    assert [line["outcome"] for line in site.run("publish", "--json").lines] == ["skipped"]
    assert site.run("publish", str(new), "--json").lines[0]["outcome"] == "skipped"
    assert len(sandbox.posts) == 1


def test_an_edited_post_is_never_sent_again(site, sandbox, posted):
    posted.write_text(posted.read_text().replace("Text.", "Quite another text."))
    assert site.run("publish", str(posted), "--json").lines[0]["outcome"] in {"skipped", "written-back"}
    assert site.run("publish").code == 0
    assert len(sandbox.posts) == 1


def test_a_renamed_post_that_may_have_arrived_is_not_sent_under_its_new_name(site, sandbox):
    site.point_to(sandbox)
    path = site.post("hello", "Text.")
    sandbox.fault("drop-after-commit")
    site.run("publish")
    new = renamed(path)
    result = site.run("publish", str(new), "--json")
    assert (result.code, result.lines[0]["outcome"]) == (4, "uncertain")
    assert len(sandbox.posts) == 1


def test_another_post_with_another_text_goes_out_although_a_file_is_gone(site, sandbox, posted):
    posted.unlink()
    site.post("other", "Another text.")
    assert site.run("publish", "--json").lines[0]["outcome"] == "published"
