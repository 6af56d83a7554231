"""Addresses of links, images and embedded players as a reader can open them."""

from __future__ import annotations

import posixpath
import re
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.model import Site

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_BARE_HOST = re.compile(r"www\.[\w-]+\.[\w.-]+(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_SOURCE_FILE = re.compile(r"(?!//)([^?#:]+)(\.(?:md|markdown|mkdown|mkdn|mkd))(#.*)?")
_UNSAFE = str.maketrans({"<": "%3C", ">": "%3E", '"': "%22"})
_PERSON = re.compile(r"(?:mailto|tel):([^?]*)(?:\?.*)?|([^\s/?#:@]+@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_YOUTUBE_HOSTS = frozenset({"youtube.com", "m.youtube.com", "youtube-nocookie.com", "youtu.be"})
# Where people watch the video with a number.
VIDEO_PAGES = MappingProxyType({"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"})
_MISTYPED = re.compile(r"(?!https?:/)h?t{1,3}p{1,2}s?(?::/{1,2}|//)\w", re.IGNORECASE)
_NO_WORD = re.compile(r"\W+")
_TRACKERS = ("googletagmanager.com", "doubleclick.net", "facebook.com/plugins/like", "ghbtns.com", "badge")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".ico")


def base_url(site: Site, page_url: object) -> str:
    """Return the absolute URL that relative links resolve against, empty where the site's URL is unknown.

    Args:
        site: Gives URL and base path.
        page_url: The page's canonical URL, or its path below the site as Jekyll's `page.url` has it.
    """
    if isinstance(page_url, str) and _SCHEME.match(page_url):
        return page_url
    if not site.url:
        return ""
    path = page_url if isinstance(page_url, str) else "/"
    return f"{site.url}{site.baseurl}/{path.lstrip('/')}"


def absolute(href: str, base: str) -> str | None:
    """Return `href` as an absolute URL; None where it is none and `base` is unknown.

    Who writes `www.example.com` means that site, although a browser would take it for a file beside the page.

    >>> absolute("/a b", "https://x.org/y/"), absolute("../z", "https://x.org/y/"), absolute("z", "")
    ('https://x.org/a%20b', 'https://x.org/z', None)
    >>> absolute("www.example.com/a", "https://x.org/y/")
    'https://www.example.com/a'

    Zola's `@/posts/other.md` names a source file, whose address only Zola knows ("Internal links" in its documentation).

    >>> absolute("@/posts/other.md", "https://x.org/y/")

    So does Pelican's `{filename}other.md`; Ghost's exports write `__GHOST_URL__` for the site's address.

    >>> absolute("{filename}/other.md", "https://x.org/y/"), absolute("__GHOST_URL__/other/", "https://x.org/y/")
    (None, 'https://x.org/other/')
    """
    href = "%20".join(href.split())
    if "<" in href or ">" in href or '"' in href:
        href = href.translate(_UNSAFE)
    if href.startswith("//"):
        return "https:" + href
    if _SCHEME.match(href):
        return href
    if _BARE_HOST.match(href):
        return "https://" + href
    if not base or href.startswith(("@/", "{", "|filename|")):
        return None
    href = href.removeprefix("__GHOST_URL__")
    try:
        return urljoin(base, href)
    except ValueError:  # a page URL such as "http://["
        return None


def file_address(href: str, folder: str, site: Site) -> str | None:
    """Return the address of the post or page whose Markdown file `href` names; None where it names none.

    The plugin jekyll-relative-links resolves such links (lib/jekyll-relative-links/generator.rb): a path is relative to
    the file it stands in, one with `/` before it to the site's root.

    Args:
        href: As written in Markdown.
        folder: That of the post with the link, relative to the site's root.
        site: Knows the addresses of its files.

    >>> from crosspost.model import Site
    >>> site = Site(post_urls={"2024-01-31-a": "https://x.org/a/"}, file_url={"about.md": "https://x.org/about"}.get)
    >>> file_address("../2024-01-31-a.md#b", "_posts/x", site), file_address("/about.md", "_posts", site)
    ('https://x.org/a/#b', 'https://x.org/about')
    """
    if not (match := _SOURCE_FILE.fullmatch(href)):
        return None
    path = posixpath.normpath(posixpath.join("/", folder, unquote(match[1])))
    url = _post_address(path, site.post_urls) or site.file_url(path.lstrip("/") + match[2])
    return url and url + (match[3] or "")


def _post_address(path: str, post_urls: Mapping[str, str]) -> str | None:
    above, posts, inside = path.rpartition("/_posts/")
    if not posts:
        return None
    return post_urls.get(f"{above}/{inside}".lstrip("/")) or post_urls.get(posixpath.basename(inside))


def is_web(url: str) -> bool:
    """Tell whether a reader can open it in a browser."""
    return url[:8].lower().startswith(("http://", "https://"))


def person(href: str) -> str | None:
    """Return the e-mail address or telephone number that `href` leads to; None where it leads to none.

    >>> person("mailto:jo@example.org?subject=Hi"), person("tel:+1%20234"), person("jo@example.org"), person("/about")
    ('jo@example.org', '+1 234', 'jo@example.org', None)
    """
    match = _PERSON.fullmatch(href)
    return match and unquote(match[1] or match[2] or "")


def is_mistyped(href: str) -> bool:
    """Tell whether it is meant to be a web address, and begins with what is none.

    >>> is_mistyped("ttps://x.org"), is_mistyped("http//x.org"), is_mistyped("https://x.org"), is_mistyped("http/x")
    (True, True, False, False)
    """
    return _MISTYPED.match(href) is not None


def is_image(url: str) -> bool:
    """Tell whether the address is that of a picture."""
    return url.split("?", 1)[0].split("#", 1)[0][-5:].lower().endswith(_PICTURES)


def is_tracker(url: str) -> bool:
    """Tell whether an embedded page is there to count or to be clicked, not to be read."""
    return any(host in url for host in _TRACKERS)


def _bare(url: str) -> str:
    url = url.strip().removeprefix("mailto:").lower()
    for prefix in ("https://", "http://", "www."):
        url = url.removeprefix(prefix)
    return url.rstrip("/")


def says_the_same(label: str, url: str) -> bool:
    """Tell whether a link's label is its address.

    >>> says_the_same("www.example.com", "https://example.com/"), says_the_same("here", "https://example.com/")
    (True, False)
    """
    return (" " in url or " " not in label.strip()) and _bare(label) == _bare(url)


def names(label: str, person: str) -> bool:
    """Tell whether a link's label has the address or number of a person, however it is written.

    >>> names("(+1) 2-34", "+1234"), names("Jo Doe, Jo@example.org", "jo@example.org"), names("write", "jo@example.org")
    (True, True, False)
    """
    return _NO_WORD.sub("", person).lower() in _NO_WORD.sub("", label).lower()


def watch_address(src: str) -> str:
    """Return the address under which people watch an embedded video; any other address unchanged.

    >>> watch_address("https://www.youtube.com/embed/abc?rel=0"), watch_address("https://player.vimeo.com/video/12")
    ('https://www.youtube.com/watch?v=abc', 'https://vimeo.com/12')
    """
    try:
        parts = urlsplit(src)
    except ValueError:
        return src
    host = (parts.netloc.lower()).removeprefix("www.")
    segments = [segment for segment in parts.path.split("/") if segment]
    if host in _YOUTUBE_HOSTS and len(segments) > 1 and segments[0] in {"embed", "v"}:
        listed = parse_qs(parts.query).get("list")
        if segments[1] == "videoseries" and listed:
            return f"https://www.youtube.com/playlist?list={listed[0]}"
        return f"https://www.youtube.com/watch?v={segments[1]}"
    if host == "player.vimeo.com" and len(segments) > 1:
        return f"https://vimeo.com/{segments[1]}"
    return src
