"""`crosspost auth` as a user meets it: a browser, a keyring, a server on the other side."""

import io
import json
import os
import socket
import stat
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path

import pytest

from authorization_server import ACCESS, CLIENT_ID, CODE, MARKED, REFRESH, SECRET, AuthorizationServer, parts_of
from crosspost.clock import SystemClock
from crosspost.signin.login import SETTLING
from keyrings import Vault, free_port

STATUS_KEYS = ["account", "source", "author", "scopes", "expires_at", "days_left", "state", "asked"]


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


def get(url, *handlers):
    """Fetch a page as a browser would: by something that writes no log of its own, unlike httpx."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), *handlers)
    try:
        with opener.open(url, timeout=10) as answer:
            return Page(answer.status, answer.headers, answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Page(error.code, error.headers, "")


@dataclass
class Page:
    status: int
    headers: Message
    text: str


@pytest.fixture
def server():
    with AuthorizationServer(redirect_uri=f"http://127.0.0.1:{free_port()}/callback") as running:
        yield running


@pytest.fixture
def vault(monkeypatch):
    kept = Vault()
    monkeypatch.setattr("crosspost.credentials.vault._system_backend", lambda: kept)
    return kept


@pytest.fixture
def naps(monkeypatch):
    """Nobody waits in a test; the seconds are written down."""
    slept = []
    monkeypatch.setattr(SystemClock, "sleep", lambda _self, seconds: slept.append(seconds))
    return slept


@pytest.fixture
def browser(monkeypatch):
    """A browser that is logged in and consents; keeps the addresses it was given and the pages it ended on."""

    class Browser:
        def __init__(self):
            self.opened, self.pages = [], []

        def open(self, url):
            self.opened.append(url)
            threading.Thread(target=self.visit, args=(url,), daemon=True).start()
            return True

        def visit(self, url):
            self.pages.append(get(url))

    one = Browser()
    monkeypatch.setattr("webbrowser.open", one.open)
    return one


@pytest.fixture
def desk(site, server, naps):
    """A site whose settings point to the server, with the app in the environment."""
    site.configure(
        "since = 2020-01-01\n[linkedin]\n"
        f'api_url = "{server.url}"\noauth_url = "{server.url}"\nredirect_uri = "{server.redirect_uri}"\n'
    )
    site.monkeypatch.setenv("LINKEDIN_CLIENT_ID", CLIENT_ID)
    site.monkeypatch.setenv("LINKEDIN_CLIENT_SECRET", SECRET)
    return site


def run(site, *arguments, stdin=""):
    """Run one command; nothing marked may come out, whatever happened."""
    site.monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    result = site.run("auth", *arguments, "--verbose")
    shown = result.out + result.err
    assert not [mark for mark in MARKED if mark in shown]
    return result


def test_signing_in_by_the_browser_keeps_the_token_and_says_who_and_how_long(desk, server, vault, browser):
    result = run(desk, "login", "--json")
    (told,) = result.lines
    assert result.code == 0, result.err
    assert told | {"account": "default", "author": "urn:li:person:Jo_marked", "days_left": 59} == told
    assert told["source"] == "keyring (SecretService)"
    assert told["scopes"] == ["email", "openid", "profile", "w_member_social"]
    assert vault.tokens["default"]["access_token"] == ACCESS
    assert server.paths == ["/oauth/v2/authorization", "/oauth/v2/accessToken", "/v2/userinfo"]


def test_the_token_is_then_used_and_status_knows_its_days(desk, server, vault, browser):
    run(desk, "login")
    head = desk.run("status", "--json").lines[0]["accounts"][0]
    assert head["author"] == "urn:li:person:Jo_marked"
    assert head["token_days_left"] == 59
    left = datetime.fromisoformat(head["token_expires_at"]) - datetime.now(UTC)
    assert timedelta(days=59) < left < timedelta(days=60)


def test_the_address_that_is_opened_holds_nothing_that_works_alone(desk, server, vault, browser):
    run(desk, "login")
    path, fields = parts_of(browser.opened[0])
    assert path == "/oauth/v2/authorization"
    assert set(fields) == {"response_type", "client_id", "redirect_uri", "state", "scope"}
    assert fields["scope"] == "openid profile w_member_social"
    assert "scope=openid%20profile%20w_member_social" in browser.opened[0]
    assert len(fields["state"]) >= 40


def test_the_page_that_the_browser_ends_on_holds_no_code_and_is_not_kept(desk, server, vault, browser):
    run(desk, "login")
    page = browser.pages[0]
    assert page.status == 200
    assert CODE not in page.text
    assert "terminal" in page.text
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_the_secret_travels_in_the_form_alone_and_to_the_token_endpoint_alone(desk, server, vault, browser):
    run(desk, "login")
    asked = server.find("/oauth/v2/accessToken")
    assert asked.form == {
        "grant_type": "authorization_code",
        "code": CODE,
        "redirect_uri": server.redirect_uri,
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
    }
    assert "authorization" not in asked.headers
    assert not any(SECRET in str(other) for other in server.asked if other is not asked)


def test_what_the_server_repeats_is_hidden_in_the_log(desk, server, vault, browser):
    """At its loudest the log holds the headers of every answer."""
    fields = {"access_token": ACCESS, "expires_in": 100_000}
    server.answers["/oauth/v2/accessToken"] = (200, fields, {"X-Echo": f"{SECRET} {CODE}"})
    assert "X-Echo', b'[hidden] [hidden]'" in run(desk, "login").err


def test_a_native_app_proves_itself_by_pkce_without_a_secret(desk, server, vault, browser):
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_SECRET")
    assert run(desk, "login", "--pkce").code == 0
    path, fields = parts_of(browser.opened[0])
    form = server.find("/oauth/v2/accessToken").form
    assert path == "/oauth/native-pkce/authorization"
    assert fields["code_challenge_method"] == "S256"
    assert "client_secret" not in form
    assert form["code_verifier"] not in browser.opened[0]
    assert 43 <= len(form["code_verifier"]) <= 128


def test_an_answer_with_another_state_ends_the_sign_in(desk, server, vault, browser):
    server.state = "somebody-elses"
    result = run(desk, "login")
    assert result.code == 3
    assert "does not belong to this sign-in" in result.err
    assert "/oauth/v2/accessToken" not in server.paths
    assert vault.kept == {}


@pytest.mark.parametrize(
    "refusal",
    [
        ("user_cancelled_login", "was cancelled"),
        ("user_cancelled_authorize", "press Allow"),
        ("unauthorized_scope_error", "Share on LinkedIn"),
        ("brand_new", "The user said no"),
    ],
)
def test_a_refusal_by_member_or_linkedin_says_what_to_do(desk, server, vault, browser, refusal):
    server.decision, told = refusal
    result = run(desk, "login")
    assert result.code == 3
    assert told in result.err
    assert vault.kept == {}


def test_a_token_that_linkedin_does_not_know_yet_is_given_some_seconds(desk, server, vault, browser, naps):
    server.refusals = 1
    assert run(desk, "login").code == 0
    assert naps == [SETTLING]
    assert "default" in vault.tokens


def test_a_token_that_linkedin_refuses_is_not_kept(desk, server, vault, browser, naps):
    server.refusals = 9
    result = run(desk, "login")
    assert (result.code, vault.kept) == (3, {})
    assert "not stored" in result.err


def test_a_token_without_a_name_is_kept_and_the_author_asked_for(desk, server, vault, browser):
    server.answers["/v2/userinfo"] = (403, {"status": 403, "serviceErrorCode": 100, "code": "ACCESS_DENIED"}, {})
    result = run(desk, "login")
    assert (result.code, "default" in vault.tokens) == (0, True)
    assert "linkedin.author" in result.err


def test_a_member_who_is_not_the_author_of_the_settings_is_told(desk, server, vault, browser):
    desk.monkeypatch.setenv("LINKEDIN_PERSON_URN", "urn:li:person:Jo_marked")
    assert "warning" not in run(desk, "login").err
    desk.monkeypatch.setenv("LINKEDIN_PERSON_URN", "urn:li:person:Ann")
    assert "urn:li:person:Jo_marked signed in" in run(desk, "login", "--quiet").err
    desk.monkeypatch.setenv("CROSSPOST_LINKEDIN__AUTHOR", "urn:li:organization:7")
    assert "warning" not in run(desk, "login").err


def test_a_company_page_asks_for_its_own_scopes_and_not_for_a_member(desk, server, vault, browser):
    server.answers["/oauth/v2/accessToken"] = (
        200,
        {"access_token": ACCESS, "expires_in": 100_000, "scope": "r_organization_social,w_organization_social"},
        {},
    )
    result = run(desk, "login", "--organization")
    assert parts_of(browser.opened[0])[1]["scope"] == "w_organization_social r_organization_social"
    assert "/v2/userinfo" not in server.paths
    assert "Community Management API" in result.err
    assert "urn:li:organization" in result.err


def test_a_machine_without_a_keyring_says_so_before_anybody_signs_in(desk, server, browser):
    result = run(desk, "login")
    assert result.code == 3
    assert "no keyring" in result.err
    assert "LINKEDIN_ACCESS_TOKEN" in result.err
    assert "--store file" in result.err
    assert browser.opened == []


def test_a_file_is_used_when_asked_for_and_only_its_owner_can_read_it(desk, server, browser):
    result = run(desk, "login", "--store", "file", "--json")
    (path,) = Path(os.environ["HOME"]).rglob("*.secret")
    assert result.code == 0, result.err
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert run(desk, "status", "--json").lines[0]["source"] == f"file ({path.parent})"


def test_a_taken_port_names_the_setting_and_asks_nobody(desk, server, vault, browser):
    port = int(server.redirect_uri.rsplit(":", 1)[1].partition("/")[0])
    with socket.create_server(("127.0.0.1", port)):
        result = run(desk, "login")
    assert result.code == 2
    assert "linkedin.redirect_uri" in result.err
    assert browser.opened == []


def test_a_browser_that_connects_ahead_or_asks_for_other_things_changes_nothing(desk, server, vault, browser):
    port = int(server.redirect_uri.rsplit(":", 1)[1].partition("/")[0])
    idle = []

    def open_with_idle_connections(url):
        idle.extend(socket.create_connection(("127.0.0.1", port)) for _ in range(3))
        for other in ("favicon.ico", "callback", "callback?x=1", "callback/?code=x", "?code=x"):
            assert get(f"http://127.0.0.1:{port}/{other}").status == 404
        return browser.open(url)

    desk.monkeypatch.setattr("webbrowser.open", open_with_idle_connections)
    assert run(desk, "login").code == 0
    for one in idle:
        one.close()


# --- without a browser ---------------------------------------------------------------------------------------------


def test_a_pasted_token_is_asked_for_its_owner_and_its_expiry(desk, server, vault):
    expires = int(datetime.now(UTC).timestamp()) + 10 * 86_400 + 60
    server.introspection |= {"expires_at": expires, "scope": "openid,profile,w_member_social"}
    (told,) = run(desk, "login", "--paste", "--json", stdin=f" Bearer {ACCESS}\n").lines
    assert (told["author"], told["days_left"]) == ("urn:li:person:Jo_marked", 10)
    assert vault.tokens["default"]["access_token"] == ACCESS


def test_a_token_can_be_pasted_without_an_app(desk, server, vault):
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_ID")
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_SECRET")
    (told,) = run(desk, "login", "--paste", "--json", stdin=ACCESS).lines
    assert (told["author"], told["expires_at"]) == ("urn:li:person:Jo_marked", None)


class Driver(io.StringIO):
    """A person with a browser on another machine: reads the printed address, pastes where it led."""

    def __init__(self, capsys, change=lambda address: address):
        super().__init__()
        self.capsys = capsys
        self.change = change

    def readline(self, *_args):
        shown = self.capsys.readouterr().err
        (url,) = [line for line in shown.splitlines() if "/authorization?" in line]
        return self.change(get(url, Stay()).headers["Location"]) + "\n"


def paste(desk, *arguments, change=lambda address: address):
    desk.monkeypatch.setattr("sys.stdin", Driver(desk.capsys, change))
    return desk.run("auth", "login", "--paste", *arguments)


@pytest.mark.parametrize(
    "change",
    [
        lambda address: address,
        lambda address: f'  "{address}"  ',
        lambda address: address.partition("?")[2],
        lambda address: address.partition("?")[2].join(["?", "#!"]),
    ],
)
def test_the_pasted_address_of_a_browser_elsewhere_signs_in(desk, server, vault, change):
    result = paste(desk, change=change)
    assert result.code == 0, result.err
    assert vault.tokens["default"]["access_token"] == ACCESS


def test_a_pasted_address_of_another_sign_in_is_refused(desk, server, vault):
    result = paste(desk, change=lambda address: address + "x")
    assert (result.code, vault.kept) == (3, {})
    assert "does not belong to this sign-in" in result.err
    assert CODE not in result.err


def test_a_pasted_address_without_an_app_names_the_variables(desk, server, vault):
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_ID")
    result = run(desk, "login", "--paste", stdin=f"{server.redirect_uri}?code={CODE}&state=x\n")
    assert result.code == 3
    assert "LINKEDIN_CLIENT_ID" in result.err


def test_an_address_elsewhere_may_be_registered_and_is_pasted(desk, server, vault, browser):
    server.redirect_uri = "https://blog.example/signed-in"
    desk.monkeypatch.setenv("CROSSPOST_LINKEDIN__REDIRECT_URI", server.redirect_uri)
    result = run(desk, "login")
    assert result.code == 2
    assert "https://blog.example/signed-in, where crosspost cannot wait" in result.err
    assert paste(desk).code == 0


# --- status ----------------------------------------------------------------------------------------------------------


def in_days(days):
    return int((datetime.now(UTC) + timedelta(days=days, minutes=5)).timestamp())


@pytest.mark.parametrize(
    ("days", "told"), [(40, None), (14, "two weeks"), (6, "a week"), (2, "a few days"), (0, "very soon")]
)
def test_the_nearer_the_end_the_more_urgent_the_warning(desk, server, vault, days, told):
    desk.monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", ACCESS)
    server.introspection |= {"expires_at": in_days(days), "scope": "openid,profile,w_member_social"}
    result = run(desk, "status", "--json")
    (line,) = result.lines
    assert list(line) == STATUS_KEYS
    assert (result.code, line["state"], line["asked"], line["days_left"]) == (0, "active", True, days)
    assert line["scopes"] == ["openid", "profile", "w_member_social"]
    assert (told in result.err) if told else ("warning" not in result.err)


@pytest.mark.parametrize("state", ["expired", "revoked"])
def test_a_token_that_works_no_more_is_3_and_says_to_sign_in(desk, server, vault, state):
    desk.monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", ACCESS)
    server.introspection = {"active": False, "status": state, "expires_at": in_days(-1)}
    result = run(desk, "status", "--json")
    assert (result.code, result.lines[0]["state"]) == (3, state)
    assert "crosspost auth login" in result.err


def test_a_token_of_another_app_may_work_all_the_same(desk, server, vault):
    desk.monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", ACCESS)
    server.introspection = {"active": False}
    result = run(desk, "status", "--json")
    assert (result.code, result.lines[0]["state"]) == (0, "active")
    assert "another app" in result.err
    server.refusals = 9
    assert run(desk, "status").code == 3


def test_without_the_app_status_says_what_is_known_here_and_asks_nobody(desk, server, vault, browser):
    run(desk, "login")
    asked = len(server.asked)
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_SECRET")
    result = run(desk, "status", "--json")
    assert (result.code, result.lines[0]["state"], result.lines[0]["days_left"]) == (0, "unknown", 59)
    assert "LINKEDIN_CLIENT_SECRET" in result.err
    assert len(server.asked) == asked


def test_a_server_that_is_away_leaves_what_is_known(desk, server, vault, browser):
    run(desk, "login")
    server.close()
    result = run(desk, "status", "--json")
    assert (result.code, result.lines[0]["asked"], result.lines[0]["days_left"]) == (0, False, 59)
    assert "could not be reached" in result.err


def test_an_expiry_that_was_kept_is_believed_without_asking(desk, server, vault):
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_SECRET")
    keep(vault, server, days=-1)
    result = run(desk, "status", "--json")
    assert (result.code, result.lines[0]["state"], server.asked) == (3, "expired", [])
    assert "expired on" in result.err


def test_status_asks_nobody_for_a_token(desk, vault, terminal):
    assert run(desk, "status").code == 3
    assert terminal.asked == []


def test_no_token_at_all_is_3(desk, vault):
    assert run(desk, "status").code == 3


# --- whose token goes where --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", ["API_URL", "OAUTH_URL"])
def test_a_token_made_at_linkedin_is_given_to_no_other_server(desk, server, vault, setting):
    """A checkout of somebody else's may name a server of its own in crosspost.toml."""
    desk.configure("since = 2020-01-01\n")
    vault.kept |= {"default": ACCESS, "default (app)": json.dumps({"client_id": CLIENT_ID, "client_secret": SECRET})}
    assert desk.run("status", "--json").lines[0]["accounts"][0]["name"] == "default"
    desk.monkeypatch.setenv(f"CROSSPOST_LINKEDIN__{setting}", server.url)
    desk.post("hello", "Text.")
    for command in (["auth", "status"], ["publish"]):
        assert desk.run(*command).code == 3
    assert desk.run("auth", "logout", "--json").lines[0]["forgotten"] is False
    assert server.asked == []
    assert vault.kept["default"] == ACCESS


# --- refresh ---------------------------------------------------------------------------------------------------------


def keep(vault, server, *, days, refresh=None, **more):
    moment = datetime.now(UTC) + timedelta(days=days)
    vault.kept[f"default on {server.url}"] = json.dumps(
        {"access_token": "AQXmarked-ACCESS_older", "expires_at": moment.isoformat(), "refresh_token": refresh, **more}
    )


@pytest.mark.parametrize("days", [-3, 0.5])
def test_a_token_at_its_end_is_refreshed_before_a_publish(desk, server, vault, naps, days):
    keep(vault, server, days=days, refresh=REFRESH)
    desk.post("hello", "Text.")
    result = desk.run("publish", "--verbose")
    assert server.find("/oauth/v2/accessToken").form["grant_type"] == "refresh_token"
    assert not [mark for mark in MARKED if mark in result.out + result.err]
    kept = vault.tokens["default"]
    assert (kept["access_token"], kept["refresh_token"]) == (ACCESS, REFRESH)
    assert server.asked[-1].headers["authorization"] == f"Bearer {ACCESS}"
    assert SETTLING in naps


def test_a_token_with_days_to_live_is_not_refreshed(desk, server, vault):
    keep(vault, server, days=2, refresh=REFRESH)
    desk.post("hello", "Text.")
    desk.run("publish")
    assert "/oauth/v2/accessToken" not in server.paths


def test_an_expired_token_without_a_refresh_token_is_never_sent(desk, server, vault):
    keep(vault, server, days=-3)
    desk.post("hello", "Text.")
    result = desk.run("publish")
    assert (result.code, server.asked) == (3, [])
    assert "crosspost auth login" in result.out + result.err
    assert "expired" in result.out + result.err


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ({"days": 2}, "token: 1 day left"),
        ({"days": -1}, "token: expired on "),
        ({"days": -1, "refresh": REFRESH}, "token: renewed when it is used"),
    ],
)
def test_status_tells_a_token_that_has_ended_from_one_that_ends_today(desk, server, vault, token, told):
    keep(vault, server, **token)
    result = desk.run("status")
    assert told in result.out
    assert ("run 'crosspost auth login'" in result.out) is told.startswith("token: expired")


def test_a_refused_refresh_of_an_expired_token_says_to_sign_in(desk, server, vault):
    keep(vault, server, days=-3, refresh="AQYother")
    desk.post("hello", "Text.")
    result = desk.run("publish")
    assert result.code == 3
    assert "refresh token" in result.out + result.err
    assert "crosspost auth login" in result.out + result.err


def test_a_refresh_that_fails_while_the_token_lives_changes_nothing(desk, server, vault):
    keep(vault, server, days=0.5, refresh=REFRESH)
    server.answers["/oauth/v2/accessToken"] = (503, b"<h1>away</h1>", {})
    desk.post("hello", "Text.")
    desk.run("publish")
    assert server.asked[-1].headers["authorization"] == "Bearer AQXmarked-ACCESS_older"


@pytest.mark.parametrize(("refresh", "told"), [(None, True), (REFRESH, False)])
def test_a_publish_warns_of_a_token_that_ends_soon_unless_it_renews_itself(desk, server, vault, refresh, told):
    keep(vault, server, days=2.5, refresh=refresh)
    desk.post("hello", "Text.")
    assert ("2 days left" in desk.run("publish").err) is told


def test_a_refresh_token_that_has_ended_is_not_even_tried(desk, server, vault):
    keep(vault, server, days=-3, refresh=REFRESH, refresh_expires_at="2020-01-01T00:00:00+00:00")
    desk.post("hello", "Text.")
    result = desk.run("publish")
    assert (result.code, server.asked) == (3, [])
    assert "refresh token has expired too" in result.out + result.err


# --- logout ----------------------------------------------------------------------------------------------------------


def test_signing_out_revokes_and_forgets_everything(desk, server, vault, browser):
    server.refresh_token = REFRESH
    run(desk, "login")
    (told,) = run(desk, "logout", "--json").lines
    assert told == {"account": "default", "forgotten": True, "revoked": True}
    revoked = [asked.form["token"] for asked in server.asked if asked.path == "/oauth/v2/revoke"]
    assert revoked == [ACCESS, REFRESH]
    assert vault.kept == {}


@pytest.mark.parametrize("answer", [(404, b"", {}), (302, b"", {"Location": "http://127.0.0.1:9/"}), (500, b"<p>", {})])
def test_signing_out_forgets_even_where_linkedin_does_not_revoke(desk, server, vault, browser, answer):
    run(desk, "login")
    server.answers["/oauth/v2/revoke"] = answer
    result = run(desk, "logout", "--json")
    assert result.lines == [{"account": "default", "forgotten": True, "revoked": False}]
    assert "until it expires" in result.err
    assert vault.kept == {}


def test_signing_out_does_not_touch_the_environment_and_says_so(desk, server, vault):
    desk.monkeypatch.setenv("LINKEDIN_ACCESS_TOKEN", ACCESS)
    result = run(desk, "logout")
    assert (result.code, server.asked) == (0, [])
    assert "LINKEDIN_ACCESS_TOKEN still holds a token" in result.err


def test_an_unknown_account_is_wrong_usage(desk, vault):
    for command in ("login", "status", "logout"):
        assert run(desk, command, "--account", "nobody").code == 2


# --- asking a person -----------------------------------------------------------------------------------------------


def test_the_app_is_asked_for_once_and_kept_beside_the_token(desk, server, vault, browser):
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_ID")
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_SECRET")
    asked = []

    class Person:
        def answer(self, question, *, hidden):
            asked.append((question, hidden))
            return SECRET if hidden else CLIENT_ID

    desk.monkeypatch.setattr("crosspost.cli.prompts.prompt_here", Person)
    assert run(desk, "login").code == 0
    assert [hidden for _, hidden in asked] == [False, True]
    assert run(desk, "login").code == 0
    assert len(asked) == 2
    run(desk, "logout")
    assert vault.kept == {}


def test_without_a_terminal_a_missing_app_names_the_variables(desk, server, vault, browser):
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_SECRET")
    result = run(desk, "login")
    assert result.code == 3
    assert "LINKEDIN_CLIENT_SECRET" in result.err
    assert browser.opened == []


# --- as processes ------------------------------------------------------------------------------------------------------

BROWSER = """
import pathlib, sys, urllib.request
pathlib.Path({seen!r}).write_text("\\n".join(sys.argv))
urllib.request.build_opener(urllib.request.ProxyHandler({{}})).open(sys.argv[1], timeout=10).read()
"""


def test_no_process_carries_a_secret_in_its_arguments(desk, server, tmp_path):
    """Every user of a machine can read them: those of crosspost, and those of the browser that it starts."""
    seen, script = tmp_path / "seen", tmp_path / "browser.py"
    script.write_text(BROWSER.format(seen=str(seen)))
    desk.monkeypatch.setenv("BROWSER", f"{sys.executable} {script} %s")
    command = [sys.executable, "-m", "crosspost", "auth", "login", "--store", "file", "--verbose"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=desk.folder, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    shown = done.stdout + done.stderr + seen.read_text()
    assert "/oauth/v2/authorization" in seen.read_text()
    assert not [mark for mark in MARKED if mark in shown]


def test_an_interrupt_while_waiting_for_the_browser_is_130_and_frees_the_port(desk, server, vault):
    desk.monkeypatch.setattr("webbrowser.open", lambda _url: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run(desk, "login").code == 130
    assert [thread.name for thread in threading.enumerate() if thread.name == "crosspost-redirect"] == []


def test_a_person_who_never_comes_back_is_told_so(desk, server, vault):
    desk.monkeypatch.setattr("webbrowser.open", lambda _url: True)
    desk.monkeypatch.setattr("crosspost.cli.auth._PATIENCE", 0.05)
    result = run(desk, "login")
    assert result.code == 3
    assert "no browser came back" in result.err
    assert "--paste" in result.err


# --- on a terminal -----------------------------------------------------------------------------------------------------


@pytest.fixture
def terminal(desk):
    """Somebody sits there and types; what was asked is kept."""

    class Terminal:
        def __init__(self):
            self.asked = []
            self.pasted = ACCESS
            self.has_token = True

        def prompt(self, question, **options):
            self.asked.append((question, options["hide_input"]))
            return self.pasted

        def confirm(self, question, **_options):
            self.asked.append((question, False))
            return self.has_token

        def answer(self, question, *, hidden):
            self.asked.append((question, hidden))
            return SECRET if hidden else CLIENT_ID

    one = Terminal()
    desk.monkeypatch.setattr("crosspost.cli.prompts.is_interactive", lambda: True)
    desk.monkeypatch.setattr("crosspost.cli.prompts.prompt_here", lambda: one)
    desk.monkeypatch.setattr("click.prompt", one.prompt)
    desk.monkeypatch.setattr("click.confirm", one.confirm)
    return one


def test_who_has_a_token_is_asked_for_nothing_else(desk, server, vault, terminal):
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_ID")
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_SECRET")
    assert run(desk, "login", "--paste").code == 0
    assert [hidden for _, hidden in terminal.asked] == [False, True]
    assert vault.tokens["default"]["access_token"] == ACCESS


def test_who_has_no_token_is_asked_for_the_app_and_shown_the_address(desk, server, vault, terminal):
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_ID")
    desk.monkeypatch.delenv("LINKEDIN_CLIENT_SECRET")
    terminal.has_token = False
    result = run(desk, "login", "--paste")
    assert result.code == 0, result.err
    assert f"{server.url}/oauth/v2/authorization?" in result.err
    assert [hidden for _, hidden in terminal.asked] == [False, False, True, True]
    assert CLIENT_ID in vault.kept[f"default on {server.url} (app)"]
