"""Addresses and answers of the dashboard: Starlette around views, actions and the guard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from crosspost.dashboard import pages, views
from crosspost.dashboard.actions import ACTIONS
from crosspost.dashboard.guard import COOKIE, HEADERS, Guard
from crosspost.errors import CrosspostError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from crosspost.bootstrap import Workshop

_MOST_FORM = 16 * 1024


def application(open_workshop: Callable[[], Workshop], guard: Guard, *, refresh: int = 15) -> Starlette:
    """Return the ASGI application.

    Args:
        open_workshop: Loads the settings that apply now; called for each request, so that changes show.
        guard: Who may ask.
        refresh: Seconds between two looks of an open page at the queue.
    """
    site = _Site(open_workshop, guard, refresh)
    routes = [
        Route("/", site.front),
        Route("/queue", site.queue),
        Route("/post/{account}/{key:path}", site.post),
        Route("/picture/{account}/{number:int}/{key:path}", site.picture),
        Route("/history", site.history),
        Route("/settings", site.settings),
        Route("/do/{action}", site.act, methods=["POST"]),
        Route("/dashboard.css", lambda _request: Response(pages.static("dashboard.css"), media_type="text/css")),
        Route("/icon.svg", lambda _request: Response(pages.static("icon.svg"), media_type="image/svg+xml")),
        Route("/live.js", lambda _request: Response(pages.static("live.js"), media_type="text/javascript")),
        Route("/htmx.js", lambda _request: Response(pages.htmx(), media_type="text/javascript")),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=_guarded(guard))],
        exception_handlers={CrosspostError: _trouble},
    )


def _trouble(_request: Request, error: Exception) -> Response:
    """Return a page for what a person can mend while the dashboard runs: the settings, the ledger."""
    told = cast("CrosspostError", error)  # registered for these alone
    problems = getattr(told, "problems", (told.problem,))
    html = pages.environment(UTC).get_template("trouble.html").render(title="crosspost", problems=problems)
    return HTMLResponse(html, status_code=503)


def _guarded(guard: Guard) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    """Return what stands before every answer."""

    async def dispatch(request: Request, ask: Callable[[Request], Awaitable[Response]]) -> Response:
        response = _refusal(guard, request) or await ask(request)
        response.headers.update(HEADERS)
        return response

    return dispatch


def _refusal(guard: Guard, request: Request) -> Response | None:
    """Return the answer to somebody else, or to the owner's first request, None for the owner."""
    if not guard.is_ours(request.headers.get("host", "")):
        return PlainTextResponse("this server has another name", status_code=421)
    if guard.knows(request.cookies.get(COOKIE, "")):
        return None
    if request.method == "GET" and guard.opens(request.query_params.get("key", "")):
        response = RedirectResponse("/", status_code=303)  # the key leaves the address, and the browser's history
        response.set_cookie(COOKIE, guard.session, httponly=True, samesite="strict")
        return response
    text = "open the address that 'crosspost dashboard' has printed: it has the key"
    return PlainTextResponse(text, status_code=403)


@dataclass(frozen=True, slots=True)
class _Site:
    """The endpoints. They are plain functions, so each request runs in a thread of its own."""

    open_workshop: Callable[[], Workshop]
    guard: Guard
    refresh: int

    def front(self, request: Request) -> Response:
        workshop = self.open_workshop()
        return self._page(
            workshop,
            "front.html",
            overview=views.overview(workshop),
            said=request.query_params.get("said"),
            refresh=self.refresh,
        )

    def queue(self, _request: Request) -> Response:
        workshop = self.open_workshop()
        return self._page(workshop, "queue.html", overview=views.overview(workshop))

    def post(self, request: Request) -> Response:
        workshop = self.open_workshop()
        account, key = request.path_params["account"], request.path_params["key"]
        page = views.post_page(workshop, account, key) if account in workshop.accounts else None
        said = request.query_params.get("said")
        if page is None:
            return self._page(workshop, "missing.html", status=404, key=key, said=said)
        return self._page(workshop, "post.html", page=page, said=said)

    def picture(self, request: Request) -> Response:
        asked, workshop = request.path_params, self.open_workshop()
        if asked["account"] not in workshop.accounts:
            return PlainTextResponse("there is no such account", status_code=404)
        found = views.picture(workshop, asked["account"], asked["key"], asked["number"])
        if found is None:
            return PlainTextResponse("there is no such picture", status_code=404)
        return Response(found[1], media_type=found[0])

    def history(self, _request: Request) -> Response:
        workshop = self.open_workshop()
        entries = views.published(workshop)
        titles = views.titles(workshop, (entry.key.post for entry in entries))
        return self._page(workshop, "history.html", entries=entries, titles=titles)

    def settings(self, _request: Request) -> Response:
        workshop = self.open_workshop()
        return self._page(workshop, "settings.html", settings=list(views.settings(workshop)))

    async def act(self, request: Request) -> Response:
        form = await _form(request)
        action = ACTIONS.get(request.path_params["action"])
        if not self.guard.may_change({k.lower(): v for k, v in request.headers.items()}, form.get("token", "")):
            return PlainTextResponse("this did not come from one of our forms", status_code=403)
        if action is None:
            return PlainTextResponse("there is no such action", status_code=404)
        from starlette.concurrency import run_in_threadpool  # noqa: PLC0415 - beside its use

        said = await run_in_threadpool(self._do, request.path_params["action"], form)
        place = f"/post/{quote(form.get('account', ''), safe='')}/{quote(form.get('post', ''))}"
        return RedirectResponse(f"{place}?said={quote(said)}", status_code=303)

    def _do(self, action: str, form: dict[str, str]) -> str:
        """Do what was asked. Whatever a person or LinkedIn can cause becomes a line on the page."""
        try:
            run = self.open_workshop().run(form.get("account", "default"))
            return ACTIONS[action](run, run.source.key_of(form.get("post", ""), known=run.knows), form)
        except CrosspostError as error:
            return str(error.problem)

    def _page(self, workshop: Workshop, template: str, *, status: int = 200, **values: Any) -> Response:  # noqa: ANN401 # views
        source = workshop.source()
        shown = pages.environment(source.timezone).get_template(template)
        title = source.site.config.get("title") or workshop.loaded.root.name
        html = shown.render(token=self.guard.token, title=title, zone=source.timezone, **values)
        return HTMLResponse(html, status_code=status)


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a form of ours: small, and not encoded otherwise."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_FORM:
            return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
