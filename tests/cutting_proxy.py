"""A proxy before a PostgreSQL server that cuts a connection at a chosen request: before it arrives, or before its answer does.

It knows as much of the protocol as that takes (PostgreSQL, "Message Flow"): a client's request ends with a Query or Sync
message, the server's answer with ReadyForQuery. TLS must be off.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BEFORE, AFTER = "before it arrives", "before its answer arrives"


class CuttingProxy:
    """Listens on loopback.

    Attributes:
        requests: The first bytes of every request seen, for example b"COMMIT".
        cut_at: Number of the request, from 1 over all connections, whose connection is cut; 0 for none.
        how: BEFORE or AFTER.
    """

    def __init__(self, target: tuple[str, int]) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self.port = self._listener.getsockname()[1]
        self.requests: list[bytes] = []
        self.cut_at = 0
        self.how = BEFORE
        threading.Thread(target=self._accept, daemon=True).start()

    def plan(self, cut_at: int, how: str) -> None:
        """Begin to count anew."""
        with self._lock:
            self.requests, self.cut_at, self.how = [], cut_at, how

    def close(self) -> None:
        self._listener.close()

    def count(self, request: bytes) -> str | None:
        """Note a request; return how its connection is to be cut, None if not."""
        with self._lock:
            self.requests.append(request[:40])
            return self.how if len(self.requests) == self.cut_at else None

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._target)
                for end in (client, server):  # else each small message waits 40 ms for the other side's delayed ACK
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                pair = _Pair(client, server, self.count)
                threading.Thread(target=pair.forward, daemon=True).start()
                threading.Thread(target=pair.backward, daemon=True).start()


class _Pair:
    """One connection through the proxy."""

    def __init__(self, client: socket.socket, server: socket.socket, count: Callable[[bytes], str | None]) -> None:
        self._client, self._server, self._count = client, server, count
        self._swallow = threading.Event()

    def forward(self) -> None:
        """Carry requests to the server."""
        with self._until_it_ends():
            for message in _messages(self._client, startup=True):
                if message[:1] in b"QS" and (how := self._count(self._sql(message))):
                    if how == BEFORE:
                        return
                    self._swallow.set()
                self._server.sendall(message)

    def backward(self) -> None:
        """Carry answers to the client."""
        with self._until_it_ends():
            for message in _messages(self._server, startup=False):
                if not self._swallow.is_set():
                    self._client.sendall(message)
                elif message[:1] == b"Z":
                    return

    def _sql(self, message: bytes) -> bytes:
        return message[5:] if message[:1] == b"Q" else b"(with parameters)"

    @contextlib.contextmanager
    def _until_it_ends(self) -> Iterator[None]:
        try:
            with contextlib.suppress(OSError):
                yield
        finally:
            for end in (self._client, self._server):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()


def _messages(source: socket.socket, *, startup: bool) -> Iterator[bytes]:
    """Yield whole messages: a type of one byte, which the first message of a client lacks, and a length."""
    buffer = b""
    while chunk := source.recv(65536):
        buffer += chunk
        while len(buffer) >= (start := 0 if startup else 1) + 4:
            end = start + struct.unpack_from("!I", buffer, start)[0]
            if len(buffer) < end:
                break
            yield buffer[:end]
            buffer, startup = buffer[end:], False
