"""`crosspost edit` and `crosspost delete` as a user meets them, against the sandbox."""

import httpx
import pytest

TOKEN = "AQ-marked-token"  # as the fixtures have it


@pytest.fixture
def path(site, sandbox):
    site.point_to(sandbox)
    return site.post("hello", "A first text (short).\n\n[Check this post in LinkedIn](link)\n")


def rewrite(path):
    path.write_bytes(path.read_bytes().replace(b"A first text (short)", b"A second text [longer]"))


def test_an_edited_file_is_told_and_its_copy_brought_up_to_date(site, sandbox, path):
    site.run("publish")
    assert "changed since" not in site.run("status").out
    rewrite(path)
    assert "changed since: crosspost edit _posts/" in site.run("status").out
    result = site.run("edit", str(path), "--json")
    (post,) = sandbox.posts
    assert (result.code, result.lines[0]["outcome"], result.lines[0]["urn"]) == (0, "edited", post.urn)
    assert "A second text [longer]." in post.rendered
    assert not post.truncated
    assert "changed since" not in site.run("status").out
    assert site.run("edit", str(path), "--json").lines[0]["outcome"] == "skipped"
    assert site.run("publish", "--json").lines[0]["outcome"] == "skipped"
    assert len(sandbox.posts) == 1


def test_a_deleted_copy_leaves_the_file_as_it_was_before_publishing(site, sandbox, path):
    before = path.read_bytes()
    site.run("publish")
    result = site.run("delete", str(path), "--yes", "--reason", "wrong picture", "--json")
    assert (result.code, result.lines[0]["outcome"]) == (0, "deleted")
    assert [post for post in sandbox.posts if post.is_there] == []
    assert path.read_bytes() == before
    for command in (("publish",), ("publish", str(path))):
        assert site.run(*command, "--json").lines[0]["outcome"] == "skipped"
    assert site.run("delete", str(path), "--yes").code == 0


def test_nothing_is_deleted_without_a_yes(site, sandbox, path):
    site.run("publish")
    result = site.run("delete", str(path))
    assert (result.code, "--yes" in result.err) == (2, True)
    assert len(sandbox.posts) == 1


@pytest.mark.parametrize("command", [["edit"], ["delete", "--yes"]], ids=["edit", "delete"])
@pytest.mark.parametrize("fault", ["drop-before-commit", "drop-after-commit", "500", "503", "504-after-commit"])
def test_a_lost_answer_to_a_change_is_asked_for_again(site, sandbox, path, command, fault):
    site.run("publish")
    rewrite(path)
    method = "POST" if command == ["edit"] else "DELETE"
    sandbox.fault(fault, on=f"{method} /rest/posts/{{urn}}")
    assert site.run(*command, str(path)).code == 0
    assert len([post for post in sandbox.posts if post.is_there]) == (1 if command == ["edit"] else 0)


@pytest.mark.parametrize("command", [["edit"], ["delete", "--yes"]], ids=["edit", "delete"])
def test_a_post_that_was_never_published_is_left_alone(site, sandbox, path, command):
    before = path.read_bytes()
    result = site.run(*command, str(path))
    assert (result.code, "has not published" in result.out) == (1, True)
    assert (path.read_bytes(), sandbox.requests) == (before, ())


def test_a_copy_that_somebody_deleted_on_linkedin_is_told(site, sandbox, path):
    site.run("publish")
    client = {"Authorization": f"Bearer {TOKEN}", "LinkedIn-Version": "202609", "X-Restli-Protocol-Version": "2.0.0"}
    there = f"{sandbox.url}/rest/posts/{sandbox.posts[0].urn.replace(':', '%3A')}"
    assert httpx.delete(there, headers=client).status_code == 204
    rewrite(path)
    result = site.run("edit", str(path))
    assert (result.code, "crosspost delete" in result.out) == (1, True)
    assert site.run("delete", str(path), "--yes").code == 0
    assert "linkedin_url" not in path.read_text()


@pytest.mark.parametrize("command", [["edit"], ["delete", "--yes"]], ids=["edit", "delete"])
def test_a_change_that_linkedin_puts_off_is_not_done_and_says_so(site, sandbox, path, command):
    site.run("publish")
    rewrite(path)
    sandbox.fault("429", on=f"{'POST' if command == ['edit'] else 'DELETE'} /rest/posts/{{urn}}")
    result = site.run(*command, str(path), "--json")
    assert (result.code, result.lines[0]["outcome"]) == (1, "failed")
    assert "not before" in result.lines[0]["reason"]


def test_an_edit_of_what_was_deleted_says_that(site, sandbox, path):
    site.run("publish")
    site.run("delete", str(path), "--yes")
    result = site.run("edit", str(path))
    assert (result.code, "deleted from LinkedIn" in result.out, "--force" in result.out) == (1, True, True)
