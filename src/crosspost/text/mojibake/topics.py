"""Which emoji fit the words around them: names, keywords and words of usage by language, loaded for a damaged text only."""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from crosspost.text.mojibake.language import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_STEM, _SHORTEST = 5, 3  # as scripts/generate_emoji_tables.py packs them
# Fitted to emoji that lose bytes, in summaries of packages and in lines of real posts, to make the right one likeliest: what a
# word of an emoji's name tells, one of its keywords, and one beside which people put it; each by how rare the word is in its
# language, and by how few emoji have it.
_TELLS = 2.0, 1.3, 0.5
_COMMON, _RARE_WORD, _SLOPE = 5.0, 11.0, 0.5
_EVERYWHERE = 400.0  # emoji with a word that would tell nothing
_NEXT = 0.3  # what each further word adds, as a share
_INFLECTED = 0.7  # what a word tells that is a keyword and one or two letters more


class Topics:
    """What the words of one document tell about emoji.

    Args:
        words: In small plain letters.
        languages: Which the text may be in, by ISO 639 code.
        usage: Whether words beside which people put an emoji tell too; an author's own posts know better.

    >>> topics = Topics(["university"], ("en",))
    >>> topics.gain("🎓") > 0 > topics.gain("📞")
    True
    """

    def __init__(self, words: Iterable[str], languages: tuple[str, ...], *, usage: bool = True) -> None:
        self._usage = usage
        self._telling: dict[str, dict[int, list[tuple[float, str]]]] = {name: {} for name in languages}
        long_enough = [word for word in words if len(word) >= _SHORTEST]
        for name, telling in self._telling.items():
            for word in long_enough:
                cost = language(name).word(word)
                tells = _SLOPE * (min(_RARE_WORD, _RARE_WORD if cost is None else cost) - _COMMON)
                for stem, share in _stems(word):
                    telling.setdefault(crc32(stem.encode()) >> 8, []).append((tells * share, word))

    def gain(self, emoji: str, weights: Mapping[str, float] | None = None) -> float:
        """Return how much likelier an emoji is for the words around it, a difference of logarithms; 0 if unknown.

        Args:
            emoji: One.
            weights: By word, what it counts for, since it is nearer or further, and others nothing; all count alike if missing.
        """
        found: dict[str, float] = {}
        for name, telling in self._telling.items():
            if (known := _words_of(name, usage=self._usage).get(emoji)) is None:
                return 0.0
            for key in known.keys() & telling.keys():  # of words with one stem the one that tells most
                tells, word = max(
                    (tells * (1.0 if weights is None else weights.get(word, 0.0)), word) for tells, word in telling[key]
                )
                found[word] = max(found.get(word, 0.0), tells * known[key])
        best, *others = sorted(found.values(), reverse=True) or (0.0,)
        return best + _NEXT * sum(others) - max(0.0, 1 - best) * listed().literally[emoji]


def _stems(word: str) -> Iterator[tuple[str, float]]:
    """Yield what a word may stand under: its first letters, and a shorter keyword of which it may be a form."""
    yield word[:_STEM], 1.0
    for length in (len(word) - 1, len(word) - 2):
        if _SHORTEST <= length < _STEM:
            yield word[:length], _INFLECTED


class Listed(NamedTuple):
    """The emoji that are known.

    Attributes:
        by_cost: Of each cost those that have it.
        literally: Those that have words, in the order of the files of words, with what speaks against each where none of
            them stands beside it: 🔊 hardly ever goes without, 🚀 nearly always.
    """

    by_cost: tuple[tuple[float, str], ...]
    literally: dict[str, float]


@cache
def listed() -> Listed:
    """Load the emoji."""
    *costs, last, digits = (files(__package__) / "data" / "emoji.txt").read_text("utf-8").splitlines()
    by_cost = tuple((float(line.split(" ")[0]), line.split(" ")[1]) for line in costs)
    return Listed(by_cost, {emoji: int(digit) / 10 for emoji, digit in zip(last, digits, strict=True)})


@cache
def _words_of(name: str, *, usage: bool) -> dict[str, dict[int, float]]:
    """Return of each emoji its words, by their hashes, with what they tell."""
    content, at = (files(__package__) / "data" / f"{name}.emoji").read_bytes(), 0
    told = _TELLS if usage else (*_TELLS[:-1], 0.0)
    found: dict[str, dict[int, float]] = {}
    for emoji in listed().literally:
        both, keywords = content[at : at + 2]
        kinds = both >> 5, keywords, both & 31
        first, at = at + 2, at + 2 + 3 * sum(kinds)
        hashes = (int.from_bytes(content[start : start + 3], "little") for start in range(first, at, 3))
        tells = (each for each, count in zip(told, kinds, strict=True) for _ in range(count))
        found[emoji] = dict(zip(hashes, tells, strict=True))
    counts = Counter(key for words in found.values() for key in words)
    distinct = {key: 1 - math.log(count) / math.log(_EVERYWHERE) for key, count in counts.items()}
    return {emoji: {key: tells * distinct[key] for key, tells in words.items()} for emoji, words in found.items()}
