"""What an author says about LinkedIn in the front matter, and where a post already is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crosspost.findings import Severity
from crosspost.jekyll import directives, published
from crosspost.jekyll.dates import Zones
from crosspost.model import Directives, Document, Picture, Poll, Video

ZONES = Zones.of(ZoneInfo("Europe/Berlin"), chosen=None, system=UTC)
POST = "https://www.linkedin.com/feed/update/urn:li:share:7242165496542806017/"
ACTIVITY = "https://www.linkedin.com/posts/jo_a-post-activity-7242165496542806017-TZin"


def read(front_matter, lines=(), key="linkedin_url"):
    return directives.read("p.md", front_matter, dict(lines), ZONES, key)


def wishes(front_matter, **more):
    found, findings = read(front_matter, **more)
    assert findings == ()
    return found


@pytest.mark.parametrize(
    ("front_matter", "publish"),
    [
        ({}, None),
        ({"crosspost": None, "linkedin": None}, None),
        ({"crosspost": True}, True),
        ({"crosspost": False}, False),
        ({"linkedin": True}, True),
        ({"linkedin": False}, False),
        ({"linkedin": {}}, True),
        ({"crosspost": False, "linkedin": {"text": "x"}}, False),
        ({"crosspost": True, "linkedin": False}, False),
        ({"linkedin": POST}, None),
        ({"linkedin": "https://www.linkedin.com/in/jo"}, None),
        ({"linkedin": ""}, None),
    ],
)
def test_a_no_wins_over_a_yes_and_an_address_says_nothing(front_matter, publish):
    assert wishes(front_matter).publish is publish


def test_the_mapping_sets_everything():
    linkedin = {
        "text": "T",
        "excerpt": "E",
        "hashtags": ["#a", "b", 2024, "a"],
        "image": "i.png",
        "alt": "A",
        "visibility": "connections",
        "link": False,
        "first_comment": "C",
        "at": "2024-09-18 09:40",
    }
    assert wishes({"linkedin": linkedin}) == Directives(
        publish=True,
        text="T",
        excerpt="E",
        hashtags=("a", "b", "2024"),
        image="i.png",
        alt="A",
        visibility="CONNECTIONS",
        link=False,
        first_comment="C",
        at=datetime(2024, 9, 18, 7, 40, tzinfo=UTC),
    )


def test_at_without_an_offset_is_in_the_sites_zone_even_as_a_yaml_timestamp():
    naive = datetime(2024, 9, 18, 9, 40)  # noqa: DTZ001 - the case itself
    assert wishes({"linkedin": {"at": naive}}).at == datetime(2024, 9, 18, 7, 40, tzinfo=UTC)


def test_hashtags_may_be_text():
    assert wishes({"linkedin": {"hashtags": "#a, b  c"}}).hashtags == ("a", "b", "c")
    assert wishes({"linkedin": {"hashtags": "machine learning, AI,, "}}).hashtags == ("machine learning", "AI")
    assert wishes({"linkedin": {"hashtags": []}}).hashtags == ()


def test_empty_values_say_nothing():
    assert wishes({"linkedin": {"text": None, "alt": " ", "link": None}}) == Directives(publish=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", 5),
        ("text", ["a"]),
        ("excerpt", True),
        ("hashtags", {"a": 1}),
        ("hashtags", [True]),
        ("hashtags", [["a"]]),
        ("at", "soon"),
        ("at", "2024-02-30"),
        ("visibility", "FRIENDS"),
        ("visibility", 1),
        ("link", "no"),
        ("image", {"path": "x"}),
        ("hastags", ["a"]),
    ],
)
def test_a_wrong_value_is_an_error_with_its_line(name, value):
    _, (finding,) = read({"linkedin": {name: value}}, lines={("linkedin", name): 7})
    assert (finding.code, finding.severity, finding.line) == ("XP007", Severity.ERROR, 7)
    assert f"linkedin.{name}" in finding.message


@pytest.mark.parametrize(
    "front_matter", [{"crosspost": "false"}, {"crosspost": {"a": 1}}, {"linkedin": "never"}, {"linkedin": 0}]
)
def test_an_unclear_wish_is_an_error_and_never_a_yes(front_matter):
    found, (finding,) = read(front_matter)
    assert finding.code == "XP007"
    assert found.publish is False


def test_all_wrong_values_are_told_at_once():
    assert len(read({"crosspost": 3, "linkedin": {"text": 1, "link": 2, "x": 3}})[1]) == 4


def test_the_address_may_lie_inside_the_mapping():
    assert wishes({"linkedin": {"url": POST, "text": "T"}}).text == "T"
    assert wishes({"linkedin": {"copy": POST}}, key="linkedin.copy").publish is True
    assert read({"linkedin": {"copy": POST}})[1] != ()


class TestPublished:
    @pytest.mark.parametrize(
        "front_matter",
        [
            {"linkedin_url": POST},
            {"linkedin_post": f" {POST} "},
            {"socials": {"linkedin": POST}},
            {"social_posts": {"linkedin": POST}},
            {"syndication": POST},
            {"syndication": ["https://example.social/@jo/1", POST]},
            {"syndication": [{"url": POST}]},
            {"linkedin": POST},
            {"linkedin": {"url": POST}},
            {"own": {"key": POST}},
        ],
    )
    def test_the_address_of_a_post_in_the_front_matter_says_where_it_is(self, front_matter):
        assert published.linkedin_url(front_matter, "", "own.key") == POST

    @pytest.mark.parametrize(
        "value",
        [
            *("", None, "link", "https://www.linkedin.com/in/jo", "https://www.linkedin.com/company/x/", 5, True),
            *("https://example.org/posts/a-activity-7242165496542806017-abcd", "https://www.linkedin.com/", {}, []),
        ],
    )
    def test_a_profile_and_what_is_no_address_say_nothing(self, value):
        assert published.linkedin_url({"linkedin_url": value, "syndication": value, "linkedin": value}, "", "x") is None

    def test_a_bare_urn_is_made_an_address(self):
        assert published.linkedin_url({"linkedin_url": "urn:li:share:5"}, "", "x").endswith("/urn:li:share:5/")

    def test_an_article_on_linkedin_is_a_copy_too(self):
        address = "https://www.linkedin.com/pulse/some-title-jo/"
        assert published.linkedin_url({"linkedin_url": address}, "", "x") == address

    def test_the_footer_says_where_the_post_is(self):
        body = "Text\n\n[Check this post in LinkedIn]({})"
        assert published.linkedin_url({}, body.format(ACTIVITY), "x") == ACTIVITY
        assert published.linkedin_url({}, body.format("link"), "x") is None
        assert published.linkedin_url({}, body.format(ACTIVITY) + "\n\nMore text", "x") is None

    def test_a_damaged_footer_that_names_the_post_counts(self):
        found = published.linkedin_url({}, f"Text\n\n[Check this post in LinkedIn](l{ACTIVITY}mber_desktopink)", "x")
        assert found == "https://www.linkedin.com/feed/update/urn:li:activity:7242165496542806017/"

    def test_the_front_matter_comes_before_the_footer_and_the_own_key_before_others(self):
        body = f"Text\n\n[Check this post in LinkedIn]({ACTIVITY})"
        assert published.linkedin_url({"linkedin_url": POST}, body, "x") == POST
        assert published.linkedin_url({"linkedin_url": POST, "x": ACTIVITY}, "", "x") == ACTIVITY

    def test_with_the_own_key_alone_nothing_else_counts(self):
        body = f"Text\n\n[Check this post in LinkedIn]({ACTIVITY})"
        assert published.linkedin_url({"linkedin_url": POST}, body, "x", own_key_only=True) is None
        assert published.linkedin_url({"x": POST}, body, "x", own_key_only=True) == POST


# --- pictures, documents, videos, polls, mentions -------------------------------------------------------------------


def said(**linkedin):
    return wishes({"linkedin": linkedin}, lines={("linkedin", name): 4 for name in linkedin}.items())


def test_pictures_are_paths_or_mappings_and_know_their_line():
    found = said(images=["a.png", {"image": "b.png", "alt": "B"}])
    assert found.images == (Picture(source="a.png", line=4), Picture(source="b.png", alt="B", line=4))


def test_documents_and_videos_have_a_title_or_none():
    assert said(document="a.pdf").document == Document(source="a.pdf", line=4)
    assert said(document={"path": "a.pdf", "title": "T"}).document == Document(source="a.pdf", title="T", line=4)
    assert said(video={"path": "a.mp4", "title": None}).video == Video(source="a.mp4", line=4)


@pytest.mark.parametrize(
    ("duration", "read_as"),
    [
        (1, "ONE_DAY"),
        ("3", "THREE_DAYS"),
        ("7 days", "SEVEN_DAYS"),
        ("14d", "FOURTEEN_DAYS"),
        ("seven_days", "SEVEN_DAYS"),
    ],
)
def test_a_poll_lasts_as_long_as_linkedin_lets_it(duration, read_as):
    poll = said(poll={"question": " Tabs  or spaces? ", "options": ["Tabs", 4], "duration": duration}).poll
    assert poll == Poll(question="Tabs or spaces?", options=("Tabs", "4"), duration=read_as)


def test_a_poll_without_a_duration_lasts_three_days():
    assert said(poll={"question": "Q", "options": ["a", "b"]}).poll.duration == "THREE_DAYS"


def test_mentions_are_names_and_urns():
    names = {"Ada  Lovelace": "urn:li:person:aB_3", "Engines Ltd": " urn:li:organization:1 "}
    assert said(mentions=names).mentions == {
        "Ada Lovelace": "urn:li:person:aB_3",
        "Engines Ltd": "urn:li:organization:1",
    }


def two(**changes):
    return {"question": "Q", "options": ["a", "b"], **changes}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("images", "a.png"),
        ("images", ["a.png"]),
        ("images", ["a.png"] * 21),
        ("images", ["a.png", 3]),
        ("images", ["a.png", ""]),
        ("images", ["a.png", {"alt": "B"}]),
        ("images", ["a.png", {"image": "b.png", "alt": 3}]),
        ("images", ["a.png", {"image": "b.png", "title": "B"}]),
        ("images", ["a.png", {"image": "b.png", "alt": "x" * 4087}]),
        ("alt", "x" * 4087),
        ("document", 3),
        ("document", {"title": "T"}),
        ("document", ["a.pdf"]),
        ("document", {"path": "a.pdf", "title": "x" * 401}),
        ("video", {"path": ""}),
        ("poll", "Q"),
        ("poll", {"question": "Q"}),
        ("poll", two(options=["a"])),
        ("poll", two(options=["a", "a"])),
        ("poll", two(options=["a", "b", "c", "d", "e"])),
        ("poll", two(options=["a", {"b": 1}])),
        ("poll", two(options="a, b")),
        ("poll", two(options=["a", "x" * 31])),
        ("poll", two(options=["a", " "])),
        ("poll", two(question="x" * 141)),
        ("poll", two(question=" ")),
        ("poll", two(question=3)),
        ("poll", two(duration="2 days")),
        ("poll", two(duration="a week")),
        ("poll", two(votes=3)),
        ("mentions", ["Ada"]),
        ("mentions", {"Ada": "ada"}),
        ("mentions", {"Ada": "urn:li:organization:x"}),
        ("mentions", {"": "urn:li:person:1"}),
        ("first_comment", "x" * 1251),
    ],
)
def test_what_linkedin_would_not_take_is_wrong_at_its_line(name, value):
    _found, (finding,) = read({"linkedin": {name: value}}, lines=[(("linkedin", name), 4)])
    assert (finding.code, finding.line) == ("XP007", 4)
    assert f"`linkedin.{name}: " in finding.message


def test_a_post_carries_one_thing():
    _, findings = read({"linkedin": {"images": ["a.png", "b.png"], "poll": two(), "video": "a.mp4"}})
    assert [finding.code for finding in findings] == ["XP007", "XP007"]
    assert "a post carries one of them" in findings[0].message


@pytest.mark.parametrize("carried", [{"document": "a.pdf"}, {"video": "a.mp4"}, {"poll": two()}])
def test_a_picture_beside_what_is_carried_instead_of_it_is_not_dropped_in_silence(carried):
    (name,) = carried
    _, (finding,) = read({"linkedin": {**carried, "image": "a.png"}})
    assert finding.message == f"`linkedin.image: a.png` is not possible beside `{name}`: a post carries one of them"


def test_a_collection_that_is_wrong_is_not_shown_in_the_words_of_python():
    _, (finding,) = read({"linkedin": {"mentions": {"Ada": "ada"}}})
    assert finding.message.startswith("`linkedin.mentions: {…}` is not a mapping of names")
