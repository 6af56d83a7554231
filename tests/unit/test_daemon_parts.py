"""What the daemon is made of: the lock, the log, the metrics, leaving."""

import json
import logging
import multiprocessing
import socket
import struct
import urllib.request
from datetime import datetime, timedelta

import pytest

from crosspost.daemon import journal
from crosspost.daemon.bulletin import Bulletin
from crosspost.daemon.instance import lock_file, sole
from crosspost.daemon.monitor import Monitor, Vitals
from crosspost.daemon.stopping import LeavingClock, LeavingPublisher, Stop, Stopped
from crosspost.errors import LedgerError, SettingsError
from crosspost.linkedin.redact import Redactor
from crosspost.model import Outcome, OutcomeKind
from crosspost.telling import of_token
from doubles import NOW, FakeClock, FakePublisher


def hold(path, ready, end):
    with sole(path, account="default", owner="host/7", now=NOW):
        ready.set()
        end.wait(10)


def test_a_lock_is_held_against_other_processes_and_says_by_whom(tmp_path):
    context = multiprocessing.get_context("spawn")
    ready, end = context.Event(), context.Event()
    path = lock_file(tmp_path / "ledger.sqlite3", "https://blog.example", "default")
    other = context.Process(target=hold, args=(path, ready, end))
    other.start()
    assert ready.wait(20)
    with pytest.raises(SettingsError, match="host/7 since 2026-11-22 09:00:00 UTC"), _taken(path):
        pass
    end.set()
    other.join()
    with _taken(path):
        assert path.read_text().startswith("host/8")


def _taken(path):
    return sole(path, account="default", owner="host/8", now=NOW)


def test_other_sites_and_accounts_of_one_ledger_have_locks_of_their_own(tmp_path):
    ledger = tmp_path / "ledger.sqlite3"
    names = {lock_file(ledger, site, account) for site in ("a", "b") for account in ("default", "company")}
    assert len(names) == 4
    with _taken(lock_file(ledger, "a", "default")), _taken(lock_file(ledger, "b", "default")):
        pass


def test_a_lock_that_cannot_be_made_is_a_fault_of_the_ledger(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="cannot be made"), _taken(tmp_path / "file" / "lock"):
        pass


@pytest.fixture
def root_logger():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield root
    root.handlers[:], root.level = before
    logging.getLogger("crosspost").setLevel(logging.NOTSET)


@pytest.mark.parametrize("as_json", [False, True])
def test_the_log_hides_secrets_and_control_characters(root_logger, capsys, as_json):
    journal.start(Redactor("AQ-marked"), as_json=as_json, verbose=False, quiet=False)
    log = logging.getLogger("crosspost.test")
    log.info("sent with %s\x1b[2J\nnext", "AQ-marked", extra={"post": "_posts/AQ-marked.md"})
    try:
        {}["AQ-marked"]
    except KeyError:
        log.exception("a defect")
    said = capsys.readouterr().err
    assert "AQ-marked" not in said
    assert "\x1b" not in said
    if as_json:
        first, second = (json.loads(line) for line in said.splitlines())
        assert (first["message"], first["post"]) == ("sent with [hidden]\x1b[2J\nnext", "_posts/[hidden].md")
        assert "KeyError: '[hidden]'" in second["traceback"]


def test_metrics_are_in_the_format_of_prometheus():
    vitals = Vitals(trouble=None)
    vitals.posts['a"b\\c\nd'] = 3
    vitals.outcomes["default", "published"] += 2
    lines = vitals.metrics().splitlines()
    assert 'crosspost_posts{account="a\\"b\\\\c\\nd"} 3' in lines
    assert 'crosspost_outcomes_total{account="default",outcome="published"} 2' in lines
    assert lines[lines.index("# TYPE crosspost_ready gauge") + 1] == "crosspost_ready 1"
    names = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    assert {line.split("{")[0].split()[0] for line in lines if not line.startswith("#")} == names


def test_the_metrics_are_told_while_the_loop_comes_to_know_another_account():
    class Moment(datetime):
        def timestamp(self):
            vitals.next["company"] = vitals.token_ends["company"] = NOW
            return 7.0

    vitals = Vitals(next={"default": Moment(2026, 11, 22)}, token_ends={"default": Moment(2026, 11, 22)})
    assert 'crosspost_next_post_timestamp_seconds{account="default"} 7' in vitals.metrics()


def test_a_probe_that_hangs_up_is_no_news(capfd):
    monitor = Monitor(Vitals(trouble=None), 0)
    try:
        with socket.create_connection(("127.0.0.1", int(monitor.url.rpartition(":")[2]))) as probe:
            probe.sendall(b"GET /hea")
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, not an end
        assert urllib.request.urlopen(f"{monitor.url}/readyz").read() == b"ready\n"
    finally:
        monitor.close()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("changed", "left", "level", "said"),
    [
        ("ba", "abc", logging.INFO, "posts changed: a, b"),
        ("edcba", "abcde", logging.INFO, "posts changed: a, b, c and 2 more"),
        ("ab", "bc", logging.INFO, "posts changed: b; posts gone: a"),
        ("ab", "", logging.WARNING, "posts gone: a, b; none is left"),
    ],
)
def test_the_log_names_the_posts_that_changed_and_warns_where_none_is_left(caplog, changed, left, level, said):
    with caplog.at_level(logging.INFO):
        Bulletin(Vitals(trouble=None)).changed("default", set(changed), set(left))
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [(level, said)]


def test_what_needs_a_person_is_said_in_the_order_of_the_posts_once_for_as_long_as_it_stays_so(caplog):
    bulletin = Bulletin(Vitals(trouble=None))
    outcomes = [Outcome(post=key, account="default", kind=OutcomeKind.MISSED) for key in "fbcade"]
    for said in (outcomes, outcomes, outcomes[:3], outcomes):
        bulletin.notice("default", said)
    assert "".join(record.post for record in caplog.records) == "fbcade" + "ade"


def test_the_log_warns_of_a_token_at_each_stage_once(caplog):
    bulletin, ends = Bulletin(Vitals(trouble=None)), NOW + timedelta(days=16, hours=1)
    for day in range(18):
        bulletin.warn("default", of_token(ends, NOW + timedelta(days=day)))
        bulletin.warn("default", of_token(ends, NOW + timedelta(days=day)))
    said = [record.getMessage() for record in caplog.records]
    assert [("expires", "expired")["expired" in line] for line in said] == ["expires"] * 4 + ["expired"]
    assert all("run 'crosspost auth login'" in line for line in said)


def test_work_may_be_dropped_until_something_is_on_its_way():
    stop = Stop()
    asks = {"author": 1, "send": 2}

    class Asking(FakePublisher):
        def author(self):
            stop.ask()

        def send(self, _prepared):
            stop.ask()
            return "answer"

    publisher = LeavingPublisher(Asking(), stop)
    assert publisher.send(None) == "answer"
    with pytest.raises(Stopped):
        publisher.send(None)
    assert stop.asked == asks["send"]
    stop.asked = 0
    with pytest.raises(Stopped):
        publisher.author()
    with pytest.raises(Stopped):
        LeavingClock(FakeClock(), stop).sleep(1)
    stop.ask()  # outside of all this nothing is raised
