"""What a person sees, through a real pseudo-terminal: three widths, with and without colour, kept as files to be read.

After a change that is meant: `WRITE_TERMINAL_SNAPSHOTS=1 scripts/test tests/system/test_terminal.py`, then read the difference.
"""

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crosspost.report.cells import width

SNAPSHOTS = Path(__file__).parent / "terminal"
TOKEN = "AQ-marked-token"  # of the sandbox in conftest.py
CROSSPOST = Path(sys.executable).with_name("crosspost")
COMMANDS = {
    "preview": ["preview", "_posts/2026-11-22-everything.md"],
    "check": ["check"],
    "check-diff": ["check", "--diff", "_posts/2026-11-22-everything.md"],
    "status": ["status"],
    "usage": ["no-such-command"],
}
POSTS = {
    "2026-11-22-everything.md": """---
title: "𝗪𝗵𝘆 it isnâ€™t finished"
tags: [deep work, 日本語]
---

First line of a text that is long enough to be wrapped on every terminal there is, 🚀 and 日本語の文章も折り返されます.

- one (1)
- two [2]

Averyveryveryveryveryveryveryveryveryverylongwordthatfitsnowhereatallonnarrowterminals and more.
""",
    "2026-11-23-liquid.md": "---\ntitle: Liquid\n---\n\nSee 日本 {% nonsense %} here, in a line that goes on and on and on and on.\n",
    "2026-11-24-escape.md": '---\ntitle: "Title \\e[2J\\e]0;owned\\a"\n---\n\nText.\n',
    "2026-11-25-broken.md": "---\ntitle: a: b: c\n---\n\nText.\n",
    "2099-01-01-later.md": "---\ntitle: Later\n---\n\nText.\n",
}


@pytest.fixture
def blog(tmp_path):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("title: A small blog\nurl: https://blog.example\ntimezone: UTC\n")
    (tmp_path / "crosspost.toml").write_text("since = 2026-12-31\n")
    for name, text in POSTS.items():
        (tmp_path / "_posts" / name).write_text(text, encoding="utf-8")
    return tmp_path


def seen(blog, arguments, columns, *, answers=(), **environ):
    """Run a command on a pseudo-terminal so many columns wide, answer its questions, and return what it wrote there."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(blog)
        variables = {"PATH": os.environ["PATH"], "HOME": str(blog), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        os.execve(CROSSPOST, [str(CROSSPOST), *arguments], variables | environ)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    answers = list(answers)
    written = b""
    try:
        while select.select([terminal], [], [], 10)[0] and (chunk := os.read(terminal, 65536)):
            written += chunk
            if answers and written.endswith(answers[0][0].encode()):
                os.write(terminal, answers.pop(0)[1].encode())
    except OSError:
        pass  # the end, as Linux tells it (EIO)
    os.close(terminal)  # ends what has not ended: SIGHUP
    os.waitpid(child, 0)
    return written.decode().replace("\r\n", "\n")


def same(name, text):
    """Compare with the file of that name, or write it where that was asked for."""
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("WRITE_TERMINAL_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [40, 80, 160])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_reads_well_without_colour(blog, command, columns):
    text = seen(blog, COMMANDS[command], columns, NO_COLOR="1", COLUMNS=str(columns))
    assert "\x1b" not in text
    same(f"{command}-{columns}", text)


@pytest.mark.parametrize("columns", [40, 80, 160])
@pytest.mark.parametrize("command", ["preview", "check", "status"])
def test_colour_changes_nothing_but_the_colour(blog, command, columns):
    plain = seen(blog, COMMANDS[command], columns, NO_COLOR="1", COLUMNS=str(columns))
    coloured = seen(blog, COMMANDS[command], columns, COLUMNS=str(columns))
    assert re.findall(r"\x1b\[(\d+)m", coloured)
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain
    same(f"{command}-{columns}-colour", coloured)


@pytest.mark.parametrize("command", ["preview", "check", "status"])
def test_no_row_is_wider_than_a_narrow_terminal(blog, command):
    (blog / "_posts" / "2026-11-26-wide.md").write_text(
        f"---\ntitle: Wide\n---\n\n{'a ' * 99}{{% nonsense %}} {'b ' * 99}\n"
    )
    text = seen(blog, COMMANDS[command], 40, NO_COLOR="1", COLUMNS="40")
    assert [row for row in text.splitlines() if width(row) > 40] == []


def test_a_dumb_terminal_gets_no_escapes(blog):
    assert "\x1b" not in seen(blog, COMMANDS["preview"], 80, TERM="dumb")


def test_what_an_author_typed_never_reaches_the_terminal_raw(blog):
    for command in (["preview"], ["check"], ["status"]):
        text = seen(blog, command, 80)
        assert not re.search(r"\x1b\](?!\d+m)|\x1b\[2J|\x07", text), command


def test_long_work_shows_how_far_it_has_come_on_a_terminal_and_leaves_nothing_of_it(blog):
    for number in range(21):
        (blog / "_posts" / f"2026-11-01-{number}.md").write_text("---\ntitle: x\n---\n\nText.\n")
    text = seen(blog, ["check"], 80)
    assert " 12 of " in text
    assert re.search(r"\r\x1b\[K[^\r]*$", text)  # erased before the last words
    assert seen(blog, ["check", "--diff"], 80).count(" 0 of ") == 2  # once for the repairs, once for the findings
    assert max(map(len, re.findall(r"\r([^\r]*? of \d+)", seen(blog, ["check"], 20)))) < 20
    assert " 12 of " not in seen(blog, ["check", "--quiet"], 80)
    assert " 12 of " not in seen(blog, ["check", "--json"], 80)
    assert " 12 of " not in seen(blog, ["check"], 80, TERM="dumb")


@pytest.fixture
def queue(blog, sandbox):
    """Fill the blog with posts: three are due, many are not."""
    for number in range(30):
        date = datetime.now(UTC) + (timedelta(days=number) if number > 3 else -timedelta(hours=number))
        name = f"{date:%Y-%m-%d}-{number}.md"
        (blog / "_posts" / name).write_text(
            f"---\ntitle: T{number}\ndate: {date:%Y-%m-%d %H:%M:%S}\n---\n\nText {number}.\n"
        )
    since = (datetime.now(UTC) - timedelta(days=1)).date()
    (blog / "crosspost.toml").write_text(f'since = {since}\n[linkedin]\napi_url = "{sandbox.url}"\n')
    return blog


def test_a_publish_of_many_posts_shows_how_far_it_has_come(queue, sandbox):
    text = seen(queue, ["publish", "--yes"], 80, LINKEDIN_ACCESS_TOKEN=TOKEN)
    sent = [row for row in text.split("\n") if "✓ published" in row]
    assert len(sent) == len(sandbox.posts) >= 3
    assert all(re.search(r"\d of \d+\r\x1b\[K✓ published", row) for row in sent)
    assert re.search(r"\r\x1b\[K[^\r]*$", text)
    assert "\r" not in seen(queue, ["publish"], 80, LINKEDIN_ACCESS_TOKEN=TOKEN, TERM="dumb")


def test_a_question_in_the_middle_stands_on_a_line_of_its_own(queue, sandbox):
    text = seen(queue, ["publish"], 80, answers=[("[y/N]: ", "n\n")], LINKEDIN_ACCESS_TOKEN=TOKEN)
    assert re.search(r"of \d+\r\x1b\[KPublish \d posts on LinkedIn now\?", text)
    assert sandbox.posts == ()
    text = seen(queue, ["publish", "--yes"], 80, answers=[("linkedin.com: ", f"{TOKEN}\n")])
    assert "\r\x1b[KLinkedIn access token for default" in text
    assert len(sandbox.posts) >= 3
    assert TOKEN not in text


def test_a_question_with_no_bar_above_it_sends_nothing_but_words(blog):
    text = seen(blog, ["check", "--fix"], 80, answers=[("[y/N]: ", "n\n")], NO_COLOR="1")
    assert "Mend 1 file? [y/N]: " in text
    assert "\x1b" not in text


def test_a_second_question_in_a_row_has_nothing_to_erase(queue, sandbox):
    answers = [("[y/N]: ", "y\n"), ("linkedin.com: ", f"{TOKEN}\n")]
    text = seen(queue, ["publish"], 80, answers=answers)
    assert "y\nLinkedIn access token for default" in text
    assert len(sandbox.posts) >= 3
