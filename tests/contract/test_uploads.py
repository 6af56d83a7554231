"""Files to LinkedIn, and posts of every kind: the same suite against recorded answers and the sandbox over TCP."""

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from crosspost.errors import FileUnusable
from crosspost.findings import Finding
from crosspost.ledger.memory import MemoryLedger
from crosspost.linkedin.client import LinkedInPublisher
from crosspost.linkedin.versions import FixedVersion
from crosspost.media.site_files import Opened
from crosspost.model import (
    Article,
    Document,
    Draft,
    Failure,
    File,
    Gallery,
    Picture,
    Poll,
    Prepared,
    Receipt,
    Rejected,
    Upload,
    Video,
)
from crosspost.sandbox import DEMO_TOKEN, Sandbox, Token
from crosspost.sandbox.faults import KINDS
from media_samples import mp4, pdf, png

MEMBER = "urn:li:person:sandbox-member"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PART = 4_194_304
NEVER_SEND_THERE = "https://uploads.example.com/steal"


@dataclass
class MovingClock:
    """Time passes only while somebody sleeps, for the client and the sandbox alike."""

    moment: datetime = NOW
    naps: list[float] = field(default_factory=list)

    def now(self):
        return self.moment

    def sleep(self, seconds):
        self.naps.append(seconds)
        self.moment += timedelta(seconds=seconds)


@dataclass
class Shelf:
    """Files by the name under which a post has them; counts how often each is opened."""

    data: dict[str, bytes] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)

    def open(self, post, attachment):
        self.opened.append(attachment.source)
        if attachment.source not in self.data:
            raise FileUnusable(
                Finding(post=post, code="XP403", message=f"{attachment.source} is not there", fix="look")
            )
        return Opened(self.file(attachment), self.data[attachment.source])

    def file(self, attachment):
        data = self.data[attachment.source]
        kind = {Picture: "image", Document: "document", Video: "video"}[type(attachment)]
        return File(kind=kind, media_type="x/y", size=len(data), digest=hashlib.sha256(data).hexdigest())

    def put(self, attachment, data):
        self.data[attachment.source] = data
        return replace(attachment, file=self.file(attachment))

    def picture(self, name="a.png", alt="A", text=None):
        return self.put(Picture(source=name, alt=alt), png(name if text is None else text))


class RecordedService:
    """What LinkedIn answers on uploads, as recorded (linkedin-api, "Upload flows"), behind `httpx.MockTransport`."""

    api_url = "https://api.linkedin.com"
    tells = False  # how far a file is: not to a self-serve app
    initialized = (
        '{"value":{"uploadUrlExpiresAt":1750389188127,"uploadUrl":"https://www.linkedin.com/dms-uploads/%s","%s":"%s"}}'
    )

    def __init__(self, clock):
        self.requests, self.files, self.posts, self.comments = [], {}, [], []
        self._clock, self._faults, self._uploaded_at = clock, [], {}

    def fault(self, kind, on="POST /rest/posts", times=1, **details):
        self._faults += [(on, kind)] * times

    def transport(self):
        return httpx.MockTransport(self._answer)

    def names(self):
        return [self._name(request) for request in self.requests]

    @staticmethod
    def _name(request):
        path = re.sub(r"/dms-uploads/(\w+)/.*", r"/dms-uploads/\1/{key}", request.url.path)
        path = re.sub(r"/urn[^/]+", "/{urn}", path.replace("%3A", ":"))
        if path.endswith("/video/{key}"):
            path += "/{part}"
        return f"{request.method} {path}" + (f"?{request.url.query.decode()}" if request.url.query else "")

    def _answer(self, request):
        self.requests.append(request)
        name = self._name(request)
        waiting = next((fault for fault in self._faults if fault[0] == name), None)
        if waiting:
            self._faults.remove(waiting)
        kind = waiting[1] if waiting else None
        if kind in {"500", "503"}:
            return httpx.Response(int(kind), html="<h1>broken</h1>")
        if kind == "429":
            return httpx.Response(
                429, json={"serviceErrorCode": 101, "message": "Resource level throttle limit", "status": 429}
            )
        if kind == "drop-before-commit":
            raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
        if kind == "expired":
            error = {"code": "EXPIRED_UPLOAD_URL", "description": "The upload URL has expired"}
            return httpx.Response(400, json={"message": "no", "errorDetails": {"inputErrors": [error]}, "status": 400})
        return self._right(request, name, kind)

    def _right(self, request, name, kind):
        host, method = request.url.host, request.method
        if name.endswith("initializeUpload"):
            return self._announce(request, kind)
        if method == "PUT":
            assert host == "www.linkedin.com"
            return self._store(request, kind)
        if name.endswith("finalizeUpload"):
            return httpx.Response(200)
        if method == "GET":
            return self._status(request)
        if name.endswith("/comments"):
            return self._comment(request)
        self.posts.append(json.loads(request.content))
        urn = f"urn:li:share:73483495771308605{len(self.posts):02}"
        return httpx.Response(201, headers={"X-Restli-Id": urn})

    def _announce(self, request, fault):
        wanted = json.loads(request.content)["initializeUploadRequest"]
        assert wanted["owner"] == MEMBER
        kind = request.url.path.rpartition("/")[2].removesuffix("s")
        key = f"{kind}/{len(self.requests)}"
        urn = f"urn:li:{kind}:{len(self.requests)}"
        if fault == "foreign-upload-url":
            return httpx.Response(200, json={"value": {"uploadUrl": NEVER_SEND_THERE, kind: urn}})
        if kind != "video":
            return httpx.Response(200, text=self.initialized % (key, kind, urn))
        size, base = wanted["fileSizeBytes"], f"https://www.linkedin.com/dms-uploads/{key}"
        parts = [
            {"uploadUrl": f"{base}/{first}", "firstByte": first, "lastByte": min(first + PART, size) - 1}
            for first in range(0, size, PART)
        ]
        value = {"video": urn, "uploadToken": "", "uploadUrlsExpireAt": 1, "uploadInstructions": parts[::-1]}
        return httpx.Response(200, json={"value": value})

    def _store(self, request, fault):
        kind, number = request.url.path.split("/")[2:4]
        urn = f"urn:li:{kind}:{number}"
        if kind == "video":
            assert "Authorization" not in request.headers
        else:
            assert request.headers["Authorization"] == f"Bearer {DEMO_TOKEN}"
        assert request.headers["Content-Type"] == "application/octet-stream"
        self.files[urn] = self.files.get(urn, b"") + request.content
        self._uploaded_at[urn] = (self._clock.now(), fault)
        return httpx.Response(200 if kind == "video" else 201, headers={"ETag": f'"{len(self.files[urn])}"'})

    def _status(self, request):
        urn = request.url.path.rpartition("/")[2].replace("%3A", ":")
        if ":video:" not in urn:
            text = "Accessing this image resource is forbidden. Please check your permissions for this resource"
            return httpx.Response(
                403, json={"serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": text, "status": 403}
            )
        if urn not in self._uploaded_at:
            return httpx.Response(404, json={"status": 404, "code": "NOT_FOUND", "message": "Could not find entity"})
        at, fault = self._uploaded_at[urn]
        done = "PROCESSING_FAILED" if fault == "processing-failed" else "AVAILABLE"
        return httpx.Response(
            200, json={"status": "PROCESSING" if self._clock.now() - at < timedelta(seconds=2) else done}
        )

    def _comment(self, request):
        if request.url.path.startswith("/rest/"):
            text = "Not enough permissions to access: partnerApiSocialActions.CREATE.20260901"
            return httpx.Response(
                403, json={"serviceErrorCode": 100, "code": "ACCESS_DENIED", "message": text, "status": 403}
            )
        if not any(pause >= 2 for pause in self._clock.naps):
            text = "Unable to obtain activity for urn urn:li:share:1"
            return httpx.Response(404, json={"status": 404, "code": "NOT_FOUND", "message": text})
        self.comments.append(json.loads(request.content)["message"]["text"])
        return httpx.Response(201, headers={"X-Restli-Id": "1"})


class SandboxService:
    """The project's own server, over TCP."""

    def __init__(self, sandbox, *, tells):
        self.sandbox, self.api_url, self.fault, self.tells = sandbox, sandbox.url, sandbox.fault, tells

    @property
    def posts(self):
        return [{"content": post.sent_content} if post.sent_content else {} for post in self.sandbox.posts]

    @property
    def files(self):
        assets = self.sandbox._world.assets
        return {urn: asset.data for urn, asset in assets._all.items() if asset.data}

    @property
    def comments(self):
        return [comment.text for comment in self.sandbox.comments]

    def names(self):
        return [f"{one.method} {one.path}" for one in self.sandbox.requests]

    def transport(self):
        return None


@pytest.fixture
def clock():
    return MovingClock()


@pytest.fixture(params=["recorded", "sandbox", "sandbox-partner"])
def service(request, clock):
    if request.param == "recorded":
        yield RecordedService(clock)
        return
    profile = "partner" if request.param.endswith("partner") else "self-serve"
    with Sandbox(tokens={DEMO_TOKEN: Token()}, now=clock.now, today=NOW.date(), profile=profile) as sandbox:
        yield SandboxService(sandbox, tells=profile == "partner")


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def ledger():
    return MemoryLedger(alive=lambda _owner: True)


@pytest.fixture
def publisher(service, clock, shelf, ledger):
    def make(**changes):
        settings = {
            "api_url": service.api_url,
            "author": "",
            "timeout": 5,
            "clock": clock,
            "files": shelf,
            "uploads": ledger,
        }
        return LinkedInPublisher(
            api_version=FixedVersion("202609"),
            token=lambda: DEMO_TOKEN,
            transport=service.transport(),
            **{**settings, **changes},
        )

    return make


def a_draft(text="Hello", **changes):
    fields = {"title": "Hello", "wire": text, "limit": 3000, "fold": None, "shortened": False, "visibility": "PUBLIC"}
    return Draft(post="_posts/2026-11-22-hello.md", text=text, **{**fields, **changes})


def publish(publisher, draft, **options):
    prepared = publisher.prepare(draft, MEMBER, **options)
    assert isinstance(prepared, Prepared), prepared
    answer = publisher.send(prepared)
    assert isinstance(answer, Receipt), answer
    return answer


def rejection(publisher, draft, **options):
    prepared = publisher.prepare(draft, MEMBER, **options)
    assert isinstance(prepared, Rejected)
    assert prepared.problem.linkedin_has == "nothing was published"
    return prepared


def content(service):
    return service.posts[-1]["content"]


def puts(service):
    return sum(name.startswith("PUT") for name in service.names())


def test_one_picture_goes_in_media_for_a_gallery_of_one_is_refused(service, publisher, shelf):
    picture = shelf.picture()
    publish(publisher(), a_draft(media=Gallery((picture,))))
    ((urn, data),) = service.files.items()
    assert content(service) == {"media": {"id": urn, "altText": "A"}}
    assert data == shelf.data["a.png"]


def test_twenty_pictures_are_shown_in_their_order(service, publisher, shelf):
    pictures = tuple(shelf.picture(f"{number}.png", alt=f"number {number}") for number in range(20))
    publish(publisher(), a_draft(media=Gallery(pictures)))
    images = content(service)["multiImage"]["images"]
    assert [image["altText"] for image in images] == [f"number {number}" for number in range(20)]
    assert [service.files[image["id"]] for image in images] == [shelf.data[f"{number}.png"] for number in range(20)]


def test_a_picture_without_alternative_text_has_no_such_key(service, publisher, shelf):
    publish(publisher(), a_draft(media=Gallery((shelf.picture(alt=None),))))
    assert list(content(service)["media"]) == ["id"]


def test_a_card_has_its_picture_and_what_it_shows(service, publisher, shelf):
    card = Article(
        source="https://example.com/", title="T", description="D", thumbnail=shelf.picture(alt="Zwei [Bäume]")
    )
    publish(publisher(), a_draft(article=card))
    (urn,) = service.files
    fields = {"source": "https://example.com/", "title": "T", "description": "D"}
    assert content(service) == {"article": {**fields, "thumbnail": urn, "thumbnailAltText": "Zwei [Bäume]"}}


def test_a_document_has_a_title(service, publisher, shelf):
    document = shelf.put(Document(source="a.pdf", title="The slides"), pdf())
    receipt = publish(publisher(), a_draft(media=document))
    (urn,) = service.files
    assert urn.startswith("urn:li:document:")
    assert content(service) == {"media": {"id": urn, "title": "The slides"}}
    assert receipt.url


def test_a_video_goes_in_parts_without_the_token_and_is_put_together(service, publisher, shelf):
    data = mp4(size=2 * PART + 1000)
    video = shelf.put(Video(source="a.mp4", title="Film"), data)
    publish(publisher(), a_draft(media=video))
    assert content(service)["media"]["title"] == "Film"
    assert service.files[content(service)["media"]["id"]] == data
    assert puts(service) == 3


def test_a_poll_needs_no_file(service, publisher):
    publish(publisher(), a_draft(media=Poll(question="Q (a)?", options=("[a]", "b"), duration="SEVEN_DAYS")))
    poll = {"question": "Q (a)?", "options": [{"text": "[a]"}, {"text": "b"}], "settings": {"duration": "SEVEN_DAYS"}}
    assert content(service) == {"poll": poll}
    assert puts(service) == 0


def test_a_text_has_no_content_for_null_is_refused(service, publisher):
    publish(publisher(), a_draft())
    assert "content" not in service.posts[-1]


def test_the_post_waits_until_linkedin_is_done_with_the_picture(service, publisher, shelf, clock):
    publish(publisher(), a_draft(media=Gallery((shelf.picture(),))))
    assert len(service.posts) == 1, "sent too early it would be a phantom"
    assert clock.moment - NOW >= timedelta(seconds=2)


def test_where_the_token_may_not_ask_it_asks_once_and_waits_five_seconds(service, publisher, shelf, clock):
    ready = publisher()
    publish(ready, a_draft("one", media=Gallery((shelf.picture("a.png"), shelf.picture("b.png")))))
    publish(ready, a_draft("two", media=Gallery((shelf.picture("c.png"),))))
    asked = [name for name in service.names() if name.startswith("GET /rest/images")]
    if service.tells:
        assert len(asked) > 3
    else:
        assert len(asked) == 1
        assert clock.naps == [5, 0, 5]


def test_a_retry_does_not_upload_again(service, publisher, shelf):
    draft = a_draft(media=Gallery((shelf.picture(),)))
    one = publisher().prepare(draft, MEMBER)
    two = publisher().prepare(draft, MEMBER)
    assert one == two, "the same bytes, since an identical repeat is evidence"
    assert (puts(service), len(service.files)) == (1, 1)


def test_the_same_picture_in_a_later_post_is_not_uploaded_again(service, publisher, shelf, clock):
    publish(publisher(), a_draft("one", media=Gallery((shelf.picture("a.png", text="same"),))))
    clock.sleep(7200)
    naps = len(clock.naps)
    publish(publisher(), a_draft("two", media=Gallery((shelf.picture("b.png", text="same"),))))
    assert (puts(service), shelf.opened) == (1, ["a.png"])
    assert len(clock.naps) == naps, "nobody need ask whether LinkedIn is done with it"


def test_another_author_or_another_server_has_uploads_of_its_own(service, publisher, shelf, ledger):
    picture = shelf.picture()
    for payer in ("urn:li:person:other", f"{MEMBER} on https://elsewhere.example"):
        ledger.record_upload(
            Upload(payer=payer, digest=picture.file.digest, kind="image", urn="urn:li:image:x", at=NOW)
        )
    publish(publisher(), a_draft(media=Gallery((picture,))))
    assert puts(service) == 1


def test_an_interrupted_gallery_goes_on_where_it_was(service, publisher, shelf):
    pictures = tuple(shelf.picture(f"{number}.png") for number in range(3))
    service.fault("500", on="POST /rest/images?action=initializeUpload", times=1)
    del shelf.data["2.png"]
    assert rejection(publisher(), a_draft(media=Gallery(pictures))).failure is Failure.REFUSED
    shelf.picture("2.png")
    publish(publisher(), a_draft(media=Gallery(pictures)))
    assert puts(service) == 3


ON_THE_WAY = ("POST /rest/images?action=initializeUpload", "PUT /dms-uploads/image/{key}")


@pytest.mark.parametrize("trouble", [(kind, on) for kind in ("500", "503", "drop-before-commit") for on in ON_THE_WAY])
def test_what_fails_on_the_way_is_repeated_after_one_two_and_four_seconds(service, publisher, shelf, clock, trouble):
    kind, on = trouble
    service.fault(kind, on=on, times=3)
    publish(publisher(), a_draft(media=Gallery((shelf.picture(),))))
    assert clock.naps[:3] == [1, 2, 4]


@pytest.mark.parametrize("on", ON_THE_WAY)
def test_what_keeps_failing_publishes_nothing_and_is_tried_by_the_next_run(service, publisher, shelf, on):
    service.fault("500", on=on, times=4)
    answer = rejection(publisher(), a_draft(media=Gallery((shelf.picture(),))))
    assert answer.failure is Failure.NOT_SENT
    assert answer.problem.what.startswith("a.png is not at LinkedIn")
    assert not service.posts


def test_a_throttled_upload_says_until_when(service, publisher, shelf, clock):
    service.fault("429", on="POST /rest/images?action=initializeUpload")
    answer = rejection(publisher(), a_draft(media=Gallery((shelf.picture(),))))
    assert (answer.failure, answer.retry_at) == (Failure.THROTTLED, datetime(2026, 11, 23, tzinfo=UTC))
    assert clock.naps == []


def test_nothing_goes_to_an_address_of_somebody_else(service, publisher, shelf):
    service.fault("foreign-upload-url", on="POST /rest/images?action=initializeUpload")
    answer = rejection(publisher(), a_draft(media=Gallery((shelf.picture(),))))
    assert "not its own" in answer.problem.what
    assert puts(service) == 0


def test_a_file_that_linkedin_cannot_process_is_sent_once_more_where_it_says_so(service, publisher, shelf):
    video = shelf.put(Video(source="a.mp4"), mp4())
    service.fault("processing-failed", on="PUT /dms-uploads/video/{key}/{part}")
    publish(publisher(), a_draft(media=video))
    assert puts(service) == 2


def test_a_file_that_linkedin_never_can_process_is_refused(service, publisher, shelf):
    video = shelf.put(Video(source="a.mp4"), mp4())
    service.fault("processing-failed", on="PUT /dms-uploads/video/{key}/{part}", times=2)
    answer = rejection(publisher(), a_draft(media=video))
    assert answer.failure is Failure.REFUSED
    assert answer.problem.what == "LinkedIn cannot use a.mp4"
    assert puts(service) == 2


def test_to_renew_is_to_upload_again(service, publisher, shelf, ledger):
    picture = shelf.picture()
    publisher().prepare(a_draft(media=Gallery((picture,))), MEMBER)
    publisher().prepare(a_draft(media=Gallery((picture,))), MEMBER, renew=True)
    assert puts(service) == 2
    newest = [upload.urn for upload in [ledger.upload(_payer(service), picture.file.digest)]]
    assert newest == [list(service.files)[-1]]


def _payer(service):
    return MEMBER if service.api_url == "https://api.linkedin.com" else f"{MEMBER} on {service.api_url}"


def test_an_upload_on_record_that_linkedin_does_not_have_is_no_dead_end(service, publisher, shelf, ledger):
    video = shelf.put(Video(source="a.mp4"), mp4())
    gone = Upload(payer=_payer(service), digest=video.file.digest, kind="video", urn="urn:li:video:gone", at=NOW)
    ledger.record_upload(gone)
    publish(publisher(), a_draft(media=video))
    assert puts(service) == 1


def test_a_file_that_changed_after_it_was_looked_at_is_not_sent(service, publisher, shelf):
    picture = shelf.picture()
    shelf.data["a.png"] = png("other")
    answer = rejection(publisher(), a_draft(media=Gallery((picture,))))
    assert answer.failure is Failure.NOT_SENT
    assert "changed meanwhile" in answer.problem.what
    assert puts(service) == 0


def test_a_file_that_changes_while_it_is_sent_is_not_named_in_a_post(service, publisher, shelf, monkeypatch):
    picture = shelf.picture()
    monkeypatch.setattr(
        Opened, "read", lambda opened, first, size: png("other")[first : first + size].ljust(size, b"x")
    )
    answer = rejection(publisher(), a_draft(media=Gallery((picture,))))
    assert "changed meanwhile" in answer.problem.what
    assert not service.posts


def test_a_limit_that_is_reached_while_waiting_is_told_and_the_upload_is_kept(service, publisher, shelf):
    video = shelf.put(Video(source="a.mp4"), mp4())
    service.fault("429", on="GET /rest/videos/{urn}")
    answer = rejection(publisher(), a_draft(media=video))
    assert answer.failure is Failure.THROTTLED
    publish(publisher(), a_draft(media=video))
    assert puts(service) == 1


def test_a_file_nobody_could_look_at_is_opened_and_sent(service, publisher, shelf):
    picture = replace(shelf.picture(), file=None)
    publish(publisher(), a_draft("one", media=Gallery((picture,))))
    publish(publisher(), a_draft("two", media=Gallery((picture,))))
    assert puts(service) == 1


def test_a_file_that_is_gone_keeps_its_post_from_being_sent(service, publisher, shelf):
    picture = shelf.picture()
    shelf.data.clear()
    answer = rejection(publisher(), a_draft(media=Gallery((picture,))))
    assert (answer.failure, answer.problem.what) == (Failure.REFUSED, "a.png is not there")
    assert not service.posts


def test_half_a_character_in_an_alternative_text_refuses_the_post_alone(publisher, shelf):
    answer = publisher().prepare(a_draft(media=Gallery((shelf.picture(alt="\ud83d"),))), MEMBER)
    assert isinstance(answer, Rejected)
    assert answer.failure is Failure.REFUSED


def test_a_first_comment_waits_for_the_post_and_takes_the_other_route_only_where_it_may(service, publisher):
    ready = publisher(comment_fallback=True)
    receipt = publish(ready, a_draft())
    assert ready.comment(receipt.urn, MEMBER, "First (really)") is None
    assert service.comments == ["First (really)"]


def test_a_first_comment_that_is_not_permitted_says_so(service, publisher):
    if service.tells:
        pytest.skip("a partner may comment")
    ready = publisher()
    receipt = publish(ready, a_draft())
    problem = ready.comment(receipt.urn, MEMBER, "First")
    assert "may not post" in problem.what or "Not enough permissions" in str(problem)
    assert service.comments == []


def test_a_comment_that_may_have_arrived_is_not_sent_again(publisher, service, clock):
    ready = publisher(comment_fallback=True)
    receipt = publish(ready, a_draft())
    service.fault("drop-before-commit", on="POST /rest/socialActions/{urn}/comments")
    assert ready.comment(receipt.urn, MEMBER, "First") is not None
    assert service.comments == []
    assert clock.naps == []


def test_waiting_for_the_activity_of_a_post_ends(publisher, service, clock):
    problem = publisher(comment_fallback=True).comment("urn:li:share:7000000000000000000", MEMBER, "First")
    if isinstance(service, RecordedService):
        assert problem is None, "it knows no post by name"
    else:
        assert problem is not None
        assert sum(clock.naps) == 30


# What strikes a post itself, or has tests of its own above.
ELSEWHERE = {"processing-failed", "foreign-upload-url", "no-id", "location-only", "late-commit"}


@pytest.mark.parametrize("on", ON_THE_WAY)
@pytest.mark.parametrize("kind", sorted(set(KINDS) - ELSEWHERE))
def test_no_fault_on_the_way_publishes_anything_or_costs_the_post(clock, shelf, ledger, kind, on):
    with Sandbox(tokens={DEMO_TOKEN: Token()}, now=clock.now, today=NOW.date()) as sandbox:

        def ready(timeout):
            return LinkedInPublisher(
                api_url=sandbox.url,
                api_version=FixedVersion("202609"),
                token=lambda: DEMO_TOKEN,
                author="",
                timeout=timeout,
                clock=clock,
                files=shelf,
                uploads=ledger,
            )

        draft = a_draft(media=Gallery((shelf.picture(),)))
        sandbox.fault(kind, on=on, times=99, seconds=2)
        first = ready(0.2 if kind == "slow" else 5).prepare(draft, MEMBER)
        assert DEMO_TOKEN not in repr(first)
        assert not sandbox.posts
        if isinstance(first, Rejected):
            assert first.problem.linkedin_has == "nothing was published"
            assert first.problem.fix
            assert first.failure is not Failure.REFUSED, "the file is not at fault"
        sandbox._faults.clear()
        publish(ready(5), draft)
        assert len(sandbox.posts) == 1
        assert sandbox.phantoms == ()
