"""Requests to LinkedIn, byte for byte, and what its headers and versions mean."""

import json

import pytest

from crosspost.errors import CrosspostError
from crosspost.linkedin import wire
from crosspost.model import Article, Draft

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
