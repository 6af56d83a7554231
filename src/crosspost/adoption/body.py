"""The address of the LinkedIn copy that the body of a post gives. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crosspost.addresses import cleaned, is_post_url, permalink, urn_in
from crosspost.footer import find_footer

# Some authors keep what they know of a post in lines under bold labels at the top: "**Published:** [LinkedIn Post](…)".
_LABELLED = re.compile(
    r"^[ \t]*\*\*(?:published|linkedin)[^*\n]{0,40}\*\*[ \t:]*\[[^\[\]\n]*linkedin[^\[\]\n]*\]\((?P<target>[^\s()]*)\)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD_LINES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Where a body speaks of its LinkedIn copy.

    Attributes:
        place: In words.
        line: 1-based line of the body.
        url: The address, without tracking; None where there is only a placeholder. For a damaged one what it seems to mean.
        damaged: The address as it stands, where it cannot be opened as it stands.
    """

    place: str
    line: int
    url: str | None
    damaged: str | None = None


def mention_in(body: str) -> Mention | None:
    r"""Return what the footer says, else a labelled line at the top; None where neither is there.

    >>> mention_in("Text\n\n[Check this post in LinkedIn](https://www.linkedin.com/posts/jo_a-activity-12-Ab?utm_source=x)").url
    'https://www.linkedin.com/posts/jo_a-activity-12-Ab'
    >>> mention_in("Text\n\n[Check this post in LinkedIn](link)").url is None
    True
    """
    if footer := find_footer(body):
        return _mention("footer", body.count("\n", 0, footer.start) + 1, footer.target, blank=footer.is_placeholder)
    head = "\n".join(body.split("\n", _HEAD_LINES)[:_HEAD_LINES])
    if labelled := _LABELLED.search(head):
        return _mention("heading line", head.count("\n", 0, labelled.start()) + 1, labelled["target"], blank=False)
    return None


def _mention(place: str, line: int, target: str, *, blank: bool) -> Mention | None:
    if blank:
        return Mention(place=place, line=line, url=None)
    if is_post_url(target):
        return Mention(place=place, line=line, url=cleaned(target))
    urn = urn_in(target)
    return Mention(place=place, line=line, url=permalink(urn), damaged=target) if urn else None
