"""What only a server can get wrong: lost connections, clocks, strangers' schemas, damage, rights, and passwords."""

import os
import random
import re
import signal
import socket
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from crosspost.errors import ExitCode, LedgerError, SettingsError
from crosspost.ledger import open_ledger, postgres_schema
from crosspost.ledger.postgres import PostgresLedger
from crosspost.ledger.postgres_address import address_of
from crosspost.ledger.statements import Schema, read_sql
from crosspost.model import Claim, EntryKey, Failure, Held, Receipt, Spending, State
from cutting_proxy import AFTER, BEFORE, CuttingProxy
from postgres_server import PASSWORD, PostgresServer, binaries

NOW = datetime(2026, 11, 22, 13, 15, 8, tzinfo=UTC)
LEASE = timedelta(minutes=10)
KEY = EntryKey(site="s", account="default", post="p")
RECEIPT = Receipt(urn="urn:li:share:1", url="https://www.linkedin.com/feed/update/urn:li:share:1/")
PLAIN = "?sslmode=disable&gssencmode=disable"  # so that the proxy can read along


def claim(ledger, post="p", *, now=NOW, lease=LEASE, owner="another-host/1", text=None):
    key = replace(KEY, post=post)
    return ledger.claim(key, author="a", text_digest=text or post, owner=owner, now=now, lease=lease)


def sent(ledger, post="p", **more):
    the_claim = claim(ledger, post, **more)
    assert ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=more.get("lease", LEASE))
    return the_claim


@pytest.fixture
def opened():
    """Make ledgers that are closed at the end."""
    ledgers = []

    def opened(url, *, alive=lambda _: True, sleep=time.sleep):
        ledgers.append(PostgresLedger(address_of(url), alive=alive, sleep=sleep))
        return ledgers[-1]

    yield opened
    for ledger in ledgers:
        ledger.close()


@pytest.fixture
def url(postgres):
    return postgres.place()


@pytest.fixture
def ledger(opened, url):
    return opened(url)


@pytest.fixture
def tables(ledger, postgres):
    """Work on the tables by hand, as the role that owns them."""
    ledger.get(KEY)
    parameters = ledger.address.parameters
    with psycopg.connect(**parameters, autocommit=True) as db:
        db.execute("SELECT set_config('search_path', %s, false)", [ledger.address.schema])
        yield db


@pytest.fixture(scope="module")
def proxy(postgres):
    proxy = CuttingProxy(("127.0.0.1", postgres.port))
    yield proxy
    proxy.close()


def problem_of(action):
    with pytest.raises(LedgerError) as caught:
        action()
    problem = caught.value.problem
    assert problem.what
    assert problem.fix
    assert problem.linkedin_has
    return problem


# --- what arrived, since an earlier look


def arrived(ledger, since=None):
    return ledger.arrived(KEY.site, KEY.account, "a", since)


def begun_by_hand(ledger):
    """Return the ledger's connection with a transaction that has a number, and has written nothing."""
    db = ledger._link.connection()
    db.execute("BEGIN")
    db.execute("SELECT pg_current_xact_id()")
    return db


def insert_by_hand(db, post):
    db.execute(
        "INSERT INTO entry (site, account, post, state, author, text_digest, attempts, token, owner, lease_until, claimed_at,"
        " changed_at, sending_at, request_digest) VALUES ('s', 'default', %s, 'sending', 'a', %s, 1, %s, 'h/1', now(), now(),"
        " now(), now(), 'r')",
        [post] * 3,
    )


def test_a_further_look_finds_what_is_new_and_no_more(ledger):
    for number in range(5):
        sent(ledger, f"old {number}")
    found = arrived(ledger)
    for post in ("one", "two", "three", "four"):
        sent(ledger, post)
        found = arrived(ledger, found.mark)
    assert set(found.posts) == {"three", "four"}  # "three" was written since the look that proved all before it


def test_a_line_of_the_history_that_comes_to_light_after_later_ones_is_found(ledger, url, opened):
    """The first to have a number draws its line last, and ends first: nothing that PostgreSQL promises an order for."""
    early, late = (begun_by_hand(opened(url)) for _ in range(2))
    insert_by_hand(late, "late")
    insert_by_hand(early, "early")
    early.execute("COMMIT")
    found = arrived(ledger)
    assert set(found.posts) == {"early"}
    for post in ("one", "two", "three"):
        sent(ledger, post)
        found = arrived(ledger, found.mark)
        assert post in found.posts
    late.execute("COMMIT")
    assert "late" in arrived(ledger, found.mark).posts


def test_a_new_connection_looks_through_everything_again(ledger):
    """It may lead to a standby that took over, and that counts the lines of the history in its own way."""
    marks = [arrived(ledger).mark]
    for post in ("one", "two", "three"):
        sent(ledger, post)
        marks.append(arrived(ledger, marks[-1]).mark)
    ledger.close()
    assert set(arrived(ledger, marks[-1]).posts) == {"one", "two", "three"}


# --- counted


def test_each_step_of_a_publication_takes_one_trip_to_the_server(ledger, monkeypatch):
    """Whoever comes second looks at the entry; whoever is kept out by a twin, or not any more, does so in a transaction."""
    ledger.get(KEY)
    trips = []
    execute = psycopg.Connection.execute

    def counted(connection, query, *values, **options):
        trips.append(query)
        return execute(connection, query, *values, **options)

    monkeypatch.setattr(psycopg.Connection, "execute", counted)

    def taken(step):
        trips.clear()
        result = step()
        return len(trips), result

    count, the_claim = taken(lambda: claim(ledger))
    assert (count, type(the_claim)) == (1, Claim)
    count, held = taken(lambda: claim(ledger))
    assert (count, type(held)) == (2, Held)
    count, twin = taken(lambda: claim(ledger, "another post", text=KEY.post))
    assert (count, type(twin)) == (6, Held)
    for expected, step in (
        (1, lambda: ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE)),
        (1, lambda: ledger.settle(the_claim, RECEIPT, NOW)),
        (1, lambda: ledger.mark_written_back(KEY, NOW)),
    ):
        assert taken(step) == (expected, True)


# --- lost connections


def story(ledger, post):
    """Every kind of step, once; each must come to what it comes to when nothing is lost."""
    day, key = NOW.date(), replace(KEY, post=post)
    assert ledger.get(key) is None
    assert claim(ledger, post, owner="gone").attempt == 1
    assert ledger.sweep(key.site, NOW) == ()
    the_claim = claim(ledger, post)
    assert the_claim.attempt == 2
    assert ledger.release(the_claim, NOW)
    the_claim = claim(ledger, post)
    assert ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE)
    assert ledger.doubt(the_claim, "no answer", NOW)
    assert ledger.mark_retry(the_claim, NOW)
    assert ledger.settle(the_claim, RECEIPT, NOW)
    assert ledger.mark_written_back(key, NOW)
    assert ledger.amend(key, text_digest=f"{post} edited", now=NOW)
    assert ledger.withdraw(key, reason="as asked", now=NOW)
    assert ledger.reopen(key, reason="after all", now=NOW)
    assert [ledger.spend(post, day, 3), ledger.spend(post, day, 1)] == [3, 4]
    assert ledger.note(post, "n", "u", NOW)
    assert ledger.note(post, "n", "v", NOW)
    assert ledger.notes(post) == {"n": "v"}
    assert ledger.spent(post, day) == 4
    return [step.after for step in ledger.history(key)]


TOLD = "claimed released claimed released claimed sending uncertain uncertain published published published deleted released"


@pytest.mark.parametrize("how", [BEFORE, AFTER])
def test_a_connection_that_is_lost_at_any_request_changes_nothing_about_what_is_recorded(
    opened, postgres, proxy, how, show_table
):
    url = postgres.url(postgres.database(), port=proxy.port, options=PLAIN)
    number, commits = 0, 0
    while True:
        number += 1
        proxy.plan(number, how)
        with closing(opened(url, alive=lambda owner: owner != "gone")) as ledger:
            assert story(ledger, f"post {number}") == TOLD.split()
        if len(proxy.requests) < number:
            break
        commits += proxy.requests[number - 1].startswith(b"COMMIT")
    assert number > 60, "too few requests to prove anything"
    assert commits >= 13
    show_table(
        f"PostgreSQL, the connection cut at each request, {how}", f"{number - 1} cuts, {commits} of them at COMMIT"
    )


@pytest.mark.parametrize("how", [BEFORE, AFTER])
def test_a_claim_whose_answer_is_lost_is_ours_once_and_its_requests_are_counted_once(opened, postgres, proxy, how):
    ledger = opened(postgres.url(postgres.database(), port=proxy.port, options=PLAIN))
    ledger.get(KEY)
    proxy.plan(1, how)
    spending = Spending(payer="a", day=NOW.date(), requests=3)
    values = {"author": "a", "text_digest": "t", "owner": "h/1", "now": NOW, "lease": LEASE, "spending": spending}
    the_claim = ledger.claim(KEY, **values)
    assert (the_claim.attempt, the_claim.token) == (1, ledger.get(KEY).token)
    assert ledger.spent("a", NOW.date()) == 3
    assert [step.after for step in ledger.history(KEY)] == [State.CLAIMED]
    assert isinstance(ledger.claim(KEY, **values), Held)


@pytest.mark.parametrize("how", [BEFORE, AFTER])
def test_a_ledger_is_made_whole_wherever_the_connection_is_lost(opened, postgres, proxy, how):
    database, number = postgres.database(), 0
    while number == 0 or len(proxy.requests) >= number:
        number += 1
        proxy.plan(number, how)
        url = postgres.url(database, port=proxy.port, options=f"{PLAIN}&schema=made_{number}")
        with closing(opened(url)) as ledger:
            assert ledger.baseline("s", NOW) == NOW
    assert number > 12


def test_workers_whose_connections_are_ended_again_and_again_record_everything_once(opened, url, postgres):
    """As an operator would: pg_terminate_backend at random moments."""
    done = threading.Event()
    generator = random.Random(20261122)

    def end_connections():
        while not done.wait(generator.uniform(0.005, 0.05)):
            postgres.admin(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = 'crosspost' AND random() < 0.5 AND state IS NOT NULL"
            )

    def work(worker):
        with closing(opened(url, alive=lambda owner: owner != "gone")) as ledger:
            return [publish(ledger, f"{worker}-{number}") for number in range(12)]

    def publish(ledger, post):
        assert ledger.settle(sent(ledger, post), RECEIPT, NOW)
        return [step.after for step in ledger.history(replace(KEY, post=post))]

    opened(url).get(KEY)
    with ThreadPoolExecutor(5) as pool:
        ending = pool.submit(end_connections)
        told = list(pool.map(work, range(4)))
        done.set()
        ending.result()
    assert all(history == ["claimed", "sending", "published"] for histories in told for history in histories)


def test_a_try_that_is_still_at_work_when_its_connection_is_lost_is_waited_for(ledger, tables, postgres):
    """The server does not notice, and carries the statement out; the next try must not take it for somebody else's."""
    the_claim = claim(ledger)
    with ThreadPoolExecutor(1) as pool:
        with tables.transaction():
            tables.execute("SELECT FROM entry FOR UPDATE")
            marking = pool.submit(ledger.mark_sending, the_claim, request_digest="r", now=NOW, lease=LEASE)
            wait_for_locks(postgres, 1)
            with socket.socket(fileno=os.dup(ledger._link.connection().fileno())) as wire:
                wire.shutdown(socket.SHUT_RDWR)
            wait_for_locks(postgres, 2)
        assert marking.result()
    assert [step.after for step in ledger.history(KEY)] == [State.CLAIMED, State.SENDING]


def test_what_a_person_found_while_the_answer_was_lost_is_not_taken_for_the_receipt(opened, postgres, proxy):
    url = postgres.url(postgres.database(), port=proxy.port, options=PLAIN)
    person, waited = opened(url), []
    proxy.plan(0, BEFORE)

    def resolve_meanwhile(_):
        waited.append(person.doubt(the_claim, "no answer", NOW))
        person.resolve(KEY, url="https://l/seen", urn=None, reason="seen", now=NOW)

    ledger = opened(url, sleep=resolve_meanwhile)
    the_claim = sent(ledger)
    assert person.get(KEY).state is State.SENDING
    proxy.plan(1, BEFORE)
    assert not ledger.settle(the_claim, RECEIPT, NOW)
    assert (waited, ledger.get(KEY).url) == ([True], "https://l/seen")


def test_an_intent_that_may_not_be_on_record_is_never_taken_for_one(opened, postgres, proxy):
    """The connection is lost before the statement arrives, and the server stays away: nothing may be sent."""
    url, waited = postgres.url(postgres.database(), port=proxy.port, options=PLAIN), []
    ledger = opened(url, sleep=waited.append)
    the_claim = claim(ledger)
    proxy.plan(1, BEFORE)
    postgres.admin("ALTER ROLE crosspost NOLOGIN")
    try:
        problem = problem_of(lambda: ledger.mark_sending(the_claim, request_digest="r", now=NOW, lease=LEASE))
    finally:
        postgres.admin("ALTER ROLE crosspost LOGIN")
    assert [sql[:6] for sql in proxy.requests] == [b"(with "]
    assert "cannot be reached" in problem.what
    assert problem.linkedin_has == "nothing was sent"
    assert 15 < sum(waited) < 60
    assert ledger.get(KEY).state is State.CLAIMED  # and the next call finds the server again


def test_a_receipt_that_cannot_be_recorded_is_in_the_message(opened, postgres, proxy):
    ledger = opened(postgres.url(postgres.database(), port=proxy.port, options=PLAIN), sleep=lambda _: None)
    the_claim = sent(ledger)
    proxy.plan(1, BEFORE)
    postgres.admin("ALTER ROLE crosspost NOLOGIN")
    try:
        problem = problem_of(lambda: ledger.settle(the_claim, RECEIPT, NOW))
    finally:
        postgres.admin("ALTER ROLE crosspost LOGIN")
    assert RECEIPT.url in problem.linkedin_has


def test_a_server_that_is_not_there_is_a_clear_error_at_once(opened):
    waited = []
    ledger = opened("postgresql://crosspost@127.0.0.1:1/blog", sleep=waited.append)
    problem = problem_of(lambda: ledger.get(KEY))
    assert "127.0.0.1:1/blog cannot be reached" in problem.what
    assert "refused" in problem.what
    assert waited == []


# --- durable


@pytest.fixture
def own_server(postgres):
    server = PostgresServer(binaries(), fsync="on", wal_writer_delay="10s")
    yield server
    server.close()


def test_every_commit_is_on_the_disk_before_it_returns_and_a_restart_is_survived(opened, own_server):
    """Even where the administrator has chosen to answer before writing."""
    own_server.admin("ALTER ROLE crosspost SET synchronous_commit = off")
    ledger = opened(own_server.url(own_server.database()))
    the_claim = sent(ledger)
    own_server.stop(signal.SIGQUIT)
    threading.Timer(0.5, own_server.start).start()
    assert ledger.get(KEY).state is State.SENDING
    assert ledger.settle(the_claim, RECEIPT, NOW)


# --- clocks and workers


def test_leases_go_by_the_servers_clock_whatever_that_of_the_machine_says(ledger):
    assert isinstance(claim(ledger, now=NOW - timedelta(days=3650)), Claim)
    assert isinstance(claim(ledger, now=NOW + timedelta(days=3650)), Held)
    assert ledger.sweep("s", NOW + timedelta(days=3650)) == ()
    entry = ledger.get(KEY)
    assert entry.claimed_at == NOW - timedelta(days=3650)
    assert abs(entry.lease_until - LEASE - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_claim_of_a_killed_worker_of_another_machine_is_taken_over_after_its_lease(ledger, opened, url):
    short = timedelta(milliseconds=200)
    lost = claim(ledger, lease=short)
    other = opened(url)
    assert isinstance(claim(other), Held)
    time.sleep(0.3)
    assert claim(other).attempt == 2
    assert not ledger.mark_sending(lost, request_digest="r", now=NOW, lease=LEASE)


def test_what_a_killed_worker_was_sending_becomes_uncertain_and_is_never_claimed(ledger, opened, url):
    the_claim = sent(ledger, lease=timedelta(milliseconds=200))
    other = opened(url)
    assert other.sweep("s", NOW) == ()
    time.sleep(0.3)
    assert isinstance(claim(other), Held)
    (doubtful,) = other.sweep("s", NOW)
    assert doubtful.state is State.UNCERTAIN
    assert isinstance(claim(other), Held)
    assert ledger.settle(the_claim, RECEIPT, NOW)  # it lived after all, and was slow


def test_a_dead_worker_of_this_machine_is_known_at_once(opened, url):
    claim(opened(url))
    assert claim(opened(url, alive=lambda _: False)).attempt == 2


def test_workers_of_one_ledger_share_the_work_and_no_claim_is_given_twice(opened, url):
    ledgers = [opened(url) for _ in range(4)]

    def work(ledger):
        found = [claim(ledger, str(number)) for number in range(40)]
        return [each.key.post for each in found if isinstance(each, Claim)]

    with ThreadPoolExecutor(4) as pool:
        won = [post for posts in pool.map(work, ledgers) for post in posts]
    assert sorted(won, key=int) == [str(number) for number in range(40)]


def test_two_late_receipts_that_wait_for_each_other_are_both_recorded(opened, url, tables, postgres):
    """Each has the other's entry give way; the server finds the deadlock and ends one of them, which begins again."""
    ledgers = [opened(url), opened(url)]
    late = [not_posted(ledgers[0], "x", "t"), not_posted(ledgers[0], "y", "u")]
    sent(ledgers[0], "x", text="u")
    sent(ledgers[0], "y", text="t")

    with ThreadPoolExecutor(2) as pool:
        with tables.transaction():
            tables.execute("SELECT FROM entry WHERE post = 'y' FOR UPDATE")
            settled = []
            for waiting, (ledger, each) in enumerate(zip(ledgers, late, strict=True), 1):
                settled.append(pool.submit(ledger.settle, each, RECEIPT, NOW))
                wait_for_locks(postgres, waiting)
        assert [each.result() for each in settled] == [True, True]
    assert {ledgers[1].get(each.key).state for each in late} == {State.PUBLISHED}
    assert "deadlock detected" in postgres.log


def wait_for_locks(postgres, number):
    """Wait until so many steps wait for a lock."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'crosspost' AND wait_event_type = 'Lock'"
    deadline = time.monotonic() + 10
    while postgres.admin(query) != [(number,)]:
        assert time.monotonic() < deadline, f"{number} should wait"
        time.sleep(0.01)


def not_posted(ledger, post, text):
    """An attempt of which a person says wrongly that it did not arrive."""
    the_claim = sent(ledger, post, text=text)
    ledger.doubt(the_claim, "no answer", NOW)
    ledger.resolve(the_claim.key, url=None, urn=None, reason="not seen", now=NOW)
    return the_claim


def test_a_row_that_stays_locked_is_a_clear_error(ledger, tables, monkeypatch):
    the_claim = claim(ledger)
    ledger._link.connection().execute("SET lock_timeout = '50ms'")
    with tables.transaction():
        tables.execute("SELECT FROM entry FOR UPDATE")
        assert "in use" in problem_of(lambda: ledger.release(the_claim, NOW)).what
        assert ledger.get(KEY).state is State.CLAIMED  # reading goes on
    assert ledger.release(the_claim, NOW)


# --- not ours


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE crosspost.bookmarks (x int)",
        "CREATE TABLE crosspost.ledger (x int)",
        "CREATE TABLE crosspost.ledger (application text, version int); INSERT INTO crosspost.ledger VALUES ('mine', 2)",
        "CREATE TABLE crosspost.ledger (application text, version int)",
        "CREATE VIEW crosspost.entry AS SELECT 1",
    ],
)
def test_the_schema_of_another_program_is_refused_untouched(opened, postgres, script):
    database = postgres.database()
    postgres.admin(f"CREATE SCHEMA crosspost AUTHORIZATION crosspost; {script}", database=database)
    before = dump(postgres, database)
    ledger = opened(postgres.socket_url(database))
    postgres.admin("GRANT ALL ON ALL TABLES IN SCHEMA crosspost TO crosspost", database=database)
    before = dump(postgres, database)
    assert "untouched" in problem_of(lambda: claim(ledger)).what
    assert dump(postgres, database) == before


def dump(postgres, database):
    """What is in a database, as pg_dump writes it; newer ones frame it with a random word."""
    text = postgres.run("pg_dump", "--no-owner", database)
    return re.sub(r"^\\(un)?restrict .*$", "", text, flags=re.MULTILINE)


def test_an_empty_schema_that_an_administrator_has_made_is_filled(opened, postgres):
    database = postgres.database()
    postgres.admin("CREATE SCHEMA crosspost AUTHORIZATION crosspost", database=database)
    postgres.admin(f"REVOKE CREATE ON DATABASE {database} FROM crosspost")
    assert isinstance(claim(opened(postgres.socket_url(database))), Claim)


def test_a_database_in_which_nothing_may_be_made_is_a_clear_error(opened, postgres):
    database = postgres.database()
    postgres.admin(f"ALTER DATABASE {database} OWNER TO postgres")
    ledger = opened(postgres.socket_url(database))
    problem = problem_of(lambda: ledger.get(KEY))
    assert "closed to this user" in problem.what
    assert "SCHEMA crosspost" in problem.fix


def test_the_ledger_of_a_newer_crosspost_is_refused_untouched(ledger, tables, opened, url):
    claim(ledger)
    tables.execute("UPDATE ledger SET version = 99")
    for one in (ledger, opened(url)):
        problem = problem_of(lambda one=one: claim(one, "q"))
        assert "newer" in problem.what
        assert "upgrade" in problem.fix
    (count,) = tables.execute("SELECT count(*) FROM entry").fetchone()
    assert count == 1


def test_newer_tables_are_told_to_whoever_comes_second_to_a_post_too(ledger, tables):
    sent(ledger)
    tables.execute("UPDATE ledger SET version = 99")
    assert "newer" in problem_of(lambda: claim(ledger)).what


def test_a_database_that_cannot_hold_every_letter_is_a_clear_error(opened, postgres):
    ledger = opened(postgres.socket_url(postgres.database(encoding="LATIN1")))
    assert "LATIN1" in problem_of(lambda: ledger.get(KEY)).what


def test_a_read_only_server_is_a_clear_error(opened, ledger, tables, url):
    ledger.get(KEY)
    db = ledger._link.connection()
    db.execute("SET default_transaction_read_only = on")
    assert ledger.get(KEY) is None
    assert isinstance(claim(ledger), Claim), "a session's default does not count"


def test_a_ledger_that_becomes_another_one_stops_a_running_process(ledger, tables):
    claim(ledger)
    tables.execute("UPDATE ledger SET id = gen_random_uuid()")
    ledger.close()
    assert "replaced" in problem_of(lambda: claim(ledger, "q")).what


# --- damaged


@pytest.mark.parametrize(
    "damage",
    [
        "DROP INDEX twin_guard",
        "ALTER TABLE history DISABLE TRIGGER history_only_grows",
        "DROP TRIGGER entry_changed ON entry",
        "ALTER TABLE entry DROP CONSTRAINT sent_means_recorded_intent",
        "ALTER TABLE history DROP COLUMN request_digest",
        "DROP TABLE baseline",
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ],
)
def test_a_ledger_without_its_guards_is_damaged(ledger, tables, damage):
    claim(ledger)
    tables.execute(damage)
    ledger.close()
    problem = problem_of(lambda: ledger.get(KEY))
    assert "damaged" in problem.what
    assert "backup" in problem.fix
    assert "do not delete" in problem.fix


def test_tables_that_go_away_under_a_running_process_are_damage(ledger, tables):
    the_claim = sent(ledger)
    tables.execute("DROP TABLE entry")
    assert "damaged" in problem_of(lambda: ledger.get(KEY)).what
    assert RECEIPT.url in problem_of(lambda: ledger.settle(the_claim, RECEIPT, NOW)).linkedin_has


def test_additions_of_a_curious_person_are_tolerated(ledger, tables):
    claim(ledger)
    tables.execute("CREATE VIEW posts AS SELECT post FROM entry; CREATE INDEX mine ON entry (state)")
    ledger.close()
    assert ledger.get(KEY).state is State.CLAIMED


# --- by hand


@pytest.mark.parametrize(
    "statement", ["UPDATE history SET reason = 'nicer'", "DELETE FROM history", "TRUNCATE history"]
)
def test_the_history_only_grows(ledger, tables, statement):
    sent(ledger)
    steps = ledger.history(KEY)
    with pytest.raises(psycopg.IntegrityError, match="append-only"):
        tables.execute(statement)
    assert ledger.history(KEY) == steps


UNSENT = "sending_at = NULL, settled_at = NULL, request_digest = NULL, urn = NULL, url = NULL"


@pytest.mark.parametrize(
    ("state", "statement"),
    [
        ("claimed", "DELETE FROM entry"),
        ("claimed", "TRUNCATE entry"),
        ("sending", "UPDATE entry SET state = 'claimed', sending_at = NULL, request_digest = NULL"),
        ("sending", "UPDATE entry SET state = 'released', sending_at = NULL, request_digest = NULL"),
        ("published", "UPDATE entry SET state = 'failed', failure = 'refused', reason = 'x', urn = NULL, url = NULL"),
        ("published", f"UPDATE entry SET {UNSENT}, state = 'released', reason = NULL"),
        ("published", f"UPDATE entry SET {UNSENT}, state = 'claimed', reason = 'x'"),
        ("claimed", "UPDATE entry SET state = 'sending'"),
        ("claimed", "UPDATE entry SET urn = 'urn:li:share:1'"),
        ("claimed", "UPDATE entry SET lease_until = 'infinity'"),
        ("claimed", "UPDATE entry SET claimed_at = '0044-03-15 BC'"),
        ("sending", "UPDATE entry SET request_digest = NULL"),
        ("sending", "UPDATE entry SET state = 'published'"),
    ],
)
def test_the_tables_refuse_what_the_diagram_does_not_have(ledger, tables, state, statement):
    the_claim = claim(ledger) if state == "claimed" else sent(ledger)
    if state == "published":
        ledger.settle(the_claim, RECEIPT, NOW)
    entry, steps = ledger.get(KEY), ledger.history(KEY)
    with pytest.raises(psycopg.IntegrityError):
        tables.execute(statement)
    assert (ledger.get(KEY), ledger.history(KEY)) == (entry, steps)


def test_a_change_by_hand_has_its_line_too_whatever_the_search_path(ledger, tables):
    claim(ledger)
    tables.execute("SET search_path = public")
    tables.execute(f"UPDATE {ledger.address.schema}.entry SET state = 'released', reason = 'by hand'")
    assert ledger.history(KEY)[-1].reason == "by hand"


def test_a_violated_check_is_a_defect_and_not_the_twin_guard(ledger):
    with pytest.raises(psycopg.IntegrityError, match="known_failure"):
        ledger.fail(sent(ledger), "no such failure", "x", now=NOW)
    assert ledger.get(KEY).state is State.SENDING
    assert ledger.fail(Claim(key=KEY, token=ledger.get(KEY).token, attempt=1), Failure.REFUSED, "x", now=NOW)


# --- versions


ADDITION = "ALTER TABLE baseline ADD COLUMN remark text; CREATE TABLE extra (x text);"


def next_schema(migration=ADDITION):
    """A version 3 that nobody released, to see the machinery work."""
    return Schema(version=3, script=read_sql("postgres.sql") + ADDITION, migrations={2: migration})


def test_an_older_ledger_is_brought_up_to_date_once_and_keeps_its_entries(ledger, url, monkeypatch, opened, tables):
    claim(ledger)
    monkeypatch.setattr(postgres_schema, "current", next_schema)
    ledgers = [opened(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        states = list(pool.map(lambda one: one.get(KEY).state, ledgers))
    assert states == [State.CLAIMED] * 4
    assert tables.execute("SELECT version FROM ledger").fetchall() == [(3,)]


def test_whoever_changes_the_tables_waits_for_steps_at_work_and_later_steps_wait_for_it(
    ledger, url, monkeypatch, opened, postgres
):
    """A step that came while the tables were changed finds them changed: it is refused, and nothing is claimed."""
    newcomer, other, asked = opened(url), opened(url), threading.Event()
    the_claim = claim(ledger)
    assert other.get(KEY).state is State.CLAIMED  # connected before the change

    def during_a_step(_):
        with monkeypatch.context() as patch:
            patch.setattr(postgres_schema, "current", lambda: asked.set() or next_schema())
            changing = pool.submit(newcomer.get, KEY)
            asked.wait()
        wait_for_locks(postgres, 1)
        waiting = pool.submit(claim, other, "q")
        wait_for_locks(postgres, 2)
        return changing, waiting

    with ThreadPoolExecutor(2) as pool:
        changing, waiting = ledger._write(during_a_step)
        assert changing.result().state is State.CLAIMED
        assert "newer" in problem_of(waiting.result).what
    assert "newer" in problem_of(lambda: ledger.release(the_claim, NOW)).what
    problem = problem_of(lambda: ledger.settle(the_claim, RECEIPT, NOW))
    assert ("newer" in problem.what, problem.linkedin_has) == (True, f"LinkedIn has the post: {RECEIPT.url}")
    assert newcomer.get(replace(KEY, post="q")) is None


def test_a_running_process_that_reads_tables_with_more_columns_says_that_they_are_newer(
    ledger, url, monkeypatch, opened
):
    """The server keeps plans of what is asked often, and refuses one that would now return something else."""
    the_claim = claim(ledger)
    for _ in range(10):
        assert ledger.get(KEY).state is State.CLAIMED
    with monkeypatch.context() as patch:
        wider = next_schema("ALTER TABLE entry ADD COLUMN remark text;" + ADDITION)
        patch.setattr(postgres_schema, "current", lambda: wider)
        assert opened(url).get(KEY).state is State.CLAIMED
    assert "newer" in problem_of(lambda: ledger.get(KEY)).what
    assert "newer" in problem_of(lambda: ledger.release(the_claim, NOW)).what


def test_a_migration_that_fails_changes_nothing(ledger, url, monkeypatch, opened, tables):
    claim(ledger)
    with monkeypatch.context() as patch:
        patch.setattr(postgres_schema, "current", lambda: next_schema(ADDITION + "INSERT INTO nowhere VALUES (1)"))
        problem_of(lambda: opened(url).get(KEY))
    assert tables.execute("SELECT version FROM ledger").fetchall() == [(2,)]
    assert tables.execute("SELECT to_regclass('extra')").fetchall() == [(None,)]
    assert isinstance(claim(ledger, "q"), Claim)


def test_the_tables_have_the_columns_of_those_in_sqlite():
    """One file of statements serves both."""

    def columns(name):
        tables = re.findall(r"^CREATE TABLE (\w+) \((.*?)^\)", read_sql(name), re.MULTILINE | re.DOTALL)
        return {
            table: re.findall(r"^    ([a-z_]+) ", body, re.MULTILINE) for table, body in tables if table != "ledger"
        }

    assert columns("postgres.sql") == columns("schema.sql")


# --- passwords


def everything_about(error):
    problem = error.problem
    chain = "".join(traceback.format_exception(error))
    return "\n".join([str(error), repr(error), problem.what, problem.fix, problem.detail or "", chain])


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://crosspost:hunter2%zz@127.0.0.1/blog",
        "postgresql://crosspost:hunter2@[::1/blog",
        "postgresql://crosspost:hunter2@127.0.0.1/blog?nonsense=hunter2",
        "postgresql://crosspost:hunter2@127.0.0.1/blog?schema=hunter2'x",
        "postgresql://crosspost:hunter2@127.0.0.1:nonsense/blog",
        "postgresql://crosspost:hunter2@127.0.0.1:1/blog",
        "postgresql://127.0.0.1:1/blog?user=crosspost&password=hunter2",
        "postgresql://crosspost:hunter2@no-such-host.invalid/blog",
    ],
)
def test_no_error_repeats_the_password(url):
    with pytest.raises((SettingsError, LedgerError)) as caught:
        open_ledger(url, base=Path("/"), sleep=lambda _: None).get(KEY)
    assert "hunter2" not in everything_about(caught.value)
    assert caught.value.exit_code in {ExitCode.USAGE, ExitCode.LEDGER}


def test_a_wrong_password_is_a_clear_error_that_does_not_repeat_it(opened, postgres):
    ledger = opened(postgres.url(postgres.database(), password="hunter2"))
    with pytest.raises(LedgerError, match="password authentication failed") as caught:
        ledger.get(KEY)
    assert "hunter2" not in everything_about(caught.value)
    assert "hunter2" not in repr(ledger.address) + str(ledger.address)


@pytest.mark.parametrize("way", ["in the URL", "PGPASSWORD", "PGPASSFILE", "~/.pgpass"])
def test_the_password_comes_from_where_libpq_looks_for_it(opened, postgres, monkeypatch, tmp_path, way):
    file = Path(os.environ["HOME"]) / ".pgpass" if way.startswith("~") else tmp_path / "secret"
    file.write_text(f"127.0.0.1:*:*:crosspost:{PASSWORD}\n", encoding="utf-8")
    file.chmod(0o600)
    if way == "PGPASSWORD":
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
    if way == "PGPASSFILE":
        monkeypatch.setenv("PGPASSFILE", str(file))
    url = postgres.url(postgres.database(), password=PASSWORD if way == "in the URL" else "")
    assert isinstance(claim(opened(url)), Claim)


def test_an_address_is_shown_without_what_is_nobodys_business():
    url = "postgresql://jo:p%40ss@db.example:5433/blog?password=other&schema=agency&sslkey=/k&sslpassword=third"
    address = address_of(url)
    assert str(address) == "postgresql://jo@db.example:5433/blog?schema=agency"
    assert address.parameters["password"] == "other"
    assert str(address_of("postgres:///")) == "postgresql:///"


def test_what_the_url_says_about_time_outs_wins():
    parameters = address_of("postgresql://h/d?connect_timeout=3").parameters
    assert (parameters["connect_timeout"], parameters["tcp_user_timeout"]) == ("3", "20000")


def test_without_the_driver_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    problem = problem_of(lambda: open_ledger("postgresql://h/d", base=Path("/")))
    assert "crosspost-linkedin[postgres]" in problem.fix
