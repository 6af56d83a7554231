"""Sites of any size, and a crosspost process that works on one."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

BODY = "A paragraph with *some* Markdown, a [link](https://example.com) and a bit more text.\n\n" * 20


def make_site(root: Path, posts: int, settings: str = "since = 2026-01-01\n") -> Path:
    """Make a site with so many posts, all older than its baseline. Return its folder."""
    (root / "_posts").mkdir(parents=True)
    (root / "_config.yml").write_text("url: https://blog.example\ntimezone: Europe/Berlin\n")
    (root / "crosspost.toml").write_text(settings)
    for number in range(posts):
        date = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(hours=2 * number)
        head = f'layout: post\ntitle: "Post {number}"\ndate: {date:%Y-%m-%d %H:%M:%S} +0000\ncategories: [one]\ntags: [a, b]'
        (root / "_posts" / f"{date:%Y-%m-%d}-post-{number}.md").write_text(f"---\n{head}\n---\n{BODY}")
    return root


def ripen() -> None:
    """Wait until files that were written just now may be remembered (see `jekyll.index`)."""
    time.sleep(3.5)


class Ran:
    """A command that has ended: its processor time, the time it took, the most memory it had (bytes)."""

    def __init__(self, *command: str | Path, cwd: Path, home: Path, code: int = 0) -> None:
        state = {"HOME": str(home), "XDG_STATE_HOME": str(home), "LINKEDIN_ACCESS_TOKEN": "sandbox-token"}
        state["PYTHONDONTWRITEBYTECODE"] = (
            ""  # an installed crosspost is compiled; a checkout shall not compile itself each time
        )
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=os.environ | state, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        self.took = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != code:
            raise RuntimeError(f"{command} ended with {process.returncode}")
        self.processor = used.ru_utime + used.ru_stime
        self.memory = used.ru_maxrss * 1024


def crosspost(*arguments: str, cwd: Path, home: Path) -> Ran:
    """Run a command of crosspost, in a process of its own."""
    return Ran(Path(sys.executable).with_name("crosspost"), *arguments, "--quiet", cwd=cwd, home=home)
