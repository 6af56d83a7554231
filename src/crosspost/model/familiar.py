"""How an author uses emoji and signs, as the posts of a site show it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Place = Literal["heading", "item", "start", "end", "inside"]


class Use(NamedTuple):
    """One use of a sign.

    Attributes:
        sign: Which.
        place: Where in its line; "item" where it begins the next line of a list as well.
        word: The word beside it, in small plain letters; empty where there is none.
        row: That word and the next two, or all that the line has; empty where it has but one.
    """

    sign: str
    place: Place
    word: str
    row: str


class Habit(NamedTuple):
    """What one post tells.

    Attributes:
        uses: Of its signs.
        words: Of the lines with signs, in small plain letters.
        sketch: The lowest hashes of words in a row, by which copies are known.
        lines: Those that may lose bytes, without markup.
    """

    uses: frozenset[Use]
    words: tuple[str, ...]
    sketch: tuple[int, ...]
    lines: tuple[str, ...] = ()


class Familiar(NamedTuple):
    """What an author's undamaged texts tell about a damaged one; made by `crosspost.text.familiar`.

    Attributes:
        posts: Other texts.
        former: What the file of the damaged one had before, newest first.
    """

    posts: tuple[Habit, ...]
    former: tuple[str, ...] = ()
