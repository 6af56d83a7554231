"""How cost and memory grow with the number of posts; also draws docs/growth.svg."""

import os
import sys
import tempfile
from collections.abc import Iterator
from math import log10
from pathlib import Path
from statistics import median

from sites import Ran, crosspost, make_site, ripen

SIZES = tuple(map(int, os.environ.get("BENCH_SIZES", "100 1000 10000 100000").split()))
ROUNDS = 3
PICTURE = Path(__file__).parents[2] / "docs" / "growth.svg"
COLOURS = {"scan": "#0a66c2", "publish --due": "#b24020", "status": "#3c7a3c", "dashboard": "#7b4fa3"}
INDEX = """
import sys
from pathlib import Path
from crosspost.bootstrap import Workshop
from crosspost.credentials import NoPrompt
source = Workshop.open(Path.cwd(), NoPrompt()).source()
stamps = source.stamps()
"""
# The page that an open dashboard asks for every quarter of a minute: settings, queue and calendar read afresh.
PAGE = """
from pathlib import Path
from crosspost.bootstrap import Workshop
from crosspost.credentials import NoPrompt
from crosspost.dashboard import app, pages, views
workshop = Workshop.open(Path.cwd(), NoPrompt())
zone = workshop.source().timezone
page = pages.environment(zone).get_template("queue.html").render(token="", zone=zone, overview=views.overview(workshop))
assert "What goes out when" in page
"""


def measure() -> Iterator[str]:
    """Yield the lines of two tables: processor time and the most memory of a process, nothing due, nothing changed."""
    costs: dict[str, list[float]] = {name: [] for name in COLOURS}
    memory: dict[str, list[int]] = {name: [] for name in COLOURS}
    yield f"| posts | {' | '.join(COLOURS)} |"
    yield f"|---|{'---|' * len(COLOURS)}"
    for posts in SIZES:
        with tempfile.TemporaryDirectory() as name:
            for what, ran in _runs(Path(name), posts).items():
                costs[what].append(median(one.processor for one in ran))
                memory[what].append(min(one.memory for one in ran))
        yield f"| {posts:,} | {' | '.join(f'{costs[what][-1]:.2f} s' for what in COLOURS)} |"
    yield ""
    yield f"| memory at | {' | '.join(COLOURS)} |"
    yield f"|---|{'---|' * len(COLOURS)}"
    for number, posts in enumerate(SIZES):
        yield f"| {posts:,} | {' | '.join(f'{memory[what][number] / 1e6:.0f} MB' for what in COLOURS)} |"
    yield ""
    more = SIZES[-1] - SIZES[1]
    grown = {what: (sizes[-1] - sizes[1]) / more for what, sizes in memory.items()}
    yield (
        f"From {SIZES[1]:,} to {SIZES[-1]:,} posts the index takes {grown['scan']:.0f} bytes a post in memory, "
        f"`publish --due` {round(grown['publish --due'] - grown['scan'])} more, `status` {round(grown['status'] - grown['scan'])} more."
    )
    PICTURE.write_text("\n".join(picture(SIZES, costs)) + "\n", encoding="utf-8")


def _runs(folder: Path, posts: int) -> dict[str, list[Ran]]:
    site, home = make_site(folder / "blog", posts), folder / "home"
    ripen()
    crosspost("publish", "--due", cwd=site, home=home)
    return {
        "scan": [Ran(sys.executable, "-c", INDEX, cwd=site, home=home) for _ in range(ROUNDS)],
        "publish --due": [crosspost("publish", "--due", cwd=site, home=home) for _ in range(ROUNDS)],
        "status": [crosspost("status", cwd=site, home=home) for _ in range(ROUNDS)],
        "dashboard": [Ran(sys.executable, "-c", PAGE, cwd=site, home=home) for _ in range(ROUNDS)],
    }


def picture(sizes: tuple[int, ...], costs: dict[str, list[float]]) -> Iterator[str]:
    """Yield the lines of an SVG picture: seconds over posts, both in powers of ten, so that a straight line is one."""
    wide, high, left, top = 560, 320, 60, 20
    lowest, highest = 0.01, 100.0

    def across(posts: float) -> float:
        return left + wide * log10(posts / sizes[0]) / log10(sizes[-1] / sizes[0])

    def down(seconds: float) -> float:
        return top + high * (1 - log10(max(seconds, lowest) / lowest) / log10(highest / lowest))

    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide + left + 130} {high + top + 50}" font-family="sans-serif" font-size="13">'
    yield "<title>Processor time of a run with nothing to do, by number of posts</title>"
    yield f'<rect width="{wide + left + 130}" height="{high + top + 50}" fill="#ffffff"/>'
    for seconds in (0.01, 0.1, 1, 10, 100):
        yield f'<path d="M{left} {down(seconds):.1f}h{wide}" stroke="#dddddd"/>'
        yield f'<text x="{left - 8}" y="{down(seconds) + 4:.1f}" text-anchor="end">{seconds:g} s</text>'
    for posts in sizes:
        yield f'<text x="{across(posts):.1f}" y="{top + high + 20}" text-anchor="middle">{posts:,}</text>'
    yield f'<text x="{left + wide / 2}" y="{top + high + 42}" text-anchor="middle">posts, none changed, none due</text>'
    for name, seconds in costs.items():
        points = " ".join(f"{across(x):.1f},{down(y):.1f}" for x, y in zip(sizes, seconds, strict=True))
        yield f'<polyline points="{points}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"/>'
    ends = sorted((down(seconds[-1]), name) for name, seconds in costs.items())
    beside = top
    for end, name in ends:
        beside = max(end, beside + 16)
        yield f'<text x="{left + wide + 8}" y="{beside + 4:.1f}" fill="{COLOURS[name]}">{name}</text>'
    yield "</svg>"
