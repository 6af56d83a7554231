"""A file is replaced as a whole, only if nobody changed it, or not at all."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from crosspost.errors import WriteBackRefused
from crosspost.jekyll import replace, temporary
from crosspost.jekyll.replace import ChangedMeanwhile, replace_file

OLD, NEW = b"---\r\ntitle: A\r\n---\r\nText", b"---\r\ntitle: A\r\nb: 1\r\n---\r\nText"


@pytest.fixture
def post(tmp_path):
    path = tmp_path / "site" / "2024-01-31-a.md"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def untouched(post):
    """The file has its old bytes, and nothing is left beside it."""
    return post.read_bytes() == OLD and [one.name for one in post.parent.iterdir()] == [post.name]


def during_the_write(monkeypatch, act):
    """Run `act` when the new bytes are flushed: after reading, before the rename."""
    fsync = os.fsync

    def flush(descriptor):
        fsync(descriptor)
        monkeypatch.setattr(os, "fsync", fsync)
        act()

    monkeypatch.setattr(os, "fsync", flush)


def fail_at(monkeypatch, name, code):
    def fail(*_args, **_kwargs):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(*name, fail)


@pytest.fixture(params=["exchange", "rename"])
def way(request, monkeypatch):
    """Both ways to take a name: where names can be exchanged, and where they cannot."""
    if request.param == "rename":
        monkeypatch.setattr(replace, "exchange", lambda _one, _other: False)
    elif sys.platform != "linux":
        pytest.skip("names cannot be exchanged here")
    return (Path, "replace") if request.param == "rename" else (replace, "exchange")


@pytest.mark.usefixtures("way")
def test_the_new_bytes_take_the_place_of_the_old(post):
    replace_file(post, OLD, NEW)
    assert post.read_bytes() == NEW
    assert [one.name for one in post.parent.iterdir()] == [post.name]


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_the_mode_is_kept(post, mode):
    post.chmod(mode)
    replace_file(post, OLD, NEW)
    assert stat.S_IMODE(post.stat().st_mode) == mode


def test_the_time_of_the_change_is_new_so_that_watchers_see_it(post):
    os.utime(post, (1, 1))
    replace_file(post, OLD, NEW)
    assert post.stat().st_mtime > 1


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes on this system")
def test_extended_attributes_are_kept(post):
    try:
        os.setxattr(post, "user.origin", b"here")
    except OSError:
        pytest.skip("no extended attributes on this file system")
    replace_file(post, OLD, NEW)
    assert os.getxattr(post, "user.origin") == b"here"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_is_kept(post):
    os.chown(post, 1234, 4321)
    replace_file(post, OLD, NEW)
    assert (post.stat().st_uid, post.stat().st_gid) == (1234, 4321)


def test_an_owner_that_cannot_be_kept_does_not_stop_the_replacement(post, monkeypatch):
    fail_at(monkeypatch, (os, "chown"), errno.EPERM)
    replace_file(post, OLD, NEW)
    assert post.read_bytes() == NEW


def test_a_symbolic_link_stays_a_link_and_its_target_is_replaced(post, tmp_path):
    link = tmp_path / "link.md"
    link.symlink_to(Path("site") / post.name)
    replace_file(link, OLD, NEW)
    assert link.is_symlink()
    assert link.readlink() == Path("site") / post.name
    assert post.read_bytes() == NEW


def test_a_link_into_nothing_is_refused(tmp_path):
    (tmp_path / "link.md").symlink_to("gone.md")
    with pytest.raises(WriteBackRefused, match="not there any more"):
        replace_file(tmp_path / "link.md", OLD, NEW)


def test_a_link_to_itself_is_refused(tmp_path):
    (tmp_path / "link.md").symlink_to("link.md")
    with pytest.raises(WriteBackRefused):
        replace_file(tmp_path / "link.md", OLD, NEW)


def test_a_file_that_this_user_may_not_write_is_refused(post, monkeypatch):
    """The folder may allow the rename all the same; the system's word on the file counts."""
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(WriteBackRefused, match="read-only"):
        replace_file(post, OLD, NEW)
    assert untouched(post)


@pytest.mark.skipif(os.geteuid() != 0, reason="only the administrator may write a file that nobody may write")
def test_what_the_administrator_may_write_is_replaced_and_keeps_its_mode(post):
    post.chmod(0o444)
    replace_file(post, OLD, NEW)
    assert (post.read_bytes(), stat.S_IMODE(post.stat().st_mode)) == (NEW, 0o444)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everything")
def test_a_read_only_file_is_refused(post):
    post.chmod(0o444)
    with pytest.raises(WriteBackRefused, match="read-only"):
        replace_file(post, OLD, NEW)
    assert untouched(post)


def test_a_file_with_two_names_is_refused_so_that_they_stay_one_file(post, tmp_path):
    os.link(post, tmp_path / "other.md")
    with pytest.raises(WriteBackRefused, match="hard links"):
        replace_file(post, OLD, NEW)
    assert untouched(post)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(WriteBackRefused, match="regular file"):
        replace_file(tmp_path, OLD, NEW)


def test_other_bytes_than_expected_are_never_overwritten(post):
    post.write_bytes(b"edited")
    with pytest.raises(ChangedMeanwhile):
        replace_file(post, OLD, NEW)
    assert post.read_bytes() == b"edited"
    assert len(list(post.parent.iterdir())) == 1


def test_a_writer_between_read_and_rename_wins(post, monkeypatch):
    during_the_write(monkeypatch, lambda: post.write_bytes(b"edited"))
    with pytest.raises(ChangedMeanwhile):
        replace_file(post, OLD, NEW)
    assert post.read_bytes() == b"edited"


def test_a_file_put_in_the_place_of_the_old_one_wins_even_with_equal_bytes(post, monkeypatch, tmp_path):
    def swap():
        (tmp_path / "other").write_bytes(OLD)
        (tmp_path / "other").replace(post)

    during_the_write(monkeypatch, swap)
    with pytest.raises(ChangedMeanwhile):
        replace_file(post, OLD, NEW)
    assert untouched(post)


def test_a_link_turned_elsewhere_meanwhile_is_noticed(post, monkeypatch, tmp_path):
    link, other = tmp_path / "link.md", tmp_path / "other.md"
    link.symlink_to(post)
    other.write_bytes(OLD)

    def turn():
        link.unlink()
        link.symlink_to(other)

    during_the_write(monkeypatch, turn)
    with pytest.raises(ChangedMeanwhile):
        replace_file(link, OLD, NEW)
    assert (post.read_bytes(), other.read_bytes()) == (OLD, OLD)


def test_a_file_deleted_meanwhile_does_not_come_back(post, monkeypatch):
    during_the_write(monkeypatch, post.unlink)
    with pytest.raises(WriteBackRefused, match="not there any more"):
        replace_file(post, OLD, NEW)
    assert list(post.parent.iterdir()) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize(
    "step",
    [(os, "fsync"), (temporary.tempfile, "mkstemp"), (replace.shutil, "copystat"), None],
    ids=["flush", "create", "mode", "name"],
)
def test_a_failure_at_any_step_leaves_the_old_bytes_and_no_litter(post, monkeypatch, step, code, way):
    fail_at(monkeypatch, step or way, code)
    with pytest.raises(WriteBackRefused, match="could not be replaced"):
        replace_file(post, OLD, NEW)
    assert untouched(post)


def test_a_disk_that_fills_up_in_the_middle_leaves_the_old_bytes(post):
    size = len(NEW) // 2
    code = (
        "import resource, signal, sys; from pathlib import Path; from crosspost.jekyll.replace import replace_file\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
        f"replace_file(Path(sys.argv[1]), {OLD!r}, {NEW!r})"
    )
    done = subprocess.run([sys.executable, "-c", code, str(post)], capture_output=True, text=True, check=False)
    assert "WriteBackRefused" in done.stderr
    assert untouched(post)


def test_an_interruption_leaves_the_old_bytes_and_no_litter(post, monkeypatch, way):
    def interrupt(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(*way, interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(post, OLD, NEW)
    assert untouched(post)


@pytest.mark.skipif(sys.platform != "linux", reason="names cannot be exchanged here")
def test_an_interruption_right_after_the_names_were_exchanged_gives_the_old_file_its_name_back(post, monkeypatch):
    exchange = replace.exchange

    def interrupted_reading(*_args, **_kwargs):
        raise KeyboardInterrupt

    def then_interrupt(one, other):
        monkeypatch.setattr(replace, "_must_be", interrupted_reading)
        return exchange(one, other)

    monkeypatch.setattr(replace, "exchange", then_interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace_file(post, OLD, NEW)
    assert untouched(post)


def test_a_killed_process_leaves_the_old_bytes_and_at_most_a_hidden_file(post):
    code = (
        "import os, sys; from pathlib import Path; from crosspost.jekyll.replace import replace_file\n"
        "os.fsync = lambda descriptor: os.kill(os.getpid(), 9)\n"
        f"replace_file(Path(sys.argv[1]), {OLD!r}, {NEW!r})"
    )
    done = subprocess.run([sys.executable, "-c", code, str(post)], check=False)
    assert done.returncode == -9
    assert post.read_bytes() == OLD
    assert all(one.name.startswith(".") for one in post.parent.iterdir() if one != post)


def test_the_bytes_are_flushed_before_the_name_is_taken_and_the_folder_after_it(post, monkeypatch, way):
    steps = []
    fsync, take = os.fsync, getattr(*way)

    def flush(descriptor):
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def take_name(one, other):
        steps.append("name")
        return take(one, other)

    monkeypatch.setattr(os, "fsync", flush)
    monkeypatch.setattr(*way, take_name)
    replace_file(post, OLD, NEW)
    assert steps == ["file", "name", "folder"]


def test_a_folder_that_cannot_be_flushed_does_not_undo_the_replacement(post, monkeypatch):
    fsync = os.fsync

    def only_files(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not here")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    replace_file(post, OLD, NEW)
    assert post.read_bytes() == NEW
