"""What every publisher must do, against a transport without a network and against the sandbox over TCP."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from crosspost.linkedin.client import LinkedInPublisher
from crosspost.linkedin.versions import FixedVersion, FoundVersion
from crosspost.model import Article, Done, Draft, Failure, Prepared, Receipt, Rejected, Unclear
from crosspost.sandbox import DEMO_TOKEN, Sandbox, Token

MEMBER = "urn:li:person:sandbox-member"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class StillClock:
    """A clock that stands still and remembers for how long it was asked to sleep."""

    naps: list[float] = field(default_factory=list)

    def now(self):
        return NOW

    def sleep(self, seconds):
        self.naps.append(seconds)


def a_draft(text="Hello", **changes):
    fields = {"title": "Hello", "wire": text, "limit": 3000, "fold": None, "shortened": False, "visibility": "PUBLIC"}
    return Draft(post="_posts/2026-11-22-hello.md", text=text, **{**fields, **changes})


class MockService:
    """A few answers of LinkedIn behind `httpx.MockTransport`, with the sandbox's names for faults."""

    api_url = "http://127.0.0.1:9"

    def __init__(self):
        self.bodies = []
        self._faults = []

    def fault(self, kind, on="POST /rest/posts", times=1, **details):
        self._faults += [(on, kind, details)] * times

    def transport(self):
        return httpx.MockTransport(self._answer)

    def _answer(self, request):
        endpoint = f"{request.method} {request.url.path}"
        waiting = next((fault for fault in self._faults if fault[0] == endpoint), None)
        if waiting:
            self._faults.remove(waiting)
        kind, details = waiting[1:] if waiting else (None, {})
        refusal = self._refusal(request)
        if refusal:
            return refusal
        if request.content and json.loads(request.content).keys() <= {"author"}:
            empty = httpx.Response(422, json={"message": "ERROR :: /commentary :: field is required", "status": 422})
            return self._failing(kind, details) or empty
        if endpoint == "GET /v2/userinfo":
            return self._failing(kind, details) or httpx.Response(200, json={"sub": "sandbox-member", "locale": {}})
        if not kind or kind.endswith("after-commit") or kind in {"slow", "cut-body", "no-id", "location-only"}:
            self.bodies.append(request.content)
        return self._failing(kind, details) or self._created(kind)

    def _refusal(self, request):
        token = request.headers["Authorization"].removeprefix("Bearer ")
        codes = {DEMO_TOKEN: 0, "expired": 65602, "revoked": 65601}
        if code := codes.get(token, 65600):
            return httpx.Response(401, json={"status": 401, "serviceErrorCode": code, "message": "no"})
        if request.headers.get("LinkedIn-Version", "202609") < "202601":
            return httpx.Response(
                426, json={"code": "NONEXISTENT_VERSION", "message": "Requested version is not active"}
            )
        if request.content and json.loads(request.content).get("author", MEMBER) != MEMBER:
            text = "Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/author]"
            return httpx.Response(403, json={"serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": text})
        if request.content and request.content in self.bodies:
            error = {"code": "DUPLICATE_POST", "description": "Duplicate post is detected"}
            text = "Content is a duplicate of urn:li:share:7295588489876647936"
            return httpx.Response(422, json={"message": text, "errorDetails": {"inputErrors": [error]}, "status": 422})
        return None

    def _failing(self, kind, details):
        if kind is None:
            return None
        if kind.startswith("drop"):
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        if kind.startswith("reset"):
            raise httpx.ReadError("[Errno 104] Connection reset by peer")
        if kind == "slow":
            raise httpx.ReadTimeout("The read operation timed out")
        if kind == "redirect":
            return httpx.Response(307, headers={"Location": "/elsewhere"})
        if kind.startswith("429"):
            wait = {"Retry-After": details["retry_after"]} if details else {}
            return httpx.Response(
                429, headers=wait, json={"serviceErrorCode": 101, "message": "Resource level throttle limit"}
            )
        if kind[:3].isdigit():
            return httpx.Response(int(kind[:3]), html="<h1>broken</h1>")
        return None

    def _created(self, kind):
        urn = f"urn:li:share:73483495771308605{len(self.bodies):02}"
        headers = {"X-Restli-Id": urn, "Location": "/posts/" + urn.replace(":", "%3A")}
        if kind in {"no-id", "location-only"}:
            del headers["X-Restli-Id"]
        if kind == "no-id":
            del headers["Location"]
        return httpx.Response(201, headers=headers, stream=_Broken() if kind == "cut-body" else None)


class _Broken(httpx.SyncByteStream):
    def __iter__(self):
        yield b'{"id'
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")


class SandboxService:
    """The project's own server, over TCP."""

    def __init__(self, sandbox):
        self._sandbox = sandbox
        self.api_url = sandbox.url
        self.fault = sandbox.fault

    @property
    def bodies(self):
        return self._sandbox.posts

    def transport(self):
        return None


@pytest.fixture(params=["mock", "sandbox"])
def service(request):
    if request.param == "mock":
        yield MockService()
        return
    tokens = {DEMO_TOKEN: Token(), "expired": Token(state="expired"), "revoked": Token(state="revoked")}
    with Sandbox(tokens=tokens, today=NOW.date()) as sandbox:
        yield SandboxService(sandbox)


@pytest.fixture
def clock():
    return StillClock()


@pytest.fixture
def publisher(service, clock):
    def make(token=DEMO_TOKEN, **changes):
        settings = {
            "api_url": service.api_url,
            "api_version": FixedVersion("202609"),
            "author": "",
            "timeout": 5,
            "clock": clock,
        }
        return LinkedInPublisher(token=lambda: token, transport=service.transport(), **{**settings, **changes})

    return make


def send(publisher, text="Hello", author=MEMBER):
    return publisher.send(publisher.prepare(a_draft(text), author))


def test_a_post_is_created_once_and_its_receipt_names_it(service, publisher):
    answer = send(publisher())
    assert isinstance(answer, Receipt)
    assert answer.urn.startswith("urn:li:share:")
    assert answer.url == f"https://www.linkedin.com/feed/update/{answer.urn}/"
    assert len(service.bodies) == 1


def test_a_post_with_a_card_and_every_kind_of_character_is_accepted(service, publisher):
    card = Article(source="https://example.com/a(b)", title="A \\ title: “quoted” 🚀", description="Über")
    ready = publisher()
    answer = ready.send(ready.prepare(a_draft("1️⃣ naïve \\(x\\)\n\n日本語 🚀", article=card), MEMBER))
    assert isinstance(answer, Receipt)


def test_preparing_twice_gives_the_same_bytes(publisher):
    one, two = (publisher().prepare(a_draft("né"), MEMBER) for _ in range(2))
    assert one == two
    assert isinstance(one, Prepared)


def test_nothing_is_sent_by_preparing(service, publisher):
    publisher().prepare(a_draft(), MEMBER)
    assert not service.bodies


def test_the_author_is_asked_of_linkedin_once(service, publisher, clock):
    ready = publisher()
    assert ready.author() == MEMBER
    service.fault("500", on="GET /v2/userinfo", times=9)
    assert ready.author() == MEMBER
    assert clock.naps == []


@pytest.mark.parametrize(
    ("setting", "urn"),
    [
        ("aB3", "urn:li:person:aB3"),
        (" urn:li:person:x ", "urn:li:person:x"),
        ("urn:li:organization:1", "urn:li:organization:1"),
    ],
)
def test_a_configured_author_is_taken_without_asking(service, publisher, setting, urn):
    service.fault("500", on="GET /v2/userinfo", times=9)
    assert publisher(author=setting).author() == urn


def test_asking_for_the_author_is_repeated_with_growing_pauses(service, publisher, clock):
    service.fault("503", on="GET /v2/userinfo", times=3)
    assert publisher().author() == MEMBER
    assert clock.naps == [1, 2, 4]


def test_asking_for_the_author_ends_after_three_repeats_and_leaves_no_doubt_about_a_post(service, publisher, clock):
    service.fault("drop-before-commit", on="GET /v2/userinfo", times=4)
    answer = publisher().author()
    assert isinstance(answer, Rejected)
    assert answer.failure is Failure.NOT_SENT
    assert answer.problem.linkedin_has == "nothing was sent"
    assert clock.naps == [1, 2, 4]


def test_a_refused_token_is_not_asked_about_again(publisher, clock):
    answer = publisher(token="expired").author()
    assert isinstance(answer, Rejected)
    assert answer.credentials
    assert clock.naps == []


@pytest.mark.parametrize(("token", "word"), [("expired", "expired"), ("revoked", "revoked"), ("unknown", "not know")])
def test_a_token_that_is_refused_is_told_as_such(service, publisher, token, word):
    answer = send(publisher(token=token))
    assert isinstance(answer, Rejected)
    assert (answer.failure, answer.credentials) == (Failure.DENIED, True)
    assert word in answer.problem.what
    assert "auth login" in answer.problem.fix
    assert not service.bodies


def test_another_author_is_denied(service, publisher):
    answer = send(publisher(), author="urn:li:person:somebody-else")
    assert isinstance(answer, Rejected)
    assert (answer.failure, answer.credentials) == (Failure.DENIED, False)
    assert "linkedin.author" in answer.problem.fix


def test_a_dead_version_is_denied_with_what_to_set(publisher):
    answer = send(publisher(api_version=FixedVersion("202511")))
    assert isinstance(answer, Rejected)
    assert answer.failure is Failure.DENIED
    assert "set linkedin.api_version to 202609" in answer.problem.fix


def test_a_dead_version_is_replaced_by_choice_and_the_post_goes_out_once(service, publisher):
    memory = {"version": "202511"}
    found = FoundVersion(
        recall=lambda: memory["version"], remember=lambda version: memory.update(version=version), today=NOW.date
    )
    assert isinstance(send(publisher(api_version=found)), Receipt)
    assert (memory, len(service.bodies)) == ({"version": "202609"}, 1)
    assert isinstance(send(publisher(api_version=found), "Another"), Receipt)


def test_whether_a_post_could_be_created_is_asked_without_creating_one(service, publisher):
    assert publisher().access() == Done()
    refused = publisher(token="expired").access()
    assert (refused.credentials, refused.problem.linkedin_has) == (True, "nothing was sent")
    dead = publisher(api_version=FixedVersion("202511")).access()
    assert "linkedin.api_version" in dead.problem.fix
    stranger = publisher(author="urn:li:organization:999").access()
    assert "linkedin.author" in stranger.problem.fix
    service.fault("503", times=4)
    assert "doctor" in publisher().access().problem.fix
    assert not service.bodies


def test_a_duplicate_is_unclear_because_the_first_may_be_ours(service, publisher):
    assert isinstance(send(publisher()), Receipt)
    answer = send(publisher())
    assert isinstance(answer, Unclear)
    assert "already has this text" in answer.problem.what
    assert "https://www.linkedin.com/feed/update/urn:li:share:" in answer.problem.what
    assert len(service.bodies) == 1


@pytest.mark.parametrize(
    ("fault", "posts"),
    [
        ("drop-before-commit", 0),
        ("drop-after-commit", 1),
        ("reset-before-commit", 0),
        ("reset-after-commit", 1),
        ("500", 0),
        ("500-after-commit", 1),
        ("502", 0),
        ("503", 0),
        ("504-after-commit", 1),
        ("redirect", 0),
    ],
)
def test_what_may_have_arrived_is_unclear_and_never_sent_again(service, publisher, fault, posts):
    service.fault(fault)
    answer = send(publisher())
    assert isinstance(answer, Unclear)
    assert answer.problem.linkedin_has == "the post may be on LinkedIn"
    assert "crosspost resolve" in answer.problem.fix
    assert len(service.bodies) == posts


def test_an_answer_that_comes_too_late_is_unclear(service, publisher):
    service.fault("slow")
    answer = send(publisher(timeout=0.3))
    assert isinstance(answer, Unclear)
    assert len(service.bodies) == 1


@pytest.mark.parametrize("fault", ["cut-body", "location-only"])
def test_a_broken_answer_does_not_lose_the_id_of_a_post_that_exists(service, publisher, fault):
    service.fault(fault)
    answer = send(publisher())
    assert isinstance(answer, Receipt)
    assert answer.urn.startswith("urn:li:share:")


def test_a_201_without_an_id_is_a_receipt_without_an_address(service, publisher):
    service.fault("no-id")
    answer = send(publisher())
    assert isinstance(answer, Receipt)
    assert (answer.urn, answer.url) == (None, None)


def test_a_throttled_post_waits_until_the_day_ends_in_utc(service, publisher):
    service.fault("429")
    answer = send(publisher())
    assert isinstance(answer, Rejected)
    assert answer.failure is Failure.THROTTLED
    assert answer.retry_at == datetime(2026, 11, 23, tzinfo=UTC)
    assert not service.bodies


@pytest.mark.parametrize(
    ("wait", "until"),
    [
        ("90", NOW + timedelta(seconds=90)),
        ("Sun, 22 Nov 2026 11:30:00 GMT", datetime(2026, 11, 22, 11, 30, tzinfo=UTC)),
    ],
)
def test_a_throttled_post_waits_as_long_as_linkedin_asks(service, publisher, wait, until):
    service.fault("429-retry-after", retry_after=wait)
    assert send(publisher()).retry_at == until
