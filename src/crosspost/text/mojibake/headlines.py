"""Capitals in a headline of styled letters: its first word has one, and of the short ones behind all but the commonest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.text.mojibake.grammar import plain, style_of
from crosspost.text.mojibake.speech import words_in

if TYPE_CHECKING:
    from crosspost.text.mojibake.decoder import Reading
    from crosspost.text.mojibake.speech import Speech

_LONG = 4  # letters: shorter words may be small in a headline
_LEAST = 2  # long words with a capital, that make it one
_SMALL_FIRST, _SMALL_AMID = 4.0, 2.0
_COMMONEST = 7.0  # a little more than `into` and `over` cost
_OPENING = re.compile(r"(?:.*[.!?:…][\"”»’)*_]*\s)?[^\w]*", re.DOTALL)


def weighed(readings: list[Reading], before: str, behind: str, speech: Speech) -> list[Reading] | None:
    """Weigh the readings of a styled word by the headline that it belongs to; None where it belongs to none.

    Args:
        readings: The likeliest first.
        before: Its line before it, as is likeliest.
        behind: The rest of its line.
        speech: The document's words and languages.
    """
    if not _is_styled(readings[0].text):
        return None
    left, right = _run(before.split()[::-1]), _run(behind.split())
    long = [word for word in (*left, *right) if len(word) >= _LONG]
    if len(long) < _LEAST or not all(word[0].isupper() for word in long):
        return None
    first = not left and bool(_OPENING.fullmatch(before))
    return sorted(
        (one._replace(cost=one.cost + _cost(one.text, speech, first=first)) for one in readings), key=_by_cost
    )


def _cost(reading: str, speech: Speech, *, first: bool) -> float:
    word = (words_in(plain(reading)) or [""])[0]
    if not word[:1].islower():
        return 0.0
    if first:
        return _SMALL_FIRST
    return _SMALL_AMID if len(word) < _LONG and speech.word(word) > _COMMONEST else 0.0


def _run(tokens: list[str]) -> list[str]:
    """Return the plain words of the styled ones that come first."""
    found: list[str] = []
    for token in tokens:
        if not _is_styled(token):
            break
        found += words_in(plain(token))
    return found


def _is_styled(token: str) -> bool:
    return any(style_of(one) and one.isalpha() for one in token)


def _by_cost(reading: Reading) -> float:
    return reading.cost
