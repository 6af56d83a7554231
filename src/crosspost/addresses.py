"""LinkedIn's post addresses and URNs: recognise them, build them, never derive one kind from another.

Facts: Posts API and observed addresses. A permalink is `/feed/update/{urn}/` with `urn:li:share:`, `urn:li:ugcPost:`
or `urn:li:activity:`; members' browsers show `/posts/{vanity}_{slug}-activity-{id}-{4 characters}`, also with
`-share-` and `-ugcPost-`. The three kinds are separate namespaces: nothing guarantees that equal numbers mean one post.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote, urlsplit

from crosspost.errors import Problem, SettingsError

API = "https://api.linkedin.com"

_URN = re.compile(r"urn:li:(share|ugcPost|activity):[0-9]{1,30}(?![0-9])")
_SLUG = re.compile(r"-(activity|share|ugcPost)-([0-9]{1,30})(?:-|/|$)")
_HOSTS = re.compile(r"(?:[a-z]{2,3}\.)?linkedin\.com|lnkd\.in")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = 19
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


def cleaned(address: str) -> str:
    """Return the address of a post without what sharing it added: tracking, the link to a comment, percent-encoding.

    What identifies the post is the path; LinkedIn's own pages add `utm_source`, `utm_medium`, `rcm` and `trk` (observed in
    addresses that authors have pasted).

    >>> cleaned("https://www.linkedin.com/posts/jo_a-b-activity-7242165496542806017-TZin?utm_source=share&rcm=AC#x")
    'https://www.linkedin.com/posts/jo_a-b-activity-7242165496542806017-TZin'
    >>> cleaned("https://www.linkedin.com/embed/feed/update/urn%3Ali%3Ashare%3A12?trk=public_post")
    'https://www.linkedin.com/feed/update/urn:li:share:12/'
    """
    bare = re.split("[?#]", address.strip(), maxsplit=1)[0]
    urn = urn_in(bare)
    return permalink(urn) if urn and "/feed/update/" in bare else bare


def address_told(said: str) -> str:
    """Return the address that a person gives, cleaned: a permalink, what the browser shows, or the bare URN.

    Raises:
        SettingsError: It is no address of a LinkedIn post.

    >>> address_told(" urn:li:share:12 ")
    'https://www.linkedin.com/feed/update/urn:li:share:12/'
    """
    said = said.strip()
    if is_post_url(said):
        return cleaned(said)
    if urn_in(said) == said:
        return permalink(said)
    raise SettingsError(
        Problem(
            what=f"{said!r} is not the address of a LinkedIn post",
            fix='open the post on LinkedIn, choose "Copy link to post", and give that address to --url',
        )
    )


def posted_at(urn: str | None) -> datetime | None:
    """Return when the post was made, to the millisecond, by its number; None where the number does not tell.

    The numbers of today have 19 digits and carry the Unix time in milliseconds above 22 further bits; checked against the
    `Date` header of a recorded answer. Shorter ones are older and tell nothing.

    >>> posted_at("urn:li:share:7348349577130860544").isoformat(timespec="milliseconds")
    '2025-07-08T13:57:44.921+00:00'
    >>> posted_at("urn:li:share:12") is None
    True
    """
    number = urn.rpartition(":")[2] if urn else ""
    return _EPOCH + timedelta(milliseconds=int(number) >> 22) if len(number) == _DIGITS else None


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


def activity_page(author: str) -> str:
    """Return where a person sees the newest posts of an author: signed in as the member, or on the Page.

    Both addresses are those that public tools open (observed).

    >>> activity_page("urn:li:organization:42")
    'https://www.linkedin.com/company/42/posts/?feedView=all'
    """
    kind, _, number = author.rpartition(":")
    if kind == "urn:li:organization":
        return f"https://www.linkedin.com/company/{number}/posts/?feedView=all"
    return "https://www.linkedin.com/in/me/recent-activity/all/"


def payer(author: str, api_url: str) -> str:
    """Return whose daily limit requests count against, and who owns an upload: the author at one server.

    >>> payer("urn:li:person:jo", API), payer("urn:li:person:jo", "http://127.0.0.1:8765")
    ('urn:li:person:jo', 'urn:li:person:jo on http://127.0.0.1:8765')
    """
    return author if api_url == API else f"{author} on {api_url}"
