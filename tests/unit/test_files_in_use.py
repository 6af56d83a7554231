"""Files that others work with at the same moment: editors in place, editors that rename, git, full and read-only disks."""

import ctypes
import errno
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crosspost.errors import WriteBackRefused
from crosspost.jekyll import exchange, replace
from crosspost.jekyll.replace import ChangedMeanwhile, must_be_replaceable, replace_file
from crosspost.jekyll.site import JekyllSite
from crosspost.jekyll.temporary import sweep, temporary_in
from crosspost.jekyll.write_back import barrier, write_back
from crosspost.policy import WriteBackPolicy

POST = "---\ntitle: A\ndate: 2026-01-31\n---\n\nText.\n"
URL = "https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/"
POLICY = WriteBackPolicy()
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell who has a file open for writing")
ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator may mount a file system")


@pytest.fixture
def post(tmp_path):
    path = tmp_path / "site" / "2026-01-31-a.md"
    path.parent.mkdir()
    path.write_text(POST)
    return path


def litter(folder):
    return [one.name for one in folder.iterdir() if one.name.startswith(".crosspost-")]


# --- editors


@LINUX
def test_a_file_that_an_editor_is_writing_is_left_alone(post):
    """Its bytes so far compare equal; what the editor writes next would be lost with the file that a rename replaces."""
    with post.open("a") as editor:
        editor.write("Half a sen")
        editor.flush()
        with pytest.raises(WriteBackRefused, match="being written by another program"):
            write_back(post, URL, POLICY)
        editor.write("tence.\n")
    assert post.read_text() == POST + "Half a sentence.\n"
    assert write_back(post, URL, POLICY)
    assert post.read_text().endswith("Half a sentence.\n")
    assert URL in post.read_text()


@LINUX
def test_a_file_that_others_only_read_is_replaced(post):
    with post.open():
        assert write_back(post, URL, POLICY)


EDITOR = """
import os, random, sys, time
path, style, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
chance = random.Random(seed)
head = {head!r}
for number in range(150):
    text = head + f"Version {{number}}." + "x" * chance.randrange(20000) + "\\nEnd {{number}}.\\n".format(number=number)
    time.sleep(0.1 if number == 149 else chance.random() / 400)
    half = chance.randrange(len(text))
    if style == "in place":
        with open(path, "w") as file:
            for part in (text[:half], text[half:]):
                file.write(part); file.flush(); time.sleep(chance.random() / 1000)
    else:
        with open(path + "~", "w") as file:
            file.write(text[:half]); file.flush(); file.write(text[half:])
        os.rename(path + "~", path)
"""


@pytest.mark.parametrize("style", [pytest.param("in place", marks=LINUX), "by rename"])
def test_the_last_version_that_an_editor_saves_is_never_lost(post, style):
    code = EDITOR.format(head=POST)
    editor = subprocess.Popen([sys.executable, "-c", code, str(post), style, "1"])
    wrote = refused = 0
    while editor.poll() is None:
        try:
            wrote += write_back(post, URL, POLICY)
        except WriteBackRefused:
            refused += 1
    assert editor.returncode == 0
    text = post.read_text()
    assert text.endswith("End 149.\n")
    assert wrote + refused > 1, "the two never met"
    write_back(post, URL, POLICY)
    assert post.read_text().replace(f"linkedin_url: {URL}\n", "") == text.replace(f"linkedin_url: {URL}\n", "")
    assert litter(post.parent) == []


SAVED = "---\ntitle: A\n---\n\nSaved at the last moment.\n"


def save_by_rename(post):
    (post.parent / "draft~").write_text(SAVED)
    (post.parent / "draft~").rename(post)


def save_in_place(post):
    post.write_text(SAVED)


@pytest.fixture
def last_moment(monkeypatch):
    """Let things happen between the last comparison and the change of names, and after each change of names."""

    def schedule(*acts):
        real, todo = replace.exchange, list(acts)

        def exchange(one, other):
            if todo:
                todo.pop(0)()
            return real(one, other)

        monkeypatch.setattr(replace, "exchange", exchange)

    return schedule


@LINUX
@pytest.mark.parametrize("save", [save_by_rename, save_in_place])
def test_what_is_saved_after_the_last_comparison_is_not_overwritten(post, last_moment, save):
    last_moment(lambda: save(post))
    with pytest.raises(ChangedMeanwhile):
        replace_file(post, POST.encode(), b"ours")
    assert post.read_text() == SAVED
    assert list(post.parent.iterdir()) == [post]


@LINUX
def test_the_address_goes_into_what_was_saved_after_the_last_comparison(post, last_moment):
    last_moment(lambda: save_by_rename(post))
    assert write_back(post, URL, POLICY)
    assert post.read_text() == SAVED.replace("title: A\n", f"title: A\nlinkedin_url: {URL}\n")
    assert list(post.parent.iterdir()) == [post]


@LINUX
def test_an_editor_that_opens_the_file_after_the_last_comparison_keeps_it(post, last_moment):
    opened = []
    last_moment(lambda: opened.append(post.open("a")))
    with pytest.raises(ChangedMeanwhile, match="being written"):
        replace_file(post, POST.encode(), b"ours")
    with opened[0] as editor:
        editor.write("More.\n")
    assert post.read_text() == POST + "More.\n"


@LINUX
@pytest.mark.parametrize("saves", [2, 3, 4])
def test_of_several_saves_in_the_middle_of_giving_back_the_last_one_stays(post, last_moment, saves):
    def save(number):
        (post.parent / "draft~").write_text(f"{SAVED}{number}")
        (post.parent / "draft~").rename(post)

    last_moment(*[lambda number=number: save(number) for number in range(saves)])
    with pytest.raises(ChangedMeanwhile):
        replace_file(post, POST.encode(), b"ours")
    assert post.read_text() == f"{SAVED}{saves - 1}"
    assert list(post.parent.iterdir()) == [post]


def test_where_names_cannot_be_exchanged_a_rename_does_it(post, monkeypatch):
    monkeypatch.setattr(replace, "exchange", lambda _one, _other: False)
    assert write_back(post, URL, POLICY)
    assert URL in post.read_text()
    assert litter(post.parent) == []


@LINUX
@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOSYS, errno.EPERM])
def test_a_file_system_that_cannot_exchange_names_says_so_and_nothing_changes(post, monkeypatch, code):
    monkeypatch.setattr(exchange, "_renameat2", lambda: lambda *_arguments: ctypes.set_errno(code) or -1)
    other = post.with_name("other.md")
    other.write_text("other")
    assert not exchange.exchange(post, other)
    assert (post.read_text(), other.read_text()) == (POST, "other")


@LINUX
def test_names_of_files_that_are_not_there_are_not_exchanged(post):
    with pytest.raises(FileNotFoundError):
        exchange.exchange(post, post.with_name("gone.md"))


# --- git


def git(folder, *arguments):
    who = ["-c", "user.name=jo", "-c", "user.email=jo@example.com"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


CHECKOUTS = """
import subprocess, sys
for branch in ["other", "main"] * 40:
    subprocess.run(["git", "checkout", "-qf", branch], cwd=sys.argv[1], check=True, capture_output=True)
"""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_a_checkout_in_the_middle_gets_its_version_and_nothing_mixed(post):
    """Whole versions only: either branch's text, with the address or without."""
    folder = post.parent
    git(folder, "init", "-qb", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    git(folder, "checkout", "-qb", "other")
    other = POST.replace("Text.", "Another text.\n" * 500)
    post.write_text(other)
    git(folder, "commit", "-qam", "two")
    versions = {
        text.replace("---\n\n", f"{line}---\n\n") for text in (POST, other) for line in ("", f"linkedin_url: {URL}\n")
    }
    checkouts = subprocess.Popen([sys.executable, "-c", CHECKOUTS, str(folder)])
    written = 0
    while checkouts.poll() is None:
        try:
            written += write_back(post, URL, POLICY)
        except WriteBackRefused:
            continue
    assert checkouts.returncode == 0
    assert written > 1
    assert post.read_text() in versions
    git(folder, "checkout", "-qf", "other")
    assert post.read_text() in {other, other.replace("---\n\n", f"linkedin_url: {URL}\n---\n\n")}
    assert litter(folder) == []


# --- disks


@pytest.fixture
def tiny_disk(tmp_path):
    """A file system of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@ROOT
def test_on_a_full_disk_the_file_stays_and_once_there_is_space_it_learns_the_address(tiny_disk):
    post = tiny_disk / "2026-01-31-a.md"
    post.write_text(POST + "x" * 20_000)
    before = post.read_bytes()
    filler = tiny_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(bytes(100_000))
    with pytest.raises(WriteBackRefused, match="No space left"):
        write_back(post, URL, POLICY)
    assert post.read_bytes() == before
    assert litter(tiny_disk) == []
    filler.unlink()
    assert write_back(post, URL, POLICY)


@ROOT
def test_a_read_only_disk_is_noticed_before_anything_is_sent(tiny_disk):
    post = tiny_disk / "2026-01-31-a.md"
    post.write_text(POST)
    assert barrier(post) is None
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    assert "read-only" in barrier(post).what
    with pytest.raises(WriteBackRefused):
        write_back(post, URL, POLICY)


def test_a_folder_that_may_not_be_written_is_noticed_before_anything_is_sent(post, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != post.parent)
    with pytest.raises(WriteBackRefused, match="folder"):
        must_be_replaceable(post)


# --- what a killed process leaves


KILLED = """
import os, sys
from pathlib import Path
from crosspost.jekyll.replace import replace_file
os.fsync = lambda descriptor: os.kill(os.getpid(), 9)
replace_file(Path(sys.argv[1]), Path(sys.argv[1]).read_bytes(), b"new")
"""


def test_what_a_killed_process_left_is_removed_by_the_next_write_back(post):
    subprocess.run([sys.executable, "-c", KILLED, str(post)], check=False)
    assert len(litter(post.parent)) == 1
    assert write_back(post, URL, POLICY)
    assert litter(post.parent) == []


def test_it_is_removed_too_where_the_file_has_its_address_already(post):
    write_back(post, URL, POLICY)
    subprocess.run([sys.executable, "-c", KILLED, str(post)], check=False)
    assert not write_back(post, URL, POLICY)
    assert litter(post.parent) == []


def site_with(folder, *names):
    """A site whose posts are copies of one."""
    (folder / "_posts").mkdir(exist_ok=True)
    for name in names:
        (folder / "_posts" / name).write_text(POST)
    return JekyllSite(folder)


def test_a_folder_is_listed_once_for_all_its_posts_until_somebody_looks_which_there_are(tmp_path, monkeypatch):
    names = [f"2026-01-31-{letter}.md" for letter in "abc"]
    site, listed = site_with(tmp_path, *names), []
    monkeypatch.setattr("crosspost.jekyll.write_back.sweep", listed.append)
    for name in names[:2]:
        assert site.write_back(f"_posts/{name}", URL, POLICY)
    assert listed == [tmp_path / "_posts"]
    assert [*site.keys()] == [f"_posts/{name}" for name in names]
    assert site.write_back(f"_posts/{names[2]}", URL, POLICY)
    assert listed == [tmp_path / "_posts"] * 2


def test_what_lies_beside_the_target_of_a_link_is_removed_too(tmp_path):
    site, elsewhere = site_with(tmp_path, "2026-01-31-a.md"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "b.md").write_text(POST)
    (elsewhere / ".crosspost-x.tmp").touch()
    (tmp_path / "_posts" / "2026-01-31-b.md").symlink_to(elsewhere / "b.md")
    assert all(site.write_back(f"_posts/2026-01-31-{letter}.md", URL, POLICY) for letter in "ab")
    assert litter(elsewhere) == []


def test_the_temporary_file_of_a_living_process_is_not_removed(post):
    with temporary_in(post.parent) as mine:
        sweep(post.parent)
        assert mine.exists()
        theirs = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sys; from pathlib import Path; from crosspost.jekyll.temporary import sweep; sweep(Path(sys.argv[1]))",
                str(post.parent),
            ],
            check=True,
        )
        assert theirs.returncode == 0
        assert mine.exists()
    assert litter(post.parent) == []


def test_only_files_of_crosspost_are_removed(post):
    names = [".crosspost-notes", "crosspost-x.tmp", ".other-x.tmp"]
    for name in names:
        (post.parent / name).write_text("mine")
    (post.parent / ".crosspost-link.tmp").symlink_to(post)
    (post.parent / ".crosspost-folder.tmp").mkdir()
    sweep(post.parent)
    assert {one.name for one in post.parent.iterdir()} == {
        post.name,
        *names,
        ".crosspost-link.tmp",
        ".crosspost-folder.tmp",
    }
    assert post.read_text() == POST


def test_many_processes_that_replace_and_sweep_disturb_nobody(post):
    """Six processes put an address each into a file of their own in one folder, again and again, and sweep each time."""
    code = (
        "import sys; from pathlib import Path; from crosspost.jekyll.write_back import write_back\n"
        "from crosspost.policy import WriteBackPolicy\n"
        "path, text = Path(sys.argv[1]), Path(sys.argv[1]).read_text()\n"
        "for _ in range(60):\n"
        f"    path.write_text(text); assert write_back(path, {URL!r}, WriteBackPolicy())\n"
    )
    paths = [post.with_name(f"2026-01-3{number}-b.md") for number in range(6)]
    for path in paths:
        path.write_text(POST)
    processes = [subprocess.Popen([sys.executable, "-c", code, str(path)], stderr=subprocess.PIPE) for path in paths]
    assert [process.communicate()[1] for process in processes] == [b""] * 6
    assert litter(post.parent) == []


def test_a_drive_without_locks_works_and_is_not_swept(post, monkeypatch):
    """There it cannot be known who lives; the hidden file stays, and harms nobody."""
    if sys.platform == "win32":
        pytest.skip("no locks there at all")
    monkeypatch.setattr("crosspost.jekyll.temporary.fcntl.flock", _refuse)
    stale = post.with_name(".crosspost-stale.tmp")
    stale.touch()
    assert write_back(post, URL, POLICY)
    assert litter(post.parent) == [stale.name]


def _refuse(*_args):
    raise OSError(37, os.strerror(37))


def test_bytes_are_right_whatever_the_moment(post):
    """The whole story at once: an editor by rename, random pauses, and the address at last in the newest version."""
    chance = random.Random(3)
    for number in range(30):
        text = POST + f"{number}\n"
        post.with_name("x~").write_text(text)
        post.with_name("x~").replace(post)
        time.sleep(chance.random() / 1000)
        assert write_back(post, URL, POLICY)
        assert post.read_text().replace(f"linkedin_url: {URL}\n", "") == text
    replace_file(post, post.read_bytes(), b"---\n---\n")
