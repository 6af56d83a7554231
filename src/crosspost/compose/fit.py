"""Length: what counts against the limit, where a text is cut, where the feed folds it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

import regex

from crosspost.compose.render.rendered import joined_text
from crosspost.compose.sentences import announces, sentence_ends, word_ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crosspost.compose.render.rendered import Block

    Blocks = tuple[Block, ...]

Fits = Callable[[str], bool]
Mode = Literal["auto", "full", "excerpt"]

ELLIPSIS = "…"

FOLD_GRAPHEMES = 210
PHONE_GRAPHEMES = 140  # on a phone (observed, drifts)
FOLD_LINES = 3
"""The desktop feed shows about 210 characters or three lines before "…more" (observed; it drifts)."""

# Prose may be cut inside, and a list between its items; a heading, a table or code may not.
_PROSE = frozenset({"paragraph", "quote"})
_ANNOUNCING = frozenset({"heading", "rule"})

# A cut at the end of a block reads best, unless a sentence inside the next one keeps this many times as much.
_WORTH_A_CUT_INSIDE = 1.5
# After a word it reads worst: only where nobody would have to open the text for what is left of it otherwise, and if
# a word keeps this many times as much.
_WORTH_A_CUT_AFTER_A_WORD = 4
_LONGEST_MARK = 2  # what marks a cut

_NEXT_ITEM = regex.compile(r"\n(?=\S)")  # continuation lines and nested items are indented

# Punctuation that leads on looks wrong before an ellipsis. “ and « close as well, so only one that stands alone leads on.
# Looked for from the end, as the text before it may be long.
_LOOSE_END = regex.compile(r"(?r)(?:[\s,;:，、；：–—-]|(?<=\s)[\p{Ps}\p{Pi}])+\Z")
_SAID = frozenset(".!?…。！？\"'”’»)")


def units(text: str) -> int:
    """Count UTF-16 code units: the safest reading of LinkedIn's limit, which has no documented unit.

    >>> units("a𝗮")
    3
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def fold(text: str, *, graphemes: int = FOLD_GRAPHEMES) -> int | None:
    r"""Return the index at which the feed folds `text`, None where all of it shows.

    Args:
        text: What a reader sees.
        graphemes: How many show; `PHONE_GRAPHEMES` on a phone.

    >>> fold("one\ntwo\nthree\nfour"), fold("x" * 300), fold("short")
    (13, 210, None)
    """
    lines = text.split("\n", FOLD_LINES)
    shown = "\n".join(lines[:FOLD_LINES])
    if shown[: graphemes + 1].isascii() and "\r" not in shown:  # each character is a grapheme
        return graphemes if len(shown) > graphemes else len(shown) if len(shown) < len(text) else None
    seen = _graphemes(graphemes).match(shown)
    if seen and seen.end() < len(shown):
        return seen.end()
    return len(shown) if len(shown) < len(text) else None


@cache
def _graphemes(number: int) -> regex.Pattern[str]:
    return regex.compile(rf"\X{{{number}}}")


def lead(blocks: Blocks) -> Blocks:
    """Return the blocks up to the first paragraph: what Jekyll takes for the excerpt where the author marks none."""
    for count, block in enumerate(blocks, start=1):
        if block.kind in _PROSE and not _only_announces(block):
            return blocks[:count]
    return blocks


@dataclass(frozen=True, slots=True)
class Fitted:
    """The body as it will be sent.

    Attributes:
        text: The whole body where it was refused.
        shortened: It is not the whole body.
        refusal: Why nothing fits, None where something does.
        chosen: It is what the author chose to stand for it, whole.
        opens: The blocks of which it is an opening, where it was taken from what may stand for the whole body.
    """

    text: str
    shortened: bool = False
    refusal: str | None = None
    chosen: bool = False
    opens: Blocks = field(default=(), compare=False)


def fit(
    whole: Blocks, shorter: Sequence[Blocks], *, mode: Mode, fits: Fits, most: int, names: Iterable[str] = ()
) -> Fitted:
    """Go down the ladder: the whole body, what may stand for it, a refusal.

    Args:
        whole: The rendered body.
        shorter: What may stand for it, the best first, the last an opening of the body; empty ones do not count.
        mode: `full` stops after the first rung, `excerpt` starts on the second.
        fits: Whether a body may be sent, see `shorten`.
        most: No body of more code points than this fits.
        names: Where the text may not be cut inside, as they are to be mentions.
    """
    text = joined_text(whole)
    if mode != "excerpt" and fits(text):
        return Fitted(text)
    if mode == "full":
        return Fitted(text, refusal="the setting text.body is 'full'")
    *chosen, opening = shorter
    for blocks in (*chosen, lead(opening) if mode == "excerpt" else (), opening):
        if blocks and (short := shorten(blocks, fits, most, names)):
            return Fitted(
                short,
                shortened=short != text,
                chosen=blocks in chosen and short == joined_text(blocks),
                opens=blocks,
            )
    if not whole and fits(""):
        return Fitted("")
    return Fitted(text, refusal=_refusal(fits))


def first_unsent(whole: Blocks, fitted: Fitted) -> int | None:
    """Return the order of the first block of `whole` that comes after all of which something is sent; None where there is none."""
    if not fitted.opens:
        return None
    shown = bisect_left(_ends(fitted.opens), len(fitted.text) - 1) + 1  # a block begins behind the end before it
    last = max(block.order for block in fitted.opens[:shown])
    return min((block.order for block in whole if block.order > last), default=None)


def _refusal(fits: Fits) -> str:
    if not fits(""):
        return "title, link and hashtags alone are too long"
    return "its beginning has no sentence or word after which it could be cut"


def shorten(blocks: Blocks, fits: Fits, most: int, names: Iterable[str] = ()) -> str | None:
    """Return the longest well-cut opening of `blocks` that fits, None where there is none.

    The text ends with a block; where much would be lost, with a sentence and an ellipsis; where hardly anything would be
    left, with a word and an ellipsis. What fits comes back whole, so shortening twice changes nothing.

    Args:
        blocks: The rendered body.
        fits: Whether a text may be sent; mostly true for every opening of a text for which it is true.
        most: No text of more code points than this fits.
        names: Where it may not be cut inside either.
    """
    text, ends = joined_text(blocks), _ends(blocks)
    short = bisect_right(ends, most)
    count = _longest(range(short), lambda number: fits(text[: ends[number]]))
    if count == len(blocks):
        return text
    best = _without_dangling(blocks[:count], fits, names)
    next_one = blocks[count]._replace(text=blocks[count].text[: most + 1])
    before = joined_text((*blocks[:count], next_one._replace(text="")))
    if min(most, len(before) + len(next_one.text) + _LONGEST_MARK) <= len(best) * _WORTH_A_CUT_INSIDE:
        return best
    by_sentence = _longest_cut(before, _outside(names, next_one, _good_ends(next_one)), next_one.text, fits)
    if len(by_sentence) > len(best) * _WORTH_A_CUT_INSIDE:
        best = by_sentence
    if len(best) > FOLD_GRAPHEMES:
        return best
    by_word = _longest_cut(before, _outside(names, next_one, _last_resort(next_one)), next_one.text, fits)
    is_worth_it = not best or len(by_word) > max(len(best) * _WORTH_A_CUT_AFTER_A_WORD, FOLD_GRAPHEMES)
    return (by_word if is_worth_it else best) or None


def _ends(blocks: Blocks) -> list[int]:
    """Return where each block ends in the text of all."""
    lengths = [len(block.text) + 2 - block.joined for block in blocks]  # with what parts it from the one before
    return list(accumulate(lengths[1:], initial=len(blocks[0].text))) if blocks else []


def _good_ends(block: Block) -> list[tuple[int, str]]:
    """Return where a block may be cut, and what marks the cut."""
    if block.kind in _PROSE:
        return [(end, _mark(block, end)) for end in sentence_ends(block.text)]
    if block.kind == "list":
        return [(match.start(), f"\n{ELLIPSIS}") for match in _NEXT_ITEM.finditer(block.text)]
    return []


def _outside(names: Iterable[str], block: Block, ends: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return those ends in a block that are in none of the names: "Yahoo! Japan", "Ada Lovelace"."""
    inside = [match.span() for name in names for match in regex.finditer(regex.escape(name), block.text)]
    return [end for end in ends if not any(start < end[0] < stop for start, stop in inside)] if inside else ends


def _mark(block: Block, end: int) -> str:
    """Return what marks a cut: on a line of its own behind one that is an item by its look, ✅, and no sentence."""
    is_item = block.kind == "paragraph" and block.text.startswith("\n", end) and block.text[end - 1] not in _SAID
    return f"\n{ELLIPSIS}" if is_item else f" {ELLIPSIS}"


def _last_resort(block: Block) -> list[tuple[int, str]]:
    return [(end, ELLIPSIS) for end in word_ends(block.text)] if block.kind in _PROSE else []


def _longest(lengths: Sequence[int], fits: Callable[[int], bool]) -> int:
    """Return how many of the ascending `lengths` fit."""
    return bisect_left(lengths, True, key=lambda length: not fits(length))


def _without_dangling(blocks: Blocks, fits: Fits, names: Iterable[str]) -> str:
    """Return the text of blocks without what announces at their end: whole blocks, or sentences where these keep much more."""
    end = len(blocks)
    # Hashtags that go with an announcement make room for others, which may be longer.
    while end and (_only_announces(blocks[end - 1]) or (end < len(blocks) and not fits(joined_text(blocks[:end])))):
        end -= 1
    whole = joined_text(blocks[:end])
    for number in range(len(blocks) - 1, end - 1, -1):
        last = blocks[number]
        if not last.level:  # of a paragraph its last sentence announces, not all
            before = joined_text((*blocks[:number], last._replace(text="")))
            if len(before) + len(last.text) + _LONGEST_MARK <= len(whole) * _WORTH_A_CUT_INSIDE:
                continue
            by_sentence = _longest_cut(before, _outside(names, last, _good_ends(last)), last.text, fits)
            if len(by_sentence) > len(whole) * _WORTH_A_CUT_INSIDE:
                return by_sentence
    return whole


def _only_announces(block: Block) -> bool:
    """Tell whether a block says nothing without what follows."""
    return block.kind in _ANNOUNCING or bool(block.level) or announces(block.text)


def _longest_cut(before: str, ends: Sequence[tuple[int, str]], text: str, fits: Fits) -> str:
    def cut(number: int) -> str:
        end, mark = ends[number]
        return f"{before}{_LOOSE_END.sub('', text[:end])}{mark}"

    count = _longest(range(len(ends)), lambda number: fits(cut(number)))
    return cut(count - 1) if count else ""
