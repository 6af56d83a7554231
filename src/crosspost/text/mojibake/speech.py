"""How likely words are in one document: its languages, and the words that it has elsewhere."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from operator import mul
from typing import TYPE_CHECKING

from crosspost.text.mojibake.language import LATIN, candidates, language

if TYPE_CHECKING:
    from collections.abc import Iterable

# An apostrophe parts words of Latin letters (`l’été`, `it’s`); in Cyrillic it is spelling (`п’ять`).
_WORD = re.compile(r"[^\W\d_]+(?:(?<=[\u0400-\u04ff])[’'](?=[\u0400-\u04ff])[^\W\d_]+)*")
_UNKNOWN_WORD = 4.0  # a word that no list has
_OTHER_LANGUAGE = 9.0
_LIKE_A_WORD = 2.5  # a letter
_LIKELY_LANGUAGE = 2.0
_ODD_CAPITALS = 5.0
_SEEN_BEFORE = 5.5  # a word that the document has elsewhere, whole
_LONGEST = 40  # what has more letters is no word
_MOST_LANGUAGES = 3
_MOST_WORDS = 150  # that languages are told by


class Speech:
    """The words of one document.

    Args:
        words: What is readable of them, as they stand in the text.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._count = Counter(word.lower() for word in words)
        self._weights = {
            script: _weights(self._count, script)
            for script in {candidates(word) for word in self._count} | {LATIN}
            if script
        }
        self._words: dict[str, float] = {}
        self._steps: dict[str, float] = {}

    def without_counts(self) -> Speech:
        """Forget the words, and keep the languages that they told."""
        self._count.clear()
        return self

    def speaks(self, names: frozenset[str]) -> bool:
        """Tell whether the main language among those in Latin letters is one of some."""
        return next(iter(self._weights[LATIN])) in names

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the text is most likely in, of each script."""
        return tuple(
            name for weights in self._weights.values() for name, extra in weights.items() if extra < _LIKELY_LANGUAGE
        )

    def word(self, word: str) -> float:
        """Return the cost of a word, with its capitals."""
        if (cost := self._words.get(word)) is None:
            cost = self._words[word] = self._cost(word)
        return cost

    def lists(self, word: str) -> bool:
        """Tell whether a word is in a list of the text's languages, or elsewhere in the text."""
        low = word.lower()
        return bool(self._count[low]) or any(language(name).word(low) is not None for name in self._of(low))

    def knows(self, word: str) -> bool:
        """Tell whether a word is in a list, or at least spelt as words of the text's languages are."""
        return self.lists(word) or (len(word) > 1 and self.word(word) < _UNKNOWN_WORD + _LIKE_A_WORD * len(word))

    def step(self, triple: str) -> float:
        """Return the cost of a letter behind two others, `^` before the first letter of a word."""
        if (cost := self._steps.get(triple)) is None:
            weights = self._of(triple.replace("^", ""))
            found = [extra + language(name).letter(triple) for name, extra in weights.items()]
            cost = self._steps[triple] = min(found, default=6.0)
        return cost

    def _cost(self, word: str) -> float:
        low = word.lower()
        odd = 0.0 if low == word or word.isupper() or word[1:].islower() else _ODD_CAPITALS
        if count := self._count[low]:
            return odd + _SEEN_BEFORE - math.log(count)
        if len(word) > _LONGEST:
            return odd + 6.0 * len(word)
        found: list[float] = []
        for name, extra in self._of(low).items():
            tables = language(name)
            known = tables.word(low)
            found.append(extra + (_UNKNOWN_WORD + tables.letters(low) if known is None else known))
        return odd + min(found, default=6.0 * len(word))

    def _of(self, word: str) -> dict[str, float]:
        script = candidates(word)
        if script and script not in self._weights:
            self._weights[script] = dict.fromkeys(script, 0.0)
        return self._weights.get(script, {})


def has_odd_capital(word: str) -> bool:
    """Tell whether a capital beyond ASCII stands behind a small letter.

    >>> has_odd_capital("idŐt"), has_odd_capital("ŐSZ"), has_odd_capital("Ősz")
    (True, False, False)
    """
    return any(before.islower() and letter.isupper() and letter > "\x7f" for before, letter in pairwise(word))


def words_in(text: str) -> list[str]:
    """Return the words of a text, runs of letters; an apostrophe in one is typewritten, as the lists of words have it.

    >>> words_in("It’s 2 späte Äpfel: п’ять.")
    ['It', 's', 'späte', 'Äpfel', "п'ять"]
    """
    return [word.replace("’", "'") for word in _WORD.findall(text)]


def _weights(count: Counter[str], script: tuple[str, ...]) -> dict[str, float]:
    """Return the few likeliest languages of a script, likeliest first, each with a cost for its share."""
    words = [(word, number) for word, number in count.most_common(_MOST_WORDS) if candidates(word) == script]
    numbers = [min(number, 3) for _, number in words]
    by_language = zip(*(_distinct(word, script) for word, _ in words), strict=True)
    scores = dict(zip(script, (sum(map(mul, numbers, each)) for each in by_language), strict=False))
    if not any(scores.values()):
        return dict.fromkeys(script, 0.0)
    best = sorted(script, key=lambda name: -scores[name])[:_MOST_LANGUAGES]
    top = scores[best[0]]
    return {name: min(_OTHER_LANGUAGE, (top - scores[name]) / 4) for name in best}


@lru_cache(maxsize=20_000)
def _distinct(word: str, script: tuple[str, ...]) -> tuple[float, ...]:
    """Return how much a word tells of each language: the common words of one tell most.

    Several texts are read of one document, one for each way to be damaged, and most of their words are the same.
    """
    known = (language(name).word(word) for name in script)
    return tuple(0.0 if cost is None else max(0.0, 12.0 - cost) / 6 for cost in known)
