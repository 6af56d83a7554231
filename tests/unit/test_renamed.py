"""Which post that went out has another name now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crosspost.model import Arrived, Draft, EntryKey, Failure
from crosspost.pipeline.draft import text_digest
from crosspost.pipeline.renamed import Names
from doubles import NOW, FakeSource, a_post, a_run

NEW = a_post(
    "_posts/2026-11-22-new.md", canonical_url="https://blog.example/old/"
)  # what its name was has that address
OLD, AUTHOR = "_posts/2026-11-22-old.md", "urn:li:person:abc"
DRAFT = Draft(
    post=NEW.key,
    title=None,
    text="Words\n\nhttps://blog.example/new/",
    wire="",
    limit=3000,
    fold=None,
    shortened=False,
    visibility="PUBLIC",
    link="https://blog.example/new/",
)
AS_OLD = text_digest(replace(DRAFT, text="Words\n\nhttps://blog.example/old/"))


@pytest.fixture
def run():
    return a_run(NEW)


def sent(run, post=OLD, digest=AS_OLD):
    key = EntryKey(site=run.site, account="default", post=post)
    claim = run.ledger.claim(key, author=AUTHOR, text_digest=digest, owner="h/1", now=NOW, lease=timedelta(minutes=5))
    assert run.ledger.mark_sending(claim, request_digest="r", now=NOW, lease=timedelta(minutes=5))
    return claim


def test_the_entry_of_a_post_under_its_former_name_is_found(run):
    claim = sent(run)
    assert Names(run).former_entry(DRAFT, AUTHOR) == run.ledger.get(claim.key)


def test_a_post_whose_file_is_there_is_another_post(run):
    sent(run)
    names = Names(replace(run, source=FakeSource({NEW.key: NEW, OLD: a_post(OLD)})))
    assert names.former_entry(DRAFT, AUTHOR) is None


def test_what_another_machine_sends_meanwhile_is_found(run):
    names = Names(run)
    assert names.former_entry(DRAFT, AUTHOR) is None
    sent(run)
    assert names.former_entry(DRAFT, AUTHOR)


def test_what_surely_did_not_arrive_after_all_is_no_former_entry(run):
    names, claim = Names(run), sent(run)
    assert names.former_entry(DRAFT, AUTHOR)
    run.ledger.fail(claim, Failure.REFUSED, "no", now=NOW)
    assert names.former_entry(DRAFT, AUTHOR) is None


def test_what_was_noted_stays_when_the_ledger_tells_of_changes_alone(run, monkeypatch):
    sent(run)
    told = [run.ledger.arrived(run.site, "default", AUTHOR), Arrived({}, (9,)), Arrived({}, (9,))]
    marks = []
    monkeypatch.setattr(
        run.ledger, "arrived", lambda *of: marks.append(of[3]) or replace(told.pop(0), mark=(len(told),))
    )
    names = Names(run)
    assert all(names.former_entry(DRAFT, AUTHOR) for _ in range(3))
    assert marks == [None, (2,), (1,)]
