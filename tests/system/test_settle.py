"""Uncertain attempts settled by evidence, over real HTTP: one identical retry, or the author's own list of posts."""

import time
from datetime import timedelta

import pytest

from crosspost.demo.sample import API_DAY
from crosspost.pipeline import evidence
from crosspost.sandbox.server import Sandbox
from crosspost.sandbox.tokens import Token

TOKEN = "AQ-marked-token"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    """Five seconds for thirty: enough for a Date header, which has whole seconds."""
    monkeypatch.setattr(evidence, "PAUSE", timedelta(seconds=5))
    monkeypatch.setattr(evidence, "AFTERWARDS", timedelta(0))


@pytest.fixture
def naps(monkeypatch):
    """Skip the pause: what the sandbox has done is done."""
    monkeypatch.setattr(evidence, "_wait_for_a_late_arrival", lambda _run, _entry: None)


def server(**options):
    return Sandbox(tokens={TOKEN: Token()}, today=API_DAY, **options)


def published_at(sandbox):
    return f"https://www.linkedin.com/feed/update/{sandbox.posts[0].urn}/"


@pytest.mark.parametrize("fault", ["drop-before-commit", "reset-before-commit", "500", "502", "503"])
def test_what_never_arrived_is_there_once_after_the_retry(site, sandbox, naps, fault):
    site.point_to(sandbox, retry=True)
    path = site.post("hello", "Text.")
    sandbox.fault(fault)
    result = site.run("publish", "--json")
    assert (result.code, result.lines[0]["outcome"]) == (0, "published")
    assert len(sandbox.posts) == 1
    assert f"linkedin_url: {published_at(sandbox)}\n" in path.read_text()


@pytest.mark.parametrize("fault", ["drop-after-commit", "504-after-commit"])
def test_what_arrived_is_known_by_the_duplicate_that_names_it(site, sandbox, fault):
    site.point_to(sandbox, retry=True)
    path = site.post("hello", "Text.")
    sandbox.fault(fault)
    result = site.run("publish", "--json")
    assert (result.code, result.lines[0]["outcome"]) == (0, "published")
    assert len(sandbox.posts) == 1
    assert f"linkedin_url: {published_at(sandbox)}\n" in path.read_text()
    bodies = [request.body_sha256 for request in sandbox.requests if request.method == "POST"]
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]


def test_a_duplicate_that_names_an_id_made_up_for_the_refusal_is_not_believed(site):
    with server(duplicate_names="fresh") as sandbox:
        site.point_to(sandbox, retry=True)
        path = site.post("hello", "Text.")
        before = path.read_bytes()
        sandbox.fault("drop-after-commit")
        result = site.run("publish", "--json")
        assert (result.code, result.lines[0]["outcome"]) == (4, "uncertain")
        assert path.read_bytes() == before
        again = site.run("publish", "--json")
        assert (again.code, len(sandbox.posts)) == (4, 1)
        assert "recent-activity" in again.lines[0]["error"]


def test_an_old_twin_is_neither_retried_nor_adopted(site, sandbox, naps):
    """The author has posted this text by hand a minute ago."""
    site.point_to(sandbox, retry=True)
    site.post("hello", "Text.")
    site.run("publish")
    (site.folder / "_posts").joinpath(next((site.folder / "_posts").iterdir()).name).unlink()
    site.monkeypatch.setenv("CROSSPOST_LEDGER__URL", f"sqlite:///{site.folder}/fresh.sqlite3")
    site.post("hello", "Text.")
    result = site.run("publish", "--json")
    assert (result.code, result.lines[0]["outcome"]) == (4, "uncertain")
    assert "names https://www.linkedin.com/feed/update/" in result.lines[0]["error"]
    creates = sum(request.method == "POST" for request in sandbox.requests)
    site.run("publish")
    assert sum(request.method == "POST" for request in sandbox.requests) == creates
    assert len(sandbox.posts) == 1


@pytest.mark.parametrize("fault", ["drop-after-commit", "cut-body", "504-after-commit"])
def test_with_a_scope_that_reads_no_retry_is_needed(site, fault):
    with server(profile="partner") as sandbox:
        site.point_to(sandbox, retry=True)
        site.post("hello", "Costs (all of them) in C#. #tag")
        sandbox.fault(fault)
        result = site.run("publish", "--json")
        assert (result.code, result.lines[0]["outcome"], result.lines[0]["url"]) == (
            0,
            "published",
            published_at(sandbox),
        )
        creates = [request for request in sandbox.requests if request.method == "POST"]
        assert len(creates) == 1


def test_a_commit_that_is_late_is_known_by_the_retry(site, sandbox):
    site.point_to(sandbox, retry=True)
    site.post("hello", "Text.")
    sandbox.fault("late-commit", seconds=1)
    result = site.run("publish", "--json")
    assert (result.code, result.lines[0]["outcome"], result.lines[0]["url"]) == (0, "published", published_at(sandbox))
    assert len(sandbox.posts) == 1


def commit_after_the_retry(site, sandbox):
    site.point_to(sandbox, retry=True)
    site.post("hello", "Text.")
    sandbox.fault("late-commit", seconds=1)
    result = site.run("publish", "--json")
    assert (result.code, result.lines[0]["outcome"]) == (0, "published")
    time.sleep(1.5)


def test_a_commit_that_is_later_than_the_retry_is_refused_by_the_duplicate_check(site, sandbox, naps):
    commit_after_the_retry(site, sandbox)
    assert len(sandbox.posts) == 1


def test_without_a_duplicate_check_such_a_commit_would_be_a_second_post(site, naps):
    """What the retry rests on, and why it can be switched off (docs/settling.md)."""
    with server(duplicate_window=timedelta(0)) as sandbox:
        commit_after_the_retry(site, sandbox)
        assert len(sandbox.posts) == 2
