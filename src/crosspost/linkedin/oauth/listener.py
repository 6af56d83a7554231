"""Waits on this machine for the browser to come back from LinkedIn (RFC 8252, section 7.3)."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from math import ceil
from queue import Empty, SimpleQueue
from socketserver import TCPServer, ThreadingMixIn
from threading import Thread
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlsplit

from crosspost.errors import CredentialsError, Problem, SettingsError

if TYPE_CHECKING:
    from types import TracebackType

    from crosspost.linkedin.oauth.redirect import RedirectAddress

_LOOK = 0.2  # seconds that Ctrl-C waits at most
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>crosspost</title>
<style>body{font:1.2rem system-ui,sans-serif;max-width:30em;margin:4em auto;padding:0 1em}</style>
<h1>%s</h1><p>%s</p></html>"""
_ARRIVED = _PAGE % ("LinkedIn has answered", "crosspost goes on in the terminal. You can close this window.")
_NOTHING_HERE = _PAGE % ("Nothing here", "crosspost waits for LinkedIn to send your browser back.")


class Listener:
    """A server for one answer. Bound when entered, closed when left.

    Args:
        address: Where to wait; on this machine.

    Raises:
        SettingsError: The port is taken, or may not be used.
    """

    def __init__(self, address: RedirectAddress) -> None:
        self._address = address
        self._queries: SimpleQueue[str] = SimpleQueue()
        self._servers: list[_Server] = []

    def __enter__(self) -> Self:
        # A browser may take `localhost` for either number; the first must work, the other may be missing here.
        first, *more = ("127.0.0.1", "::1") if self._address.host == "localhost" else (self._address.host,)
        try:
            self._bind(first)
        except OSError as error:
            raise SettingsError(_taken(self._address, error)) from None
        for host in more:
            with suppress(OSError):
                self._bind(host)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def wait(self, seconds: float) -> str:
        """Return the query that the browser brought.

        Raises:
            CredentialsError: Nobody came in time.
        """
        # In short looks: where the system gives Ctrl-C to another thread, one long wait would not end (Python's docs, "signal").
        for _ in range(max(1, ceil(seconds / _LOOK))):
            with suppress(Empty):
                return self._queries.get(timeout=min(seconds, _LOOK))
        raise CredentialsError(_nobody_came(seconds))

    def _bind(self, host: str) -> None:
        server = _Server(host, self._address.port or 80, self._address.path, self._queries)
        self._servers.append(server)
        Thread(target=server.serve_forever, args=(0.05,), name="crosspost-redirect", daemon=True).start()


class _Server(ThreadingMixIn, TCPServer):
    """One thread a connection: browsers open connections ahead and send nothing on them."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let two programs share the port

    def __init__(self, host: str, port: int, path: str, queries: SimpleQueue[str]) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.path = path
        self.queries = queries
        super().__init__((host, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that hangs up is no news, and the request holds the code."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 10
    server_version = "crosspost"
    sys_version = ""

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        fields = parse_qs(query) if query.count("&") < 50 else {}
        if urlsplit(path).path != self.server.path or not fields.keys() & {"code", "error"}:
            self._show(404, _NOTHING_HERE)
            return
        try:
            self._show(200, _ARRIVED)
        finally:
            self.server.queries.put(query)

    def _show(self, status: int, page: str) -> None:
        body = page.encode()
        self.send_response(status)
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
            "Connection": "close",
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 the signature is the library's
        """Say nothing: the request line holds the code."""


def _taken(address: RedirectAddress, error: OSError) -> Problem:
    return Problem(
        what=f"cannot wait for LinkedIn's answer at {address.url} ({error.strerror or type(error).__name__})",
        linkedin_has="nothing was sent",
        fix="end the program that uses the port, or choose another one in linkedin.redirect_uri and in the app's "
        "Authorized redirect URLs; or run 'crosspost auth login --paste'",
    )


def _nobody_came(seconds: float) -> Problem:
    return Problem(
        what=f"no browser came back from LinkedIn within {seconds / 60:.0f} minutes",
        linkedin_has="no token was made",
        fix="run 'crosspost auth login' again; if LinkedIn showed an error, its page says which of client ID, redirect address "
        "and scope it does not accept; on a machine without a browser: crosspost auth login --paste",
    )
