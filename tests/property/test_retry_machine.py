"""The state machine of the ledger, with the one identical retry, and a LinkedIn that checks for duplicates and may be late.

LinkedIn refuses the text of a post that is younger than ten minutes. A request may be lost, its answer may be, or it may
be carried out long after everybody has stopped waiting, though not later than these ten minutes. A run may be suspended
for any time between its intent and its request.

What the retry rests on is tested too: three rules, each left out once, and the machine must find a second post.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from crosspost.model import Claim, Receipt, State
from crosspost.pipeline.evidence import WINDOW, may_retry
from property.test_ledger_machine import CONSEQUENCES, LedgerMachine, SqliteMachine

REMEMBERED = timedelta(minutes=10)
SENDING_LEASE = timedelta(minutes=5)


@dataclass
class Request:
    """A request on its way: whose, until when a retry may leave, and what became of it."""

    text: str
    claim: Claim
    answer: Receipt | str | None = None
    until: datetime | None = None


class WithRetry:
    """What the retry adds to the machine of the ledger."""

    may_retry = staticmethod(may_retry)
    remembers = REMEMBERED

    def __init__(self):
        self.late = []
        self.retries = []
        self.landed = {}
        super().__init__()

    def arrive(self, request):
        """LinkedIn takes a post, or finds that it has its text already."""
        for text, claim, receipt in [*self.linkedin, *self.linkedin_had]:
            if text == request.text and self.now - self.landed[receipt.url] < self.remembers:
                request.answer = receipt if claim.token == request.claim.token else "an older twin"
                return
        number = len(self.landed)
        request.answer = Receipt(urn=f"urn:li:share:{number}", url=f"https://l/{number}")
        self.linkedin.append((request.text, request.claim, request.answer))
        self.landed[request.answer.url] = self.now

    def possible(self):
        # What a person's mistakes lead to is the other machine's story.
        yield from ((name, action) for name, action in super().possible() if "overlooks" not in name)
        for request in self.late:
            yield f"a late request of {request.claim.key.post} arrives", partial(self.arrives_late, request)
        for entry in self.entries(State.UNCERTAIN):
            if self.may_retry(entry, self.now):
                yield from [(f"{entry.key.post} is retried", partial(self.retry, entry))] * 2
        for request in self.retries:
            yield from [(f"the retry: {fate}", partial(self.send_retry, request, fate)) for fate in FATES] * 2
        if any(run.stage in {"claimed", "marked"} for run in self.runs):
            yield "some minutes pass", self.some_minutes_pass

    def some_minutes_pass(self):
        self.now += timedelta(minutes=3)

    def arrives_late(self, request):
        self.late.remove(request)
        self.arrive(request)

    def a_person_looks(self, entry):
        """With care: not before everything that is late has arrived."""
        if not any(request.claim.token == entry.token for request in [*self.late, *self.retries]):
            super().a_person_looks(entry)

    def a_lease_passes(self):
        """Longer than LinkedIn remembers and than any server holds a request."""
        self.late.clear()
        super().a_lease_passes()

    def mark_sending(self, run):
        """As the base, with a lease that is shorter than the window of the retry, as in `pipeline.run`."""
        if self.ledger.mark_sending(run.claim, request_digest=run.text, now=self.now, lease=SENDING_LEASE):
            run.stage = "marked"
            self.its_own_intent_is_on_record(run)
        else:
            run.forget()

    def steps(self, run):
        yield from super().steps(run)
        if run.stage == "marked":
            yield "sends: arrives late, answer lost", partial(self.send, run, "late")

    def send(self, run, how):
        request = Request(run.text, run.claim)
        if how == "late":
            self.late.append(request)
            run.stage = "asked"
        elif how.startswith("arrives"):
            self.arrive(request)
            run.stage = "asked"
            # A refusal as a duplicate of somebody else's post is no receipt: the attempt stays in doubt.
            run.answer = request.answer if how == "arrives" and isinstance(request.answer, Receipt) else None
        else:
            super().send(run, how)

    def is_in_time(self, request):
        """The run looks at the clock once more before it sends: it may have been suspended since it recorded the retry."""
        return self.now < request.until

    def retry(self, entry):
        claim = Claim(key=entry.key, token=entry.token, attempt=entry.attempts)
        assert self.ledger.mark_retry(claim, self.now)
        assert not self.ledger.mark_retry(claim, self.now), "recorded twice"
        self.retries.append(Request(entry.request_digest, claim, until=entry.sending_at + WINDOW))

    def send_retry(self, request, fate):
        self.retries.remove(request)
        if not self.is_in_time(request):
            return
        if fate == "is late":
            self.late.append(request)
        elif fate != "is lost":
            self.arrive(request)
        if fate == "arrives" and isinstance(request.answer, Receipt):
            self.ledger.settle(request.claim, request.answer, self.now)
            self.receipted.add(request.claim.key)


FATES = ("arrives", "arrives, answer lost", "is lost", "is late")


class RetryMachine(WithRetry, LedgerMachine):
    pass


class SqliteRetryMachine(WithRetry, SqliteMachine):
    pass


class TestRetryMachine(RetryMachine.TestCase):
    settings = settings(max_examples=200, stateful_step_count=40)


class TestSqliteRetryMachine(SqliteRetryMachine.TestCase):
    settings = settings(max_examples=20, stateful_step_count=40)


# --- the test of the test


class LooksForSecondPosts(RetryMachine):
    """Notices nothing else."""


for other in set(CONSEQUENCES) - {"no_text_is_posted_twice"}:
    setattr(LooksForSecondPosts, other, lambda *_: None)


class WithoutDuplicateCheck(LooksForSecondPosts):
    remembers = timedelta(0)


class DoesNotLookAtTheClockAgain(LooksForSecondPosts):
    def is_in_time(self, request):
        return True


class RetriesAfterAnyTime(DoesNotLookAtTheClockAgain):
    @staticmethod
    def may_retry(entry, now):
        return entry.retried_at is None and entry.settled_at <= entry.lease_until


@pytest.mark.parametrize("mistake", [WithoutDuplicateCheck, RetriesAfterAnyTime])
def test_the_machine_finds_what_the_retry_must_not_do(mistake):
    # What hypothesis tries depends on the modules that are loaded too: the second mistake may take seconds, or 2,380 tries.
    searching = settings(
        max_examples=10_000, stateful_step_count=25, derandomize=True, database=None, phases=[Phase.generate]
    )
    with pytest.raises(AssertionError, match="posted twice"):
        run_state_machine_as_test(mistake, settings=searching)


def a_suspended_sender(machine):
    """A run records its intent and is suspended; its lease runs out; whoever may retry does; then the run wakes up."""
    run = machine.runs[0]
    machine.claim(run, 0)
    machine.mark_sending(run)
    machine.some_minutes_pass()
    machine.some_minutes_pass()
    machine.sweep()
    for entry in machine.entries(State.UNCERTAIN):
        if machine.may_retry(entry, machine.now):
            machine.retry(entry)
            machine.send_retry(machine.retries[0], "arrives")
    machine.a_lease_passes()
    machine.send(run, "arrives")
    return len(machine.linkedin)


class RetriesWhatMayBeSuspended(RetryMachine):
    @staticmethod
    def may_retry(entry, now):
        return entry.retried_at is None and now < entry.sending_at + WINDOW


def test_a_sender_that_may_only_be_suspended_is_not_retried():
    assert a_suspended_sender(RetryMachine()) == 1
    assert a_suspended_sender(RetriesWhatMayBeSuspended()) == 2, "the rule that the retry leaves out is needed"


def a_suspended_retry(machine):
    """The post landed and its answer was lost; the run that has recorded the retry is suspended, and wakes up much later."""
    run = machine.runs[0]
    machine.claim(run, 0)
    machine.mark_sending(run)
    machine.send(run, "arrives, answer lost")
    machine.record_the_answer(run)
    machine.retry(machine.entries(State.UNCERTAIN)[0])
    machine.a_lease_passes()
    machine.send_retry(machine.retries[0], "arrives")
    return len(machine.linkedin)


def test_a_retry_that_was_suspended_does_not_leave_any_more():
    assert a_suspended_retry(RetryMachine()) == 1
    assert a_suspended_retry(DoesNotLookAtTheClockAgain()) == 2, "the second look at the clock is needed"
