"""A file that only the site itself has: fetched from there, over HTTPS, from no other host."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crosspost.media.flaw import missing, over_limit

if TYPE_CHECKING:
    import httpx

_REDIRECTS = 3
_SECONDS = 20
_CHECK = "open the address in a browser, put the file into the site's folder, or take it out of the post's front matter"


def fetch(url: str, limit: int, transport: httpx.BaseTransport | None = None) -> bytes:
    """Return what the site serves at `url`, of at most `limit` bytes.

    Args:
        url: HTTPS.
        limit: More is refused as soon as it has come.
        transport: Instead of the network, for tests.

    Raises:
        Flaw: It is not there, too large, or leads off the site.
    """
    import httpx  # noqa: PLC0415  # lazy: few posts need it

    origin = _origin(url)
    try:
        with httpx.Client(timeout=_SECONDS, follow_redirects=False, transport=transport) as client:
            for _ in range(_REDIRECTS + 1):
                with client.stream("GET", url) as response:
                    if not response.is_redirect:
                        return _body(response, limit)
                    url = urljoin(url, response.headers["Location"])
                if _origin(url) != origin:
                    raise missing("is redirected to another host", _CHECK)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise missing(f"cannot be fetched from the site ({type(error).__name__})", _CHECK) from error
    raise missing("is redirected again and again", _CHECK)


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _body(response: httpx.Response, limit: int) -> bytes:
    if response.status_code != 200:
        raise missing(f"is not there: the site answers {response.status_code}", _CHECK)
    body = io.BytesIO()
    for chunk in response.iter_bytes():
        body.write(chunk)
        if body.tell() > limit:
            raise over_limit(f"has more than {limit / 1_000_000:.0f} MB", "make it smaller")
    return body.getvalue()
