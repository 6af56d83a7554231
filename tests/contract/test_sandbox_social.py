"""Comments, and the limits on how much may be asked in a day."""

import httpx
import pytest

from crosspost.sandbox import Member, Token

AUTHOR = "urn:li:person:sandbox-member"


@pytest.fixture
def partner(start_sandbox, connect):
    return connect(start_sandbox(profile="partner"))


@pytest.fixture
def post(linkedin, sandbox_clock):
    """A post that is old enough to be commented on."""
    urn = linkedin.post("commented").headers["x-restli-id"]
    sandbox_clock.advance(seconds=3)
    return urn


def comment(client, urn, text="Nice", *, route="v2", path=None, **changes):
    body = {"actor": AUTHOR, "object": urn, "message": {"text": text}} | changes
    headers = dict(client.headers)
    if route == "v2":
        del headers["LinkedIn-Version"]
    where = urn.replace(":", "%3A") if path is None else path
    return client.http.post(f"/{route}/socialActions/{where}/comments", json=body, headers=headers)


def test_the_versioned_route_is_closed_to_a_self_serve_app(linkedin, post):
    response = comment(linkedin, post, route="rest")
    assert response.status_code == 403
    assert response.json()["message"] == ("Not enough permissions to access: partnerApiSocialActions.CREATE.20260901")


def test_the_unversioned_route_is_open(sandbox, linkedin, post):
    response = comment(linkedin, post, "Read (more) at https://example.com")
    body = response.json()
    assert response.status_code == 201
    assert response.headers["x-restli-id"].isdigit()
    assert body["id"] == response.headers["x-restli-id"]
    assert body["commentUrn"] == f"urn:li:comment:({body['object']},{body['id']})"
    assert body["object"].startswith("urn:li:activity:")
    assert body["message"]["text"] == "Read (more) at https://example.com"
    assert [(each.post, each.text) for each in sandbox.comments] == [(post, "Read (more) at https://example.com")]


def test_the_unversioned_route_takes_no_version(sandbox, linkedin, post):
    path = f"/v2/socialActions/{post.replace(':', '%3A')}/comments"
    body = {"actor": AUTHOR, "object": post, "message": {"text": "x"}}
    assert linkedin.http.post(path, json=body, headers=linkedin.headers).status_code == 426
    assert sandbox.comments == ()


def test_the_unversioned_route_wants_the_protocol_too(sandbox, linkedin, post):
    linkedin.headers["X-Restli-Protocol-Version"] = "1.0.0"
    assert comment(linkedin, post).status_code == 400
    assert sandbox.comments == ()


def test_a_partner_comments_on_the_versioned_route_and_reads(partner, sandbox_clock):
    urn = partner.post().headers["x-restli-id"]
    sandbox_clock.advance(seconds=3)
    assert comment(partner, urn, route="rest").status_code == 201
    read = partner.get(f"/rest/socialActions/{urn.replace(':', '%3A')}/comments").json()
    assert [each["message"]["text"] for each in read["elements"]] == ["Nice"]


def test_a_self_serve_app_does_not_read_comments(linkedin, post):
    assert linkedin.get(f"/rest/socialActions/{post.replace(':', '%3A')}/comments").status_code == 403


def test_a_young_post_has_no_activity_yet(linkedin, sandbox_clock):
    urn = linkedin.post().headers["x-restli-id"]
    sandbox_clock.advance(seconds=2.9)
    response = comment(linkedin, urn)
    assert (response.status_code, response.json()["message"]) == (404, f"Unable to obtain activity for urn {urn}")
    sandbox_clock.advance(seconds=0.1)
    assert comment(linkedin, urn).status_code == 201


def test_a_second_comment_within_a_minute_is_throttled(sandbox, linkedin, post, sandbox_clock):
    assert comment(linkedin, post).status_code == 201
    sandbox_clock.advance(seconds=59)
    response = comment(linkedin, post)
    message = "Comment create throttled: creation rate limit exceeded for member"
    assert (response.status_code, response.json()["message"]) == (429, message)
    sandbox_clock.advance(seconds=1)
    assert comment(linkedin, post).status_code == 201
    assert len(sandbox.comments) == 2


def test_the_throttle_is_each_members_own(start_sandbox, connect, sandbox_clock):
    other = Member(urn="urn:li:person:other")
    sandbox = start_sandbox(tokens={"sandbox-token": Token(), "two": Token(member=other)})
    one, two = connect(sandbox), connect(sandbox, Authorization="Bearer two")
    urn = one.post().headers["x-restli-id"]
    sandbox_clock.advance(seconds=3)
    assert comment(one, urn).status_code == 201
    assert comment(two, urn, actor=other.urn).status_code == 201


def test_a_comment_may_answer_another_by_the_activity(linkedin, post, sandbox_clock, sandbox):
    first = comment(linkedin, post).json()
    sandbox_clock.advance(minutes=1)
    response = comment(linkedin, first["object"], "Thanks", parentComment=first["commentUrn"])
    assert response.status_code == 201
    assert (sandbox.comments[1].post, sandbox.comments[1].parent) == (post, first["commentUrn"])


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"text": " "}, 400),
        ({"text": "x" * 1251}, 400),
        ({"text": "x" * 1250}, 201),
        ({"actor": "urn:li:person:somebody"}, 403),
        ({"object": "urn:li:share:1"}, 400),
        ({"message": {}}, 422),
        ({"extra": 1}, 403),
        ({"path": "urn:li:share:1"}, 400),
        ({"path": "urn%3Ali%3Ashare%3A1", "object": "urn:li:share:1"}, 404),
    ],
)
def test_a_comment_is_checked(linkedin, post, changes, status):
    assert comment(linkedin, post, **changes).status_code == status


def test_a_comment_shows_under_its_post(linkedin, post):
    comment(linkedin, post, "<b>Bold</b> \\(as is\\) https://example.com/x")
    page = linkedin.http.get("/feed").text
    assert "&lt;b&gt;Bold&lt;/b&gt; \\(as is\\)" in page
    assert 'href="https://example.com/x"' in page
    (told,) = linkedin.http.get("/_sandbox/comments").json()
    assert (told["post"], told["actor"]) == (post, AUTHOR)


# --- the day's requests ----------------------------------------------------------------------------------------------

DOCUMENTED = (
    '{"serviceErrorCode":101,"message":"Resource level throttle limit for calls to this resource is reached.",'
    '"status":429}'
)
REPORTED = (
    '{"message":"Resource level throttle APPLICATION DAY limit for calls to this resource is reached.","status":429}'
)


def whoami(client, token="sandbox-token"):
    return client.http.get("/v2/userinfo", headers={"Authorization": f"Bearer {token}"})


def test_a_member_has_150_requests_a_day(sandbox, linkedin, sandbox_clock):
    assert {whoami(linkedin).status_code for _ in range(149)} == {200}
    assert linkedin.post("the last").status_code == 201
    response = linkedin.post("one more")
    assert (response.status_code, response.text) == (429, DOCUMENTED)
    assert "retry-after" not in response.headers
    sandbox_clock.advance(hours=11, minutes=59, seconds=59)
    assert whoami(linkedin).status_code == 429
    sandbox_clock.advance(seconds=1)
    assert whoami(linkedin).status_code == 200
    assert len(sandbox.posts) == 1


def test_each_member_has_an_own_limit_and_the_app_another(start_sandbox, connect):
    other = Token(member=Member(urn="urn:li:person:other"))
    client = connect(start_sandbox(tokens={"one": Token(), "two": other}, daily_limit=2, app_daily_limit=3))
    assert [whoami(client, "one").status_code for _ in range(3)] == [200, 200, 429]
    assert whoami(client, "two").status_code == 200
    assert whoami(client, "two").text == REPORTED


def test_the_limits_can_be_switched_off(start_sandbox, connect):
    client = connect(start_sandbox(daily_limit=None, app_daily_limit=None))
    assert {whoami(client).status_code for _ in range(160)} == {200}


def test_a_request_without_a_good_token_counts_for_nobody(start_sandbox, connect):
    client = connect(start_sandbox(daily_limit=1))
    assert [whoami(client, "wrong").status_code for _ in range(3)] == [401, 401, 401]
    assert whoami(client).status_code == 200


# --- faults elsewhere ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["429-retry-after", "500", "503", "redirect"])
def test_faults_strike_the_other_endpoints_too(sandbox, linkedin, kind):
    form = {"client_id": "sandbox-client", "client_secret": "sandbox-secret", "token": "sandbox-token"}
    calls = {
        "GET /v2/userinfo": lambda: whoami(linkedin),
        "POST /oauth/v2/introspectToken": lambda: linkedin.http.post("/oauth/v2/introspectToken", data=form),
        "POST /oauth/v2/accessToken": lambda: linkedin.http.post("/oauth/v2/accessToken", data=form),
    }
    for endpoint, call in calls.items():
        sandbox.fault(kind, on=endpoint)
        struck, proper = call().status_code, call().status_code
        assert struck == {"429-retry-after": 429, "500": 500, "503": 503, "redirect": 307}[kind]
        assert proper in {200, 400}


def test_a_token_answer_may_be_cut_off(sandbox, linkedin):
    sandbox.fault("cut-body", on="POST /oauth/v2/accessToken")
    with pytest.raises(httpx.RemoteProtocolError):
        linkedin.http.post("/oauth/v2/accessToken", data={})
