"""Which words and letters in a row a language has: small tables, loaded for a damaged text only."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple
from zlib import crc32

LATIN = tuple("ca cs da de en es fi fr hu id is it lt lv nb nl pl pt ro sh sk sl sv tr vi".split())  # noqa: SIM905 -- readable
CYRILLIC = ("bg", "ru", "uk")
GREEK = ("el",)
WORD_STEP, LETTER_STEP = 0.54, 0.35  # natural logarithms, as scripts/generate_language_tables.py packs them
_UNKNOWN_LETTER = 11.5
# Behind two letters, what is told by one alone. Of 2,398 Russian and Ukrainian words that the tables lack, what is read with
# 0.99 is wrong 20 times in 1,447 with it, and 68 times in 1,766 without.
_BY_ONE_ALONE = 2.0
_NO_ENTRY = 31
_MANY = 10_000
_MOST_REMEMBERED = 50_000
_BETWEEN, _LEVEL = (bytes(one & 7 for one in range(256)), bytes(one >> 3 for one in range(256)))
_AS_LETTERS = str.maketrans("ςß", "σs")


class Table(NamedTuple):
    """Costs by the hashes of words or letters, ascending, as levels; `shift` bits of a hash are left out."""

    hashes: array[int]
    levels: bytes
    shift: int

    def level(self, key: str) -> int | None:
        """Return the level of a word or some letters, None if the table has not got them."""
        wanted = crc32(key.encode()) >> self.shift
        at = bisect_left(self.hashes, wanted)
        found = at < len(self.hashes) and self.hashes[at] == wanted and self.levels[at] != _NO_ENTRY
        return self.levels[at] if found else None


class Language(NamedTuple):
    """The tables of one language, and what was asked of them: in a damaged text, the same few letters all over."""

    words: Table
    triples: Table
    costs: dict[str, float]

    def word(self, word: str) -> float | None:
        """Return the cost of a word in small letters, None where the language's list has not got it."""
        level = self.words.level(_folded(word))
        return None if level is None else level * WORD_STEP

    def letters(self, word: str) -> float:
        """Return the cost of a word by its letters."""
        padded = f"^^{_folded(word)}$"
        return sum(self.letter(padded[at : at + 3]) for at in range(len(padded) - 2))

    def letter(self, triple: str) -> float:
        """Return the cost of the last letter of three behind the others; `^` and `$` are a word's ends."""
        if (cost := self.costs.get(triple)) is None:
            if len(self.costs) > _MOST_REMEMBERED:
                self.costs.clear()
            cost = self.costs[triple] = self._letter(triple.translate(_AS_LETTERS))
        return cost

    def _letter(self, row: str) -> float:
        if (level := self.triples.level(row)) is not None:
            return level * LETTER_STEP
        pair = self.triples.level(row[1:])
        return _UNKNOWN_LETTER if pair is None else min(_UNKNOWN_LETTER, pair * LETTER_STEP + _BY_ONE_ALONE)


def _folded(word: str) -> str:
    """Return a word in small letters as wordfreq has it: case folded, so that σ ends words and ß is ss.

    Python's small İ is an i with a dot above it.
    """
    return word.replace("ς", "σ").replace("ß", "ss").replace("i\u0307", "i")


@cache
def language(name: str) -> Language:
    """Load a language by its ISO 639 code."""
    content = (files(__package__) / "data" / f"{name}.bin").read_bytes()
    end = 4 + 3 * int.from_bytes(content[:4], "little")
    return Language(_unpacked(content[4:end]), _unpacked(content[end:]), {})


def _unpacked(content: bytes) -> Table:
    """Undo what scripts/generate_language_tables.py packs, without a step in Python for each entry."""
    count = len(content) // 3
    high = content[2 * count :]
    between = bytearray(4 * count)
    between[0::4], between[1::4], between[2::4] = content[:count], content[count : 2 * count], high.translate(_BETWEEN)
    steps = array("I", bytes(between))
    if sys.byteorder == "big":
        steps.byteswap()
    return Table(array("I", accumulate(steps)), high.translate(_LEVEL), 2 if count > _MANY else 5)


def candidates(word: str) -> tuple[str, ...]:
    """Return the languages whose letters a word is written in.

    >>> candidates("слово"), candidates("λέξη")
    (('bg', 'ru', 'uk'), ('el',))
    """
    letter = max(word, default="")
    if "\u0400" <= letter <= "\u04ff":
        return CYRILLIC
    if "\u0370" <= letter <= "\u03ff":
        return GREEK
    return LATIN if letter < "\u0250" or "\u1ea0" <= letter <= "\u1ef9" else ()
