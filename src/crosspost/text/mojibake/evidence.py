"""Which channels may have damaged a text: those that leave the fewest of its characters unexplained."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from crosspost.text.latin_9 import is_latin_9
from crosspost.text.mojibake.channel import LATIN_9, PAGES, Channel, Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Literal

    Loss = Literal["dropped", "U+FFFD", "?", "none"]

_UNCLAIMED = 9.0  # a character that is the image of no byte, or of one that belongs to no sequence
_TWICE = ("cp1252", "cp1254", "latin-1", "cp1250")
_MOST_WORDS = 40
_MOST_ROUGHLY, _MOST_CHANNELS = 16, 4
_ABOUT_AS_LIKELY = 10.0


def likely_channels(text: str, words: Iterable[str]) -> list[Reader]:
    """Return the likeliest channels of a text, likeliest first.

    Args:
        text: All of it.
        words: Those with characters beyond ASCII; the first few decide.
    """
    sample = list(islice(dict.fromkeys(words), _MOST_WORDS))
    counts = Counter("".join(sample))
    rough = sorted(possible_readers(text), key=lambda reader: unclaimed(reader, counts))[:_MOST_ROUGHLY]
    costs = {reader: reader.channel.cost + sum(_cheapest(reader, word) for word in sample) for reader in rough}
    ranked = sorted(rough, key=lambda reader: costs[reader])
    return [*ranked[:_MOST_CHANNELS], *_other_ways(ranked, costs)]


def possible_readers(text: str, more_pages: Iterable[str] = ()) -> list[Reader]:
    """Return the inverse of all that may have happened to a text, as far as it tells without being read.

    Args:
        text: All of it.
        more_pages: Code pages that are too seldom to be taken into account by themselves.
    """
    return [_reader(channel) for channel in _channels(text, more_pages)]


def _other_ways(ranked: list[Reader], costs: dict[Reader, float]) -> list[Reader]:
    """Return the likeliest channel of each other way of loss that is about as likely: it may read otherwise."""
    ways = {_way(reader) for reader in ranked[:_MOST_CHANNELS]}
    others: dict[object, Reader] = {}
    for reader in ranked[_MOST_CHANNELS:]:
        if _way(reader) not in ways and costs[reader] < costs[ranked[0]] + _ABOUT_AS_LIKELY:
            others.setdefault(_way(reader), reader)
    return list(others.values())


def _way(reader: Reader) -> tuple[str, bool, bool]:
    return reader.channel.loss, reader.channel.straightened, reader.channel.blanks


def _channels(text: str, more_pages: Iterable[str]) -> Iterator[Channel]:
    losses: list[Loss] = ["dropped"]
    if "\ufffd" in text:
        losses.append("U+FFFD")
    if "?" in text:
        losses.append("?")
    if any("\x80" <= one <= "\x9f" for one in text):
        losses.append("none")
    straight = (
        [False, True] if any(one in text for one in "'\"") and not any(one in text for one in "‘’“”„") else [False]
    )
    blanks = [False, True] if "\u00a0" not in text else [False]
    pages = (*PAGES, *LATIN_9) if is_latin_9(text) else PAGES
    for page, loss, straightened, blank in product((*pages, *more_pages), losses, straight, blanks):
        channel = Channel(page, loss, straightened=straightened, blanks=blank, hyphens="\u00ad" not in text)
        yield channel
        if page in _TWICE:
            yield replace(channel, twice=True)


@lru_cache(maxsize=256)
def _reader(channel: Channel) -> Reader:
    return Reader(channel)


def unclaimed(reader: Reader, counts: Counter[str]) -> int:
    """Return how many of so many characters are beyond ASCII and no image of a byte."""
    return sum(count for one, count in counts.items() if not one.isascii() and one not in reader.images)


def _cheapest(reader: Reader, word: str) -> float:
    """Return the cost of a word's cheapest reading, apart from what stands beside what."""
    costs = [0.0] + [float("inf")] * len(word)
    for at, character in enumerate(word):
        kept = 0.0 if character.isascii() else _UNCLAIMED
        costs[at + 1] = min(costs[at + 1], costs[at] + kept)
        for unit in reader.units_at(word, at):
            if (end := at + unit.length) <= len(word):
                costs[end] = min(costs[end], costs[at] + unit.cost)
    return costs[-1]
