"""The dashboard as a person meets it: in Chromium, by keyboard alone, on a phone and on a wide screen, light and dark.

Screenshots of each page are kept in `artefacts/dashboard`.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from conftest import ROOT, lacking
from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from crosspost.sandbox.tokens import Token
from media_samples import png

TOKEN = "AQ-marked-token"
CROSSPOST = Path(sys.executable).with_name("crosspost")
PICTURES = ROOT / "artefacts" / "dashboard"
URL = "https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/"
WINDOWS = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]
LONG = "It isnâ€™t much (a little), and it goes on. " * 12 + "\n\n- one\n- two\n"


@dataclass
class Blog:
    """A blog on disk, crosspost's real command line in it, and the sandbox it publishes to."""

    folder: Path
    sandbox: Sandbox
    running: list[subprocess.Popen] = field(default_factory=list)

    def __post_init__(self):
        (self.folder / "_posts").mkdir()
        (self.folder / "_config.yml").write_text("title: A small blog\nurl: https://blog.example\ntimezone: UTC\n")
        self.configure("")

    def configure(self, more):
        since = (datetime.now(UTC) - timedelta(days=30)).date()
        linkedin = f'[linkedin]\napi_url = "{self.sandbox.url}"\nidentical_retry = false\ntimeout = 2\n'
        (self.folder / "crosspost.toml").write_text(f"since = {since}\n{linkedin}{more}")

    def post(self, name, text="Text.\n", *, days=0.05, extra=""):
        """Write a post that fell due so many days ago; return its key."""
        date = datetime.now(UTC) - timedelta(days=days)
        head = f'---\ntitle: "About {name}"\ndate: {date:%Y-%m-%d %H:%M:%S} +0000\n{extra}---\n\n'
        key = f"_posts/{date:%Y-%m-%d}-{name}.md"
        (self.folder / key).write_text(head + text, encoding="utf-8")
        return key

    def uncertain(self, name="uncertain"):
        key = self.post(name)
        self.sandbox.fault("500", times=3)
        assert self.run("publish", key) == 4
        return key

    def run(self, *arguments):
        return subprocess.run([CROSSPOST, *arguments], **self._place, capture_output=True, check=False).returncode

    def dashboard(self, refresh=600):
        command = [CROSSPOST, "dashboard", "--port", "0", "--json", "--refresh", str(refresh)]
        process = subprocess.Popen(command, **self._place, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.running.append(process)
        return json.loads(process.stdout.readline())["url"]

    def stop(self):
        while self.running:
            with self.running.pop() as process:
                process.terminate()

    def read(self, key):
        return (self.folder / key).read_text(encoding="utf-8")

    @property
    def _place(self):
        home = self.folder.parent / f"{self.folder.name}-home"
        home.mkdir(exist_ok=True)
        environ = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "LINKEDIN_ACCESS_TOKEN": TOKEN}
        environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
        return {"cwd": self.folder, "env": environ}


def _blog(folder):
    folder.mkdir()
    with Sandbox(tokens={TOKEN: Token()}, today=API_DAY) as sandbox:
        blog = Blog(folder, sandbox)
        yield blog
        blog.stop()


@pytest.fixture
def blog(tmp_path):
    yield from _blog(tmp_path / "blog")


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A blog in which everything happened that a page can show, and the address of its dashboard."""
    for blog in _blog(tmp_path_factory.mktemp("full") / "blog"):
        blog.keys = {"published": blog.post("published", LONG, extra="tags: [deep work, writing]\n")}
        assert blog.run("publish") == 0
        blog.keys["uncertain"] = blog.uncertain()
        blog.keys["missed"] = blog.post("missed", days=4)
        blog.keys["damaged"] = blog.post("damaged", LONG + "{% nonsense %}\n", days=-1, extra="tags: [deep work]\n")
        (blog.folder / "a.png").write_bytes(png("wide", size=(1200, 627)))
        blog.keys["soon"] = blog.post("soon", days=-2, extra="image: /a.png\nimage_alt: Four fields of colour\n")
        blog.keys["broken"] = "_posts/2026-11-20-broken.md"
        (blog.folder / blog.keys["broken"]).write_text("---\ntitle: a: b: c\n---\nText.\n")
        blog.post("with-a-name-" + "that-goes-on-" * 12 + "and-on", days=-3)
        blog.url = blog.dashboard()
        yield blog


@pytest.fixture(params=[(390, "dark"), (1440, "light")], ids=lambda one: f"{one[0]}-{one[1]}")
def page(request, open_page):
    """A page of one size and scheme, that stayed within this machine and within the policy."""
    page = open_page(*request.param)
    yield page
    stayed(page)


def stayed(page):
    assert page.said == []
    assert {urlsplit(address).hostname for address in page.asked} == {"127.0.0.1"}


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def at(full, path=""):
    return full.url.partition("/?")[0] + path


def tab_to(page, name, *, near=None):
    """Press Tab until what is named has the focus, in the part of the page that says `near`; it must be seen to have it."""
    within = "document.activeElement.closest('article, li, tr, main')?.innerText || ''"
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate("(document.activeElement.labels?.[0] || document.activeElement).innerText || ''")
        if focused.strip() == name and (near is None or near in page.evaluate(within)):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            return
    pytest.fail(f"the Tab key does not lead to {name}")


def enter(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")
    fits(page)


# --- each task, by keyboard alone


def test_the_queue_shows_what_goes_out_and_what_needs_a_person(page, full):
    page.goto(full.url)
    assert full.keys["soon"] in page.inner_text("section[aria-labelledby=h-calendar]")
    attention = page.inner_text("section[aria-labelledby=h-attention]")
    assert all(full.keys[name] in attention for name in ("uncertain", "missed", "broken"))
    assert "key=" not in page.url
    fits(page)


def test_a_post_is_opened_and_unfolded(page, full):
    page.goto(full.url)
    tab_to(page, "About damaged", near=full.keys["damaged"])
    enter(page)
    assert "It isn’t much (a little)" in page.inner_text(".card.desktop")
    assert not page.is_visible(".card.desktop .rest")
    tab_to(page, "…more")
    page.keyboard.press("Enter")
    assert page.is_visible(".card.desktop .rest")
    fits(page)


def test_a_picture_is_seen_in_the_card_and_named_for_those_who_cannot(page, full):
    page.goto(full.url)
    page.goto(at(full, f"/post/default/{full.keys['soon']}"))
    picture = page.locator(".card.desktop img")
    assert picture.evaluate("image => [image.complete, image.naturalWidth, image.naturalHeight]") == [True, 1200, 627]
    assert picture.get_attribute("alt") == "Four fields of colour"
    box, frame = picture.bounding_box(), page.locator(".card.desktop .frame").bounding_box()
    assert box["height"] > 100
    assert frame["x"] <= box["x"] <= box["x"] + box["width"] <= frame["x"] + frame["width"]
    fits(page)


def test_a_post_has_its_title_and_the_same_repair_one_row(page, full):
    page.goto(full.url)
    page.goto(at(full, f"/post/default/{full.keys['damaged']}"))
    assert page.inner_text("h1") == "About damaged"
    assert page.title() == "About damaged – A small blog"
    assert page.locator("td", has_text="isnâ€™t").count() == 1
    row = page.inner_text("tr:has-text('isnâ€™t')")
    assert row.split()[1] == "12"
    fits(page)


def test_an_uncertain_post_is_settled_with_its_address(page, blog):
    key = blog.uncertain()
    page.goto(blog.dashboard())
    tab_to(page, "Its address on LinkedIn", near=key)
    page.keyboard.type(URL)
    tab_to(page, "It is there", near=key)
    enter(page)
    assert f"linkedin_url: {URL}" in blog.read(key)
    assert page.inner_text("[role=status]")


def test_an_uncertain_post_is_settled_as_not_there(page, blog):
    key = blog.uncertain()
    page.goto(blog.dashboard())
    tab_to(page, "It is not there", near=key)
    enter(page)
    assert "not posted" in page.inner_text("[role=status]")


def test_a_missed_post_is_published(page, blog):
    key = blog.post("late", days=4)
    page.goto(blog.dashboard())
    tab_to(page, "Publish now", near=key)
    enter(page)
    assert "published" in page.inner_text("[role=status]")
    assert blog.sandbox.posts[0].urn in blog.read(key)


def test_a_missed_post_is_left_out(page, blog):
    key = blog.post("late", days=4)
    before = blog.read(key)
    page.goto(blog.dashboard())
    tab_to(page, "Leave out", near=key)
    enter(page)
    assert "left out" in page.inner_text("[role=status]")
    assert (blog.sandbox.posts, blog.read(key)) == ((), before)


def test_a_post_is_approved(page, blog):
    blog.configure("[schedule]\napprove = true\n")
    key = blog.post("waiting")
    page.goto(blog.dashboard())
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"approve-{page.viewport_size['width']}.png", full_page=True)
    tab_to(page, "Approve as it is", near=key)
    enter(page)
    assert "approved" in page.inner_text("[role=status]")
    assert blog.run("publish") == 0
    assert len(blog.sandbox.posts) == 1


def test_the_history_links_to_what_was_published(page, full):
    page.goto(full.url)
    tab_to(page, "History")
    enter(page)
    urn = full.sandbox.posts[0].urn
    tab_to(page, urn)
    address = page.evaluate("document.activeElement.href")
    assert address == f"https://www.linkedin.com/feed/update/{urn}/"


def test_settings_say_where_they_come_from(page, full):
    page.goto(full.url)
    tab_to(page, "Settings")
    enter(page)
    assert "crosspost.toml" in page.inner_text("tr:has-text('linkedin.api_url')")
    assert TOKEN not in page.content()


# --- live


def test_a_new_file_shows_without_a_reload(open_page, blog):
    page = open_page()
    page.goto(blog.dashboard(refresh=1))
    page.evaluate("window.sameDocument = true")
    key = blog.post("new", days=-1)
    page.wait_for_selector(f"text={key}")
    assert page.evaluate("window.sameDocument")
    stayed(page)


def test_what_a_person_types_is_not_lost_to_the_next_look(open_page, blog):
    blog.uncertain()
    page = open_page()
    page.goto(blog.dashboard(refresh=1))
    page.focus("input[type=url]")
    page.keyboard.type("https://www.link")
    blog.post("new", days=-1)
    looks = [request for request in page.asked if request.endswith("/queue")]
    for _ in range(2):
        with page.expect_response("**/queue"):
            pass
    assert len([request for request in page.asked if request.endswith("/queue")]) > len(looks)
    assert page.input_value("input[type=url]") == "https://www.link"
    page.evaluate("document.activeElement.blur()")
    page.wait_for_selector("text=-new.md")


def test_a_dashboard_that_was_stopped_is_told_on_its_page(open_page, blog):
    page = open_page()
    page.goto(blog.dashboard(refresh=1))
    blog.stop()
    page.wait_for_selector("text=What you see is old")


# --- for everybody


def serious(page):
    """Return what axe-core finds, with the element it finds it at."""
    try:
        from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 -- optional
    except ImportError:
        lacking("axe-playwright-python (tests/e2e/requirements.lock)")
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], one["impact"], node["html"])
        for one in found
        for node in one["nodes"]
        if one["impact"] in {"serious", "critical"}
    ]


def pages_of(full):
    posts = {f"post-{name}": f"/post/default/{key}" for name, key in full.keys.items()}
    return {"queue": "/", "history": "/history", "settings": "/settings", "missing": "/post/default/no-such.md"} | posts


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_every_page_fits_and_is_accessible(open_page, full, show_table, width, scheme):
    page = open_page(width, scheme)
    page.goto(full.url)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, path in pages_of(full).items():
        page.goto(at(full, path))
        page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png", full_page=True)
        fits(page)
        assert serious(page) == [], name
    assert [said for said in page.said if "404" not in said] == []
    show_table(f"screenshots {width} {scheme}", str(PICTURES))


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_the_feed_of_the_sandbox_is_accessible(open_page, full, width, scheme):
    page = open_page(width, scheme)
    page.goto(full.sandbox.feed_url)
    page.screenshot(path=PICTURES / f"feed-{width}-{scheme}.png", full_page=True)
    assert serious(page) == []
    fits(page)


def test_axe_is_awake(open_page):
    page = open_page()
    page.set_content("<html><body><img src=x><button></button><p style='color:#eee'>pale</p></body></html>")
    assert {"image-alt", "button-name", "color-contrast"} <= {name for name, *_ in serious(page)}
