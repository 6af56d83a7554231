"""A stand-in for LinkedIn's authorization server, over TCP: what its pages document and what was recorded."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, quote, urlsplit

import httpx

CLIENT_ID = "77marked-client"
SECRET = "WPL_AP1.marked-secret.x+y/z=="
CODE = "AQTmarked-CODE_~9-._"
ACCESS = "AQXmarked-ACCESS_" + "0123456789" * 60
REFRESH = "AQYmarked-REFRESH_abc"
LIFETIME = 5183999

MARKED = (SECRET, CODE, ACCESS, REFRESH, "marked-ACCESS", "marked-REFRESH", "marked-CODE", "marked-secret")


@dataclass
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    form: dict[str, str]
    headers: dict[str, str]


@dataclass
class AuthorizationServer:
    """Says yes to everything that is right. Change an attribute to have it otherwise.

    Attributes:
        redirect_uri: What is registered with the app.
        refresh_token: Given with an access token where set.
        answers: Instead of the usual one, by path: status, body and headers.
        decision: What the member does: None consents; else the `error` that is sent back.
        state: Sent back instead of the one that came.
        refusals: How often userinfo refuses the token first.
        delay: Seconds before it answers over TCP; ended by closing it.
    """

    redirect_uri: str
    refresh_token: str | None = None
    access: str = ACCESS
    answers: dict[str, tuple[int, object, dict[str, str]]] = field(default_factory=dict)
    decision: str | None = None
    state: str | None = None
    refusals: int = 0
    introspection: dict[str, object] = field(default_factory=lambda: {"active": True, "status": "active"})
    asked: list[Asked] = field(default_factory=list)
    challenge: str | None = None
    delay: float = 0

    def __enter__(self):
        outer = self
        self.closing = Event()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self._answer(b"")

            def do_POST(self):
                self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def _answer(self, body):
                if outer.delay and outer.closing.wait(outer.delay):
                    return
                status, data, headers = outer.handle(self.command, self.path, body, self.headers)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.close()

    def close(self):
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def paths(self):
        return [asked.path for asked in self.asked]

    def handle(self, method, target, body, headers):
        """Answer one request: status, body and headers."""
        path, _, query = target.partition("?")
        form = parse_qs(body.decode(), keep_blank_values=True)
        asked = Asked(method, path, _first(form), {name.lower(): value for name, value in headers.items()})
        self.asked.append(asked)
        status, content, more = self.answers.get(path) or self.answer(asked, _first(parse_qs(query)))
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        return status, data, {"Content-Type": "application/json"} | more

    def transport(self):
        """Return the same server without a network."""

        def answer(request):
            target = request.url.raw_path.decode()
            status, data, headers = self.handle(request.method, target, request.content, request.headers)
            return httpx.Response(status, headers=headers, content=data)

        return httpx.MockTransport(answer)

    def answer(self, asked, query):
        if asked.path.endswith("/authorization"):
            return self._authorization(asked, query)
        if asked.path == "/oauth/v2/accessToken":
            return self._token(asked.form)
        if asked.path == "/oauth/v2/introspectToken":
            return self._introspect(asked.form)
        if asked.path == "/oauth/v2/revoke":
            return 200, b"", {}
        if asked.path == "/v2/userinfo":
            return self._userinfo(asked.headers)
        return 404, {"status": 404}, {}

    def _authorization(self, asked, query):
        expected = {"response_type": "code", "client_id": CLIENT_ID, "redirect_uri": self.redirect_uri}
        if expected.items() - query.items():
            return 400, b"<h1>Bummer, something went wrong.</h1>", {"Content-Type": "text/html"}
        self.challenge = query.get("code_challenge") if asked.path == "/oauth/native-pkce/authorization" else None
        state = self.state if self.state is not None else query["state"]
        outcome = (
            f"error={self.decision}&error_description=The+user+said+no" if self.decision else f"code={quote(CODE)}"
        )
        return 302, b"", {"Location": f"{self.redirect_uri}?{outcome}&state={state}"}

    def _token(self, form):
        if problem := self._client(form):
            return problem
        if form.get("grant_type") == "refresh_token":
            if form.get("refresh_token") != REFRESH:
                text = "The provided authorization grant or refresh token is invalid, expired or revoked"
                return self.refusal(400, "invalid_request", text)
        elif form.get("code") != CODE:
            return self.refusal(400, "invalid_request", "Unable to retrieve access token: authorization code not found")
        elif form.get("redirect_uri") != self.redirect_uri or not self._proved(form):
            text = (
                "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
                "Or authorization code expired. Or external member binding exists"
            )
            return self.refusal(400, "invalid_redirect_uri", text)
        fields = {
            "access_token": self.access,
            "expires_in": LIFETIME,
            "scope": "email,openid,profile,w_member_social",
            "token_type": "Bearer",
            "id_token": "eyJmarked-id.token",
        }
        if self.refresh_token:
            fields |= {"refresh_token": self.refresh_token, "refresh_token_expires_in": 31536059}
        return 200, fields, {}

    def _proved(self, form):
        if self.challenge is None:
            return True
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenge

    def _client(self, form):
        secret = None if self.challenge else SECRET
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, secret):
            return self.refusal(401, "invalid_client", "Client authentication failed")
        return None

    def _introspect(self, form):
        if problem := self._client(form):
            return problem
        return 200, self.introspection if form.get("token") == self.access else {"active": False}, {}

    def _userinfo(self, headers):
        if headers.get("authorization") != f"Bearer {self.access}" or self.refusals > 0:
            self.refusals -= 1
            return 401, {"status": 401, "serviceErrorCode": 65601, "code": "REVOKED_ACCESS_TOKEN"}, {}
        return 200, {"sub": "Jo_marked", "name": "Jo", "locale": {"country": "US", "language": "en"}}, {}

    @staticmethod
    def refusal(status, error, description):
        return status, {"error": error, "error_description": description}, {}

    def find(self, path):
        return next(asked for asked in self.asked if asked.path == path)


def parts_of(url):
    """Return path and fields of an authorization address."""
    parts = urlsplit(url)
    return parts.path, _first(parse_qs(parts.query))


def _first(fields):
    return {name: values[0] for name, values in fields.items()}
