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
from crosspost.sandbox import routes
from crosspost.sandbox.admin import DEFAULT_ENDPOINT
from crosspost.sandbox.comments import Comments
from crosspost.sandbox.connection import ConnectionServer
from crosspost.sandbox.faults import Fault, Faults
from crosspost.sandbox.guard import Guard
from crosspost.sandbox.journal import Exchange, Journal
from crosspost.sandbox.media.assets import Assets
from crosspost.sandbox.oauth.app import App
from crosspost.sandbox.oauth.grants import Grants
from crosspost.sandbox.posts import DuplicateNames, Posts, StoredPost
from crosspost.sandbox.quota import APP_LIMIT, MEMBER_LIMIT, Quota
from crosspost.sandbox.tokens import DEMO_PAGE, DEMO_TOKEN, Profile, Token
from crosspost.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from types import TracebackType
    from typing import Literal

    from crosspost.sandbox.api import EarlyMedia
    from crosspost.sandbox.comments import Comment
    from crosspost.sandbox.messages import Reply, Request

_LOOK_SECONDS = 0.2  # how long Ctrl-C waits at most
_POLL_SECONDS = 0.01  # how long `close` waits at most for the thread that accepts connections
_CLOCK = partial(datetime.now, UTC)
_RANDOM22 = partial(secrets.randbits, 22)
DEFAULT_REDIRECT_URIS = ("http://127.0.0.1:8912/callback", "http://localhost:8912/callback")
DEFAULT_TOKENS: Mapping[str, Token] = MappingProxyType({DEMO_TOKEN: Token(organizations=(DEMO_PAGE,))})


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
        redirect_uris: Sequence[str] = DEFAULT_REDIRECT_URIS,
        pkce: bool = False,
        refresh_tokens: bool | None = None,
        login: Token | None = None,
        remember_consent: bool = False,
        limit: int = 3000,
        daily_limit: int | None = MEMBER_LIMIT,
        app_daily_limit: int | None = APP_LIMIT,
        duplicate_window: timedelta = timedelta(minutes=10),
        duplicate_names: DuplicateNames = "original",
        delete_again: Literal[204, 404] = 404,
        edits: bool = True,
        processing: timedelta = timedelta(seconds=2),
        early_media: EarlyMedia = "phantom",
        comment_delay: timedelta = timedelta(seconds=3),
        comment_pause: timedelta = timedelta(minutes=1),
        random22: Callable[[], int] = _RANDOM22,
    ) -> None:
        """Prepare; nothing listens before `start`.

        Args:
            host: A loopback address (IPv4).
            port: 0 picks a free one.
            now: The clock, aware; ids, tokens, media, limits and the feed go by it.
            today: The day that decides which API versions are alive; None goes by `now`.
            profile: The products of the app: "self-serve" cannot read posts or media.
            tokens: Access tokens by value that are there from the start; the default knows one, `sandbox-token`.
            client_id: The app.
            client_secret: Of that app.
            redirect_uris: As registered for it.
            pkce: Whether LinkedIn enabled the native flow for it.
            refresh_tokens: Whether it gets refresh tokens; None: a partner does.
            login: Who sits at the browser, with the organizations; None takes the first of `tokens`.
            remember_consent: Whether a live token with the same scopes makes the consent page unnecessary.
            limit: Most UTF-16 code units of a commentary as sent.
            daily_limit: Requests of a member a day, None for any number.
            app_daily_limit: Likewise of the app.
            duplicate_window: How long an equal post is refused.
            duplicate_names: What that refusal names: the original, or an id that does not exist.
            delete_again: The answer to the delete of a post that is gone.
            edits: Whether a self-serve app may edit.
            processing: How long a file is processed after its upload.
            early_media: What becomes of a post whose media are still processed: it never appears, or it does.
            comment_delay: How long after its creation a post cannot be commented on.
            comment_pause: How long a member waits between two comments.
            random22: Returns 22 random bits for the low end of an id.
        """
        self._address = (host, port)
        self._now = now
        app = App(
            client_id=client_id,
            client_secret=client_secret,
            redirect_uris=tuple(redirect_uris),
            profile=profile,
            pkce=pkce,
            refresh=profile == "partner" if refresh_tokens is None else refresh_tokens,
        )
        self._world = World(
            now=now,
            base=lambda: self.url,
            app=app,
            guard=Guard(
                grants=Grants(preset=tokens, app=app, now=now),
                profile=profile,
                quota=Quota(now=now, per_member=daily_limit, per_app=app_daily_limit),
                today=lambda: today or now().date(),
            ),
            posts=Posts(now=now, random22=random22, window=duplicate_window, names=duplicate_names),
            assets=Assets(now=now, processing=processing),
            comments=Comments(now=now, random22=random22, pause=comment_pause),
            journal=Journal(),
            tokens=tokens,
            login=login or next(iter(tokens.values()), Token()),
            limit=limit,
            early_media=early_media,
            delete_again=delete_again,
            edits=edits,
            remember_consent=remember_consent,
            comment_delay=comment_delay,
        )
        linkedin = self._world.linkedin()
        self._faults = Faults(tuple(route.name for route in linkedin))
        self._routes = (*linkedin, *self._world.pages(), *self._world.own(self._faults))
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
        return self._world.posts.snapshot()

    @property
    def phantoms(self) -> tuple[StoredPost, ...]:
        """The posts that were answered 201 and never appeared, oldest first."""
        return self._world.posts.phantoms()

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments, oldest first."""
        return self._world.comments.all()

    @property
    def requests(self) -> tuple[Exchange, ...]:
        """The latest requests, oldest first, without secrets."""
        return self._world.journal.read()

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
        threading.Thread(target=self._server.serve_forever, args=(_POLL_SECONDS,), name="sandbox", daemon=True).start()

    def serve_forever(self) -> None:
        """Listen until `close` is called elsewhere, or the wait is interrupted (KeyboardInterrupt passes through)."""
        self.start()
        try:
            # Not one wait without end: where the kernel gives Ctrl-C to another thread, this one has to look for it itself,
            # since Python runs what handles a signal in the main thread alone (its docs, "signal", "Signals and threads").
            while not self._closed.wait(_LOOK_SECONDS):
                pass
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
        self._world.journal.write(request, reply, fault=fault, at=self._now())
        return reply


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
