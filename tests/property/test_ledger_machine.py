"""The whole promise as one state machine: runs that crash, stall and overtake each other, answers that are lost or late.

What must hold, whatever happens:
- LinkedIn never has the same text of the same author twice, unless a person wrongly said "not posted";
- nothing that LinkedIn has is lost: the ledger says published, uncertain or sending, unless a person said "not posted";
- a receipt that reaches the ledger is never lost, whatever a person said;
- the last line of an entry's history is where the entry is.

The machine is itself tested: ledgers with a classic mistake each, and it must find every one of them.
"""

import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from crosspost.ledger.git import GitLedger
from crosspost.ledger.memory import MemoryLedger
from crosspost.ledger.postgres import PostgresLedger
from crosspost.ledger.postgres_address import address_of
from crosspost.ledger.sqlite import SqliteLedger
from crosspost.ledger.transitions import is_stalled
from crosspost.model import Claim, EntryKey, Failure, Receipt, State
from git_origin import FATES, ForcingRef, Origin, OriginRef, ledger_at
from repositories import a_repository

SITE = "https://example.com"
AUTHOR = "urn:li:person:abc"
LEASE = timedelta(minutes=10)
FILES = range(2)
TEXTS = ("first text", "second text")


@dataclass
class Run:
    """One process on its way through a publication. What it remembers dies with it."""

    owner: str
    stage: str = "idle"  # idle, claimed, marked, asked
    claim: Claim | None = None
    text: str = ""
    answer: Receipt | Failure | None = None

    def forget(self):
        self.stage, self.claim, self.text, self.answer = "idle", None, "", None


class LedgerMachine(RuleBasedStateMachine):
    """Runs, a person, LinkedIn and time around one ledger."""

    def __init__(self):
        super().__init__()
        self.now = datetime(2026, 11, 22, tzinfo=UTC)
        self.linkedin = []  # what is there: (text, claim, receipt)
        self.linkedin_had = []  # what was deleted
        self.processes = 0
        self.living = set()
        self.runs = [self.new_run() for _ in range(2)]
        self.names = {file: file for file in FILES}
        self.texts = dict.fromkeys(FILES, TEXTS[0])
        self.overruled = set()  # tokens of attempts that a person wrongly called "not posted"
        self.receipted = set()  # keys that the ledger got a receipt for
        self.ledger = self.make_ledger()

    def make_ledger(self):
        return MemoryLedger(alive=self.living.__contains__)

    def ledger_of(self, run):
        """The ledger as a run has opened it; by default all share one object."""
        return self.ledger

    def new_run(self):
        self.processes += 1
        self.living.add(f"host/{self.processes}")
        return Run(f"host/{self.processes}")

    def entries(self, *states):
        return [entry for entry in self.ledger.entries(SITE).values() if entry.state in states]

    @rule(data=st.data())
    def something_happens(self, data):
        """Draw from what can happen here, so that no step is idle and short stories reach far."""
        possible = list(self.possible())
        dict(possible)[data.draw(st.sampled_from([name for name, _ in possible]))]()

    def possible(self):
        for number, run in enumerate(self.runs):
            for step, action in self.steps(run):
                yield f"run {number} {step}", action
            if run.stage != "idle":
                yield f"run {number} dies", partial(self.dies, number)
        if self.entries(State.CLAIMED, State.SENDING):
            yield "a lease passes", self.a_lease_passes
            yield "somebody sweeps", self.sweep
        for entry in self.entries(State.UNCERTAIN):
            yield f"a person looks for {entry.key.post}", partial(self.a_person_looks, entry)
            yield f"a person overlooks {entry.key.post}", partial(self.a_person_overlooks, entry)
        for entry in self.entries(State.PUBLISHED):
            yield f"a person deletes {entry.key.post}", partial(self.a_person_deletes, entry)
        for entry in self.entries(State.DELETED):
            yield f"a person wants {entry.key.post} again", partial(self.a_person_wants_it_again, entry)
        yield "the first file is renamed", partial(self.rename, 0)
        yield "the second file is edited", partial(self.edit, 1)

    # --- a run, step by step; between any two of them everything else may happen

    def steps(self, run):
        if run.stage == "idle":
            yield from ((f"claims file {file}", partial(self.claim, run, file)) for file in FILES)
        elif run.stage == "claimed":
            yield "gives the claim back", partial(self.give_back, run)
            yield from [("marks its intent", partial(self.mark_sending, run))] * 3  # three times as likely
        elif run.stage == "marked":
            fates = ("arrives", "arrives, answer lost", "lost", "refused")
            yield from ((f"sends: {fate}", partial(self.send, run, fate)) for fate in fates)
        else:
            yield "records the answer", partial(self.record_the_answer, run)

    def give_back(self, run):
        self.ledger_of(run).release(run.claim, self.now)
        run.forget()

    def claim(self, run, file):
        key, text = EntryKey(site=SITE, account="default", post=f"post-{self.names[file]}"), self.texts[file]
        found = self.ledger_of(run).claim(
            key, author=AUTHOR, text_digest=text, owner=run.owner, now=self.now, lease=LEASE
        )
        if isinstance(found, Claim):
            run.stage, run.claim, run.text = "claimed", found, text

    def mark_sending(self, run):
        if self.ledger_of(run).mark_sending(run.claim, request_digest=run.text, now=self.now, lease=LEASE):
            run.stage = "marked"
            self.its_own_intent_is_on_record(run)
        else:
            run.forget()

    def send(self, run, how):
        run.stage = "asked"
        if how.startswith("arrives"):
            number = len(self.linkedin) + len(self.linkedin_had)
            receipt = Receipt(urn=f"urn:li:share:{number}", url=f"https://l/{number}")
            self.linkedin.append((run.text, run.claim, receipt))
            run.answer = receipt if how == "arrives" else None
        elif how == "refused":
            run.answer = Failure.REFUSED

    def record_the_answer(self, run):
        if isinstance(run.answer, Receipt):
            self.ledger_of(run).settle(run.claim, run.answer, self.now)
            self.receipted.add(run.claim.key)
            self.forgive_unless_late(run)
        elif run.answer:
            self.ledger_of(run).fail(run.claim, run.answer, "refused", now=self.now)
        else:
            self.ledger_of(run).doubt(run.claim, "no answer", self.now)
        run.forget()

    def forgive_unless_late(self, run):
        """A receipt that is in time undoes a person's mistake: no second post may follow any more."""
        posts = [text for text, _, _ in self.linkedin if text == run.text]
        on_their_way = [other for other in self.runs if other.stage == "marked" and other.text == run.text]
        if len(posts) == 1 and not on_their_way:
            self.overruled.discard(run.claim.token)

    # --- around them

    def dies(self, number):
        self.living.discard(self.runs[number].owner)
        self.runs[number] = self.new_run()

    def a_lease_passes(self):
        self.now += LEASE + timedelta(seconds=1)

    def sweep(self):
        assert all(entry.state is State.UNCERTAIN for entry in self.ledger.sweep(SITE, self.now))

    def edit(self, file):
        self.texts[file] = TEXTS[1 - TEXTS.index(self.texts[file])]

    def rename(self, file):
        self.names[file] = max(self.names.values()) + 1

    def a_person_looks(self, entry):
        """With care: waits until the run is over, and finds what is there."""
        if any(run.stage == "marked" and run.claim.token == entry.token for run in self.runs):
            return
        url = next((receipt.url for _, claim, receipt in self.linkedin if claim.token == entry.token), None)
        assert self.ledger.resolve(entry.key, url=url, urn=None, reason="looked", now=self.now)

    def a_person_overlooks(self, entry):
        self.overruled.add(entry.token)
        assert self.ledger.resolve(entry.key, url=None, urn=None, reason="not seen", now=self.now)

    def a_person_deletes(self, entry):
        """LinkedIn has deleted the post of that address; what else it may have is none of this entry's business."""
        self.linkedin_had += [post for post in self.linkedin if post[2].url == entry.url]
        self.linkedin = [post for post in self.linkedin if post[2].url != entry.url]
        assert self.ledger.withdraw(entry.key, reason="as asked", now=self.now)
        self.receipted.discard(entry.key)

    def a_person_wants_it_again(self, entry):
        assert self.ledger.reopen(entry.key, reason="after all", now=self.now)

    # --- what must hold

    def its_own_intent_is_on_record(self, run):
        """Right after the intent was marked."""
        entry = self.ledger.get(run.claim.key)
        assert (entry.state, entry.token) == (State.SENDING, run.claim.token), "no intent"

    @invariant()
    def no_text_is_posted_twice(self):
        posts = Counter(text for text, claim, _ in self.linkedin if claim.token not in self.overruled)
        assert max(posts.values(), default=0) <= 1, "posted twice"

    @invariant()
    def nothing_is_lost(self):
        for _, claim, _ in self.linkedin:
            if claim.token not in self.overruled:
                assert self.ledger.get(claim.key).state in {State.PUBLISHED, State.UNCERTAIN, State.SENDING}, "lost"

    @invariant()
    def a_receipt_is_the_truth(self):
        assert all(self.ledger.get(key).state is State.PUBLISHED for key in self.receipted), "receipt lost"

    @invariant()
    def what_is_published_is_not_claimed(self):
        published = {entry.text_digest for entry in self.entries(State.PUBLISHED)}
        assert not [entry for entry in self.entries(State.CLAIMED) if entry.text_digest in published], "twin claimed"

    @invariant()
    def history_tells_where_each_entry_is(self):
        for entry in self.entries(*State):
            steps = self.ledger.history(entry.key)
            assert (steps[0].before, steps[-1].after) == (None, entry.state)
            assert all(earlier.after is later.before for earlier, later in pairwise(steps))


class SqliteMachine(LedgerMachine):
    """The same over a file, which any of the processes may close."""

    def make_ledger(self):
        self.folder = tempfile.TemporaryDirectory()
        return SqliteLedger(Path(self.folder.name) / "ledger.db", alive=self.living.__contains__)

    def possible(self):
        yield from super().possible()
        yield "the ledger is closed", self.ledger.close

    def teardown(self):
        self.ledger.close()
        self.folder.cleanup()


class TestMemoryMachine(LedgerMachine.TestCase):
    settings = settings(max_examples=400, stateful_step_count=40)


class TestSqliteMachine(SqliteMachine.TestCase):
    settings = settings(max_examples=50, stateful_step_count=40)


class GitMachine(LedgerMachine):
    """The same over a remote: each run is on a machine of its own, and answers to pushes get lost."""

    ref_type, ledger_type = OriginRef, GitLedger

    def make_ledger(self):
        self.origin, self.opened = Origin(), {}
        return self.open()

    def open(self):
        return ledger_at(self.ref_type(self.origin), made=self.ledger_type, alive=self.living.__contains__)

    def ledger_of(self, run):
        return self.opened.setdefault(run.owner, self.open())

    def possible(self):
        yield from super().possible()
        yield from ((f"the next push: {fate}", partial(setattr, self.origin, "fate", fate)) for fate in FATES)

    @invariant()
    def the_files_say_what_was_decided(self):
        written = self.open()._look()
        for ledger in self.opened.values():
            assert ledger._known is None or ledger._known.tip != written.tip or ledger._known == written, "misread"


class RealGitMachine(LedgerMachine):
    """The same with the git command, a bare repository and a clone for each of three machines."""

    def make_ledger(self):
        self.folder = tempfile.TemporaryDirectory()
        self.remote = a_repository(Path(self.folder.name) / "remote.git", bare=True)
        self.machines = [self.open(number) for number in range(3)]
        return self.machines[2]

    def open(self, number):
        clone = self.remote.clone(Path(self.folder.name) / f"clone-{number}")
        return GitLedger("origin", clone.folder, alive=self.living.__contains__)

    def ledger_of(self, run):
        return self.machines[self.runs.index(run)]

    def possible(self):
        yield from super().possible()
        yield "a ledger is closed", self.machines[0].close

    def teardown(self):
        self.folder.cleanup()


class TestGitMachine(GitMachine.TestCase):
    settings = settings(max_examples=150, stateful_step_count=40)


class TestRealGitMachine(RealGitMachine.TestCase):
    settings = settings(max_examples=3, stateful_step_count=25)


@pytest.fixture
def postgres_machine(postgres):
    """The same over a server, whose connections an operator ends now and then."""

    class PostgresMachine(LedgerMachine):
        def make_ledger(self):
            address = address_of(postgres.place())
            options = {"sleep": time.sleep, "server_clock": False}
            return PostgresLedger(address, alive=self.living.__contains__, **options)

        def possible(self):
            yield from super().possible()
            yield "the ledger is closed", self.ledger.close
            yield "its connection is ended", self.end_connections

        def end_connections(self):
            end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'crosspost'"
            postgres.admin(end)

        def teardown(self):
            self.ledger.close()

    return PostgresMachine


def test_postgres_machine(postgres_machine):
    run_state_machine_as_test(postgres_machine, settings=settings(max_examples=30, stateful_step_count=40))


# --- the test of the test


CONSEQUENCES = {
    "its_own_intent_is_on_record": "no intent",
    "no_text_is_posted_twice": "posted twice",
    "nothing_is_lost": "lost",
    "a_receipt_is_the_truth": "receipt lost",
    "what_is_published_is_not_claimed": "twin claimed",
}


class PutsStalledSendingBack(MemoryLedger):
    """The mistake of job queues: what stalled goes back to the queue."""

    def claim(self, key, *, now, **values):
        for entry in self.entries(key.site).values():
            if entry.state is State.SENDING and is_stalled(entry, now, self._alive):
                self._put(replace(entry, state=State.RELEASED), now)
        return super().claim(key, now=now, **values)


class IntentLater:
    """The mistake of scripts in CI: what was sent is recorded once the answer is there."""

    def __init__(self, *place, **options):
        super().__init__(*place, **options)
        self.intents = {}

    def mark_sending(self, claim, **intent):
        self.intents[claim.token] = intent
        entry = self.get(claim.key)
        return entry is not None and entry.token == claim.token and entry.state is State.CLAIMED

    def catch_up(self, claim):
        if claim.token in self.intents:
            super().mark_sending(claim, **self.intents.pop(claim.token))

    def settle(self, claim, receipt, now):
        self.catch_up(claim)
        return super().settle(claim, receipt, now)

    def fail(self, claim, *values, **more):
        self.catch_up(claim)
        return super().fail(claim, *values, **more)

    def doubt(self, claim, *values):
        self.catch_up(claim)
        return super().doubt(claim, *values)


class RecordsAfterSending(IntentLater, MemoryLedger):
    """That mistake in memory."""


class PushesTheIntentLater(IntentLater, GitLedger):
    """That mistake in git: the intent goes to the remote together with the answer."""


class PushesAnOldDecision(GitLedger):
    """The mistake of repeating a refused push on top of what is there now, without deciding again."""

    def _write(self, decide, linkedin_has=""):
        decided = []

        def once(book):
            before = dict(book._content.lines)
            if decided:
                result, lines = decided[0]
                book._content.lines |= lines
                return result
            result = decide(book)
            if lines := {key: of for key, of in book._content.lines.items() if before.get(key) is not of}:
                decided.append((result, lines))
            return result

        return super()._write(once, linkedin_has)


class HasNoTwinGuard(MemoryLedger):
    """The mistake of keeping account by file name alone."""

    def _twins(self, key, author, text_digest):
        return iter(())


@pytest.mark.parametrize(
    ("mistake", "consequence"),
    [
        (PutsStalledSendingBack, "lost"),
        (PutsStalledSendingBack, "posted twice"),
        (RecordsAfterSending, "no intent"),
        (RecordsAfterSending, "lost"),
        (RecordsAfterSending, "posted twice"),
        (HasNoTwinGuard, "posted twice"),
        (HasNoTwinGuard, "twin claimed"),
    ],
)
def test_the_machine_finds_the_classic_mistakes(mistake, consequence):
    class Mistaken(LedgerMachine):
        def make_ledger(self):
            return mistake(alive=self.living.__contains__)

    the_machine_finds(Mistaken, consequence)


@pytest.mark.parametrize(
    ("mistake", "consequence"),
    [
        ({"ref_type": ForcingRef}, "posted twice"),
        ({"ref_type": ForcingRef}, "lost"),
        ({"ledger_type": PushesTheIntentLater}, "no intent"),
        ({"ledger_type": PushesTheIntentLater}, "posted twice"),
        ({"ledger_type": PushesAnOldDecision}, "posted twice"),
    ],
    ids=str,
)
def test_the_machine_finds_the_classic_mistakes_of_git(mistake, consequence):
    the_machine_finds(type("Mistaken", (GitMachine,), mistake), consequence)


def the_machine_finds(machine, consequence):
    """See that the machine has this consequence of a mistake among its findings."""
    for name, its_consequence in CONSEQUENCES.items():
        if its_consequence != consequence:
            setattr(machine, name, lambda *_: None)  # look for this consequence alone
    searching = settings(
        max_examples=2000, stateful_step_count=25, derandomize=True, database=None, phases=[Phase.generate]
    )
    with pytest.raises(AssertionError, match=consequence):
        run_state_machine_as_test(machine, settings=searching)
