"""The sandbox: a local server that behaves like the LinkedIn API, with a feed page to look at."""

from __future__ import annotations

import ipaddress
import secrets
import threading
from datetime import UTC, datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from crosspost.errors import Problem, SettingsError
from crosspost.sandbox import feed, routes
from crosspost.sandbox.admin import DEFAULT_ENDPOINT, Admin
from crosspost.sandbox.api import Api
from crosspost.sandbox.connection import ConnectionServer
from crosspost.sandbox.faults import Fault, Faults
from crosspost.sandbox.journal import Exchange, Journal
from crosspost.sandbox.posts import DuplicateNames, Posts, StoredPost
from crosspost.sandbox.routes import Route
from crosspost.sandbox.tokens import DEMO_TOKEN, Profile, Token

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from types import TracebackType

    from crosspost.sandbox.messages import Reply, Request

_CLOCK = partial(datetime.now, UTC)
_RANDOM22 = partial(secrets.randbits, 22)
DEFAULT_TOKENS: Mapping[str, Token] = MappingProxyType({DEMO_TOKEN: Token()})


class Sandbox:
    """A server on loopback; a context manager that starts and closes it. All state is in memory.

    >>> with Sandbox() as sandbox:
    ...     sandbox.url.startswith("http://127.0.0.1:"), sandbox.posts
    (True, ())
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        now: Callable[[], datetime] = _CLOCK,
        today: date | None = None,
        profile: Profile = "self-serve",
        tokens: Mapping[str, Token] = DEFAULT_TOKENS,
        client_id: str = "sandbox-client",
        client_secret: str = "sandbox-secret",  # noqa: S107 -- made to be known: it opens nothing but the sandbox
        limit: int = 3000,
        duplicate_window: timedelta = timedelta(minutes=10),
        duplicate_names: DuplicateNames = "original",
        random22: Callable[[], int] = _RANDOM22,
    ) -> None:
        """Prepare; nothing listens before `start`.

        Args:
            host: A loopback address (IPv4).
            port: 0 picks a free one.
            now: The clock, aware; ids, the duplicate window and the feed go by it.
            today: The day that decides which API versions are alive; None goes by `now`.
            profile: What the app may do where a token names no scopes: "self-serve" cannot read posts.
            tokens: Access tokens by value; the default knows one, `sandbox-token`.
            client_id: The app that introspection is for.
            client_secret: Of that app.
            limit: Most UTF-16 code units of a commentary as sent.
            duplicate_window: How long an equal post is refused.
            duplicate_names: What that refusal names: the original, or an id that does not exist.
            random22: Returns 22 random bits for the low end of an id.
        """
        self._address = (host, port)
        self._now = now
        self._tokens = tokens
        self._posts = Posts(now=now, random22=random22, window=duplicate_window, names=duplicate_names)
        self._journal = Journal()
        self._api = Api(
            posts=self._posts,
            tokens=tokens,
            profile=profile,
            today=lambda: today or now().date(),
            limit=limit,
            client_id=client_id,
            client_secret=client_secret,
            started_at=now(),
        )
        api = self._api_routes()
        self._faults = Faults(tuple(route.name for route in api))
        self._routes = (*api, *self._page_routes(), *self._admin_routes())
        self._server: ConnectionServer | None = None
        self._closed = threading.Event()

    # --- for programs -----------------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        """Where it listens, without a trailing slash: both `api_url` and `oauth_url`."""
        host, port = self._running().server_address[:2]
        return f"http://{host!s}:{port}"

    @property
    def feed_url(self) -> str:
        """The page to look at."""
        return f"{self.url}/feed"

    @property
    def posts(self) -> tuple[StoredPost, ...]:
        """The posts that are there, oldest first."""
        return self._posts.snapshot()

    @property
    def requests(self) -> tuple[Exchange, ...]:
        """The latest requests, oldest first, without secrets."""
        return self._journal.read()

    def fault(
        self,
        kind: str,
        *,
        times: int = 1,
        on: str = DEFAULT_ENDPOINT,
        seconds: float = 5.0,
        retry_after: str = "60",
    ) -> None:
        """Let a fault strike the next requests; `faults.Fault` explains the arguments.

        Raises:
            ValueError: There is no such fault or endpoint.
        """
        self._faults.add(Fault(kind=kind, on=on, times=times, seconds=seconds, retry_after=retry_after))

    # --- life -------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Listen, in a thread of its own. Does nothing where it already listens.

        Raises:
            SettingsError: The address cannot be used.
        """
        if self._server is not None:
            return
        self._server = _listen(self._address, self._answer, self._now)
        self._closed.clear()
        threading.Thread(target=self._server.serve_forever, args=(0.05,), name="sandbox", daemon=True).start()

    def serve_forever(self) -> None:
        """Listen until `close` is called elsewhere, or the wait is interrupted (KeyboardInterrupt passes through)."""
        self.start()
        try:
            self._closed.wait()
        finally:
            self.close()

    def close(self) -> None:
        """End all connections and stop listening. What was stored stays readable through `posts`."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.end_connections()
            server.server_close()
        self._closed.set()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _running(self) -> ConnectionServer:
        if self._server is None:
            raise RuntimeError("the sandbox is not started")
        return self._server

    def _answer(self, request: Request) -> Reply:
        reply, fault = routes.answer(request, self._routes, self._faults)
        self._journal.write(request, reply, fault=fault, at=self._now())
        return reply

    def _api_routes(self) -> tuple[Route, ...]:
        return (
            Route("POST /rest/posts", self._api.create_post),
            Route("GET /rest/posts/{urn}", self._api.get_post),
            Route("DELETE /rest/posts/{urn}", self._api.delete_post),
            Route("GET /v2/userinfo", self._api.userinfo),
            Route("POST /oauth/v2/introspectToken", self._api.introspect),
        )

    def _page_routes(self) -> tuple[Route, ...]:
        members = [member for token in self._tokens.values() for member in (token.member, *token.organizations)]
        pages = feed.Feed(posts=self._posts, members={member.urn: member for member in members}, now=self._now)
        return (
            Route("GET /", pages.front),
            Route("GET /feed", pages.front),
            Route("GET /feed/", pages.front),
            Route("GET /feed/update/{urn}", pages.single),
            Route("GET /feed/update/{urn}/", pages.single),
        )

    def _admin_routes(self) -> tuple[Route, ...]:
        admin = Admin(posts=self._posts, faults=self._faults, journal=self._journal)
        return (
            Route("GET /_sandbox/posts", admin.list_posts),
            Route("GET /_sandbox/requests", admin.list_requests),
            Route("GET /_sandbox/faults", admin.list_faults),
            Route("POST /_sandbox/faults", admin.add_fault),
            Route("DELETE /_sandbox/faults", admin.clear_faults),
        )


def _listen(
    address: tuple[str, int], answer: Callable[[Request], Reply], now: Callable[[], datetime]
) -> ConnectionServer:
    host, port = address
    if not _is_loopback(host):
        what = f"the sandbox listens on loopback only, not on {host}"
        raise SettingsError(Problem(what=what, fix="leave the host at 127.0.0.1"))
    try:
        return ConnectionServer(address, answer, now)
    except (OSError, OverflowError) as error:
        what = f"the sandbox cannot listen on {host}, port {port}: {getattr(error, 'strerror', None) or error}"
        raise SettingsError(Problem(what=what, fix="choose another port, or 0 for any free one")) from error


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.IPv4Address(host).is_loopback
    except ValueError:
        return False
