"""Which ledger a setting means, and whose claim is still alive."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crosspost.errors import ExitCode, SettingsError
from crosspost.ledger import liveness, open_ledger
from crosspost.ledger.memory import MemoryLedger
from crosspost.ledger.sqlite import SqliteLedger


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:////var/lib/ledger.db", "/var/lib/ledger.db"),
        ("sqlite:///state/ledger.db", "/site/state/ledger.db"),
        ("sqlite:///my blog/100%25 #1?.db", "/site/my blog/100%25 #1?.db"),
    ],
)
def test_a_path_is_absolute_or_relative_to_the_site_and_stands_as_it_is(url, path):
    ledger = open_ledger(url, base=Path("/site"))
    assert isinstance(ledger, SqliteLedger)
    assert ledger.path == Path(path)


def test_a_tilde_is_the_home_folder():
    assert open_ledger("sqlite:///~/ledger.db", base=Path("/site")).path == Path.home() / "ledger.db"


def test_a_ledger_in_memory_has_no_file():
    assert isinstance(open_ledger("memory:", base=Path("/site")), MemoryLedger)


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "sqlite:///", "sqlite:///:memory:", "ledger.db", "git:origin", "mysql://u:hunter2@h/d"]
)
def test_any_other_url_is_a_settings_error_that_says_what_is_allowed_and_keeps_passwords(url):
    with pytest.raises(SettingsError) as caught:
        open_ledger(url, base=Path("/site"))
    assert caught.value.exit_code is ExitCode.USAGE
    assert "sqlite:///" in caught.value.problem.fix
    assert "hunter2" not in str(caught.value)


def test_file_names_with_signs_of_urls_hold_a_ledger(tmp_path):
    with closing(open_ledger("sqlite:///100%25 #1?/ledger ü.db", base=tmp_path)) as ledger:
        ledger.baseline("s", datetime(2026, 1, 1, tzinfo=UTC))
    assert (tmp_path / "100%25 #1?" / "ledger ü.db").exists()


def test_this_process_is_alive():
    assert liveness.owner() == f"{socket.gethostname()}/{os.getpid()}"
    assert liveness.alive(liveness.owner())


def test_a_process_of_this_machine_that_is_gone_is_not():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert not liveness.alive(f"{socket.gethostname()}/{process.pid}")


@pytest.mark.parametrize("pid", ["", "0", "-1", "1x", "²", str(10**30)])
def test_an_owner_that_cannot_be_a_process_of_this_machine_counts_as_alive(pid):
    assert liveness.alive(f"{socket.gethostname()}/{pid}")


def test_an_owner_of_another_machine_counts_as_alive():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert liveness.alive(f"not-{socket.gethostname()}/{process.pid}")


def test_a_process_that_may_not_be_signalled_is_alive(monkeypatch):
    def kill(*_):
        raise PermissionError

    monkeypatch.setattr(os, "kill", kill)
    assert liveness.alive(f"{socket.gethostname()}/1")


def test_nothing_is_signalled_where_that_would_end_the_process(monkeypatch):
    monkeypatch.setattr(os, "kill", lambda *_: pytest.fail("os.kill(pid, 0) ends a process on Windows"))
    monkeypatch.setattr(sys, "platform", "win32")
    assert liveness.alive(f"{socket.gethostname()}/1")
