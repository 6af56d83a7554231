"""One HTTP request and what is done about it, as values."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request.

    Attributes:
        target: Path and query as sent, still percent-encoded.
        headers: Names in lower case.
        fault: The kind of the fault that strikes it, None for none.
    """

    method: str
    target: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    fault: str | None = None

    @property
    def path(self) -> str:
        """The path as sent, still percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> Mapping[str, str]:
        """The query, decoded; of a repeated name the first counts."""
        return first_values(self.target.partition("?")[2])

    @property
    def raw_query(self) -> Mapping[str, str]:
        """The query as sent, still percent-encoded; of a repeated name the last counts."""
        pairs = (pair.partition("=") for pair in self.target.partition("?")[2].split("&"))
        return {name: value for name, _, value in pairs}

    @property
    def media_type(self) -> str:
        """`Content-Type` without parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer.

    Attributes:
        missing_bytes: By how much `Content-Length` promises more than is sent, before the connection is closed.
        delay: Seconds to wait before the answer leaves.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    body: bytes = b""
    missing_bytes: int = 0
    delay: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """No answer: the connection ends, with a reset (RST) or in the ordinary way (FIN, an EOF for the client)."""

    reset: bool = False


Reply = Response | Drop


class Refused(Exception):
    """A check failed; `response` is the answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status)
        self.response = response


def json_response(status: int, value: object, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer with `value` as compact JSON, not ASCII-escaped, keys in the order given."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status=status, headers={"Content-Type": "application/json", **(headers or {})}, body=body)


def first_values(form: str) -> Mapping[str, str]:
    """Decode `application/x-www-form-urlencoded`; of a repeated name the first value counts.

    >>> dict(first_values("a=1&a=2&b=%20"))
    {'a': '1', 'b': ' '}
    """
    return {name: values[0] for name, values in parse_qs(form, keep_blank_values=True).items()}
