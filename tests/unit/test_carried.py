"""Which of LinkedIn's kinds a post is, which picture is its own, and who is mentioned."""

import pytest

from crosspost.compose import compose
from crosspost.compose.mentions import find_mentions
from crosspost.errors import FileUnusable
from crosspost.findings import Finding
from crosspost.model import Directives, Document, File, Gallery, Picture, Poll, Site, Video
from crosspost.pipeline.attachments import looked_at
from crosspost.pipeline.draft import draft as draft_of
from crosspost.policy import TextPolicy
from doubles import FakeSource, a_post, a_run

SITE = Site(url="https://blog.example")
FILE = File(kind="image", media_type="image/png", size=1, digest="0", width=2, height=3)
POLL = Poll(question="Q?", options=("a", "b"))
ONE, TWO = Picture(source="1.png"), Picture(source="2.png")


def composed(card="article", front_matter=None, lines=None, url="https://blog.example/a/", **said):
    post = a_post(front_matter=front_matter or {}, lines=lines or {}, canonical_url=url, directives=Directives(**said))
    return compose(post, SITE, TextPolicy(card=card))


def kind(draft):
    if draft.article:
        return "card with picture" if draft.article.thumbnail else "card"
    match draft.media:
        case None:
            return "text"
        case Gallery(pictures):
            return f"{len(pictures)} pictures"
        case media:
            return type(media).__name__.lower()


@pytest.mark.parametrize(
    ("card", "front_matter", "said", "expected"),
    [
        ("article", {}, {}, "card"),
        ("article", {"image": "a.png"}, {}, "card with picture"),
        ("article", {}, {"image": "a.png"}, "card with picture"),
        ("article", {"image": "a.png"}, {"link": False}, "text"),
        ("article", {}, {"image": "a.png", "link": False}, "1 pictures"),
        ("image", {"image": "a.png"}, {}, "1 pictures"),
        ("image", {}, {"image": "a.png"}, "1 pictures"),
        ("image", {}, {}, "text"),
        ("document", {"pdf": "a.pdf"}, {}, "document"),
        ("document", {"image": "a.png"}, {}, "text"),
        ("document", {}, {"image": "a.png"}, "1 pictures"),
        ("none", {"image": "a.png"}, {}, "text"),
        ("none", {}, {"image": "a.png"}, "1 pictures"),
        ("article", {"pdf": "a.pdf"}, {}, "card"),
        ("article", {"image": "a.png"}, {"images": (ONE, TWO)}, "2 pictures"),
        ("none", {}, {"images": (ONE, TWO)}, "2 pictures"),
        ("article", {}, {"document": Document(source="a.pdf")}, "document"),
        ("article", {}, {"video": Video(source="a.mp4")}, "video"),
        ("image", {"image": "a.png"}, {"poll": POLL}, "poll"),
    ],
)
def test_what_the_author_says_comes_first_then_the_setting(card, front_matter, said, expected):
    assert kind(composed(card, front_matter, **said)) == expected


def test_without_an_address_of_the_site_a_picture_asked_for_goes_alone():
    assert kind(composed(url=None, image="a.png")) == "1 pictures"


@pytest.mark.parametrize(
    ("front_matter", "source", "alt"),
    [
        ({"image": "a.png"}, "a.png", None),
        ({"image": " a.png "}, "a.png", None),
        ({"image": {"path": "a.png", "alt": "A"}}, "a.png", "A"),
        ({"image": {"url": "a.png"}}, "a.png", None),
        ({"image": {"src": "a.png"}}, "a.png", None),
        ({"image": ["a.png", "b.png"]}, "a.png", None),
        ({"image": "a.png", "image_alt": "A"}, "a.png", "A"),
        ({"image": "a.png", "image-alt": "A"}, "a.png", "A"),
        ({"image": "", "img": "b.png"}, "b.png", None),
        ({"image": {"width": 3}, "img": "b.png"}, "b.png", None),
        ({"header": {"image": "h.png", "image_alt": "H"}}, "h.png", "H"),
        ({"image": 7, "header": {"image": "h.png"}}, "h.png", None),
        ({"image": [], "header": {"image": "h.png"}}, "h.png", None),
    ],
)
def test_the_picture_of_the_front_matter_in_the_forms_that_themes_have(front_matter, source, alt):
    picture = composed(front_matter=front_matter).article.thumbnail
    assert (picture.source, picture.alt, picture.asked) == (source, alt, False)


@pytest.mark.parametrize(
    "front_matter", [{"header": "x"}, {"header": None}, {"image": None}, {"image": True}, {"image": {}}]
)
def test_what_names_no_picture_is_none(front_matter):
    assert composed(front_matter=front_matter).article.thumbnail is None


def test_the_authors_words_for_linkedin_win_and_know_their_line():
    lines = {("linkedin", "image"): 7, ("image",): 3}
    picture = composed(front_matter={"image": "a.png"}, lines=lines, image="b.png", alt="B").article.thumbnail
    assert picture == Picture(source="b.png", alt="B", line=7)
    picture = composed(front_matter={"image": {"path": "a.png", "alt": "A"}}, lines=lines, alt="B").article.thumbnail
    assert picture == Picture(source="a.png", alt="B", line=3, asked=False)


@pytest.mark.parametrize(("own", "title"), [("Mine", "Mine"), (None, "A Title")])
def test_a_document_has_its_own_title_or_the_posts(own, title):
    post = a_post(title="A Title", directives=Directives(document=Document(source="a.pdf", title=own)))
    assert compose(post, SITE, TextPolicy()).media.title == title


def test_a_document_of_a_post_without_a_title_has_its_files_name():
    post = a_post(
        title=None, front_matter={"title": ""}, directives=Directives(document=Document(source="/x/My slides.v2.pdf"))
    )
    assert compose(post, SITE, TextPolicy()).media.title == "My slides.v2"


def test_a_setting_that_finds_nothing_to_carry_is_said():
    assert "XP409" in {finding.code for finding in composed("image").findings}
    assert "XP409" not in {finding.code for finding in composed("image", {"image": "a.png"}).findings}


def test_words_beside_the_text_are_repaired_and_made_plain_with_it():
    said = {
        "images": (Picture(source="a.png", alt="A cafÃ©"), Picture(source="b.png", alt="𝗕𝗼𝗹𝗱 words")),
        "first_comment": "SÃ£o Paulo",
    }
    draft = composed(**said)
    assert [one.alt for one in draft.media.pictures] == ["A café", "Bold words"]
    assert draft.first_comment == "São Paulo"
    assert {one.after for one in draft.repairs} >= {"café", "São"}
    poll = composed(poll=Poll(question="𝗧𝗮𝗯𝘀?", options=("cafÃ©", "b"))).media
    assert (poll.question, poll.options) == ("Tabs?", ("café", "b"))
    assert composed(document=Document(source="a.pdf", title="𝗦𝗹𝗶𝗱𝗲𝘀")).media.title == "Slides"
    assert composed(image="a.png", alt="A cafÃ©").article.thumbnail.alt == "A café"


def test_clean_words_beside_the_text_are_never_altered():
    words = "Zwei “Bäume” (50 %) – naïve\nand a second line 🚀"
    draft = composed(images=(Picture(source="a.png", alt=words), TWO), first_comment=words)
    assert (draft.media.pictures[0].alt, draft.first_comment, draft.repairs) == (words, words, ())


# --- looking at files -----------------------------------------------------------------------------------------------


def unusable(code="XP403"):
    return FileUnusable(Finding(post="p", code=code, message="a.png is not there", fix="look", line=3))


def looked(draft, **files):
    names = {name.replace("_", "."): file for name, file in files.items()}
    found = looked_at(FakeSource({}, files=names), draft)
    return found, [finding.code for finding in found.findings]


def test_a_card_goes_without_a_picture_that_nobody_asked_for_and_says_why():
    draft, codes = looked(composed(front_matter={"image": "a.png"}), a_png=unusable())
    assert (draft.article.thumbnail, codes) == (None, ["XP406"])
    assert "a.png is not there" in draft.findings[0].message


def test_a_picture_that_was_asked_for_keeps_the_post_waiting():
    _draft, codes = looked(composed(image="a.png"), a_png=unusable())
    assert codes == ["XP403"]


def test_a_gallery_waits_for_each_of_its_pictures():
    _, codes = looked(
        composed(images=(Picture(source="a.png", alt="A"), Picture(source="b.png"))),
        a_png=FILE,
        b_png=unusable("XP404"),
    )
    assert codes == ["XP404"]


def test_what_was_seen_is_in_the_draft():
    draft, codes = looked(composed(image="a.png", alt="A"), a_png=FILE)
    assert (draft.article.thumbnail.file, codes) == (FILE, [])
    draft, codes = looked(composed(images=(ONE, TWO)), **{"1_png": FILE, "2_png": FILE})
    assert ([one.file for one in draft.media.pictures], codes) == ([FILE, FILE], ["XP402", "XP402"])
    draft, _ = looked(composed(document=Document(source="a.pdf", title="T")), a_pdf=FILE)
    assert draft.media == Document(source="a.pdf", title="T", file=FILE)


def test_a_card_without_a_picture_and_a_file_nobody_saw_are_noted():
    assert looked(composed())[1] == ["XP401"]
    assert looked(composed(image="a.png", alt="A"), a_png=None)[1] == ["XP408"]


@pytest.mark.parametrize(
    ("author", "visibility", "wrong"),
    [
        ("urn:li:organization:1", "CONNECTIONS", True),
        ("urn:li:organization:1", "LOGGED_IN", False),
        ("urn:li:person:x", "CONNECTIONS", False),
        ("", "CONNECTIONS", False),
    ],
)
def test_an_organization_has_no_connections(author, visibility, wrong):
    post = a_post(directives=Directives(visibility=visibility))
    run = a_run(post)
    policy = type(run.policy)(
        **{name: getattr(run.policy, name) for name in run.policy.__dataclass_fields__} | {"author": author}
    )
    assert ("XP007" in {finding.code for finding in draft_of(run.source, policy, post).findings}) is wrong


# --- mentions -------------------------------------------------------------------------------------------------------

ADA = {"Ada": "urn:li:person:1"}


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Ada", [0]),
        ("to Ada, and Ada", [3]),
        ("Adam, Nada, Ada_x, Ada2 and (Ada)", [29]),
        ("ada ADA", []),
        ("https://example.com/Ada and Ada", [28]),
        ("#Ada Ada", [5]),
        ("Ada's", [0]),
        ("Adá", []),
        ("", []),
    ],
)
def test_a_name_is_a_mention_once_where_it_stands_as_a_whole(text, starts):
    assert [place.start for place in find_mentions(text, ADA)] == starts


def test_a_longer_name_comes_first():
    names = {"Ada": "urn:li:person:1", "Ada Lovelace": "urn:li:person:2"}
    places = find_mentions("Ada Lovelace wrote to Ada.", names)
    assert [(place.start, place.urn) for place in places] == [(0, "urn:li:person:2"), (22, "urn:li:person:1")]


def test_a_name_with_reserved_characters_is_escaped_and_read_as_it_was_meant():
    post = a_post(body="By Jo (Ray) Co.", directives=Directives(mentions={"Jo (Ray) Co": "urn:li:organization:7"}))
    draft = compose(post, SITE, TextPolicy())
    assert r"By @[Jo \(Ray\) Co](urn:li:organization:7)." in draft.wire
    assert "By Jo (Ray) Co." in draft.text
    assert not [finding for finding in draft.findings if finding.code in {"XP204", "XP307"}]


def test_the_at_sign_that_an_author_writes_before_a_name_to_mention_is_left_out():
    body = "Thanks, @Ada (@Ada)! Not @Adam, a@Ada.example, https://example.com/@Ada or\n\n```\n@Ada\n```"
    draft = compose(a_post(body=body, directives=Directives(mentions=ADA)), SITE, TextPolicy())
    assert "Thanks, @[Ada](urn:li:person:1) \\(Ada\\)! Not \\@Adam, a\\@Ada.example" in draft.wire
    assert "https://example.com/@Ada or\n\n@Ada\n" in draft.text
    assert "Thanks, @Ada (@Ada)!" in compose(a_post(body=body), SITE, TextPolicy()).text


def test_a_mention_counts_against_the_limit():
    post = a_post(title="T", body="Ada " + "x " * 30, directives=Directives(mentions=ADA, link=False))
    plain = compose(
        a_post(title="T", body="Ada " + "x " * 30, directives=Directives(link=False)), SITE, TextPolicy(limit=80)
    )
    assert not plain.shortened
    draft = compose(post, SITE, TextPolicy(limit=80))
    assert draft.shortened
    assert draft.length <= 80
    assert "@[Ada](urn:li:person:1)" in draft.wire


def test_a_name_that_was_cut_off_or_misspelt_is_said_with_its_line():
    post = a_post(body="Nobody.", directives=Directives(mentions=ADA), lines={("linkedin", "mentions", "Ada"): 5})
    (finding,) = [one for one in compose(post, SITE, TextPolicy()).findings if one.code == "XP307"]
    assert finding.line == 5
    assert "'Ada'" in finding.message
