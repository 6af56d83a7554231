"""What an author's other posts tell about an emoji that lost bytes: which ones stand there, in which place, beside which words.

A post and its near-copies are one piece of evidence. A copy of the post being repaired is evidence too, and the best there
is: the very line, undamaged.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cached_property
from sys import intern
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category
from zlib import crc32

from crosspost.model import Habit, Use
from crosspost.text.mojibake.characters import cost_of
from crosspost.text.mojibake.copies import Copies, telling_lines
from crosspost.text.mojibake.grammar import plain
from crosspost.text.mojibake.language import language
from crosspost.text.mojibake.speech import words_in

if TYPE_CHECKING:
    from crosspost.model import Familiar
    from crosspost.model.familiar import Place
    from crosspost.text.mojibake.channel import Channel
    from crosspost.text.mojibake.decoder import Reading

_SIGNS = ("So", "Sm")
_HEADING = re.compile(r"[ \t]{0,3}#+[\s*_]*|title:[ \t]*[\"']?[ \t]*")
_BEFORE_ALL = re.compile(r"[\s>*_+\-–\d.)|]*|[\w.-]+:[ \t]+[\"']?")
_BEHIND_ALL = re.compile(r"[^\w]*")
_BULLETS = " \t>*+-"
_FURTHEST = 2  # lines between the items of a list, this one's included
_OTHER_PLACE = 0.1  # posts that a use in another place counts for
# For how many posts counts what is known less closely: of everybody, of the place in the line, of the word beside it.
# In 312 pairs of posts with the same row of words beside a sign, not one had another sign that loses the same bytes.
_PLACE, _WORD = 0.5, 0.05
# Bullets are a habit; what begins one line is not always one, and what ends a title is chosen for it. Likeliest for the 25
# signs of two authors that others of their posts have there: 0.1 for starts, over 2 for ends; so few are rounded towards one.
_EVERYBODY: dict[Place, float] = {"item": 0.5, "heading": 1.0, "start": 1.0, "inside": 1.0, "end": 2.0}
_ROW = 3  # words
_SHINGLE, _SKETCH = 3, 128  # words in a row, and how many of these of a post are kept
_EVERYWHERE = 6  # posts: what more of them say is a signature, and makes no copy
_COPIED = 0.3  # the share of words in a row from which on two posts are copies
_MOST_COMPARED = 40  # posts with one emoji; more tell nothing new
_MOST_TOGETHER = 4.0  # what the words beside the items of a list tell, at most: they are of one post
_USUAL = 2.3  # how much likelier than with everybody a word is that an author always writes: ten times
_USUAL_POSTS, _USUAL_SHARE = 5, 0.1  # that have it: so many, and so large a part of them
_WORDS = re.compile("[a-z]{2,}")


class Counts(NamedTuple):
    """How many posts have a sign in a place, beside a word, and beside a row of words."""

    place: float
    word: float
    row: float


class Told(NamedTuple):
    """How much likelier the other posts make each reading of a word: differences of logarithms, by reading.

    Attributes:
        place: By its place in the line, which it has in common with the other items of a list.
        beside: By the words beside it.
    """

    place: dict[str, float]
    beside: dict[str, float]

    @property
    def gains(self) -> dict[str, float]:
        """Both."""
        return {one: gain + self.beside[one] for one, gain in self.place.items()}


def of_a_list(items: list[Told]) -> dict[str, float]:
    """Return what is told of a bullet that all items of a list have: their place once, and the words beside each."""
    return {
        one: gain + min(_MOST_TOGETHER, sum(item.beside.get(one, 0.0) for item in items))
        for one, gain in items[0].place.items()
    }


class Habits:
    """What an author's other posts tell about one text.

    Args:
        familiar: All undamaged ones.
    """

    def __init__(self, familiar: Familiar) -> None:
        self._posts = familiar.posts
        self._copies: dict[Channel, Copies] = {}

    @cached_property
    def _by_sign(self) -> dict[str, list[Habit]]:
        found: dict[str, list[Habit]] = {}
        for post in self._posts:
            for sign in {use.sign for use in post.uses}:
                found.setdefault(sign, []).append(post)
        return found

    @cached_property
    def _common(self) -> frozenset[int]:
        counts = Counter(each for post in self._posts for each in post.sketch)
        return frozenset(each for each, count in counts.items() if count > _EVERYWHERE)

    @cached_property
    def _words(self) -> tuple[Counter[str], int]:
        counts = Counter(word for post in self._posts for word in post.words)
        return counts, counts.total()

    def usual(self, languages: tuple[str, ...]) -> frozenset[str]:
        """Return the words that the author writes on lines with emoji far oftener than everybody: his subject.

        Args:
            languages: Which the text may be in, by ISO 639 code.
        """
        counts, total = self._words
        least = max(_USUAL_POSTS, _USUAL_SHARE * len(self._posts))
        return frozenset(
            word
            for word, count in counts.items()
            if count >= least and math.log(count / total) + _cost(word, languages) >= _USUAL
        )

    def copies(self, channel: Channel) -> Copies:
        """Return the lines of all posts, to be found by what a channel makes of them."""
        if (known := self._copies.get(channel)) is None:
            known = self._copies[channel] = Copies((line for post in self._posts for line in post.lines), channel)
        return known

    def told(self, readings: list[Reading], line: str, at: int, *, listed: bool) -> Told | None:
        """Return what is told about a word; None where nothing is learnt.

        Args:
            readings: Of the word, the likeliest first.
            line: Its line, the other words read as is likeliest, this one in its likeliest reading.
            at: Where the word stands in the line.
            listed: Whether the line is one of a list whose items begin alike.
        """
        signs = {one.text: _signs(one.text) for one in readings}
        best = readings[0].text
        offset = next((offset for offset, one in enumerate(best) if _is_sign(one)), None)
        if offset is None:
            return None
        used = _use(line, at + offset, listed=listed)
        known = {sign: self._counts(used._replace(sign=sign)) for row in signs.values() for sign in row}
        if not any(map(any, known.values())):
            return None
        everybody, place, _, row = _shares(known, used.place)

        def gains(after: dict[str, float], before: dict[str, float]) -> dict[str, float]:
            ratios = {one: math.log(after[one] / before[one]) for one in known}
            return {text: sum(ratios[one] * count for one, count in there.items()) for text, there in signs.items()}

        return Told(gains(place, everybody), gains(row, place))

    def _counts(self, use: Use) -> Counts:
        """Return how many posts, each with its copies once, have a sign in this place, beside this word and this row of them."""
        counted: list[Habit] = []
        found: list[Counts] = []
        likeness = [(_likeness(post, use), post) for post in self._by_sign.get(use.sign, ())]
        for like, post in sorted(likeness, key=lambda pair: pair[0][::-1], reverse=True)[:_MOST_COMPARED]:
            if not any(self._are_copies(post.sketch, one.sketch) for one in counted):
                counted.append(post)
                found.append(like)
        return Counts(*map(sum, zip(*found, strict=True))) if found else Counts(0.0, 0.0, 0.0)

    def _are_copies(self, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
        """Tell whether two sketches are of about the same text, or one of a part of the other; they may, if one is empty."""
        reach = min(_reach(one), _reach(other))
        left, right = ({each for each in sketch if each <= reach} - self._common for sketch in (one, other))
        return len(left & right) >= _COPIED * min(len(left), len(right))


def _shares(known: dict[str, Counts], place: Place) -> list[dict[str, float]]:
    """Return the share of each sign with everybody, then as the author has it: in the place, beside the word, beside the row.

    What is known less closely counts for some posts more.
    """
    usual = {one: math.exp(-cost_of(one)) for one in known}
    shares = [{one: each / sum(usual.values()) for one, each in usual.items()}]
    for level, weight in enumerate((_EVERYBODY[place], _PLACE, _WORD)):
        total = sum(counts[level] for counts in known.values()) + weight
        shares.append({one: (counts[level] + weight * shares[-1][one]) / total for one, counts in known.items()})
    return shares


def habit_of(text: str) -> Habit | None:
    """Return what an undamaged post tells; None where it has nothing that may lose bytes."""
    uses: set[Use] = set()
    words: set[str] = set()
    lines = text.split("\n")
    for number, line in enumerate(lines):
        signs = [at for at, one in enumerate(line) if _is_sign(one)] if not line.isascii() else []
        if signs:
            listed = is_item(lines, number)
            uses.update(_use(line, at, listed=listed) for at in signs)
            words.update(map(intern, words_in(plain(line).lower())))
    copied = tuple(dict.fromkeys(telling_lines(text)))
    return Habit(frozenset(uses), tuple(sorted(words)), _sketch(text), copied) if uses or copied else None


def is_item(lines: list[str], number: int) -> bool:
    """Tell whether a line is one of a list: the one before or behind it begins with the same word, apart from markup.

    Args:
        lines: Of a text.
        number: Which, counted from 0.
    """
    before, behind = lines[max(number - _FURTHEST, 0) : number], lines[number + 1 : number + 1 + _FURTHEST]
    first = _first_word(lines[number])
    around = (next(filter(str.strip, before[::-1]), ""), next(filter(str.strip, behind), ""))
    return bool(first) and first in map(_first_word, around)


def _first_word(line: str) -> str:
    return (line.lstrip(_BULLETS).split(maxsplit=1) or [""])[0]


def _cost(word: str, languages: tuple[str, ...]) -> float:
    """Return the cost of a word for everybody; none for one that no list has, which is a name and tells by itself."""
    return min((cost for name in languages if (cost := language(name).word(word)) is not None), default=0.0)


def _sketch(text: str) -> tuple[int, ...]:
    words = _WORDS.findall(text.lower())
    rows = {crc32(" ".join(words[at : at + _SHINGLE]).encode()) for at in range(len(words) - _SHINGLE + 1)}
    return tuple(sorted(rows)[:_SKETCH])


def _reach(sketch: tuple[int, ...]) -> float:
    """Return up to which hash a sketch has all of its text."""
    return sketch[-1] if len(sketch) == _SKETCH else math.inf


def _use(line: str, at: int, *, listed: bool) -> Use:
    """Return how a line uses a sign; the words beside it are the next ones, or the last ones at an end."""
    before, behind = line[:at], line[at + 1 :]
    place: Place = "inside"
    if _HEADING.fullmatch(before):
        place = "heading"
    elif _BEFORE_ALL.fullmatch(before):
        place = "item" if listed else "start"
    elif _BEHIND_ALL.fullmatch(behind):
        place = "end"
    words = words_in(plain(before).lower())[::-1] if place == "end" else words_in(plain(behind).lower())
    row = " ".join(words[:_ROW]) if len(words) > 1 else ""
    return Use(line[at], place, intern(words[0] if words else ""), row if len(words) >= _ROW else f"{row}." * bool(row))


def _likeness(post: Habit, use: Use) -> Counts:
    """Return whether a post uses a sign in such a place, a little if in another; beside this word; beside this row."""
    uses = [one for one in post.uses if one.sign == use.sign]
    return Counts(
        1.0 if any(one.place == use.place for one in uses) else _OTHER_PLACE,
        float(bool(use.word) and any(one.word == use.word for one in uses)),
        float(bool(use.row) and any(one.row == use.row for one in uses)),
    )


def _signs(text: str) -> Counter[str]:
    return Counter(one for one in text if _is_sign(one))


def _is_sign(character: str) -> bool:
    return character > "\u2000" and category(character) in _SIGNS
