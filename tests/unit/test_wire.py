"""Requests to LinkedIn, byte for byte, and what its headers and versions mean."""

import json
from datetime import date

import pytest

from crosspost.errors import CrosspostError
from crosspost.linkedin import wire
from crosspost.model import Article, Draft

AUTHOR = "urn:li:person:aB3"
TODAY = date(2026, 11, 22)


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


@pytest.mark.parametrize("version", ["202601", "202604", "202607", "202608", "202609", "202610", "202611"])
def test_a_version_that_is_alive_is_no_problem(version):
    assert wire.version_problem(version, TODAY) is None


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("", "no LinkedIn API version"),
        ("latest", "no LinkedIn API version"),
        ("2026-09", "no LinkedIn API version"),
        ("202600", "no LinkedIn API version"),
        ("202613", "no LinkedIn API version"),
        ("20260901", "no LinkedIn API version"),
        ("202609\n", "no LinkedIn API version"),
        ("202412", "never released"),
        ("202512", "never released"),
        ("202612", "not released API version 202612 yet"),
        ("202511", "ended API version 202511 on 2026-11-16"),
        ("202508", "ended API version 202508 on 2026-08-17"),
        ("202301", "ended API version 202301 on 2024-01-15"),
    ],
)
def test_a_version_that_linkedin_will_refuse_says_why_and_what_to_set(version, words):
    problem = wire.version_problem(version, TODAY)
    assert words in problem.what
    assert wire.NEWEST_KNOWN_VERSION in problem.fix


@pytest.mark.parametrize("version", wire.SUNSETS)
def test_a_version_ends_on_the_day_that_linkedin_published(version):
    end = wire.SUNSETS[version]
    assert wire.version_problem(version, end.replace(day=end.day - 1)) is None
    assert wire.version_problem(version, end)


def test_a_version_without_a_published_end_lives_until_the_middle_of_its_twelfth_month():
    assert wire.version_problem("202609", date(2027, 9, 14)) is None
    assert wire.version_problem("202609", date(2027, 9, 15))


def test_a_version_is_warned_about_from_ten_months_on_and_not_after_its_end():
    assert wire.version_warning("202601", date(2026, 10, 31)) is None
    assert "about 2027-01-15" in wire.version_warning("202601", date(2026, 11, 1)).what
    assert wire.version_warning("202601", date(2027, 1, 15)) is None
    assert wire.version_warning("nonsense", TODAY) is None


def test_the_newest_known_version_is_neither_dead_nor_old():
    assert wire.version_problem(wire.NEWEST_KNOWN_VERSION, TODAY) is None
    assert wire.version_warning(wire.NEWEST_KNOWN_VERSION, TODAY) is None
