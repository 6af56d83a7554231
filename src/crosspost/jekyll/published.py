"""Where a post already is on LinkedIn, by what its own file says. Profiles and company pages are no posts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from crosspost.addresses import is_post_url, permalink, urn_in
from crosspost.footer import find_footer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Where authors and their tools keep the address of the copy: ours by default, jekyll-social and the like, and the
# microformats word for copies elsewhere (indieweb.org/u-syndication). `linkedin` is a mapping of ours or an address.
_KEYS = ("linkedin_url", "linkedin_post", "socials.linkedin", "social_posts.linkedin", "syndication", "linkedin")
_ARTICLE = re.compile(r"https?://(?:[a-z]{2,3}\.)?linkedin\.com/pulse/.", re.IGNORECASE)


def linkedin_url(
    front_matter: Mapping[str, object], body: str, write_back_key: str, *, own_key_only: bool = False
) -> str | None:
    """Return the address of the copy on LinkedIn: from the front matter, else from the body's footer; None for none.

    Args:
        front_matter: With the defaults of `_config.yml` beneath.
        body: All after the front matter.
        write_back_key: Dotted key that is looked at first.
        own_key_only: Look at nothing else: the other keys and the footer speak of the author's main account.
    """
    address = in_front_matter(front_matter, write_back_key, own_key_only=own_key_only)
    return address or (None if own_key_only else _in_footer(body))


def in_front_matter(
    front_matter: Mapping[str, object], write_back_key: str, *, own_key_only: bool = False
) -> str | None:
    """Return the address that the front matter gives, see `linkedin_url`."""
    for path in _paths(write_back_key, own_key_only):
        if path[0] in front_matter:  # in most posts none is
            for text in _texts(_at(front_matter, path)):
                if address := _address(text):
                    return address
    return None


@cache
def _paths(write_back_key: str, own_key_only: bool) -> tuple[tuple[str, ...], ...]:  # noqa: FBT001  # for `cache`
    keys = (write_back_key, *(() if own_key_only else _KEYS))
    return tuple(tuple(key.split(".")) for key in dict.fromkeys(keys))


def _in_footer(body: str) -> str | None:
    footer = find_footer(body)
    return None if footer is None or footer.is_placeholder else _address(footer.target)


def _at(front_matter: Mapping[str, object], path: tuple[str, ...]) -> object:
    """Return the value under a dotted key."""
    value: object = front_matter
    for part in path:
        value = value.get(part) if hasattr(value, "get") else None
    return value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        yield from (one.strip() for name in ("url", "urn", "post") if isinstance(one := value.get(name), str))


def _address(text: str) -> str | None:
    """Return the address that a text gives; one that is damaged but still names the post is rebuilt from its URN."""
    if is_post_url(text) or _ARTICLE.match(text):
        return text
    urn = urn_in(text) if "linkedin" in text.lower() or text.startswith("urn:li:") else None
    return permalink(urn) if urn else None
