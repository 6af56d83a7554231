"""What publishing 200 posts costs, against the same flushes to the disk and the same requests over HTTP alone.

The flushes (fsync, fdatasync) are counted by strace in a run of their own. The requests are recorded in it, and go out again,
byte for byte, over one connection to a sandbox that knows nothing yet, so that it does the same work. Once more they go out from
a Python process of their own, which starts, imports httpx, makes the flushes and sends them through one client: what is left
then is crosspost's own, and a connection a request, which it wants (docs/decisions.md).

Twice: on the disk of this machine, and on one that takes 2 ms for a flush, where a post waits for six of them one after another.
There the flushes of the processes return late, by strace, and those made alone are followed by a sleep of 2 ms.
"""

import http.client
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import slow_disk
from sites import Ran
from turns import table, take_turns

from crosspost.demo.sample import API_DAY
from crosspost.sandbox.messages import Reply, Request
from crosspost.sandbox.server import Sandbox

POSTS = 200
ROUNDS = 5
SLOW_ROUNDS = 3  # of nine seconds each
SETTINGS = """\
since = 2020-01-01
[linkedin]
api_url = "{url}"
"""


class Server(Sandbox):
    """A sandbox without limits that records what it is asked."""

    def __init__(self) -> None:
        super().__init__(today=API_DAY, daily_limit=None, app_daily_limit=None)
        self.asked: list[Request] = []

    def _answer(self, request: Request) -> Reply:
        self.asked.append(request)
        return super()._answer(request)


def measure() -> Iterator[str]:
    """Yield the lines of a table a disk: time on the clock, processes started anew."""
    if not slow_disk.is_there():
        yield "Skipped: without strace nobody counts the flushes."
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work = _counted(folder)
        yield "The disk as it is:"
        yield ""
        yield from _table(folder, *work, rounds=ROUNDS)
        yield ""
        yield f"A disk that takes {slow_disk.SECONDS * 1000:.0f} ms for a flush:"
        yield ""
        yield from _table(folder, *work, rounds=SLOW_ROUNDS, wrapper=slow_disk.WRAPPER, pause=slow_disk.SECONDS)


def _counted(folder: Path) -> tuple[int, list[Request]]:
    log = folder / "strace"
    _, requests = _publish(folder, "strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(log))
    return len(re.findall(r"\bf(?:data)?sync\(", log.read_text())), requests


def _table(
    folder: Path,
    flushes: int,
    requests: list[Request],
    *,
    rounds: int,
    wrapper: tuple[str, ...] = (),
    pause: float = 0.0,
) -> Iterator[str]:
    """Yield the lines of one table.

    Args:
        folder: On the disk.
        flushes: How many `crosspost publish` makes.
        requests: What it sends.
        rounds: How often each works.
        wrapper: A command that gives a process a slower disk.
        pause: How many seconds longer a flush takes there.
    """
    contenders = {
        "crosspost publish": lambda: _publish(folder, *wrapper)[0],
        f"{flushes} flushes and {len(requests)} requests": lambda: _alone(folder, flushes, requests, pause),
        "the same by a Python process through httpx": lambda: _through_httpx(folder, flushes, requests, *wrapper),
    }
    yield from table(take_turns(contenders, rounds), "crosspost publish", dict.fromkeys(contenders, POSTS))


def _publish(folder: Path, *wrapper: str) -> tuple[float, list[Request]]:
    """Publish every post of a new site to a new sandbox. Return how long it took, and the requests that it sent."""
    with tempfile.TemporaryDirectory(dir=folder) as name, Server() as sandbox:
        root = Path(name) / "blog"
        (root / "_posts").mkdir(parents=True)
        (root / "_config.yml").write_text("url: https://blog.example\n")
        (root / "crosspost.toml").write_text(SETTINGS.format(url=sandbox.url))
        for number in range(POSTS):
            moment = datetime.now(UTC) - timedelta(days=1, minutes=number)
            text = f"---\ntitle: Post {number}\ndate: {moment:%Y-%m-%d %H:%M:%S} +0000\n---\nText of post {number}.\n"
            (root / "_posts" / f"{moment:%Y-%m-%d}-post-{number}.md").write_text(text)
        posts = sorted(
            path.relative_to(root) for path in (root / "_posts").iterdir()
        )  # named: no limit of a day counts
        program = Path(sys.executable).with_name("crosspost")
        ran = Ran(*wrapper, program, "publish", "--yes", "--quiet", *posts, cwd=root, home=Path(name) / "home")
        if len(sandbox.posts) != POSTS:
            raise RuntimeError(f"{len(sandbox.posts)} of {POSTS} posts arrived")
        return ran.took, sandbox.asked


def _alone(folder: Path, flushes: int, requests: list[Request], pause: float) -> float:
    with Server() as sandbox:
        place = urlsplit(sandbox.url)
        begun = time.perf_counter()
        with (folder / "flushed").open("wb") as file:
            for _ in range(flushes):
                file.write(b"x" * 200)
                file.flush()
                os.fsync(file.fileno())
                if pause:
                    time.sleep(pause)
        connection = http.client.HTTPConnection(place.hostname or "", place.port)
        for request in requests:
            connection.request(request.method, request.target, request.body, dict(request.headers))
            answer = connection.getresponse()
            answer.read()
            if answer.status not in {200, 201}:
                raise RuntimeError(f"{request.method} {request.target} was answered {answer.status}")
        connection.close()
        return time.perf_counter() - begun


def _through_httpx(folder: Path, flushes: int, requests: list[Request], *wrapper: str) -> float:
    sent = [(one.method, one.target, dict(one.headers), one.body.decode()) for one in requests]
    with Server() as sandbox:
        work = folder / "work.json"
        work.write_text(json.dumps({"url": sandbox.url, "flushes": flushes, "requests": sent}))
        script = Path(__file__).with_name("through_httpx.py")
        took = Ran(*wrapper, sys.executable, script, work, cwd=folder, home=folder).took
        if len(sandbox.posts) != POSTS:
            raise RuntimeError(f"{len(sandbox.posts)} of {POSTS} posts arrived")
        return took
