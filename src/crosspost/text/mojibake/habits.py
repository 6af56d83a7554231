"""What an author's other posts tell about an emoji that lost bytes: which ones stand there, in which place, beside which word.

A post and its near-copies are one piece of evidence, and a copy of the post being repaired is none: it would only say
again what that post says.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING
from unicodedata import category
from zlib import crc32

from crosspost.model import Habit, Use
from crosspost.text.mojibake.characters import cost_of
from crosspost.text.mojibake.grammar import plain
from crosspost.text.mojibake.speech import words_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.model import Familiar
    from crosspost.model.familiar import Place
    from crosspost.text.mojibake.decoder import Reading

_SIGNS = ("So", "Sm")
_HEADING = re.compile(r"[ \t]{0,3}#+[\s*_]*|title:[ \t]*[\"']?[ \t]*")
_BEFORE_ALL = re.compile(r"[\s>*_+\-–\d.)|]*|[\w.-]+:[ \t]+[\"']?")
_BEHIND_ALL = re.compile(r"[^\w]*")
_SAME_PLACE, _OTHER_PLACE, _SAME_WORD = 1.0, 0.1, 1.0  # posts that a use in another post counts for
_OWN_MIND = 1.0  # how many posts what is known of everybody counts for
_SHINGLE, _SKETCH = 3, 128  # words in a row, and how many of these of a post are kept
_EVERYWHERE = 6  # posts: what more of them say is a signature, and makes no copy
_COPIED = 0.3  # the share of words in a row from which on two posts are copies
_MOST_COMPARED = 40  # posts with one emoji; more tell nothing new
_WORDS = re.compile("[a-z]{2,}")


class Habits:
    """What an author's other posts tell about one text: a copy of it tells nothing.

    Args:
        familiar: All undamaged ones.
        text: As it stands, damaged.
    """

    def __init__(self, familiar: Familiar, text: str) -> None:
        counts = Counter(each for post in familiar.posts for each in post.sketch)
        self._common = frozenset(each for each, count in counts.items() if count > _EVERYWHERE)
        own = _sketch(text)
        self._posts = [post for post in familiar.posts if not self._are_copies(own, post.sketch)]

    def weighed(self, readings: list[Reading], line: str, at: int) -> list[Reading] | None:
        """Weigh the readings of a word anew; None where nothing is learnt.

        Args:
            readings: Of the word, the likeliest first.
            line: Its line, the other words read as is likeliest, this one in its likeliest reading.
            at: Where the word stands in the line.
        """
        signs = {one.text: _signs(one.text) for one in readings}
        best = readings[0].text
        offset = next((offset for offset, one in enumerate(best) if _is_sign(one)), None)
        if offset is None:
            return None
        place, word = _place(line, at + offset, at + offset + 1)
        counts = {one: self._count(Use(one, place, word)) for one in {sign for row in signs.values() for sign in row}}
        total = sum(counts.values())
        if not total:
            return None
        usual = {one: math.exp(-cost_of(one)) for one in counts}
        everybody = sum(usual.values())

        def gain(sign: str) -> float:
            expected = usual[sign] / everybody
            return math.log((counts[sign] + _OWN_MIND * expected) / (total + _OWN_MIND) / expected)

        weighed = [one._replace(cost=one.cost - sum(map(gain, signs[one.text]))) for one in readings]
        return sorted(weighed, key=_by_cost)

    def _count(self, use: Use) -> float:
        """Return how many posts, but for copies, use a sign as it is used here."""
        counted: list[Habit] = []
        found = 0.0
        with_sign = (post for post in self._posts if any(one.sign == use.sign for one in post.uses))
        for post in sorted(with_sign, key=lambda post: -_likeness(post, use))[:_MOST_COMPARED]:
            if not any(self._are_copies(post.sketch, one.sketch) for one in counted):
                counted.append(post)
                found += _likeness(post, use)
        return found

    def _are_copies(self, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        """Tell whether two sketches are of about the same text, or one of a part of the other; they may, if one is empty."""
        reach = min(_reach(one), _reach(other))
        left, right = ({each for each in sketch if each <= reach} - self._common for sketch in (one, other))
        return len(left & right) >= _COPIED * min(len(left), len(right))


def habit_of(text: str) -> Habit | None:
    """Return what an undamaged post tells; None where it has no sign that may lose bytes."""
    uses = frozenset(_uses(text))
    return Habit(uses, _sketch(text)) if uses else None


def _sketch(text: str) -> tuple[int, ...]:
    words = _WORDS.findall(text.lower())
    rows = {crc32(" ".join(words[at : at + _SHINGLE]).encode()) for at in range(len(words) - _SHINGLE + 1)}
    return tuple(sorted(rows)[:_SKETCH])


def _reach(sketch: tuple[int, ...]) -> float:
    """Return up to which hash a sketch has all of its text."""
    return sketch[-1] if len(sketch) == _SKETCH else math.inf


def _uses(text: str) -> Iterator[Use]:
    for line in text.split("\n"):
        if not line.isascii():
            for at, character in enumerate(line):
                if _is_sign(character):
                    yield Use(character, *_place(line, at, at + 1))


def _place(line: str, start: int, end: int) -> tuple[Place, str]:
    """Return where in its line a sign stands, and the word that it belongs to: the next one, or the last one at an end."""
    before, behind = line[:start], line[end:]
    if _HEADING.fullmatch(before):
        return "heading", _first(words_in(plain(behind)))
    if _BEFORE_ALL.fullmatch(before):
        return "start", _first(words_in(plain(behind)))
    if _BEHIND_ALL.fullmatch(behind):
        return "end", _first(words_in(plain(before))[::-1])
    return "inside", _first(words_in(plain(behind)))


def _first(words: list[str]) -> str:
    return words[0].lower() if words else ""


def _likeness(post: Habit, use: Use) -> float:
    """Return for how many posts the best use of the same sign in a post counts."""
    return max(
        (
            (_SAME_PLACE if one.place == use.place else _OTHER_PLACE)
            + _SAME_WORD * (bool(use.word) and one.word == use.word)
            for one in post.uses
            if one.sign == use.sign
        ),
        default=0.0,
    )


def _signs(text: str) -> Counter[str]:
    return Counter(one for one in text if _is_sign(one))


def _is_sign(character: str) -> bool:
    return character > "\u2000" and category(character) in _SIGNS


def _by_cost(reading: Reading) -> float:
    return reading.cost
