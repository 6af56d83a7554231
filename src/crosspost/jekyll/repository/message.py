"""What crosspost's commits say. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MARK = "Written-by: crosspost"  # a trailer, by which crosspost knows its own commits
_SUBJECT = 72
_LINE = re.compile(r"^(\S.*) (https://\S+)$", re.MULTILINE)


def message(urls: Mapping[str, str]) -> str:
    """Return the message of a commit that writes these addresses, path to URL.

    It does not ask CI to stay away: the site should be built with the address, and a later push of the author's would not
    be built either if this commit were its last.

    >>> print(message({"_posts/2026-11-22-a.md": "https://www.linkedin.com/feed/update/urn:li:share:1/"}))
    Add LinkedIn address to 2026-11-22-a.md
    <BLANKLINE>
    _posts/2026-11-22-a.md https://www.linkedin.com/feed/update/urn:li:share:1/
    <BLANKLINE>
    Written-by: crosspost
    <BLANKLINE>
    """
    lines = "\n".join(f"{path} {url}" for path, url in sorted(urls.items()))
    return f"{_subject(list(urls))}\n\n{lines}\n\n{MARK}\n"


def urls_in(messages: str) -> dict[str, str]:
    """Return path to URL of everything that messages of crosspost's list.

    >>> urls_in(message({"_posts/a b.md": "https://x.example/1"}) + message({"c.md": "https://x.example/2"}))
    {'_posts/a b.md': 'https://x.example/1', 'c.md': 'https://x.example/2'}
    """
    return dict(_LINE.findall(messages))


def _subject(paths: list[str]) -> str:
    if len(paths) > 1:
        return f"Add LinkedIn addresses to {len(paths)} posts"
    text = f"Add LinkedIn address to {paths[0].rpartition('/')[2]}"
    return text if len(text) <= _SUBJECT else f"{text[: _SUBJECT - 1]}…"
