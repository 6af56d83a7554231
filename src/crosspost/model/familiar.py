"""How an author uses emoji and signs, as the posts of a site show it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Place = Literal["heading", "start", "end", "inside"]


class Use(NamedTuple):
    """One use of a sign: which, where in its line, beside which word, in small plain letters."""

    sign: str
    place: Place
    word: str


class Habit(NamedTuple):
    """What one post tells: its uses, and a sketch of its words by which copies are known.

    The sketch, the lowest hashes of words in a row, is of ASCII words: they are the same in a damaged text.
    """

    uses: frozenset[Use]
    sketch: tuple[int, ...]


class Familiar(NamedTuple):
    """What the undamaged posts of a site tell; made by `crosspost.text.familiar`."""

    posts: tuple[Habit, ...]
