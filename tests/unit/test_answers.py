"""What each answer of LinkedIn proves. Bodies are as recorded or documented, byte for byte."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosspost.linkedin.answers import classify
from crosspost.linkedin.body import read, words
from crosspost.linkedin.rules import ANYTHING_ELSE, RULES
from crosspost.model import Failure, Receipt, Rejected, Unclear

SENT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
URN = "urn:li:share:7348349577130860544"
DOC = Path(__file__).parents[2] / "docs" / "linkedin-answers.md"

RECORDED_201 = {
    "Location": "/posts/urn%3Ali%3Ashare%3A7348349577130860544",
    "X-Restli-Id": "urn:li:share:7348349577130860544",
    "X-Restli-Protocol-Version": "2.0.0",
    "Content-Length": "0",
    "Date": "Tue, 08 Jul 2025 13:57:45 GMT",
    "X-Li-Uuid": "AAY5bL4w0Z8xH2c",
    "X-Li-Fabric": "prod-lor1",
}
EXPIRED = b'{"status":401,"serviceErrorCode":65602,"code":"EXPIRED_ACCESS_TOKEN","message":"The token used in the request has expired"}'
EMPTY = b'{"message":"Empty oauth2_access_token","serviceErrorCode":401,"status":401}'
DEAD_VERSION = b'{"status":426,"code":"NONEXISTENT_VERSION","message":"Requested version 20250401 is not active"}'
DUPLICATE = (
    b'{"errorDetailType":"com.linkedin.common.error.BadRequest","message":"com.linkedin.content.common.exception.'
    b'BadRequestResponseException: Content is a duplicate of urn:li:share:7295588489876647936","errorDetails":'
    b'{"inputErrors":[{"description":"Duplicate post is detected","input":{},"code":"DUPLICATE_POST"}]},"status":422}'
)
MISSING_FIELD = (
    rb'{"message":"ERROR :: /distribution :: field is required but not found and has no default value\n","status":422}'
)
THROTTLED_DOC = b'{"serviceErrorCode":101,"message":"Resource level throttle limit for calls to this resource is reached.","status":429}'
THROTTLED_USER = (
    b'{"message":"Resource level throttle APPLICATION DAY limit for calls to this resource is reached.","status":429}'
)
TOO_LONG = (
    "com.linkedin.content.common.exception.BadRequestResponseException: ShareCommentary text length (8694 characters) "
    "exceeded the maximum allowed (3000 characters)"
)
NO_VERSION = "A version must be present. Please specify a version by adding the Linkedin-Version header."
FIELD_VALUE = (
    "Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/author]"
)
UNPERMITTED = "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/content]"
NO_PERMISSION = "Not enough permissions to access: partnerApiPostsExternal.CREATE.20260801"


def gateway(status, code, message):
    return json.dumps({"status": status, "code": code, "message": message}).encode()


def access(status, service_code, code, message):
    return json.dumps({"status": status, "serviceErrorCode": service_code, "code": code, "message": message}).encode()


def content(status, code, message="refused"):
    error = {"description": message, "input": {}, "code": code}
    return json.dumps({"message": message, "errorDetails": {"inputErrors": [error]}, "status": status}).encode()


def answer(status, body=b"", headers=None):
    return classify(status, headers or {}, body, SENT)


REFUSALS = [
    (400, gateway(400, "VERSION_MISSING", NO_VERSION), Failure.DENIED, "version", "LinkedIn-Version"),
    (
        400,
        content(400, "FIELD_ARRAY_SIZE_TOO_HIGH", TOO_LONG),
        Failure.REFUSED,
        "(ShareCommentary text length (8694",
        "shorten",
    ),
    (400, content(400, "FIELD_LENGTH_TOO_LONG"), Failure.REFUSED, "too long", "text.limit"),
    (400, content(400, "MISSING_FIELD"), Failure.REFUSED, "a value", "change the post"),
    (400, content(400, "INVALID_URN_TYPE"), Failure.REFUSED, "a value", "change the post"),
    (400, content(400, "INVALID_URN_ID"), Failure.REFUSED, "a value", "change the post"),
    (400, content(400, "INVALID_VALUE_FOR_FIELD"), Failure.REFUSED, "a value", "change the post"),
    (400, content(400, "INVALID_VALUE_BLANK_FIELD"), Failure.REFUSED, "a value", "change the post"),
    (400, content(400, "INVALID_IMAGE_ID"), Failure.REFUSED, "a value", "change the post"),
    (
        400,
        content(400, "MEDIA_ASSET_WAITING_UPLOAD", "Media asset is waiting upload"),
        Failure.NOT_SENT,
        "still processing",
        "again",
    ),
    (400, content(400, "MEDIA_ASSET_PROCESSING_FAILED"), Failure.NOT_SENT, "uploaded file", "anew"),
    (400, content(400, "EXPIRED_UPLOAD_URL"), Failure.NOT_SENT, "uploaded file", "anew"),
    (400, b"", Failure.REFUSED, "400; no reason given", "change the post"),
    (403, access(403, 100, "ACCESS_DENIED", NO_PERMISSION), Failure.DENIED, "may not post", "Share on LinkedIn"),
    (403, access(403, 100, "ACCESS_DENIED", FIELD_VALUE), Failure.DENIED, "this author", "linkedin.author"),
    (422, content(422, "", FIELD_VALUE), Failure.DENIED, "this author", "linkedin.author"),
    (403, access(403, 100, "ACCESS_DENIED", UNPERMITTED), Failure.REFUSED, "[/content]", "card.kind"),
    (403, b"<html>Forbidden</html>", Failure.DENIED, "Forbidden", "proxy"),
    (404, gateway(404, "NOT_FOUND", "Could not find entity"), Failure.DENIED, "Could not find", "linkedin.api_url"),
    (405, b"", Failure.DENIED, "405", "linkedin.api_url"),
    (407, b"", Failure.DENIED, "proxy", "HTTPS_PROXY"),
    (
        413,
        gateway(413, "REQUEST_ENTITY_TOO_LARGE", "large"),
        Failure.REFUSED,
        "size or type (413; large)",
        "change the post",
    ),
    (
        415,
        gateway(415, "UNSUPPORTED_MEDIA_TYPE", "type"),
        Failure.REFUSED,
        "size or type (415; type)",
        "change the post",
    ),
    (418, b"short and stout", Failure.REFUSED, "418; short and stout", "change the post"),
    (422, MISSING_FIELD, Failure.REFUSED, "/distribution ::", "defect"),
    (
        426,
        DEAD_VERSION,
        Failure.DENIED,
        "(Requested version 20250401 is not active)",
        "set linkedin.api_version to 202609",
    ),
    (426, b"", Failure.DENIED, "version", "set linkedin.api_version to 202609"),
    (
        400,
        DEAD_VERSION,
        Failure.DENIED,
        "(Requested version 20250401 is not active)",
        "set linkedin.api_version to 202609",
    ),
    (
        404,
        b"Requested version 20250401 is not active",
        Failure.DENIED,
        "20250401",
        "set linkedin.api_version to 202609",
    ),
    (429, THROTTLED_DOC, Failure.THROTTLED, "not before 2026-11-23 00:00 UTC", "150 requests"),
]


@pytest.mark.parametrize(("status", "body", "failure", "what", "fix"), REFUSALS)
def test_a_refusal_says_what_happened_and_what_to_do(status, body, failure, what, fix):
    found = answer(status, body)
    assert isinstance(found, Rejected)
    assert found.failure is failure
    assert not found.credentials
    assert what in found.problem.what
    assert fix in found.problem.fix
    assert found.problem.linkedin_has == "nothing was published"
    assert f"HTTP {status}" in found.problem.detail


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (access(401, 65600, "INVALID_ACCESS_TOKEN", "Invalid access token"), "does not know"),
        (
            access(401, 65601, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user"),
            "revoked",
        ),
        (EXPIRED, "expired"),
        (b'{"serviceErrorCode":65602}', "expired"),
        (b'{"serviceErrorCode":"65602"}', "expired"),
        (b'{"status":401,"serviceErrorCode":65602,"co', "expired"),
        (EMPTY, "Empty oauth2_access_token"),
        (access(401, 0, "EMPTY_ACCESS_TOKEN", "none"), "does not accept"),
        (b"", "no reason given"),
        (b"\xff\xfe[[[", "does not accept"),
    ],
)
def test_every_401_is_about_the_token(body, what):
    found = answer(401, body)
    assert isinstance(found, Rejected)
    assert (found.failure, found.credentials) == (Failure.DENIED, True)
    assert what in found.problem.what
    assert "crosspost auth login" in found.problem.fix


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (408, b""),
        (409, gateway(409, "CONFLICT", "retry")),
        (422, DUPLICATE),
        (409, DUPLICATE),
        (422, b'{"message":"Content is a duplicate of urn:li:share:7295588489876647936"}'),
        (422, DUPLICATE[:-80]),
        (500, b'{"message":"Internal Server Error","status":500}'),
        (502, b"<html><body>Bad Gateway</body></html>"),
        (503, b"<!doctype html><style>p{}</style><p>Down</p><script>alert(1)"),
        (504, b""),
        (599, b""),
        (500, EXPIRED),
        (200, b"{}"),
        (202, b""),
        (204, b""),
        (299, b""),
        (100, b""),
        (101, b""),
        (301, b""),
        (302, b""),
        (307, b""),
        (600, b""),
        (999, b""),
        (0, b""),
        (-1, b""),
    ],
)
def test_what_proves_nothing_is_unclear_and_says_where_to_look(status, body):
    found = answer(status, body)
    assert isinstance(found, Unclear)
    assert found.problem.linkedin_has == "the post may be on LinkedIn"
    assert "crosspost resolve POST --url URL" in found.problem.fix


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (b"<html><head><title>503 Down</title></head><body><h1>503 Down</h1></body></html>", "503; Down"),
        (b"<title>Down for repair</title>", "503; Down for repair"),
        (b"<h1>5031 errors</h1>", "503; 5031 errors"),
        (b"<h1>Down &#" + b"1" * 5000 + b";</h1>", "503; Down \ufffd"),  # no integer of Python has so many digits
    ],
)
def test_a_page_with_an_error_is_quoted_once(page, said):
    assert answer(503, page).problem.what == f"LinkedIn had an error of its own ({said})"


def test_a_duplicate_names_its_twin_and_explains_itself():
    found = answer(422, DUPLICATE)
    assert found.problem.what == (
        "LinkedIn says that it already has this text (Content is a duplicate of urn:li:share:7295588489876647936); "
        "it names https://www.linkedin.com/feed/update/urn:li:share:7295588489876647936/"
    )


def test_a_success_in_disguise_names_the_post():
    assert f"/feed/update/{URN}/" in answer(200, headers=RECORDED_201).problem.what


def test_the_recorded_success_is_a_receipt_with_what_support_asks_for():
    assert answer(201, headers=RECORDED_201) == Receipt(
        urn=URN,
        url=f"https://www.linkedin.com/feed/update/{URN}/",
        detail=f"HTTP 201; x-restli-id: {URN}; x-li-uuid: AAY5bL4w0Z8xH2c; x-li-fabric: prod-lor1",
    )


def test_a_success_without_an_id_is_still_a_success():
    assert answer(201, b"<html>") == Receipt(urn=None, url=None, detail="HTTP 201")


def test_a_success_with_an_unknown_kind_of_id_keeps_it_for_the_reader():
    found = answer(201, headers={"x-restli-id": "urn:li:groupPost:1-2"})
    assert (found.urn, found.url) == (None, None)
    assert "urn:li:groupPost:1-2" in found.detail


# --- when to try again -------------------------------------------------------------------------------------------

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "wait", "until"),
    [
        (THROTTLED_DOC, None, MIDNIGHT),
        (THROTTLED_USER, None, MIDNIGHT),
        (b'{"code":"TOO_MANY_REQUESTS"}', None, MIDNIGHT),
        (b'{"serviceErrorCode":101}', None, MIDNIGHT),
        (b"<html>Slow down</html>", None, SENT + timedelta(minutes=15)),
        (b"", None, SENT + timedelta(minutes=15)),
        (THROTTLED_DOC, "90", SENT + timedelta(seconds=90)),
        (THROTTLED_DOC, " 0 ", SENT),
        (THROTTLED_DOC, "Sun, 22 Nov 2026 10:00:00 GMT", SENT + timedelta(hours=1)),
        (THROTTLED_DOC, "Sunday, 22-Nov-26 10:00:00 GMT", SENT + timedelta(hours=1)),
        (THROTTLED_DOC, "Sun Nov 22 10:00:00 2026", SENT + timedelta(hours=1)),
        (THROTTLED_DOC, "Sun, 22 Nov 2026 11:00:00 +0100", SENT + timedelta(hours=1)),
        (THROTTLED_DOC, "Fri, 01 Jan 2016 00:00:00 GMT", SENT),
        (THROTTLED_DOC, "999999999999", SENT + timedelta(days=7)),
        (THROTTLED_DOC, "Wed, 01 Jan 2031 00:00:00 GMT", SENT + timedelta(days=7)),
        (THROTTLED_DOC, "Fri, 31 Dec 9999 23:59:59 -2359", MIDNIGHT),
        (THROTTLED_DOC, "-5", MIDNIGHT),
        (THROTTLED_DOC, "1e9", MIDNIGHT),
        (THROTTLED_DOC, "soon", MIDNIGHT),
        (THROTTLED_DOC, "", MIDNIGHT),
        (THROTTLED_DOC, "9" * 5000, MIDNIGHT),
    ],
)
def test_a_throttled_post_says_when_to_try_again(body, wait, until):
    headers = {} if wait is None else {"Retry-After": wait}
    assert answer(429, body, headers).retry_at == until


def test_the_day_ends_in_utc_wherever_the_clock_is():
    east = datetime(2026, 11, 23, 5, 0, tzinfo=datetime.strptime("+0900", "%z").tzinfo)
    assert classify(429, {}, THROTTLED_DOC, east).retry_at == MIDNIGHT


@pytest.mark.parametrize("status", [400, 401, 403, 422])
def test_only_a_throttled_post_has_a_time_to_wait_for(status):
    assert answer(status, b"", {"Retry-After": "90"}).retry_at is None


# --- the server's own words --------------------------------------------------------------------------------------


def test_the_detail_has_codes_support_ids_and_the_servers_words():
    headers = {"X-LI-UUID": "u1", "x-li-request-id": "r1", "x-li-fabric": "f1", "x-secret": "s"}
    assert answer(401, EXPIRED, headers).problem.detail == (
        "HTTP 401; code 65602; code EXPIRED_ACCESS_TOKEN; x-li-uuid: u1; x-li-request-id: r1; x-li-fabric: f1; "
        "LinkedIn said: The token used in the request has expired"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31m\x07\nb\u202ec\u2028d", "a [31m b c d"),
        ("Bearer abc.def was bad", "[hidden] was bad"),
        ("token " + "A1b2-_" * 20, "token [hidden]"),
        ("x " * 400, ("x " * 400)[:299] + "…"),
        ("half \ud83d a character", "half a character"),
    ],
)
def test_the_servers_words_are_one_bounded_line_without_controls_or_tokens(text, shown):
    assert words(text) == shown


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b'"text"',
        b"7",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"message":{"x":1},"code":[1],"errorDetails":[1]}',
        b'{"errorDetails":{"inputErrors":[null,7,{"code":null},{"code":{}}]}}',
        b'{"errorDetails":{"inputErrors":{"code":"DUPLICATE_POST"}}}',
        b'{"code":true,"serviceErrorCode":1.5}',
        b'{"serviceErrorCode":' + b"9" * 5000 + b"}",
        b'{"message":"' + b"\\u0000" * 100 + b'"}',
        b"\xff" * 1000,
        b"\xef\xbb\xbf{}",
        b"<" * 100_000,
        b"<script>" * 20_000,
        b'{"message":"' + b"\\" * 100_000,
        b"x" * 10_000_000,
    ],
    ids=range(18),
)
def test_a_strange_body_is_a_plain_refusal(body):
    found = answer(400, body)
    assert isinstance(found, Rejected)
    assert found.failure is Failure.REFUSED
    assert len(found.problem.detail) < 1000


def test_a_body_with_a_byte_order_mark_is_read():
    assert read(b"\xef\xbb\xbf" + EXPIRED) == read(EXPIRED)


HEADERS = st.dictionaries(
    st.sampled_from(["X-Restli-Id", "x-linkedin-id", "Location", "Retry-After", "x-li-uuid", "other"]),
    st.text() | st.sampled_from([URN, "http://[", "%", "Sun, 22 Nov 2026 10:00:00 GMT", "1" * 40]),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["message", "code", "serviceErrorCode", "errorDetails", "inputErrors", "status"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
BODIES = (
    st.binary()
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.sampled_from([DUPLICATE, EXPIRED, THROTTLED_DOC])
)


@given(status=st.integers() | st.integers(100, 599), headers=HEADERS, body=BODIES, cut=st.integers(0, 200))
def test_no_answer_makes_it_raise_and_only_a_refusal_is_sure(status, headers, body, cut):
    found = classify(status, headers, body[: len(body) - cut] if cut < len(body) else body, SENT)
    assert isinstance(found, Receipt) == (status == 201)
    if isinstance(found, Rejected):
        assert 400 <= status < 500
        assert status not in {408, 409}
        assert (found.retry_at is not None) == (found.failure is Failure.THROTTLED)
    detail = found.detail if isinstance(found, Receipt) else found.problem.detail
    assert detail.isprintable()


# --- the documentation -------------------------------------------------------------------------------------------

EFFECTS = {
    Failure.REFUSED: "failed: not sent again before the file changes or you name it",
    Failure.DENIED: "failed: this run stops, the next one tries again",
    Failure.THROTTLED: "failed: this run stops, no attempt before the time given",
    Failure.NOT_SENT: "failed: the next run tries again",
    None: "uncertain: never sent again by itself",
}


def test_the_documentation_shows_the_table_as_it_is():
    rows = [f"| {rule.answer} | {EFFECTS[rule.failure]} | {rule.fix} |" for rule in (*RULES, ANYTHING_ELSE)]
    shown = [line for line in DOC.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert [line for line in shown if line in rows] == rows
