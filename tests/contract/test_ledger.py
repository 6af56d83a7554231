"""What every ledger does, whatever it is made of: each backend subclasses `LedgerContract` and adds nothing.

The arrows have the letters of the diagram in docs/ledger.md.
"""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import count

import pytest

from crosspost.errors import SettingsError
from crosspost.ledger.git import GitLedger
from crosspost.ledger.memory import MemoryLedger
from crosspost.ledger.postgres import PostgresLedger
from crosspost.ledger.postgres_address import address_of
from crosspost.ledger.sqlite import SqliteLedger
from crosspost.model import MAY_HAVE_ARRIVED, Claim, Entry, EntryKey, Failure, Held, Receipt, Spending, State, Upload
from repositories import Repository, a_repository

NOW = datetime(2026, 11, 22, 13, 15, 8, 123456, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LEASE = timedelta(minutes=10)
ME = "this-host/1"
AUTHOR = "urn:li:person:abc"
KEY = EntryKey(site="https://example.com", account="default", post="_posts/2026-11-22-a.md")
OTHER = replace(KEY, post="_posts/2026-11-22-b.md")
RECEIPT = Receipt(urn="urn:li:share:1", url="https://www.linkedin.com/feed/update/urn:li:share:1/")


def claim(ledger, key=KEY, *, text="text", author=AUTHOR, owner=ME, now=NOW):
    return ledger.claim(key, author=author, text_digest=text, owner=owner, now=now, lease=LEASE)


def mark(ledger, the_claim, now=NOW):
    return ledger.mark_sending(the_claim, request_digest="request", now=now, lease=LEASE)


def sent(ledger, key=KEY, **values):
    the_claim = claim(ledger, key, **values)
    assert mark(ledger, the_claim, values.get("now", NOW))
    return the_claim


ACTIONS = {
    "claim": lambda ledger, _: isinstance(claim(ledger), Claim),
    "mark_sending": mark,
    "settle": lambda ledger, the_claim: ledger.settle(the_claim, RECEIPT, NOW),
    "fail": lambda ledger, the_claim: ledger.fail(the_claim, Failure.REFUSED, "no", now=NOW),
    "doubt": lambda ledger, the_claim: ledger.doubt(the_claim, "no answer", NOW),
    "release": lambda ledger, the_claim: ledger.release(the_claim, NOW),
    "resolve as posted": lambda ledger, _: ledger.resolve(KEY, url="https://x", urn=None, reason="seen", now=NOW),
    "resolve as not posted": lambda ledger, _: ledger.resolve(KEY, url=None, urn=None, reason="not seen", now=NOW),
    "mark_written_back": lambda ledger, _: ledger.mark_written_back(KEY, NOW),
    "mark_retry": lambda ledger, the_claim: ledger.mark_retry(the_claim, NOW),
    "amend": lambda ledger, _: ledger.amend(KEY, text_digest="edited", now=NOW),
    "withdraw": lambda ledger, _: ledger.withdraw(KEY, reason="as asked", now=NOW),
    "reopen": lambda ledger, _: ledger.reopen(KEY, reason="it was cut", now=NOW),
}

# Every arrow that exists. What is not here must change nothing.
LEADS_TO = {
    ("claim", None): State.CLAIMED,  # a
    ("claim", State.RELEASED): State.CLAIMED,  # a
    ("claim", State.FAILED): State.CLAIMED,  # a
    ("mark_sending", State.CLAIMED): State.SENDING,  # b
    ("settle", State.SENDING): State.PUBLISHED,  # c
    ("settle", State.UNCERTAIN): State.PUBLISHED,  # c
    ("settle", State.FAILED): State.PUBLISHED,  # c
    ("settle", State.DELETED): State.PUBLISHED,  # c
    ("fail", State.SENDING): State.FAILED,  # d
    ("doubt", State.SENDING): State.UNCERTAIN,  # e
    ("release", State.CLAIMED): State.RELEASED,  # f
    ("resolve as posted", State.UNCERTAIN): State.PUBLISHED,  # g
    ("resolve as not posted", State.UNCERTAIN): State.FAILED,  # h
    ("withdraw", State.PUBLISHED): State.DELETED,  # i
    ("reopen", State.PUBLISHED): State.RELEASED,  # j
    ("reopen", State.UNCERTAIN): State.RELEASED,  # j
    ("reopen", State.DELETED): State.RELEASED,  # j
    ("mark_written_back", State.PUBLISHED): State.PUBLISHED,
    ("mark_retry", State.UNCERTAIN): State.UNCERTAIN,
    ("amend", State.PUBLISHED): State.PUBLISHED,
}
BY_TOKEN = ("mark_sending", "settle", "fail", "doubt", "release", "mark_retry")


def bring_to(ledger, state):
    """Lead a new entry to a state by the shortest way, and return its claim."""
    if state is None:
        return Claim(key=KEY, token="never given", attempt=1)
    the_claim = claim(ledger)
    if state not in {State.CLAIMED, State.RELEASED}:
        mark(ledger, the_claim)
    last = {
        State.RELEASED: "release",
        State.PUBLISHED: "settle",
        State.DELETED: "settle",
        State.UNCERTAIN: "doubt",
        State.FAILED: "fail",
    }.get(state)
    if last:
        assert ACTIONS[last](ledger, the_claim)
    if state is State.DELETED:
        assert ACTIONS["withdraw"](ledger, the_claim)
    return the_claim


def state_of(ledger, key=KEY):
    entry = ledger.get(key)
    return entry.state if entry else None


def fill(ledger):
    """Put something of every kind into a ledger; return the claim of an attempt that may yet get its receipt."""
    late = sent(ledger, replace(KEY, post="late"), text="first text")
    ledger.doubt(late, "no answer", NOW)
    ledger.resolve(late.key, url=None, urn=None, reason="not seen", now=NOW)
    claim(ledger, late.key, text="second text", now=NOW + SECOND)
    for state in set(State) - {State.CLAIMED}:
        key, receipt = replace(KEY, post=state.value), Receipt(urn=f"urn:li:share:{state}", url=None, detail="no URL")
        the_claim = claim(ledger, key, text=state.value)
        if state is State.RELEASED:
            ledger.release(the_claim, NOW)
            continue
        mark(ledger, the_claim)
        if state is State.FAILED:
            ledger.fail(the_claim, Failure.THROTTLED, "limit", now=NOW, retry_at=NOW + LEASE)
        elif state is State.UNCERTAIN:
            ledger.doubt(the_claim, "no answer’s come", NOW)
            ledger.mark_retry(the_claim, NOW)
        elif state is not State.SENDING:
            ledger.settle(the_claim, receipt, NOW)
        if state is State.DELETED:
            ledger.withdraw(key, reason="as asked", now=NOW)
    double(ledger)
    ledger.baseline(KEY.site, NOW)
    ledger.record_upload(Upload(payer=AUTHOR, digest="d", kind="image", urn="urn:li:image:1", at=NOW))
    ledger.spend(AUTHOR, NOW.date(), 3)
    ledger.note("api_version", "https://a", "202609", NOW)
    return late


def double(ledger):
    """LinkedIn has the same text from two entries, since a person was wrong."""
    first = sent(ledger, replace(KEY, post="once"), text="double")
    ledger.doubt(first, "no answer", NOW)
    ledger.resolve(first.key, url=None, urn=None, reason="not seen", now=NOW)
    second = sent(ledger, replace(KEY, post="twice"), text="double")
    for each in (first, second):
        assert ledger.settle(each, RECEIPT, NOW)


def assert_moved(source, target):
    assert target.entries(KEY.site) == source.entries(KEY.site)
    for key, entry in source.entries(KEY.site).items():
        *steps, last = target.history(key)
        assert tuple(steps) == source.history(key)
        assert (last.before, last.after, last.reason, last.owner) == (entry.state, entry.state, "imported", "me")
    assert target.recorded_baseline(KEY.site) == source.recorded_baseline(KEY.site) == NOW
    assert target.upload(AUTHOR, "d") == source.upload(AUTHOR, "d") is not None
    assert target.spent(AUTHOR, NOW.date()) == 3
    assert target.notes("api_version") == {"https://a": "202609"}
    assert isinstance(claim(target, replace(KEY, post="new"), text="double"), Held)
    step = claim(target, replace(KEY, post="newer"), text="as ever")
    assert [step.before for step in target.history(step.key)] == [None]


class LedgerContract:
    """The contract. A backend gives `store`: a function that opens one more ledger over the same content."""

    @pytest.fixture
    def living(self):
        """The owners that are alive."""
        return {ME, "this-host/2"}

    @pytest.fixture
    def store(self, living):
        raise NotImplementedError

    @pytest.fixture
    def ledger(self, store):
        return store()

    @pytest.fixture
    def led_to(self, ledger):
        """Return what leads the new entry of a new ledger to a state, and gives the ledger and the claim."""
        return lambda state: (ledger, bring_to(ledger, state))

    # --- the arrows

    @pytest.mark.parametrize("state", [None, *State])
    @pytest.mark.parametrize("action", ACTIONS)
    def test_an_arrow_of_the_diagram_is_taken_and_no_other(self, led_to, action, state):
        ledger, the_claim = led_to(state)
        entry, steps = ledger.get(KEY), ledger.history(KEY)

        moved = ACTIONS[action](ledger, the_claim)

        target = LEADS_TO.get((action, state))
        assert moved is (target is not None)
        if target is None:
            assert (ledger.get(KEY), ledger.history(KEY)) == (entry, steps)
        else:
            step = ledger.history(KEY)[-1]
            assert state_of(ledger) is target
            assert (step.before, step.after, step.at, step.key) == (state, target, NOW, KEY)

    @pytest.mark.parametrize("state", list(State))
    @pytest.mark.parametrize("action", BY_TOKEN)
    def test_a_claim_that_was_never_given_moves_nothing(self, led_to, action, state):
        ledger, _ = led_to(state)
        entry, steps = ledger.get(KEY), ledger.history(KEY)
        assert not ACTIONS[action](ledger, Claim(key=KEY, token="stranger", attempt=1))
        assert (ledger.get(KEY), ledger.history(KEY)) == (entry, steps)

    def test_a_whole_publication_is_on_record(self, ledger):
        the_claim = claim(ledger)
        assert the_claim.attempt == 1
        assert mark(ledger, the_claim, NOW + SECOND)
        assert ledger.settle(the_claim, RECEIPT, NOW + 2 * SECOND)
        assert ledger.mark_written_back(KEY, NOW + 3 * SECOND)
        assert ledger.get(KEY) == Entry(
            key=KEY,
            state=State.PUBLISHED,
            author=AUTHOR,
            text_digest="text",
            attempts=1,
            token=the_claim.token,
            owner=ME,
            lease_until=NOW + SECOND + LEASE,
            claimed_at=NOW,
            sending_at=NOW + SECOND,
            settled_at=NOW + 2 * SECOND,
            written_back_at=NOW + 3 * SECOND,
            request_digest="request",
            urn=RECEIPT.urn,
            url=RECEIPT.url,
        )
        assert [step.after for step in ledger.history(KEY)] == ["claimed", "sending", "published", "published"]
        assert {step.owner for step in ledger.history(KEY)} == {ME}

    def test_a_receipt_without_an_address_publishes_all_the_same(self, ledger):
        assert ledger.settle(sent(ledger), Receipt(urn=None, url=None, detail="no x-restli-id"), NOW)
        entry = ledger.get(KEY)
        assert (entry.state, entry.urn, entry.url, entry.reason) == (State.PUBLISHED, None, None, "no x-restli-id")

    def test_a_failure_says_why_and_until_when(self, ledger):
        later = NOW + timedelta(days=1)
        ledger.fail(sent(ledger), Failure.THROTTLED, "daily limit", now=NOW, retry_at=later)
        entry = ledger.get(KEY)
        assert (entry.failure, entry.retry_at, entry.reason) == (Failure.THROTTLED, later, "daily limit")
        assert entry.settled_at == NOW
        assert ledger.history(KEY)[-1].reason == "daily limit"

    def test_doubt_says_why(self, ledger):
        ledger.doubt(sent(ledger), "connection lost", NOW)
        assert (ledger.get(KEY).reason, ledger.get(KEY).settled_at) == ("connection lost", NOW)

    # --- arrow a: claims

    def test_a_claim_after_a_failure_starts_afresh_and_goes_on_counting(self, ledger):
        first = sent(ledger)
        ledger.fail(first, Failure.THROTTLED, "limit", now=NOW, retry_at=NOW)
        second = claim(ledger, text="edited", author="urn:li:person:new", owner="this-host/2", now=NOW + SECOND)
        entry = ledger.get(KEY)
        assert second.attempt == entry.attempts == 2
        assert second.token == entry.token != first.token
        assert (entry.text_digest, entry.author, entry.owner) == ("edited", "urn:li:person:new", "this-host/2")
        assert (entry.claimed_at, entry.lease_until) == (NOW + SECOND, NOW + SECOND + LEASE)
        assert entry.sending_at is entry.settled_at is entry.request_digest is None
        assert entry.failure is entry.retry_at is entry.reason is None

    def test_what_holds_a_claim_back_is_told(self, ledger):
        claim(ledger)
        assert claim(ledger, owner="this-host/2") == Held(entry=ledger.get(KEY))

    def test_the_lease_of_a_living_owner_counts_to_its_very_end(self, ledger):
        claim(ledger)
        assert isinstance(claim(ledger, now=NOW + LEASE), Held)
        assert claim(ledger, now=NOW + LEASE + SECOND).attempt == 2

    def test_the_claim_of_a_dead_owner_is_taken_over_at_once(self, ledger, living):
        claim(ledger)
        living.clear()
        assert claim(ledger).attempt == 2

    def test_a_claim_that_was_taken_over_is_lost(self, ledger):
        first = claim(ledger)
        second = claim(ledger, owner="this-host/2", now=NOW + 2 * LEASE)
        for action in BY_TOKEN:
            assert not ACTIONS[action](ledger, first), action
        assert mark(ledger, second)

    def test_a_late_claim_that_nobody_took_over_still_counts(self, ledger):
        assert mark(ledger, claim(ledger), NOW + 2 * LEASE)
        assert ledger.get(KEY).lease_until == NOW + 3 * LEASE

    @pytest.mark.parametrize("state", [State.SENDING, State.UNCERTAIN, State.PUBLISHED, State.DELETED])
    def test_what_may_be_on_linkedin_is_never_claimed_whatever_its_age_and_owner(self, ledger, living, state):
        bring_to(ledger, state)
        living.clear()
        assert isinstance(claim(ledger, now=NOW + timedelta(days=3650)), Held)
        assert state_of(ledger) is state

    # --- the twin guard

    @pytest.mark.parametrize("state", [State.CLAIMED, State.SENDING, State.UNCERTAIN, State.PUBLISHED])
    def test_the_same_text_of_the_same_author_is_held_under_any_name(self, ledger, state):
        bring_to(ledger, state)
        for key in (OTHER, replace(KEY, account="company"), replace(KEY, site="https://example.org")):
            assert claim(ledger, key) == Held(entry=ledger.get(KEY))
            assert ledger.get(key) is None

    @pytest.mark.parametrize("state", [State.RELEASED, State.FAILED, State.DELETED])
    def test_a_text_that_is_surely_not_on_linkedin_is_free(self, ledger, state):
        bring_to(ledger, state)
        assert isinstance(claim(ledger, OTHER), Claim)
        assert claim(ledger) == Held(entry=ledger.get(KEY if state is State.DELETED else OTHER))

    def test_another_text_or_another_author_is_no_twin(self, ledger):
        bring_to(ledger, State.PUBLISHED)
        assert isinstance(claim(ledger, OTHER, text="another"), Claim)
        assert isinstance(claim(ledger, replace(KEY, account="b"), author="urn:li:organization:1"), Claim)

    def test_an_edit_that_makes_a_failed_post_a_twin_is_held(self, ledger):
        bring_to(ledger, State.PUBLISHED)
        ledger.fail(sent(ledger, OTHER, text="another"), Failure.REFUSED, "no", now=NOW)
        failed = ledger.get(OTHER)
        assert claim(ledger, OTHER, text="text") == Held(entry=ledger.get(KEY))
        assert ledger.get(OTHER) == failed

    def test_a_twin_that_died_before_sending_gives_way(self, ledger, living):
        old = claim(ledger, owner="this-host/3")
        assert isinstance(claim(ledger, OTHER), Claim)
        assert state_of(ledger) is State.RELEASED
        assert not mark(ledger, old)

    def test_a_twin_that_died_while_sending_does_not(self, ledger):
        sent(ledger, owner="this-host/3")
        assert isinstance(claim(ledger, OTHER), Held)
        assert state_of(ledger) is State.SENDING

    # --- arrow c: late answers

    def test_a_late_answer_settles_what_a_sweep_has_given_up(self, ledger):
        the_claim = sent(ledger)
        ledger.sweep(KEY.site, NOW + 2 * LEASE)
        assert state_of(ledger) is State.UNCERTAIN
        assert ledger.settle(the_claim, RECEIPT, NOW + 2 * LEASE)
        assert (state_of(ledger), ledger.get(KEY).reason) == (State.PUBLISHED, None)

    def test_a_receipt_is_right_where_a_person_said_not_posted(self, ledger):
        the_claim = bring_to(ledger, State.UNCERTAIN)
        ledger.resolve(KEY, url=None, urn=None, reason="not seen", now=NOW)
        assert ledger.settle(the_claim, RECEIPT, NOW + SECOND)
        entry = ledger.get(KEY)
        assert (entry.state, entry.url, entry.failure, entry.reason) == (State.PUBLISHED, RECEIPT.url, None, None)
        assert isinstance(claim(ledger, now=NOW + timedelta(days=99)), Held)

    @pytest.mark.parametrize("then", ["nothing", "mark_sending", "doubt", "fail", "release"])
    def test_a_receipt_of_an_earlier_attempt_stops_the_next_one(self, ledger, then):
        """A person said "not posted", a new run has the claim with a new text, and then the first answer comes."""
        first = bring_to(ledger, State.UNCERTAIN)
        ledger.resolve(KEY, url=None, urn=None, reason="not seen", now=NOW)
        second = claim(ledger, text="edited", owner="this-host/2", now=NOW + SECOND)
        if then in {"mark_sending", "doubt", "fail"}:
            mark(ledger, second)
        if then in {"doubt", "fail", "release"}:
            ACTIONS[then](ledger, second)

        assert ledger.settle(first, RECEIPT, NOW + LEASE)

        entry = ledger.get(KEY)
        assert (entry.state, entry.urn, entry.text_digest) == (State.PUBLISHED, RECEIPT.urn, "text")
        assert (entry.token, entry.owner, entry.sending_at, entry.attempts) == (first.token, ME, NOW, 2)
        for action in BY_TOKEN:
            assert not ACTIONS[action](ledger, second), action
        assert isinstance(claim(ledger, OTHER), Held)

    def test_a_receipt_releases_a_twin_that_has_sent_nothing(self, ledger):
        """The file was renamed after "not posted"; its new name is claimed when the first answer comes."""
        first = bring_to(ledger, State.UNCERTAIN)
        ledger.resolve(KEY, url=None, urn=None, reason="not seen", now=NOW)
        second = claim(ledger, OTHER)
        assert ledger.settle(first, RECEIPT, NOW)
        assert (state_of(ledger), state_of(ledger, OTHER)) == (State.PUBLISHED, State.RELEASED)
        assert not mark(ledger, second)
        assert claim(ledger, OTHER) == Held(entry=ledger.get(KEY))
        assert KEY.post in ledger.get(OTHER).reason

    @pytest.mark.parametrize("then", ["sending", "uncertain", "published", "failed later"])
    def test_a_receipt_is_recorded_even_beside_a_twin(self, ledger, then):
        """The file was renamed after "not posted", and its new name was sent when the first answer comes."""
        ledger.release(claim(ledger, OTHER, text="a draft"), NOW)
        first = bring_to(ledger, State.UNCERTAIN)
        ledger.resolve(KEY, url=None, urn=None, reason="not seen", now=NOW)
        second = sent(ledger, OTHER)
        if then == "uncertain":
            ledger.doubt(second, "no answer", NOW)
        if then == "published":
            ledger.settle(second, Receipt(urn="urn:li:share:2", url=None), NOW)
        before = state_of(ledger, OTHER)

        assert ledger.settle(first, RECEIPT, NOW)

        assert (state_of(ledger), state_of(ledger, OTHER)) == (State.PUBLISHED, before)
        if then == "failed later":
            assert ledger.fail(second, Failure.REFUSED, "duplicate", now=NOW)
            assert claim(ledger, OTHER) == Held(entry=ledger.get(KEY))
        if then == "sending":
            assert ledger.settle(second, Receipt(urn="urn:li:share:2", url=None), NOW)
            assert state_of(ledger) is state_of(ledger, OTHER) is State.PUBLISHED
        assert claim(ledger, replace(KEY, post="c")).entry.state is State.PUBLISHED

    def test_a_receipt_for_a_claim_that_never_marked_its_intent_is_refused(self, ledger):
        """Nothing can have been sent under it, so it is a defect of the caller and must not hide a real attempt."""
        assert not ledger.settle(claim(ledger), RECEIPT, NOW)
        assert state_of(ledger) is State.CLAIMED

    # --- sweep

    def test_a_sweep_settles_what_dead_processes_left(self, ledger):
        claim(ledger, owner="this-host/3")
        sent(ledger, OTHER, text="another", owner="this-host/3")
        doubtful = ledger.sweep(KEY.site, NOW)
        assert doubtful == (ledger.get(OTHER),)
        assert (state_of(ledger), state_of(ledger, OTHER)) == (State.RELEASED, State.UNCERTAIN)
        assert doubtful[0].reason
        assert ledger.get(KEY).reason

    def test_a_second_sweep_finds_nothing(self, ledger):
        sent(ledger, owner="this-host/3")
        assert len(ledger.sweep(KEY.site, NOW)) == 1
        steps = ledger.history(KEY)
        assert ledger.sweep(KEY.site, NOW) == ()
        assert ledger.history(KEY) == steps

    def test_a_living_owner_is_not_swept_before_its_lease_ends(self, ledger):
        sent(ledger)
        claim(ledger, OTHER, text="another")
        assert ledger.sweep(KEY.site, NOW + LEASE) == ()
        assert (state_of(ledger), state_of(ledger, OTHER)) == (State.SENDING, State.CLAIMED)
        assert len(ledger.sweep(KEY.site, NOW + LEASE + SECOND)) == 1
        assert (state_of(ledger), state_of(ledger, OTHER)) == (State.UNCERTAIN, State.RELEASED)

    def test_a_sweep_keeps_to_its_site(self, ledger):
        sent(ledger, owner="this-host/3")
        assert ledger.sweep("https://example.org", NOW + 2 * LEASE) == ()
        assert state_of(ledger) is State.SENDING

    @pytest.mark.parametrize("state", [State.RELEASED, State.UNCERTAIN, State.PUBLISHED, State.FAILED, State.DELETED])
    def test_a_sweep_leaves_what_is_settled(self, ledger, living, state):
        bring_to(ledger, state)
        living.clear()
        assert ledger.sweep(KEY.site, NOW + 9 * LEASE) == ()
        assert state_of(ledger) is state

    # --- arrows g and h: a person's word

    def test_a_person_gives_the_address(self, ledger):
        bring_to(ledger, State.UNCERTAIN)
        assert ledger.resolve(KEY, url=RECEIPT.url, urn=RECEIPT.urn, reason="seen", now=NOW + SECOND)
        entry = ledger.get(KEY)
        assert (entry.state, entry.url, entry.urn) == (State.PUBLISHED, RECEIPT.url, RECEIPT.urn)
        assert (entry.settled_at, ledger.history(KEY)[-1].reason) == (NOW + SECOND, "seen")

    def test_a_post_that_linkedin_took_without_saying_where_gets_its_address_once(self, ledger):
        ours = claim(ledger)
        ledger.mark_sending(ours, request_digest="r", now=NOW, lease=LEASE)
        ledger.settle(ours, Receipt(urn=None, url=None), NOW)
        assert not ledger.resolve(KEY, url=None, urn=None, reason="not seen", now=NOW)
        assert ledger.resolve(KEY, url=RECEIPT.url, urn=RECEIPT.urn, reason="seen", now=NOW + SECOND)
        entry = ledger.get(KEY)
        assert (entry.state, entry.url, entry.settled_at) == (State.PUBLISHED, RECEIPT.url, NOW)
        assert ledger.history(KEY)[-1].reason == "seen"
        assert not ledger.resolve(KEY, url="https://other", urn=None, reason="seen", now=NOW)

    def test_a_urn_without_a_url_says_published_too(self, ledger):
        bring_to(ledger, State.UNCERTAIN)
        assert ledger.resolve(KEY, url=None, urn=RECEIPT.urn, reason="seen", now=NOW)
        assert state_of(ledger) is State.PUBLISHED

    def test_not_posted_lets_the_next_run_try_again(self, ledger):
        bring_to(ledger, State.UNCERTAIN)
        assert ledger.resolve(KEY, url=None, urn=None, reason="not seen", now=NOW)
        entry = ledger.get(KEY)
        assert (entry.state, entry.failure, entry.retry_at) == (State.FAILED, Failure.NOT_SENT, None)
        assert claim(ledger).attempt == 2

    # --- after publishing: edits, deletion, another send

    def test_an_edit_gives_the_entry_its_new_text_and_its_guard(self, ledger):
        bring_to(ledger, State.PUBLISHED)
        ledger.mark_written_back(KEY, NOW)
        assert ledger.amend(KEY, text_digest="edited", now=NOW + SECOND)
        entry = ledger.get(KEY)
        assert (entry.text_digest, entry.edited_at, entry.url) == ("edited", NOW + SECOND, RECEIPT.url)
        assert (entry.settled_at, entry.written_back_at) == (NOW, NOW)
        assert ledger.history(KEY)[-1].reason == "edited"
        assert claim(ledger, OTHER, text="edited") == Held(entry=entry)
        assert isinstance(claim(ledger, OTHER, text="text"), Claim)

    def test_an_edit_to_a_text_that_the_author_has_elsewhere_is_refused(self, ledger):
        bring_to(ledger, State.PUBLISHED)
        ledger.settle(sent(ledger, OTHER, text="another"), Receipt(urn="urn:li:share:2", url=None), NOW)
        before, steps = ledger.get(OTHER), ledger.history(OTHER)
        assert not ledger.amend(OTHER, text_digest="text", now=NOW)
        assert (ledger.get(OTHER), ledger.history(OTHER)) == (before, steps)

    def test_a_deleted_post_keeps_its_address_and_says_why_it_is_gone(self, ledger):
        bring_to(ledger, State.PUBLISHED)
        ledger.mark_written_back(KEY, NOW)
        assert ledger.withdraw(KEY, reason="wrong picture", now=NOW + SECOND)
        entry = ledger.get(KEY)
        assert (entry.url, entry.reason, entry.settled_at) == (RECEIPT.url, "wrong picture", NOW + SECOND)
        assert entry.written_back_at is None

    def test_a_person_who_says_why_may_send_again(self, ledger):
        first = bring_to(ledger, State.PUBLISHED)
        ledger.mark_written_back(KEY, NOW)
        ledger.amend(KEY, text_digest="edited", now=NOW)
        assert ledger.reopen(KEY, reason="it was cut at a bracket", now=NOW + SECOND)
        entry = ledger.get(KEY)
        assert entry.url is entry.urn is entry.sending_at is entry.settled_at is entry.written_back_at is None
        assert ledger.history(KEY)[-1].reason == "it was cut at a bracket"
        second = claim(ledger)
        assert (second.attempt, second.token != first.token) == (2, True)

    def test_a_reopened_entry_is_published_again_by_the_receipt_that_a_person_did_not_wait_for(self, ledger):
        first = bring_to(ledger, State.UNCERTAIN)
        ledger.mark_retry(first, NOW)
        ledger.reopen(KEY, reason="cannot wait", now=NOW)
        assert ledger.settle(first, RECEIPT, NOW + SECOND)
        assert isinstance(claim(ledger), Held)

    def test_the_identical_retry_is_on_record_once(self, ledger):
        the_claim = bring_to(ledger, State.UNCERTAIN)
        assert ledger.mark_retry(the_claim, NOW + SECOND)
        assert not ledger.mark_retry(the_claim, NOW + 2 * SECOND)
        assert ledger.get(KEY).retried_at == NOW + SECOND
        ledger.resolve(KEY, url=None, urn=None, reason="not seen", now=NOW)
        assert claim(ledger).attempt == 2
        assert ledger.get(KEY).retried_at is None

    # --- uploads, spending, notes

    def test_a_file_that_linkedin_has_is_known_by_its_bytes_and_its_owner(self, ledger):
        upload = Upload(payer=AUTHOR, digest="d", kind="image", urn="urn:li:image:1", at=NOW)
        ledger.record_upload(upload)
        assert ledger.upload(AUTHOR, "d") == upload
        assert ledger.upload(AUTHOR, "e") is ledger.upload("urn:li:organization:1", "d") is None
        newer = replace(upload, urn="urn:li:image:2", at=NOW + SECOND)
        ledger.record_upload(newer)
        assert ledger.upload(AUTHOR, "d") == newer

    def test_requests_add_up_by_author_and_day(self, ledger):
        today, tomorrow = NOW.date(), NOW.date() + timedelta(days=1)
        assert (ledger.spend(AUTHOR, today, 3), ledger.spend(AUTHOR, today, 2)) == (3, 5)
        assert (ledger.spent(AUTHOR, today), ledger.spent(AUTHOR, tomorrow)) == (5, 0)
        assert ledger.spent("urn:li:organization:1", today) == 0

    def test_a_note_is_changed_by_one_and_found_by_all(self, ledger):
        assert ledger.note("api_version", "https://a", "202609", NOW)
        assert not ledger.note("api_version", "https://a", "202609", NOW + SECOND)
        assert ledger.note("api_version", "https://b", "202608", NOW)
        assert ledger.note("api_version", "https://a", "202610", NOW)
        assert ledger.notes("api_version") == {"https://a": "202610", "https://b": "202608"}
        assert ledger.note("api_version", "https://a", None, NOW)
        assert not ledger.note("api_version", "https://a", None, NOW)
        assert (ledger.notes("api_version"), ledger.notes("told")) == ({"https://b": "202608"}, {})

    def test_of_eight_who_note_the_same_one_changed_it(self, store):
        results = self.race(store, lambda ledger, _: ledger.note("told", "expiry", "7 days", NOW))
        assert sorted(results) == [False] * 7 + [True]

    def test_requests_of_eight_at_once_are_all_counted(self, store):
        totals = self.race(store, lambda ledger, _: ledger.spend(AUTHOR, NOW.date(), 2))
        assert sorted(totals) == list(range(2, 17, 2))

    def test_a_retry_counts_its_request_where_it_is_recorded(self, ledger):
        the_claim, spending = sent(ledger), Spending(payer=AUTHOR, day=NOW.date(), requests=1)
        assert not ledger.mark_retry(the_claim, NOW, spending)
        ledger.doubt(the_claim, "no answer", NOW)
        assert ledger.mark_retry(the_claim, NOW, spending)
        assert not ledger.mark_retry(the_claim, NOW, spending)
        assert ledger.spent(AUTHOR, NOW.date()) == 1

    def test_a_claim_counts_the_requests_of_its_attempt_and_a_refusal_counts_none(self, ledger):
        spending = Spending(payer=AUTHOR, day=NOW.date(), requests=3)
        values = {"author": AUTHOR, "owner": ME, "now": NOW, "lease": LEASE, "spending": spending}
        assert isinstance(ledger.claim(KEY, text_digest="text", **values), Claim)
        assert isinstance(ledger.claim(KEY, text_digest="text", **values), Held)
        assert isinstance(ledger.claim(OTHER, text_digest="text", **values), Held)
        assert ledger.spent(AUTHOR, NOW.date()) == 3
        ledger.release(Claim(key=KEY, token=ledger.get(KEY).token, attempt=1), NOW)
        assert isinstance(ledger.claim(KEY, text_digest="text", **values), Claim)
        assert ledger.spent(AUTHOR, NOW.date()) == 6

    # --- what is read

    def test_entries_are_of_one_site_and_one_account_or_all(self, ledger):
        company = replace(KEY, account="company")
        elsewhere = replace(KEY, site="https://example.org")
        for number, key in enumerate((OTHER, KEY, company, elsewhere)):
            claim(ledger, key, text=str(number))
        assert list(ledger.entries(KEY.site)) == [company, KEY, OTHER]
        assert list(ledger.entries(KEY.site, "default")) == [KEY, OTHER]
        assert ledger.entries(KEY.site, "nobody") == {}
        assert ledger.entries(elsewhere.site) == {elsewhere: ledger.get(elsewhere)}

    @pytest.mark.parametrize("state", State)
    def test_arrived_is_what_linkedin_may_have_or_had_from_an_author(self, ledger, state):
        bring_to(ledger, state)
        digest = ledger.get(KEY).text_digest
        arrived = {KEY.post: digest} if state in MAY_HAVE_ARRIVED else {}
        assert ledger.arrived(KEY.site, KEY.account, AUTHOR).posts == arrived
        assert ledger.arrived(KEY.site, "company", AUTHOR).posts == {}
        assert ledger.arrived(KEY.site, KEY.account, "urn:li:person:other").posts == {}
        assert ledger.arrived("https://example.org", KEY.account, AUTHOR).posts == {}

    def test_a_further_look_leaves_out_nothing_that_took_a_step_since(self, store):
        ours, theirs = store(), store()
        mark, known = None, {}
        for number in range(6):
            key = replace(KEY, post=f"_posts/{number}.md")
            sent(theirs if number % 2 else ours, key, text=f"text {number}")
            sent(theirs, replace(key, account="company"), text=f"company {number}")
            found = ours.arrived(KEY.site, KEY.account, AUTHOR, mark)
            assert key.post in found.posts
            mark, known = found.mark, {**known, **found.posts}
            assert known == ours.arrived(KEY.site, KEY.account, AUTHOR).posts
        assert theirs.settle(Claim(key=key, token=theirs.get(key).token, attempt=1), RECEIPT, NOW)
        assert theirs.amend(key, text_digest="another text", now=NOW)
        assert ours.arrived(KEY.site, KEY.account, AUTHOR, mark).posts[key.post] == "another text"

    def test_an_entry_nobody_tried_is_none_and_has_no_history(self, ledger):
        assert ledger.get(KEY) is None
        assert ledger.history(KEY) == ()

    def test_history_is_of_one_entry_oldest_first(self, ledger):
        claim(ledger, OTHER, text="another")
        ledger.release(claim(ledger), NOW + SECOND)
        claim(ledger, now=NOW + 2 * SECOND)
        steps = ledger.history(KEY)
        assert [(step.before, step.after) for step in steps] == [
            (None, State.CLAIMED),
            (State.CLAIMED, State.RELEASED),
            (State.RELEASED, State.CLAIMED),
        ]
        assert [step.at for step in steps] == [NOW, NOW + SECOND, NOW + 2 * SECOND]

    def test_names_and_reasons_may_hold_any_text(self, ledger):
        key = EntryKey(site="C:\\blog’s", account="ä'\"", post="_posts/🎉 %3a?\n.md")
        ledger.doubt(sent(ledger, key), "half a pair \ud83d, a NUL \0 and 'quotes'", NOW)
        assert ledger.get(key).state is State.UNCERTAIN
        assert "'quotes'" in ledger.get(key).reason
        assert list(ledger.entries(key.site)) == [key]

    def test_moments_of_any_zone_are_kept_to_the_microsecond(self, ledger):
        there = NOW.astimezone(timezone(timedelta(hours=-6)))
        claim(ledger, now=there)
        assert ledger.get(KEY).claimed_at == NOW
        assert ledger.get(KEY).claimed_at.utcoffset() is not None

    # --- the baseline

    def test_the_baseline_is_recorded_once_for_each_site(self, ledger):
        assert ledger.recorded_baseline("a") is None
        assert ledger.baseline("a", NOW) == NOW
        assert ledger.baseline("a", NOW + LEASE) == NOW
        assert ledger.baseline("b", NOW + LEASE) == NOW + LEASE
        assert (ledger.recorded_baseline("a"), ledger.recorded_baseline("c")) == (NOW, None)

    # --- from one ledger to another

    def test_everything_goes_into_a_ledger_of_this_kind_and_comes_out_again(self, ledger):
        other = MemoryLedger(alive=lambda _: True)
        first = fill(other)
        ledger.load(other.dump(), owner="me", now=NOW + LEASE)
        assert_moved(other, ledger)
        back = MemoryLedger(alive=lambda _: True)
        back.load(ledger.dump(), owner="me", now=NOW + LEASE)
        assert back.entries(KEY.site) == ledger.entries(KEY.site)
        for moved in (ledger, back):  # a receipt still settles the attempt that it belongs to
            assert moved.settle(first, RECEIPT, NOW + LEASE)
            settled = moved.get(first.key)
            assert (settled.token, settled.text_digest, settled.sending_at) == (first.token, "first text", NOW)

    def test_everything_goes_from_a_ledger_of_this_kind_into_another(self, ledger):
        fill(ledger)
        other = MemoryLedger(alive=lambda _: True)
        other.load(ledger.dump(), owner="me", now=NOW + LEASE)
        assert_moved(ledger, other)

    @pytest.mark.parametrize("conflict", ["the same post", "the same text", "another baseline"])
    def test_what_contradicts_is_refused_and_changes_nothing(self, ledger, conflict):
        other = MemoryLedger(alive=lambda _: True)
        other.record_upload(Upload(payer=AUTHOR, digest="d", kind="image", urn="urn:li:image:1", at=NOW))
        bring_to(other, State.PUBLISHED)
        other.baseline("https://example.com", NOW)
        if conflict == "another baseline":
            ledger.baseline("https://example.com", NOW + SECOND)
        else:
            claim(ledger, KEY if conflict == "the same post" else OTHER, text="t" if "post" in conflict else "text")
        before = ledger.dump()
        with pytest.raises(SettingsError, match="contradict"):
            ledger.load(other.dump(), owner="me", now=NOW)
        assert ledger.dump() == before

    @pytest.mark.parametrize(
        ("kind", "change"),
        [
            ("entry", {"state": "done"}),
            ("entry", {"state": "failed", "failure": "bad luck"}),
            ("entry", {"token": None}),
            ("entry", {"extra": 1}),
            ("entry", {"lease_until": "tomorrow"}),
            ("entry", {"kind": "receipt"}),
            ("step", {"after": "claimed"}),
            ("step", {"before": "failed"}),
            ("entry", None),
            ("step", None),
        ],
    )
    def test_what_is_no_sound_export_is_refused_and_changes_nothing(self, ledger, kind, change):
        other = MemoryLedger(alive=lambda _: True)
        bring_to(other, State.PUBLISHED)
        records = list(other.dump())
        place = max(place for place, record in enumerate(records) if record["kind"] == kind)
        records[place : place + 1] = [] if change is None else [{**records[place], **change}]
        with pytest.raises(SettingsError, match="no sound export"):
            ledger.load(records, owner="me", now=NOW)
        assert ledger.dump() == ()

    # --- several at once

    def race(self, store, action):
        """Run an action in eight threads at once, each with its own ledger; return what they got."""
        ledgers, start = [store() for _ in range(8)], threading.Barrier(8)

        def run(number):
            start.wait()
            return action(ledgers[number], number)

        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(run, range(8)))

    def test_of_eight_claims_on_one_post_one_wins(self, store):
        results = self.race(store, lambda ledger, _: claim(ledger))
        assert sorted(type(result).__name__ for result in results) == ["Claim"] + ["Held"] * 7
        assert state_of(store()) is State.CLAIMED
        assert store().get(KEY).attempts == 1

    def test_of_eight_claims_on_one_text_one_wins(self, store):
        results = self.race(store, lambda ledger, number: claim(ledger, replace(KEY, post=str(number))))
        assert sorted(type(result).__name__ for result in results) == ["Claim"] + ["Held"] * 7
        assert len(store().entries(KEY.site)) == 1

    def test_of_eight_intents_to_send_one_wins(self, store):
        the_claim = claim(store())
        assert sorted(self.race(store, lambda ledger, _: mark(ledger, the_claim))) == [False] * 7 + [True]

    def test_of_eight_sweeps_one_finds_the_doubtful(self, store):
        sent(store(), owner="this-host/3")
        assert sorted(map(len, self.race(store, lambda ledger, _: ledger.sweep(KEY.site, NOW)))) == [0] * 7 + [1]

    def test_of_eight_baselines_all_get_the_same(self, store):
        moments = self.race(store, lambda ledger, number: ledger.baseline("s", NOW + number * SECOND))
        assert len(set(moments)) == 1

    def test_threads_may_share_one_ledger(self, store):
        shared = store()
        results = self.race(lambda: shared, lambda ledger, number: claim(ledger, replace(KEY, post=str(number))))
        assert sorted(type(result).__name__ for result in results) == ["Claim"] + ["Held"] * 7

    # --- closing

    def test_a_closed_ledger_may_be_closed_again(self, ledger):
        claim(ledger)
        ledger.close()
        ledger.close()


class TestMemoryLedger(LedgerContract):
    @pytest.fixture
    def store(self, living):
        ledger = MemoryLedger(alive=living.__contains__)
        return lambda: ledger


class TestSqliteLedger(LedgerContract):
    @pytest.fixture
    def store(self, living, tmp_path):
        opened = []

        def store():
            opened.append(SqliteLedger(tmp_path / "state" / "ledger.db", alive=living.__contains__))
            return opened[-1]

        yield store
        for ledger in opened:
            ledger.close()


class TestPostgresLedger(LedgerContract):
    @pytest.fixture
    def store(self, living, postgres):
        address, opened = address_of(postgres.place()), []

        def store():
            """Leases by the moments of the tests: the server's clock does not go as they want it."""
            options = {"sleep": pytest.fail, "server_clock": False}
            opened.append(PostgresLedger(address, alive=living.__contains__, **options))
            return opened[-1]

        yield store
        for ledger in opened:
            ledger.close()


class TestGitLedger(LedgerContract):
    """One machine for each ledger that is opened: a clone of its own, and what the remote has in common."""

    @pytest.fixture
    def store(self, living, tmp_path):
        remote, clones = a_repository(tmp_path / "remote.git", bare=True), count()

        def store():
            clone = remote.clone(tmp_path / f"clone-{next(clones)}")
            return GitLedger("origin", clone.folder, alive=living.__contains__)

        return store

    @pytest.fixture(scope="class")
    @classmethod
    def led_once(cls, tmp_path_factory):
        """Lead an entry to each state once: it takes some pushes."""

        @cache
        def led_once(state):
            folder = tmp_path_factory.mktemp("led")
            clone = a_repository(folder / "remote.git", bare=True).clone(folder / "clone")
            return folder, bring_to(GitLedger("origin", clone.folder, alive=lambda _: True), state)

        return led_once

    @pytest.fixture
    def led_to(self, led_once, living, tmp_path):
        """Return what gives copies of the remote and of the clone."""

        def led_to(state):
            folder, the_claim = led_once(state)
            copy = shutil.copytree(folder, tmp_path / "led")
            Repository(copy / "clone").git("remote", "set-url", "origin", (copy / "remote.git").as_uri())
            return GitLedger("origin", copy / "clone", alive=living.__contains__), the_claim

        return led_to
