"""Requests to LinkedIn, byte for byte, and what its headers and versions mean."""

import json

import pytest

from crosspost.errors import CrosspostError
from crosspost.linkedin import announced, content, wire
from crosspost.linkedin.endpoint import may_upload_to
from crosspost.model import Article, Document, Draft, Gallery, Picture, Poll, Video

AUTHOR = "urn:li:person:aB3"


def a_draft(wire_text="Hello", **changes):
    fields = {"title": None, "text": "shown", "limit": 3000, "fold": None, "shortened": False, "visibility": "PUBLIC"}
    return Draft(post="p", wire=wire_text, **{**fields, **changes})


def test_a_text_post_is_exactly_the_documented_body():
    assert wire.create_body(a_draft("Hello\nC\\#"), AUTHOR) == (
        b'{"author":"urn:li:person:aB3","commentary":"Hello\\nC\\\\#","visibility":"PUBLIC",'
        b'"distribution":{"feedDistribution":"MAIN_FEED","targetEntities":[],"thirdPartyDistributionChannels":[]},'
        b'"lifecycleState":"PUBLISHED","isReshareDisabledByAuthor":false}'
    )


def test_the_body_is_utf_8_and_not_escaped_to_ascii():
    body = wire.create_body(a_draft("1️⃣ naïve “日本” 🚀\u2028"), AUTHOR)
    assert "1️⃣ naïve “日本” 🚀\u2028".encode() in body


@pytest.mark.parametrize("visibility", ["PUBLIC", "CONNECTIONS", "LOGGED_IN"])
def test_the_visibility_is_the_drafts(visibility):
    assert json.loads(wire.create_body(a_draft(visibility=visibility), AUTHOR))["visibility"] == visibility


def test_a_post_without_a_card_has_no_content_key_for_null_is_refused():
    assert "content" not in json.loads(wire.create_body(a_draft(), AUTHOR))


def test_a_card_is_sent_as_plain_text_after_everything_else():
    card = Article(source="https://example.com/a_(b)", title="C# (new)", description="What's _new_")
    body = wire.create_body(a_draft(article=card), AUTHOR)
    assert body.endswith(
        b',"content":{"article":{"source":"https://example.com/a_(b)","title":"C# (new)","description":"What\'s _new_"}}}'
    )


@pytest.mark.parametrize("description", [None, ""])
def test_a_card_without_a_description_has_no_such_key(description):
    card = Article(source="https://example.com", title="T", description=description)
    article = json.loads(wire.create_body(a_draft(article=card), AUTHOR))["content"]["article"]
    assert article == {"source": "https://example.com", "title": "T"}


def test_half_a_character_is_refused_with_its_number():
    with pytest.raises(CrosspostError, match=r"U\+D83D"):
        wire.create_body(a_draft("broken \ud83d"), AUTHOR)


def test_a_versioned_call_carries_version_protocol_type_and_token():
    assert wire.headers("tok", "202609").items() >= {
        ("Authorization", "Bearer tok"),
        ("LinkedIn-Version", "202609"),
        ("X-Restli-Protocol-Version", "2.0.0"),
        ("Content-Type", "application/json"),
    }


def test_an_unversioned_call_carries_no_version():
    assert "LinkedIn-Version" not in wire.headers("tok")


@pytest.mark.parametrize(
    ("headers", "urn"),
    [
        ({"X-Restli-Id": "urn:li:share:1"}, "urn:li:share:1"),
        ({"x-restli-id": "urn:li:ugcPost:2"}, "urn:li:ugcPost:2"),
        ({"x-restli-id": "urn%3Ali%3Ashare%3A3"}, "urn:li:share:3"),
        ({"x-linkedin-id": "urn:li:share:4"}, "urn:li:share:4"),
        ({"x-linkedin-id": "urn:li:share:4", "x-restli-id": "urn:li:share:5"}, "urn:li:share:5"),
        ({"location": "/posts/urn%3Ali%3Ashare%3A6", "x-restli-id": "urn:li:share:7"}, "urn:li:share:7"),
        ({"LOCATION": "/posts/urn%3Ali%3Ashare%3A6", "x-restli-id": "garbled"}, "urn:li:share:6"),
        ({"x-restli-id": "urn:li:share:8, urn:li:share:9"}, "urn:li:share:8"),
        ({"x-restli-id": "7348349577130860544"}, None),
        ({"x-restli-id": "urn:li:share:"}, None),
        ({"x-restli-id": "urn:li:share:" + "1" * 300}, None),
        ({"x-restli-id": "urn:li:share:१"}, None),
        ({"location": "http://["}, None),
        ({"location": "https://example.com/%ff%"}, None),
        ({}, None),
    ],
)
def test_the_id_of_a_post_comes_from_the_first_header_that_names_one(headers, urn):
    assert wire.urn_from(headers) == urn


def test_an_edit_changes_the_text_and_nothing_else():
    assert wire.edit_body(a_draft("a \\(b\\) 🚀")) == '{"patch":{"$set":{"commentary":"a \\\\(b\\\\) 🚀"}}}'.encode()
    with pytest.raises(CrosspostError, match="half a character"):
        wire.edit_body(a_draft("\ud83d"))


PICTURE = Picture(source="a.png", alt="Zwei (Bäume)")
URNS = {PICTURE: "urn:li:image:C4E10AQFn10iWtKexVA"}


def carried(urns=URNS, **changes):
    body = wire.create_body(a_draft(**changes), AUTHOR, urns)
    return body.partition(b',"content":')[2].removesuffix(b"}").decode()


def test_a_picture_is_the_documented_body():
    assert carried(media=Gallery((PICTURE,))) == (
        '{"media":{"id":"urn:li:image:C4E10AQFn10iWtKexVA","altText":"Zwei (Bäume)"}}'
    )


def test_pictures_are_the_documented_body():
    other = Picture(source="b.png")
    assert carried({**URNS, other: "urn:li:image:b"}, media=Gallery((PICTURE, other))) == (
        '{"multiImage":{"images":[{"id":"urn:li:image:C4E10AQFn10iWtKexVA","altText":"Zwei (Bäume)"},{"id":"urn:li:image:b"}]}}'
    )


def test_a_card_with_a_picture_is_the_recorded_body():
    card = Article(source="https://example.com/", title="T", description="D", thumbnail=PICTURE)
    assert carried(article=card) == (
        '{"article":{"source":"https://example.com/","title":"T","description":"D",'
        '"thumbnail":"urn:li:image:C4E10AQFn10iWtKexVA","thumbnailAltText":"Zwei (Bäume)"}}'
    )


def test_documents_and_videos_are_the_documented_body():
    document, video = Document(source="a.pdf", title="The slides"), Video(source="a.mp4")
    assert (
        carried({document: "urn:li:document:d"}, media=document)
        == '{"media":{"id":"urn:li:document:d","title":"The slides"}}'
    )
    assert carried({video: "urn:li:video:v"}, media=video) == '{"media":{"id":"urn:li:video:v"}}'


def test_a_poll_is_the_documented_body():
    poll = Poll(question="Q?", options=("a", "b"), duration="THREE_DAYS")
    assert carried({}, media=poll) == (
        '{"poll":{"question":"Q?","options":[{"text":"a"},{"text":"b"}],"settings":{"duration":"THREE_DAYS"}}}'
    )


def test_announcements_are_the_documented_bodies():
    assert content.announce_body(AUTHOR) == b'{"initializeUploadRequest":{"owner":"urn:li:person:aB3"}}'
    assert content.announce_body(AUTHOR, video_size=9) == (
        b'{"initializeUploadRequest":{"owner":"urn:li:person:aB3","fileSizeBytes":9,"uploadCaptions":false,"uploadThumbnail":false}}'
    )
    assert content.finalize_body("urn:li:video:v", "", ["a", "b"]) == (
        b'{"finalizeUploadRequest":{"video":"urn:li:video:v","uploadToken":"","uploadedPartIds":["a","b"]}}'
    )


# recorded in June 2025; the host and the name are LinkedIn's
INITIALIZED = (
    b'{"value":{"uploadUrlExpiresAt":1750389188127,"uploadUrl":"https://www.linkedin.com/dms-uploads/sp/v2/C4/x/0?ca=vector&app=1",'
    b'"image":"urn:li:image:C4E10AQFn10iWtKexVA"}}'
)


def test_the_recorded_answer_to_an_announcement_is_understood():
    place = announced.announced(INITIALIZED, "image", 7)
    assert place == announced.Announced(
        "urn:li:image:C4E10AQFn10iWtKexVA",
        (announced.Part("https://www.linkedin.com/dms-uploads/sp/v2/C4/x/0?ca=vector&app=1", 0, 7),),
    )


def parts(*bounds, **more):
    instructions = [{"uploadUrl": "https://www.linkedin.com/u", "firstByte": a, "lastByte": b} for a, b in bounds]
    return json.dumps(
        {"value": {"video": "urn:li:video:v", "uploadToken": "t", "uploadInstructions": instructions, **more}}
    ).encode()


def test_the_parts_of_a_video_come_in_the_order_of_their_bytes():
    place = announced.announced(parts((4, 9), (0, 3)), "video", 10)
    assert [(part.first, part.size) for part in place.parts] == [(0, 4), (4, 6)]
    assert place.token == "t"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "image"),
        (b"<html>", "image"),
        (b"[]", "image"),
        (b'{"value":[]}', "image"),
        (b'{"value":{"image":"urn:li:image:x"}}', "image"),
        (b'{"value":{"image":"urn:li:person:x","uploadUrl":"https://www.linkedin.com/u"}}', "image"),
        (b"[" * 100_000, "image"),
        (parts(), "video"),
        (parts((0, 8)), "video"),
        (parts((0, 3), (5, 9)), "video"),
        (parts((0, 5), (5, 9)), "video"),
        (parts((3, 2)), "video"),
        (parts((0, True)), "video"),
        (parts((0, 9), uploadInstructions="x"), "video"),
        (parts((0, 9), uploadInstructions=[3]), "video"),
    ],
)
def test_an_announcement_that_makes_no_sense_is_none(body, kind):
    assert announced.announced(body, kind, 10) is None


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://www.linkedin.com/dms-uploads/x?y=z", True),
        ("https://linkedin.com/x", True),
        ("https://a.b.linkedin.com:443/x", True),
        ("https://api.linkedin.com/x", True),
        ("http://www.linkedin.com/x", False),
        ("https://www.linkedin.com", False),
        ("https://www.linkedin.com:8443/x", False),
        ("https://linkedin.com.example/x", False),
        ("https://notlinkedin.com/x", False),
        ("https://user@www.linkedin.com/x", False),
        ("https://www.linkedin.com\\@evil.example/x", False),
        ("https://evil.example/www.linkedin.com/", False),
        ("https://www.linkedin.com/x\r\nHost: evil.example", False),
        ("https://www.linkedin.com/ x", False),
        ("http://127.0.0.1:8099/x", False),
        ("", False),
    ],
)
def test_files_and_the_token_go_to_linkedins_own_hosts_alone(url, may):
    assert may_upload_to(url, "https://api.linkedin.com") is may


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("http://127.0.0.1:8099/x", True),
        ("http://127.0.0.1:80990/x", False),
        ("http://127.0.0.1:8098/x", False),
        ("http://127.0.0.1:8099@evil.example/x", False),
        ("https://evil.example/x", False),
    ],
)
def test_a_server_on_this_machine_takes_the_files_that_are_meant_for_it(url, may):
    assert may_upload_to(url, "http://127.0.0.1:8099") is may
