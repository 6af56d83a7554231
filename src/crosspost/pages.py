"""Whether a post's page is on the web: what `wait_for_page` waits for. The page is asked for without any credentials."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from crosspost import __version__
from crosspost.references import bounded

if TYPE_CHECKING:
    import httpx

    from crosspost.ports import Clock

_OK, _UNCHANGED = 200, 304
_MOST = 512 * 1024  # bytes; what is looked for stands in the head
_HEADERS = {"User-Agent": f"crosspost/{__version__}", "Accept": "text/html"}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a page was when it was last asked for, and how to ask whether it still is."""

    lacking: str | None
    condition: dict[str, str]


class WebPages:
    """`ports.PageReader` over HTTP.

    Args:
        clock: For the time that the text of a page takes.
        timeout: Seconds for each wait (to connect, for an answer), and for the text of a page altogether.
        transport: Instead of the network, for tests.
    """

    def __init__(self, clock: Clock, *, timeout: float = 20.0, transport: httpx.BaseTransport | None = None) -> None:
        self._clock = clock
        self._timeout = timeout
        self._transport = transport
        self._seen: dict[str, _Seen] = {}

    def lacking(self, url: str, title: str | None) -> str | None:
        """See `ports.PageReader.lacking`."""
        import httpx  # noqa: PLC0415 - only who waits for pages pays for it

        if not url.startswith(("http://", "https://")) or _place(url) is None:
            return "its address is none of the web"
        known = self._seen.get(url)
        try:
            with (
                httpx.Client(transport=self._transport, timeout=self._timeout, max_redirects=5) as client,
                client.stream(
                    "GET", url, headers=_HEADERS | (known.condition if known else {}), follow_redirects=True
                ) as response,
            ):
                if response.status_code == _UNCHANGED and known:
                    return known.lacking
                if response.status_code != _OK:
                    return f"it answers {response.status_code}"
                head = _Head()
                with suppress(AssertionError):  # html.parser meets `<![x` with an assertion, CPython issue 77057
                    head.feed(bounded(self._text(response)))
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return f"it does not answer ({type(error).__name__})"
        found = head.lacking(url, title)
        self._seen[url] = _Seen(found, _condition(response))
        return found

    def _text(self, response: httpx.Response) -> str:
        """Return as much of the page as matters, in the time that is left."""
        begun, data = self._clock.now(), b""
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > _MOST or (self._clock.now() - begun).total_seconds() > self._timeout:
                break
        try:
            return data[:_MOST].decode(response.charset_encoding or "utf-8", "replace")
        except LookupError:  # an encoding that Python does not know
            return data[:_MOST].decode("utf-8", "replace")


def _condition(response: httpx.Response) -> dict[str, str]:
    """Return the headers that ask for the page only if it has changed (RFC 9110, section 13.1)."""
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {asks: response.headers[name] for name, asks in names.items() if name in response.headers}


class _Head(HTMLParser):
    """Collects what a page says it is."""

    def __init__(self) -> None:
        super().__init__()
        self.canonical: str | None = None
        self.title: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "link" and "canonical" in said.get("rel", "").lower().split():
            self.canonical = self.canonical or said.get("href")
        if tag == "meta" and said.get("property", "").lower() == "og:title":
            self.title = self.title or said.get("content")

    def lacking(self, url: str, title: str | None) -> str | None:
        """Return why this is not the page of a post, None where its canonical link or its title says that it is."""
        if self.canonical and _place(self.canonical) == _place(url):
            return None
        if self.title and title and _words(title) in _words(self.title):
            return None
        if self.canonical or self.title:
            return f"it is another page ({self.canonical or self.title})"
        return "the page has neither a canonical link nor og:title"


def _place(url: str) -> tuple[str, str, str] | None:
    """Return what two addresses of one page have in common: no scheme, slash at the end, escape or fragment tells them apart.

    None for what is no address.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return (parts.hostname or "", unquote(parts.path).rstrip("/"), parts.query)


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
