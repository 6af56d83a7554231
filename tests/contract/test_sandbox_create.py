"""What the sandbox says to a create: the recorded success, and every check."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from crosspost.sandbox import Member, Sandbox, Token

NULL_CONTENT = (
    "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [/content]"
)


def test_success_is_the_recorded_answer_an_empty_201_with_the_id_in_a_header(sandbox, linkedin):
    response = linkedin.post()
    urn = response.headers["x-restli-id"]
    assert (response.status_code, response.reason_phrase, response.content) == (201, "Created", b"")
    names = [name.decode() for name, _ in response.headers.raw]
    assert names == [
        "Location", "X-Restli-Id", "X-Restli-Protocol-Version", "Content-Length", "Date",
        "X-Li-Uuid", "X-Li-Fabric", "X-Li-Pop", "X-Li-Proto",
    ]  # fmt: skip
    assert response.headers["location"] == "/posts/" + urn.replace(":", "%3A")
    assert response.headers["x-restli-protocol-version"] == "2.0.0"
    assert response.headers["content-length"] == "0"
    assert response.headers["date"] == "Sun, 22 Nov 2026 12:00:00 GMT"
    assert [post.urn for post in sandbox.posts] == [urn]


def test_an_id_tells_the_millisecond_it_was_made(linkedin):
    urn = linkedin.post().headers["x-restli-id"]
    assert re.fullmatch(r"urn:li:share:\d{19}", urn)
    milliseconds = int(urn.rpartition(":")[2]) >> 22
    assert datetime.fromtimestamp(milliseconds / 1000, UTC) == datetime(2026, 11, 22, 12, 0, 0, 250_000, tzinfo=UTC)


def test_ids_differ_even_where_time_and_chance_agree(start_sandbox, connect):
    sandbox = start_sandbox(random22=lambda: 7)
    client = connect(sandbox)
    assert client.post("a").headers["x-restli-id"] != client.post("b").headers["x-restli-id"]
    assert [int(post.urn.rpartition(":")[2]) & 0x3FFFFF for post in sandbox.posts] == [7, 8]


def test_what_was_sent_is_stored_raw_and_rendered(sandbox, linkedin, sandbox_clock):
    article = {"source": "https://example.com/a(b)", "title": "Plain (title)", "description": "d"}
    linkedin.post(r"a \(b\) #Tag (cut", content={"article": article}, visibility="CONNECTIONS")
    (post,) = sandbox.posts
    assert (post.raw, post.rendered, post.truncated) == (r"a \(b\) #Tag (cut", "a (b) #Tag ", True)
    assert (post.hashtags, post.visibility, post.created_at) == (("Tag",), "CONNECTIONS", sandbox_clock())
    assert (post.article.source, post.article.title, post.article.description) == tuple(article.values())


def test_wrong_little_text_is_answered_201(linkedin):
    assert linkedin.post("cut (here)").status_code == 201


def test_requests_share_a_connection(sandbox, linkedin):
    for text in ("a", "b", "c"):
        assert linkedin.post(text).status_code == 201
    assert linkedin.http.get("/feed").status_code == 200
    assert len(sandbox.requests) == 4
    (connection,) = linkedin.http._transport._pool.connections
    assert "Request Count: 4" in repr(connection)


# --- headers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "value", "status", "body"),
    [
        (
            "LinkedIn-Version", "", 400,
            {"status": 400, "code": "VERSION_MISSING",
             "message": "A version must be present. Please specify a version by adding the Linkedin-Version header."},
        ),
        (
            "LinkedIn-Version", "202504", 426,
            {"status": 426, "code": "NONEXISTENT_VERSION", "message": "Requested version 20250401 is not active"},
        ),
        (
            "LinkedIn-Version", "202612", 426,
            {"status": 426, "code": "NONEXISTENT_VERSION", "message": "Requested version 20261201 is not active"},
        ),
        (
            "Authorization", "", 401,
            {"message": "Empty oauth2_access_token", "serviceErrorCode": 401, "status": 401},
        ),
        (
            "Authorization", "Basic eDp5", 401,
            {"message": "Empty oauth2_access_token", "serviceErrorCode": 401, "status": 401},
        ),
        (
            "Authorization", "Bearer other", 401,
            {"status": 401, "serviceErrorCode": 65600, "code": "INVALID_ACCESS_TOKEN",
             "message": "Invalid access token"},
        ),
        (
            "X-Restli-Protocol-Version", "1.0.0", 400,
            {"message": "Rest.li protocol version 1.0.0 used by the client is not supported!", "status": 400},
        ),
        (
            "Content-Type", "text/plain", 415,
            {"status": 415, "code": "UNSUPPORTED_MEDIA_TYPE", "message": "Content-Type header value is not supported"},
        ),
    ],
)  # fmt: skip
def test_a_wrong_header_is_refused_word_for_word(sandbox, linkedin, *, header, value, status, body):
    response = linkedin.send(linkedin.fields(), **{header: value})
    assert (response.status_code, list(response.json().items())) == (status, list(body.items()))
    assert sandbox.posts == ()


def test_no_protocol_header_is_refused_as_the_old_protocol(sandbox, linkedin):
    del linkedin.headers["X-Restli-Protocol-Version"]
    assert linkedin.post().status_code == 400
    assert sandbox.posts == ()


@pytest.mark.parametrize(
    ("state", "code", "name", "message"),
    [
        ("revoked", 65601, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user"),
        ("expired", 65602, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired"),
    ],
)
def test_a_dead_token_is_refused_word_for_word(start_sandbox, connect, *, state, code, name, message):
    sandbox = start_sandbox(tokens={"old": Token(state=state)})
    response = connect(sandbox, Authorization="Bearer old").post()
    expected = f'{{"status":401,"serviceErrorCode":{code},"code":"{name}","message":"{message}"}}'
    assert (response.status_code, response.text) == (401, expected)
    assert sandbox.posts == ()


@pytest.mark.parametrize(
    ("today", "status"),
    [(date(2026, 11, 15), 201), (date(2026, 11, 16), 426), (date(2030, 1, 1), 426)],
)
def test_a_version_dies_on_its_sunset(start_sandbox, connect, today, status):
    client = connect(start_sandbox(today=today), **{"LinkedIn-Version": "202511"})
    assert client.post().status_code == status


@pytest.mark.parametrize("version", ["202512", "2026", "latest", "202609x"])
def test_a_version_that_never_was_is_refused(linkedin, version):
    assert linkedin.send(linkedin.fields(), **{"LinkedIn-Version": version}).status_code == 426


def test_the_day_of_the_clock_decides_where_no_other_is_given(linkedin, sandbox_clock):
    linkedin.headers["LinkedIn-Version"] = "202601"
    assert linkedin.post("a").status_code == 201
    sandbox_clock.advance(days=60)
    assert linkedin.post("b").status_code == 426


# --- permission and author -------------------------------------------------------------------------------------------


def test_a_token_without_the_scope_cannot_create(start_sandbox, connect):
    sandbox = start_sandbox(tokens={"sandbox-token": Token(scopes=("openid", "profile"))})
    response = connect(sandbox).post()
    assert response.status_code == 403
    assert response.json() == {
        "status": 403,
        "serviceErrorCode": 100,
        "code": "ACCESS_DENIED",
        "message": "Not enough permissions to access: partnerApiPostsExternal.CREATE.20260901",
    }
    assert sandbox.posts == ()


@pytest.mark.parametrize("author", ["sandbox-member", "urn:li:person:somebody", "urn:li:organization:1", "", 7, ["x"]])
def test_an_author_that_is_not_the_tokens_is_refused(sandbox, linkedin, author):
    response = linkedin.post(author=author)
    assert response.status_code == 403
    assert response.json()["message"] == (
        "Field Value validation failed in REQUEST_BODY: Data Processing Exception while processing fields [/author]"
    )
    assert sandbox.posts == ()


def test_an_organization_needs_a_token_of_its_administrator_and_the_scope(start_sandbox, connect):
    page = Member(urn="urn:li:organization:5", name="Acme", headline="")
    tokens = {"sandbox-token": Token(organizations=(page,))}
    partner = connect(start_sandbox(tokens=tokens, profile="partner"))
    self_serve = connect(start_sandbox(tokens=tokens))
    assert partner.post(author=page.urn).status_code == 201
    assert partner.post("to connections", author=page.urn, visibility="CONNECTIONS").status_code == 400
    assert self_serve.post(author=page.urn).status_code == 403


# --- the body --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'"text"', b"null", b"\xff", b'{"commentary": NaN}', b'{"commentary": "\\ud800"}',
        b"[" * 100_000, "{}".encode("utf-16"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_body_that_is_no_json_object_in_utf_8_is_refused(sandbox, linkedin, body):
    headers = linkedin.headers | {"Content-Type": "application/json"}
    response = linkedin.http.post("/rest/posts", content=body, headers=headers)
    assert response.status_code == 400
    assert response.json()["status"] == 400
    assert sandbox.posts == ()


@pytest.mark.parametrize("field", ["author", "commentary", "visibility", "distribution", "lifecycleState"])
def test_a_missing_field_is_told_in_the_words_of_restli(sandbox, linkedin, field):
    fields = linkedin.fields()
    del fields[field]
    response = linkedin.send(fields)
    problem = "field is required but not found and has no default value"
    assert response.status_code == 422
    assert response.text == f'{{"message":"ERROR :: /{field} :: {problem}\\n","status":422}}'
    assert sandbox.posts == ()


def test_all_missing_fields_are_told_at_once(linkedin):
    message = linkedin.send({"distribution": {}}).json()["message"]
    assert re.findall("ERROR :: (.*?) ::", message) == [
        "/author", "/commentary", "/visibility", "/distribution/feedDistribution", "/lifecycleState",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("commentary", 5, "5 cannot be coerced to String"),
        ("isReshareDisabledByAuthor", "no", "no cannot be coerced to Boolean"),
        ("distribution", "MAIN_FEED", "record type is not backed by a DataMap"),
        ("content", [], "record type is not backed by a DataMap"),
    ],
)
def test_a_wrong_type_is_told_in_the_words_of_restli(linkedin, field, value, problem):
    response = linkedin.post(**{field: value})
    assert (response.status_code, response.json()["message"]) == (422, f"ERROR :: /{field} :: {problem}\n")


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"content": None}, "/content"),
        ({"extra": 1}, "/extra"),
        ({"content": {"carousel": {"cards": []}}}, "/content/carousel"),
        ({"content": {"media": {"id": "urn:li:image:1", "altText": None}}}, "/content/media/altText"),
        ({"content": {"multiImage": {"images": [{"url": "x"}]}}}, "/content/multiImage/images/0/url"),
        ({"content": {"article": {"source": "https://a.example", "title": "t", "url": "x"}}}, "/content/article/url"),
        (
            {"content": {"article": {"source": "https://a.example", "title": "t", "description": None}}},
            "/content/article/description",
        ),
    ],
)
def test_unknown_fields_and_null_are_unpermitted(sandbox, linkedin, more, path):
    response = linkedin.post(**more)
    assert response.status_code == 403
    assert response.json()["message"] == NULL_CONTENT.replace("/content", path)
    assert sandbox.posts == ()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"visibility": "PRIVATE"}, "INVALID_VALUE_FOR_FIELD"),
        ({"visibility": "CONTAINER"}, "INVALID_VALUE_FOR_FIELD"),
        ({"lifecycleState": "DRAFT"}, "INVALID_VALUE_FOR_FIELD"),
        ({"distribution": {"feedDistribution": "NONE"}}, "INVALID_VALUE_FOR_FIELD"),
        ({"distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [{}]}}, "INVALID_VALUE_FOR_FIELD"),
        ({"commentary": ""}, "INVALID_VALUE_BLANK_FIELD"),
        ({"commentary": " \n"}, "INVALID_VALUE_BLANK_FIELD"),
        ({"content": {"article": {"source": "/post", "title": "t"}}}, "INVALID_VALUE_FOR_FIELD"),
        ({"content": {"article": {"source": "javascript:alert(1)", "title": "t"}}}, "INVALID_VALUE_FOR_FIELD"),
        ({"content": {"article": {"source": "javascript://a.example/x", "title": "t"}}}, "INVALID_VALUE_FOR_FIELD"),
        ({"content": {"article": {"source": "https://[", "title": "t"}}}, "INVALID_VALUE_FOR_FIELD"),
        ({"content": {"article": {"source": "https://a.example/b c", "title": "t"}}}, "INVALID_VALUE_FOR_FIELD"),
        ({"content": {"article": {"source": "https://a.example", "title": " "}}}, "INVALID_VALUE_BLANK_FIELD"),
        ({"content": {"article": {"source": "https://a.example", "title": "t" * 401}}}, "FIELD_LENGTH_TOO_LONG"),
        (
            {"content": {"article": {"source": "https://a.example", "title": "t", "description": "d" * 4001}}},
            "FIELD_LENGTH_TOO_LONG",
        ),
        (
            {"content": {"article": {"source": "https://a.example", "title": "t", "description": ""}}},
            "INVALID_VALUE_BLANK_FIELD",
        ),
    ],
)
def test_a_wrong_value_is_refused_with_the_documented_code(sandbox, linkedin, more, code):
    response = linkedin.post(**more)
    assert response.status_code == 400
    assert response.json()["errorDetails"]["inputErrors"][0]["code"] == code
    assert sandbox.posts == ()


@pytest.mark.parametrize("text", ["x" * 3001, "🎉" * 1501, "\\(" * 1501], ids=["letters", "pairs", "escapes"])
def test_a_text_over_the_limit_is_refused_as_recorded(sandbox, linkedin, text):
    response = linkedin.post(text)
    length = 3001 if text[0] == "x" else 3002
    assert response.status_code == 400
    assert response.json() == {
        "errorDetailType": "com.linkedin.common.error.BadRequest",
        "message": "com.linkedin.content.common.exception.BadRequestResponseException: ShareCommentary text length "
        f"({length} characters) exceeded the maximum allowed (3000 characters)",
        "errorDetails": {
            "inputErrors": [
                {
                    "description": "Size of array cannot be higher than the maxLength",
                    "input": {"value": {"stringValue": text}},
                    "code": "FIELD_ARRAY_SIZE_TOO_HIGH",
                    "maxLength": 3000,
                }
            ]
        },
        "status": 400,
    }
    assert sandbox.posts == ()


@pytest.mark.parametrize("text", ["x" * 3000, "🎉" * 1500, "\\(" * 1500], ids=["letters", "pairs", "escapes"])
def test_a_text_at_the_limit_is_taken(linkedin, text):
    assert linkedin.post(text).status_code == 201


def test_the_limit_is_a_setting(start_sandbox, connect):
    client = connect(start_sandbox(limit=10))
    assert client.post("x" * 11).status_code == 400


# --- duplicates ------------------------------------------------------------------------------------------------------


def test_an_equal_post_is_refused_word_for_word(sandbox, linkedin, sandbox_clock):
    urn = linkedin.post("same").headers["x-restli-id"]
    sandbox_clock.advance(minutes=9, seconds=59)
    response = linkedin.post("same", visibility="CONNECTIONS")
    assert response.status_code == 422
    assert response.text == (
        '{"errorDetailType":"com.linkedin.common.error.BadRequest","message":"com.linkedin.content.common.exception.'
        f'BadRequestResponseException: Content is a duplicate of {urn}","errorDetails":{{"inputErrors":[{{"description":'
        '"Duplicate post is detected","input":{},"code":"DUPLICATE_POST"}]},"status":422}'
    )
    assert len(sandbox.posts) == 1


def test_after_the_window_an_equal_post_is_taken(sandbox, linkedin, sandbox_clock):
    linkedin.post("same")
    sandbox_clock.advance(minutes=10)
    assert linkedin.post("same").status_code == 201
    assert len(sandbox.posts) == 2


def test_a_refusal_may_name_an_id_that_does_not_exist_a_new_one_each_time(start_sandbox, connect):
    sandbox = start_sandbox(duplicate_names="fresh")
    client = connect(sandbox)
    client.post("same")
    named = {re.search(r"urn:li:share:\d+", client.post("same").text)[0] for _ in range(3)}
    assert len(named) == 3
    assert named.isdisjoint(post.urn for post in sandbox.posts)


def test_compared_is_the_text_that_shows(linkedin):
    linkedin.post("same (one ending")
    assert linkedin.post("same (another ending").status_code == 422
    assert linkedin.post("same [").status_code == 422
    assert linkedin.post("same").status_code == 201


def test_a_deleted_post_still_counts(sandbox, linkedin):
    urn = linkedin.post("same").headers["x-restli-id"]
    linkedin.delete("/rest/posts/" + urn.replace(":", "%3A"))
    assert sandbox.posts == ()
    assert linkedin.post("same").status_code == 422


def test_equal_texts_of_two_authors_are_no_duplicates(start_sandbox, connect):
    other = Member(urn="urn:li:person:other", name="Other", headline="")
    sandbox = start_sandbox(tokens={"one": Token(), "two": Token(member=other)})
    assert connect(sandbox, Authorization="Bearer one").post("same").status_code == 201
    assert connect(sandbox, Authorization="Bearer two").post("same", author=other.urn).status_code == 201


def test_a_refused_post_is_no_original(start_sandbox, connect):
    client = connect(start_sandbox(limit=10))
    assert client.post("x" * 11).status_code == 400
    assert client.post("x" * 11).status_code == 400


def test_the_bodies_that_are_quoted_are_compact_json(linkedin):
    text = linkedin.send(linkedin.fields(), Authorization="").text
    assert text == json.dumps(json.loads(text), separators=(",", ":"))
    assert text == '{"message":"Empty oauth2_access_token","serviceErrorCode":401,"status":401}'


def test_the_default_clock_is_the_machines():
    before = datetime.now(UTC)
    assert before <= Sandbox()._now() <= datetime.now(UTC)
