"""What it costs to find out that 100,000 posts have not changed, and to read them for the first time."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sites import make_site, ripen
from turns import table, take_turns

from crosspost.clock import SystemClock
from crosspost.daemon.shelf import Shelf
from crosspost.jekyll.site import JekyllSite

POSTS = int(os.environ.get("BENCH_POSTS", "100000"))
ROUNDS = 5


def measure() -> Iterator[str]:
    """Yield the lines of two tables; processor time within this process, files in the system's cache."""
    with tempfile.TemporaryDirectory() as name:
        root, state = make_site(Path(name) / "blog", POSTS), Path(name) / "state"
        ripen()
        yield f"A post of {POSTS:,}, nothing has changed:"
        yield ""
        _look(root, state)
        contenders = {"crosspost": lambda: _unchanged(root, state), "os.scandir and stat alone": lambda: _stat(root)}
        yield from table(take_turns(contenders, ROUNDS), "crosspost", dict.fromkeys(contenders, POSTS), digits=4)
        yield ""
        yield "The same, all of them new:"
        yield ""
        contenders = {"crosspost": lambda: _first(root, Path(name)), "reading all bytes once": lambda: _bytes(root)}
        yield from table(take_turns(contenders, 2), "crosspost", dict.fromkeys(contenders, POSTS), digits=4)


def _look(root: Path, state: Path) -> float:
    begun = time.process_time()
    source = JekyllSite(root, memory=state, clock=SystemClock())
    Shelf(source).look(settled=True)
    return time.process_time() - begun


def _unchanged(root: Path, state: Path) -> float:
    """Find all posts, and see of each that its card still counts."""
    begun = time.process_time()
    source = JekyllSite(root, memory=state, clock=SystemClock())
    stamps = source.stamps()
    known = sum(source.knows(key, stamp) for key, stamp in stamps.items())
    cost = time.process_time() - begun
    if (known, len(stamps)) != (POSTS, POSTS):
        raise RuntimeError(f"{known} of {len(stamps)} posts were known")
    return cost


def _first(root: Path, folder: Path) -> float:
    with tempfile.TemporaryDirectory(dir=folder) as state:
        return _look(root, Path(state))


def _stat(root: Path) -> float:
    begun = time.process_time()
    with os.scandir(root / "_posts") as entries:
        for entry in entries:
            entry.stat()
    return time.process_time() - begun


def _bytes(root: Path) -> float:
    begun = time.process_time()
    with os.scandir(root / "_posts") as entries:
        for entry in entries:
            with open(entry.path, "rb") as file:  # noqa: PTH123  # the plainest reading there is
                file.read()
    return time.process_time() - begun
