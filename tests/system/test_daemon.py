"""The daemon as a process: real files, real signals, a real ledger, real HTTP to the sandbox."""

import os
import shutil
import signal
import socket
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from conftest import lacking
from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from daemons import Blog, Process, until

POSTS = "POST /rest/posts"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture
def sandbox():
    with Sandbox(today=API_DAY) as server:
        yield server


@pytest.fixture
def blog(tmp_path, sandbox):
    return Blog(tmp_path / "blog", sandbox)


@pytest.fixture
def start(blog):
    started = []

    def begin(*arguments, wait=True, **options):
        process = Process(blog, *arguments, **options)
        started.append(process)
        if wait:
            process.says("watching")
        return process

    yield begin
    for process in started:
        process.kill()


def states(blog):
    with sqlite3.connect(f"file:{blog.folder}/state/ledger.sqlite3?mode=ro", uri=True) as db:
        return dict(db.execute("SELECT post, state FROM entry"))


def test_a_post_that_is_dropped_goes_out_and_its_file_says_where(blog, start):
    daemon = start()
    path = blog.post("dropped")
    until(lambda: "linkedin_url: https://www.linkedin.com/feed/update/" in path.read_text())
    assert blog.sent() == ["dropped"]
    looked = len([line for line in daemon.log if "posts changed" in line])
    time.sleep(1.5)
    assert len([line for line in daemon.log if "posts changed" in line]) == looked, "its own write-back woke it again"
    assert daemon.stop() == 0


def test_what_is_due_soon_goes_out_at_its_moment_and_what_was_edited_or_deleted_meanwhile_does_not(blog, start):
    soon, edited, deleted, renamed = (blog.post(name, age=timedelta(seconds=-3)) for name in ("b", "c", "d", "e"))
    del soon
    daemon = start()
    assert blog.sent() == []
    edited.write_text(blog.text("c", age=timedelta(days=-3)))
    deleted.unlink()
    renamed.rename(renamed.with_name("draft-of-e.md"))
    until(lambda: blog.sent() == ["b"])
    time.sleep(1)
    assert blog.sent() == ["b"]
    assert daemon.stop(signal.SIGINT) == 130


def test_names_that_editors_and_sync_tools_use_meanwhile_are_no_posts(blog, start):
    start()
    final = blog.path("synced")
    for name in (f".{final.name}.Xy12", f"{final.name}~", f"{final.name}.part", f".crosspost-{final.name}.tmp", "4913"):
        (final.parent / name).write_text(blog.text("half"))
    os.rename(final.parent / f".{final.name}.Xy12", final)  # noqa: PTH104 - as rsync does
    until(lambda: blog.sent() == ["half"])


def test_a_file_that_is_still_being_written_waits_until_it_is_whole(blog, start):
    start()
    text = blog.text("slow")
    with blog.path("slow").open("w") as file:
        for character in text:
            file.write(character)
            file.flush()
            time.sleep(0.01)
    until(blog.sent)
    assert "Text of slow, like no other." in blog.sandbox.posts[0].rendered


def test_a_thousand_files_at_once_go_out_one_a_minute(blog, start):
    daemon = start()
    for number in range(1000):
        blog.post(f"n{number:04}")
    until(blog.sent, seconds=20)
    time.sleep(2)
    assert blog.sent() == ["n0000"]
    assert daemon.stop() == 0


def test_a_daemon_that_was_killed_after_a_post_does_not_send_it_again(blog, start):
    daemon = start()
    path = blog.post("killed")
    until(lambda: "linkedin_url" in path.read_text())
    daemon.kill()
    start()
    blog.sandbox.fault("503", on=POSTS)
    time.sleep(1)
    assert blog.sent() == ["killed"]


def test_a_daemon_that_was_killed_while_a_post_was_on_its_way_leaves_it_to_a_person(blog, start):
    blog.sandbox.fault("slow", on=POSTS, seconds=3)
    daemon = start()
    path = blog.post("killed")
    until(blog.requests)
    daemon.kill()
    again = start()
    again.says("crosspost resolve _posts/")
    assert states(blog) == {f"_posts/{path.name}": "uncertain"}
    assert len(blog.requests()) == 1


def test_asked_to_stop_while_a_post_is_on_its_way_it_waits_for_the_answer(blog, start):
    blog.sandbox.fault("slow", on=POSTS, seconds=1.5)
    daemon = start()
    path = blog.post("on-its-way")
    until(blog.requests)
    assert daemon.stop() == 0
    assert states(blog) == {f"_posts/{path.name}": "published"}
    assert "linkedin_url" in path.read_text()


def test_asked_to_stop_twice_it_does_not_wait_and_says_that_the_post_may_have_arrived(blog, start):
    blog.sandbox.fault("slow", on=POSTS, seconds=4)
    daemon = start()
    path = blog.post("on-its-way")
    until(blog.requests)
    daemon.send(signal.SIGTERM)
    time.sleep(0.3)
    began = time.monotonic()
    assert daemon.stop() == 0
    assert time.monotonic() - began < 2
    assert states(blog) == {f"_posts/{path.name}": "uncertain"}


def test_asked_to_stop_before_anything_is_on_its_way_it_leaves_at_once_and_the_post_goes_out_next_time(blog, start):
    blog.sandbox.fault("slow", on="GET /v2/userinfo", seconds=4)
    daemon = start()
    blog.post("later")
    until(lambda: [one for one in blog.sandbox.requests if "userinfo" in one.path])
    began = time.monotonic()
    assert daemon.stop() == 0
    assert time.monotonic() - began < 2
    assert blog.sent() == []
    start()
    until(lambda: blog.sent() == ["later"])


def test_an_outage_stops_nothing_but_the_post_and_is_not_hammered(blog, start):
    blog.sandbox.fault("drop-before-commit", on="GET /v2/userinfo", times=100)
    daemon = start("--http", "0")
    url = daemon.says("http://127.0.0.1:").split("/healthz")[0]
    path = blog.post("a")
    daemon.says("failed _posts/", seconds=20)
    until(lambda: not ready(url))
    asked = len(blog.sandbox.requests)
    other = blog.post("b")
    time.sleep(1.5)
    assert len(blog.sandbox.requests) == asked
    path.unlink()
    other.unlink()
    until(lambda: ready(url))
    assert daemon.stop() == 0


def test_the_folder_may_go_and_come_back(blog, start, tmp_path):
    daemon = start("--http", "0")
    elsewhere = tmp_path / "elsewhere"
    (blog.folder / "_posts").rename(blog.folder / "_away")
    (blog.folder / "crosspost.toml").rename(elsewhere)
    daemon.says("crosspost.toml is not there any more; waiting until it is back")
    elsewhere.rename(blog.folder / "crosspost.toml")
    (blog.folder / "_away").rename(blog.folder / "_posts")
    daemon.says("the site is back")
    blog.post("afterwards")
    until(lambda: blog.sent() == ["afterwards"])


def test_a_ledger_that_is_gone_stops_every_post_until_it_is_back(blog, start):
    daemon = start("--http", "0")
    url = daemon.says("http://127.0.0.1:").split("/healthz")[0]
    blog.post("first")
    until(lambda: "published" in states(blog).values())
    (blog.folder / "state").rename(blog.folder / "away")
    blog.post("second", age=timedelta(hours=2))
    daemon.says("moved, deleted or replaced")
    assert not ready(url)
    assert blog.sent() == ["first"]
    assert not (blog.folder / "state").exists()
    (blog.folder / "away").rename(blog.folder / "state")
    daemon.send(signal.SIGHUP)
    until(lambda: ready(url))
    assert daemon.stop() == 0


def ready(url):
    """Tell whether the daemon says that posts can go out."""
    try:
        return urllib.request.urlopen(f"{url}/readyz").read() == b"ready\n"
    except urllib.error.HTTPError as error:
        assert error.code == 503  # noqa: PT017 - the other outcome is the return above
        return False


def test_settings_are_picked_up_and_broken_ones_leave_the_last_good(blog, start):
    daemon = start()
    (blog.folder / "crosspost.toml").write_text("nonsense = ")
    daemon.says("the settings stay as they were")
    blog.post("first")
    until(lambda: blog.sent() == ["first"])
    blog.configure('[site]\nselect = "opt-in"\n')
    until(lambda: sum("watching" in line for line in daemon.log) == 2)
    (blog.folder / "_config.yml").write_text("url: [")
    until(lambda: sum("the settings stay as they were" in line for line in daemon.log) == 2)
    blog.post("second")
    time.sleep(1.5)
    assert blog.sent() == ["first"]
    daemon.send(signal.SIGHUP)
    until(lambda: sum("the settings stay as they were" in line for line in daemon.log) == 3)


def test_a_second_daemon_is_told_who_is_at_it(blog, start):
    first = start()
    second = start(wait=False)
    assert second.wait() == 2
    assert f"/{first.pid} since" in "".join(second.log)
    first.kill()
    assert start().stop() == 0


def test_a_clock_that_is_set_forward_makes_posts_due_and_one_that_is_set_back_does_not_stop_it(blog, start, tmp_path):
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None) or lacking("libfaketime")
    shift = tmp_path / "shift"
    shift.write_text("+0")
    fake = {"LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": shift, "FAKETIME_NO_CACHE": "1"}
    daemon = start(environ={name: str(value) for name, value in fake.items()} | {"FAKETIME_DONT_FAKE_MONOTONIC": "1"})
    blog.post("tomorrow", age=timedelta(hours=-12))
    daemon.says("posts changed")
    assert blog.sent() == []
    shift.write_text("+1d")
    daemon.says("the clock moved by +86400 seconds")
    until(lambda: blog.sent() == ["tomorrow"])
    shift.write_text("+0")
    daemon.says("the clock moved by -86400 seconds")
    assert daemon.stop() == 0


@contextmanager
def service_manager(name):
    """Listen as systemd does; yields what was said so far."""
    said = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as server:
        server.bind(name)
        server.settimeout(0.1)
        ended = threading.Event()

        def listen():
            while not ended.is_set():
                with suppress(TimeoutError):
                    said.extend(server.recv(4096).decode().splitlines())

        thread = threading.Thread(target=listen)
        thread.start()
        yield said
        ended.set()
        thread.join()


@pytest.mark.parametrize("abstract", [False, True])
def test_the_service_manager_is_told_of_readiness_life_reload_and_end(blog, start, tmp_path, abstract):
    name = f"crosspost-test-{os.getpid()}" if abstract else str(tmp_path / "notify")
    with service_manager(f"\0{name}" if abstract else name) as said:
        address = f"@{name}" if abstract else name
        daemon = start(environ={"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "300000"})
        until(lambda: "READY=1" in said and "WATCHDOG=1" in said)
        daemon.send(signal.SIGHUP)
        until(lambda: said.count("READY=1") == 2 and "RELOADING=1" in said)
        assert daemon.stop() == 0
        until(lambda: "STOPPING=1" in said)


def test_it_works_without_any_capability_as_under_the_example_unit(blog, start):
    if not shutil.which("setpriv"):
        lacking("setpriv")
    start(wrapper=["setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"])
    path = blog.post("bare")
    until(lambda: "linkedin_url" in path.read_text())


def test_health_readiness_and_metrics_are_served_on_request(blog, start):
    daemon = start("--http", "0")
    url = daemon.says("http://127.0.0.1:").split("/healthz")[0]
    blog.post("counted")
    until(blog.sent)
    read = lambda path: urllib.request.urlopen(url + path).read().decode()  # noqa: E731
    assert (read("/healthz"), read("/readyz")) == ("alive\n", "ready\n")
    until(lambda: 'crosspost_outcomes_total{account="default",outcome="published"} 1' in read("/metrics"))
    until(lambda: 'crosspost_posts{account="default"} 1' in read("/metrics"))
    (blog.folder / "crosspost.toml").unlink()
    daemon.says("waiting until it is back")
    with pytest.raises(urllib.error.HTTPError, match="503"):
        read("/readyz")
