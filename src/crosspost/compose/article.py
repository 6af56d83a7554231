"""The link card. Its strings are plain: little text does not apply to them (linkedin-api, "Creating a post")."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from crosspost.compose.fit import ELLIPSIS, units
from crosspost.compose.headline import plain_line
from crosspost.compose.render.breaks import columns
from crosspost.compose.sentences import sentence_ends, word_ends
from crosspost.model import Article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crosspost.compose.render.rendered import Block
    from crosspost.model import Picture

TITLE_LIMIT = 400
"""LinkedIn refuses more; reported by other clients' authors, not documented."""

DESCRIPTION_LIMIT = 256
"""Not documented; this much is surely accepted, and more is never shown."""

_LEAST_SAID = 25  # columns; "Hello all," and a date on a line of its own are less
_ADDRESSES = regex.compile(r"(?:https?://\S+\s*)+")
_MARK = regex.compile(r" ?\[\d+\]")  # of a footnote, whose text the card does not have
_ADDRESS = regex.compile(r" \(https?://[^\s()]+\)")  # as the renderer writes links; a card needs none


def card(
    source: str, title: str, description: str, blocks: Sequence[Block], thumbnail: Picture | None = None
) -> Article:
    """Return the card for the page at `source`.

    Args:
        source: Absolute URL.
        title: The post's; where it is empty the opening words serve, since a card needs a title.
        description: The author's; where it is empty the first paragraph that tells something serves.
        blocks: The rendered body.
        thumbnail: The card's picture.
    """
    named = one_line(title, TITLE_LIMIT)
    about = one_line(plain_line(description), DESCRIPTION_LIMIT)
    paragraphs = [block for block in blocks if block.kind == "paragraph"] if not (named and about) else []
    marks = any(block.kind == "notes" for block in blocks[-1:])
    return Article(
        source=source,
        title=named or _line(paragraphs[:1], marks=marks) or source,
        description=about or _line(_telling(paragraphs), marks=marks) or None,
        thumbnail=thumbnail,
    )


def _telling(paragraphs: Sequence[Block]) -> Sequence[Block]:
    """Return the paragraphs from the first one on that says what the post is about; those with words where none does."""
    said = [block for block in paragraphs if not _ADDRESSES.fullmatch(block.text)]
    return [block for block in said if not block.level and columns(block.text) >= _LEAST_SAID] or said


def _line(paragraphs: Sequence[Block], *, marks: bool) -> str:
    """Return the first of them, as far as it has room; `marks` tells whether footnotes have left theirs."""
    text = _ADDRESS.sub("", paragraphs[0].text) if paragraphs else ""
    return one_line(_MARK.sub("", text) if marks else text, DESCRIPTION_LIMIT)


def one_line(text: str, limit: int) -> str:
    r"""Return `text` on one line of at most `limit` UTF-16 units, cut after a sentence or a word.

    >>> one_line("One two. Three four.", 12), one_line("One. Two three four.", 15), one_line("One\ntwo", 10)
    ('One two. …', 'One. Two three…', 'One two')
    """
    text = " ".join(text.split())
    if units(text) <= limit:
        return text
    opening = text[: limit + 1]
    by_sentence = _longest([f"{opening[:end]} {ELLIPSIS}" for end in sentence_ends(opening)], limit)
    if units(by_sentence) * 2 > limit:
        return by_sentence
    return _longest([f"{opening[:end]}{ELLIPSIS}" for end in word_ends(opening)], limit)


def _longest(ascending: Sequence[str], limit: int) -> str:
    return next((text for text in reversed(ascending) if units(text) <= limit), "")
