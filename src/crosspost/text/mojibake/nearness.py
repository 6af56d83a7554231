"""How much the words of a document count for a sign in it: the word beside it most, those of the next lines a little."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import ChainMap, Counter
from collections.abc import MutableMapping
from itertools import accumulate
from typing import TYPE_CHECKING

from crosspost.text.mojibake.grammar import plain
from crosspost.text.mojibake.speech import words_in

if TYPE_CHECKING:
    from collections.abc import Iterable

Weights = MutableMapping[str, float]

# Fitted to emoji that lose bytes, in lines of real posts and in own ones, to make the right one likeliest.
_BESIDE, _NEAR, _IN_LINE = 1.5, 1.2, 1.0
_NEARBY = 4  # words
_AT_HAND = 200  # characters, in which these stand
_ELSEWHERE = 2  # lines with a word, besides those with such a sign, from which on it is the document's subject
_SUBJECT = 0.5  # what it counts for on the sign's line
_NEXT_LINE = 0.4  # what the words of the lines before and behind count for, blank ones left out


class Nearness:
    """The words of a document by their lines.

    Args:
        text: All of it, read as is likeliest.
    """

    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        self._text = text
        self._starts = [*accumulate((len(line) + 1 for line in lines), initial=0)]
        self._by_line = [_words(line) for line in lines]
        self._lines_with = Counter(word for words in self._by_line for word in set(words))
        self._written = [number for number, words in enumerate(self._by_line) if words]
        self._in_lines: dict[tuple[int, frozenset[str]], Weights] = {}
        self._beside: dict[int, Weights] = {}

    @property
    def words(self) -> Iterable[str]:
        """All words."""
        return self._lines_with

    def subject(self, places: Iterable[int]) -> frozenset[str]:
        """Return the words that the document is about, which tell little of signs at some places: other lines have them too."""
        lines = {self._line(place) for place in places}
        here = Counter(word for number in lines for word in set(self._by_line[number]))
        return frozenset(word for word in here if self._lines_with[word] - here[word] > _ELSEWHERE)

    def in_line(self, start: int, end: int, subject: frozenset[str]) -> Weights:
        """Return what the words of its line count for a sign.

        Args:
            start: Where the word with the sign begins.
            end: Where it ends.
            subject: Of the document.
        """
        number = self._line(start)
        before = _words(self._text[max(self._starts[number], start - _AT_HAND) : start])[::-1]
        behind = _words(self._text[end : min(self._starts[number + 1], end + _AT_HAND)])
        near = dict.fromkeys((*before[:_NEARBY], *behind[:_NEARBY]), _NEAR) | dict.fromkeys(
            (*before[:1], *behind[:1]), _BESIDE
        )
        telling = {word: counts for word, counts in near.items() if word not in subject}
        return ChainMap(telling, self._all_in_line(number, subject))

    def around(self, start: int) -> Weights:
        """Return what the words of the lines before and behind that of a sign count for."""
        number = self._line(start)
        if (known := self._beside.get(number)) is None:
            first, behind = bisect_left(self._written, number), bisect_right(self._written, number)
            lines = (*self._written[max(first - 1, 0) : first], *self._written[behind : behind + 1])
            known = self._beside[number] = {word: _NEXT_LINE for line in lines for word in self._by_line[line]}
        return known

    def _all_in_line(self, number: int, subject: frozenset[str]) -> Weights:
        """Make these once for all signs of a line, however long it is."""
        if (known := self._in_lines.get((number, subject))) is None:
            words = self._by_line[number]
            known = self._in_lines[number, subject] = {
                word: _SUBJECT if word in subject else _IN_LINE for word in words
            }
        return known

    def _line(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1


def _words(text: str) -> list[str]:
    return words_in(plain(text).lower())
