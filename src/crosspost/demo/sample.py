"""The sample site: six posts whose dates lie around now."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = """\
title: A sample blog
url: https://blog.example
permalink: /:year/:title/
"""

# The settings that a user would write; the baseline is what keeps older posts from flooding out.
SETTINGS = """\
since = {since}

[linkedin]
api_url = "{url}"
oauth_url = "{url}"

[ledger]
url = "sqlite:///ledger.sqlite3"
"""

# The day on which the server lives: the default API version must not die under a demonstration some day.
API_DAY = date(2026, 11, 22)

PICTURE = "questions.png"

# Name of the sample -> how long ago it was due.
AGES = {
    "already-there": timedelta(days=2, hours=2),
    "ordinary": timedelta(days=1, hours=3),
    "bold-letters": timedelta(hours=20),
    "wrong-encoding": timedelta(hours=9),
    "too-long": timedelta(hours=1),
    "future": -timedelta(days=2),
}


def write_site(folder: Path, *, now: datetime, api_url: str) -> None:
    """Write the sample site into an empty folder.

    Args:
        folder: Where.
        now: Aware; the posts' dates are set around it.
        api_url: Of the server to publish to.
    """
    (folder / "_posts").mkdir()
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "assets").mkdir()
    (folder / "assets" / PICTURE).write_bytes((files("crosspost.demo") / "site" / PICTURE).read_bytes())
    baseline = (now - timedelta(days=7)).date()
    (folder / "crosspost.toml").write_text(SETTINGS.format(since=baseline, url=api_url), encoding="utf-8")
    for name, age in AGES.items():
        moment = now - age
        post = folder / "_posts" / f"{moment:%Y-%m-%d}-{name}.md"
        post.write_bytes(_sample(name, moment).encode())


def _sample(name: str, moment: datetime) -> str:
    text = (files("crosspost.demo") / "site" / f"{name}.md").read_text(encoding="utf-8")
    text = text.replace("{date}", f"{moment:%Y-%m-%d %H:%M:%S %z}")
    # The classic accident: UTF-8 read as Windows-1252 and saved again.
    return text.encode().decode("cp1252") if name == "wrong-encoding" else text
