"""The opening lines: all that the feed shows before "…more", so all that decides whether anyone reads on."""

from __future__ import annotations

import regex

from crosspost.compose.render.title import repeats

_LINK_ONLY = regex.compile(r"\W*https?://\S+\W*")
_HASHTAGS_ONLY = regex.compile(r"\W*(?:#\w+[\s,·|]*)+")


def wasted(text: str, title: str | None) -> str | None:
    r"""Return why the opening of `text` tells a reader nothing new, None where it does.

    >>> wasted("Ten tips\n\nTen tips!\n\nFirst …", "Ten tips")
    'the first line of the body repeats the title'
    >>> wasted("https://example.com/post\n\nText", None)
    'it opens with a link'
    >>> wasted("#AI #Training\n\nText", None)
    'it opens with hashtags'
    >>> wasted("Ten tips\n\nMost of them are free.", "Ten tips") is None
    True
    """
    lines = [line for line in text.split("\n", 8) if line.strip()]
    if not lines:
        return None
    if _LINK_ONLY.fullmatch(lines[0]):
        return "it opens with a link"
    if _HASHTAGS_ONLY.fullmatch(lines[0]):
        return "it opens with hashtags"
    if len(lines) > 1 and repeats(lines[0], title) and repeats(lines[1], title):
        return "the first line of the body repeats the title"
    return None
