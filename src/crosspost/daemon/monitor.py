"""`/healthz`, `/readyz` and `/metrics` on the loopback interface, when asked for."""

from __future__ import annotations

import os
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from crosspost import __version__
from crosspost.errors import Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

_LOOPBACK = "127.0.0.1"


@dataclass(slots=True)
class Vitals:
    """How the daemon is; written by the loop, read by the server, which copies what may grow meanwhile.

    Attributes:
        trouble: Why nothing can be published now; None where all is well.
        posts: Number of posts by account.
        waiting: Number of posts that will go out by themselves, by account.
        next: When the next one goes out, by account.
        outcomes: How often each outcome came, by account and outcome.
        looked: When the folder was last looked at.
        token_ends: When tokens expire, by account, as far as that is known.
        settings_good: Whether the settings in use are those in the files.
        alive: Tells whether the loop still turns.
    """

    trouble: str | None = "starting"
    posts: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    next: dict[str, datetime | None] = field(default_factory=dict)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    looked: datetime | None = None
    token_ends: dict[str, datetime] = field(default_factory=dict)
    settings_good: bool = True
    alive: Callable[[], bool] = lambda: True

    def metrics(self) -> str:
        """Return everything in Prometheus's text format (Exposition formats, "Text-based format")."""
        lines = [
            *_metric("crosspost_info", "gauge", "The version.", {(("version", __version__),): 1}),
            *_metric("crosspost_ready", "gauge", "1 where posts can go out.", {(): int(self.trouble is None)}),
            *_metric(
                "crosspost_settings_good",
                "gauge",
                "0 where the settings files are broken.",
                {(): int(self.settings_good)},
            ),
            *_metric("crosspost_posts", "gauge", "Posts of the site.", _by_account(self.posts)),
            *_metric("crosspost_posts_waiting", "gauge", "Posts that will go out.", _by_account(self.waiting)),
            *_metric(
                "crosspost_next_post_timestamp_seconds",
                "gauge",
                "When the next post goes out.",
                _by_account({name: moment.timestamp() for name, moment in self.next.copy().items() if moment}),
            ),
            *_metric(
                "crosspost_token_expires_timestamp_seconds",
                "gauge",
                "When the access token expires.",
                _by_account({name: moment.timestamp() for name, moment in self.token_ends.copy().items()}),
            ),
            *_metric(
                "crosspost_outcomes_total",
                "counter",
                "Outcomes of posts.",
                {
                    (("account", account), ("outcome", outcome)): count
                    for (account, outcome), count in self.outcomes.copy().items()
                },
            ),
        ]
        if self.looked:
            lines += _metric(
                "crosspost_looked_timestamp_seconds", "gauge", "Last look at the folder.", {(): self.looked.timestamp()}
            )
        return "\n".join(lines) + "\n"


def _by_account(values: dict[str, float] | dict[str, int]) -> dict[tuple[tuple[str, str], ...], float]:
    return {(("account", name),): value for name, value in values.copy().items()}


def _metric(name: str, kind: str, meaning: str, values: Mapping[tuple[tuple[str, str], ...], float]) -> list[str]:
    if not values:
        return []
    lines = [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]
    for labels, value in values.items():
        shown = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels)
        lines.append(f"{name}{{{shown}}} {value:.15g}" if shown else f"{name} {value:.15g}")
    return lines


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two programs share the port

    def handle_error(self, request: object, client_address: object) -> None:
        """Log a defect; a probe that hangs up is none."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed names the kinds of sockets


class Monitor:
    """The server, in threads of its own until it is closed.

    Args:
        vitals: What it tells.
        port: On the loopback interface; 0 for any free one.

    Raises:
        SettingsError: The port is in use.
    """

    def __init__(self, vitals: Vitals, port: int) -> None:
        try:
            self._server = _Server((_LOOPBACK, port), _handler(vitals))
        except OSError as error:
            what = f"port {port} of this machine cannot be used: {error.strerror}"
            raise SettingsError(Problem(what=what, fix="choose another one with --http")) from error
        self.url = f"http://{_LOOPBACK}:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, name="crosspost-http", daemon=True).start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()


def _handler(vitals: Vitals) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            match self.path.partition("?")[0]:
                case "/healthz":
                    self._answer(*((200, "alive\n") if vitals.alive() else (503, "the loop does not turn\n")))
                case "/readyz":
                    self._answer(503 if vitals.trouble else 200, f"{vitals.trouble or 'ready'}\n")
                case "/metrics":
                    self._answer(200, vitals.metrics(), "text/plain; version=0.0.4; charset=utf-8")
                case _:
                    self._answer(404, "there are /healthz, /readyz and /metrics\n")

        def _answer(self, status: int, text: str, kind: str = "text/plain; charset=utf-8") -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
            """Say nothing: a probe every few seconds is no news."""

    return Handler
