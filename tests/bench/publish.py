"""What publishing 140 due posts costs, against as many flushes to the disk and round trips over HTTP alone.

The flushes (fsync, fdatasync) are counted by strace in a run of their own, the round trips by the sandbox.
"""

import http.client
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sites import Ran
from turns import table, take_turns

from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox

POSTS = 140  # LinkedIn takes 150 requests a day
ROUNDS = 3
SETTINGS = """\
since = 2020-01-01
[linkedin]
api_url = "{url}"
"""


def measure() -> Iterator[str]:
    """Yield the lines of a table: time on the clock, processes started anew."""
    if not shutil.which("strace"):
        yield "Skipped: without strace nobody counts the flushes."
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        flushes, trips = _counted(folder)
        contenders = {
            "crosspost publish": lambda: _publish(folder)[0],
            f"{flushes} flushes and {trips} round trips": lambda: _alone(folder, flushes, trips),
        }
        yield from table(take_turns(contenders, ROUNDS), "crosspost publish", dict.fromkeys(contenders, POSTS))


def _counted(folder: Path) -> tuple[int, int]:
    log = folder / "strace"
    _, trips = _publish(folder, "strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(log))
    return len(re.findall(r"\bf(?:data)?sync\(", log.read_text())), trips


def _publish(folder: Path, *wrapper: str) -> tuple[float, int]:
    """Publish every post of a new site to a new sandbox. Return how long it took, and how many requests it sent."""
    with tempfile.TemporaryDirectory(dir=folder) as name, Sandbox(today=API_DAY) as sandbox:
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
        return ran.took, len(sandbox.requests)


def _alone(folder: Path, flushes: int, trips: int) -> float:
    with Sandbox(today=API_DAY) as sandbox:
        place = urlsplit(sandbox.url)
        begun = time.perf_counter()
        with (folder / "flushed").open("wb") as file:
            for _ in range(flushes):
                file.write(b"x" * 200)
                file.flush()
                os.fsync(file.fileno())
        for _ in range(trips):
            connection = http.client.HTTPConnection(place.hostname or "", place.port)
            connection.request("GET", "/feed")
            connection.getresponse().read()
            connection.close()
        return time.perf_counter() - begun
