"""What only a file can get wrong: durability, strangers' files, damage, versions, locks, and what people do by hand."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosspost.errors import LedgerError
from crosspost.ledger import sqlite_file, sqlite_schema
from crosspost.ledger.liveness import alive
from crosspost.ledger.sqlite import SqliteLedger
from crosspost.ledger.sqlite_file import open_file
from crosspost.ledger.statements import execute, read_sql, statements
from crosspost.ledger.transitions import ARROWS
from crosspost.model import Claim, EntryKey, Receipt, State

NOW = datetime(2026, 11, 22, 13, 15, 8, tzinfo=UTC)
LEASE = timedelta(minutes=10)
KEY = EntryKey(site="s", account="default", post="p")
RECEIPT = Receipt(urn="urn:li:share:1", url="https://www.linkedin.com/feed/update/urn:li:share:1/")


def claim(ledger, post="p"):
    key = EntryKey(site="s", account="default", post=post)
    return ledger.claim(key, author="a", text_digest=post, owner="h/1", now=NOW, lease=LEASE)


def sent(ledger, post="p"):
    the_claim = claim(ledger, post)
    assert ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE)
    return the_claim


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "ledger.db"


@pytest.fixture
def opened():
    """Make ledgers that are closed at the end."""
    ledgers = []

    def opened(path, **options):
        ledgers.append(SqliteLedger(path, alive=lambda _: True, **options))
        return ledgers[-1]

    yield opened
    for ledger in ledgers:
        ledger.close()


@pytest.fixture
def ledger(opened, path):
    return opened(path)


def problem_of(action):
    with pytest.raises(LedgerError) as caught:
        action()
    problem = caught.value.problem
    assert problem.what
    assert problem.fix
    assert problem.linkedin_has
    return problem


def snapshot(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


# --- durable


def test_every_commit_is_on_the_disk_before_it_returns(ledger):
    with ledger._reading() as db:
        pragma = {
            name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "fullfsync")
        }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "fullfsync": 1}


def test_a_connection_waits_for_others(ledger):
    with ledger._reading() as db:
        assert tuple(db.execute("PRAGMA busy_timeout").fetchone()) == (20_000,)


def test_nothing_is_made_before_the_first_use(ledger, path):
    assert not path.parent.exists()
    ledger.get(KEY)
    assert path.exists()


def test_a_further_look_at_what_arrived_costs_as_much_beside_a_thousand_posts_as_beside_ten(ledger):
    """Counted in instructions of SQLite's virtual machine."""
    instructions = []

    def cost_of_a_further_look(posts):
        for number in range(len(ledger.entries("s")), posts):
            sent(ledger, str(number))
        mark = ledger.arrived("s", "default", "a").mark
        sent(ledger, f"new beside {posts}")
        ledger._db.set_progress_handler(lambda: instructions.append(1), 1)
        assert list(ledger.arrived("s", "default", "a", mark).posts) == [f"new beside {posts}"]
        ledger._db.set_progress_handler(None, 0)
        return len(instructions), instructions.clear()

    few, many = cost_of_a_further_look(10), cost_of_a_further_look(1000)
    assert many == few


def test_the_file_and_its_folder_are_for_their_owner_alone(ledger, path):
    sent(ledger)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_a_folder_that_was_there_keeps_its_mode(ledger, path):
    path.parent.mkdir(mode=0o755)
    ledger.get(KEY)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o755


def test_the_names_of_a_new_ledger_and_of_its_folders_are_durable_before_anything_is_claimed(
    opened, tmp_path, monkeypatch
):
    synced, real = set(), os.fsync

    def fsync(handle):
        synced.add(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    opened(tmp_path / "a" / "b" / "ledger.db").get(KEY)
    assert {folder.stat().st_ino for folder in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")} <= synced


def test_a_file_system_without_durable_names_is_no_obstacle(opened, path, monkeypatch):
    def fsync(_):
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", fsync)
    assert opened(path).get(KEY) is None


def test_a_new_ledger_leaves_no_scaffold(ledger, path):
    ledger.get(KEY)
    ledger.close()
    assert [file.name for file in path.parent.iterdir()] == ["ledger.db"]


def test_what_was_recorded_is_there_after_closing(ledger, opened, path):
    the_claim = sent(ledger)
    ledger.close()
    again = opened(path)
    assert again.get(KEY).state is State.SENDING
    assert again.settle(the_claim, RECEIPT, NOW)
    assert [step.after for step in ledger.history(KEY)] == ["claimed", "sending", "published"]


def test_a_closed_ledger_opens_again_when_needed(ledger):
    claim(ledger)
    ledger.close()
    assert ledger.get(KEY).state is State.CLAIMED


def test_what_fails_halfway_leaves_no_trace(ledger, monkeypatch):
    """The claim and its line of history are one."""
    ledger.get(KEY)
    ledger._db.execute("CREATE TEMP TRIGGER t BEFORE INSERT ON history BEGIN SELECT raise(ABORT, 'no'); END")
    with pytest.raises(sqlite3.IntegrityError, match="no"):
        claim(ledger)
    ledger.close()
    assert ledger.get(KEY) is None


# --- several processes

_RACER = textwrap.dedent("""
    import sys
    from datetime import UTC, datetime, timedelta
    from pathlib import Path
    from crosspost.ledger.liveness import alive, owner
    from crosspost.ledger.sqlite import SqliteLedger
    from crosspost.model import Claim, EntryKey

    ledger = SqliteLedger(Path(sys.argv[1]), alive=alive)
    key = EntryKey(site="s", account="default", post=sys.argv[2])
    now = datetime(2026, 11, 22, tzinfo=UTC)
    print("ready", flush=True)
    sys.stdin.readline()
    found = ledger.claim(key, author="a", text_digest="t", owner=owner(), now=now, lease=timedelta(minutes=9))
    if isinstance(found, Claim):
        ledger.mark_sending(found, request_digest="r", now=now, lease=timedelta(minutes=9))
    print(type(found).__name__, flush=True)
    sys.stdin.readline()
""")


class Racers:
    """Real processes that all start at one word and stay alive until the next."""

    def __init__(self, path, posts):
        command = [sys.executable, "-c", _RACER, str(path)]
        self.processes = [
            subprocess.Popen([*command, post], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for post in posts
        ]
        self.results = []

    def __enter__(self):
        assert {self.line(process) for process in self.processes} == {"ready"}
        for process in self.processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        self.results = [self.line(process) for process in self.processes]
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.kill()
            process.communicate()

    @staticmethod
    def line(process):
        return process.stdout.readline().strip()


@pytest.mark.parametrize("posts", [["p"] * 8, list("abcdefgh")], ids=["one post", "one text under eight names"])
def test_of_eight_processes_on_a_ledger_that_does_not_exist_yet_one_wins(opened, path, posts):
    with Racers(path, posts) as racers:
        assert sorted(racers.results) == ["Claim"] + ["Held"] * 7
    entries = opened(path).entries("s")
    assert [entry.state for entry in entries.values()] == [State.SENDING]
    assert list(path.parent.glob(".*")) == []


def test_a_killed_process_leaves_an_uncertain_post_that_is_never_claimed(path):
    with closing(SqliteLedger(path, alive=alive)) as ledger:
        with Racers(path, ["p"]) as racers:
            assert ledger.sweep("s", NOW - timedelta(days=1)) == ()
            os.kill(racers.processes[0].pid, signal.SIGKILL)
            racers.processes[0].wait()
            (doubtful,) = ledger.sweep("s", NOW - timedelta(days=1))
        assert doubtful.state is State.UNCERTAIN
        assert not isinstance(claim(ledger), Claim)


def test_of_eight_threads_that_make_the_ledger_none_fails(opened, path):
    """A file that is switched to WAL while others open it fails for some of them; so it appears ready-made."""
    ledgers = [opened(path) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda one: one.get(KEY), ledgers)) == [None] * 8


def test_threads_take_turns_in_one_ledger(ledger):
    def claims(thread):
        return [isinstance(claim(ledger, f"{thread}-{number}"), Claim) for number in range(25)]

    with ThreadPoolExecutor(4) as pool:
        assert all(all(claimed) for claimed in pool.map(claims, range(4)))
    assert len(ledger.entries("s")) == 100


# --- not ours


def make_foreign(path, script, mode="delete"):
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as db:
        db.executescript(f"PRAGMA journal_mode = {mode}; {script}")


@pytest.mark.parametrize(
    "content", [b"", b"hello\n", b"SQLite format 3\0", b"\0" * 4096], ids=["empty", "text", "cut off", "zeros"]
)
def test_a_file_that_is_no_database_is_refused_untouched(ledger, path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    problem = problem_of(lambda: claim(ledger))
    assert str(path) in problem.what
    assert snapshot(path.parent) == {path.name: content}


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE bookmarks (x);",
        "PRAGMA application_id = 1; CREATE TABLE entry (x);",
        "PRAGMA user_version = 1; CREATE TABLE entry (x); CREATE TABLE history (x); CREATE TABLE baseline (x);",
    ],
    ids=["unmarked", "marked", "like ours"],
)
@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_the_database_of_another_program_is_refused_untouched(ledger, path, script, mode):
    make_foreign(path, script, mode)
    before = snapshot(path.parent)
    problem = problem_of(lambda: claim(ledger))
    assert "untouched" in problem.what
    assert snapshot(path.parent) == before


def test_the_unfinished_log_of_another_program_is_left_as_it_is(ledger, path, tmp_path):
    """Opening and closing such a database the usual way would write its log into it."""
    make_foreign(tmp_path / "other" / "app.db", "CREATE TABLE bookmarks (x);", "wal")
    with closing(sqlite3.connect(tmp_path / "other" / "app.db")) as db:
        db.execute("INSERT INTO bookmarks VALUES (1)")
        db.commit()
        path.parent.mkdir()
        path.write_bytes((tmp_path / "other" / "app.db").read_bytes())
        wal = path.with_name(path.name + "-wal")
        wal.write_bytes((tmp_path / "other" / "app.db-wal").read_bytes())
    before = snapshot(path.parent)
    problem_of(lambda: claim(ledger))
    assert snapshot(path.parent) == before


def test_the_ledger_of_a_newer_crosspost_is_refused_untouched(ledger, path):
    claim(ledger)
    with ledger._reading() as db:
        db.execute("PRAGMA user_version = 99")
    ledger.close()
    before = snapshot(path.parent)
    problem = problem_of(lambda: ledger.get(KEY))
    assert "newer" in problem.what
    assert "upgrade" in problem.fix
    assert snapshot(path.parent) == before


def test_a_ledger_that_is_upgraded_under_a_running_process_is_not_written(ledger, opened, path):
    claim(ledger)
    with opened(path)._reading() as db:
        db.execute("PRAGMA user_version = 99")
    problem = problem_of(lambda: sent(ledger, "q"))
    assert ("newer" in problem.what, problem.linkedin_has) == (True, "nothing was sent")


def test_a_receipt_that_an_upgraded_ledger_does_not_take_is_in_the_message(ledger, opened, path):
    the_claim = sent(ledger)
    with opened(path)._reading() as db:
        db.execute("PRAGMA user_version = 99")
    problem = problem_of(lambda: ledger.settle(the_claim, RECEIPT, NOW))
    assert ("newer" in problem.what, problem.linkedin_has) == (True, f"LinkedIn has the post: {RECEIPT.url}")


# --- damaged


@pytest.mark.parametrize(
    "damage",
    [
        "DROP INDEX twin_guard",
        "DROP TRIGGER history_is_not_shortened",
        "DROP TABLE baseline",
        "DROP TRIGGER entry_changed; CREATE TRIGGER entry_changed AFTER UPDATE ON entry BEGIN SELECT 1; END",
        "PRAGMA ignore_check_constraints = ON; UPDATE entry SET state = 'no such state'",
        "PRAGMA ignore_check_constraints = ON; UPDATE entry SET attempts = 0",
    ],
)
def test_a_ledger_without_its_guards_is_damaged(ledger, path, damage):
    claim(ledger)
    with ledger._reading() as db:
        db.executescript(damage)
    ledger.close()
    before = path.read_bytes()
    problem = problem_of(lambda: ledger.get(KEY))
    assert "damaged" in problem.what
    assert "backup" in problem.fix
    assert "do not delete" in problem.fix
    assert path.read_bytes() == before


def test_a_damaged_index_is_noticed_before_it_can_hide_a_twin(opened, path, intact):
    content, page = bytearray(intact), 4096
    in_index = [
        start
        for start in range(0, len(content), page)
        if content[start] == 0x0A and b"ac" in content[start : start + page]
    ]  # 0x0A: a leaf of an index (SQLite, "Database File Format", 1.6); author "a" and text "c" stand together there
    assert in_index
    for start in in_index:
        content[start : start + page] = content[start : start + page].replace(b"ac", b"ax")
    path.parent.mkdir()
    path.write_bytes(content)
    assert "damaged" in problem_of(lambda: opened(path).get(KEY)).what


def test_a_moment_that_does_not_exist_is_damage(ledger):
    claim(ledger)
    with ledger._reading() as db:
        db.execute("UPDATE entry SET lease_until = '2026-13-32T25:61:61.000000Z'")
    assert "damaged" in problem_of(lambda: ledger.get(KEY)).what


def test_additions_of_a_curious_person_are_tolerated(ledger):
    claim(ledger)
    with ledger._reading() as db:
        db.executescript("CREATE VIEW posts AS SELECT post, state FROM entry; CREATE INDEX mine ON entry (state)")
    ledger.close()
    assert ledger.get(KEY).state is State.CLAIMED


@pytest.fixture(scope="module")
def intact(tmp_path_factory):
    path = tmp_path_factory.mktemp("intact") / "ledger.db"
    tokens = iter("0123456789")  # the same bytes in every run
    with closing(SqliteLedger(path, alive=lambda _: True, new_token=lambda: next(tokens))) as ledger:
        for post in "abcdefghij":
            ledger.settle(sent(ledger, post), RECEIPT, NOW)
    return path.read_bytes()


@given(
    place=st.integers(0, 2**20),
    damage=st.binary(min_size=1, max_size=64),
    kept=st.sampled_from([lambda size: size, lambda size: size - 1, lambda size: size // 2]),
)
@settings(max_examples=60)
def test_damage_anywhere_is_noticed_or_harmless_and_never_lets_a_twin_through(
    intact, tmp_path_factory, place, damage, kept
):
    content = bytearray(intact)
    start = place % len(intact)
    content[start : start + len(damage)] = damage
    content = content[: kept(len(intact))]
    path = tmp_path_factory.mktemp("damaged") / "ledger.db"
    path.write_bytes(content)
    with closing(SqliteLedger(path, alive=lambda _: True)) as ledger:
        try:
            entries = ledger.entries("s")
            found = ledger.claim(
                EntryKey(site="s", account="b", post="z"),
                author="a",
                text_digest="c",
                owner="h/1",
                now=NOW,
                lease=LEASE,
            )
        except LedgerError:
            return
    if not any(entry.text_digest == "c" for entry in entries.values()):
        return  # the bytes of a text or a name were changed: only a checksum of each row could tell
    assert not isinstance(found, Claim)


# --- locks, rights, space


def test_a_ledger_that_stays_locked_is_a_clear_error(ledger, opened, path):
    claim(ledger)
    impatient = opened(path, busy=timedelta(milliseconds=1))
    with ledger._reading() as db:
        db.execute("BEGIN IMMEDIATE")
        problem = problem_of(lambda: claim(impatient, "q"))
        assert "in use" in problem.what
        assert impatient.get(KEY).state is State.CLAIMED  # reading goes on
        db.execute("ROLLBACK")
    assert isinstance(claim(impatient, "q"), Claim)


def test_a_read_only_ledger_is_a_clear_error(ledger):
    ledger.get(KEY)
    ledger._db.execute("PRAGMA query_only = ON")
    assert "cannot be opened for writing" in problem_of(lambda: claim(ledger)).what


def test_a_full_disk_is_a_clear_error_and_the_ledger_goes_on_when_there_is_room(ledger):
    the_claim = sent(ledger)
    pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
    ledger._db.execute(f"PRAGMA max_page_count = {pages}")
    long = "x" * 100_000
    problem = problem_of(lambda: ledger.doubt(the_claim, long, NOW))
    assert "full" in problem.what
    assert "may have" in problem.linkedin_has
    assert ledger.get(KEY).state is State.SENDING
    ledger._db.execute("PRAGMA max_page_count = 1000000")
    assert ledger.doubt(the_claim, long, NOW)


def test_a_receipt_that_cannot_be_recorded_is_in_the_message(ledger):
    the_claim = sent(ledger)
    ledger._db.execute("PRAGMA query_only = ON")
    assert RECEIPT.url in problem_of(lambda: ledger.settle(the_claim, RECEIPT, NOW)).linkedin_has
    problem = problem_of(lambda: ledger.settle(the_claim, Receipt(urn=None, url=None), NOW))
    assert "LinkedIn has the post" in problem.linkedin_has


@pytest.mark.parametrize(
    "obstacle", ["a file where the folder should be", "a folder where the file should be", "a dead link"]
)
def test_a_place_that_cannot_hold_a_ledger_is_a_clear_error(ledger, path, obstacle):
    if obstacle.startswith("a file"):
        path.parent.write_text("in the way")
    elif obstacle.startswith("a folder"):
        path.mkdir(parents=True)
    else:
        path.parent.mkdir()
        path.symlink_to(path.with_name("gone") / "ledger.db")
    assert str(path) in problem_of(lambda: ledger.get(KEY)).what


def test_a_ledger_behind_a_link_is_used_where_it_is(ledger, opened, path, tmp_path):
    claim(ledger)
    link = tmp_path / "link.db"
    link.symlink_to(path)
    assert opened(link).get(KEY).state is State.CLAIMED


def test_an_old_sqlite_is_a_clear_error(ledger, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    assert "newer" in problem_of(lambda: ledger.get(KEY)).fix


def test_a_file_system_that_cannot_share_is_a_clear_error(ledger, monkeypatch):
    class WithoutWal(sqlite3.Connection):
        def execute(self, sql, *values):
            return super().execute(sql.replace("journal_mode = WAL", "journal_mode = DELETE"), *values)

    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **{"factory": WithoutWal, **k}))
    assert "local disk" in problem_of(lambda: ledger.get(KEY)).fix


@pytest.mark.parametrize("what", ["deleted", "replaced", "moved"])
def test_a_file_that_goes_away_under_a_running_process_stops_it(ledger, opened, path, what):
    """Otherwise it would record posts where no later run looks for them."""
    the_claim = sent(ledger)
    if what == "moved":
        path.rename(path.with_name("backup.db"))
    else:
        path.unlink()
    if what == "replaced":
        with closing(SqliteLedger(path.with_name("new.db"), alive=lambda _: True)) as new:
            new.get(KEY)
        path.with_name("new.db").rename(path)
    assert "moved, deleted or replaced" in problem_of(lambda: claim(ledger, "q")).what
    assert RECEIPT.url in problem_of(lambda: ledger.settle(the_claim, RECEIPT, NOW)).linkedin_has


def test_a_moment_without_a_time_zone_is_a_defect_of_the_caller(ledger):
    with pytest.raises(TypeError, match="time zone"):
        ledger.baseline("s", datetime(2026, 1, 1))  # noqa: DTZ001 - that is the point


# --- by hand


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET reason = 'nicer'",
        "DELETE FROM history",
        "REPLACE INTO history SELECT * FROM history",
        "INSERT OR REPLACE INTO history SELECT * FROM history WHERE line = 1",
    ],
)
def test_the_history_only_grows(ledger, statement):
    sent(ledger)
    steps = ledger.history(KEY)
    with ledger._reading() as db, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(statement)
    assert ledger.history(KEY) == steps


UNSENT = "sending_at = NULL, settled_at = NULL, request_digest = NULL, urn = NULL, url = NULL"


@pytest.mark.parametrize(
    ("state", "statement"),
    [
        ("claimed", "DELETE FROM entry"),
        ("sending", "UPDATE entry SET state = 'claimed', sending_at = NULL, request_digest = NULL"),
        ("sending", "UPDATE entry SET state = 'released', sending_at = NULL, request_digest = NULL"),
        ("published", "UPDATE entry SET state = 'failed', failure = 'refused', reason = 'x', urn = NULL, url = NULL"),
        ("published", f"UPDATE entry SET {UNSENT}, state = 'released', reason = NULL"),
        ("published", f"UPDATE entry SET {UNSENT}, state = 'claimed', reason = 'x'"),
        ("published", "UPDATE entry SET state = 'deleted', reason = NULL"),
        ("deleted", f"UPDATE entry SET {UNSENT}, state = 'released', reason = NULL"),
        ("deleted", f"UPDATE entry SET {UNSENT}, state = 'claimed', reason = 'x'"),
        ("deleted", "UPDATE entry SET written_back_at = claimed_at"),
        ("claimed", "UPDATE entry SET retried_at = claimed_at"),
        ("sending", "UPDATE entry SET edited_at = claimed_at"),
        ("claimed", "UPDATE entry SET state = 'done'"),
        ("claimed", "UPDATE entry SET state = 'sending'"),
        ("claimed", "UPDATE entry SET attempts = 0"),
        ("claimed", "UPDATE entry SET attempts = 'many'"),
        ("claimed", "UPDATE entry SET settled_at = claimed_at"),
        ("claimed", "UPDATE entry SET urn = 'urn:li:share:1'"),
        ("claimed", "UPDATE entry SET lease_until = '2026-11-22 13:15'"),
        ("claimed", "UPDATE entry SET doubled = 1"),
        ("sending", "UPDATE entry SET state = 'published'"),
        ("sending", "UPDATE entry SET state = 'uncertain', settled_at = claimed_at"),
        ("sending", "UPDATE entry SET state = 'failed', settled_at = claimed_at, reason = 'x'"),
        ("sending", "UPDATE entry SET state = 'failed', settled_at = claimed_at, reason = 'x', failure = 'bad luck'"),
        ("sending", "UPDATE entry SET retry_at = claimed_at"),
        ("sending", "UPDATE entry SET sending_at = 'yesterday'"),
        ("sending", "UPDATE entry SET request_digest = NULL"),
    ],
)
def test_the_tables_refuse_what_the_diagram_does_not_have(ledger, state, statement):
    the_claim = claim(ledger) if state == "claimed" else sent(ledger)
    if state in {"published", "deleted"}:
        ledger.settle(the_claim, RECEIPT, NOW)
    if state == "deleted":
        ledger.withdraw(KEY, reason="as asked", now=NOW)
    entry, steps = ledger.get(KEY), ledger.history(KEY)
    with ledger._reading() as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)
    assert (ledger.get(KEY), ledger.history(KEY)) == (entry, steps)


def test_a_change_by_hand_has_its_line_too(ledger):
    claim(ledger)
    with ledger._reading() as db:
        db.execute("UPDATE entry SET state = 'released', reason = 'by hand'")
    assert ledger.history(KEY)[-1].reason == "by hand"


def test_a_violated_check_is_a_defect_and_not_the_twin_guard(ledger):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        ledger.fail(sent(ledger), "no such failure", "x", now=NOW)
    assert ledger.get(KEY).state is State.SENDING


# --- statements and versions


@pytest.mark.parametrize("before", [None, "the token of an older claim"])
def test_a_claim_replaces_only_the_claim_that_was_looked_at(ledger, before):
    """The write lock sees to it here; where there is none, the statement's own guard does."""
    ledger.release(claim(ledger), NOW)
    values = {"token": "new", "owner": "h/2", "author": "a", "text_digest": "t", "now": NOW, "lease_until": NOW + LEASE}
    with ledger._writing() as db:
        row = execute(db, "claim", site="s", account="default", post="p", before=before, **values).fetchone()
    assert row is None
    assert ledger.get(KEY).state is State.RELEASED


# What is written into an entry without moving it; an import brings the history of the way.
STAYING = {"mark_written_back", "locate", "mark_retry", "amend", "load_entry"}


def test_every_statement_that_moves_an_entry_names_an_arrow_of_the_diagram():
    """`a: absent, claimed -> claimed` in the SQL says the same as `ARROWS`."""
    named = {letter: set() for letter in ARROWS}
    for name, sql in statements().items():
        first = sql.splitlines()[0]
        if name not in STAYING and ("UPDATE entry" in sql or "INTO entry" in sql):
            letter, _, step = first.removeprefix("-- ").partition(": ")
            sources, _, target = step.partition(" -> ")
            assert target == ARROWS[letter].target, name
            named[letter] |= set(sources.split(", "))
    assert named == {
        letter: {state.value if state else "absent" for state in arrow.sources} for letter, arrow in ARROWS.items()
    }


def test_the_diagram_in_the_documentation_has_every_arrow():
    text = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
    for letter in ARROWS:
        assert f"| {letter} |" in text


# States that came later.
UNKNOWN_TO = {"v1": {State.DELETED}}
RELEASED = sorted((Path(__file__).parent / "released_ledgers").glob("*.sql"))


def restore(file, path):
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as db:
        db.executescript(file.read_text(encoding="utf-8"))
        db.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_every_ledger_ever_released_opens_with_all_that_it_knows(ledger, path, file):
    restore(file, path)
    entries = ledger.entries("https://example.com")
    assert {entry.state for entry in entries.values()} == set(State) - UNKNOWN_TO.get(file.stem, set())
    assert all(ledger.history(key) for key in entries)
    assert ledger.baseline("https://example.com", NOW) < NOW


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_a_migrated_ledger_has_the_tables_of_a_new_one(ledger, opened, path, tmp_path, file):
    restore(file, path)
    new = opened(tmp_path / "new.db")
    with ledger._reading() as old_db, new._reading() as new_db:
        assert sqlite_schema._parts(old_db) == sqlite_schema._parts(new_db)
        assert sqlite_schema.version_of(old_db) == sqlite_schema.version_of(new_db)


def test_there_is_a_released_ledger_for_every_version():
    assert [file.stem for file in RELEASED] == [f"v{number + 1}" for number in range(sqlite_schema.current().version)]


ADDITION = "ALTER TABLE baseline ADD COLUMN note TEXT;\nCREATE TABLE extra (x TEXT) STRICT;\n"


def next_schema(migration=ADDITION):
    """A version 3 that nobody released, to see the machinery work."""
    script = read_sql("schema.sql").replace(
        "'????-??-??T??:??:??.??????Z')\n) STRICT;\n\n-- No step",
        "'????-??-??T??:??:??.??????Z')\n, note TEXT) STRICT;\n\n-- No step",
    )
    return sqlite_schema.Schema(
        version=3, script=script + "CREATE TABLE extra (x TEXT) STRICT;", migrations={2: migration}
    )


def test_an_older_ledger_is_brought_up_to_date_and_keeps_its_entries(ledger, path):
    claim(ledger)
    ledger.close()
    for _ in range(2):
        with closing(open_file(path, LEASE, next_schema())) as db:
            assert sqlite_schema.version_of(db) == 3
            assert [row["post"] for row in db.execute("SELECT post FROM entry")] == ["p"]


def test_a_migration_that_fails_changes_nothing(ledger, path, monkeypatch):
    claim(ledger)
    ledger.close()
    before = path.read_bytes()
    broken = next_schema(ADDITION + "INSERT INTO nowhere VALUES (1);\n")
    with monkeypatch.context() as patch:
        patch.setattr(sqlite_schema, "current", lambda: broken)
        problem_of(lambda: ledger.get(KEY))
    assert path.read_bytes() == before
    assert ledger.get(KEY).state is State.CLAIMED


def test_a_process_that_waited_for_another_does_not_migrate_again(ledger, path):
    claim(ledger)
    ledger.close()
    waits = threading.Event()
    with (
        closing(sqlite_file._connect(path, LEASE)) as first,
        closing(sqlite_file._connect(path, LEASE)) as second,
        ThreadPoolExecutor(1) as pool,
    ):
        second.set_trace_callback(lambda statement: waits.set() if statement.startswith("BEGIN") else None)
        first.execute("BEGIN IMMEDIATE")
        other = pool.submit(sqlite_schema.migrate, second, next_schema())
        assert waits.wait(10)
        sqlite_schema._run(first, ADDITION + "PRAGMA user_version = 3;\n")
        first.execute("COMMIT")
        other.result()
        assert sqlite_schema.version_of(second) == 3
