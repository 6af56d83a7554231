"""The other endpoints: read, delete, who am I, introspection, and the sandbox's own."""

import hashlib
import json
from datetime import timedelta

import pytest

from crosspost.sandbox import Member, Token


def enc(urn):
    return urn.replace(":", "%3A")


@pytest.fixture
def partner(start_sandbox, connect):
    return connect(start_sandbox(profile="partner"))


# --- read and delete -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["202609", "202605"])
def test_a_self_serve_app_cannot_read_even_its_own_post(linkedin, version):
    urn = linkedin.post().headers["x-restli-id"]
    response = linkedin.get(f"/rest/posts/{enc(urn)}", **{"LinkedIn-Version": version})
    message = f"Not enough permissions to access: partnerApiPostsExternal.GET.{version}01"
    assert response.status_code == 403
    assert response.text == f'{{"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":"{message}"}}'


def test_a_partner_app_reads_the_documented_fields(partner, sandbox_clock):
    article = {"source": "https://example.com/", "title": "T", "description": "D"}
    urn = partner.post("Hi #Tag (cut", content={"article": article}).headers["x-restli-id"]
    response = partner.get(f"/rest/posts/{enc(urn)}")
    milliseconds = round(sandbox_clock().timestamp() * 1000)
    assert response.status_code == 200
    assert response.json() == {
        "id": urn,
        "author": "urn:li:person:sandbox-member",
        "commentary": r"Hi {hashtag|\#|Tag} (cut",
        "visibility": "PUBLIC",
        "lifecycleState": "PUBLISHED",
        "lifecycleStateInfo": {"isEditedByAuthor": False},
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "isReshareDisabledByAuthor": False,
        "createdAt": milliseconds,
        "publishedAt": milliseconds,
        "lastModifiedAt": milliseconds,
        "content": {"article": article},
    }


def test_delete_answers_204_without_a_body_and_then_404(sandbox, linkedin):
    urn = linkedin.post().headers["x-restli-id"]
    response = linkedin.delete(f"/rest/posts/{enc(urn)}")
    assert (response.status_code, response.content) == (204, b"")
    assert "content-length" not in response.headers
    assert sandbox.posts == ()
    again = linkedin.delete(f"/rest/posts/{enc(urn)}")
    assert again.status_code == 404
    assert again.text == '{"status":404,"code":"NOT_FOUND","message":"Could not find entity"}'


def test_nobody_deletes_the_post_of_another(start_sandbox, connect):
    other = Member(urn="urn:li:person:other", name="Other", headline="")
    sandbox = start_sandbox(tokens={"sandbox-token": Token(), "two": Token(member=other)})
    urn = connect(sandbox).post().headers["x-restli-id"]
    assert connect(sandbox, Authorization="Bearer two").delete(f"/rest/posts/{enc(urn)}").status_code == 404
    assert len(sandbox.posts) == 1


@pytest.mark.parametrize("key", ["urn:li:share:{}", "urn%3Ali%3Ashare:{}", "{}", "urn%3Ali%3Aactivity%3A{}", "%2E%2E"])
def test_a_key_that_is_no_fully_encoded_urn_is_a_syntax_error(partner, key):
    number = partner.post().headers["x-restli-id"].rpartition(":")[2]
    for response in (
        partner.get(f"/rest/posts/{key.format(number)}"),
        partner.delete(f"/rest/posts/{key.format(number)}"),
    ):
        assert response.status_code == 400
        assert response.json()["message"] == "Syntax exception in path variables"


def test_an_encoded_urn_may_be_written_in_small_letters(partner):
    urn = partner.post().headers["x-restli-id"]
    assert partner.get(f"/rest/posts/{urn.replace(':', '%3a')}").status_code == 200


def test_a_post_that_never_was_is_not_found(partner):
    assert partner.get("/rest/posts/urn%3Ali%3Ashare%3A1").status_code == 404


def test_reading_and_deleting_need_version_and_token(partner):
    path = "/rest/posts/urn%3Ali%3Ashare%3A1"
    assert partner.get(path, **{"LinkedIn-Version": ""}).status_code == 400
    assert partner.get(path, Authorization="").status_code == 401
    assert partner.http.delete(path).status_code == 400


@pytest.mark.parametrize("path", ["/", "/rest/post", "/rest/posts/a/b", "/v2/me"])
def test_an_unknown_address_has_no_resource(linkedin, path):
    response = linkedin.http.post(path, headers=linkedin.headers)
    assert response.status_code == 404
    assert response.json()["message"] == "No virtual resource found"


@pytest.mark.parametrize("path", ["/rest/posts/a/b", "/rest/posts/", "/feed/update/a/b/", "/_sandbox/elsewhere"])
def test_a_path_variable_is_one_segment(linkedin, path):
    assert linkedin.get(path).status_code == 404


# --- who am I --------------------------------------------------------------------------------------------------------


def test_userinfo_says_who_the_token_belongs_to(linkedin):
    response = linkedin.http.get("/v2/userinfo", headers={"Authorization": "Bearer sandbox-token"})
    assert response.json() == {
        "sub": "sandbox-member",
        "name": "Sam Sandbox",
        "given_name": "Sam",
        "family_name": "Sandbox",
        "locale": {"country": "US", "language": "en"},
    }


def test_userinfo_wants_no_version(linkedin):
    assert linkedin.get("/v2/userinfo").status_code == 426


def test_userinfo_needs_a_token_with_the_scope(start_sandbox, connect):
    client = connect(start_sandbox(tokens={"narrow": Token(scopes=("w_member_social",))}))
    get = client.http.get
    assert get("/v2/userinfo").status_code == 401
    assert get("/v2/userinfo", headers={"Authorization": "Bearer narrow"}).status_code == 403


# --- introspection ---------------------------------------------------------------------------------------------------


def introspect(client, **more):
    form = {"client_id": "sandbox-client", "client_secret": "sandbox-secret", "token": "sandbox-token"} | more
    return client.http.post("/oauth/v2/introspectToken", data=form)


def test_introspection_tells_the_days_left(linkedin, sandbox_clock):
    issued = int(sandbox_clock().timestamp())
    sandbox_clock.advance(days=3)
    assert introspect(linkedin).json() == {
        "active": True,
        "status": "active",
        "scope": "openid,profile,w_member_social",
        "client_id": "sandbox-client",
        "created_at": issued,
        "authorized_at": issued,
        "expires_at": issued + 5_183_999,
        "auth_type": "3L",
    }


@pytest.mark.parametrize("state", ["expired", "revoked"])
def test_introspection_tells_a_dead_token(start_sandbox, connect, state):
    answer = introspect(connect(start_sandbox(tokens={"old": Token(state=state)})), token="old").json()
    assert (answer["active"], answer["status"]) == (False, state)


def test_introspection_of_an_unknown_token_is_inactive_and_says_no_more(linkedin):
    response = introspect(linkedin, token="other")
    assert (response.status_code, response.json()) == (200, {"active": False})


@pytest.mark.parametrize("name", ["client_id", "client_secret", "token"])
def test_introspection_names_the_missing_parameter(linkedin, name):
    response = introspect(linkedin, **{name: ""})
    assert response.status_code == 400
    assert response.json() == {
        "error": "invalid_request",
        "error_description": f'A required parameter "{name}" is missing',
    }


def test_introspection_wants_the_right_secret_and_a_form(linkedin):
    wrong = introspect(linkedin, client_secret="wrong")
    assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
    assert linkedin.http.post("/oauth/v2/introspectToken", json={}).status_code == 415


# --- the sandbox's own -----------------------------------------------------------------------------------------------


def test_what_is_stored_can_be_read_by_tests(sandbox, linkedin):
    article = {"source": "https://example.com/", "title": "T"}
    urn = linkedin.post("a #Tag @[A](urn:li:organization:1) \\x (", content={"article": article}).headers["x-restli-id"]
    (post,) = linkedin.http.get("/_sandbox/posts").json()
    assert post == {
        "urn": urn,
        "author": "urn:li:person:sandbox-member",
        "raw": "a #Tag @[A](urn:li:organization:1) \\x (",
        "rendered": "a #Tag A \\x ",
        "truncated": True,
        "cut": {"position": 38, "reason": "( starts nothing; as plain text it is written \\("},
        "doubts": [{"position": 35, "reason": "a backslash before a character that is not reserved"}],
        "hashtags": ["Tag"],
        "mentions": ["urn:li:organization:1"],
        "article": article | {"description": None, "thumbnail": None, "thumbnail_alt": None},
        "content": {"article": article},
        "parent": None,
        "visibility": "PUBLIC",
        "created_at": "2026-11-22T12:00:00.250000+00:00",
        "edited_at": None,
    }


def test_the_log_of_requests_holds_no_secret(sandbox, linkedin):
    linkedin.post()
    introspect(linkedin)
    linkedin.http.get("/feed?code=topsecret", headers={"Cookie": "a=topsecret"})
    log = linkedin.http.get("/_sandbox/requests").text
    assert not any(secret in log for secret in ("sandbox-token", "sandbox-secret", "topsecret"))
    first = json.loads(log)[0]
    assert (first["method"], first["path"], first["status"]) == ("POST", "/rest/posts", 201)
    assert first["headers"]["authorization"] == "(hidden)"
    assert first["headers"]["linkedin-version"] == "202609"


def test_the_log_tells_equal_bodies_apart_from_others(sandbox, linkedin):
    for body in (b"{}", b"{}", b"{ }"):
        linkedin.http.post("/rest/posts", content=body, headers=linkedin.headers)
    one, two, three = (exchange.body_sha256 for exchange in sandbox.requests)
    assert one == two == hashlib.sha256(b"{}").hexdigest() != three


def test_the_log_keeps_the_latest_requests_only(sandbox, linkedin, sandbox_clock):
    linkedin.post()
    sandbox_clock.advance(seconds=1)
    for _ in range(1000):
        linkedin.http.get("/_sandbox/faults")
    assert len(sandbox.requests) == 1000
    assert {exchange.path for exchange in sandbox.requests} == {"/_sandbox/faults"}
    assert sandbox.requests[0].at - sandbox.posts[0].created_at == timedelta(seconds=1)
