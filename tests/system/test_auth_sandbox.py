"""Signing in at the sandbox, which was written from the same documents apart from the client: consent page and all."""

import json
import threading

import pytest

from crosspost.clock import SystemClock
from crosspost.demo.sample import API_DAY
from crosspost.sandbox.server import Sandbox
from keyrings import Vault, free_port
from reader import visit

APP = ("sandbox-client", "sandbox-secret")


class Browser:
    """A member's browser: opens the page, reads what is asked, presses a button."""

    def __init__(self, decision="allow"):
        self.decision = decision
        self.asked = ""
        self.ended = ""
        self.done = threading.Event()

    def open(self, url):
        threading.Thread(target=self._visit, args=(url,), daemon=True).start()
        return True

    def _visit(self, url):
        try:
            self.asked, self.ended = visit(url, self.decision)
        finally:
            self.done.set()


@pytest.fixture
def redirect():
    return f"http://127.0.0.1:{free_port()}/callback"


@pytest.fixture
def start(redirect, site, monkeypatch):
    """Start a sandbox and a site that points to it; the first account signs in by the browser that is returned."""
    vault = Vault()
    monkeypatch.setattr("crosspost.credentials.vault._system_backend", lambda: vault)
    monkeypatch.setattr(SystemClock, "sleep", lambda _self, _seconds: None)
    monkeypatch.setenv("LINKEDIN_CLIENT_ID", APP[0])
    monkeypatch.setenv("LINKEDIN_CLIENT_SECRET", APP[1])
    running = []

    def begin(decision="allow", **settings):
        sandbox = Sandbox(redirect_uris=[redirect], today=API_DAY, tokens={}, **settings)
        running.append(sandbox.__enter__())
        browser = Browser(decision)
        monkeypatch.setattr("webbrowser.open", browser.open)
        site.configure(
            f'since = 2020-01-01\n[linkedin]\napi_url = "{sandbox.url}"\noauth_url = "{sandbox.url}"\nredirect_uri = "{redirect}"\n'
        )
        return sandbox, browser, vault

    yield begin
    for sandbox in running:
        sandbox.close()


def secrets_of(vault):
    """Return every secret that came to be kept."""
    found = set()
    for value in vault.kept.values():
        fields = json.loads(value) if value.startswith("{") else {"access_token": value}
        found |= {fields.get("access_token"), fields.get("refresh_token"), APP[1]}
    return found - {None}


def run(site, vault, *arguments):
    """Run one command at its loudest; no secret of this sign-in may come out."""
    before = secrets_of(vault)
    result = site.run(*arguments, "--verbose")
    assert not [secret for secret in before | secrets_of(vault) if secret in result.out + result.err]
    return result


def test_from_consent_to_a_post_and_back_to_nothing(site, start):
    sandbox, browser, vault = start()
    assert run(site, vault, "auth", "login").code == 0
    assert browser.done.wait(10)
    assert "w_member_social" in browser.asked
    assert "terminal" in browser.ended
    site.post("hello", "Text.")
    assert run(site, vault, "publish").code == 0
    assert len(sandbox.posts) == 1
    (told,) = run(site, vault, "auth", "status", "--json").lines
    assert (told["state"], told["asked"], told["days_left"]) == ("active", True, 59)
    assert told["author"] == sandbox.posts[0].author
    assert {"openid", "profile", "w_member_social"} <= set(told["scopes"])
    assert run(site, vault, "auth", "logout", "--json").lines[0]["revoked"] is True
    assert vault.kept == {}
    site.post("second", "Other text.")
    assert run(site, vault, "publish").code == 3


def test_a_revoked_token_is_found_out_by_asking(site, start):
    _sandbox, _browser, vault = start()
    run(site, vault, "auth", "login")
    kept = dict(vault.kept)
    run(site, vault, "auth", "logout")
    vault.kept.update(kept)
    result = run(site, vault, "auth", "status", "--json")
    assert (result.code, result.lines[0]["state"]) == (3, "revoked")


def test_a_member_who_cancels_leaves_nothing_behind(site, start):
    _sandbox, browser, vault = start("cancel")
    result = run(site, vault, "auth", "login")
    assert browser.done.wait(10)
    assert (result.code, vault.kept) == (3, {})
    assert "press Allow" in result.err


def test_a_native_app_signs_in_without_a_secret(site, start, monkeypatch):
    _sandbox, _browser, vault = start(pkce=True)
    monkeypatch.delenv("LINKEDIN_CLIENT_SECRET")
    assert run(site, vault, "auth", "login", "--pkce").code == 0
    assert vault.tokens["default"]["author"].startswith("urn:li:person:")


def test_a_wrong_secret_says_where_the_right_one_stands(site, start, monkeypatch):
    _sandbox, _browser, vault = start()
    monkeypatch.setenv("LINKEDIN_CLIENT_SECRET", "another-secret")
    result = run(site, vault, "auth", "login")
    assert (result.code, vault.kept) == (3, {})
    assert "client ID and client secret" in result.err
    assert "another-secret" not in result.err


def test_a_partners_token_is_refreshed_before_a_publish(site, start):
    sandbox, _browser, vault = start(refresh_tokens=True)
    run(site, vault, "auth", "login")
    kept = vault.tokens["default"]
    vault.kept[f"default on {sandbox.url}"] = json.dumps(kept | {"expires_at": "2020-01-01T00:00:00+00:00"})
    site.post("hello", "Text.")
    assert run(site, vault, "publish").code == 0
    assert len(sandbox.posts) == 1
    newer = vault.tokens["default"]
    assert newer["access_token"] != kept["access_token"]
    assert newer["refresh_token"] == kept["refresh_token"]
    assert newer["author"] == kept["author"]


def test_a_company_page_signs_in_with_its_own_scopes(site, start):
    _sandbox, browser, vault = start(profile="partner")
    result = run(site, vault, "auth", "login", "--organization", "--json")
    assert result.code == 0, result.err
    assert result.lines[0]["author"] is None
    assert set(result.lines[0]["scopes"]) == {"r_organization_social", "w_organization_social"}
    assert "w_organization_social" in browser.asked
