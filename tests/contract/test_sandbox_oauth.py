"""Signing in: what a browser sees, what an app gets, and every refusal in LinkedIn's own words."""

import base64
import hashlib
import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from crosspost.sandbox import Member, Token

REDIRECT = "http://127.0.0.1:8912/callback"
APP = {"client_id": "sandbox-client", "client_secret": "sandbox-secret"}
VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
NO_MATCH = (
    "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
    "Or authorization code expired. Or external member binding exists"
)


class Browser:
    """A member's browser and the app behind it."""

    def __init__(self, http):
        self.http = http

    def open(self, path="/oauth/v2/authorization", **changes):
        asked = {
            "response_type": "code",
            "client_id": "sandbox-client",
            "redirect_uri": REDIRECT,
            "state": "st/a&te",
            "scope": "openid profile w_member_social",
        } | changes
        return self.http.get(path, params={name: value for name, value in asked.items() if value is not None})

    def decide(self, page, decision="allow"):
        assert page.status_code == 200, page.text
        (handle,) = re.findall(r'name="consent" value="([^"]+)"', page.text)
        return self.http.post("/oauth/v2/authorization-submit", data={"consent": handle, "decision": decision})

    def code(self, *args, **changes):
        return came_back(self.decide(self.open(*args, **changes)))["code"]

    def exchange(self, code, /, **changes):
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, **APP} | changes
        return self.token(**form)

    def token(self, **form):
        sent = {name: value for name, value in form.items() if value is not None}
        return self.http.post("/oauth/v2/accessToken", data=sent)

    def sign_in(self, **changes):
        return self.exchange(self.code(**changes)).json()

    def introspect(self, token):
        return self.http.post("/oauth/v2/introspectToken", data={**APP, "token": token}).json()


def came_back(response):
    assert response.status_code == 302, response.text
    return {name: values[0] for name, values in parse_qs(urlsplit(response.headers["location"]).query).items()}


def refusal(response):
    return response.status_code, response.json()


@pytest.fixture
def browse(start_sandbox, connect):
    return lambda **settings: Browser(connect(start_sandbox(**settings)).http)


@pytest.fixture
def browser(browse):
    return browse()


# --- consent ---------------------------------------------------------------------------------------------------------


def test_the_consent_page_says_who_wants_what_from_whom(browser):
    page = browser.open()
    assert page.status_code == 200
    assert all(part in page.text for part in ("sandbox-client", "Sam Sandbox", "w_member_social", "Allow", "Cancel"))
    assert "<script" not in page.text


def test_the_form_may_lead_back_to_the_app_and_nowhere_else(browser):
    """Chromium applies `form-action` to the redirect after the form, too."""
    policy = browser.open().headers["content-security-policy"]
    assert "form-action 'self' http://127.0.0.1:8912;" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_allow_sends_back_a_code_and_the_state(browser):
    response = browser.decide(browser.open())
    assert response.headers["location"].startswith(REDIRECT + "?code=")
    assert came_back(response)["state"] == "st/a&te"
    assert response.headers["cache-control"] == "no-store"


def test_cancel_sends_back_the_error_and_the_state(browser):
    answer = came_back(browser.decide(browser.open(), "cancel"))
    assert answer.pop("error_description")
    assert answer == {"error": "user_cancelled_authorize", "state": "st/a&te"}


def test_a_query_of_the_redirect_uri_is_kept(browser):
    answer = came_back(browser.decide(browser.open(redirect_uri=REDIRECT + "?site=a%20b")))
    assert answer["site"] == "a b"
    assert answer["code"]


def test_nothing_sent_becomes_a_header_or_markup(browser):
    attack = "x\r\nSet-Cookie: a=b\r\n\r\n<script>"
    response = browser.decide(browser.open(state=attack, redirect_uri=REDIRECT + "?y=" + "%0d%0aX: y"))
    assert "set-cookie" not in response.headers
    assert "x" not in response.headers
    assert came_back(response)["state"] == attack
    assert "<script" not in browser.open(scope="<script>").text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"client_id": "other"}, "no app with this client_id"),
        ({"redirect_uri": "http://127.0.0.1:8912/other"}, "redirect_uri does not match"),
        ({"redirect_uri": REDIRECT + "/"}, "redirect_uri does not match"),
        ({"redirect_uri": REDIRECT + "#x"}, "redirect_uri does not match"),
        ({"redirect_uri": REDIRECT + "?x=y#z"}, "redirect_uri does not match"),
        ({"redirect_uri": "http://127.0.0.1:8913/callback"}, "redirect_uri does not match"),
        ({"scope": "openid r_member_social"}, "Scope r_member_social is not authorized for your application."),
        ({"scope": "openid,profile"}, "Scope openid,profile is not authorized for your application."),
        ({"response_type": "token"}, 'response_type has to be "code"'),
        ({"state": None}, 'A required parameter "state" is missing'),
        ({"scope": " "}, 'A required parameter "scope" is missing'),
        ({"client_id": None}, 'A required parameter "client_id" is missing'),
    ],
)
def test_a_wrong_request_is_shown_here_and_not_sent_back(browser, changes, words):
    response = browser.open(**changes)
    assert response.status_code == 400
    assert "location" not in response.headers
    assert words in unescape(response.text)


def test_a_page_is_answered_once(browser):
    page = browser.open()
    assert browser.decide(page).status_code == 302
    assert browser.decide(page).status_code == 400


def test_a_decision_is_one_of_two(browser):
    page = browser.open()
    assert browser.decide(page, "perhaps").status_code == 400
    assert browser.decide(page, "allow").status_code == 302


def test_a_form_that_no_page_led_to_is_refused(browser):
    response = browser.http.post("/oauth/v2/authorization-submit", data={"consent": "x", "decision": "allow"})
    assert response.status_code == 400
    assert browser.http.post("/oauth/v2/authorization-submit", json={}).status_code == 415


def test_another_consent_may_be_unnecessary_while_a_token_lives(browse, sandbox_clock):
    browser = browse(remember_consent=True)
    assert browser.open().status_code == 302
    assert browser.open(scope="openid").status_code == 200
    sandbox_clock.advance(days=60)
    assert browser.open().status_code == 200


# --- a code becomes a token ------------------------------------------------------------------------------------------


def test_the_answer_is_the_recorded_one(browser):
    response = browser.exchange(browser.code(scope="w_member_social email openid profile"))
    answer = response.json()
    assert response.status_code == 200
    assert list(answer) == ["access_token", "expires_in", "scope", "token_type", "id_token"]
    assert answer["scope"] == "email,openid,profile,w_member_social"
    assert (answer["expires_in"], answer["token_type"]) == (5_183_999, "Bearer")
    assert 300 < len(answer["access_token"]) < 1000
    assert response.headers["cache-control"] == "no-store"


def test_there_is_no_id_token_without_openid(browser):
    assert "id_token" not in browser.sign_in(scope="w_member_social")


def test_the_token_works_and_says_who_the_member_is(browse, sandbox_clock):
    browser = browse(login=Token(member=Member(urn="urn:li:person:aB-3", name="Ann Lee", email="ann@example.com")))
    token = browser.sign_in(scope="openid profile email")["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    answer = browser.http.get("/v2/userinfo", headers=headers).json()
    assert (answer["sub"], answer["name"], answer["email"]) == ("aB-3", "Ann Lee", "ann@example.com")
    sandbox_clock.advance(seconds=5_183_998)
    assert browser.http.get("/v2/userinfo", headers=headers).status_code == 200
    sandbox_clock.advance(seconds=1)
    assert browser.http.get("/v2/userinfo", headers=headers).json()["code"] == "EXPIRED_ACCESS_TOKEN"


def test_the_token_publishes(browse, connect, start_sandbox):
    sandbox = start_sandbox()
    client = connect(sandbox)
    client.headers["Authorization"] = f"Bearer {Browser(client.http).sign_in()['access_token']}"
    assert client.post("signed in").status_code == 201
    assert sandbox.posts[0].rendered == "signed in"


def test_a_scope_that_was_not_asked_for_is_not_given(browse, connect, start_sandbox):
    client = connect(start_sandbox())
    client.headers["Authorization"] = f"Bearer {Browser(client.http).sign_in(scope='openid')['access_token']}"
    assert client.post().status_code == 403


def test_a_code_is_good_once(browser):
    code = browser.code()
    assert browser.exchange(code).status_code == 200
    description = "Unable to retrieve access token: authorization code not found"
    assert refusal(browser.exchange(code)) == (
        400, {"error": "invalid_request", "error_description": description},
    )  # fmt: skip


@pytest.mark.parametrize(("seconds", "status"), [(29 * 60 + 59, 200), (30 * 60, 400)])
def test_a_code_lives_half_an_hour(browser, sandbox_clock, seconds, status):
    code = browser.code()
    sandbox_clock.advance(seconds=seconds)
    response = browser.exchange(code)
    assert response.status_code == status
    assert status == 200 or response.json()["error_description"] == NO_MATCH


def test_the_redirect_uri_has_to_be_the_same(browser):
    response = browser.exchange(browser.code(), redirect_uri="http://localhost:8912/callback")
    assert refusal(response) == (400, {"error": "invalid_redirect_uri", "error_description": NO_MATCH})


def test_a_code_that_never_was_is_not_found(browser):
    assert browser.exchange("AQx").json()["error_description"].endswith("authorization code not found")


@pytest.mark.parametrize("name", ["grant_type", "code", "redirect_uri", "client_id", "client_secret"])
def test_a_missing_parameter_is_named(browser, name):
    response = browser.exchange(browser.code(), **{name: None})
    description = f'A required parameter "{name}" is missing'
    assert refusal(response) == (400, {"error": "invalid_request", "error_description": description})


@pytest.mark.parametrize("change", [{"client_secret": "wrong"}, {"client_id": "other"}])
def test_a_wrong_app_is_refused_and_the_code_stays_good(browser, change):
    code = browser.code()
    response = browser.exchange(code, **change)
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")
    assert browser.exchange(code).status_code == 200


def test_the_token_endpoint_takes_a_form_and_known_grants_only(browser):
    assert browser.http.post("/oauth/v2/accessToken", json={}).status_code == 415
    response = browser.token(grant_type="password", **APP)
    assert (response.status_code, response.json()["error"]) == (400, "unsupported_grant_type")


# --- the native flow -------------------------------------------------------------------------------------------------

NATIVE = "/oauth/native-pkce/authorization"
PKCE = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}


def test_the_native_flow_wants_the_verifier_in_place_of_the_secret(browse):
    browser = browse(pkce=True)
    good = browser.exchange(browser.code(NATIVE, **PKCE), client_secret=None, code_verifier=VERIFIER)
    assert good.status_code == 200
    for change in ({"code_verifier": VERIFIER[:-1] + "8"}, {"client_secret": "sandbox-secret"}):
        wrong = browser.exchange(browser.code(NATIVE, **PKCE), **{"client_secret": None, **change})
        assert refusal(wrong) == (400, {"error": "invalid_redirect_uri", "error_description": NO_MATCH})


def test_the_ordinary_flow_wants_the_secret_even_with_a_verifier(browse):
    browser = browse(pkce=True)
    response = browser.exchange(browser.code(**PKCE), client_secret=None, code_verifier=VERIFIER)
    assert response.json()["error"] == "invalid_redirect_uri"


@pytest.mark.parametrize(
    ("settings", "changes", "words"),
    [
        ({}, PKCE, "not enabled"),
        ({"pkce": True}, PKCE | {"code_challenge_method": "plain"}, "S256"),
        ({"pkce": True}, PKCE | {"code_challenge": "short"}, "code_challenge"),
        ({"pkce": True}, PKCE | {"redirect_uri": "http://localhost:8912/callback"}, "loopback IP"),
        ({"pkce": True}, PKCE | {"redirect_uri": "http://127.0.0.1:1/x"}, "does not match"),
        ({"pkce": True}, PKCE | {"redirect_uri": "http://["}, "loopback IP"),
    ],
)
def test_the_native_flow_is_for_enabled_apps_with_s256_and_a_loopback_ip(browse, settings, changes, words):
    response = browse(**settings).open(NATIVE, **changes)
    assert response.status_code == 400
    assert words in response.text


# --- several tokens, refresh, revocation -----------------------------------------------------------------------------


def test_tokens_with_the_same_scopes_coexist(browser):
    first, second = (browser.sign_in()["access_token"] for _ in range(2))
    assert first != second
    assert all(browser.introspect(token)["status"] == "active" for token in (first, second, "sandbox-token"))


def test_asking_for_other_scopes_ends_the_older_tokens(browser):
    old = browser.sign_in()["access_token"]
    new = browser.sign_in(scope="openid profile email w_member_social")["access_token"]
    assert browser.introspect(new)["status"] == "active"
    assert {browser.introspect(token)["status"] for token in (old, "sandbox-token")} == {"revoked"}
    answer = browser.http.get("/v2/userinfo", headers={"Authorization": f"Bearer {old}"})
    assert answer.json()["code"] == "REVOKED_ACCESS_TOKEN"


def test_asking_for_other_scopes_ends_the_older_refresh_tokens(browse):
    browser = browse(refresh_tokens=True)
    old, same, new = (browser.sign_in(scope=scope)["refresh_token"] for scope in ("openid", "openid", "profile"))
    statuses = [
        browser.token(grant_type="refresh_token", refresh_token=token, **APP).status_code for token in (old, same, new)
    ]
    assert statuses == [400, 400, 200]


def test_tokens_of_another_member_are_left_alone(browse):
    other = Token(member=Member(urn="urn:li:person:other"))
    browser = browse(tokens={"mine": Token(), "theirs": other})
    browser.sign_in(scope="openid")
    assert [browser.introspect(token)["status"] for token in ("mine", "theirs")] == ["revoked", "active"]


def test_a_self_serve_app_gets_no_refresh_token(browser):
    assert "refresh_token" not in browser.sign_in()
    response = browser.token(grant_type="refresh_token", refresh_token="x", **APP)
    description = "The provided authorization grant or refresh token is invalid, expired or revoked"
    assert refusal(response) == (400, {"error": "invalid_request", "error_description": description})


def test_a_partner_refreshes_and_the_refresh_token_is_never_extended(browse, sandbox_clock):
    browser = browse(profile="partner")
    first = browser.sign_in()
    assert first["refresh_token_expires_in"] == 31_536_059
    sandbox_clock.advance(days=59)
    answer = browser.token(grant_type="refresh_token", refresh_token=first["refresh_token"], **APP).json()
    assert answer["refresh_token"] == first["refresh_token"]
    assert answer["refresh_token_expires_in"] == 31_536_059 - 59 * 86_400
    assert (answer["expires_in"], answer["scope"]) == (5_183_999, "openid,profile,w_member_social")
    assert answer["access_token"] != first["access_token"]
    sandbox_clock.advance(days=2)
    assert [browser.introspect(each["access_token"])["status"] for each in (first, answer)] == ["expired", "active"]
    sandbox_clock.advance(days=365)
    assert browser.token(grant_type="refresh_token", refresh_token=first["refresh_token"], **APP).status_code == 400


@pytest.mark.parametrize("name", ["refresh_token", "client_id", "client_secret"])
def test_a_refresh_names_its_missing_parameter(browser, name):
    form = {"grant_type": "refresh_token", "refresh_token": "x", **APP} | {name: None}
    assert browser.token(**form).json()["error_description"] == f'A required parameter "{name}" is missing'


def test_a_revoked_token_is_refused_everywhere(browse):
    browser = browse(refresh_tokens=True)
    answer = browser.sign_in()
    for token in (answer["access_token"], answer["refresh_token"], "never-was"):
        response = browser.http.post("/oauth/v2/revoke", data={**APP, "token": token})
        assert (response.status_code, response.content) == (200, b"")
    assert browser.introspect(answer["access_token"])["status"] == "revoked"
    response = browser.token(grant_type="refresh_token", refresh_token=answer["refresh_token"], **APP)
    assert response.status_code == 400


def test_only_the_app_itself_revokes(browser):
    response = browser.http.post("/oauth/v2/revoke", data={**APP, "client_secret": "x", "token": "sandbox-token"})
    assert response.json()["error"] == "invalid_client"
    assert browser.introspect("sandbox-token")["active"] is True


def test_introspection_knows_when_the_member_agreed_and_when_the_token_was_made(browse, sandbox_clock):
    browser = browse(profile="partner")
    agreed = int(sandbox_clock().timestamp())
    first = browser.sign_in(scope="openid")
    sandbox_clock.advance(days=1)
    second = browser.token(grant_type="refresh_token", refresh_token=first["refresh_token"], **APP).json()
    facts = browser.introspect(second["access_token"])
    assert (facts["authorized_at"], facts["created_at"], facts["scope"]) == (agreed, agreed + 86_400, "openid")
    assert facts["expires_at"] == agreed + 86_400 + 5_183_999


# --- OpenID Connect --------------------------------------------------------------------------------------------------


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_the_id_token_is_signed_and_lives_an_hour(browser, sandbox_clock):
    token = browser.sign_in(nonce="once")["id_token"]
    head, claims, signature = token.split(".")
    (key,) = browser.http.get("/oauth/openid/jwks").json()["keys"]
    number, exponent = (int.from_bytes(decode(key[name])) for name in "ne")
    opened = pow(int.from_bytes(decode(signature)), exponent, number).to_bytes(256)
    assert opened.endswith(hashlib.sha256(f"{head}.{claims}".encode()).digest())
    assert opened.startswith(b"\0\1\xff\xff")
    assert json.loads(decode(head)) == {"typ": "JWT", "alg": "RS256", "kid": key["kid"]}
    said = json.loads(decode(claims))
    issued = int(sandbox_clock().timestamp())
    assert (said["iss"], said["aud"]) == ("https://www.linkedin.com/oauth", "sandbox-client")
    assert (said["iat"], said["exp"], said["nonce"]) == (issued, issued + 3600, "once")
    assert said["sub"] == "sandbox-member"
    assert "email" not in said


def test_discovery_names_the_endpoints_here(browser):
    found = browser.http.get("/oauth/.well-known/openid-configuration").json()
    assert found["token_endpoint"] == f"{str(browser.http.base_url).rstrip('/')}/oauth/v2/accessToken"
    assert browser.http.get(found["jwks_uri"]).status_code == 200


def test_the_log_holds_neither_code_nor_token(start_sandbox, connect):
    sandbox = start_sandbox(refresh_tokens=True)
    browser = Browser(connect(sandbox).http)
    code = browser.code()
    answer = browser.exchange(code).json()
    log = repr(sandbox.requests)
    assert not [secret for secret in (code, *answer.values(), "sandbox-secret") if str(secret) in log]
