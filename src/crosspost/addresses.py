"""LinkedIn's post addresses and URNs: recognise them, build them, never derive one kind from another.

Facts: Posts API and observed addresses. A permalink is `/feed/update/{urn}/` with `urn:li:share:`, `urn:li:ugcPost:`
or `urn:li:activity:`; members' browsers show `/posts/{vanity}_{slug}-activity-{id}-{4 characters}`, also with
`-share-` and `-ugcPost-`. The three kinds are separate namespaces: nothing guarantees that equal numbers mean one post.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_URN = re.compile(r"urn:li:(share|ugcPost|activity):[0-9]{1,30}(?![0-9])")
_SLUG = re.compile(r"-(activity|share|ugcPost)-([0-9]{1,30})(?:-|/|$)")
_HOSTS = re.compile(r"(?:[a-z]{2,3}\.)?linkedin\.com|lnkd\.in")
_POST_PATHS = ("/feed/update/", "/embed/feed/update/", "/posts/")


def permalink(urn: str) -> str:
    """Return the address under which a post can be opened.

    >>> permalink("urn:li:share:7348349577130860544")
    'https://www.linkedin.com/feed/update/urn:li:share:7348349577130860544/'
    """
    return f"https://www.linkedin.com/feed/update/{urn}/"


def urn_in(address: str) -> str | None:
    """Return the URN that an address or a text names, None where it names none.

    >>> urn_in("https://www.linkedin.com/posts/jo_a-b-activity-7242165496542806017-TZin?utm_source=share")
    'urn:li:activity:7242165496542806017'
    >>> urn_in("https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A12/")
    'urn:li:ugcPost:12'
    >>> urn_in("Content is a duplicate of urn:li:share:7295588489876647936")
    'urn:li:share:7295588489876647936'
    >>> urn_in("http://[") is None
    True
    """
    plain = unquote(address)
    if match := _URN.search(plain):
        return match[0]
    if match := _SLUG.search(re.split("[?#]", plain, maxsplit=1)[0]):
        return f"urn:li:{match[1]}:{match[2]}"
    return None


def is_post_url(address: object) -> bool:
    """Tell whether `address` is the URL of a LinkedIn post (a profile or company page is not).

    >>> is_post_url("https://www.linkedin.com/feed/update/urn:li:share:1/")
    True
    >>> is_post_url("https://www.linkedin.com/in/jo"), is_post_url("link"), is_post_url(None)
    (False, False, False)
    >>> is_post_url("https://linkedin.com.example/posts/jo_a"), is_post_url("ftp://linkedin.com/posts/jo_a")
    (False, False)
    """
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if parts.scheme not in {"http", "https"} or not _HOSTS.fullmatch(host):
        return False
    if host == "lnkd.in":
        return len(parts.path) > 1
    return parts.path.startswith(_POST_PATHS) and len(parts.path.split("/posts/")[-1]) > 1
