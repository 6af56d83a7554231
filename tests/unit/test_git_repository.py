"""Version control gets crosspost's edit and nothing of the author's; nothing is lost, and nothing forced."""

import itertools
import os
import shutil
import subprocess
import sys
from contextlib import suppress

import pytest

from crosspost.git import Git
from crosspost.git.push import push as real_push
from crosspost.jekyll.edit import insert_url
from crosspost.jekyll.repository import commit
from crosspost.jekyll.repository import push as push_module
from crosspost.jekyll.repository.branch import _page
from crosspost.jekyll.repository.checkout import Checkout, Upstream
from crosspost.jekyll.repository.message import MARK
from crosspost.jekyll.repository.record import GitRepository
from crosspost.policy import WriteBackPolicy
from doubles import FakeClock
from repositories import Repository, a_remote, a_repository

A, B = "_posts/2026-11-22-a.md", "_posts/2026-11-22-ü 🙂 b.md"
URL, OTHER = (f"https://www.linkedin.com/feed/update/urn:li:share:{number}/" for number in (1, 2))
TEXT = "---\ntitle: A\n---\nText\n"
LINED = TEXT.replace("A\n", f"A\nlinkedin_url: {URL}\n")
POLICY = WriteBackPolicy()


def edit(data, url):
    return insert_url(data, url, POLICY)


@pytest.fixture
def home(tmp_path):
    return a_repository(tmp_path / "home", files={A: TEXT, B: TEXT, "other.txt": "one\n"})


@pytest.fixture
def remote(tmp_path, home):
    return a_remote(tmp_path / "remote.git", home)


@pytest.fixture
def theirs(tmp_path, remote):
    """Somebody else's clone."""
    return remote.clone(tmp_path / "theirs")


def a_repository_of(home, mode, *, site=".", environ=None):
    return GitRepository(
        home.folder / site, mode, edit=edit, clock=FakeClock(), environ={**os.environ, **(environ or {})}
    )


def write_back(home, *posts, url=URL):
    """What the pipeline has done before: the files have their addresses."""
    for post in posts:
        path = home.folder / post
        path.write_bytes(edit(path.read_bytes(), url))
    return dict.fromkeys(posts, url)


def record(home, mode, written, **options):
    (recorded,) = a_repository_of(home, mode, **options).record(written)
    return recorded


def state(home):
    """Everything of the author's that must stay: what is staged, what is changed, what is not tracked, the stash."""
    return (
        home.git("diff", "--cached"),
        home.git("diff"),
        home.git("status", "--porcelain=v2", "-uall"),
        home.git("stash", "list"),
    )


# --- commit -----------------------------------------------------------------------------------------------------


def test_a_commit_has_the_touched_files_and_leaves_a_clean_tree(home):
    recorded = record(home, "commit", write_back(home, A, B))
    assert recorded.commit == home.head()
    assert (recorded.posts, recorded.where, recorded.problem, recorded.notices) == ({A, B}, "main", None, ())
    assert home.git("show", "--format=", "--name-only", "-z").split("\0")[:-1] == [A, B]
    assert home.at(A).decode() == LINED
    assert home.git("status", "--porcelain") == ""


def test_the_message_says_which_posts_went_where(home):
    record(home, "commit", write_back(home, A))
    assert home.git("log", "-1", "--format=%B").strip() == (
        f"Add LinkedIn address to 2026-11-22-a.md\n\n{A} {URL}\n\n{MARK}"
    )


def test_a_second_time_makes_no_commit(home):
    written = write_back(home, A)
    first = record(home, "commit", written)
    again = record(home, "commit", written)
    assert (again.commit, again.posts, home.head()) == (None, {A}, first.commit)


def test_whatever_else_is_staged_changed_deleted_or_new_stays_as_it_is(home):
    home.write("staged.txt", "staged\n")
    home.git("add", "staged.txt")
    home.git("mv", B, "_posts/2026-11-22-moved.md")
    home.write("other.txt", "dirty\n")
    home.write("new.txt", "new\n")
    before = state(home)
    recorded = record(home, "commit", write_back(home, A))
    assert home.git("show", "--format=", "--name-only", recorded.commit) == A
    assert state(home) == before


def test_what_the_author_has_staged_and_changed_in_the_same_file_is_not_committed_and_not_lost(home):
    """Three versions of one file: committed, staged, in the folder. Each gets the address, none gets another's words."""
    home.write(A, TEXT + "staged\n")
    home.git("add", A)
    home.write(A, TEXT + "staged\nin the folder\n")
    staged, unstaged = home.git("diff", "--cached", "--numstat"), home.git("diff", "--numstat")
    record(home, "commit", write_back(home, A))
    assert home.at(A).decode() == LINED
    assert home.at(A, "").decode() == LINED + "staged\n"
    assert (home.folder / A).read_text() == LINED + "staged\nin the folder\n"
    assert (home.git("diff", "--cached", "--numstat"), home.git("diff", "--numstat")) == (staged, unstaged)


def test_a_post_that_is_not_tracked_is_left_to_its_author(home):
    home.write("_posts/2026-11-22-new.md", TEXT)
    home.write(".gitignore", "*ignored.md\n")
    home.write("_posts/2026-11-22-ignored.md", TEXT)
    home.git("add", ".gitignore")
    written = write_back(home, A, "_posts/2026-11-22-new.md", "_posts/2026-11-22-ignored.md")
    before = home.git("status", "--porcelain=v2", "-uall", "--ignored", "--", ".gitignore", "_posts/2026-11-22-*n*.md")
    recorded = record(home, "commit", written)
    assert home.git("show", "--format=", "--name-only") == A
    assert [notice.what.split(" ")[0] for notice in recorded.notices] == [
        "_posts/2026-11-22-ignored.md",
        "_posts/2026-11-22-new.md",
    ]
    assert recorded.posts == set(written)
    after = home.git("status", "--porcelain=v2", "-uall", "--ignored", "--", ".gitignore", "_posts/2026-11-22-*n*.md")
    assert after == before


class Died(BaseException):
    """What a killed process looks like from inside: nothing runs after it."""


# Whoever dies between two of these leaves what was there before the first.
LOOKS = {
    "cat-file",
    "config",
    "log",
    "ls-files",
    "ls-remote",
    "ls-tree",
    "merge-base",
    "remote",
    "rev-list",
    "rev-parse",
}
LOOKS |= {"symbolic-ref"}


def dying(monkeypatch, moment):
    """Die before the first git command, or after the `moment`-th one, counted from 0, that does more than look."""
    real, changes = Git.attempt, itertools.count()
    left = [next(changes)]  # of the last command: which change it was, if it was one

    def attempt(self, *arguments, **options):
        if moment in left:
            raise Died
        left[:] = [] if arguments[0] in LOOKS else [next(changes)]
        return real(self, *arguments, **options)

    monkeypatch.setattr(Git, "attempt", attempt)


@pytest.fixture
def troubled(tmp_path):
    """Copies of one situation: others have pushed, and the author has staged and changed things."""
    folder = tmp_path / "first"
    home = a_repository(folder / "home", files={A: TEXT, "other.txt": "one\n", "mine.txt": "one\n"})
    theirs = a_remote(folder / "remote.git", home).clone(folder / "theirs")
    theirs.commit("theirs", files={"other.txt": "two\n"})
    theirs.git("push", "--quiet")
    home.write("mine.txt", "staged\n")
    home.git("add", "mine.txt")
    home.write("mine.txt", "changed\n")
    write_back(home, A)

    def copy():
        shutil.rmtree(tmp_path / "now", ignore_errors=True)
        shutil.copytree(folder, tmp_path / "now")
        here, remote = Repository(tmp_path / "now/home"), Repository(tmp_path / "now/remote.git")
        here.git("remote", "set-url", "origin", remote.folder.as_uri())
        return here, remote

    return copy


@pytest.mark.parametrize("mode", ["commit", "push", "branch"])
def test_a_crash_after_any_git_command_is_made_good_by_the_next_run(troubled, monkeypatch, show_table, mode):
    """One commit with the address comes out of it all, and the author's work is as it was."""
    for moment in itertools.count():
        home, remote = troubled()
        with monkeypatch.context() as patched, suppress(Died):
            dying(patched, moment)
            finished = record(home, mode, {A: URL})
            break
        recorded = record(home, mode, {A: URL})
        assert (recorded.problem, recorded.posts) == (None, {A}), moment
        check_trouble(home, remote, mode)
    assert finished.posts == {A}
    check_trouble(home, remote, mode)
    show_table(f"write-back in git, {mode}", f"died after each of {moment - 1} git commands: made good each time")
    assert moment > 5


def check_trouble(home, remote, mode):
    where, ref = {"commit": (home, "HEAD"), "push": (remote, "main"), "branch": (remote, OWN)}[mode]
    assert where.at(A, ref).decode() == LINED
    assert where.git("log", "--format=%s", ref).count("LinkedIn") == 1
    assert (home.folder / "mine.txt").read_text() == "changed\n"
    assert home.git("status", "--porcelain", "mine.txt") == "MM mine.txt"
    assert mode == "branch" or home.git("status", "--porcelain", A) == ""


def test_only_untracked_posts_make_no_commit(home):
    home.write("_posts/2026-11-22-new.md", TEXT)
    before = home.head()
    assert record(home, "commit", write_back(home, "_posts/2026-11-22-new.md")).commit is None
    assert home.head() == before


def test_a_committed_version_that_cannot_take_the_address_is_told(home):
    home.commit(files={A: "no front matter\n"})
    home.write(A, TEXT)
    recorded = record(home, "commit", write_back(home, A))
    assert (recorded.commit, len(recorded.notices)) == (None, 1)
    assert "front matter" in recorded.notices[0].what


@pytest.mark.parametrize("setting", [("core.autocrlf", "true"), ("core.eol", "crlf")])
def test_line_ends_of_folder_and_repository_stay_what_they_are(home, setting):
    home.git("config", *setting)
    home.commit(files={".gitattributes": "*.md text\n"})
    (home.folder / A).unlink()
    home.git("checkout", "--", A)
    assert b"A\r\n" in (home.folder / A).read_bytes()
    written = write_back(home, A)
    folder = (home.folder / A).read_bytes()
    record(home, "commit", written)
    assert home.at(A).decode() == LINED
    assert (home.folder / A).read_bytes() == folder == LINED.replace("\n", "\r\n").encode()
    assert home.git("status", "--porcelain") == ""


def test_line_ends_that_are_committed_as_crlf_stay(home):
    home.commit(files={A: TEXT.replace("\n", "\r\n")})
    record(home, "commit", write_back(home, A))
    assert home.at(A) == LINED.replace("\n", "\r\n").encode()
    assert home.git("status", "--porcelain") == ""


def test_the_mode_of_a_file_stays(home):
    (home.folder / A).chmod(0o755)
    home.commit("executable")
    record(home, "commit", write_back(home, A))
    assert home.git("ls-tree", "HEAD", A).startswith("100755")
    assert home.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    "command", [("merge", "side"), ("rebase", "side"), ("cherry-pick", "side"), ("revert", "HEAD~1")]
)
def test_in_the_middle_of_something_nothing_is_committed(home, command):
    home.commit("twos", files={"other.txt": "two\n"})
    home.git("branch", "side", "HEAD~1")
    home.git("switch", "--quiet", "side")
    home.commit("side", files={"other.txt": "side\n"})
    home.git("switch", "--quiet", "main")
    home.commit("threes", files={"other.txt": "three\n"})
    home.git(*command, check=False)
    before = home.head()
    assert f"a {command[0]} is in progress" in a_repository_of(home, "commit").obstacle([A]).what
    recorded = record(home, "commit", write_back(home, A))
    assert f"a {command[0]} is in progress" in recorded.problem.what
    assert (recorded.posts, home.head()) == (frozenset(), before)


def test_a_detached_head_is_an_obstacle_before_anything_is_sent(home):
    home.git("switch", "--quiet", "--detach")
    assert "no branch is checked out" in a_repository_of(home, "commit").obstacle([A]).what


def test_a_folder_without_git_is_an_obstacle(tmp_path):
    (tmp_path / "_posts").mkdir()
    problem = a_repository_of(Repository(tmp_path), "commit").obstacle([A])
    assert "in no git repository" in problem.what
    assert 'writeback.git = "off"' in problem.fix


def test_a_repository_without_a_commit_is_an_obstacle(tmp_path):
    empty = a_repository(tmp_path / "empty", bare=True)
    made = Repository(tmp_path / "site")
    empty.git("clone", "--quiet", ".", str(made.folder))
    assert "has no commit yet" in a_repository_of(made, "commit").obstacle(["a.md"]).what


def test_a_folder_of_another_user_is_an_obstacle_with_git_s_way_out(home):
    """As in a container job, where somebody else has checked the repository out."""
    problem = a_repository_of(home, "commit", environ={"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}).obstacle([A])
    assert "dubious ownership" in problem.what
    assert "safe.directory" in problem.fix


def test_where_nothing_is_in_the_way_nothing_changes(home, remote):
    before = state(home), home.head(), remote.git("for-each-ref")
    for mode in ("commit", "push", "branch"):
        assert a_repository_of(home, mode).obstacle([A, B]) is None
    assert (state(home), home.head(), remote.git("for-each-ref")) == before


def test_hooks_made_for_people_do_not_run(home, remote):
    for name in ("pre-commit", "commit-msg", "prepare-commit-msg", "pre-push"):
        home.hook(name, "exit 1")
    assert a_repository_of(home, "push").obstacle([A]) is None
    assert record(home, "push", write_back(home, A)).commit == remote.head("main")


@pytest.fixture
def signing(tmp_path, home):
    """A signing program that signs, and one that does not."""
    program = tmp_path / "sign"
    home.git("config", "commit.gpgSign", "true")
    home.git("config", "gpg.program", str(program))

    def works(well):
        said = "echo '[GNUPG:] SIG_CREATED ' >&2; echo SIGNATURE" if well else "exit 1"
        program.write_text(f"#!/bin/sh\ncat > /dev/null\n{said}\n")
        program.chmod(0o755)

    return works


def test_commits_are_signed_where_the_author_signs(home, signing):
    signing(well=True)
    record(home, "commit", write_back(home, A))
    assert "gpgsig SIGNATURE" in home.git("cat-file", "commit", "HEAD")


def test_a_signature_that_fails_is_an_obstacle_before_anything_is_sent(home, signing):
    signing(well=False)
    assert "sign" in a_repository_of(home, "commit").obstacle([A]).what


def test_an_index_that_another_command_holds_is_waited_for(home):
    lock = home.folder / ".git/index.lock"
    lock.touch()
    clock = FakeClock()

    def released(_seconds):
        lock.unlink(missing_ok=True)

    clock.sleep = released
    repository = GitRepository(home.folder, "commit", edit=edit, clock=clock, environ=os.environ)
    (recorded,) = repository.record(write_back(home, A))
    assert recorded.commit == home.head()


def test_an_index_that_stays_locked_loses_nothing(home):
    lock = home.folder / ".git/index.lock"
    lock.touch()
    written, before = write_back(home, A), home.head()
    recorded = record(home, "commit", written)
    assert "index.lock" in recorded.problem.what
    assert (recorded.posts, home.head()) == (frozenset(), before)
    lock.unlink()
    assert record(home, "commit", written).commit == home.head() != before


def test_a_crash_between_index_and_branch_leaves_the_address_staged(home, monkeypatch):
    monkeypatch.setattr(commit, "move_head", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    written = write_back(home, A)
    with pytest.raises(KeyboardInterrupt):
        record(home, "commit", written)
    assert home.git("diff", "--cached", "--name-only") == A
    monkeypatch.undo()
    assert record(home, "commit", written).commit == home.head()
    assert home.git("status", "--porcelain") == ""


def test_an_author_who_commits_at_the_same_moment_keeps_the_commit(home, monkeypatch):
    real, raced = commit.move_head, []

    def commit_first(checkout, before, after):
        if not raced:
            raced.append(home.commit("theirs", files={"other.txt": "two\n"}))
        return real(checkout, before, after)

    monkeypatch.setattr(commit, "move_head", commit_first)
    record(home, "commit", write_back(home, A))
    assert home.git("status", "--porcelain") == ""
    assert home.at(A).decode() == LINED
    assert (home.git("log", "-1", "--format=%s", raced[0]), home.at("other.txt")) == ("theirs", b"two\n")


def test_a_linked_worktree_gets_the_commit_on_its_own_branch(home, tmp_path):
    home.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    side, before = Repository(tmp_path / "side"), home.head()
    recorded = record(side, "commit", write_back(side, A))
    assert (recorded.where, side.head(), home.head("main")) == ("side", recorded.commit, before)
    assert side.git("status", "--porcelain") == ""


def test_a_site_in_a_submodule_gets_its_commit_there(home, tmp_path):
    outer = a_repository(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", home.folder.as_uri(), "site")
    outer.commit("submodule")
    inner, before = Repository(outer.folder / "site"), outer.head()
    recorded = record(outer, "commit", write_back(inner, A), site="site")
    assert (inner.head(), outer.head(), recorded.posts) == (recorded.commit, before, {A})


def test_posts_in_two_repositories_make_a_commit_in_each(home, tmp_path):
    outer = a_repository(tmp_path / "outer", files={"_posts/2026-11-22-c.md": TEXT})
    (outer.folder / "_posts/inner").symlink_to(home.folder / "_posts")
    written = write_back(outer, "_posts/2026-11-22-c.md", "_posts/inner/2026-11-22-a.md")
    commits = {recorded.commit for recorded in a_repository_of(outer, "commit").record(written)}
    assert commits == {home.head(), outer.head()}
    assert home.git("status", "--porcelain") == ""


def test_a_site_below_the_top_of_its_repository_is_committed(tmp_path):
    home = a_repository(tmp_path / "home", files={f"docs/{A}": TEXT})
    assert record(home, "commit", dict(write_back(Repository(home.folder / "docs"), A)), site="docs").posts == {A}
    assert home.git("show", "--format=", "--name-only") == f"docs/{A}"


def test_a_sparse_checkout_stays_sparse(home):
    home.commit(files={"big/file.txt": "big\n"})
    home.git("sparse-checkout", "set", "--cone", "--sparse-index", "_posts")
    assert not (home.folder / "big").exists()
    record(home, "commit", write_back(home, A))
    assert not (home.folder / "big").exists()
    assert home.git("status", "--porcelain") == ""
    assert home.git("show", "--format=", "--name-only") == A


# --- push -------------------------------------------------------------------------------------------------------


def test_a_push_brings_the_commit_to_the_upstream(home, remote):
    recorded = record(home, "push", write_back(home, A))
    assert (recorded.commit, recorded.where) == (remote.head("main"), "main on origin")
    assert home.head() == home.head("origin/main") == recorded.commit
    assert record(home, "push", {A: URL}).commit is None


def test_a_push_on_top_of_what_others_pushed_takes_the_folder_along(home, remote, theirs):
    theirs.commit("theirs", files={"other.txt": "two\n"})
    theirs.git("push", "--quiet")
    home.write("staged.txt", "staged\n")
    home.git("add", "staged.txt")
    home.write("new.txt", "new\n")
    before = state(home)
    recorded = record(home, "push", write_back(home, A))
    assert remote.head("main") == recorded.commit == home.head()
    assert (home.folder / "other.txt").read_text() == "two\n"
    assert remote.git("log", "--format=%s", "main").splitlines()[:2] == [
        "Add LinkedIn address to 2026-11-22-a.md",
        "theirs",
    ]
    assert state(home) == before


def test_changes_in_the_way_of_others_work_stay_and_the_push_goes_through(home, remote, theirs):
    theirs.commit("theirs", files={"other.txt": "two\n"})
    theirs.git("push", "--quiet")
    home.write("other.txt", "mine\n")
    recorded = record(home, "push", write_back(home, A))
    assert remote.at(A, "main").decode() == LINED
    assert (home.folder / "other.txt").read_text() == "mine\n"
    assert (recorded.posts, recorded.problem) == ({A}, None)
    assert "git pull --rebase" in recorded.notices[0].fix
    home.git("pull", "--quiet", "--rebase", "--autostash", check=False)
    assert home.head("HEAD") == remote.head("main")


def test_an_edit_of_the_line_beside_by_somebody_else_is_no_conflict(home, remote, theirs):
    theirs.commit("theirs", files={A: TEXT.replace("title: A\n", "title: Better\ntags: [x]\n")})
    theirs.git("push", "--quiet")
    record(home, "push", write_back(home, A))
    assert remote.at(A, "main").decode() == f"---\ntitle: Better\ntags: [x]\nlinkedin_url: {URL}\n---\nText\n"


def test_commits_of_the_author_are_never_pushed(home, remote):
    mine, before = home.commit("not ready", files={"other.txt": "draft\n"}), remote.head("main")
    recorded = record(home, "push", write_back(home, A))
    assert remote.head("main") == before
    assert home.git("rev-parse", "HEAD~1") == mine
    assert "a commit of yours" in recorded.notices[0].what
    assert (recorded.posts, recorded.where) == ({A}, "main")


def test_crosspost_s_own_commits_of_before_are_pushed_too(home, remote, theirs):
    record(home, "commit", write_back(home, A))
    theirs.commit("theirs", files={"other.txt": "two\n"})
    theirs.git("push", "--quiet")
    recorded = record(home, "push", write_back(home, B, url=OTHER))
    assert remote.at(A, "main").decode() == LINED
    assert OTHER in remote.at(B, "main").decode()
    assert home.head() == recorded.commit == remote.head("main")
    assert home.git("status", "--porcelain") == ""


def test_a_lost_race_is_run_again(home, remote, theirs, monkeypatch):
    races = iter(range(3))

    def push_first(git, name, commit, ref, **options):
        if (number := next(races, None)) is not None:
            theirs.commit(f"theirs {number}", files={f"{number}.txt": "x"})
            theirs.git("push", "--quiet")
        return real_push(git, name, commit, ref, **options)

    monkeypatch.setattr(push_module, "push", push_first)
    recorded = record(home, "push", write_back(home, A))
    assert remote.head("main") == recorded.commit
    assert remote.git("log", "--format=%s", "main").count("theirs") == 3


def test_a_branch_that_never_stands_still_is_given_up(home, remote, theirs, monkeypatch):
    calls = []

    def push_first(git, name, commit, ref, **options):
        calls.append(theirs.commit(f"theirs {len(calls)}"))
        theirs.git("push", "--quiet")
        return real_push(git, name, commit, ref, **options)

    monkeypatch.setattr(push_module, "push", push_first)
    recorded = record(home, "push", write_back(home, A))
    assert "could not be moved forward" in recorded.problem.what
    assert 2 < len(calls) < 20
    assert home.at(A).decode() == LINED


def test_a_push_whose_answer_was_lost_is_looked_for(home, remote, monkeypatch):
    def lose_the_answer(git, *arguments, **options):
        real_push(git, *arguments, **options)
        git.run("push", "nowhere")

    monkeypatch.setattr(push_module, "push", lose_the_answer)
    recorded = record(home, "push", write_back(home, A))
    assert (recorded.problem, recorded.commit) == (None, remote.head("main"))


def test_a_remote_that_goes_down_after_posting_loses_nothing(home, remote):
    written = write_back(home, A)
    away = remote.folder.rename(remote.folder.with_name("away"))
    recorded = record(home, "push", written)
    assert recorded.problem is not None
    assert (recorded.posts, home.at(A).decode()) == (frozenset(), LINED)
    away.rename(remote.folder)
    again = record(home, "push", written)
    assert (again.problem, remote.at(A, "main").decode(), home.head()) == (None, LINED, remote.head("main"))


def test_a_remote_that_is_down_is_an_obstacle_before_anything_is_sent(home, remote):
    remote.folder.rename(remote.folder.with_name("away"))
    for mode in ("push", "branch"):
        assert a_repository_of(home, mode).obstacle([A]).what.startswith("git push failed")


def test_a_branch_without_upstream_is_an_obstacle(home, remote):
    home.git("switch", "--quiet", "-c", "side")
    problem = a_repository_of(home, "push").obstacle([A])
    assert (problem.what, problem.fix) == ("the branch side has no upstream", "git push --set-upstream origin side")


def test_a_protected_branch_is_told_with_the_way_out(home, remote):
    remote.hook(
        "pre-receive",
        "while read old new ref; do [ $ref = refs/heads/main ] && echo 'GH006: protected' && exit 1; done; exit 0",
    )
    written = write_back(home, A)
    before = remote.head("main")
    recorded = record(home, "push", written)
    assert "GH006: protected" in recorded.problem.what
    assert 'writeback.git = "branch"' in recorded.problem.fix
    assert (recorded.posts, remote.head("main")) == (frozenset(), before)
    assert remote.at(A, record(home, "branch", written).commit).decode() == LINED


def test_a_shallow_clone_pushes_also_when_others_have_pushed(remote, theirs, tmp_path):
    theirs.commit("more")
    theirs.git("push", "--quiet")
    shallow = remote.clone(tmp_path / "shallow", "--depth=1")
    theirs.commit("theirs", files={"other.txt": "two\n"})
    theirs.git("push", "--quiet")
    recorded = record(shallow, "push", write_back(shallow, A))
    assert recorded.commit == remote.head("main") == shallow.head()
    assert shallow.git("status", "--porcelain") == ""
    assert remote.git("rev-list", "--count", "main") == "4"


def test_a_partial_clone_pushes(remote, tmp_path):
    seed = remote.clone(tmp_path / "seed")
    seed.commit("more", files={f"big/{number}.txt": f"{number}\n" for number in range(3)})
    seed.git("push", "--quiet")
    partial = remote.clone(tmp_path / "partial", "--filter=blob:none", "--sparse")
    partial.git("sparse-checkout", "add", "_posts")
    written = write_back(partial, A)
    recorded = record(partial, "push", written)
    assert recorded.commit == remote.head("main")
    missing = partial.git("rev-list", "--objects", "--all", "--missing=print").splitlines()
    assert sum(line.startswith("?") for line in missing) == 3, "files that nobody needs were fetched"


@pytest.mark.parametrize(
    "environ", [{"CI_COMMIT_BRANCH": "main"}, {"GITHUB_REF": "refs/heads/main"}, {"BITBUCKET_BRANCH": "main"}]
)
def test_a_ci_machine_s_detached_head_is_pushed_to_the_branch_it_is_of(remote, theirs, tmp_path, environ):
    machine = remote.clone(tmp_path / "machine", "--depth=1")
    machine.git("checkout", "--quiet", "--detach")
    theirs.commit("theirs", files={"other.txt": "two\n"})
    theirs.git("push", "--quiet")
    assert a_repository_of(machine, "push", environ=environ).obstacle([A]) is None
    recorded = record(machine, "push", write_back(machine, A), environ=environ)
    assert (recorded.commit, recorded.where) == (remote.head("main"), "main on origin")


@pytest.mark.parametrize("environ", [{}, {"GITHUB_REF": "refs/tags/v1"}, {"GITHUB_REF": "refs/pull/1/merge"}])
def test_a_detached_head_of_no_known_branch_is_an_obstacle(remote, tmp_path, environ):
    machine = remote.clone(tmp_path / "machine")
    machine.git("checkout", "--quiet", "--detach")
    problem = a_repository_of(machine, "push", environ={"GITHUB_REF": "", "CI_COMMIT_BRANCH": ""} | environ).obstacle(
        [A]
    )
    assert "nothing says which one to push to" in problem.what


def test_without_a_name_the_commit_is_crosspost_s(remote, tmp_path):
    machine = remote.clone(tmp_path / "machine")
    record(machine, "push", write_back(machine, A))
    assert remote.git("log", "-1", "--format=%an <%ae>", "main") == "crosspost <crosspost@localhost>"


def test_a_history_that_was_rewritten_is_not_mended_by_force(home, remote, theirs):
    theirs.git("commit", "--quiet", "--amend", "--message", "rewritten")
    theirs.git("push", "--quiet", "--force")
    recorded = record(home, "push", write_back(home, A))
    assert remote.head("main") == theirs.head()
    assert "a commit of yours" in recorded.notices[0].what


def test_no_token_of_a_remote_s_address_is_told(home, remote):
    home.git("remote", "set-url", "origin", "http://ci:t0k3n-marked@127.0.0.1:9/a.git")
    told = [a_repository_of(home, mode).obstacle([A]) for mode in ("push", "branch")]
    told += [record(home, mode, write_back(home, A)).problem for mode in ("push", "branch")]
    assert all(told)
    assert "t0k3n-marked" not in f"{[(str(problem), problem.detail) for problem in told]}"


# --- branch -----------------------------------------------------------------------------------------------------

OWN = "crosspost/write-back"


def test_a_branch_of_its_own_gets_the_commit_and_nothing_else_moves(home, remote):
    home.write("other.txt", "dirty\n")
    written = write_back(home, A)
    before = state(home), home.head(), remote.head("main")
    recorded = record(home, "branch", written)
    assert (state(home), home.head(), remote.head("main")) == before
    assert remote.head(OWN) == recorded.commit
    assert remote.git("diff", "--name-only", "main", OWN) == A
    assert (recorded.where, recorded.posts) == (f"{OWN} on origin", {A})


def test_the_page_for_a_request_is_told_without_credentials(home, remote):
    home.git("remote", "set-url", "origin", "https://jo:t0k3n-marked@github.com/jo/blog.git")
    page = _page(Checkout.of(home.folder, os.environ), Upstream("origin", "refs/heads/main"), "")
    assert page == f"https://github.com/jo/blog/compare/main...{OWN}?expand=1"


def test_a_server_that_names_the_page_is_believed(home, remote):
    remote.hook("post-receive", "echo 'To create a merge request, visit:'; echo '  https://git.example/mr/new'")
    assert record(home, "branch", write_back(home, A)).request_url == "https://git.example/mr/new"


def test_a_branch_that_waits_is_continued(home, remote):
    first = record(home, "branch", write_back(home, A))
    again = record(home, "branch", {A: URL})
    assert (again.commit, again.posts) == (None, {A})
    second = record(home, "branch", write_back(home, B, url=OTHER))
    assert remote.git("rev-parse", f"{OWN}~1") == first.commit
    assert remote.head(OWN) == second.commit
    assert remote.git("diff", "-z", "--name-only", "main", OWN).split("\0")[:-1] == [A, B]


def test_a_branch_that_was_merged_is_begun_anew(home, remote, theirs):
    record(home, "branch", write_back(home, A))
    theirs.git("pull", "--quiet", "--no-rebase", "--no-ff", "--no-edit", "origin", OWN)
    theirs.git("push", "--quiet")
    record(home, "branch", write_back(home, B))
    assert remote.git("rev-parse", f"{OWN}~1") == remote.head("main")


@pytest.mark.parametrize("squashed", [True, False])
def test_a_branch_beside_an_upstream_that_moved_on_joins_it(home, remote, theirs, squashed):
    first = record(home, "branch", write_back(home, A))
    if squashed:
        theirs.git("fetch", "--quiet", "origin", OWN)
        theirs.git("merge", "--quiet", "--squash", "FETCH_HEAD")
    theirs.commit("theirs", files={"other.txt": "two\n"})
    theirs.git("push", "--quiet")
    second = record(home, "branch", write_back(home, B, url=OTHER))
    assert remote.git("log", "-1", "--format=%P", OWN) == f"{first.commit} {theirs.head()}"
    assert remote.head(OWN) == second.commit
    assert remote.at("other.txt", OWN) == b"two\n"
    assert (remote.at(A, OWN).decode(), OTHER in remote.at(B, OWN).decode()) == (LINED, True)


def test_somebody_else_s_commits_on_the_branch_are_not_lost(home, remote, theirs):
    record(home, "branch", write_back(home, A))
    theirs.git("fetch", "--quiet", "origin", OWN)
    theirs.git("switch", "--quiet", "-c", "work", "FETCH_HEAD")
    theirs.commit("theirs", files={"new.txt": "x"})
    theirs.git("push", "--quiet", "origin", f"HEAD:{OWN}")
    record(home, "branch", write_back(home, B))
    assert remote.at("new.txt", OWN) == b"x"
    theirs.git("switch", "--quiet", "main")
    theirs.commit("main goes on", files={"other.txt": "two\n"})
    theirs.git("push", "--quiet")
    before = remote.head(OWN)
    recorded = record(home, "branch", {A: URL})
    assert "somebody else's" in recorded.problem.what
    assert remote.head(OWN) == before


def test_a_post_that_the_remote_does_not_have_yet_waits(home, remote):
    home.commit("draft", files={"_posts/2026-11-23-new.md": TEXT})
    written = write_back(home, A, "_posts/2026-11-23-new.md")
    recorded = record(home, "branch", written)
    assert recorded.posts == {A}
    assert "not at the remote yet" in recorded.notices[0].what
    home.git("push", "--quiet")
    assert record(home, "branch", written).posts == set(written)


def test_a_branch_whose_name_is_taken_is_told_in_the_remote_s_words(home, remote):
    remote.git("update-ref", "refs/heads/crosspost", remote.head("main"))
    assert "ref" in record(home, "branch", write_back(home, A)).problem.what.partition("times: ")[2]


def test_a_refused_branch_loses_nothing(home, remote):
    hook = remote.hook("pre-receive", "echo no new branches; exit 1")
    written = write_back(home, A)
    assert "no new branches" in record(home, "branch", written).problem.what
    hook.unlink()
    assert record(home, "branch", written).commit == remote.head(OWN)


def test_many_runs_at_once_each_bring_their_address(remote, tmp_path):
    """Four machines, four posts, one upstream."""
    posts = [f"_posts/2026-11-2{number}-p.md" for number in range(4)]
    seed = remote.clone(tmp_path / "seed")
    seed.commit("posts", files=dict.fromkeys(posts, TEXT))
    seed.git("push", "--quiet")
    program = (
        "import sys; from pathlib import Path; from crosspost.clock import SystemClock\n"
        "from crosspost.jekyll.edit import insert_url; from crosspost.policy import WriteBackPolicy\n"
        "from crosspost.jekyll.repository.record import GitRepository\n"
        "edit = lambda data, url: insert_url(data, url, WriteBackPolicy())\n"
        "root, post, url = Path(sys.argv[1]), sys.argv[2], sys.argv[3]\n"
        "path = root / post; path.write_bytes(edit(path.read_bytes(), url))\n"
        "(done,) = GitRepository(root, 'push', edit=edit, clock=SystemClock()).record({post: url})\n"
        "sys.exit(str(done.problem) if done.problem else 0)"
    )
    running = []
    for number, post in enumerate(posts):
        machine = remote.clone(tmp_path / f"machine{number}", "--depth=1")
        arguments = [sys.executable, "-c", program, str(machine.folder), post, URL]
        running.append(subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True))
    told = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0] * 4, told
    assert all(URL in remote.at(post, "main").decode() for post in posts)
    assert remote.git("rev-list", "--count", "main") == "6"


def test_a_push_answer_that_never_came_and_never_arrived_is_a_failure(home, remote, monkeypatch):
    monkeypatch.setattr(push_module, "push", lambda git, *_, **__: git.run("push", "nowhere"))
    recorded = record(home, "push", write_back(home, A))
    assert (recorded.problem is not None, recorded.posts) == (True, frozenset())
