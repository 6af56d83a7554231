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
from crosspost.ledger import liveness, open_ledger, place
from crosspost.ledger.git import GitLedger
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


@pytest.mark.parametrize("remote", ["origin", "https://git.example/a.git", "git@git.example:me/a.git", "../ledger.git"])
def test_a_ledger_in_git_is_at_a_remote_of_the_site_s_clone(remote):
    ledger = open_ledger(f"git:{remote}", base=Path("/site"))
    assert isinstance(ledger, GitLedger)
    assert (ledger._ref.remote, ledger._ref._folder) == (remote, Path("/site"))


def test_on_machines_that_are_thrown_away_only_the_lease_says_that_a_run_is_over():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert open_ledger("git:origin", base=Path("/site"))._alive(f"{socket.gethostname()}/{process.pid}")
    assert not open_ledger("sqlite:///l.db", base=Path("/site"))._alive(f"{socket.gethostname()}/{process.pid}")


@pytest.mark.parametrize(
    "url", ["git:https://ci:t0ken@h/a.git", "git:https://t0ken@h/a.git", "postgresql://u:t0ken@h/d?password=t0ken"]
)
def test_a_place_is_shown_without_what_opens_it(url):
    assert "h/" in place(url)
    assert "t0ken" not in place(url)


def test_a_ledger_in_memory_has_no_file():
    assert isinstance(open_ledger("memory:", base=Path("/site")), MemoryLedger)


@pytest.mark.parametrize(
    "url",
    [
        *("", "sqlite://", "sqlite:///", "sqlite:///:memory:", "ledger.db", "mysql://u:hunter2@h/d"),
        *("git:", "git:--upload-pack=touch x", "git://u:hunter2@git.example/blog.git", "git:a\nb"),
    ],
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
