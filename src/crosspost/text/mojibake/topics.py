"""Which emoji fit the words beside them: short names and keywords by language, loaded for a damaged text only."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from zlib import crc32

from crosspost.text.mojibake.language import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STEM, _SHORTEST = 5, 3  # as scripts/generate_emoji_tables.py packs them
# Measured on 3,700 summaries of packages with an emoji: a word that belongs to the emoji stands there ten times as often
# as one that belongs to another emoji, twelve times if it is a rare word and twice if it is among the commonest.
_MOST, _COMMON, _SLOPE = 2.5, 5.0, 0.5
_RARE_WORD = 11.0
_NEXT = 0.5  # what each further word adds, as a share
_INFLECTED = 0.7  # what a word tells that is a keyword and one or two letters more
_NONE = 0.2  # four of five emoji have no such word beside them, and so this tells little


class Topics:
    """What the words of one line tell about emoji.

    Args:
        words: In small plain letters.
        languages: Which the text may be in, by ISO 639 code.

    >>> topics = Topics(["university"], ("en",))
    >>> topics.gain("🎓") > 0 > topics.gain("📞")
    True
    """

    def __init__(self, words: Iterable[str], languages: tuple[str, ...]) -> None:
        self._languages = languages
        self._telling: dict[str, dict[int, float]] = {name: {} for name in languages}
        long_enough = [word for word in words if len(word) >= _SHORTEST]
        for name, telling in self._telling.items():
            for word in long_enough:
                cost = language(name).word(word)
                tells = min(_MOST, max(0.0, _SLOPE * ((_RARE_WORD if cost is None else cost) - _COMMON)))
                for stem, share in _stems(word):
                    key = crc32(stem.encode()) & 0xFFFF
                    telling[key] = max(telling.get(key, 0.0), tells * share)  # the rarest, in whatever order they come

    def gain(self, emoji: str) -> float:
        """Return how much likelier an emoji is for the words beside it, a difference of logarithms; 0 if unknown."""
        found: dict[int, float] = {}
        for name, telling in self._telling.items():
            if (known := _words_of(name).get(emoji)) is None:
                return 0.0
            for word in known.intersection(telling):
                found[word] = max(found.get(word, 0.0), telling[word])
        best = sorted(found.values(), reverse=True)
        return sum(each * _NEXT**at for at, each in enumerate(best)) - (0.0 if best else _NONE)


def _stems(word: str) -> Iterator[tuple[str, float]]:
    """Yield what a word may stand under: its first letters, and a shorter keyword of which it may be a form."""
    yield word[:_STEM], 1.0
    for length in (len(word) - 1, len(word) - 2):
        if _SHORTEST <= length < _STEM:
            yield word[:length], _INFLECTED


@cache
def listed() -> tuple[tuple[tuple[float, str], ...], str]:
    """Load the emoji: of each cost those that have it, and those that have words."""
    *costs, last = (files(__package__) / "data" / "emoji.txt").read_text("utf-8").splitlines()
    return tuple((float(line.split(" ")[0]), line.split(" ")[1]) for line in costs), last


@cache
def _words_of(name: str) -> dict[str, frozenset[int]]:
    content, at = (files(__package__) / "data" / f"{name}.emoji").read_bytes(), 0
    found: dict[str, frozenset[int]] = {}
    for emoji in listed()[1]:
        first, at = at + 1, at + 1 + 2 * content[at]
        found[emoji] = frozenset(content[i] | content[i + 1] << 8 for i in range(first, at, 2))
    return found
