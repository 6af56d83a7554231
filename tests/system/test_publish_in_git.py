"""`writeback.git` as a user meets it: the command, real repositories, the sandbox."""

import pytest

from repositories import Repository, a_remote


@pytest.fixture
def home(site, sandbox, tmp_path_factory):
    """The site in a repository with a remote, and one post that is due."""
    site.point_to(sandbox)
    site.post("hello", "Text.")
    home = Repository(site.folder)
    home.git("init", "--quiet", "--initial-branch=main")
    home.commit("first")
    return home


@pytest.fixture
def remote(home, tmp_path_factory):
    return a_remote(tmp_path_factory.mktemp("remote") / "blog.git", home)


def choose(site, mode):
    site.monkeypatch.setenv("CROSSPOST_WRITEBACK__GIT", mode)


def test_a_published_post_is_committed_and_a_second_run_commits_nothing(site, sandbox, home):
    choose(site, "commit")
    result = site.run("publish", "--json")
    (post,) = sandbox.posts
    assert (result.code, len(result.lines), result.lines[0]["outcome"]) == (0, 1, "published")
    assert f"committed {home.head()[:10]}: main" in result.err
    assert post.urn in home.git("show", "--format=%B")
    assert home.git("status", "--porcelain") == ""
    before = home.head()
    assert (site.run("publish").code, home.head(), len(sandbox.posts)) == (0, before, 1)


def test_a_published_post_is_pushed(site, sandbox, home, remote):
    choose(site, "push")
    assert site.run("publish").code == 0
    assert remote.head("main") == home.head()


def test_a_remote_that_is_down_means_that_nothing_is_sent(site, sandbox, home, remote):
    choose(site, "push")
    away = remote.folder.rename(remote.folder.with_name("away"))
    result = site.run("publish", "--json")
    assert (result.code, result.lines[0]["outcome"], sandbox.requests) == (1, "failed", ())
    away.rename(remote.folder)
    assert (site.run("publish").code, len(sandbox.posts)) == (0, 1)


def test_a_refused_push_fails_loudly_loses_nothing_and_is_made_good_by_the_next_run(site, sandbox, home, remote):
    choose(site, "push")
    hook = remote.hook("pre-receive", "echo protected; exit 1")
    result = site.run("publish", "--json", "--quiet")
    assert (result.code, result.lines[0]["outcome"], len(sandbox.posts)) == (1, "published", 1)
    assert "origin refused the push to main: protected" in result.err
    assert 'writeback.git = "branch"' in result.err
    hook.unlink()
    again = site.run("publish", "--json")
    assert (again.code, again.lines[0]["outcome"], len(sandbox.posts)) == (0, "written-back", 1)
    assert remote.head("main") == home.head()
    assert site.run("publish", "--json").lines[0]["outcome"] == "skipped"


def test_an_uncertain_post_that_a_person_settles_is_committed(site, sandbox, home):
    choose(site, "commit")
    sandbox.fault("drop-after-commit")
    assert site.run("publish").code == 4
    before = home.head()
    url = f"https://www.linkedin.com/feed/update/{sandbox.posts[0].urn}/"
    (path,) = (site.folder / "_posts").iterdir()
    assert site.run("resolve", str(path), "--url", url).code == 0
    assert home.git("rev-parse", "HEAD~1") == before
    assert url in home.git("show", "--format=")


def test_a_fresh_machine_is_told_of_an_obstacle_by_doctor(site, sandbox, home):
    choose(site, "push")
    worse = {line["check"]: line for line in site.run("doctor", "--json").lines}
    assert worse["repository"] | {"ok": False, "detail": "the branch main has no upstream"} == worse["repository"]
    choose(site, "commit")
    assert {line["check"]: line["ok"] for line in site.run("doctor", "--json").lines}["repository"]
