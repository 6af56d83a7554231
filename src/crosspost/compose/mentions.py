"""Mentions: names in the text that lead to whom they name, as the author says in `linkedin: mentions`.

A name becomes a mention at the first place where it stands as a whole, written just so: LinkedIn compares the letters
(little Text Format). One mention is enough to tell somebody; the other places stay plain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from crosspost.compose.little_text import Place, find_hashtags
from crosspost.compose.urls import find_urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def find_mentions(text: str, names: Mapping[str, str]) -> tuple[Place, ...]:
    """Return where each of `names` is to be a mention, in the order of the text; a name that is nowhere has no place.

    Not within a longer word, an address, a hashtag, or a longer name that is a mention too.

    Args:
        text: What a reader shall see.
        names: Names and the URNs of whom they name.

    >>> [(at.start, at.urn) for at in find_mentions("Joan, Jo Ray and Jo", {"Jo": "a", "Jo Ray": "b"})]
    [(6, 'b'), (17, 'a')]
    """
    if not names:
        return ()
    taken = [*find_urls(text), *((tag.start, tag.end) for tag in find_hashtags(text))]
    places = []
    for name in sorted(names, key=len, reverse=True):
        whole = regex.finditer(rf"(?<![\p{{L}}\p{{M}}\p{{N}}_]){regex.escape(name)}(?![\p{{L}}\p{{M}}\p{{N}}_])", text)
        free = (
            match.span()
            for match in whole
            if not any(match.start() < end and start < match.end() for start, end in taken)
        )
        if span := next(free, None):
            taken.append(span)
            places.append(Place(*span, names[name]))
    return tuple(sorted(places, key=lambda place: place.start))


def without_at_signs(text: str, names: Iterable[str]) -> str:
    """Return `text` without the sign that an author types before a name to mention it: LinkedIn shows the name alone.

    >>> without_at_signs("By @Jo, not @Joan or a@Jo.example", ["Jo"])
    'By Jo, not @Joan or a@Jo.example'
    """
    if "@" not in text:
        return text
    either = "|".join(map(regex.escape, sorted(names, key=len, reverse=True)))
    return regex.sub(rf"(?<![^\s(\[\"'“‘«])@(?=(?:{either})(?![\p{{L}}\p{{M}}\p{{N}}_]))", "", text)
