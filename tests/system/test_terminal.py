"""What a person sees, through a real pseudo-terminal: three widths, with and without colour, kept as files to be read.

After a change that is meant: `WRITE_TERMINAL_SNAPSHOTS=1 scripts/test tests/system/test_terminal.py`, then read the difference.
"""

import fcntl
import os
import pty
import re
import struct
import sys
import termios
from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parent / "terminal"
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


def seen(blog, arguments, columns, **environ):
    """Run a command on a pseudo-terminal so many columns wide, and return what it wrote there."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(blog)
        variables = {"PATH": os.environ["PATH"], "HOME": str(blog), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        os.execve(CROSSPOST, [str(CROSSPOST), *arguments], variables | environ)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    written = b""
    try:
        while chunk := os.read(terminal, 65536):
            written += chunk
    except OSError:
        pass  # the end, as Linux tells it (EIO)
    os.close(terminal)
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


@pytest.mark.parametrize("command", ["preview", "check", "status"])
def test_colour_changes_nothing_but_the_colour(blog, command):
    plain = seen(blog, COMMANDS[command], 80, NO_COLOR="1", COLUMNS="80")
    coloured = seen(blog, COMMANDS[command], 80, COLUMNS="80")
    assert re.findall(r"\x1b\[(\d+)m", coloured)
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain
    same(f"{command}-80-colour", coloured)


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
    assert " 12 of " not in seen(blog, ["check", "--quiet"], 80)
    assert " 12 of " not in seen(blog, ["check", "--json"], 80)
    assert " 12 of " not in seen(blog, ["check"], 80, TERM="dumb")
