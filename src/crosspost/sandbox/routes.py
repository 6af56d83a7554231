"""Which address is answered by what, and where a fault comes between."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crosspost.sandbox import answers
from crosspost.sandbox.faults import KINDS
from crosspost.sandbox.messages import Refused, Response, first_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crosspost.sandbox.faults import Fault, Faults
    from crosspost.sandbox.messages import Reply, Request


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint.

    Attributes:
        name: Method and path, a path variable in braces: `GET /rest/posts/{urn}`; after a `?` what the query must have.
    """

    name: str
    handler: Callable[[Request], Response]

    def matches(self, request: Request) -> bool:
        """Tell whether the request is for this endpoint."""
        method, _, template = self.name.partition(" ")
        path, _, query = template.partition("?")
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path))
        return (
            request.method == method
            and re.fullmatch(pattern, request.path) is not None
            and first_values(query).items() <= request.query.items()
        )


def answer(request: Request, routes: Iterable[Route], faults: Faults) -> tuple[Reply, str | None]:
    """Return what the client gets, and the kind of the fault that struck, None for none."""
    route = next((route for route in routes if route.matches(request)), None)
    if route is None:
        return answers.no_resource(), None
    fault = faults.take(route.name)
    if fault is None:
        return _handle(route, request), None
    return _strike(fault, route, request), fault.kind


def _strike(fault: Fault, route: Route, request: Request) -> Reply:
    kind = KINDS[fault.kind]
    if fault.kind == "late-commit":
        later = threading.Timer(fault.seconds, _handle, (route, request))
        later.daemon = True
        later.start()
    proper = _handle(route, replace(request, fault=fault.kind)) if kind.committed else Response(status=500)
    return kind.reply(fault, proper)


def _handle(route: Route, request: Request) -> Response:
    try:
        return route.handler(request)
    except Refused as refused:
        return refused.response
