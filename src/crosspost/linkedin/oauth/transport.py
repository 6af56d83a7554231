"""Authlib's httpx client on crosspost's own exchange."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Self

from crosspost.linkedin.exchange import Courier, Reply, Request, Silence

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx


def authlib_client() -> tuple[Any, Any]:
    """Return Authlib's `OAuth2Client` and the class of the answers it takes.

    The class comes from Authlib, which may be built on another generation of httpx than crosspost is.
    """
    from authlib.deprecate import AuthlibDeprecationWarning  # type: ignore[import-untyped]  # noqa: PLC0415 lazy: it imports httpx

    with warnings.catch_warnings():
        # It recommends another httpx, which is not for the user of crosspost to decide; importing `deprecate` first
        # keeps it from overruling this filter.
        warnings.simplefilter("ignore", AuthlibDeprecationWarning)
        from authlib.integrations.httpx_client.oauth2_client import (  # type: ignore[import-untyped]  # noqa: PLC0415 see above
            OAuth2Client,
            Response,
        )
    return OAuth2Client, Response


class NoAnswer(Exception):
    """Nothing came back; `ExchangeTransport.outcome` says why."""


class ExchangeTransport:
    """Sends each request by `linkedin.exchange`; satisfies what httpx asks of a transport.

    Args:
        connect: Makes the client for one request.
        response: The class of the answers.
        timeout: Seconds for one whole request.
    """

    def __init__(self, connect: Callable[[], httpx.Client], response: Any, timeout: float) -> None:  # noqa: ANN401 see authlib_client
        self.outcome: Reply | Silence | None = None
        self._connect = connect
        self._response = response
        self._timeout = timeout

    def handle_request(self, request: httpx.Request) -> Any:  # noqa: ANN401 see authlib_client
        """Send one request; remember what became of it.

        Raises:
            NoAnswer: Nothing came back.
        """
        asked = Request(
            method=request.method, url=str(request.url), headers=dict(request.headers), content=request.read()
        )
        with self._connect() as client:
            self.outcome = Courier().exchange(client, asked, self._timeout)
        if isinstance(self.outcome, Silence):
            raise NoAnswer
        # No other header: the body is decoded and whole already.
        kind = {name: value for name, value in self.outcome.headers.items() if name.lower() == "content-type"}
        return self._response(self.outcome.status, headers=kind, content=self.outcome.body)

    def close(self) -> None:
        """Do nothing: no connection is kept."""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Do nothing: no connection is kept."""
