"""The HTTP/1.1 side: reads requests from connections and writes, delays, cuts or drops what is answered."""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import socket
import socketserver
import struct
import sys
import threading
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from crosspost.sandbox.messages import Drop, Reply, Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

_LARGEST_BODY = 16 * 1024 * 1024
_LARGEST_UPLOAD = 101 * 1024 * 1024  # a document may have 100 MB; its own check is to say so
_IDLE_SECONDS = 60
_GRACE_SECONDS = 5
_log = logging.getLogger(__name__)


class ConnectionServer(ThreadingHTTPServer):
    """Listens, and knows its open connections, so that closing it ends them."""

    daemon_threads = True
    # On Windows the option lets two servers share a port silently; elsewhere it only skips the wait after a close.
    allow_reuse_address = os.name == "posix"

    def __init__(
        self, address: tuple[str, int], answer: Callable[[Request], Reply], now: Callable[[], datetime]
    ) -> None:
        """Bind and listen.

        Raises:
            OSError: The address cannot be had.
        """
        self.answer = answer
        self.now = now
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._changed = threading.Condition()
        super().__init__(address, _Connection)

    def server_bind(self) -> None:
        """Bind without asking a name server for this machine's name, as the standard library would."""
        socketserver.TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 -- as the base class has it
        """Remember the connection, then serve it in a thread of its own."""
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 -- as the base class has it
        """End the connection and forget it."""
        super().shutdown_request(request)
        with self._changed:
            self._open.discard(request)
            self._changed.notify_all()

    def end_connections(self) -> None:
        """End all open connections and wait until their threads are done."""
        self.closing.set()
        with self._changed:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._changed.wait_for(lambda: not self._open, timeout=_GRACE_SECONDS)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401, ARG002 -- as the base class has it
        """Log a defect of the sandbox; a client that hangs up is none."""
        if not isinstance(sys.exception(), OSError):
            _log.exception("the sandbox could not answer")


class _Connection(BaseHTTPRequestHandler):
    """One connection, usually with several requests."""

    protocol_version = "HTTP/1.1"
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True
    server: ConnectionServer

    def _serve(self) -> None:
        body = self._read_body()
        if body is not None:
            request = Request(method=self.command, target=self.path, headers=self._headers(), body=body)
            self._send(self.server.answer(request))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 -- names of the standard library

    def _headers(self) -> Mapping[str, str]:
        headers: dict[str, str] = {}
        for name, value in self.headers.items():
            key = name.lower()
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
        return headers

    def _read_body(self) -> bytes | None:
        """Return the whole body; None where the request cannot be served, which has then been dealt with."""
        length = self.headers.get("content-length", "0")
        largest = _LARGEST_UPLOAD if self.command == "PUT" else _LARGEST_BODY
        problem = _framing_problem(length, largest, chunked="transfer-encoding" in self.headers)
        if problem is not None:
            self._send(Response(status=problem.value, headers={"Connection": "close"}))
            self.close_connection = True
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):  # the client hung up: nothing may come of half a request
            self.close_connection = True
            return None
        return body

    def _send(self, reply: Reply) -> None:
        if isinstance(reply, Drop):
            self._drop(reset=reply.reset)
            return
        if reply.delay and self.server.closing.wait(reply.delay):
            self.close_connection = True
            return
        if reply.missing_bytes:
            self.close_connection = True
        self.wfile.write(self._head(reply) + reply.body)

    def _head(self, response: Response) -> bytes:
        headers = dict(response.headers)
        if response.status != HTTPStatus.NO_CONTENT:  # which has no Content-Length (RFC 9110, 8.6)
            headers["Content-Length"] = str(len(response.body) + response.missing_bytes)
        headers["Date"] = format_datetime(self.server.now(), usegmt=True)
        headers |= {"X-Li-Uuid": secrets.token_urlsafe(16), "X-Li-Fabric": "sandbox", "X-Li-Pop": "sandbox"}
        headers["X-Li-Proto"] = "http/1.1"
        lines = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([*lines, "\r\n"]).encode("latin-1")

    def _drop(self, *, reset: bool) -> None:
        self.close_connection = True
        if reset:
            # Lingering for no seconds turns the close into a reset (socket(7)); an orderly shutdown must not precede it.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as the base class has it
        """Write no log of its own: requests are in the journal, without secrets."""


def _framing_problem(length: str, largest: int, *, chunked: bool) -> HTTPStatus | None:
    """Return why a body cannot be read, None where it can."""
    if chunked:
        return HTTPStatus.LENGTH_REQUIRED
    if not (length.isascii() and length.isdigit()):
        return HTTPStatus.BAD_REQUEST
    if len(length) > 9 or int(length) > largest:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None
