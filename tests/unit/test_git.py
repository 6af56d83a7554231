"""The git command asks nobody, waits for ever for nothing, tells no secret, and touches nobody's index."""

import os
import signal
import subprocess
import sys
import time

import pytest

from crosspost.git import Git, GitFailed, GitNotStarted, GitTimeout, objects
from crosspost.git.push import Answer, push, tip
from repositories import a_remote, a_repository

MARKED = "t0k3n-marked"


@pytest.fixture
def home(tmp_path):
    return a_repository(tmp_path / "home", files={"a b.md": "A\n", "_posts/ü 🙂.md": "B\n"})


@pytest.fixture
def remote(tmp_path, home):
    return a_remote(tmp_path / "remote.git", home)


@pytest.fixture
def git(home):
    return Git(home.folder)


def test_a_failure_is_told_in_git_s_own_words(git):
    with pytest.raises(GitFailed, match="git rev-parse failed: Needed a single revision") as caught:
        git.run("rev-parse", "--verify", "nothing")
    assert caught.value.code == 128


def test_without_git_the_remedy_is_named(home):
    with pytest.raises(GitNotStarted, match="install git"):
        Git(home.folder, {"PATH": "/nonexistent"}).run("status")


@pytest.mark.skipif(sys.platform == "win32", reason="another kind of program file")
@pytest.mark.parametrize(("mode", "said"), [(0o644, "Permission denied"), (0o755, "Exec format error")])
def test_a_git_that_cannot_be_started_is_named(home, tmp_path, mode, said):
    (tmp_path / "git").write_bytes(b"\0")
    (tmp_path / "git").chmod(mode)
    with pytest.raises(GitNotStarted, match=f"git cannot be started: {said}"):
        Git(home.folder, {"PATH": str(tmp_path)}).run("status")


def test_a_folder_that_is_gone_is_not_taken_for_a_missing_git(tmp_path):
    with pytest.raises(GitNotStarted, match="there is no folder"):
        Git(tmp_path / "gone").run("status")


def test_a_command_that_stalls_is_ended_with_everything_it_started(git, tmp_path):
    started = tmp_path / "pid"
    with pytest.raises(GitTimeout, match="not done after"):
        git.run("-c", f"alias.stall=!echo $$ > {started}; sleep 60", "stall", timeout=1)
    number = int(started.read_text())
    for _ in range(100):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    os.kill(number, signal.SIGKILL)
    pytest.fail("what git started lives on")


def test_a_question_for_a_password_is_a_failure_and_not_a_question(git, tmp_path):
    """An SSH command that would ask on the terminal finds none; git itself asks nothing."""
    asks = tmp_path / "ssh"
    asks.write_text("#!/bin/sh\nread -r answer < /dev/tty && sleep 60\necho no terminal >&2; exit 255\n")
    asks.chmod(0o755)
    with pytest.raises(GitFailed):
        git.run("ls-remote", "ssh://git.example/a.git", environ={"GIT_SSH": str(asks)}, timeout=20)


def test_no_credential_of_a_remote_address_is_repeated(git, home):
    home.git("remote", "add", "ci", f"http://ci:{MARKED}@127.0.0.1:9/a.git")
    for arguments in (("fetch", "ci"), ("push", "ci", "main"), ("ls-remote", f"http://{MARKED}@127.0.0.1:9/a.git")):
        with pytest.raises(GitFailed) as caught:
            git.run(*arguments)
        assert MARKED not in f"{caught.value.problem} {caught.value.problem.detail} {caught.value.said}"


def test_no_credential_in_the_words_of_what_git_starts_is_repeated(git):
    with pytest.raises(GitFailed) as caught:
        git.run("-c", f"alias.tell=!echo fatal: https://jo:{MARKED}@git.example/a.git >&2; exit 1", "tell")
    assert "https://git.example/a.git" in caught.value.problem.what
    assert MARKED not in f"{caught.value.problem.what} {caught.value.problem.detail} {caught.value.said}"


def test_what_git_starts_knows_no_secret_of_linkedin_s(home):
    environ = {
        **os.environ,
        "LINKEDIN_ACCESS_TOKEN": MARKED,
        "CROSSPOST_LINKEDIN__ACCESS_TOKEN": MARKED,
        "GIT_TRACE": "1",
    }
    ran = Git(home.folder, environ).attempt("-c", "alias.variables=!env", "variables")
    assert b"PATH=" in ran.out
    assert MARKED.encode() not in ran.out
    assert ran.said == ""


def test_the_folder_decides_which_repository_it_is(home, tmp_path):
    """Hooks set GIT_DIR and GIT_INDEX_FILE; crosspost may run in one of another repository."""
    other = a_repository(tmp_path / "other")
    environ = {**os.environ, "GIT_DIR": str(other.folder / ".git"), "GIT_INDEX_FILE": str(tmp_path / "no-index")}
    assert Git(home.folder, environ).text("rev-parse", "HEAD") == home.head() != other.head()


def test_a_pattern_in_a_file_name_is_no_pattern(git, home):
    home.commit(files={"a[b].md": "1", "ab.md": "2"})
    assert list(objects.blobs(git, "HEAD", ["a[b].md"])) == ["a[b].md"]


def test_a_commit_is_made_beside_index_and_working_tree(git, home):
    home.write("a b.md", "dirty\n")
    home.write("staged.md", "staged\n")
    home.git("add", "staged.md")
    index, before = (home.folder / ".git/index").read_bytes(), home.head()
    old = objects.blobs(git, "HEAD", ["a b.md", "_posts/ü 🙂.md", "nowhere.md"])
    assert {path: objects.read(git, blob) for path, blob in old.items()} == {"a b.md": b"A\n", "_posts/ü 🙂.md": b"B\n"}
    new = objects.Blob("100755", objects.write(git, b"B\r\n\xff"))
    tree = objects.tree(git, "HEAD", {"_posts/ü 🙂.md": new, "a b.md": None})
    made = objects.commit(git, tree, [before], "Tell 🙂\n")
    assert home.at("_posts/ü 🙂.md", made) == b"B\r\n\xff"
    assert home.git("ls-tree", "-r", "-z", "--name-only", made) == "_posts/ü 🙂.md\0"
    assert home.git("log", "-1", "--format=%P %s", made) == f"{before} Tell 🙂"
    assert ((home.folder / ".git/index").read_bytes(), home.head()) == (index, before)


def test_a_tree_may_start_from_nothing(git, home):
    tree = objects.tree(git, None, {"entries/a.json": objects.Blob(objects.FILE_MODE, objects.write(git, b"{}"))})
    assert home.git("ls-tree", "-r", "--name-only", tree) == "entries/a.json"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "crosspost <crosspost@localhost>"),
        ({"user.name": "Jo", "user.email": "jo@blog.example"}, "Jo <jo@blog.example>"),
        ({"user.name": "Jo"}, "Jo <crosspost@localhost>"),
        ({"author.name": "A", "committer.name": "A", "user.email": "u@blog.example"}, "A <u@blog.example>"),
    ],
)
def test_a_commit_has_its_owner_s_name_else_crosspost_s(git, home, settings, expected):
    for key, value in settings.items():
        home.git("config", key, value)
    made = objects.commit(git, home.git("rev-parse", "HEAD^{tree}"), [], "m")
    assert (
        home.git("log", "-1", "--format=%an <%ae>", made)
        == expected
        == home.git("log", "-1", "--format=%cn <%ce>", made)
    )


def test_an_author_named_in_the_environment_is_kept(home):
    git = Git(home.folder, {**os.environ, "GIT_AUTHOR_NAME": "Bot", "EMAIL": "bot@blog.example"})
    made = objects.commit(git, home.git("rev-parse", "HEAD^{tree}"), [], "m")
    assert home.git("log", "-1", "--format=%an <%ae> %cn", made) == "Bot <bot@blog.example> crosspost"


def test_a_push_moves_the_ref_forward_and_a_dry_run_only_asks(git, home, remote):
    made = home.commit("more")
    assert push(git, "origin", made, "refs/heads/main", dry_run=True).answer is Answer.DONE
    assert tip(git, "origin", "refs/heads/main") != made
    assert push(git, "origin", made, "refs/heads/main").answer is Answer.DONE
    assert push(git, "origin", made, "refs/heads/main").answer is Answer.DONE
    assert tip(git, "origin", "refs/heads/main") == made == remote.head("main")
    assert tip(git, "origin", "refs/crosspost/none") is None


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_push_that_would_undo_somebody_s_work_has_lost_a_race(git, home, remote, tmp_path, dry_run):
    theirs = remote.clone(tmp_path / "theirs")
    theirs.commit("theirs")
    theirs.git("push", "--quiet")
    assert push(git, "origin", home.commit("ours"), "refs/heads/main", dry_run=dry_run).answer is Answer.RACED
    assert remote.head("main") == theirs.head()


def test_two_first_pushes_of_a_ref_cannot_both_win(git, home, remote):
    one, two = (objects.commit(git, home.git("rev-parse", "HEAD^{tree}"), [], name) for name in ("one", "two"))
    answers = [push(git, "origin", made, "refs/crosspost/ledger").answer for made in (one, two)]
    assert answers == [Answer.DONE, Answer.RACED]
    assert tip(git, "origin", "refs/crosspost/ledger") == one


def test_a_push_between_our_look_and_our_push_is_a_lost_race_too(git, home, remote):
    """The remote moves the ref while it has our push in hand."""
    made, theirs = (
        home.commit("ours"),
        objects.commit(git, home.git("rev-parse", "HEAD^{tree}"), [home.head("HEAD")], "t"),
    )
    home.git("push", "--quiet", "origin", f"{theirs}:refs/heads/aside")
    remote.hook("pre-receive", f"env -u GIT_QUARANTINE_PATH git update-ref refs/heads/main {theirs}")
    assert push(git, "origin", made, "refs/heads/main").answer is Answer.RACED
    assert remote.head("main") == theirs


def test_a_refusal_of_the_remote_is_told_in_its_words(git, home, remote):
    remote.hook("pre-receive", "echo 'main is protected (fetch first)'; exit 1")
    answer = push(git, "origin", home.commit("more"), "refs/heads/main")
    assert (answer.answer, answer.said) == (Answer.REFUSED, "main is protected (fetch first)")


def test_a_remote_that_is_not_there_is_an_error(git, home, remote):
    remote.folder.rename(remote.folder.with_name("away.git"))
    for ask in (
        lambda: push(git, "origin", home.head(), "refs/heads/main"),
        lambda: tip(git, "origin", "refs/heads/main"),
    ):
        with pytest.raises(GitFailed, match="repository"):
            ask()


def test_hooks_of_the_working_copy_do_not_run(git, home, remote):
    home.hook("pre-push", "exit 1")
    home.hook("reference-transaction", "exit 1")
    made = objects.commit(git, home.git("rev-parse", "HEAD^{tree}"), [home.head()], "m")
    git.run("update-ref", "refs/heads/other", made)
    assert push(git, "origin", made, "refs/heads/other").answer is Answer.DONE


def test_an_interruption_ends_git_and_goes_on(git, monkeypatch):
    def interrupted(process, *arguments, **options):
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        git.run("-c", "alias.stall=!sleep 60", "stall")
