"""Which of two words of one letter stands before another word: Russian с and я lose the same byte, and so the same letter.

`с` (with) governs the instrumental or the genitive, `я` (I) comes before a verb in the first person or in the past tense. The
shares of endings behind `с` are those of 70 places in real Russian posts, rounded towards doubt; those behind `я` a judgement.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from crosspost.text.mojibake.speech import words_in

if TYPE_CHECKING:
    from crosspost.text.mojibake.decoder import Reading

_GOVERNED = re.compile(r"\w+(?:ми|[ыиое]м|[ое]го|[ое]й|ью|[иыеёу]х)")
_VERB = re.compile(r"\w{2,}(?:[юу](?:сь)?|ла?(?:ся|сь)?)|не|бы|уже|тоже|просто|всегда|никогда|так|сама?|теперь")
_EITHER = frozenset(["начала"])  # "from the beginning", and "began"
_FOLLOWING = re.compile(r"[ \t]+([^\W\d_]+)")
_BEHIND = {"с": (0.9, 0.02, 0.08), "я": (0.04, 0.65, 0.31)}  # governed, verb, neither
# The words of one letter; others are initials, with a full stop, or in the lists of words from texts in other languages.
_OF_ONE_LETTER = {"ru": "абвежикосуя", "uk": "абвежзийоуєія", "bg": "авеийосуюяѝ"}
_NO_WORD = 3.0


def weighed(readings: list[Reading], behind: str, languages: tuple[str, ...]) -> list[Reading] | None:
    """Weigh the readings of a word of one letter by what is behind it; None where that tells nothing.

    Args:
        readings: The likeliest first.
        behind: The text behind it, as is likeliest.
        languages: Which the text may be in, by ISO 639 code.
    """
    letters = [_letter(one.text) for one in readings]
    known = [name for name in languages if name in _OF_ONE_LETTER]
    if not known or not any(letters):
        return None
    following = _FOLLOWING.match(behind)
    shares = _shares(following[1].lower()) if following and "ru" in known else {}
    allowed = "".join(_OF_ONE_LETTER[name] for name in known)
    initial = behind.startswith(".")
    made = [
        one._replace(cost=one.cost + _cost(letter, shares, "" if initial else allowed))
        for one, letter in zip(readings, letters, strict=True)
    ]
    return sorted(made, key=_by_cost)


def _letter(reading: str) -> str:
    """Return the word that a reading ends with, in small letters, if it is one of one Cyrillic letter."""
    (*_, word) = words_in(reading) or [""]
    return word.lower() if len(word) == 1 and reading.endswith(word) and "\u0400" <= word <= "\u04ff" else ""


def _cost(letter: str, shares: dict[str, float], allowed: str) -> float:
    return -math.log(shares.get(letter, 1.0)) + (_NO_WORD if letter and allowed and letter not in allowed else 0.0)


def _shares(following: str) -> dict[str, float]:
    if following in _EITHER:
        return {}
    kind = 0 if _GOVERNED.fullmatch(following) else 1 if _VERB.fullmatch(following) else 2
    return {word: shares[kind] for word, shares in _BEHIND.items()}


def _by_cost(reading: Reading) -> float:
    return reading.cost
