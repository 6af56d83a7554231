"""A damaged text read anew: its words, their readings, and the confidence in the likeliest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from crosspost.text.mojibake.characters import cost_of
from crosspost.text.mojibake.decoder import share
from crosspost.text.mojibake.speech import has_odd_capital, words_in

if TYPE_CHECKING:
    from crosspost.text.mojibake.channel import Reader
    from crosspost.text.mojibake.decoder import Reading
    from crosspost.text.mojibake.fitting import Site

SURE_ENOUGH = 0.9  # to be made without asking
SURE = 0.999  # a reading from which the document's words are learnt
DOUBT = 0.5
_HARDLY_EVER = 8.5
_NEVER_SEEN = 11.0  # the cost from which a character is too rare to be believed
_LONGEST_ABBREVIATION, _BEYOND_DOUBT = 4, 0.9999
_LOST_AMID_WORD = re.compile(r"[^\x00-\x7f]\?[a-z]")  # what was lost is not the byte that the reading takes for lost


class Recovered(NamedTuple):
    """One word and its readings.

    Attributes:
        start: Where it stands.
        end: Where it ends.
        readings: The likeliest first.
        confidence: In the first of them, 0 to 1.
        familiar: Whether the author's other posts had a say.
    """

    start: int
    end: int
    readings: list[Reading]
    confidence: float
    familiar: bool = False


class Recovery(NamedTuple):
    """What is made of a text.

    Attributes:
        words: All words with characters beyond ASCII, in order.
        reader: The inverse of what happened.
        gain: How much likelier the text is than as it stands: a difference of logarithms.
        readers: The inverse of all that may have happened about as likely, the likeliest first.
    """

    words: list[Recovered]
    reader: Reader
    gain: float
    readers: tuple[Reader, ...] = ()

    @property
    def cost(self) -> float:
        """Minus the logarithm of the likelihood."""
        return self.reader.channel.cost + sum(one.readings[0].cost for one in self.words)


def read_as_likely(text: str, words: list[Recovered] | list[Site]) -> tuple[str, list[int]]:
    """Return a text with every word in its likeliest reading, and where each word stands in it."""
    pieces: list[str] = []
    places: list[int] = []
    at = length = 0
    for one in words:
        places.append(length + one.start - at)
        pieces += text[at : one.start], one.readings[0].text
        length = places[-1] + len(pieces[-1])
        at = one.end
    return "".join([*pieces, text[at:]]), places


def is_rare(text: str) -> bool:
    """Tell whether a text has a character that hardly anybody writes."""
    return any(cost_of(one) >= _HARDLY_EVER for one in text if not one.isascii())


def is_unheard_of(character: str) -> bool:
    """Tell whether a character is a sign that only mathematicians know: supplemental operators and arrows."""
    return "\u27c0" <= character <= "\u2bff" and category(character) == "Sm"


def confidence_in(readings: list[Reading]) -> float:
    """Return the share of the first reading among all, halved for what hardly anybody writes, and for abbreviations.

    Lists of words have few of these, and others that look like them.
    """
    best = readings[0]
    rare = best.orphans or any(
        cost_of(one) >= _NEVER_SEEN or is_unheard_of(one) for one in best.text if not one.isascii()
    )
    odd = _LOST_AMID_WORD.search(best.text) or any(map(has_odd_capital, words_in(best.text)))
    likely = share(readings)
    guessed = likely < _BEYOND_DOUBT and any(map(_is_abbreviation, words_in(best.text)))
    return likely * (DOUBT if rare or odd or guessed else 1.0)


def _is_abbreviation(word: str) -> bool:
    return not word.isascii() and word.isupper() and 2 <= len(word) <= _LONGEST_ABBREVIATION
