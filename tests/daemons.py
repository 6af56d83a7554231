"""A real daemon process beside a folder of posts, and what can be seen of it."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

SETTINGS = """\
since = {since}
[linkedin]
api_url = "{url}"
timeout = {timeout}
[ledger]
url = "sqlite:///{folder}/state/ledger.sqlite3"
{more}"""


def until(seen, *, seconds=10.0):
    """Wait until `seen()` is true and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := seen():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


class Blog:
    """A site on disk whose posts go to a sandbox."""

    def __init__(self, folder, sandbox):
        self.folder, self.sandbox = folder, sandbox
        (folder / "_posts").mkdir(parents=True)
        (folder / "_config.yml").write_text("url: https://blog.example\ntimezone: UTC\n")
        self.configure()

    def configure(self, more="", *, timeout=5, since=None):
        since = since or (datetime.now(UTC) - timedelta(days=30)).date()
        text = SETTINGS.format(since=since, url=self.sandbox.url, folder=self.folder, timeout=timeout, more=more)
        (self.folder / "crosspost.toml").write_text(text)

    def text(self, name, *, age=timedelta(hours=1)):
        return f"---\ntitle: {name}\ndate: {datetime.now(UTC) - age:%Y-%m-%d %H:%M:%S} +0000\n---\nText of {name}, like no other.\n"

    def path(self, name, *, age=timedelta(hours=1)):
        return self.folder / "_posts" / f"{datetime.now(UTC) - age:%Y-%m-%d}-{name}.md"

    def post(self, name, *, age=timedelta(hours=1)):
        path = self.path(name, age=age)
        path.write_text(self.text(name, age=age))
        return path

    def requests(self):
        return [one for one in self.sandbox.requests if (one.method, one.path) == ("POST", "/rest/posts")]

    def sent(self):
        return [re.search(r"Text of ([\w-]+),", post.rendered)[1] for post in self.sandbox.posts]


class Process:
    """`crosspost daemon`, its log as it comes, and its end."""

    def __init__(self, blog, *arguments, environ=None, wrapper=()):
        command = [*wrapper, sys.executable, "-m", "crosspost", "daemon", "--log-format", "json", *arguments]
        env = os.environ | {"LINKEDIN_ACCESS_TOKEN": "sandbox-token"} | (environ or {})
        self._process = subprocess.Popen(command, cwd=blog.folder, env=env, stderr=subprocess.PIPE, text=True)
        self.lines = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self._process.stderr:
            assert "sandbox-token" not in line
            self.lines.append(json.loads(line) if line.startswith("{") else {"message": line})

    @property
    def pid(self):
        return self._process.pid

    @property
    def log(self):
        return [line["message"] for line in self.lines]

    def says(self, text, *, seconds=10.0):
        return until(lambda: next((line for line in self.log if text in line), None), seconds=seconds)

    def send(self, number):
        self._process.send_signal(number)

    def wait(self, seconds=10):
        code = self._process.wait(seconds)
        self._reader.join(2)
        self._process.stderr.close()
        return code

    def stop(self, number=signal.SIGTERM, seconds=10):
        self.send(number)
        return self.wait(seconds)

    def kill(self):
        if self._process.poll() is None:
            self._process.kill()
            self.wait()
