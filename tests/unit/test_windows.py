"""What would break on Windows, as far as another system can tell: modules that are missing there, and what it says otherwise."""

import re
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

import crosspost
from crosspost.cli import dashboard
from crosspost.compose.render import liquid_filters

SOURCES = sorted(Path(crosspost.__file__).parent.rglob("*"))
# Every module of ours is read a second time as Windows would: its name for itself, and none of the modules of POSIX.
AS_ON_WINDOWS = """
import importlib, pkgutil, sys, types
import crosspost
names = [one.name for one in pkgutil.walk_packages(crosspost.__path__, "crosspost.") if not one.name.endswith("__main__")]
for name in names:
    importlib.import_module(name)  # so that all that is not ours is there
for name in [name for name in sys.modules if name.partition(".")[0] == "crosspost"]:
    del sys.modules[name]
for name in ("fcntl", "pwd", "grp", "termios", "tty", "pty", "resource", "readline", "syslog"):
    sys.modules[name] = None
locked = []
sys.modules["msvcrt"] = types.SimpleNamespace(locking=lambda *how: locked.append(how), LK_NBLCK=2)
sys.platform = "win32"
for name in names:
    importlib.import_module(name)
"""


def run(more):
    ran = subprocess.run([sys.executable, "-c", AS_ON_WINDOWS + more], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split()


def test_no_module_needs_what_windows_has_not():
    assert int(*run("print(len(names))")) > 300


def test_a_file_is_replaced_without_locks_and_leases(tmp_path):
    (tmp_path / "a.md").write_bytes(b"one\r\n")
    run(f"""
from pathlib import Path
from crosspost.jekyll.replace import replace_file
replace_file(Path({str(tmp_path)!r}) / "a.md", b"one\\r\\n", b"two\\r\\n")
""")
    assert (tmp_path / "a.md").read_bytes() == b"two\r\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_the_lock_of_a_daemon_lies_behind_the_text_that_others_read(tmp_path):
    said = run(f"""
from datetime import UTC, datetime
from pathlib import Path
from crosspost.daemon.instance import sole
with sole(Path({str(tmp_path)!r}) / "lock", account="default", owner="here/1", now=datetime.now(UTC)):
    print(locked[0][1:], Path({str(tmp_path)!r}, "lock").read_text().split()[0])
""")
    assert said == ["(2,", "1)", "here/1"]


def test_no_process_is_sent_a_signal_to_see_whether_it_lives():
    assert run("""
import os, socket
from crosspost.ledger.liveness import alive
os.kill = None  # on Windows it would end what it asks about
print(alive(f"{socket.gethostname()}/1"))
""") == ["True"]


def test_no_date_is_written_as_only_glibc_can():
    found = [
        path.name
        for path in SOURCES
        if path.suffix in {".py", ".html"} and re.search(r"%-[a-zA-Z]\W", path.read_text())
    ]
    assert found == ["liquid_filters.py"]  # where a comment says what becomes of it


def test_an_authors_date_without_a_zero_is_written_as_windows_can(monkeypatch):
    asked = []
    monkeypatch.setattr(liquid_filters, "liquid_date", lambda _value, form, *, environment: asked.append(form) or "")
    for platform in ("win32", "linux"):
        monkeypatch.setattr("sys.platform", platform)
        liquid_filters.date_filter(datetime(2026, 11, 2, tzinfo=UTC), "%-d %B", environment=None)
    assert asked == ["%#d %B", "%-d %B"]


@pytest.mark.parametrize(("platform", "shared"), [("win32", False), ("linux", True)])
def test_the_dashboards_port_is_shared_with_no_program(monkeypatch, platform, shared):
    monkeypatch.setattr("sys.platform", platform)
    with dashboard._listen(0) as listening:
        assert bool(listening.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)) is shared


def test_every_server_leaves_its_port_alone_there():
    servers = [
        path.read_text()
        for path in SOURCES
        if path.suffix == ".py" and re.search(r"class \w+\(.*(TCP|HTTP)Server\)", path.read_text())
    ]
    assert len(servers) == 3
    assert all('allow_reuse_address = os.name == "posix"' in text for text in servers)
