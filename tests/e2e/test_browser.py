"""A real browser signs in at the sandbox, and sees there what was then published."""

import struct
import threading
import zlib
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from crosspost.sandbox import Sandbox

AUTHOR = "urn:li:person:sandbox-member"


@pytest.fixture
def page(open_page):
    return open_page()


class App(HTTPServer):
    """Waits where the browser is sent back to, as a program that signs in would."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Callback)
        self.redirect_uri = f"http://127.0.0.1:{self.server_port}/callback"
        self.received = []


class _Callback(BaseHTTPRequestHandler):
    def do_GET(self):
        address = urlsplit(self.path)
        if address.path == "/callback":  # a browser asks for an icon as well
            self.server.received.append(parse_qs(address.query))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>You can close this page</h1>")

    def log_message(self, *args):
        pass


@pytest.fixture
def app():
    with App() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def sandbox(app):
    nothing = timedelta(0)
    with Sandbox(redirect_uris=[app.redirect_uri], processing=nothing, comment_delay=nothing) as server:
        yield server


@pytest.fixture
def http(sandbox):
    with httpx.Client(base_url=sandbox.url, trust_env=False) as client:
        yield client


def ask(sandbox, app):
    asked = {
        "response_type": "code",
        "client_id": "sandbox-client",
        "redirect_uri": app.redirect_uri,
        "state": "a-state",
        "scope": "openid profile w_member_social",
    }
    return f"{sandbox.url}/oauth/v2/authorization?{urlencode(asked)}"


def sign_in(http, app):
    ((code,), _) = app.received[-1].values()
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": app.redirect_uri}
    form |= {"client_id": "sandbox-client", "client_secret": "sandbox-secret"}
    token = http.post("/oauth/v2/accessToken", data=form).json()["access_token"]
    return {
        "Authorization": f"Bearer {token}",
        "LinkedIn-Version": "202609",
        "X-Restli-Protocol-Version": "2.0.0",
    }


def publish(http, headers, text, content=None):
    fields = {
        "author": AUTHOR,
        "commentary": text,
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED"},
        "lifecycleState": "PUBLISHED",
    }
    response = http.post("/rest/posts", json=fields | ({"content": content} if content else {}), headers=headers)
    assert response.status_code == 201, response.text
    return response.headers["x-restli-id"]


def upload(http, headers, data):
    wanted = {"initializeUploadRequest": {"owner": AUTHOR}}
    value = http.post("/rest/images?action=initializeUpload", json=wanted, headers=headers).json()["value"]
    sent = {"Authorization": headers["Authorization"], "Content-Type": "image/png"}
    assert http.put(value["uploadUrl"], content=data, headers=sent).status_code == 201
    return value["image"]


def png(width, height):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x30\xa0\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_member_allows_by_mouse_and_the_published_post_is_on_the_feed(page, sandbox, app, http):
    page.goto(ask(sandbox, app))
    assert "Create, change and delete posts on your behalf" in page.inner_text("main")
    page.click("text=Allow")
    page.wait_for_selector("text=You can close this page")
    assert app.received[0]["state"] == ["a-state"]

    headers = sign_in(http, app)
    image = upload(http, headers, png(120, 63))
    content = {"article": {"source": "https://example.com/a", "title": "The title", "thumbnail": image}}
    urn = publish(http, headers, r"Published \(by a signed-in member\) #Jekyll", content)

    page.goto(sandbox.feed_url)
    card = page.inner_text(f"#p{urn.rpartition(':')[2]}")
    assert "Published (by a signed-in member) #Jekyll" in card
    assert "The title" in card
    assert page.evaluate("document.querySelector('img.thumbnail').naturalWidth") == 120
    page.click("text=#Jekyll")
    assert "1 post with #Jekyll" in page.inner_text("main")
    assert {urlsplit(address).hostname for address in page.asked} == {"127.0.0.1"}
    assert page.said == []


def test_a_member_allows_by_keyboard(page, sandbox, app):
    page.goto(ask(sandbox, app))
    page.focus("text=Cancel")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Allow"
    page.keyboard.press("Enter")
    page.wait_for_selector("text=You can close this page")
    assert set(app.received[0]) == {"code", "state"}


def test_a_member_cancels(page, sandbox, app):
    page.goto(ask(sandbox, app))
    page.click("text=Cancel")
    page.wait_for_selector("text=You can close this page")
    assert app.received[0]["error"] == ["user_cancelled_authorize"]


def test_a_long_post_unfolds_by_keyboard_without_a_script(page, sandbox, app, http):
    headers = {"Authorization": "Bearer sandbox-token", "LinkedIn-Version": "202609"}
    publish(http, headers | {"X-Restli-Protocol-Version": "2.0.0"}, " ".join(f"word{n}" for n in range(80)))
    page.goto(sandbox.feed_url)
    assert not page.is_visible("text=word79")
    page.focus(".fold")
    page.keyboard.press("Space")
    assert page.is_visible("text=word79")


@pytest.mark.parametrize("width", [390, 1200])
def test_no_page_is_wider_than_the_window(page, sandbox, app, http, width):
    headers = {"Authorization": "Bearer sandbox-token", "LinkedIn-Version": "202609"}
    headers |= {"X-Restli-Protocol-Version": "2.0.0"}
    images = [{"id": upload(http, headers, png(900, 60 * size)), "altText": "x" * 300} for size in range(1, 8)]
    long = "unbroken" * 40
    publish(http, headers, f"{long} #Tag", {"multiImage": {"images": images}})
    publish(http, headers, "b", {"article": {"source": f"https://example.com/{long}", "title": long}})
    options = [{"text": "x" * 30}, {"text": "y" * 30}]
    poll = {"question": long[:140], "options": options, "settings": {"duration": "ONE_DAY"}}
    urn = publish(http, headers, "c", {"poll": poll})
    page.set_viewport_size({"width": width, "height": 800})
    for address in (sandbox.feed_url, f"{sandbox.url}/feed/update/{urn}/", ask(sandbox, app)):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.said == []
