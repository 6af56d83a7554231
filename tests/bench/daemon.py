"""What the daemon costs beside 10,000 posts: processor and memory of a quiet minute, and the time from file to LinkedIn.

The time is from the last write to a file until the sandbox has the post, over HTTP on this machine.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from daemons import Blog, Process, until

POSTS = 10_000
MINUTE = float(os.environ.get("CROSSPOST_BENCH_SECONDS", "60"))
ROUNDS = 10
BODY = "A paragraph with *some* Markdown, a [link](https://example.com) and a bit more text.\n\n" * 20


def measure() -> Iterator[str]:
    """Yield the lines of the report."""
    with tempfile.TemporaryDirectory() as name, Sandbox(today=API_DAY) as sandbox:
        blog = Blog(Path(name) / "blog", sandbox)
        for number in range(POSTS):
            date = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=20 * number)
            text = f"---\ntitle: Post {number}\ndate: {date:%Y-%m-%d %H:%M:%S} +0000\ntags: [a, b]\n---\n{BODY}"
            (blog.folder / "_posts" / f"{date:%Y-%m-%d}-post-{number}.md").write_text(text)
        begun = time.monotonic()
        daemon = Process(blog, environ={"HOME": name})
        try:
            daemon.says("watching", seconds=600)
            yield f"| start, {POSTS:,} posts read | {time.monotonic() - begun:.1f} s |"
            yield "|---|---|"
            time.sleep(3)
            before = _processor(daemon.pid)
            time.sleep(MINUTE)
            used = _processor(daemon.pid) - before
            yield f"| processor, {MINUTE:.0f} quiet seconds | {used:.2f} s, {100 * used / MINUTE:.2f} % of one |"
            yield f"| resident memory | {_resident(daemon.pid):.0f} MB |"
            times = sorted(_from_file_to_post(blog, number) for number in range(1))
            yield f"| from file to LinkedIn, among {POSTS:,} | {times[0]:.2f} s |"
        finally:
            daemon.kill()
    times = [_alone(number) for number in range(ROUNDS)]
    yield (
        f"| from file to LinkedIn, alone, {ROUNDS} times | median {statistics.median(times):.2f} s, "
        f"longest {max(times):.2f} s |"
    )


def _alone(number: int) -> float:
    """Time one post of a site without others: the daemon sends one a minute, so each round has its own."""
    with tempfile.TemporaryDirectory() as name, Sandbox(today=API_DAY) as sandbox:
        blog = Blog(Path(name) / "blog", sandbox)
        daemon = Process(blog, environ={"HOME": name})
        try:
            daemon.says("watching", seconds=60)
            time.sleep(2 + number / ROUNDS)  # at any point of the watch's steps
            return _from_file_to_post(blog, number)
        finally:
            daemon.kill()


def _from_file_to_post(blog: Blog, number: int) -> float:
    blog.post(f"timed-{number}")
    written = time.monotonic()
    until(blog.requests, seconds=60)
    return time.monotonic() - written


def _processor(pid: int) -> float:
    """Return the seconds of processor time that a process has used (proc(5), stat, fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS:")).split()[1]) / 1024
