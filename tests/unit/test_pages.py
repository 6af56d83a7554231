"""No post goes out before its page is on the web."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from crosspost.daemon.keeper import Keeper
from crosspost.daemon.shelf import Shelf
from crosspost.model import OutcomeKind
from crosspost.pages import WebPages
from crosspost.pipeline.publish import publish
from doubles import NOW, FakeClock, a_post, a_run

URL = "https://blog.example/2026/a/"
A = a_post(canonical_url=URL, title="Costs & benefits")
CANONICAL = f'<link rel="canonical" href="{URL}">'


def page(head="", status=200, **headers):
    return httpx.Response(status, html=f"<!doctype html><head>{head}</head><body>…", headers=headers)


def look(*answers, url=URL, title="Costs & benefits"):
    """Return what was said to the last of the answers, and the requests."""
    requests, left = [], list(answers)

    def answer(request):
        requests.append(request)
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    pages = WebPages(FakeClock(), transport=httpx.MockTransport(answer))
    said = None
    while left:
        said = pages.lacking(url, title)
    return said, requests


@pytest.mark.parametrize(
    "head",
    [
        CANONICAL,
        '<link href="http://blog.example/2026/a#top" rel="nofollow CANONICAL"/>',
        '<meta property="og:title" content="Costs &amp; benefits | My blog">',
        '<link rel=canonical href="https://medium.example/x"><meta property="og:title" content="costs  &amp;\nBenefits">',
    ],
)
def test_a_page_is_there_when_its_canonical_link_or_its_title_says_so(head):
    assert look(page(head))[0] is None


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (page(status=404), "it answers 404"),
        (page(CANONICAL, status=503), "it answers 503"),
        (page("<title>Costs & benefits</title>"), "neither a canonical link nor og:title"),
        (page('<link rel="canonical" href="https://blog.example/404.html">'), "it is another page"),
        (page('<meta property="og:title" content="Log in">'), "it is another page (Log in)"),
        (page('<link rel="canonical" href="http://[">'), "it is another page (http://[)"),
        (page("<![once["), "neither a canonical link nor og:title"),
        (httpx.ConnectError("no route"), "it does not answer (ConnectError)"),
        (httpx.ReadTimeout("slow"), "it does not answer (ReadTimeout)"),
        (httpx.Response(200, content=b"\xff" * 2_000_000), "neither a canonical"),
        (
            httpx.Response(200, content=b"x", headers={"content-type": "text/html; charset=klingon"}),
            "neither a canonical",
        ),
    ],
)
def test_anything_else_is_awaited_and_says_why(answer, said):
    assert said in look(answer)[0]


def test_a_page_is_followed_to_where_it_moved_but_not_in_circles():
    moved = httpx.Response(301, headers={"location": "https://www.blog.example/2026/a/"})
    assert look(moved, page(CANONICAL))[0] is None
    assert "TooManyRedirects" in look(*[moved] * 6)[0]


def test_it_asks_politely_without_credentials_and_only_for_what_is_new(monkeypatch):
    monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", "AQ-marked")
    said, requests = look(page('<meta property="og:title" content="Old">', etag='"1"'), httpx.Response(304))
    assert said == "it is another page (Old)"
    assert requests[0].headers["user-agent"].startswith("crosspost/")
    assert "if-none-match" not in requests[0].headers
    assert requests[1].headers["if-none-match"] == '"1"'
    assert not any("AQ-marked" in str(request.headers) or "authorization" in request.headers for request in requests)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://[", "blog.example/a"])
def test_only_the_web_is_asked(url):
    assert WebPages(FakeClock()).lacking(url, None) == "its address is none of the web"


class FakePages:
    """Pages that are not there for some looks."""

    def __init__(self, *, looks):
        self.left, self.asked = looks, []

    def lacking(self, url, title):
        self.asked.append((url, title))
        self.left -= 1
        return "it answers 404" if self.left >= 0 else None


def test_a_post_waits_for_its_page_and_goes_out_when_it_is_there():
    run = a_run(A, pages=FakePages(looks=1))
    (waiting,) = publish(run, [A.key], named=False)
    assert (waiting.kind, waiting.reason) == (OutcomeKind.WAITING, f"its page is awaited: it answers 404: {URL}")
    assert run.publisher.sent == []
    (outcome,) = publish(run, [A.key], named=False)
    assert outcome.kind is OutcomeKind.PUBLISHED
    assert run.pages.asked == [(URL, A.title)] * 2


def test_a_dry_run_asks_no_server_and_a_named_post_does_not_wait():
    run = a_run(A, pages=FakePages(looks=9))
    assert [one.kind for one in publish(run, [A.key], named=False, dry_run=True)] == [OutcomeKind.WOULD_PUBLISH]
    assert [one.kind for one in publish(run, [A.key], named=True)] == [OutcomeKind.PUBLISHED]
    assert run.pages.asked == []


def test_a_post_whose_page_has_no_address_says_what_to_do():
    run = a_run(replace(A, canonical_url=None), pages=FakePages(looks=9))
    (outcome,) = publish(run, [A.key], named=False)
    assert outcome.kind is OutcomeKind.FAILED
    assert "set url in _config.yml" in outcome.problem.fix


def test_the_daemon_looks_less_and_less_often_and_the_wait_ends_with_the_grace():
    run = a_run(A, pages=FakePages(looks=10**6), schedule={"grace": timedelta(hours=5)})
    shelf = Shelf(run.source)
    shelf.look(settled=True)
    keeper = Keeper(run=run, shelf=shelf, publisher=lambda: run.publisher)
    looks = []
    while (plan := keeper.plan()).next and run.clock.moment < NOW + timedelta(hours=9):
        if plan.send:
            looks.append(int((run.clock.moment - NOW) / timedelta(minutes=1)))
            keeper.attend(plan)
        else:
            run.clock.moment = plan.next
    assert looks == [0, 1, 3, 7, 15, 31, 61, 91, 121, 151, 181, 211]
    assert keeper.plan().outcomes[0].kind is OutcomeKind.MISSED
