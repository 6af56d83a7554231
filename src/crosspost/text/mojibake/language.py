"""Which words and letters in a row a language has: small tables, loaded for a damaged text only."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files
from typing import NamedTuple
from zlib import crc32

LATIN = tuple("ca cs da de en es fi fr hu id is it lt lv nb nl pl pt ro sh sk sl sv tr vi".split())  # noqa: SIM905 -- readable
CYRILLIC = ("bg", "ru", "uk")
GREEK = ("el",)
WORD_STEP, LETTER_STEP = 0.54, 0.35  # natural logarithms, as scripts/generate_language_tables.py packs them
_UNKNOWN_LETTER = 11.5
_AS_LETTERS = str.maketrans("ςß", "σs")


class Language(NamedTuple):
    """The tables of one language: a hash above, a level below in each number, ascending."""

    words: array[int]
    triples: array[int]

    def word(self, word: str) -> float | None:
        """Return the cost of a word in small letters, None where the language's list has not got it."""
        level = _level(self.words, _folded(word))
        return None if level is None else level * WORD_STEP

    def letters(self, word: str) -> float:
        """Return the cost of a word by its letters."""
        padded = f"^^{_folded(word)}$"
        return sum(self.letter(padded[at : at + 3]) for at in range(len(padded) - 2))

    def letter(self, triple: str) -> float:
        """Return the cost of the last letter of three behind the others; `^` and `$` are a word's ends."""
        level = _level(self.triples, triple.translate(_AS_LETTERS))
        return _UNKNOWN_LETTER if level is None else level * LETTER_STEP


def _folded(word: str) -> str:
    """Return a word in small letters as wordfreq has it: case folded, so that σ ends words and ß is ss.

    Python's small İ is an i with a dot above it.
    """
    return word.replace("ς", "σ").replace("ß", "ss").replace("i\u0307", "i")


@cache
def language(name: str) -> Language:
    """Load a language by its ISO 639 code."""
    content = array("I", (files(__package__) / "data" / f"{name}.bin").read_bytes())
    if sys.byteorder == "big":
        content.byteswap()
    return Language(content[1 : content[0] + 1], content[content[0] + 1 :])


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


def _level(table: array[int], key: str) -> int | None:
    low = crc32(key.encode()) >> 5 << 5
    at = bisect_left(table, low)
    return table[at] & 31 if at < len(table) and table[at] >> 5 == low >> 5 else None
