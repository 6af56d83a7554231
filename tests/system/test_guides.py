"""The guides' commands, followed literally: each block marked `run`, in order, in one shell, in a small blog."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from crosspost.sandbox.server import Sandbox

ROOT = Path(__file__).parents[2]
GUIDES = [page for page in sorted((ROOT / "docs").glob("*.md")) if "\n```sh run\n" in page.read_text(encoding="utf-8")]
HELLO = """---
title: Hello
date: 2026-11-22 09:40:00 -0600
---

A first text (short).
"""


@pytest.fixture
def blog(tmp_path):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("url: https://blog.example\n")
    (tmp_path / "_posts" / "2026-11-22-hello.md").write_text(HELLO)
    return tmp_path


def follow(page, blog, url):
    """Run every block of a page that is marked, as one script that stops at the first command that fails."""
    blocks = re.findall(r"^```sh run\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    script = "set -euo pipefail\n" + "\n".join(blocks).replace("http://127.0.0.1:8765", url)
    home = blog.parent / "home"
    home.mkdir()
    environ = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "LANG": "C.UTF-8",
    }
    command = ["bash", "-c", script]
    return subprocess.run(command, cwd=blog, env=environ, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_the_commands_of_a_guide_do_what_it_says(page, blog):
    with Sandbox() as sandbox:
        result = follow(page, blog, sandbox.url)
        assert result.returncode == 0, result.stdout + result.stderr
        (post,) = sandbox.posts
    assert post.rendered.startswith("Hello\n\nA first text (short).")
    assert f"linkedin_url: https://www.linkedin.com/feed/update/{post.urn}/" in (
        blog / "_posts" / "2026-11-22-hello.md"
    ).read_text(encoding="utf-8")


def test_there_is_a_guide_to_follow():
    assert "quick-start" in [page.stem for page in GUIDES]
