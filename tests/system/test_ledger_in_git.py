"""`[ledger] url = "git:origin"` as a user meets it: the command, a remote that refuses or is down, the sandbox."""

import pytest

from media_samples import png
from repositories import Repository, a_remote

REF = "refs/crosspost/ledger"


@pytest.fixture
def home(site, sandbox):
    """The site in a repository, and one post that is due."""
    site.point_to(sandbox)
    site.monkeypatch.setenv("CROSSPOST_LEDGER__URL", "git:origin")
    site.post("hello", "Text.")
    home = Repository(site.folder)
    home.git("init", "--quiet", "--initial-branch=main")
    home.commit("first")
    return home


@pytest.fixture
def remote(home, tmp_path_factory):
    return a_remote(tmp_path_factory.mktemp("remote") / "blog.git", home)


def test_a_post_goes_out_once_whatever_machine_it_is(site, sandbox, home, remote, tmp_path_factory):
    assert site.run("publish").code == 0
    machine = remote.clone(tmp_path_factory.mktemp("machine") / "clone", "--depth=1")
    (machine.folder / "crosspost.toml").write_text((site.folder / "crosspost.toml").read_text())
    site.monkeypatch.chdir(machine.folder)
    assert site.run("publish", "--json").lines[0]["outcome"] == "skipped"
    assert len(sandbox.posts) == 1


def test_a_post_with_pictures_and_a_comment_takes_a_push_for_each_promise_and_no_more(site, sandbox, home, remote):
    for number in range(3):
        (site.folder / f"{number}.png").write_bytes(png(str(number)))
    pictures = ", ".join(f"{{image: {number}.png, alt: x}}" for number in range(3))
    site.post("hello", "Text.", extra=f"linkedin: {{images: [{pictures}], first_comment: First!}}\n")
    assert site.run("publish", "--json").lines[0]["outcome"] == "published"
    pushes = remote.git("log", "--reverse", "--format=%s", REF).splitlines()
    assert [said.partition(": ")[2] for said in pushes] == [
        "new -> claimed",
        "claimed -> sending",
        "sending -> published",
        "address in the file",
        *[f"{sandbox.posts[0].urn}, first-comment"] * 2,  # the intent, and that this token may not
    ]


def test_a_remote_that_is_down_or_refuses_means_that_nothing_is_sent(site, sandbox, home, remote):
    away = remote.folder.rename(remote.folder.with_name("away"))
    down = site.run("publish")
    assert (down.code, sandbox.posts) == (5, ())
    assert "nothing was sent" in down.err
    away.rename(remote.folder)
    hook = remote.hook("pre-receive", "echo 'not by you'; exit 1")
    refused = site.run("publish")
    assert (refused.code, sandbox.posts) == (5, ())
    assert "origin refuses the ledger: not by you" in refused.err
    assert home.git("status", "--porcelain", "--untracked-files=no") == ""
    hook.unlink()
    assert (site.run("publish").code, len(sandbox.posts)) == (0, 1)


def test_an_intent_that_the_remote_does_not_take_is_not_acted_on(site, sandbox, home, remote):
    refuse(remote, "sending")
    result = site.run("publish")
    assert (result.code, sandbox.posts) == (5, ())
    assert "claimed -> sending" not in remote.git("log", "--format=%s", REF)


def test_a_receipt_that_the_remote_does_not_take_goes_into_the_file_and_the_message(site, sandbox, home, remote):
    refuse(remote, "published")
    result = site.run("publish", "--json")
    (post,) = sandbox.posts
    url = f"https://www.linkedin.com/feed/update/{post.urn}/"
    assert (result.code, result.lines[0]["outcome"], result.lines[0]["url"]) == (5, "published", url)
    assert f"LinkedIn has the post: {url}" in result.err
    (file,) = (site.folder / "_posts").iterdir()
    assert url in file.read_text()
    home.git("checkout", "--quiet", "--", ".")  # the machine is thrown away
    (remote.folder / "hooks" / "update").unlink()
    assert site.run("publish", "--json").lines[0]["outcome"] == "waiting"
    assert len(sandbox.posts) == 1


def refuse(remote, state):
    """Let the remote refuse each commit that brings an entry into a state."""
    remote.hook("update", f'git log -1 --format=%s "$3" | grep -q -- "-> {state}" && echo no && exit 1\nexit 0')
