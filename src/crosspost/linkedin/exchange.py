"""One request and its answer, under one deadline: the only place that opens a socket to LinkedIn.

httpx bounds each phase, not the whole: a name that does not resolve, a second address, a server that sends a byte a
second may each take another timeout, or for ever. So the request runs in another thread, and the caller waits no
longer than the deadline. `Departure` decides, once, which came first: the deadline or the first byte of the request.
"""

from __future__ import annotations

import contextlib
import socket
import weakref
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

_CREATED = 201
_MOST_BODY = 256 * 1024  # LinkedIn's error bodies have hundreds of bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent.

    Attributes:
        content: The exact body; None for none.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)  # they carry the token
    content: bytes | None = field(default=None, repr=False)  # a form carries a secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer: status and headers whole, the body as far as it came (and at most 256 KiB)."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """No answer.

    Attributes:
        left: False where surely not one byte of the request left this machine.
        cause: What ended the wait; None for the deadline.
    """

    left: bool
    cause: Exception | None


class Courier:
    """Sends requests, each under a deadline, and keeps the thread in which they run for the next one.

    A thread that is still at a request when its time is up is left behind with it.
    """

    def __init__(self) -> None:
        self._idle: list[_Worker] = []

    def exchange(self, client: httpx.Client, request: Request, timeout: float) -> Reply | Silence:
        """Send one request, once, and wait for its answer.

        Args:
            client: Stays open. Whether it keeps connections, and how long one address may take to connect, is its maker's
                choice.
            request: What is sent.
            timeout: Seconds for everything: finding the host, connecting, TLS, sending, and the answer to its last byte.
        """
        call, worker = _Call(client, request, timeout), self._worker()
        worker.do(call.run)
        ended = False
        try:
            ended = call.done.wait(timeout)
        finally:  # at the deadline, and when the user interrupts
            left = call.departure.shut()
            if not ended:
                call.hang_up()
        if ended:
            self._idle.append(worker)
        cause = call.error if ended else None  # what hanging up causes is no news
        return call.reply() or Silence(left=left and _may_have_left(cause), cause=cause)

    def _worker(self) -> _Worker:
        while self._idle:
            with contextlib.suppress(IndexError):  # another thread was faster
                worker = self._idle.pop()
                if worker.is_alive():  # after a fork it is not
                    return worker
        return _Worker()


class _Worker:
    """A thread that does one thing after the other, and ends when nobody has it any more."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=_work, args=(self._jobs,), name="crosspost-request", daemon=True)
        self._thread.start()
        weakref.finalize(self, self._jobs.put, None)

    def do(self, job: Callable[[], None]) -> None:
        self._jobs.put(job)

    def is_alive(self) -> bool:
        return self._thread.is_alive()


def _work(jobs: SimpleQueue[Callable[[], None] | None]) -> None:
    while job := jobs.get():
        job()
        del job  # with its request, and the token in that, while there is nothing to do


def _may_have_left(error: Exception | None) -> bool:
    """Tell whether a request that ended so may have left: not while connecting, or waiting for a proxy to do so.

    httpx raises `ConnectError` for names, addresses, refused connections and TLS alike (httpcore, `SyncBackend`).
    """
    import httpx  # noqa: PLC0415 lazy, see client

    return not isinstance(
        error,
        (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol),
    )


class TooLate(Exception):
    """Raised in the request's thread to keep it from sending anything after the deadline."""


class Departure:
    """Whether the request has left, told by httpcore's trace (httpx, "Request extensions").

    Anything that is not known to come before the request counts as its departure, so that another version of httpcore,
    or a transport without a trace, is never taken for proof that nothing left.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._connecting = False
        self._left = False
        self._shut = False

    def trace(self, event: str, info: Mapping[str, object]) -> None:
        """Take note of one event, before it happens.

        Raises:
            TooLate: The deadline came first; nothing may leave any more.
        """
        with self._lock:
            self._connecting = True
            if _is_before_departure(event, info):
                return
            if self._shut and not self._left:
                raise TooLate
            self._left = True

    def shut(self) -> bool:
        """Let nothing leave from now on. Return whether the request has left, or may have."""
        with self._lock:
            self._shut = True
            return self._left or not self._connecting


def _is_before_departure(event: str, info: Mapping[str, object]) -> bool:
    """Tell whether an event is one of finding, reaching and securing the host, or the end of something that began earlier."""
    if event.startswith(("connection.", "proxy.", "socks.")) or event.endswith((".complete", ".failed")):
        return True
    # A proxy is asked for a tunnel in HTTP as well; "response_closed" follows every failure.
    return ".response_closed." in event or getattr(info.get("request"), "method", b"") == b"CONNECT"


class _Call:
    """A request in its thread. What it finds is set in one step each, so that the caller may look at any time."""

    def __init__(self, client: httpx.Client, request: Request, timeout: float) -> None:
        self.done = Event()
        self.departure = Departure()
        self.error: Exception | None = None
        self._client = client
        self._request = request
        self._timeout = timeout
        self._head: tuple[int, Mapping[str, str]] | None = None
        self._body = b""
        self._stream: object = None

    def run(self) -> None:
        try:
            self._run()
        except Exception as error:  # noqa: BLE001 whatever went wrong, the caller must learn whether the request left
            self.error = error
        finally:
            self.done.set()

    def _run(self) -> None:
        import httpx  # noqa: PLC0415 lazy, see client

        request = self._request
        with self._client.stream(
            request.method,
            request.url,
            headers=dict(request.headers),
            content=request.content,
            follow_redirects=False,
            # The deadline comes first, except for connecting: one address that swallows everything leaves time for the next.
            timeout=httpx.Timeout(self._timeout + 1, connect=self._client.timeout.connect),
            extensions={"trace": self._trace},
        ) as response:
            self._head = (response.status_code, dict(response.headers))
            if response.status_code == _CREATED:
                return  # its body is empty (recorded); waiting for the end of another could only lose time
            for chunk in response.iter_bytes():
                self._body += chunk
                if len(self._body) > _MOST_BODY:
                    return

    def _trace(self, event: str, info: Mapping[str, object]) -> None:
        self.departure.trace(event, info)
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._stream = info.get("return_value")

    def reply(self) -> Reply | None:
        if self._head is None:
            return None
        status, headers = self._head
        return Reply(status=status, headers=headers, body=self._body[:_MOST_BODY])

    def hang_up(self) -> None:
        """End a conversation that nobody waits for any more; the thread is then done with it."""
        ask = getattr(self._stream, "get_extra_info", None)
        connection = ask("socket") if ask else None
        if isinstance(connection, socket.socket):
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
