"""One browser for the tests of a module: Debian's chromium, headless, driven by Playwright.

Both are optional on a developer's machine and needed in CI.
"""

import shutil

import pytest

from conftest import lacking

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def chromium():
    """A browser; while it runs, so does an event loop, which other modules' tests must not meet."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- optional
    except ImportError:
        lacking("playwright (tests/e2e/requirements.lock)")
    if CHROMIUM is None:
        lacking("chromium")
    with sync_playwright() as playwright:
        # Without a sandbox of its own: chromium refuses to have one as root, as in CI, and only loopback is opened.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Return what opens a page, on which every address that was asked for and every word on the console is kept."""
    opened = []

    def new(width=390, scheme="light"):
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.asked, page.said = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        opened.append(context)
        return page

    yield new
    for context in opened:
        context.close()
