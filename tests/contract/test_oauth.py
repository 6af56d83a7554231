"""What signing in must do at the protocol's level, against a transport without a network and over TCP."""

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from authorization_server import (
    ACCESS,
    CLIENT_ID,
    CODE,
    LIFETIME,
    MARKED,
    REFRESH,
    SECRET,
    AuthorizationServer,
    parts_of,
)
from crosspost.errors import CredentialsError, SettingsError
from crosspost.linkedin.oauth.client import Authorization, OAuth

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
REDIRECT = "http://127.0.0.1:8912/callback"
BEGUN = Authorization("", "state", None)


@dataclass
class StillClock:
    def now(self):
        return NOW

    def sleep(self, seconds):
        raise AssertionError("nothing sleeps here")


@pytest.fixture
def hidden():
    """What logs were told to hide."""
    return []


@pytest.fixture(params=["mock", "tcp"])
def server(request):
    with AuthorizationServer(redirect_uri=REDIRECT) as running:
        running.without_network = request.param == "mock"
        yield running


@pytest.fixture
def oauth(server, hidden):
    def make(**changes):
        settings = {
            "oauth_url": server.url,
            "redirect_uri": REDIRECT,
            "client_id": CLIENT_ID,
            "client_secret": SECRET,
            "timeout": 5,
            "clock": StillClock(),
            "hide": hidden.append,
            "transport": server.transport() if server.without_network else None,
        }
        return OAuth(**{**settings, **changes})

    return make


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)


def refused(act):
    """Return the problem; it repeats no secret in any form, nor does what hangs on the exception."""
    with pytest.raises(CredentialsError) as caught:
        act()
    error = caught.value
    shown = f"{error!r} {error} {error.problem!r} {error.__cause__!r}"
    assert not [mark for mark in MARKED if mark in shown]
    return error.problem


def test_a_code_becomes_tokens_with_the_moment_when_they_end(server, oauth):
    server.refresh_token = REFRESH
    grant = oauth().redeem(BEGUN, CODE)
    assert (grant.access_token, grant.refresh_token) == (ACCESS, REFRESH)
    assert grant.expires_at == NOW + timedelta(seconds=LIFETIME)
    assert grant.refresh_expires_at == NOW + timedelta(seconds=31536059)
    assert grant.scopes == ("email", "openid", "profile", "w_member_social")
    assert ACCESS not in repr(grant)
    assert REFRESH not in repr(grant)


def test_the_recorded_answer_is_read_byte_for_byte(server, oauth):
    body = (
        b'{"access_token":"AQXdSP_W41","expires_in":5183999,"scope":"email,openid,profile,w_member_social",'
        b'"token_type":"Bearer","id_token":"eyJ6"}'
    )
    server.answers["/oauth/v2/accessToken"] = (200, body, {})
    grant = oauth().redeem(BEGUN, CODE)
    assert (grant.access_token, len(grant.scopes), grant.refresh_token) == ("AQXdSP_W41", 4, None)


def test_the_form_is_exactly_what_linkedin_documents(server, oauth):
    oauth().redeem(BEGUN, CODE)
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", "/oauth/v2/accessToken")
    assert asked.form == {
        "grant_type": "authorization_code",
        "code": CODE,
        "redirect_uri": REDIRECT,
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
    }
    assert asked.headers["content-type"].startswith("application/x-www-form-urlencoded")
    assert "authorization" not in asked.headers


def test_each_sign_in_has_a_state_and_a_proof_of_its_own(oauth):
    native = oauth(client_secret=None)
    begun = [native.authorization(["openid"]) for _ in range(20)]
    assert len({one.state for one in begun}) == len({one.verifier for one in begun}) == 20
    for one in begun:
        fields = parts_of(one.url)[1]
        assert fields["state"] == one.state
        assert one.verifier not in one.url
        assert one.verifier not in repr(one)


def test_a_native_app_proves_that_it_began_the_sign_in(server, oauth):
    native = oauth(client_secret=None)
    begun = native.authorization(["openid", "w_member_social"])
    server.challenge = parts_of(begun.url)[1]["code_challenge"]
    assert native.redeem(begun, CODE).access_token == ACCESS
    other = native.authorization(["openid"])
    assert "does not accept the redirect address" in refused(lambda: native.redeem(other, CODE)).what


def test_a_refresh_gives_a_new_token(server, oauth):
    server.refresh_token = REFRESH
    assert oauth().refresh(REFRESH).access_token == ACCESS
    assert server.asked[0].form == {
        "grant_type": "refresh_token",
        "refresh_token": REFRESH,
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
    }


def test_introspection_tells_state_end_and_scopes(server, oauth):
    server.introspection = {
        "active": True,
        "status": "active",
        "scope": "openid,profile,w_member_social",
        "client_id": CLIENT_ID,
        "created_at": 1795338000,
        "expires_at": 1800522000,
        "auth_type": "3L",
    }
    said = oauth().introspect(ACCESS)
    assert (said.active, said.status) == (True, "active")
    assert said.expires_at == datetime.fromtimestamp(1800522000, UTC)
    assert said.scopes == ("openid", "profile", "w_member_social")
    assert server.asked[0].form == {"token": ACCESS, "client_id": CLIENT_ID, "client_secret": SECRET}
    assert oauth().introspect("another").active is False


def test_revoking_names_the_token_and_the_app(server, oauth):
    oauth().revoke(ACCESS)
    assert (server.asked[0].path, server.asked[0].form["token"]) == ("/oauth/v2/revoke", ACCESS)


ROWS = [
    (400, "invalid_request", "Unable to retrieve access token: authorization code not found", "crosspost auth login"),
    (401, "invalid_request", "Unable to retrieve access token: authorization code not found", "crosspost auth login"),
    (400, "invalid_request", 'A required parameter "code" is missing', "client ID"),
    (400, "invalid_request", 'A required parameter "redirect_uri" is missing', "linkedin.redirect_uri"),
    (400, "invalid_request", 'A required parameter "client_secret" is missing', "--pkce"),
    (
        400,
        "invalid_redirect_uri",
        (
            "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
            "Or authorization code expired. Or external member binding exists"
        ),
        REDIRECT,
    ),
    (
        400,
        "invalid_request",
        "The provided authorization grant or refresh token is invalid, expired or revoked",
        "crosspost auth login",
    ),
    (401, "invalid_client", "Client authentication failed", "page Auth of the app"),
    (401, "something", "new", "page Auth of the app"),
    (429, "", "Resource level throttle", "later"),
    (418, "teapot", f"short and stout {CODE} {SECRET}", "client ID"),
]


@pytest.mark.parametrize("row", ROWS)
def test_each_refusal_says_what_to_do_and_repeats_no_secret(server, oauth, row, log):
    status, error, description, told = row
    server.answers["/oauth/v2/accessToken"] = (status, {"error": error, "error_description": description}, {})
    problem = refused(lambda: oauth().redeem(BEGUN, CODE))
    assert told in problem.fix
    assert f"HTTP {status}" in problem.detail
    assert not [mark for mark in MARKED if mark in log()]


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (500, b"<html><h1>Oops</h1></html>", "an error of its own (500; Oops)"),
        (503, b"", "an error of its own"),
        (200, b"", "says nothing of a token"),
        (200, b"[1]", "says nothing of a token"),
        (200, b'{"access_token": 7}', "says nothing of a token"),
        (200, b'{"access_token": "with space"}', "says nothing of a token"),
        (200, b'{"access_token": "", "expires_in": "soon"}', "says nothing of a token"),
        (200, b"[" * 100_000, "says nothing of a token"),
        (200, b"x" * 400_000, "says nothing of a token"),
        (204, b"", "says nothing of a token"),
        (400, b'{"access_token": "AQX"}', "refused the request"),
        (302, b'{"access_token": "AQX"}', "redirect"),
        (404, b"<p>no", "nothing that answers at this address"),
        (401, b'{"status":401,"serviceErrorCode":65600,"message":"Invalid"}', "client ID and client secret (Invalid)"),
    ],
)
def test_whatever_is_answered_ends_in_a_plain_problem(server, oauth, status, body, told):
    server.answers["/oauth/v2/accessToken"] = (status, body, {})
    assert told in refused(lambda: oauth().redeem(BEGUN, CODE)).what


@pytest.mark.parametrize("lifetime", ["5183999", 5183999])
def test_a_lifetime_is_a_number_or_digits(server, oauth, lifetime):
    server.answers["/oauth/v2/accessToken"] = (200, {"access_token": ACCESS, "expires_in": lifetime}, {})
    assert oauth().redeem(BEGUN, CODE).expires_at == NOW + timedelta(seconds=5183999)


@pytest.mark.parametrize("lifetime", [None, "soon", -1, 10**30, True, {}, 1.5])
def test_a_token_with_a_lifetime_that_is_none_is_kept_without_one(server, oauth, lifetime):
    server.answers["/oauth/v2/accessToken"] = (200, {"access_token": ACCESS, "expires_in": lifetime}, {})
    grant = oauth().redeem(BEGUN, CODE)
    assert (grant.access_token, grant.expires_at) == (ACCESS, None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("act", ["redeem", "refresh", "introspect", "revoke"])
def test_no_redirect_is_followed_with_a_secret(server, oauth, status, act):
    for path in ("accessToken", "introspectToken", "revoke"):
        server.answers[f"/oauth/v2/{path}"] = (status, b"", {"Location": f"{server.url}/elsewhere"})
    one = oauth()
    calls = {
        "redeem": lambda: one.redeem(BEGUN, CODE),
        "refresh": lambda: one.refresh(REFRESH),
        "introspect": lambda: one.introspect(ACCESS),
        "revoke": lambda: one.revoke(ACCESS),
    }
    assert "redirect" in refused(calls[act]).what
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError(f"refused {CODE}"),
        httpx.ReadTimeout(f"slow {SECRET}"),
        httpx.RemoteProtocolError(f"cut {ACCESS}"),
        OSError("no network"),
    ],
)
def test_no_answer_is_told_without_a_secret(oauth, failure):
    def fail(_request):
        raise failure

    one = oauth(transport=httpx.MockTransport(fail))
    one._hide(ACCESS)
    problem = refused(lambda: one.redeem(BEGUN, CODE))
    assert "could not be reached" in problem.what
    assert "linkedin.oauth_url" in problem.fix


def test_a_server_that_never_answers_ends_at_the_deadline(server, oauth):
    server.delay = 3
    problem = refused(lambda: oauth(timeout=0.3, transport=None).redeem(BEGUN, CODE))
    assert "no answer within 0.3 seconds" in problem.what


def test_a_proxy_that_is_no_address_is_told_without_it(oauth, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://user:marked-secret@x")
    one = oauth(oauth_url="https://linkedin.example", transport=None)
    assert "HTTPS_PROXY" in refused(lambda: one.redeem(BEGUN, CODE)).fix


@pytest.mark.parametrize(
    "url", ["http://www.linkedin.com", "ftp://127.0.0.1", "https://user:marked-secret@www.linkedin.com", "linkedin.com"]
)
def test_secrets_go_nowhere_but_over_https_or_to_this_machine(oauth, url):
    with pytest.raises(SettingsError) as caught:
        oauth(oauth_url=url)
    assert "linkedin.oauth_url" in str(caught.value)
    assert "marked-secret" not in str(caught.value)


def test_every_secret_is_hidden_before_it_is_used(server, oauth, hidden):
    server.refresh_token = REFRESH
    native = oauth(client_secret=None)
    begun = native.authorization(["openid"])
    server.challenge = parts_of(begun.url)[1]["code_challenge"]
    native.redeem(begun, CODE)
    oauth()
    assert {begun.verifier, CODE, ACCESS, REFRESH, SECRET} <= set(hidden)


def test_nothing_secret_is_in_the_log_at_its_loudest(server, oauth, log):
    server.refresh_token = REFRESH
    one = oauth()
    one.redeem(BEGUN, CODE)
    one.refresh(REFRESH)
    one.introspect(ACCESS)
    one.revoke(ACCESS)
    assert "accessToken" in log()
    assert not [mark for mark in MARKED if mark in log()]


def test_authlib_says_nothing_of_its_own_on_standard_error():
    """It warns at its first import, which the other tests have behind them."""
    program = "from crosspost.linkedin.oauth.transport import authlib_client; print(authlib_client()[0].__name__)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("OAuth2Client\n", "")


def test_json_that_holds_an_error_under_200_is_a_refusal(server, oauth):
    body = json.dumps({"error": "invalid_client", "error_description": "x" * 5000}).encode()
    server.answers["/oauth/v2/accessToken"] = (200, body, {})
    problem = refused(lambda: oauth().redeem(BEGUN, CODE))
    assert len(problem.what) < 500
