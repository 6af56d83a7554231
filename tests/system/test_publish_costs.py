"""What publishing costs, counted: what each post takes, and what a run takes once."""

from collections import Counter

import httpx
import pytest

from crosspost.jekyll import discover, write_back
from crosspost.ledger import sqlite, sqlite_file
from crosspost.linkedin import exchange
from crosspost.sandbox.connection import ConnectionServer

# Four commits: the claim, with which the request counts against the day's limit; the intent before the POST; the receipt after
# it; and that the file says where.
STEPS = ("claim_new", "spend", "mark_sending", "settle_own", "mark_written_back")
A_POST = Counter((*STEPS, "notes", "spent", "newest_line", "arrived_since", "request", "connection")) + Counter(
    COMMIT=4
)


@pytest.fixture
def publish(site, sandbox, monkeypatch):
    """Publish so many due posts; return what that took."""
    counts = Counter()

    def counting(place, name, what):
        function = getattr(place, name)

        def wrapper(*arguments, **named):
            counts[what or arguments[1]] += 1
            return function(*arguments, **named)

        monkeypatch.setattr(place, name, wrapper)

    counting(sqlite, "execute", "")  # by the name of the statement
    counting(discover, "find", "listing")
    counting(write_back, "sweep", "sweep")
    counting(httpx.Client, "__init__", "client")
    counting(exchange._Worker, "__init__", "thread")
    counting(ConnectionServer, "process_request", "connection")
    connect = sqlite_file._connect

    def traced(*arguments):
        db = connect(*arguments)
        db.set_trace_callback(lambda sql: counts.update([sql] if sql == "COMMIT" else []))
        return db

    monkeypatch.setattr(sqlite_file, "_connect", traced)
    site.point_to(sandbox)

    def publish(posts, name):
        for number in range(posts):
            site.post(f"{name}-{number}", f"Text {number} of {name}.")
        counts.clear()
        before = len(sandbox.requests)
        result = site.run("publish", "--json")
        assert [line["outcome"] for line in result.lines if name in line["post"]] == ["published"] * posts
        return counts + Counter(request=len(sandbox.requests) - before)

    return publish


def test_each_post_takes_one_request_four_commits_and_no_look_at_the_other_posts(publish):
    publish(1, "first")  # makes the ledger
    two, five = publish(2, "two"), publish(5, "five")
    assert five - two == Counter({what: 3 * times for what, times in A_POST.items()})


def test_a_run_asks_who_it_is_makes_an_http_client_and_lists_the_site_once(publish):
    publish(1, "first")
    once = publish(3, "three") - Counter({what: 3 * times for what, times in A_POST.items()})
    assert once["client"] == once["thread"] == once["request"] == once["connection"] == 1
    assert once["sweep"] == 1  # of the one folder, for what killed processes left there
    assert once["listing"] == 2  # which posts there are, and before the first claim which names are gone
    assert once["entries"] == 3  # what to decide from, what went out today, and who the author is
    assert once["COMMIT"] == 1  # the sweep
