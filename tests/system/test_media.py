"""Posts of every kind through the command line: what `preview` shows of a file is what LinkedIn gets."""

import hashlib
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from crosspost.sandbox.tokens import Token
from media_samples import SECRET, encoded, mp4, pdf, picture, png, taken_somewhere

TOKEN = "AQ-marked-token"  # as in conftest


@pytest.fixture
def sandbox():
    """A LinkedIn that says how far a file is, so that nobody waits five seconds."""
    with Sandbox(tokens={TOKEN: Token()}, today=API_DAY, profile="partner", processing=timedelta(0)) as server:
        yield server


@pytest.fixture
def site(site, sandbox):
    site.point_to(sandbox)
    assets = site.folder / "assets"
    assets.mkdir()
    (assets / "gps.jpg").write_bytes(encoded(picture(), "JPEG", exif=taken_somewhere(6)))
    (assets / "a.webp").write_bytes(encoded(picture(), "WEBP", exif=taken_somewhere()))
    (assets / "a.avif").write_bytes(encoded(picture(), "AVIF"))
    (assets / "alpha.png").write_bytes(encoded(picture().convert("RGBA"), "PNG"))
    (assets / "cmyk.jpg").write_bytes(encoded(picture().convert("CMYK"), "JPEG"))
    (assets / "slides.pdf").write_bytes(pdf())
    (assets / "film.mp4").write_bytes(mp4(5_000_000))
    for number in range(20):
        (assets / f"{number}.png").write_bytes(png(str(number)))
    return site


GALLERY = "".join(f"    - {{image: assets/{number}.png, alt: number {number}}}\n" for number in range(20))
KINDS = {
    "card": "image: {path: /assets/gps.jpg, alt: Corners}\n",
    "single": "linkedin: {image: assets/a.webp, alt: W, link: false}\n",
    "three": "linkedin:\n  images: [assets/a.avif, assets/alpha.png, assets/cmyk.jpg]\n",
    "twenty": f"linkedin:\n  images:\n{GALLERY}",
    "slides": "linkedin: {document: {path: assets/slides.pdf, title: The slides}}\n",
    "film": "linkedin: {video: {path: assets/film.mp4, title: The film}}\n",
    "poll": "linkedin:\n  poll: {question: Tabs or spaces?, options: [Tabs, Spaces], duration: 7 days}\n",
}


def uploaded(sandbox):
    """Return the SHA-256 of what LinkedIn has, by URN."""
    assets = sandbox._world.assets._all
    return {urn: hashlib.sha256(asset.data).hexdigest() for urn, asset in assets.items()}


def puts(sandbox):
    return [one for one in sandbox.requests if one.method == "PUT"]


def sent(sandbox, post):
    """Return a post's content as `preview --json` writes it."""
    files, content = uploaded(sandbox), post.sent_content or {}
    if article := content.get("article"):
        picture = article.get("thumbnail")
        thumbnail = picture and {"sha256": files[picture], "alt": article.get("thumbnailAltText")}
        fields = {name: article.get(name) for name in ("source", "title", "description")}
        return fields | {"thumbnail": thumbnail}, []
    if poll := content.get("poll"):
        options = [option["text"] for option in poll["options"]]
        return None, [
            {"kind": "poll", "question": poll["question"], "options": options, "duration": poll["settings"]["duration"]}
        ]
    items = content["multiImage"]["images"] if "multiImage" in content else [content["media"]] if content else []
    return None, [{"sha256": files[item["id"]], "said": item.get("altText") or item.get("title")} for item in items]


def shown(preview):
    article = preview["article"]
    if article and (thumbnail := article["thumbnail"]):
        article = article | {"thumbnail": {name: thumbnail[name] for name in ("sha256", "alt")}}
    media = [
        one if one["kind"] == "poll" else {"sha256": one["sha256"], "said": one.get("alt") or one.get("title")}
        for one in preview["media"]
    ]
    return article, media


def test_what_preview_shows_of_cards_pictures_documents_videos_and_polls_is_what_linkedin_gets(site, sandbox):
    for name, extra in KINDS.items():
        site.post(name, f"The text of {name}.", extra=extra)
    previews = {line["title"]: shown(line) for line in site.run("preview", "--json").lines}
    assert site.run("publish", "--yes").code == 0
    posts = {post.rendered.split("\n")[0]: sent(sandbox, post) for post in sandbox.posts}
    assert posts == previews
    assert set(posts) == set(KINDS)
    assert all(previews["card"][0]["thumbnail"].values())


def test_no_place_leaves_this_machine(site, sandbox):
    for name in ("card", "single", "film"):
        site.post(name, "Text.", extra=KINDS[name])
    assert site.run("publish", "--yes").code == 0
    for asset in sandbox._world.assets._all.values():
        assert SECRET.encode() not in asset.data
        assert b"Exif" not in asset.data
        assert b"udta" not in asset.data


def test_a_second_run_and_a_later_post_upload_nothing_again(site, sandbox):
    site.post("one", "One.", extra=KINDS["card"])
    assert site.run("publish").code == 0
    site.post("two", "Two.", extra=KINDS["card"])
    assert site.run("publish").code == 0
    assert len(sandbox.posts) == 2
    assert len(puts(sandbox)) == 1


def test_a_run_that_was_refused_the_post_uploads_nothing_again(site, sandbox):
    path = site.post("one", "One.", extra=KINDS["three"])
    sandbox.fault("429-retry-after", retry_after="1")
    assert site.run("publish").code == 0
    assert (len(sandbox.posts), len(puts(sandbox))) == (0, 3)
    time.sleep(1.1)
    assert site.run("publish", str(path)).code == 0
    assert (len(sandbox.posts), len(puts(sandbox))) == (1, 3)


def test_a_picture_that_is_missing_keeps_its_post_alone_from_going_out(site, sandbox):
    site.post("bad", "Bad.", extra="linkedin: {image: assets/none.png}\n")
    site.post("good", "Good.", extra=KINDS["card"])
    (finding,) = [line for line in site.run("check", "--json").lines if line["severity"] == "error"]
    assert (finding["code"], finding["line"]) == ("XP403", 4)
    result = site.run("publish", "--json")
    assert result.code == 1
    assert {line["outcome"] for line in result.lines} == {"failed", "published"}
    assert [post.rendered.split("\n")[0] for post in sandbox.posts] == ["good"]


def test_a_card_whose_picture_lies_elsewhere_goes_out_without_it(site, sandbox):
    site.post("one", "One.", extra="image: https://cdn.example.org/a.png\n")
    assert [line["code"] for line in site.run("check", "--json").lines] == ["XP406"]
    assert site.run("publish").code == 0
    assert sandbox.posts[0].article.thumbnail is None


def test_an_upload_address_of_somebody_else_gets_neither_file_nor_token(site, sandbox):
    site.post("one", "One.", extra=KINDS["card"])
    sandbox.fault("foreign-upload-url", on="POST /rest/images?action=initializeUpload")
    result = site.run("publish", "--json", "--verbose")
    assert result.code == 1
    assert result.lines[0]["outcome"] == "failed"
    assert "nothing was published" in result.lines[0]["error"]
    assert puts(sandbox) == []
    assert site.run("publish").code == 0, "nothing was lost"


def test_a_first_comment_that_fails_is_a_word_in_the_outcome(site, sandbox):
    site.post("one", "One.", extra="linkedin: {first_comment: First!}\n")
    sandbox.fault("500", on="POST /rest/socialActions/{urn}/comments")
    result = site.run("publish", "--json")
    assert result.code == 0
    assert result.lines[0]["outcome"] == "published"
    assert "the first comment is missing" in result.lines[0]["reason"]
    assert len(sandbox.posts) == 1


def test_the_token_is_in_no_file(site, sandbox):
    site.post("one", "One.", extra=KINDS["three"])
    assert site.run("publish", "--verbose").code == 0
    folders = [site.folder, Path.home()]
    found = [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and TOKEN.encode() in path.read_bytes()
    ]
    assert found == []


def test_the_ledger_knows_what_linkedin_has(site, sandbox):
    site.post("one", "One.", extra=KINDS["three"])
    assert site.run("publish").code == 0
    (path,) = Path.home().rglob("ledger.sqlite3")
    with closing(sqlite3.connect(path)) as ledger:
        rows = ledger.execute("SELECT digest, urn FROM upload").fetchall()
    assert {urn: digest for digest, urn in rows} == uploaded(sandbox)
