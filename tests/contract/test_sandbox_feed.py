"""The feed pages: each post as a reader sees it, and nothing that a post brings along can act."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from crosspost.sandbox.little_text import parse
from crosspost.sandbox.reading import fold, segments

VOID = {"meta", "link", "input", "br", "img"}
LONG = " ".join(f"word{number}" for number in range(100))


class Page(HTMLParser):
    """Reads a page: its tags, its visible text, and whether every tag was closed."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.stack, self.text, self.attributes = [], [], [], []
        self.feed(html)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        if "style" not in self.stack:
            self.text.append(data)

    @property
    def words(self):
        return "".join(self.text)

    def values(self, name):
        return [value for _, attribute, value in self.attributes if attribute == name]


@pytest.fixture
def page(linkedin):
    def read(path="/feed", status=200):
        response = linkedin.http.get(path)
        assert response.status_code == status
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        return Page(response.text)

    return read


def test_an_empty_feed_says_what_to_do(sandbox, page):
    words = page().words
    assert "No posts yet" in words
    assert f"export CROSSPOST_LINKEDIN__API_URL={sandbox.url}" in words


def test_the_front_page_is_the_feed(linkedin, page):
    linkedin.post("Hello there")
    assert page("/").words == page("/feed").words
    assert "Hello there" in page().words


def test_a_card_names_author_time_and_audience(linkedin, page, sandbox_clock):
    linkedin.post(visibility="CONNECTIONS")
    sandbox_clock.advance(hours=2, minutes=59)
    words = page().words
    assert all(part in words for part in ("Sam Sandbox", "Publishes here first", "2h", "Connections", "1 post"))


@pytest.mark.parametrize(
    ("age", "shown"), [({"seconds": 59}, "now"), ({"minutes": 1}, "1m"), ({"days": 6}, "6d"), ({"days": 15}, "2w")]
)
def test_the_age_is_told_in_its_largest_unit(linkedin, page, sandbox_clock, age, shown):
    linkedin.post()
    sandbox_clock.advance(**age)
    assert f"{shown} · Anyone" in page().words


def test_the_newest_post_comes_first(linkedin, page):
    linkedin.post("older")
    linkedin.post("newer")
    assert page().words.index("newer") < page().words.index("older")


def test_a_deleted_post_is_gone(linkedin, page):
    urn = linkedin.post("Hello").headers["x-restli-id"]
    linkedin.delete(f"/rest/posts/{urn.replace(':', '%3A')}")
    assert "No posts yet" in page().words
    assert "No such post" in page(f"/feed/update/{urn}/", status=404).words


def test_hashtags_lead_to_the_posts_that_have_them(linkedin, page):
    linkedin.post("one #Tag")
    linkedin.post(r"two {hashtag|\#|tag}")
    linkedin.post(r"three \#tag")
    assert "/feed?hashtag=Tag" in page().values("href")
    words = page("/feed?hashtag=TAG").words
    assert "2 posts with" in words
    assert "one" in words
    assert "two" in words
    assert "three" not in words


def test_the_link_card_shows_title_and_domain(linkedin, page):
    article = {"source": "https://www.example.com/a?b=1&c=2", "title": "The <title>", "description": "unseen"}
    linkedin.post(content={"article": article})
    assert "The <title>example.com" in page().words
    assert article["source"] in page().values("href")


def test_addresses_in_the_text_are_live(linkedin, page):
    linkedin.post("see https://example.com/a?b=1&copy=2. And http://x.example, too")
    assert {"https://example.com/a?b=1&copy=2", "http://x.example"} <= set(page().values("href"))


def test_a_cut_text_is_marked_with_reason_and_rest(linkedin, page):
    linkedin.post("shown (not <b>shown</b>")
    words = page().words
    assert "LinkedIn would show the text up to here." in words
    assert "17 characters are lost: at position 6, ( starts nothing" in words
    assert "(not <b>shown</b>" in words
    assert page().tags.count("b") == 0


def test_a_whole_text_has_no_such_mark(linkedin, page):
    linkedin.post(r"shown \(all\)")
    assert "up to here" not in page().words


def test_a_text_cut_at_its_first_character_still_has_a_card(linkedin, page):
    linkedin.post("(")
    assert "1 character is lost: at position 0" in page().words


def test_a_long_text_is_folded_and_unfolds_without_a_script(linkedin, page):
    linkedin.post(LONG)
    read = page()
    assert "…more" in read.words
    assert ("input", "type", "checkbox") in read.attributes
    assert "script" not in read.tags
    assert LONG in read.words.replace(" …more", "")


def test_a_single_page_shows_the_whole_text_and_what_was_sent(linkedin, page):
    urn = linkedin.post(f"{LONG} \\(x\\) \\y").headers["x-restli-id"]
    for path in (f"/feed/update/{urn}/", f"/feed/update/{urn}", f"/feed/update/{urn.replace(':', '%3A')}/"):
        words = page(path).words
        assert "…more" not in words
        assert f"{LONG} (x) \\y" in words
        assert f"{LONG} \\(x\\) \\y" in words
        assert "a backslash before a character that is not reserved" in words


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '"><svg onload=alert(1)>',
        "'\"` onmouseover=alert(1) x='",
        "</div></article></main></body></html><h1>x",
        "&lt;b&gt; &amp; &#60;",
        "{url} %s %(x)s {0}",
        "https://example.com/\"onclick=alert(1)//'x<y>",
        "\u202egnp.exe\u2066\x00\x1b[31m",
    ],
)
def test_nothing_in_a_post_becomes_markup(start_sandbox, connect, attack):
    """In text, hashtag, mention, card and cut-off rest; read as HTML, the page says the same words."""
    from crosspost.sandbox import Member, Token  # noqa: PLC0415 -- only this test invents a member

    member = Member(name=attack, headline=attack)
    client = connect(start_sandbox(tokens={"sandbox-token": Token(member=member)}))
    escaped = re.sub(r"([|{}@\[\]()<>#\\*_~])", r"\\\1", attack)
    article = {"source": "https://<b>.example/?\"'><script>alert(1)</script>", "title": attack, "description": attack}
    text = f"{escaped} {{hashtag|\\#|{escaped}}} @[{escaped}](urn:li:person:1) ({attack}"
    urn = client.post(text, content={"article": article}).headers["x-restli-id"]
    for path in ("/feed", f"/feed/update/{urn}/"):
        page = Page(client.http.get(path).text)
        # A parser drops or replaces the NUL alone; everything else has to come back as it was.
        assert page.words.count(attack.replace("\x00", "\ufffd")) + page.words.count(attack) >= 5
        assert not {"script", "img", "svg", "h1", "b"} & set(page.tags)
        assert not [name for _, name, _ in page.attributes if name.startswith("on")]
        assert all(re.match(r"https?://|/feed|data:,$", value) for value in page.values("href"))


def test_the_unknown_address_of_a_post_is_escaped_too(page):
    words = page("/feed/update/%3Cscript%3Ealert(1)%3C%2Fscript%3E", status=404)
    assert "script" not in words.tags


def test_the_wanted_hashtag_is_escaped_too(page):
    assert "script" not in page("/feed?hashtag=%3Cscript%3E").tags


@pytest.mark.parametrize("path", ["/feed", "/", "/feed/update/urn:li:share:1/"])
def test_the_policy_allows_the_page_its_own_style_and_nothing_else(linkedin, path):
    response = linkedin.http.get(path)
    (style,) = re.findall(r"<style>(.*?)</style>", response.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert response.headers["content-security-policy"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' data:; "
        "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "url(" not in style
    assert "@import" not in style


def test_a_page_loads_nothing(linkedin, page):
    linkedin.post("see https://example.com")
    read = page()
    assert not {"script", "img", "iframe", "object", "embed", "video", "audio", "form"} & set(read.tags)
    assert read.values("src") == []
    assert [value for tag, name, value in read.attributes if (tag, name) == ("link", "href")] == ["data:,"]


def test_direction_and_line_ends_are_the_authors(linkedin, page):
    linkedin.post("שלום\n\n  indented")
    read = page()
    assert ("div", "dir", "auto") in read.attributes
    assert "שלום\n\n  indented" in read.words


# --- the fold --------------------------------------------------------------------------------------------------------


def folded(raw):
    shown, rest = fold(segments(parse(raw)))
    return "".join(part.text for part in shown), "".join(part.text for part in rest)


@pytest.mark.parametrize("text", ["short", "one\ntwo\nthree", "one\n\nthree", "x" * 210, "x" * 70 + "\nb\nc"])
def test_three_rows_show_whole(text):
    assert folded(text) == (text, "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo\nthree\nfour", "one\ntwo\nthree"),
        ("one\n\nthree\n\nfive", "one\n\nthree"),
        ("x" * 211, "x" * 210),
        ("x" * 71 + "\nb\nc", "x" * 71 + "\nb"),
        ("x" * 200 + " word that goes on", "x" * 200 + " word"),
        ("x" * 208 + "👩‍👩‍👧‍👦" + "y" * 20, "x" * 208),
        ("x" * 200 + " https://example.com/a/b/c", "x" * 200),
        ("x" * 205 + " #Hashtag", "x" * 205),
        ("x" * 140 + " one #Hashtag" + "y" * 70, "x" * 140 + " one"),
    ],
)
def test_more_is_folded_between_words_and_never_inside_a_link_a_hashtag_or_a_grapheme(text, shown):
    visible, rest = folded(text)
    assert visible == shown
    assert visible + rest == text


# --- what posts carry ------------------------------------------------------------------------------------------------

GIF = b"GIF89a\x02\x00\x01\x00\x00\x00\x00;"
SCRIPT = '"><script>alert(1)</script>'


@pytest.fixture
def upload(linkedin, sandbox_clock):
    def send(data=GIF, kind="image"):
        urn = linkedin.upload(data, kind)
        sandbox_clock.advance(seconds=2)
        return urn

    return send


def test_an_image_is_shown_with_its_alt_text_and_size(linkedin, page, upload):
    urn = upload()
    linkedin.post(content={"media": {"id": urn, "altText": SCRIPT}})
    read = page()
    assert read.values("src") == [f"/feed/media/{urn.replace(':', '%3A')}"]
    assert read.values("alt") == [SCRIPT]
    assert (read.values("width"), read.values("height")) == (["2"], ["1"])
    assert SCRIPT in read.words
    assert "script" not in read.tags


def test_a_missing_alt_text_is_marked(linkedin, page, upload):
    linkedin.post(content={"media": {"id": upload()}})
    assert "no alt text" in page().words


def test_a_thumbnail_stands_on_the_link_card(linkedin, page, upload):
    card = {"source": "https://example.com/", "title": "T", "thumbnail": upload(), "thumbnailAltText": "A dot"}
    linkedin.post(content={"article": card})
    assert page().values("alt") == ["A dot"]


def test_a_large_gallery_shows_five_and_how_many_more_there_are(linkedin, page, upload):
    image = upload()
    images = [{"id": image, "altText": f"picture {number}"} for number in range(7)]
    urn = linkedin.post(content={"multiImage": {"images": images}}).headers["x-restli-id"]
    assert page().tags.count("img") == 5
    assert "+2" in page().words
    whole = page(f"/feed/update/{urn}/")
    assert whole.tags.count("img") == 7
    assert "+2" not in whole.words


def test_a_document_is_named_and_can_be_saved(linkedin, page, upload):
    urn = upload(b"%PDF-1.7\n" + bytes(4096), "document")
    linkedin.post(content={"media": {"id": urn, "title": SCRIPT}})
    read = page()
    assert SCRIPT in read.words
    assert "PDF · 4 KB" in read.words
    response = linkedin.http.get(next(value for value in read.values("href") if "/media/" in value))
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"] == "attachment"


def test_a_video_can_be_played_and_has_its_title(linkedin, page, sandbox_clock):
    data = b"\x00\x00\x00\x18ftypmp42" + bytes(80_000)
    value = linkedin.announce("video", fileSizeBytes=len(data))
    headers = {"Content-Type": "application/octet-stream"}
    part = linkedin.http.put(value["uploadInstructions"][0]["uploadUrl"], content=data, headers=headers)
    ids = [part.headers["etag"].strip('"')]
    body = {"finalizeUploadRequest": {"video": value["video"], "uploadToken": "", "uploadedPartIds": ids}}
    linkedin.http.post("/rest/videos?action=finalizeUpload", json=body, headers=linkedin.headers)
    sandbox_clock.advance(seconds=2)
    linkedin.post(content={"media": {"id": value["video"], "title": SCRIPT}})
    read = page()
    assert SCRIPT in read.words
    assert ("video", "src", f"/feed/media/{value['video'].replace(':', '%3A')}") in read.attributes


def test_a_poll_shows_question_options_and_what_is_left(linkedin, page, sandbox_clock):
    options = [{"text": "Yes"}, {"text": "<b>No</b>"}]
    poll = {"question": "<i>Really?</i>", "options": options, "settings": {"duration": "THREE_DAYS"}}
    linkedin.post(content={"poll": poll})
    sandbox_clock.advance(days=1, hours=1)
    words = page().words
    assert all(part in words for part in ("<i>Really?</i>", "Yes", "<b>No</b>", "0 votes · 2d left"))
    sandbox_clock.advance(days=2)
    assert "0 votes · closed" in page().words


def test_an_edited_post_says_so(linkedin, page):
    urn = linkedin.post("before").headers["x-restli-id"]
    assert "Edited" not in page().words
    linkedin.edit(urn, {"commentary": "after"})
    assert "now · Edited · Anyone" in page().words
    assert "before" not in page().words


def test_a_reshare_shows_its_parent_or_that_it_is_gone(linkedin, page):
    parent = linkedin.post(LONG).headers["x-restli-id"]
    linkedin.post("look", reshareContext={"parent": parent})
    assert page().words.count("word1 ") == 2
    assert len(set(page().values("id"))) == len(page().values("id"))
    linkedin.delete(f"/rest/posts/{parent.replace(':', '%3A')}")
    assert "The post that was shared here is gone." in page().words


def test_a_single_page_shows_the_content_as_it_was_sent(linkedin, page):
    article = {"source": "https://example.com/", "title": "T", "description": "Not on the card"}
    urn = linkedin.post(content={"article": article}).headers["x-restli-id"]
    assert '"description": "Not on the card"' in page(f"/feed/update/{urn}/").words
    assert "Not on the card" not in page().words


def test_a_file_is_served_as_what_it_is_and_can_do_nothing(linkedin, upload):
    response = linkedin.http.get(f"/feed/media/{upload(GIF + b'<script>')}")
    assert (response.status_code, response.headers["content-type"]) == (200, "image/gif")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


def test_a_file_that_is_not_ready_is_not_served(linkedin):
    urn = linkedin.upload(GIF)
    assert linkedin.http.get(f"/feed/media/{urn}").status_code == 404
    assert linkedin.http.get("/feed/media/urn%3Ali%3Aimage%3Anever-was").status_code == 404


def test_everything_that_a_page_loads_is_here(linkedin, page, upload):
    image = upload()
    linkedin.post("a", content={"media": {"id": image}})
    linkedin.post("b", content={"article": {"source": "https://example.com/", "title": "T", "thumbnail": image}})
    read = page()
    assert all(value.startswith("/feed/media/") for value in read.values("src"))
    assert not {"script", "iframe", "object", "embed", "form"} & set(read.tags)
