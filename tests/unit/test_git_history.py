"""What git has of a file is read: whatever it is called, whatever the repository is like, and without leaving a trace."""

import os
import subprocess

import pytest

from crosspost.git import GitTimeout, history
from crosspost.git.history import versions
from crosspost.jekyll.history import History
from crosspost.jekyll.site import JekyllSite
from repositories import a_remote, a_repository

NAMES = [
    "a.md",
    "2024-06-17-How to 📢.md",
    "-n.md",
    "a b.md",
    'it\'s "a".md',
    "[a]*?.md",
    ":(top)x.md",
    "a\tb.md",
    "a\nb.md",
    "é.md",
]
THREE = [b"three\n", b"two\n", b"one\n"]


def grown(repository, name, contents):
    """Commit a file several times, as it grows."""
    for content in contents:
        repository.commit(files={name: content})
    return repository.folder / name


@pytest.fixture
def home(tmp_path):
    return a_repository(tmp_path / "home")


@pytest.mark.parametrize("name", NAMES)
def test_the_versions_of_a_file_come_newest_first_whatever_its_name(home, name):
    file = grown(home, f"_posts/{name}", THREE[::-1])
    file.write_bytes(b"on disk\n")
    assert versions(file) == THREE


def test_what_is_staged_is_the_newest_of_all(home):
    file = grown(home, "a.md", THREE[::-1])
    file.write_bytes(b"staged\n")
    home.git("add", "a.md")
    assert versions(file) == [b"staged\n", *THREE]


def test_what_is_staged_is_known_before_the_first_commit(tmp_path):
    home = a_repository(tmp_path / "bare start")
    home.git("update-ref", "-d", "HEAD")
    home.write("a.md", "staged\n")
    home.git("add", "a.md")
    assert versions(home.folder / "a.md") == [b"staged\n"]


def test_renames_are_followed(home):
    text = "".join(f"line {number}\n" for number in range(20))
    home.commit(files={"_drafts/a.md": text})
    home.git("mv", "_drafts/a.md", "2024-01-31-a.md")
    home.commit(files={"2024-01-31-a.md": f"{text}more\n"})
    assert versions(home.folder / "2024-01-31-a.md") == [f"{text}more\n".encode(), text.encode()]


def test_a_version_that_came_back_counts_once(home):
    file = grown(home, "a.md", [b"one\n", b"two\n", b"one\n"])
    assert versions(file) == [b"one\n", b"two\n"]


def test_a_file_that_was_deleted_and_came_back_has_its_past(home):
    file = grown(home, "a.md", [b"one\n"])
    file.unlink()
    home.commit()
    file.write_bytes(b"new\n")
    assert versions(file) == [b"one\n"]


def test_what_two_branches_made_together_is_known(home):
    file = grown(home, "a.md", [b"1\n2\n3\n4\n5\n"])
    home.git("switch", "--quiet", "--create", "side")
    grown(home, "a.md", [b"one\n2\n3\n4\n5\n"])
    home.git("switch", "--quiet", "main")
    grown(home, "a.md", [b"1\n2\n3\n4\nfive\n"])
    home.git("merge", "--quiet", "--no-edit", "side")
    assert versions(file)[0] == b"one\n2\n3\n4\nfive\n"
    assert len(versions(file)) == 4


def test_in_a_conflict_what_both_sides_had_is_known(home):
    file = grown(home, "a.md", [b"one\n"])
    home.git("switch", "--quiet", "--create", "side")
    grown(home, "a.md", [b"two\n"])
    home.git("switch", "--quiet", "main")
    grown(home, "a.md", [b"three\n"])
    home.git("merge", "--quiet", "side", check=False)
    assert set(versions(file)) >= {b"one\n", b"three\n"}


def test_nothing_is_known_without_a_repository_a_commit_or_the_file(tmp_path, home):
    (tmp_path / "alone.md").write_bytes(b"x")
    assert versions(tmp_path / "alone.md") == []
    assert versions(home.write("untracked.md", "x")) == []
    assert versions(home.folder / "gone" / "a.md") == []


def test_nothing_is_known_without_git(home):
    assert versions(grown(home, "a.md", THREE), {"PATH": "/nonexistent"}) == []


def test_nothing_is_known_of_what_git_ignores(home):
    home.write(".gitignore", "a.md\n")
    home.commit()
    assert versions(home.write("a.md", "x")) == []


def test_a_repository_of_another_user_is_not_read(home):
    """git refuses it (git-config, safe.directory); `GIT_TEST_ASSUME_DIFFERENT_OWNER` is what git's own tests pretend with."""
    file = grown(home, "a.md", THREE)
    refused = {
        **os.environ,
        "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1",
        "HOME": str(home.folder),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    assert versions(file, refused) == []


def test_a_folder_of_a_bare_repository_has_no_files(tmp_path):
    bare = a_repository(tmp_path / "bare.git", bare=True)
    assert versions(bare.write("a.md", "x")) == []


def test_a_repository_that_is_broken_tells_nothing(home):
    file = grown(home, "a.md", THREE)
    (home.folder / ".git/HEAD").write_bytes(b"\xff\n")
    assert versions(file) == []


def test_a_version_that_is_lost_is_left_out(home):
    file = grown(home, "a.md", THREE[::-1])
    lost = home.git("rev-parse", "HEAD~1:a.md")
    (home.folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    assert versions(file) == [b"three\n", b"one\n"]


def test_a_submodule_and_a_linked_working_tree_have_their_own_past(tmp_path, home):
    grown(home, "a.md", THREE[::-1])
    outer = a_repository(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", home.folder.as_uri(), "blog")
    assert versions(outer.folder / "blog/a.md") == THREE
    home.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "HEAD~1")
    assert versions(tmp_path / "tree/a.md") == THREE[1:]


@pytest.mark.parametrize(("depth", "known"), [(1, THREE[:1]), (2, THREE[:2]), (9, THREE)])
def test_a_shallow_clone_has_what_was_fetched(tmp_path, home, depth, known):
    grown(home, "a.md", THREE[::-1])
    assert versions(home.clone(tmp_path / "clone", f"--depth={depth}").folder / "a.md") == known


def test_a_sparse_checkout_has_all_of_the_past(tmp_path, home):
    grown(home, "posts/a.md", THREE[::-1])
    clone = home.clone(tmp_path / "clone", "--sparse")
    clone.git("sparse-checkout", "set", "--sparse-index", "posts")
    assert versions(clone.folder / "posts/a.md") == THREE


@pytest.mark.parametrize("forbidden", [{"GIT_NO_LAZY_FETCH"}, {"GIT_ALLOW_PROTOCOL"}], ids=["by 2.45", "by older ones"])
def test_a_partial_clone_has_what_is_there_and_fetches_nothing(tmp_path, home, monkeypatch, forbidden):
    for one in {"GIT_NO_LAZY_FETCH", "GIT_ALLOW_PROTOCOL"} - forbidden:
        monkeypatch.delitem(history._QUIETLY, one)
    grown(home, "a.md", THREE[::-1])
    a_remote(tmp_path / "remote.git", home)
    home.git("config", "uploadpack.allowFilter", "true")
    clone = home.clone(tmp_path / "clone", "--filter=blob:none")
    asked = tmp_path / "asked"
    program = tmp_path / "upload-pack"
    program.write_text(f"#!/bin/sh\ntouch '{asked}'\nexec git-upload-pack \"$@\"\n")
    program.chmod(0o755)
    clone.git("config", "remote.origin.uploadpack", str(program))
    assert versions(clone.folder / "a.md") == THREE[:1]
    assert not asked.exists()
    clone.git("cat-file", "-p", "HEAD~1:a.md")
    assert asked.exists(), "this test would notice"


PROGRAMS = [
    ("core.fsmonitor", "{}"),
    ("core.pager", "{}"),
    ("diff.external", "{}"),
    ("diff.mine.command", "{}"),
    ("diff.mine.textconv", "{}"),
    ("filter.mine.clean", "{}"),
    ("filter.mine.smudge", "{}"),
    ("filter.mine.process", "{}"),
    ("gpg.program", "{}"),
    ("alias.log", "!{}"),
    ("alias.cat-file", "!{}"),
    ("core.hooksPath", "hooks"),
]


def test_nothing_that_a_repository_s_settings_name_is_run(tmp_path, home):
    ran = tmp_path / "ran"
    program = home.write("hooks/program", f"#!/bin/sh\necho \"$0 $*\" >> '{ran}'\n")
    program.chmod(0o755)
    home.write(".gitattributes", "*.md diff=mine filter=mine working-tree-encoding=UTF-16LE eol=crlf\n")
    file = grown(home, "a.md", THREE[::-1])
    signed = "tree {}\nauthor Jo <jo@blog.example> 1 +0000\ncommitter Jo <jo@blog.example> 1 +0000\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nsigned\n"
    made = home.git(
        "hash-object", "-t", "commit", "-w", "--stdin", stdin=signed.format(home.git("rev-parse", "HEAD^{tree}"))
    )
    home.git("update-ref", "HEAD", made)
    for key, value in PROGRAMS:
        home.git("config", key, value.format(program))
    for key in ("log.showSignature", "core.untrackedCache"):
        home.git("config", key, "true")
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman"):
        home.write(f"hooks/{hook}", program.read_bytes()).chmod(0o755)
    ran.unlink(missing_ok=True)
    assert versions(file)
    assert not ran.exists(), ran.read_text()
    home.git("log", "--max-count=1")
    assert ran.exists(), "this test would notice"


def test_settings_of_log_change_nothing(home):
    file = grown(home, "a.md", THREE[::-1])
    for setting in (
        *(
            "log.showRoot=false",
            "log.follow=false",
            "log.decorate=full",
            "log.date=relative",
            "log.diffMerges=combined",
        ),
        *("diff.renames=false", "diff.relative=true", "diff.noprefix=true", "color.ui=always", "color.diff=always"),
        *("core.abbrev=4", "format.pretty=fuller", "core.quotePath=true", "notes.displayRef=*"),
    ):
        home.git("config", *setting.split("="))
    assert versions(file) == THREE


def test_the_first_commit_of_all_counts_whatever_log_shows(tmp_path):
    home = a_repository(tmp_path / "home", files={"a.md": "first\n"})
    home.git("config", "log.showRoot", "false")
    assert versions(home.write("a.md", "staged\n")) == [b"first\n"]
    home.git("add", "a.md")
    assert versions(home.folder / "a.md") == [b"staged\n", b"first\n"]


def state(folder):
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def test_nothing_in_the_repository_changes_and_nobody_s_lock_is_in_the_way(home):
    file = grown(home, "a.md", THREE[::-1])
    file.write_bytes(b"changed\n")
    os.utime(file)
    (home.folder / ".git/index.lock").touch()
    before = state(home.folder)
    assert versions(file) == THREE
    assert state(home.folder) == before


def test_so_many_versions_are_read_and_no_more(home, monkeypatch):
    file = grown(home, "a.md", THREE[::-1])
    monkeypatch.setattr(history, "_RAW", ("--max-count=1", *history._RAW[1:]))
    assert versions(file) == THREE[:1]


def test_versions_that_are_too_long_are_not_read(home, monkeypatch):
    file = grown(home, "a.md", [b"1\n", b"x" * 50, b"2" * 5, b"3" * 9])
    monkeypatch.setattr(history, "LONGEST", 20)
    assert versions(file) == [b"3" * 9, b"2" * 5, b"1\n"]
    monkeypatch.setattr(history, "MOST_BYTES", 12)
    assert versions(file) == [b"3" * 9, b"1\n"]


def test_a_repository_that_takes_too_long_is_told_apart(home, monkeypatch):
    file = grown(home, "a.md", THREE)
    monkeypatch.setattr(history, "SECONDS", 0.0001)
    with pytest.raises(GitTimeout):
        versions(file)


def test_a_symbolic_link_in_the_past_is_no_text(home):
    file = home.folder / "a.md"
    file.symlink_to("elsewhere.md")
    home.commit()
    file.unlink()
    grown(home, "a.md", [b"one\n"])
    assert versions(file) == [b"one\n"]


@pytest.fixture
def commands(monkeypatch):
    """The git commands that were run."""
    ran, popen = [], subprocess.Popen

    def counted(*arguments, **options):
        ran.append(arguments)
        return popen(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", counted)
    return ran


def test_three_commands_are_enough(home, commands):
    file = grown(home, "a.md", THREE[::-1])
    commands.clear()
    assert versions(file) == THREE
    assert len(commands) == 3
    versions(home.write("untracked.md", "x"))
    assert len(commands) == 5


def test_what_a_post_s_file_had_is_asked_for_once(home, commands):
    grown(home, "a.md", [b"one", "a \N{LATIN SMALL LETTER E WITH ACUTE}".encode("latin-1"), b"\xef\xbb\xbftwo"])
    commands.clear()
    past = History(home.folder)
    assert past.of("a.md") == past.of("a.md") == ("two", "one")
    assert len(commands) == 3


def test_a_look_at_the_files_asks_anew(home):
    grown(home, "_posts/2024-01-31-a.md", [b"one"])
    site = JekyllSite(home.folder)
    assert site.site.former("_posts/2024-01-31-a.md") == ("one",)
    grown(home, "_posts/2024-01-31-a.md", [b"two"])
    assert site.site.former("_posts/2024-01-31-a.md") == ("one",)
    site.stamps()
    assert site.site.former("_posts/2024-01-31-a.md") == ("two", "one")


def test_a_repository_that_was_too_slow_once_is_not_asked_about_the_next_file(home, monkeypatch, commands):
    grown(home, "a.md", [b"one"])
    monkeypatch.setattr(history, "SECONDS", 0.0001)
    past = History(home.folder)
    assert past.of("a.md") == ()
    asked = len(commands)
    assert past.of("b.md") == ()
    assert len(commands) == asked


@pytest.mark.parametrize(
    ("name", "told"),
    [("2024-06-17-How to 📢.md", ("How to 📢",)), ("2024-06-17-how-to.md", ()), ("é.markdown", ("é",))],
)
def test_a_name_that_is_not_ascii_is_what_the_title_was(tmp_path, name, told):
    assert History(tmp_path).of(f"_posts/x/{name}") == told
