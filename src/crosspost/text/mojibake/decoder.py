"""Noisy-channel decoding of one word of a damaged text: the readings that a channel allows, and how likely each is."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from crosspost.text.mojibake.characters import cost_of
from crosspost.text.mojibake.grammar import bare, beside, plain, style_of
from crosspost.text.mojibake.speech import words_in

if TYPE_CHECKING:
    from crosspost.text.mojibake.channel import Reader
    from crosspost.text.mojibake.speech import Speech

_WIDTH = 40  # readings followed at a time
# No word of a language has so many images of bytes; its shape tells nothing, and what stands side by side tells at once.
_LONG, _NARROW = 60, 6
_HOPELESS = 20.0  # so much behind the best of them a reading is given up; a rare row of letters costs half of it
_ORPHAN = 9.0  # the image of a byte that nothing claims
_CLEAN_WORD = 7.0  # a word that escaped
_CLEAN = 2.0  # an undamaged character in a damaged text
_TEMPERATURE = 1.0


class Reading(NamedTuple):
    """One way to read a word.

    Attributes:
        text: The word, decoded.
        cost: Minus the logarithm of its likelihood.
        orphans: How many images of bytes stay undecoded in it.
    """

    text: str
    cost: float
    orphans: int = 0


class _Path(NamedTuple):
    cost: float  # with what letters cost one by one, to compare paths on the way
    sure: float  # without
    text: str
    orphans: int
    quoting: bool


class _Step(NamedTuple):
    character: str
    end: int  # in the word
    following: str  # the character behind it
    extra: float  # cost, beyond what is beside it
    orphan: int = 0


class Decoder:
    """Reads the words of one document.

    Args:
        reader: The inverse of what happened to it.
        speech: Its words and languages.
    """

    def __init__(self, reader: Reader, speech: Speech) -> None:
        self._reader = reader
        self._speech = speech
        self._seen: dict[tuple[str, str, str, bool], tuple[list[Reading], float]] = {}

    def read(self, word: str, before: str, after: str, *, quoting: bool) -> tuple[list[Reading], float]:
        """Return the readings of a word, and how much likelier the first is than the word as it stands.

        Args:
            word: As it stands, damaged.
            before: The decoded character before it; empty at the start of a line.
            after: The character behind it.
            quoting: Whether a quotation is open before it.
        """
        key = word, before, after, quoting
        if (known := self._seen.get(key)) is None:
            readings = self.readings(*key[:3], quoting=quoting)
            standing = self.as_it_stands(word, before, quoting=quoting)
            known = self._seen[key] = readings, standing - readings[0].cost
        return known

    def readings(self, word: str, before: str = "", after: str = "", *, quoting: bool = False) -> list[Reading]:
        """Return the readings of a word, likeliest first.

        Args:
            word: As it stands, damaged.
            before: The decoded character before it; empty at the start of a line.
            after: The character behind it.
            quoting: Whether a quotation is open before it.
        """
        paths: list[list[_Path]] = [[] for _ in range(len(word) + 1)]
        paths[0] = [_Path(0.0, 0.0, before, 0, quoting)]
        width = _WIDTH if len(word) < _LONG else _NARROW
        rival = math.inf
        for at in range(len(word)):
            best = _best(paths[at])
            if len(best) > width < _WIDTH:
                rival = min(rival, best[width].cost - best[0].cost)
            self._extend(paths, best[:width], self._steps_at(word, at, after))
            paths[at] = []
        made = [one for one in self._rated(_best(paths[-1]), len(before)) if one.text != word]
        standing = self.as_it_stands(word, before, quoting=quoting) + _CLEAN_WORD
        # What was given up may have been right: it counts as if the word stood as it is.
        clean = Reading(word, min(standing, made[0].cost + rival) if made else standing)
        return sorted([*made, clean], key=lambda reading: reading.cost)

    def as_it_stands(self, word: str, before: str = "", *, quoting: bool = False) -> float:
        """Return the cost of a word as if nothing had happened to it."""
        path = _Path(0.0, 0.0, before, 0, quoting)
        for at, character in enumerate(word):
            path = self._with(path, character, word[at + 1 : at + 2])
        return self._rated([path], len(before))[0].cost

    def _steps_at(self, word: str, at: int, after: str) -> list[_Step]:
        """Return what may have become of the characters at a place; the last one is that the first of them stands for itself."""
        character = word[at]
        following = word[at + 1 : at + 2] or after
        found = [
            _Step(
                unit.character,
                at + unit.length,
                word[at + unit.length :][:1] or after,
                unit.cost - cost_of(unit.character),
            )
            for unit in self._reader.units_at(word, at)
            if at + unit.length <= len(word)
        ]
        if character.isascii():
            return [*found, _Step(character, at + 1, following, 0.0)]
        image = character in self._reader.images
        return [*found, _Step(character, at + 1, following, _ORPHAN if image else _CLEAN, int(image))]

    def _extend(self, paths: list[list[_Path]], best: list[_Path], steps: list[_Step]) -> None:
        """Follow paths to where each step ends; what falls hopelessly behind there is left out, most of it half counted."""
        least = {step.end: min(map(_by_cost, paths[step.end]), default=math.inf) for step in steps}
        for path in best:
            text, quoting = path.text, path.quoting
            for character, end, after, extra, orphan in steps:
                own = beside(text[-3:], character, after, self._speech, quoting=quoting) + extra
                cost, most = path.cost + own, least[end] + _HOPELESS
                if cost <= most and (cost := cost + self._letter(text, character)) <= most:
                    least[end] = min(least[end], cost)
                    paths[end].append(
                        _Path(
                            cost,
                            path.sure + own,
                            text + character,
                            path.orphans + orphan,
                            _is_quoting(character, quoting=quoting),
                        )
                    )

    def _with(self, path: _Path, character: str, after: str) -> _Path:
        own = beside(path.text[-3:], character, after, self._speech, quoting=path.quoting)
        cost = path.cost + own + self._letter(path.text, character)
        quoting = _is_quoting(character, quoting=path.quoting)
        return _Path(cost, path.sure + own, path.text + character, path.orphans, quoting)

    def _letter(self, text: str, character: str) -> float:
        """Return the cost of a letter behind the two before it; nothing for a sign."""
        return self._speech.step(_triple(text[-2:], character)) if character.isalpha() else 0.0

    def _rated(self, paths: list[_Path], skip: int) -> list[Reading]:
        readings: dict[str, Reading] = {}
        for path in paths:
            text = path.text[skip:]
            cost = path.sure + bare(text[-1:], "") + sum(self._speech.word(plain(word)) for word in words_in(text))
            if text not in readings or cost < readings[text].cost:
                readings[text] = Reading(text, cost, path.orphans)
        return sorted(readings.values(), key=lambda reading: reading.cost)


def share(readings: list[Reading]) -> float:
    """Return the probability of the first reading among all.

    >>> share([Reading("a", 1.0), Reading("b", 1.0)])
    0.5
    """
    weights = [math.exp((readings[0].cost - reading.cost) / _TEMPERATURE) for reading in readings]
    return weights[0] / sum(weights)


def _is_quoting(character: str, *, quoting: bool) -> bool:
    return character in "“„«" or (quoting and character not in "”»")


def _best(paths: list[_Path]) -> list[_Path]:
    if len(paths) < 2:
        return paths
    paths = sorted(paths, key=_by_cost)
    return [path for path in paths[:_WIDTH] if path.cost <= paths[0].cost + _HOPELESS]


def _by_cost(path: _Path) -> float:
    return path.cost


@lru_cache(maxsize=50_000)
def _triple(text: str, character: str) -> str:
    before = ""
    for letter in reversed(text[-2:]):
        if not letter.isalpha():
            break
        before = letter + before
    return ("^^" + _small(before))[-2:] + _small(character)


def _small(letters: str) -> str:
    return plain(letters).lower() if letters and (style_of(letters[-1]) or not letters.islower()) else letters
