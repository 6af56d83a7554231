"""Every fault: what the client sees, and whether the post exists."""

import time
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from crosspost.sandbox.faults import KINDS

STORED = {
    "drop-before-commit": False,
    "drop-after-commit": True,
    "reset-before-commit": False,
    "reset-after-commit": True,
    "429": False,
    "429-retry-after": False,
    "429-app": False,
    "revoked": False,
    "409": True,
    "500": False,
    "500-after-commit": True,
    "502": False,
    "503": False,
    "504-after-commit": True,
    "slow": True,
    "redirect": False,
    "cut-body": True,
    "no-id": True,
    "location-only": True,
}


OF_UPLOADS = {"processing-failed", "foreign-upload-url"}
LATE = {"late-commit"}


def test_this_table_names_every_fault():
    assert STORED.keys() | OF_UPLOADS | LATE == KINDS.keys()


@pytest.mark.parametrize("kind", STORED)
def test_a_fault_strikes_once_and_the_post_exists_or_not(sandbox, linkedin, kind):
    sandbox.fault(kind, seconds=0.01)
    try:
        status = linkedin.post("struck").status_code
    except httpx.TransportError:
        status = None
    assert len(sandbox.posts) == STORED[kind]
    assert (sandbox.requests[-1].fault, sandbox.requests[-1].status) == (kind, status or sandbox.requests[-1].status)
    assert linkedin.post("next").status_code == 201
    assert len(sandbox.posts) == STORED[kind] + 1
    assert sandbox.requests[-1].fault is None


def test_a_late_commit_is_carried_out_when_nobody_waits_any_more(sandbox, linkedin):
    sandbox.fault("late-commit", seconds=0.3)
    with pytest.raises(httpx.RemoteProtocolError):
        linkedin.post("late")
    assert sandbox.posts == ()
    time.sleep(0.6)
    assert [post.rendered for post in sandbox.posts] == ["late"]


def test_a_late_commit_is_a_duplicate_where_its_text_is_there_by_then(sandbox, linkedin):
    sandbox.fault("late-commit", seconds=0.3)
    with pytest.raises(httpx.RemoteProtocolError):
        linkedin.post("late")
    assert linkedin.post("late").status_code == 201
    time.sleep(0.6)
    assert len(sandbox.posts) == 1


@pytest.mark.parametrize("kind", ["drop-before-commit", "drop-after-commit"])
def test_a_drop_is_an_end_of_file_before_any_answer(sandbox, linkedin, kind):
    sandbox.fault(kind)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        linkedin.post()
    assert sandbox.requests[-1].status is None


@pytest.mark.parametrize("kind", ["reset-before-commit", "reset-after-commit"])
def test_a_reset_is_a_real_one(sandbox, linkedin, kind):
    sandbox.fault(kind)
    with pytest.raises(httpx.ReadError, match="reset"):
        linkedin.post()


def test_a_drop_also_ends_a_connection_that_was_used_before(sandbox, linkedin):
    linkedin.post("first")
    sandbox.fault("drop-after-commit")
    with pytest.raises(httpx.RemoteProtocolError):
        linkedin.post("second")
    assert [post.rendered for post in sandbox.posts] == ["first", "second"]


def test_throttling_says_what_the_documentation_shows(sandbox, linkedin):
    sandbox.fault("429")
    response = linkedin.post()
    message = "Resource level throttle limit for calls to this resource is reached."
    assert response.status_code == 429
    assert response.text == f'{{"serviceErrorCode":101,"message":"{message}","status":429}}'
    assert "retry-after" not in response.headers


@pytest.mark.parametrize("value", ["120", "Mon, 23 Nov 2026 00:00:00 GMT"])
def test_throttling_may_say_until_when(sandbox, linkedin, value):
    sandbox.fault("429-retry-after", retry_after=value)
    response = linkedin.post()
    assert (response.status_code, response.headers["retry-after"]) == (429, value)


def test_throttling_of_the_whole_app_says_what_users_met(sandbox, linkedin):
    sandbox.fault("429-app")
    message = "Resource level throttle APPLICATION DAY limit for calls to this resource is reached."
    assert linkedin.post().text == f'{{"message":"{message}","status":429}}'


def test_a_token_a_moment_old_may_be_refused_as_revoked(sandbox, linkedin):
    sandbox.fault("revoked")
    assert [linkedin.post().json()["serviceErrorCode"], linkedin.post().status_code] == [65601, 201]


@pytest.mark.parametrize("kind", ["409", "500", "500-after-commit", "504-after-commit"])
def test_a_server_error_may_be_json(sandbox, linkedin, kind):
    sandbox.fault(kind)
    response = linkedin.post()
    assert response.json()["status"] == response.status_code == int(kind[:3])


@pytest.mark.parametrize("kind", ["502", "503"])
def test_a_server_error_may_be_a_page(sandbox, linkedin, kind):
    sandbox.fault(kind)
    response = linkedin.post()
    assert (response.status_code, response.headers["content-type"]) == (int(kind), "text/html")
    assert response.text.startswith("<html>")


def test_a_slow_answer_comes_too_late_for_the_client_but_the_post_exists(sandbox, linkedin):
    sandbox.fault("slow", seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        linkedin.http.post("/rest/posts", json=linkedin.fields(), headers=linkedin.headers, timeout=0.2)
    assert len(sandbox.posts) == 1


def test_a_slow_answer_is_the_right_one(sandbox, linkedin):
    sandbox.fault("slow", seconds=0.01)
    assert linkedin.post().headers["x-restli-id"] == sandbox.posts[0].urn


def test_a_redirect_leads_elsewhere_and_whoever_follows_is_seen(sandbox, linkedin):
    sandbox.fault("redirect")
    response = linkedin.post()
    assert (response.status_code, response.headers["location"]) == (307, "/_sandbox/elsewhere")
    assert [exchange.path for exchange in sandbox.requests] == ["/rest/posts"]
    sandbox.fault("redirect")
    linkedin.http.post("/rest/posts", json=linkedin.fields(), headers=linkedin.headers, follow_redirects=True)
    assert sandbox.requests[-1].path == "/_sandbox/elsewhere"


def test_a_cut_body_comes_after_a_head_that_names_the_post(sandbox, linkedin):
    sandbox.fault("cut-body")
    request = {"json": linkedin.fields(), "headers": linkedin.headers}
    with linkedin.http.stream("POST", "/rest/posts", **request) as response:
        assert response.status_code == 201
        assert response.headers["x-restli-id"] == sandbox.posts[0].urn
        with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
            response.read()


def test_an_answer_may_lack_the_id(sandbox, linkedin):
    sandbox.fault("no-id")
    response = linkedin.post()
    assert response.status_code == 201
    assert not {"x-restli-id", "location"} & set(response.headers)


def test_an_answer_may_name_the_post_in_its_location_alone(sandbox, linkedin):
    sandbox.fault("location-only")
    response = linkedin.post()
    assert "x-restli-id" not in response.headers
    assert unquote(response.headers["location"]) == f"/posts/{sandbox.posts[0].urn}"


def test_a_fault_after_commit_hides_a_refusal_too(sandbox, linkedin):
    sandbox.fault("504-after-commit")
    assert linkedin.post(visibility="PRIVATE").status_code == 504
    assert sandbox.posts == ()


def test_after_a_lost_answer_the_same_post_is_a_duplicate(sandbox, linkedin):
    sandbox.fault("drop-after-commit")
    with pytest.raises(httpx.RemoteProtocolError):
        linkedin.post("same")
    assert sandbox.posts[0].urn in linkedin.post("same").text


def test_faults_strike_in_order_and_as_often_as_asked(sandbox, linkedin):
    sandbox.fault("500", times=2)
    sandbox.fault("503")
    assert [linkedin.post().status_code for _ in range(4)] == [500, 500, 503, 201]


def test_a_fault_strikes_its_own_endpoint_only(sandbox, linkedin):
    sandbox.fault("503", on="GET /v2/userinfo")
    assert linkedin.post().status_code == 201
    headers = {"Authorization": "Bearer sandbox-token"}
    assert [linkedin.http.get("/v2/userinfo", headers=headers).status_code for _ in range(2)] == [503, 200]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "nothing"},
        {"kind": "500", "on": "GET /nowhere"},
        {"kind": "processing-failed"},
        {"kind": "foreign-upload-url", "on": "PUT /dms-uploads/image/{key}"},
        {"kind": "500", "times": 0},
        {"kind": "slow", "seconds": -1},
        {"kind": "slow", "seconds": float("nan")},
        {"kind": "429-retry-after", "retry_after": "1\r\nX: y"},
    ],
)
def test_a_fault_that_could_not_strike_is_refused(sandbox, wrong):
    with pytest.raises(ValueError):
        sandbox.fault(**wrong)


# --- over HTTP -------------------------------------------------------------------------------------------------------


def test_faults_can_be_queued_listed_and_forgotten_over_http(linkedin):
    added = linkedin.http.post("/_sandbox/faults", json={"kind": "429-retry-after", "times": 2, "retry_after": "7"})
    assert added.status_code == 200
    assert linkedin.post().headers["retry-after"] == "7"
    (waiting,) = linkedin.http.get("/_sandbox/faults").json()
    assert waiting == {
        "kind": "429-retry-after",
        "on": "POST /rest/posts",
        "times": 1,
        "seconds": 5.0,
        "retry_after": "7",
    }
    assert linkedin.http.delete("/_sandbox/faults").status_code == 204
    assert linkedin.post().status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"kind": "nothing"}', b'{"kind": 500}', b'{"kind": "500", "x": 1}',
        b'{"kind": "500", "times": "2"}', b'{"kind": "500", "times": true}', b'{"kind": "slow", "seconds": NaN}',
    ],
    ids=lambda body: body[:40].decode("latin-1"),
)  # fmt: skip
def test_a_wrong_fault_over_http_is_explained(sandbox, linkedin, body):
    headers = {"Content-Type": "application/json"}
    response = linkedin.http.post("/_sandbox/faults", content=body, headers=headers)
    assert response.status_code == 400
    assert response.json()["error"]
    assert sandbox._faults.waiting() == ()


def test_a_page_in_a_browser_cannot_queue_faults(sandbox, linkedin):
    """A form or a plain fetch from another origin can only send types that are not JSON."""
    response = linkedin.http.post(
        "/_sandbox/faults", content=b'{"kind": "500"}', headers={"Content-Type": "text/plain"}
    )
    assert response.status_code == 415
    assert sandbox._faults.waiting() == ()


def test_the_documentation_names_every_fault():
    text = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"| `{kind}` |" not in text] == []
