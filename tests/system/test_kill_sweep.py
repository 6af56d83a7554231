"""SIGKILL at every ledger, file and socket system call of a publish: never two posts, no torn file, no address lost.

strace attaches to a process that is about to publish, counts its system calls and kills it upon entry to a chosen one
(strace(1), "Tampering"). Where a process may not be traced, it is killed at as many random moments instead.
"""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from itertools import cycle
from pathlib import Path

import pytest

import dying
from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from system.test_kill import Site

POINTS = 320
RETRY_POINTS = 40
WORKERS = 4  # two cores; a retry waits most of its time
PAUSE = 4.0  # seconds for thirty: what a Date header needs
AUTHOR = "urn:li:person:sandbox-member"  # known, so that the only request is the one that publishes
ENVIRON = {"LINKEDIN_ACCESS_TOKEN": "sandbox-token"}

CHANGING = {
    *("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "fallocate", "flock"),
    *("unlink", "rename", "renameat2", "link"),
    *("chmod", "fchmod", "chown", "fchown", "utimensat", "mkdir"),
    *("socket", "connect", "sendto", "recvfrom", "poll", "shutdown", "getsockopt", "setsockopt"),
}
READING = {"openat", "read", "pread64", "lseek", "newfstatat", "fcntl", "close", "getdents64", "access", "ioctl"}


@pytest.fixture(scope="module")
def processes():
    return dying.context()


@pytest.fixture(scope="module")
def linkedin():
    with Sandbox(today=API_DAY, daily_limit=None) as server:
        yield server


@pytest.fixture(scope="module")
def can_trace():
    """Whether this machine lets a process be traced by another that is not its parent."""
    if shutil.which("strace") is None:
        if os.environ.get("CI"):
            pytest.fail("strace is missing; .ci/run installs it")
        return False
    with subprocess.Popen(["sleep", "5"]) as sleeper:
        command = ["strace", "-qq", "-o", os.devnull, "-p", str(sleeper.pid)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as tracer:
            time.sleep(0.5)
            attached = tracer.poll() is None
            sleeper.kill()
    return attached


def run(site, *options, pause=PAUSE, moment=None):
    """Publish in a process of its own, traced with these options of strace; return its exit code, None where it was killed."""
    environ = ENVIRON | {"HOME": str(site.folder)} | ({"TRACED": "1"} if options else {})
    process = site.processes.Process(
        target=dying.run_traced, args=(["publish", "--due"], str(site.folder), environ, pause)
    )
    process.start()
    if options:
        command = ["strace", "-f", "-qq", "-p", str(process.pid), *options]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL):
            process.join(120)
    elif moment is not None:
        time.sleep(moment)
        with suppress(ProcessLookupError):
            process.kill()
    process.join(120)
    return process.exitcode if process.exitcode is not None and process.exitcode >= 0 else None


def calls_of(site):
    """Return how often each system call is made by the thread that makes it most: that many points it has."""
    log = site.folder / "trace"
    wanted = ",".join(sorted(CHANGING | READING))
    assert run(site, "-o", str(log), "-e", f"trace=?{wanted.replace(',', ',?')}") is not None
    by_thread = Counter(re.findall(r"^(\d+) +(\w+)\(", log.read_text(errors="replace"), re.MULTILINE))
    most = Counter()
    for (_, name), number in by_thread.items():
        most[name] = max(most[name], number)
    return most


def points(calls, wanted):
    """Return every call that changes something or speaks to somebody, and of those that look, evenly, as many as are left."""
    changing = [(name, number) for name in sorted(CHANGING & calls.keys()) for number in range(1, calls[name] + 1)]
    looking = [(name, number) for name in sorted(READING & calls.keys()) for number in range(1, calls[name] + 1)]
    if len(changing) >= wanted:
        return [changing[index * len(changing) // wanted] for index in range(wanted)]
    left = min(wanted - len(changing), len(looking))
    return changing + [looking[index * len(looking) // left] for index in range(left)]


def kill_at(site, point, **how):
    """Run and be killed at a point; return whether it was reached. A point is a call and its number, or a moment."""
    if isinstance(point, float):
        return run(site, moment=point, **how) is None
    name, number = point
    return run(site, "-o", os.devnull, "-e", f"inject={name}:signal=SIGKILL:when={number}", **how) is None


def phase(site):
    """Return where the process was killed, by what it left: the ledger's state, LinkedIn, the file."""
    has = len(site.sent)
    file = "as it was" if site.post.read_text() == site.original else "updated"
    return f"{state_of(site):10} | {has} post | file {file}"


def state_of(site):
    """Read a copy of the ledger: looking at the file itself would bring it up to date."""
    with tempfile.TemporaryDirectory() as folder:
        for part in site.folder.glob("ledger.sqlite3*"):
            with suppress(FileNotFoundError):
                shutil.copy(part, folder)
        copy = Path(folder) / "ledger.sqlite3"
        if not copy.exists():
            return "no ledger"
        with closing(sqlite3.connect(copy)) as ledger:
            try:
                row = ledger.execute("SELECT state, written_back_at FROM entry").fetchone()
            except sqlite3.OperationalError:
                return "no tables"
    if row is None:
        return "no entry"
    return "written" if row[1] else row[0]


def run_until_quiet(site):
    """Run again and again until nothing changes; return the exit code."""
    seen = None
    for _ in range(5):
        code = run(site)
        now = (code, site.post.read_bytes(), len(site.sent))
        if now == seen:
            return code
        seen = now
    raise AssertionError("it never becomes quiet")


def end_of(site, where):
    """Check what must hold once all is quiet; return how it ended."""
    code = run_until_quiet(site)
    text, sent = site.post.read_text(), site.sent
    assert len(sent) <= 1, f"published twice after a kill at {where}"
    if code == 0:
        assert text == site.updated(f"https://www.linkedin.com/feed/update/{sent[0].urn}/"), f"torn after {where}"
        assert not list(site.post.parent.glob(".crosspost-*")), f"litter after {where}"
        return "published, file updated"
    assert (code, text) == (4, site.original), f"exit {code} after a kill at {where}"
    return f"uncertain, LinkedIn has {len(sent)}"


def sweep(sites, where, kill):
    """Kill at each point, in parallel; return per point its phase and how it ended, leaving out what was not reached."""

    def one(number):
        site, point = sites(number), where[number]
        if not kill(site, point):
            return None
        left = phase(site)
        return left, end_of(site, f"{point} ({left})")

    with ThreadPoolExecutor(WORKERS) as pool:
        return [result for result in pool.map(one, range(len(where))) if result]


def table(results):
    counts = Counter(results)
    lines = [f"{number:4}  {left:42} -> {ended}" for (left, ended), number in sorted(counts.items())]
    return "\n".join([*lines, f"{sum(counts.values()):4}  kills"])


def moments(duration, wanted):
    chance = random.Random(20261125)
    return [chance.random() * duration for _ in range(wanted)]


def test_a_publish_killed_at_every_system_call_never_publishes_twice(
    tmp_path, processes, linkedin, can_trace, show_table
):
    """Half of the sites settle what is uncertain by the identical retry, half leave it to a person."""
    number = cycle(range(10**9))

    def site(index):
        return Site(
            tmp_path / str(next(number)),
            processes,
            linkedin,
            f"{index}-{index * 7919}",
            retry=bool(index % 2),
            author=AUTHOR,
        )

    started = time.monotonic()
    if can_trace:
        where = points(calls_of(site(-1)), POINTS)
    else:
        run(site(-1))
        where = moments(time.monotonic() - started, POINTS)
    results = sweep(site, where, kill_at)
    show_table(f"A publish killed at {'every system call' if can_trace else 'random moments'}", table(results))
    assert len(results) >= (300 if can_trace else 200)
    ends = Counter(ended for _, ended in results)
    assert ends["published, file updated"] > len(results) / 2
    for index, (left, ended) in enumerate(results):
        if not left.startswith(("sending", "uncertain")):
            assert ended == "published, file updated", f"point {index}: a kill outside the send left a post uncertain"


def test_a_retry_killed_at_every_system_call_never_publishes_twice(
    tmp_path, processes, linkedin, can_trace, show_table
):
    """First a publish is killed while it sends, before or after its request has left; then the run that retries is killed."""
    if not can_trace:
        pytest.skip("this machine lets no process be traced")

    def site(index):
        for attempt in range(3):  # on a busy machine a publish may be over before strace follows all its threads
            words = f"r{index}-{index * 104729}-{attempt}"
            made = Site(tmp_path / f"{index}-{attempt}", processes, linkedin, words, retry=True, author=AUTHOR)
            if kill_at(made, ("recvfrom", 1) if index % 2 else ("connect", 1)):
                break
        assert state_of(made) == "sending"
        return made

    where = points(calls_of(site(-1)), RETRY_POINTS)
    results = sweep(site, where, kill_at)
    show_table("A retry killed at its system calls", table(results))
    assert len(results) >= RETRY_POINTS * 3 / 4
