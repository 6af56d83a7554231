"""The dashboard over HTTP: who may ask, what the pages show, what a person can decide there."""

import io
import re
import socket
import threading
from datetime import timedelta
from html import unescape

import httpx
import pytest
import uvicorn
from PIL import Image

from crosspost.cli.options import Console
from crosspost.dashboard.app import application
from crosspost.dashboard.guard import COOKIE, HEADERS, Guard
from crosspost.linkedin.redact import Redactor
from media_samples import png

TOKEN = "AQ-marked-token"  # as the fixtures have it


@pytest.fixture
def listening():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def guard(listening):
    return Guard(listening.getsockname()[1], "the-key")


@pytest.fixture
def stranger(site, sandbox, guard, listening):
    """A client that has no cookie yet, and the server over TCP."""
    site.point_to(sandbox)
    console = Console(json=False, quiet=False, verbose=False, config=None, redactor=Redactor())
    server = uvicorn.Server(uvicorn.Config(application(console.workshop, guard), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    with httpx.Client(base_url=f"http://127.0.0.1:{guard.port}", follow_redirects=True, timeout=60) as client:
        yield client
    server.should_exit = True
    thread.join()


@pytest.fixture
def browser(stranger):
    """The owner's browser."""
    assert stranger.get("/?key=the-key").status_code == 200
    return stranger


def page(browser, path="/"):
    response = browser.get(path)
    assert response.status_code == 200, response.text
    assert TOKEN not in response.text
    return unescape(response.text)


def press(browser, action, *, status=200, **fields):
    """Send a form as the page holds it."""
    token = re.search(r'name="token" value="(\w+)"', browser.get(f"/post/default/{fields['post']}").text)
    data = {"token": token[1], "account": "default", **fields}
    response = browser.post(f"/do/{action}", data=data)
    assert response.status_code == status
    return unescape(response.text)


# --- who may ask


@pytest.mark.parametrize(
    "path",
    ["/", "/queue", "/history", "/settings", "/post/default/x", "/picture/default/0/x", "/htmx.js", "/?key=wrong"],
)
def test_nobody_without_the_key_sees_anything(stranger, path):
    response = stranger.get(path)
    assert response.status_code == 403
    assert "crosspost dashboard" in response.text


def test_the_key_leaves_the_address_and_becomes_a_cookie(stranger):
    response = stranger.get("/?key=the-key", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert "the-key" not in response.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= set(response.headers["set-cookie"].split("; "))


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{}", "127.0.0.1:1", "127.0.0.1.evil.example:{}"])
def test_a_name_that_was_rebound_to_this_machine_gets_nothing(browser, guard, host):
    host = host.format(guard.port)
    assert browser.get("/", headers={"Host": host}).status_code == 421
    assert browser.get("/?key=the-key", headers={"Host": host}).status_code == 421


def forged(browser, guard, path, token=None, **headers):
    data = {"token": guard.token if token is None else token, "account": "default", "post": f"_posts/{path.name}"}
    return browser.post("/do/publish", data=data, headers=headers).status_code


def test_a_form_of_somebody_else_changes_nothing(site, sandbox, browser, guard):
    path = site.post("late", "Text.", age=timedelta(days=4))
    for token in ("", "wrong"):
        assert forged(browser, guard, path, token) == 403
    for header in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"}):
        assert forged(browser, guard, path, **header) == 403
    for site_said in ("cross-site", "same-site", "none"):
        assert forged(browser, guard, path, **{"Sec-Fetch-Site": site_said}) == 403
    assert sandbox.posts == ()
    assert forged(browser, guard, path, Origin=f"http://127.0.0.1:{guard.port}") == 200
    assert len(sandbox.posts) == 1


def test_a_form_without_the_cookie_changes_nothing(site, sandbox, stranger, guard):
    path = site.post("late", "Text.", age=timedelta(days=4))
    data = {"token": guard.token, "account": "default", "post": f"_posts/{path.name}"}
    assert stranger.post("/do/publish", data=data).status_code == 403
    assert sandbox.posts == ()


def test_every_answer_carries_the_headers_that_keep_a_page_to_itself(browser, stranger):
    for response in (browser.get("/"), browser.get("/nothing"), browser.get("/", headers={"Host": "evil.example"})):
        assert {name: response.headers[name] for name in HEADERS} == dict(HEADERS)
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


def test_what_pages_load_is_there(browser):
    for path in re.findall(r'(?:src|href)="(/[a-z.]+\.\w+)"', page(browser)):
        assert browser.get(path).status_code == 200, path


def test_no_page_needs_what_the_policy_forbids(site, browser):
    site.post("hello", "Text.")
    for path in ("/", "/history", "/settings"):
        html = page(browser, path)
        assert not re.search(r"<style|style=|\son\w+=|<script>|https?://(?!127)[^\"]*\.(js|css)", html), path


# --- what the pages show


def test_the_front_page_shows_what_waits_and_what_needs_a_person(site, browser):
    site.post("late", "Text.", age=timedelta(days=4))
    site.post("soon", "Text.", age=timedelta(days=-2))
    html = page(browser)
    assert "missed" in html
    assert "Publish now" in html
    assert html.index("What goes out when") < html.index("-soon.md")
    assert page(browser, "/queue") in html or "-soon.md" in page(browser, "/queue")


def test_posts_are_listed_by_their_titles_and_files(site, sandbox, browser):
    site.post("late", "Text.", age=timedelta(days=4), title="A 𝗯𝗼𝗹𝗱 title <b>")
    site.post("out", "Other text.", title="Published one")
    site.post("soon", "Text of soon.", age=timedelta(days=-2), title="Soon there")
    (site.folder / "_posts" / "2026-11-20-broken.md").write_text("---\ntitle: a: b: c\n---\nText.\n")
    assert site.run("publish").code in {1, 4}
    html = browser.get("/").text
    assert "A bold title &lt;b&gt;</a></h3>" in html
    assert "Soon there</a> <span" in html
    assert ">_posts/2026-11-20-broken.md</a></h3>" in html
    assert ">Published one</a>" in browser.get("/history").text
    assert "-out.md</span>" in browser.get("/history").text


def test_a_post_shows_its_card_its_repairs_and_its_findings(site, browser):
    path = site.post("hello", "It isnâ€™t (short). " + "Word " * 80 + "{% nonsense %}", extra="tags: [deep work]\n")
    html = page(browser, f"/post/default/_posts/{path.name}")
    assert "It isn’t (short)" in html
    assert "isnâ€™t" in html
    assert "XP201" in html
    assert html.count("<summary>…more</summary>") == 2


def test_the_same_repair_has_one_row_with_its_lines_and_a_count(site, browser):
    path = site.post("hello", "It isnâ€™t so and isnâ€™t so.\n\nIt isnâ€™t so in the CafÃ© now.\n")
    html = page(browser, f"/post/default/_posts/{path.name}")
    assert html.count("<td>isnâ€™t</td>") == 1
    assert re.search(r'<td>6, 8</td><td>3<span class="unit"> times</span></td><td>mojibake</td><td>isnâ€™t</td>', html)
    assert html.count("CafÃ©") == 1


def test_a_post_is_called_by_its_title_as_it_will_be_read(site, browser):
    path = site.post("hello", "Text.", title="CafÃ© notes")
    html = page(browser, f"/post/default/_posts/{path.name}")
    assert "<h1>Café notes</h1>" in html
    assert "<title>Café notes – " in html
    assert f'<p class="quiet">_posts/{path.name}</p>' in html


@pytest.fixture
def pictured(site):
    """A post with a picture, and its key."""
    (site.folder / "a.png").write_bytes(png("one", size=(600, 300)))
    path = site.post("hello", "Text.", extra="image: /a.png\n")
    return f"_posts/{path.name}"


def test_a_picture_is_shown_as_linkedin_would_get_it(browser, pictured):
    html = page(browser, f"/post/default/{pictured}")
    (address,) = set(re.findall(r'<img src="([^"]+)" width="600" height="300" alt="[^"]*"', html))
    response = browser.get(address)
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png")
    assert {name: response.headers[name] for name in HEADERS} == dict(HEADERS)
    shown = Image.open(io.BytesIO(response.content))
    assert (shown.size, shown.info) == ((600, 300), {})  # written anew: nothing but pixels


def test_no_file_is_shown_but_the_pictures_of_posts(site, browser, pictured):
    (site.folder.parent / "outside.png").write_bytes(png())
    (site.folder / "page.png").write_text("<script>alert(1)</script>")
    for name in ("../outside.png", "/page.png", "https://blog.example/there.png", "/crosspost.toml", "/gone.png"):
        path = site.post("other", "Text.", extra=f"image: {name}\n")
        key = f"_posts/{path.name}"
        assert browser.get(f"/picture/default/0/{key}").status_code == 404, name
        assert "/picture/" not in page(browser, f"/post/default/{key}")
    for path in (f"1/{pictured}", "0/a.png", "0/_posts/gone.md", "0/../crosspost.toml", "x/a.png", f"-1/{pictured}"):
        assert browser.get(f"/picture/default/{path}").status_code == 404, path


def test_what_an_author_typed_is_text_and_no_markup(site, browser):
    path = site.post("x", "Text.", title="<script>alert(1)</script>")
    raw = browser.get(f"/post/default/_posts/{path.name}").text
    assert "<script>alert" not in raw
    assert "&lt;script&gt;alert" in raw


def test_a_post_that_cannot_be_read_has_a_page_with_the_reason(site, browser):
    (site.folder / "_posts" / "2026-01-01-broken.md").write_text("---\ntitle: a: b: c\n---\nText.\n")
    assert "XP004" in page(browser, "/post/default/_posts/2026-01-01-broken.md")


def test_a_post_that_is_gone_is_told(browser):
    response = browser.get("/post/default/_posts/2026-01-01-gone.md")
    assert (response.status_code, "No such post" in response.text) == (404, True)


@pytest.mark.parametrize("path", ["/post/nope/_posts/x.md", "/picture/nope/0/_posts/x.md"])
def test_an_account_that_is_none_has_no_page(browser, path):
    assert browser.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/queue", "/history", "/settings", "/post/default/x.md"])
def test_settings_that_were_broken_meanwhile_are_told_with_the_remedy(site, browser, path):
    site.configure("[text]\nlimitt = 3\nbody = 1\n")
    response = browser.get(path)
    assert response.status_code == 503
    told = unescape(response.text)
    assert "text.limitt: unknown key" in told
    assert "did you mean 'limit'?" in told
    assert "text.body: write" in told


def test_a_ledger_that_cannot_be_used_is_told_with_the_remedy(site, browser):
    (site.folder / "no.db").write_text("no ledger")
    text = (site.folder / "crosspost.toml").read_text()
    site.configure(text + '[ledger]\nurl = "sqlite:///no.db"\n')
    response = browser.get("/")
    assert (response.status_code, "no.db" in response.text) == (503, True)


def test_settings_are_shown_as_they_are_written(site, browser):
    text = page(browser, "/settings")
    assert "<td>3d</td>" in text
    assert "<td>false</td>" in text


def test_settings_show_their_origin_and_no_secret(site, browser):
    text = (site.folder / "crosspost.toml").read_text()
    site.configure(text + '[ledger]\nurl = "postgresql://jo:marked-pass@127.0.0.1:1/x"\n')
    html = unescape(browser.get("/settings").text)
    assert "crosspost.toml" in html
    assert "default" in html
    assert "marked-pass" not in html


def test_history_links_to_what_was_published(site, sandbox, browser):
    site.post("hello", "Text.")
    site.run("publish")
    assert f"https://www.linkedin.com/feed/update/{sandbox.posts[0].urn}/" in page(browser, "/history")


def test_a_change_of_a_file_shows_at_the_next_look(site, browser):
    assert "-new.md" not in page(browser, "/queue")
    site.post("new", "Text.", age=timedelta(days=-1))
    assert "-new.md" in page(browser, "/queue")


# --- what a person decides


def test_a_missed_post_is_published_from_the_page(site, sandbox, browser):
    path = site.post("late", "Text.", age=timedelta(days=4))
    assert "published" in press(browser, "publish", post=f"_posts/{path.name}")
    assert len(sandbox.posts) == 1
    assert "linkedin_url" in path.read_text()


def test_a_missed_post_is_left_out_from_the_page_and_needs_nobody_any_more(site, sandbox, browser):
    path = site.post("late", "Text.", age=timedelta(days=4))
    before = path.read_bytes()
    press(browser, "leave-out", post=f"_posts/{path.name}")
    assert "Nothing." in page(browser)
    assert site.run("publish", "--json").code == 0
    assert (sandbox.posts, path.read_bytes()) == ((), before)


def uncertain(site, sandbox):
    path = site.post("hello", "Text.")
    sandbox.fault("500", times=3)
    site.monkeypatch.setenv("CROSSPOST_LINKEDIN__TIMEOUT", "1")
    assert site.run("publish").code == 4
    return path


def test_an_uncertain_post_is_settled_with_its_address(site, sandbox, browser):
    path = uncertain(site, sandbox)
    assert "It is there" in page(browser)
    url = "https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/"
    press(browser, "resolve", post=f"_posts/{path.name}", url=url)
    assert f"linkedin_url: {url}" in path.read_text()
    assert "Nothing." in page(browser)


def test_an_uncertain_post_is_settled_as_not_posted(site, sandbox, browser):
    path = uncertain(site, sandbox)
    assert "not posted" in press(browser, "resolve", post=f"_posts/{path.name}", not_posted="yes")


def test_an_uncertain_post_whose_file_is_gone_is_shown_and_settled(site, sandbox, browser):
    path = uncertain(site, sandbox)
    path.unlink()
    assert "its file is gone" in page(browser)
    assert "its file is gone" in page(browser, f"/post/default/_posts/{path.name}")
    said = press(browser, "resolve", post=f"_posts/{path.name}", not_posted="yes", status=404)
    assert "recorded as not posted" in said
    assert "Nothing." in page(browser)


def test_a_wrong_address_is_told_and_nothing_is_settled(site, sandbox, browser):
    path = uncertain(site, sandbox)
    assert "not the address of a LinkedIn post" in press(
        browser, "resolve", post=f"_posts/{path.name}", url="https://x.example"
    )
    assert "It is there" in page(browser)


def test_a_post_is_approved_from_the_page(site, sandbox, browser):
    text = (site.folder / "crosspost.toml").read_text()
    site.configure(text + "[schedule]\napprove = true\n")
    path = site.post("hello", "Text.")
    assert "Approve as it is" in page(browser)
    press(browser, "approve", post=f"_posts/{path.name}")
    assert "Approve as it is" not in page(browser)
    site.run("publish")
    assert len(sandbox.posts) == 1


@pytest.mark.parametrize(
    "fields", [{"post": "../outside.md"}, {"post": "_posts/no-such.md"}, {"post": "x", "account": "nobody"}]
)
def test_a_form_with_nonsense_is_answered_with_words(browser, guard, fields):
    data = {"token": guard.token, "account": "default"} | fields
    response = browser.post("/do/publish", data=data, follow_redirects=False)
    assert response.status_code in {303, 404}


def test_an_action_that_does_not_exist_is_told(browser, guard):
    assert browser.post("/do/nothing", data={"token": guard.token}).status_code == 404


def test_a_form_that_is_too_large_is_refused(browser, guard):
    assert browser.post("/do/publish", data={"token": guard.token, "post": "x" * 20_000}).status_code == 403


def test_the_cookie_opens_nothing_with_another_key(browser, guard):
    other = Guard(guard.port, "another-key")
    assert not other.knows(browser.cookies[COOKIE])


def test_of_two_accounts_each_line_says_whose_it_is(site, sandbox, browser):
    text = (site.folder / "crosspost.toml").read_text()
    site.configure(
        text + '[accounts.company]\nauthor = "urn:li:organization:9"\n'
        '[accounts.company.writeback]\nkey = "linkedin_company_url"\n'
    )
    path = site.post("hello", "Text.", age=timedelta(days=20))
    assert page(browser).count("(company)") == 1
    assert "(company)" in page(browser, f"/post/company/_posts/{path.name}")
    assert "(company)" not in page(browser, f"/post/default/_posts/{path.name}")
