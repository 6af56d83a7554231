"""A call to the API: address, token, version, one exchange. Whatever comes back carries no token."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crosspost.errors import CredentialsError, Problem
from crosspost.linkedin import losses, wire
from crosspost.linkedin.answers import support
from crosspost.linkedin.body import read, words
from crosspost.linkedin.endpoint import on_this_machine
from crosspost.linkedin.exchange import Courier, Reply, Request, Silence
from crosspost.linkedin.redact import Redactor
from crosspost.linkedin.rules import is_dead_version
from crosspost.model import Failure, Rejected, Unclear

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from crosspost.linkedin.versions import ApiVersion
    from crosspost.ports import Clock

log = logging.getLogger(__name__)

_SENDABLE = re.compile(r"[\x21-\x7e]+")  # what a header can carry without a break (RFC 9110, section 5.5)
_SLOWEST = 64 * 1024  # bytes a second: a slower line does not carry pictures
_BACKOFF = (1, 2, 4)  # seconds between repeats of a call that may be repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Makes calls. Each has a connection of its own, so that none can fail because a kept one went stale meanwhile.

    What a connection needs is made once a run: certificates alone are 20 to 30 ms, a client without them 0.3 ms.

    Attributes:
        api_url: `https://api.linkedin.com`, or a sandbox on this machine, without a slash at the end. The token goes to no
            other host.
        version: Which API version is sent.
        token: Gives the access token; asked for each call, so that a renewed one is used.
        timeout: Seconds for one whole request.
        clock: For the pauses between repeats.
        transport: Instead of the network, for tests.
    """

    api_url: str
    version: ApiVersion
    token: Callable[[], str] = field(repr=False)
    timeout: float
    clock: Clock
    transport: httpx.BaseTransport | None = None
    _courier: Courier = field(default_factory=Courier, repr=False)
    _clients: dict[tuple[bool, bool], httpx.Client] = field(default_factory=dict, repr=False)

    def once(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        *,
        versioned: bool = True,
        more: Mapping[str, str] | None = None,
    ) -> Reply | Rejected | Unclear:
        """Make a call once.

        A version that LinkedIn no longer serves is refused before anything is done, so where another one was found the
        call is made with that.

        Args:
            method: HTTP method.
            path: Below `api_url`; a URN in it is percent-encoded.
            content: JSON body, UTF-8.
            versioned: False for `/v2`.
            more: Headers beside the usual ones.
        """
        if not versioned:
            return self._call(method, path, content, None, more)
        reply = self._call(method, path, content, self.version.value, more)
        if not isinstance(reply, Reply) or not is_dead_version(reply.status, read(reply.body)):
            return reply
        return (
            self._call(method, path, content, self.version.value, more) if self.version.replace(self._lives) else reply
        )

    def put(self, url: str, content: bytes, *, bearer: bool) -> Reply | Rejected | Unclear:
        """Send a file, or a part of one, to an address that LinkedIn named for it.

        Args:
            url: Where a token may go (`endpoint.may_upload_to`).
            content: The bytes.
            bearer: Whether the token goes with them.
        """
        token = self._checked_token()
        if isinstance(token, Rejected):
            return token
        headers = {"Content-Type": "application/octet-stream", "User-Agent": wire.USER_AGENT}
        if bearer:
            headers["Authorization"] = f"Bearer {token}"
        request = Request(method="PUT", url=url, headers=headers, content=content)
        outcome = self._exchanged(request, token, self.timeout + len(content) / _SLOWEST)
        _report("PUT", urlsplit(url).path.partition("/dms-uploads/")[1] or "/", outcome)  # the rest opens the upload
        return outcome

    def repeated(self, call: Callable[[], Reply | Rejected | Unclear]) -> Reply | Rejected | Unclear:
        """Make a call that changes nothing, or the same whenever it is made: up to three repeats where it had no answer."""
        for pause in _BACKOFF:
            outcome = call()
            if not _passes(outcome):
                return outcome
            self.clock.sleep(pause)
        return call()

    def _lives(self, version: str) -> bool | None:
        """Ask whether LinkedIn serves a version: with a create that has nothing in it, so that nothing can be published."""
        reply = self._call("POST", "/rest/posts", b"{}", version, None)
        if not isinstance(reply, Reply):
            return None
        if is_dead_version(reply.status, read(reply.body)):
            return False
        return True if reply.status in {400, 422} else None

    def _call(
        self, method: str, path: str, content: bytes | None, version: str | None, more: Mapping[str, str] | None
    ) -> Reply | Rejected | Unclear:
        token = self._checked_token()
        if isinstance(token, Rejected):
            return token
        headers = {**wire.headers(token, version), **(more or {})}
        request = Request(method=method, url=self.api_url + path, headers=headers, content=content)
        outcome = self._exchanged(request, token, self.timeout)
        _report(method, path, outcome)
        return outcome

    def _checked_token(self) -> str | Rejected:
        try:
            token = self.token()
        except CredentialsError as error:
            return losses.no_token(error.problem)
        return token if _SENDABLE.fullmatch(token) else losses.no_token(_BAD_TOKEN)

    def _exchanged(self, request: Request, token: str, timeout: float) -> Reply | Rejected | Unclear:
        try:
            client = self._client(request.url)
        except Exception as error:  # noqa: BLE001 httpx raises what it meets: ValueError, OSError, ImportError, ssl.SSLError
            return losses.no_client(error)
        return self._without(token, self._courier.exchange(client, request, timeout), timeout)

    def _client(self, url: str) -> httpx.Client:
        """Return the client for an address. The environment's proxies count, except for this machine itself."""
        trust_env = not (on_this_machine(self.api_url) and url.startswith(f"{self.api_url}/"))
        kind = trust_env, url.startswith("https:")
        if kind not in self._clients:
            self._clients[kind] = self._new_client(*kind)
        return self._clients[kind]

    def _new_client(self, trust_env: bool, secure: bool) -> httpx.Client:  # noqa: FBT001 a key's parts
        import ssl  # noqa: PLC0415 lazy, as httpx
        from http.cookiejar import CookieJar, DefaultCookiePolicy  # noqa: PLC0415 see above

        import httpx  # noqa: PLC0415 lazy: half of the time of a command that never asks LinkedIn

        return httpx.Client(
            # Where nothing is encrypted no certificate is read, and none would be believed.
            verify=httpx.create_ssl_context(trust_env=trust_env) if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            transport=self.transport,
            limits=httpx.Limits(max_keepalive_connections=0),
            timeout=httpx.Timeout(None, connect=self.timeout / 3),
            trust_env=trust_env,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),  # each request stands alone
        )

    def _without(self, token: str, outcome: Reply | Silence, timeout: float) -> Reply | Rejected | Unclear:
        redact = Redactor(token)
        if isinstance(outcome, Reply):
            headers = {name: redact(value) for name, value in outcome.headers.items()}
            return Reply(status=outcome.status, headers=headers, body=redact.in_bytes(outcome.body))
        tell = losses.lost if outcome.left else losses.not_sent
        if outcome.cause is None:
            return tell(f"no answer within {timeout:g} seconds", None)
        kind, said = type(outcome.cause).__name__, words(redact(str(outcome.cause)), 200)
        return tell(said or kind, f"{kind}: {said}")


def _passes(outcome: Reply | Rejected | Unclear) -> bool:
    """Tell whether the same call may get another answer in a moment: no answer came, or the server was in trouble."""
    if isinstance(outcome, Reply):
        return outcome.status >= 500
    return isinstance(outcome, Unclear) or outcome.failure is Failure.NOT_SENT


def _report(method: str, path: str, outcome: Reply | Rejected | Unclear) -> None:
    """Put into the log what LinkedIn's support asks for."""
    if not log.isEnabledFor(logging.INFO):
        return
    if isinstance(outcome, Reply):
        log.info("%s %s: HTTP %d %s", method, path, outcome.status, "; ".join(support(outcome.headers)))
    else:
        log.info("%s %s: %s", method, path, outcome.problem.what)


_BAD_TOKEN = Problem(
    what="the access token is empty or has characters that no token has",
    linkedin_has="nothing was sent",
    fix="set LINKEDIN_ACCESS_TOKEN to the token alone, or run 'crosspost auth login'",
)
