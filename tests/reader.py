"""The person who follows a guide: types its commands, signs in, pastes a token, presses Ctrl-C.

`crosspost`, `pip` and `browser` become programs in the reader's PATH (see `tests/system/test_guides.py`).
"""

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from html import unescape
from importlib.metadata import metadata
from pathlib import Path

from keyring.backend import KeyringBackend
from packaging.requirements import Requirement

# What these commands say when they are ready; a person ends them with Ctrl-C.
UNTIL_ENDED = {"sandbox": "stop it with", "dashboard": "stop it with", "daemon": "watching ", "demo": "stop with"}
PATIENCE = 30  # seconds until one of them is ready, on a busy machine


def crosspost():
    """Run crosspost; what runs until it is ended is ended once it is ready, and `sandbox` stays up in its terminal."""
    name, arguments = sys.argv[1], sys.argv[1:]
    command = [str(Path(sys.executable).with_name("crosspost")), *arguments]
    if name == "delete":
        sys.exit(_answering(command, "y\n"))
    if name not in UNTIL_ENDED or arguments == ["demo"]:
        pasted = "sandbox-token\n" if "--paste" in arguments else ""
        sys.exit(subprocess.run(command, input=pasted, text=True, check=False).returncode)
    if (
        name in {"sandbox", "dashboard"} and "--port" not in arguments
    ):  # the port of everyday life may be another test's
        command += ["--port", os.environ["SANDBOX_PORT"] if name == "sandbox" else "0"]
    notes = Path(os.environ["NOTES"])
    with (notes / f"{name}.log").open("w+b") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _until(lambda: UNTIL_ENDED[name] in Path(log.name).read_text() or process.poll() is not None)
        sys.stdout.write(Path(log.name).read_text())
        if name == "sandbox":
            (notes / "sandbox.pid").write_text(str(process.pid))
            sys.exit(process.poll())
        if name == "dashboard" and "--no-open" not in arguments:
            _until((notes / "visited").exists)
        process.send_signal(signal.SIGINT)
        sys.exit(0 if process.wait(PATIENCE) in {0, 130, -signal.SIGINT} else f"{name} did not end well")


def pip():
    """Look whether `pip install REQUIREMENT` would find this project and its extra: it is not on an index for a test."""
    wanted = Requirement(sys.argv[-1])
    here = metadata("crosspost-linkedin")
    assert sys.argv[1] == "install"
    assert wanted.name == here["Name"]
    assert wanted.extras <= set(here.get_all("Provides-Extra"))


def browser():
    """Open an address as the member who is signed in there, and press Allow where that is asked."""
    asked, ended = visit(sys.argv[1])
    (Path(os.environ["NOTES"]) / "visited").write_text(ended or asked)


def visit(url, decision="allow"):
    """Return the page at an address, and the page after the button of its consent form was pressed; "" without a form."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor())
    with opener.open(url, timeout=10) as page:
        asked = page.read().decode()
    fields = dict(re.findall(r'name="(consent)" value="([^"]*)"', asked))
    if not fields:
        return asked, ""
    (target,) = re.findall(r'action="([^"]+)"', asked)
    form = {name: unescape(value) for name, value in fields.items()} | {"decision": decision}
    with opener.open(urllib.parse.urljoin(url, unescape(target)), urllib.parse.urlencode(form).encode(), 10) as page:
        return asked, page.read().decode()


def _answering(command, answer):
    """Run a command on a terminal, and type an answer; print what it says and return its exit code."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], command)
    os.write(terminal, answer.encode())
    try:
        while said := os.read(terminal, 4096):
            os.write(1, said)
    except OSError:
        pass  # the end, as Linux tells it (EIO)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _until(seen):
    end = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


class KeptKeyring(KeyringBackend):
    """A keyring in a file, for commands that are processes of their own; named like that of a desktop."""

    name = "SecretService Keyring"
    priority = 1

    @property
    def _file(self):
        return Path(os.environ["NOTES"]) / "keyring.json"

    def _kept(self):
        return json.loads(self._file.read_text()) if self._file.exists() else {}

    def get_password(self, _service, username):
        return self._kept().get(username)

    def set_password(self, _service, username, password):
        self._file.write_text(json.dumps(self._kept() | {username: password}))

    def delete_password(self, _service, username):
        self._file.write_text(json.dumps({name: value for name, value in self._kept().items() if name != username}))
