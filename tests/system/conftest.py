"""A site on disk, a sandbox on loopback, and the command line between them."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crosspost.cli import main
from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from crosspost.sandbox.tokens import Token

TOKEN = "AQ-marked-token"  # must appear nowhere but in the header


@pytest.fixture
def sandbox():
    with Sandbox(tokens={TOKEN: Token()}, today=API_DAY) as server:
        yield server


@dataclass
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Site:
    """A folder with a blog, and crosspost run in it."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def configure(self, text=""):
        (self.folder / "crosspost.toml").write_text(text, encoding="utf-8")

    def point_to(self, sandbox, *, since=timedelta(days=30), retry=False):
        """Use a sandbox, with its token in the environment and a baseline some days back; retry what is unclear, or not."""
        baseline = (datetime.now(UTC) - since).date()
        self.configure(
            f'since = {baseline}\n[linkedin]\napi_url = "{sandbox.url}"\nidentical_retry = {str(retry).lower()}\n'
        )
        self.monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", TOKEN)

    def post(self, name, body, *, age=timedelta(hours=1), title=None, extra=""):
        """Write a post that fell due `age` ago; return its path."""
        date = datetime.now(UTC) - age
        head = f'title: "{title or name}"\ndate: {date:%Y-%m-%d %H:%M:%S} +0000\n{extra}'
        path = self.folder / "_posts" / f"{date:%Y-%m-%d}-{name}.md"
        path.write_bytes(f"---\n{head}---\n\n{body}".encode())
        return path

    def run(self, *arguments):
        self.capsys.readouterr()
        code = main(list(arguments))
        out, err = self.capsys.readouterr()
        assert TOKEN not in out + err
        return Result(code, out, err)


@pytest.fixture
def site(tmp_path, monkeypatch, capsys):
    (tmp_path / "_posts").mkdir()
    (tmp_path / "_config.yml").write_text("url: https://blog.example\npermalink: /:title/\n")
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path, monkeypatch, capsys)
