"""People are told what they should know, once each, and a message that fails stops nothing."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from crosspost.errors import LedgerError, Problem
from crosspost.model import Outcome, OutcomeKind, Unclear, WaitsFor
from crosspost.notify import AppriseNotifier
from crosspost.pipeline.publish import publish
from crosspost.telling import SILENCE, Teller, Tiding, last_sent, of_outcomes, of_silence, of_token, of_version
from doubles import NOW, a_post, a_run

PROBLEM = Problem(what="it went wrong", fix="mend it")
A, B = (a_post(f"_posts/2026-11-22-{name}.md", title=name) for name in "ab")


@dataclass
class FakeNotifier:
    """Remembers messages; takes none while `deaf`."""

    messages: list = field(default_factory=list)
    deaf: bool = False

    def tell(self, title, body):
        if not self.deaf:
            self.messages.append((title, body))
        return not self.deaf


def an_outcome(kind, post=A.key, **fields):
    return Outcome(post=post, account="default", kind=kind, **fields)


def told(run, *tidings, notifier=None):
    notifier = notifier or FakeNotifier()
    Teller(notifier).tell(run, tidings)
    return [title for title, _ in notifier.messages]


def test_a_published_and_an_uncertain_post_are_told_once_and_with_what_to_do():
    run, notifier = a_run(A, B, answers=[Unclear(problem=PROBLEM)]), FakeNotifier()
    for _ in range(3):
        Teller(notifier).tell(run, of_outcomes(list(publish(run, [A.key, B.key], named=False))))
    assert {title for title, _ in notifier.messages} == {"crosspost: uncertain", "crosspost: published"}
    bodies = "\n".join(body for _, body in notifier.messages)
    assert "https://www.linkedin.com/feed/update/urn:li:share:2/" in bodies
    assert "it went wrong; mend it" in bodies


def test_routine_is_not_told():
    routine = [OutcomeKind.SKIPPED, OutcomeKind.WAITING, OutcomeKind.WRITTEN_BACK, OutcomeKind.WOULD_PUBLISH]
    assert list(of_outcomes(an_outcome(kind) for kind in routine)) == []


def test_many_posts_of_one_kind_are_one_message():
    run, notifier = a_run(), FakeNotifier()
    missed = [an_outcome(OutcomeKind.MISSED, post=f"{number}.md", problem=PROBLEM) for number in range(60)]
    Teller(notifier).tell(run, of_outcomes(missed))
    ((title, body),) = notifier.messages
    assert title == "crosspost: missed: 60 posts"
    assert body.splitlines()[-1] == "and 40 more; see: crosspost status"


def test_another_fault_of_the_same_post_is_told_again():
    run = a_run()
    first = an_outcome(OutcomeKind.FAILED, problem=PROBLEM)
    second = replace(first, problem=replace(PROBLEM, what="something else"))
    assert told(run, *of_outcomes([first]))
    assert told(run, *of_outcomes([first])) == []
    assert told(run, *of_outcomes([second]))


def test_accounts_are_told_apart():
    run = a_run()
    company = replace(run, policy=replace(run.policy, name="company"))
    tiding = Tiding("token", "token 1", "it ends")
    assert told(run, tiding) == ["crosspost: token"]
    assert told(company, tiding) == ["crosspost (company): token"]


@pytest.mark.parametrize(
    ("left", "stages"), [(20, 0), (14, 1), (13, 1), (7, 1), (3, 1), (1, 1), (0, 1), (-1, 1)], ids=str
)
def test_the_end_of_a_token_is_told_from_fourteen_days_on(left, stages):
    assert len(list(of_token(NOW + timedelta(days=left), NOW))) == stages


def test_the_end_of_a_token_is_told_in_14_7_3_and_1_days_and_now():
    run, ends = a_run(), NOW + timedelta(days=20)
    days = [day for day in range(25) if told(run, *of_token(ends, NOW + timedelta(days=day)))]
    assert days == [20 - left for left in (14, 7, 3, 1, 0)]


def test_an_unknown_end_is_not_told():
    assert list(of_token(None, NOW)) == []


def test_an_api_version_that_ends_is_told_once_and_once_more_when_it_has_ended():
    run = a_run()
    for what in ("it will end", "it will end", "it has ended"):
        told(run, *of_version(replace(PROBLEM, what=what)))
    assert len(run.ledger.notes(f"told {run.subject}")) == 2
    assert list(of_version(None)) == []


def test_a_week_of_silence_is_told_where_posts_are_ready_and_only_there():
    stuck = [replace(an_outcome(OutcomeKind.WAITING), waits_for=WaitsFor.APPROVAL)]
    waiting = [replace(an_outcome(OutcomeKind.WAITING), waits_for=WaitsFor.TIME)]
    (tiding,) = of_silence(stuck, NOW - SILENCE, NOW)
    assert tiding.text == "nothing was published since 2026-11-15, and a post is ready; see: crosspost status"
    (tiding,) = of_silence(stuck * 2, NOW - SILENCE, NOW)
    assert "and 2 posts are ready" in tiding.text
    assert list(of_silence(waiting, NOW - SILENCE, NOW)) == []
    assert list(of_silence(stuck, NOW - SILENCE + timedelta(minutes=1), NOW)) == []
    run = a_run(A)
    assert last_sent(run) == NOW - timedelta(days=30)
    list(publish(run, [A.key], named=False))
    assert last_sent(run) == NOW


def test_a_message_that_nobody_took_is_told_later_and_not_at_once():
    run, notifier = a_run(), FakeNotifier(deaf=True)
    teller, tiding = Teller(notifier), Tiding("missed", "missed 1", "text")
    teller.tell(run, [tiding])
    notifier.deaf = False
    teller.tell(run, [tiding])
    assert notifier.messages == []
    run.clock.moment += timedelta(minutes=16)
    teller.tell(run, [tiding])
    teller.tell(run, [tiding])
    assert len(notifier.messages) == 1


def test_of_two_processes_that_know_of_nothing_told_one_tells():
    run = a_run()

    class Stale:
        def __getattr__(self, name):
            return getattr(run.ledger, name)

        def notes(self, _subject):
            return {}

    tiding = Tiding("missed", "missed 1", "text")
    assert told(run, tiding)
    assert told(replace(run, ledger=Stale()), tiding) == []


def test_a_ledger_that_cannot_be_used_stops_no_post_for_a_message(caplog):
    class Broken:
        def notes(self, _subject):
            raise LedgerError(PROBLEM)

    assert told(replace(a_run(), ledger=Broken()), Tiding("missed", "1", "text")) == []
    assert "nobody was told" in caplog.text


@pytest.mark.parametrize("url", ["nonsense://user:AQ-marked@host", "json://user:AQ-marked@127.0.0.1:1", "AQ-marked"])
def test_an_address_that_does_not_work_is_said_without_saying_it(url, caplog):
    caplog.set_level("DEBUG")
    assert AppriseNotifier([url]).tell("title", "body") is False
    assert "notify.urls: " in caplog.text
    assert "AQ-marked" not in caplog.text


def test_a_plugin_that_breaks_stops_nothing(monkeypatch, caplog):
    class Apprise:
        def add(self, url):
            return url == "good://" or 1 / 0

        def notify(self, title, body):
            return True

    monkeypatch.setattr("apprise.Apprise", Apprise)
    assert AppriseNotifier(["bad://"]).tell("title", "body") is False
    assert AppriseNotifier(["bad://", "good://"]).tell("title", "body") is True
    assert "entry 1 did not take a message (ZeroDivisionError)" in caplog.text


def test_without_the_extra_it_says_what_to_install(monkeypatch, caplog):
    monkeypatch.setitem(__import__("sys").modules, "apprise", None)
    assert AppriseNotifier(["json://host"]).tell("title", "body") is False
    assert "crosspost-linkedin[notify]" in caplog.text
