"""Every row of LinkedIn's error table and every fault, through the command: what LinkedIn has, what the ledger says, the exit
code, the message, and that the token is nowhere."""

import json
import logging
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crosspost.ledger.liveness import alive
from crosspost.ledger.sqlite import SqliteLedger
from crosspost.linkedin.body import read
from crosspost.linkedin.rules import RULES, rule_for
from crosspost.sandbox.faults import KINDS

TOKEN = "AQ-marked-token"  # as the fixtures have it


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the reference: what is answered, and what must follow."""

    name: str
    status: int
    body: object
    state: str
    code: int
    says: str
    fix: str
    headers: Mapping[str, str] = field(default_factory=dict)


def gateway(status, code, message, service=None):
    return {"status": status, "serviceErrorCode": service, "code": code, "message": message}


def content(status, code, message="com.linkedin.content.common.exception.BadRequestResponseException: no"):
    errors = [{"description": "It is wrong", "input": {}, "code": code}]
    return {
        "errorDetailType": "BadRequest",
        "message": message,
        "errorDetails": {"inputErrors": errors},
        "status": status,
    }


TOO_LONG = "ShareCommentary text length (8694 characters) exceeded the maximum allowed (3000 characters)"
DUPLICATE = "Content is a duplicate of urn:li:share:7295588489876647936"
VALUES = ("MISSING_FIELD", "INVALID_URN_TYPE", "INVALID_URN_ID", "INVALID_VALUE_FOR_FIELD", "INVALID_VALUE_BLANK_FIELD")
CREATE = "Not enough permissions to access: partnerApiPostsExternal.CREATE.20260801"
FIELDS = "REQUEST_BODY: Data Processing Exception while processing fields"
LOGIN = "crosspost auth login"

ROWS = [
    Row(name="version missing", status=400, body=gateway(400, "VERSION_MISSING", "A version must be present."), state="failed", code=1, says="did not see the API version", fix="proxy"),
    Row(name="too long, as it really is", status=400, body=content(400, "FIELD_ARRAY_SIZE_TOO_HIGH", TOO_LONG), state="failed", code=1, says="8694 characters", fix="shorten it"),
    Row(name="too long, as documented", status=400, body=content(400, "FIELD_LENGTH_TOO_LONG", TOO_LONG), state="failed", code=1, says="too long", fix="shorten it"),
    *(Row(name=code, status=400, body=content(400, code), state="failed", code=1, says="does not accept a value", fix="change the post") for code in (*VALUES, "INVALID_IMAGE_ID")),
    Row(name="401 unknown token", status=401, body=gateway(401, "INVALID_ACCESS_TOKEN", "Invalid access token", 65600), state="failed", code=3, says="does not know the access token", fix=LOGIN),
    Row(name="401 revoked", status=401, body=gateway(401, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user", 65601), state="failed", code=3, says="revoked", fix=LOGIN),
    Row(name="401 expired", status=401, body=gateway(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired", 65602), state="failed", code=3, says="expired", fix=LOGIN),
    Row(name="401 empty", status=401, body={"message": "Empty oauth2_access_token", "serviceErrorCode": 401, "status": 401}, state="failed", code=3, says="Empty oauth2_access_token", fix=LOGIN),
    Row(name="403 no product", status=403, body=gateway(403, "ACCESS_DENIED", CREATE, 100), state="failed", code=1, says="may not post for this author", fix="Share on LinkedIn"),
    Row(name="403 author", status=403, body=gateway(403, "ACCESS_DENIED", f"Field Value validation failed in {FIELDS} [/author]", 100), state="failed", code=1, says="post as this author", fix="linkedin.author"),
    Row(name="422 author", status=422, body=gateway(422, "ACCESS_DENIED", f"Field Value validation failed in {FIELDS} [/author]"), state="failed", code=1, says="post as this author", fix="linkedin.author"),
    Row(name="403 fields", status=403, body=gateway(403, "ACCESS_DENIED", f"Unpermitted fields present in {FIELDS} [/content]", 100), state="failed", code=1, says="does not permit a field", fix="card.kind"),
    Row(name="403, anything else", status=403, body="<html>Forbidden</html>", state="failed", code=1, says="refused access", fix="proxy"),
    Row(name="404", status=404, body=gateway(404, "NOT_FOUND", "Could not find entity"), state="failed", code=1, says="nothing that takes posts", fix="linkedin.api_url"),
    Row(name="407", status=407, body="", state="failed", code=1, says="proxy wants a user name", fix="HTTPS_PROXY"),
    Row(name="408", status=408, body="", state="uncertain", code=4, says="without a verdict", fix="crosspost resolve"),
    Row(name="409", status=409, body=gateway(409, "CONFLICT", "Conflict"), state="uncertain", code=4, says="without a verdict", fix="crosspost resolve"),
    Row(name="413", status=413, body=gateway(413, "REQUEST_ENTITY_TOO_LARGE", "too large"), state="failed", code=1, says="size or type", fix="change the post"),
    Row(name="415", status=415, body=gateway(415, "UNSUPPORTED_MEDIA_TYPE", "no"), state="failed", code=1, says="size or type", fix="change the post"),
    Row(name="422 duplicate", status=422, body=content(422, "DUPLICATE_POST", DUPLICATE), state="uncertain", code=4, says="already has this text", fix="crosspost resolve"),
    Row(name="422 Rest.li", status=422, body={"message": "ERROR :: /distribution :: field is required but not found\n", "status": 422}, state="failed", code=1, says="refused the post", fix="defect of crosspost"),
    Row(name="426", status=426, body=gateway(426, "NONEXISTENT_VERSION", "Requested version 20250401 is not active"), state="failed", code=1, says="does not serve this API version", fix="linkedin.api_version"),
    Row(name="426 under another status", status=400, body={"message": "Requested version 20250401 is not active"}, state="failed", code=1, says="does not serve this API version", fix="linkedin.api_version"),
    Row(name="426 without a word", status=426, body="", state="failed", code=1, says="does not serve this API version", fix="linkedin.api_version"),
    Row(name="429 of the member", status=429, body={"serviceErrorCode": 101, "message": "Resource level throttle limit for calls to this resource is reached.", "status": 429}, state="failed", code=0, says="not before", fix="run again later"),
    Row(name="429 of the app", status=429, body={"message": "Resource level throttle APPLICATION DAY limit for calls to this resource is reached.", "status": 429}, state="failed", code=0, says="00:00 UTC", fix="run again later"),
    Row(name="429 with seconds", status=429, body="", headers={"Retry-After": "3600"}, state="failed", code=0, says="not before", fix="run again later"),
    Row(name="429 with a date", status=429, body="", headers={"Retry-After": "Wed, 01 Jan 2100 12:34:00 GMT"}, state="failed", code=0, says="not before", fix="run again later"),
    Row(name="any other 4xx", status=418, body="", state="failed", code=1, says="refused the post", fix="defect of crosspost"),
    *(Row(name=f"{status}", status=status, body="<h1>broken</h1>", state="uncertain", code=4, says="an error of its own", fix="crosspost resolve") for status in (500, 502, 503, 504)),
    Row(name="a redirect", status=307, body="", headers={"Location": "https://attacker.example/"}, state="uncertain", code=4, says="redirect", fix="linkedin.api_url"),
    Row(name="200", status=200, body="", state="uncertain", code=4, says="means nothing", fix="crosspost resolve"),
]  # fmt: skip


class Scripted(BaseHTTPRequestHandler):
    """Answers every create with the row at hand, and repeats the token wherever a server could."""

    row: Row
    created = 0

    def do_GET(self):
        self._send(200, {}, b'{"sub": "jo"}')

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        type(self).created += 1
        body = self.row.body if isinstance(self.row.body, str) else json.dumps(self.row.body)
        echo = {"X-Li-Uuid": f"AAY5bL4w0Z8xH2c {TOKEN}", "X-Li-Request-Id": "42"}
        self._send(self.row.status, {**self.row.headers, **echo}, body.encode())

    def _send(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@dataclass
class Service:
    url: str
    handler: type[Scripted]


@pytest.fixture
def linkedin():
    handler = type("Handler", (Scripted,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Service(f"http://127.0.0.1:{server.server_port}", handler)
        server.shutdown()
        thread.join()


@pytest.fixture
def ledger_file(site, monkeypatch):
    path = site.folder.parent / f"{site.folder.name}-state" / "ledger.db"
    monkeypatch.setenv("CROSSPOST_LEDGER__URL", f"sqlite:///{path}")
    monkeypatch.setenv("CROSSPOST_LINKEDIN__TIMEOUT", "1")
    return path


def the_entry(path):
    with closing(SqliteLedger(path, alive=alive)) as ledger, ledger._reading() as db:
        (row,) = db.execute("SELECT * FROM entry").fetchall()
    return dict(row)


def nowhere(path, caplog):
    """The token stands neither in the ledger's files nor in the log."""
    return all(TOKEN.encode() not in file.read_bytes() for file in path.parent.iterdir()) and TOKEN not in caplog.text


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_of_the_table_has_its_action_and_its_message(site, linkedin, ledger_file, caplog, row):
    caplog.set_level(logging.DEBUG)
    site.point_to(linkedin)
    linkedin.handler.row = row
    path = site.post("hello", "Text.")
    before = path.read_bytes()

    result = site.run("publish", "--verbose")

    entry = the_entry(ledger_file)
    told = result.out + result.err
    assert (entry["state"], result.code, linkedin.handler.created) == (row.state, row.code, 1), told
    assert row.says in told
    assert row.fix in told
    assert ("nothing was published" if row.state == "failed" else "may be on LinkedIn") in told
    assert "x-li-request-id: 42" in told
    assert path.read_bytes() == before
    assert nowhere(ledger_file, caplog)
    assert "Traceback" not in result.err


def test_every_rule_of_the_client_stands_in_the_table():
    used = {rule_for(row.status, read(json.dumps(row.body).encode())).answer for row in ROWS}
    later = {
        "400 `MEDIA_ASSET_WAITING_UPLOAD`",
        "400 `MEDIA_ASSET_PROCESSING_FAILED`, `EXPIRED_UPLOAD_URL`",
    }  # of uploads
    assert {rule.answer for rule in RULES} - later <= used


# What each fault of the sandbox leads to: state, exit code, posts that are there.
FAULTS = {
    "drop-before-commit": ("uncertain", 4, 0),
    "drop-after-commit": ("uncertain", 4, 1),
    "late-commit": ("uncertain", 4, 0),
    "reset-before-commit": ("uncertain", 4, 0),
    "reset-after-commit": ("uncertain", 4, 1),
    "429": ("failed", 0, 0),
    "429-retry-after": ("failed", 0, 0),
    "429-app": ("failed", 0, 0),
    "revoked": ("failed", 3, 0),
    "409": ("uncertain", 4, 1),
    "500": ("uncertain", 4, 0),
    "500-after-commit": ("uncertain", 4, 1),
    "502": ("uncertain", 4, 0),
    "503": ("uncertain", 4, 0),
    "504-after-commit": ("uncertain", 4, 1),
    "slow": ("uncertain", 4, 1),
    "redirect": ("uncertain", 4, 0),
    "cut-body": ("published", 0, 1),
    "no-id": ("published", 1, 1),
    "location-only": ("published", 0, 1),
}


def test_every_fault_that_can_strike_a_create_stands_in_the_table():
    assert {kind for kind, details in KINDS.items() if not details.where} == FAULTS.keys()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_what_the_table_says_and_never_a_second_post(site, sandbox, ledger_file, caplog, fault):
    caplog.set_level(logging.DEBUG)
    site.point_to(sandbox)
    site.post("hello", "Text.")
    sandbox.fault(fault, **({"seconds": 1.5} if fault == "slow" else {}))

    result = site.run("publish", "--verbose")

    state, code, posts = FAULTS[fault]
    assert (the_entry(ledger_file)["state"], result.code, len(sandbox.posts)) == (state, code, posts), result.out
    if state == "uncertain":
        assert "crosspost resolve" in result.out
    assert nowhere(ledger_file, caplog)
    for _ in range(2):
        site.run("publish")
    assert len(sandbox.posts) == (1 if fault == "revoked" else posts)
    creates = [request for request in sandbox.requests if (request.method, request.path) == ("POST", "/rest/posts")]
    assert len(creates) == (2 if fault == "revoked" else 1)
