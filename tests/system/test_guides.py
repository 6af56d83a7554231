"""Every command of README and docs is typed as it stands, by a reader with a small blog, beside a sandbox.

A block is a terminal of its own, in the blog's folder, or above it where the block goes in itself. What a reader has that a
test has not (a browser, a keyring, an index of packages) is in `tests/reader.py`.
"""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest

from conftest import ROOT, lacking
from crosspost.cli import crosspost
from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from daemons import until
from keyrings import free_port

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^(?P<margin> *)```(?:sh|console)\n(?P<lines>.*?)^(?P=margin)```$", re.DOTALL | re.MULTILINE)
HELLO = "_posts/2026-11-22-hello.md"
ADDRESS = "https://www.linkedin.com/feed/update/urn:li:share:7000000000000000001/"
SHARES = f"Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2026-11-22 15:40:00,{ADDRESS},A first text (short).,,,\n"

# Blocks that are not typed, by page and beginning: why, and what is done instead.
NOT_TYPED = {
    ("CONTRIBUTING", "scripts/test"): "they are this run and hours more; that each is there is tested below",
    ("README", "scripts/crosspost demo"): "typed in a copy of the checkout, by a test below",
    (
        "commands",
        'eval "$(_CROSSPOST',
    ): "for start files of three shells; what they print is tested in test_reference.py",
}
REFERENCE = "commands"  # its examples are typed one by one, each by a reader of its own: they exclude one another
# What may be another test's on this machine stands for what a page writes.
PORT = {"http://127.0.0.1:8765": "http://127.0.0.1:{port}", "--http 9464": "--http {http}"}
# What a page writes for what a reader has. SQLite stands for the server, which tests/contract has.
MEANT = {
    " POST": f" {HELLO}",
    "--url URL": f"--url {ADDRESS}",
    "postgresql://crosspost@db.example/blog": "sqlite:///{home}/other.db",
}
# What the page says has happened before.
TAKEN_OUT = f"crosspost publish {HELLO}\nsed -i /linkedin_url/d {HELLO}\n"
IN_GIT = f"""git init -q . && git add . && git commit -qm blog && git init -q --bare ../remote.git && git remote add origin ../remote.git
CROSSPOST_LEDGER__URL=git:origin crosspost publish {HELLO}
"""
BEFORE = {
    "crosspost publish POST --force": f"sed -i /linkedin_url/d {HELLO}\n{TAKEN_OUT}",
    "crosspost edit": f"crosspost publish {HELLO}\necho Words more. >> {HELLO}\n",
    "crosspost delete": f"crosspost publish {HELLO}\n",
    "crosspost resolve": f"crosspost publish {HELLO} || test $? = 4\n",
    "crosspost ledger import": "crosspost ledger export > ledger.jsonl\n",
    "git fetch origin refs/crosspost/ledger": IN_GIT,
    "sqlite3": f"crosspost publish {HELLO}\n",
}


@dataclass
class Reader:
    """Somebody with a blog, a terminal, and an account at a sandbox."""

    home: Path
    sandbox: Sandbox
    signed_in: bool

    @property
    def blog(self):
        return self.home / "my-blog"

    def settle(self):
        """Have a blog of two posts, one of them of this moment, and the programs of `tests/reader.py`."""
        (self.blog / "_posts").mkdir(parents=True)
        (self.blog / "_config.yml").write_text("url: https://blog.example\ntimezone: UTC\n")
        (self.blog / HELLO).write_text(
            "---\ntitle: Hello\ndate: 2026-11-22 09:40:00 -0600\n---\n\nA first text (short).\n"
        )
        now = datetime.now(UTC)
        (self.blog / "_posts" / f"{now:%Y-%m-%d}-now.md").write_text(
            f"---\ntitle: Now\ndate: {now:%Y-%m-%d %H:%M:%S} +0000\n---\n\nWords of today.\n"
        )
        (self.blog / "Shares.csv").write_text(SHARES)
        (self.home / "notes").mkdir()
        (self.home / "bin").mkdir()
        for name in ("crosspost", "pip", "browser"):
            program = self.home / "bin" / name
            program.write_text(f"#!{sys.executable}\nimport reader\nreader.{name}()\n")
            program.chmod(0o755)
        shutil.copy(self.home / "bin" / "browser", self.home / "bin" / "xdg-open")
        self.ports = {"port": str(free_port()), "http": str(free_port()), "home": str(self.home)}

    def configure(self, more=""):
        (self.blog / "crosspost.toml").write_text(f"since = {datetime.now(UTC).date()}\n{more}")

    @property
    def environ(self):
        environ = {
            "PATH": f"{self.home / 'bin'}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "tests"),
            "PYTHON_KEYRING_BACKEND": "reader.KeptKeyring",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "NOTES": str(self.home / "notes"),
            "SANDBOX_PORT": self.ports["port"],
            "BROWSER": "browser %s &",
            "LINKEDIN_CLIENT_ID": "sandbox-client",
            "LINKEDIN_CLIENT_SECRET": "sandbox-secret",
            "CROSSPOST_LINKEDIN__API_URL": self.sandbox.url,
            "CROSSPOST_LINKEDIN__OAUTH_URL": self.sandbox.url,
            "CROSSPOST_LINKEDIN__REDIRECT_URI": self.redirect,
            "CROSSPOST_LINKEDIN__IDENTICAL_RETRY": "false",  # it would wait half a minute
            **{f"GIT_{who}_{what}": "jo@blog.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }
        return environ | ({} if self.signed_in else {"LINKEDIN_ACCESS_TOKEN": "sandbox-token"})

    redirect = ""

    def type(self, block):
        """Type a block in a new terminal; it must end well. Return what it printed."""
        lines, shown = commands(block)
        before = "".join(script for start, script in BEFORE.items() if lines.startswith(start))
        for written, meant in (PORT | MEANT).items():
            lines = lines.replace(written, meant.format(**self.ports))
        folder = self.home if lines.startswith("cd my-blog") else self.blog
        script = f"set -euo pipefail\n{before}{lines}"
        ran = subprocess.run(
            ["bash", "-c", script], cwd=folder, env=self.environ, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, f"{script}\n{ran.stdout}{ran.stderr}"
        assert "Traceback" not in ran.stderr
        if shown:
            assert plain(shown) in plain(ran.stdout)
        return ran.stdout

    def leave(self):
        """Close the terminal in which a sandbox runs."""
        running = self.home / "notes" / "sandbox.pid"
        if running.exists():
            os.kill(int(running.read_text()), signal.SIGINT)
            until(lambda: not listens(int(self.ports["port"])))


def listens(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def blocks(page):
    """Return the blocks of commands of a page, in order."""
    return [textwrap.dedent(found["lines"]) for found in BLOCK.finditer(page.read_text(encoding="utf-8"))]


def commands(block):
    """Return what is typed, and what a page shows as the answer; of a block without `$` everything is typed."""
    if not block.startswith("$ "):
        return block, ""
    typed, shown = [], []
    for line in block.splitlines():
        prompt, _, rest = line.partition("> ")
        if line.startswith("$ "):
            typed.append(line[2:])
        elif prompt == "sqlite":
            typed[-1] += f" {shlex.quote(rest)}"
        else:
            shown.append(line)
    return "\n".join(typed) + "\n", "\n".join(shown)


def plain(text):
    """Return a text without what differs from run to run."""
    return re.sub(r"urn:li:\w+:[\w…-]+", "URN", re.sub(r"\d+", "1", text)).strip()


def why_not(page, block):
    return next(
        (why for (name, start), why in NOT_TYPED.items() if name == page.stem and block.startswith(start)), None
    )


def typed_on(page):
    return [block for block in blocks(page) if not why_not(page, block)]


@pytest.fixture
def reader(tmp_path):
    """Return a function that has a reader settle, and closes what is open at the end."""
    open_now = []

    def settle(*, signs_in=False, **behaviour):
        redirect = f"http://127.0.0.1:{free_port()}/callback"
        sandbox = Sandbox(
            redirect_uris=[redirect], today=API_DAY, profile="partner", duplicate_window=timedelta(0), **behaviour
        ).__enter__()
        one = Reader(tmp_path / f"reader-{len(open_now)}", sandbox, signs_in)
        one.redirect = redirect
        one.settle()
        open_now.append(one)
        return one

    yield settle
    for one in open_now:
        one.leave()
        one.sandbox.close()


def has(reader, name, start):
    """Tell whether a post is at the sandbox, and its file says where."""
    (post,) = (post for post in reader.sandbox.posts if post.rendered.startswith(start))
    (path,) = (reader.blog / "_posts").glob(f"*-{name}.md")
    return f"linkedin_url: https://www.linkedin.com/feed/update/{post.urn}/" in path.read_text(encoding="utf-8")


def test_readme_leads_from_a_blog_to_a_post_and_a_daemon(reader):
    one = reader(signs_in=True)
    for block in typed_on(ROOT / "README.md"):
        one.type(block)
    assert has(one, "now", "Now\n\nWords of today.")
    assert len(one.sandbox.posts) == 1  # the other one is older than the baseline


def test_quick_start_leads_through_a_rehearsal_to_the_account(reader):
    one = reader(signs_in=True)
    rehearsal = typed_on(ROOT / "docs" / "quick-start.md")
    for block in rehearsal[:3]:
        one.type(block)
    assert "linkedin_url: https://www.linkedin.com/feed/update/urn:li:share:" in (one.blog / HELLO).read_text()
    assert one.sandbox.posts == ()  # that was another sandbox
    for block in rehearsal[3:]:
        one.type(block)
    assert has(one, "now", "Now\n\nWords of today.")
    assert len(one.sandbox.posts) == 1


def test_the_page_about_the_app_leads_to_a_member_and_to_a_company_page(reader):
    one = reader(signs_in=True)
    page = ROOT / "docs" / "linkedin-app.md"
    *first, company = typed_on(page)
    for block in first:
        one.type(block)
    assert has(one, "hello", "Hello\n\nA first text")
    (settings,) = re.findall(r"^```toml\n(\[accounts\..*?)^```$", page.read_text(), re.DOTALL | re.MULTILINE)
    (one.blog / "crosspost.toml").write_text(settings)
    one.type(company)
    assert '"name": "company"' in one.type("crosspost status --json\n")
    assert "company: signed in" not in one.type("crosspost auth status --account company\n")


def test_settling_leads_to_an_adopted_address_and_a_second_send(reader):
    one = reader()
    *adopted, forced = typed_on(ROOT / "docs" / "settling.md")
    for block in adopted:
        one.type(block)
    assert f"linkedin_url: {ADDRESS}" in (one.blog / HELLO).read_text()
    one.type(forced)
    assert [post.rendered[:5] for post in one.sandbox.posts] == ["Hello", "Hello"]


OTHERS = [
    page
    for page in PAGES
    if page.stem not in {"README", "quick-start", "linkedin-app", "settling", REFERENCE} and typed_on(page)
]


@pytest.mark.parametrize("page", OTHERS, ids=lambda page: page.stem)
def test_every_command_of_a_page_does_what_it_says(page, reader):
    one = reader()
    one.configure()
    for block in typed_on(page):
        if "sqlite3 " in block and not shutil.which("sqlite3"):
            lacking("sqlite3")
        one.type(block)


EXAMPLES = [line for block in typed_on(ROOT / "docs" / f"{REFERENCE}.md") for line in block.splitlines()]


@pytest.mark.parametrize("line", EXAMPLES)
def test_every_example_of_the_reference_does_what_it_says(line, reader):
    if " | jq " in line and not shutil.which("jq"):
        lacking("jq")
    one = reader(signs_in=" login" in line)
    one.configure("[schedule]\napprove = true\n" if " approve " in line else "")
    if " resolve " in line:
        one.sandbox.fault("500")
    one.type(line + "\n")


def test_no_block_of_commands_is_overlooked():
    for page in PAGES:
        fences = re.findall(
            r"^ *```+ *(?:ba|z|fi)?(?:sh|shell|console|terminal)\b", page.read_text(encoding="utf-8"), re.MULTILINE
        )
        assert len(fences) == len(blocks(page)), page.name


def test_what_is_not_typed_is_there_to_be_named():
    starts = {(page.stem, block) for page in PAGES for block in blocks(page)}
    for page, start in NOT_TYPED:
        assert [block for name, block in starts if name == page and block.startswith(start)], (page, start)


def test_every_script_that_contributors_use_is_there():
    for block in blocks(ROOT / "CONTRIBUTING.md"):
        for line in block.splitlines():
            program = next(word for word in line.split() if word.startswith("scripts/"))
            assert (ROOT / program).is_file(), line
            assert program.endswith(".py") or os.access(ROOT / program, os.X_OK), line


SPANS = [
    (page.stem, span)
    for page in PAGES
    for span in re.findall(r"`(crosspost [a-z][^`\n]*)`", BLOCK.sub("", page.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("page", "span"), SPANS)
def test_a_command_named_in_a_sentence_exists_with_its_options(page, span):
    command, words = crosspost, re.sub(r"\s[|>&].*|\\.*", "", span).split()[1:]
    while words and isinstance(command, click.Group):
        command = command.get_command(None, words.pop(0).partition("|")[0])
        assert command is not None, span
    known = {option for one in command.params for option in one.opts + one.secondary_opts} | {"--help"}
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known


def test_the_first_two_commands_of_the_readme_run_in_a_checkout(tmp_path):
    """A copy of the checkout, set up already: `.ci/run` sets one up from nothing. `scripts/test` would run this test in
    turn, so it lists tests instead: those of one folder, since all of them take twice as long."""
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in filter(lambda name: (ROOT / name).is_file(), names):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / name)
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))
    (tmp_path / "scripts" / "setup").write_text("#!/bin/sh\n")
    (block,) = (block for block in blocks(ROOT / "README.md") if why_not(ROOT / "README.md", block))
    environ = {**os.environ, "PYTEST_ADDOPTS": "--collect-only --quiet --override-ini testpaths=tests/unit", "CI": ""}
    ran = subprocess.run(
        ["bash", "-ec", block], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr
    assert ran.stdout.count("✓ published") == 4
    assert re.search(r"^\d{4,} tests collected", ran.stdout, re.MULTILINE)
