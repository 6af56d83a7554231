"""Faults on demand: what a network and a large service do to a client, at exact points.

A fault hits either before the request is carried out, so that LinkedIn has nothing, or after it was committed, so that
the post (the upload, the token) exists although the client is told nothing of the kind.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.sandbox import answers
from crosspost.sandbox.messages import Drop, Response, json_response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crosspost.sandbox.messages import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault and when it strikes.

    Attributes:
        kind: A key of `KINDS`.
        on: The endpoint, as in `POST /rest/posts`.
        times: For how many requests to it.
        seconds: How late the answer of `slow` is, and the commit of `late-commit`.
        retry_after: The header of `429-retry-after`: seconds or an HTTP date.
    """

    kind: str
    on: str
    times: int = 1
    seconds: float = 5.0
    retry_after: str = "60"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault.

    Attributes:
        meaning: One line for people.
        committed: Whether the request is carried out first.
        reply: What the client gets, from the fault and the answer it should have got.
        where: What the endpoint's name must contain.
    """

    meaning: str
    committed: bool
    reply: Callable[[Fault, Response], Reply]
    where: str = ""


def _without(response: Response, *names: str) -> Response:
    return replace(response, headers={name: value for name, value in response.headers.items() if name not in names})


def _error(status: int, message: str) -> Response:
    return json_response(status, {"message": message, "status": status})


def _page(status: int, title: str) -> Response:
    html = f"<html><head><title>{status} {title}</title></head><body><h1>{status} {title}</h1></body></html>\n"
    return Response(status=status, headers={"Content-Type": "text/html"}, body=html.encode())


def _throttled_until(fault: Fault) -> Response:
    response = answers.throttled()
    return replace(response, headers={**response.headers, "Retry-After": fault.retry_after})


def _cut(response: Response) -> Response:
    body = response.body or b'{"id":'
    return replace(
        response, headers={"Content-Type": "application/json", **response.headers}, body=body, missing_bytes=64
    )


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "drop-before-commit": Kind("connection closed, nothing stored", False, lambda _f, _r: Drop()),
        "drop-after-commit": Kind("connection closed, the post exists", True, lambda _f, _r: Drop()),
        "reset-before-commit": Kind("connection reset, nothing stored", False, lambda _f, _r: Drop(reset=True)),
        "reset-after-commit": Kind("connection reset, the post exists", True, lambda _f, _r: Drop(reset=True)),
        "429": Kind("throttled, no Retry-After", False, lambda _f, _r: answers.throttled()),
        "429-retry-after": Kind("throttled, with Retry-After", False, lambda f, _r: _throttled_until(f)),
        "429-app": Kind("the day of the whole app is used up", False, lambda _f, _r: answers.throttled_app()),
        "revoked": Kind("401, as for a token a moment old", False, lambda _f, _r: answers.revoked_token()),
        "late-commit": Kind("connection closed, carried out `seconds` later", False, lambda _f, _r: Drop()),
        "409": Kind("409, the post exists", True, lambda _f, _r: _error(409, "Conflict")),
        "500": Kind("500, nothing stored", False, lambda _f, _r: _error(500, "Internal Server Error")),
        "500-after-commit": Kind("500, the post exists", True, lambda _f, _r: _error(500, "Internal Server Error")),
        "502": Kind("502 as an HTML page, nothing stored", False, lambda _f, _r: _page(502, "Bad Gateway")),
        "503": Kind("503 as an HTML page, nothing stored", False, lambda _f, _r: _page(503, "Service Unavailable")),
        "504-after-commit": Kind("504, the post exists", True, lambda _f, _r: _error(504, "Gateway Timeout")),
        "slow": Kind("the answer is late, the post exists", True, lambda f, r: replace(r, delay=f.seconds)),
        "redirect": Kind(
            "307 to another address, nothing stored",
            False,
            lambda _f, _r: Response(status=307, headers={"Location": "/_sandbox/elsewhere"}),
        ),
        "cut-body": Kind("the body ends before Content-Length, the post exists", True, lambda _f, r: _cut(r)),
        "no-id": Kind(
            "201 with neither X-Restli-Id nor Location", True, lambda _f, r: _without(r, "X-Restli-Id", "Location")
        ),
        "location-only": Kind("201 with Location but no X-Restli-Id", True, lambda _f, r: _without(r, "X-Restli-Id")),
        # These two are carried out by the endpoints themselves.
        "processing-failed": Kind("the upload is taken, its processing fails", True, lambda _f, r: r, "/dms-uploads/"),
        "foreign-upload-url": Kind(
            "the upload address is on a host of somebody else", True, lambda _f, r: r, "?action=initializeUpload"
        ),
    }
)


class Faults:
    """Faults waiting for requests, first come first served; safe to use from several threads."""

    def __init__(self, endpoints: tuple[str, ...]) -> None:
        """Start empty; `endpoints` are the values that `Fault.on` may have."""
        self._endpoints = endpoints
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Queue a fault.

        Raises:
            ValueError: It could never strike.
        """
        if fault.kind not in KINDS:
            raise ValueError(f"no fault {fault.kind!r}; there are {', '.join(KINDS)}")
        if fault.on not in self._endpoints:
            raise ValueError(f"no endpoint {fault.on!r}; there are {', '.join(self._endpoints)}")
        if KINDS[fault.kind].where not in fault.on:
            raise ValueError(
                f"{fault.kind} does not strike {fault.on!r}, only what contains {KINDS[fault.kind].where!r}"
            )
        if fault.times < 1 or not 0 <= fault.seconds <= threading.TIMEOUT_MAX:
            raise ValueError("times is at least 1, seconds at least 0")
        if not (fault.retry_after.isascii() and fault.retry_after.isprintable()):
            raise ValueError("retry_after is not fit for a header")
        with self._lock:
            self._waiting.append(fault)

    def take(self, endpoint: str) -> Fault | None:
        """Return the fault that strikes this request, None for none."""
        with self._lock:
            for index, fault in enumerate(self._waiting):
                if fault.on == endpoint:
                    left = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                    self._waiting[index : index + 1] = left
                    return fault
        return None

    def waiting(self) -> tuple[Fault, ...]:
        """Return the faults that have not struck as often as they should."""
        with self._lock:
            return tuple(self._waiting)

    def clear(self) -> None:
        """Forget them all."""
        with self._lock:
            self._waiting.clear()
