"""How UTF-8 bytes became the characters of a damaged text: a code page, and what the way did with some bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from crosspost.text.mojibake.characters import MAX_COST, cost_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    Loss = Literal["dropped", "U+FFFD", "?", "none"]

PAGES = ("cp1252", "cp1254", "latin-1", "cp1250", "cp1251", "cp1253", "cp1257", "mac-roman", "cp437")
_PAGE_COST = {
    "cp1254": 0.5,
    "latin-1": 0.5,
    "cp1250": 1.0,
    "cp1251": 1.0,
    "cp1253": 1.5,
    "cp1257": 1.5,
    "mac-roman": 1.5,
    "cp437": 1.5,
}
_OFTEN_LOST = 1.5  # what often goes together with a wrong decoding, and need not
_SELDOM_LOST = 3.0
_BLANK = 0xA0  # trimmed at the end of a line only
_NBSP, _SOFT_HYPHEN = "\u00a0", "\u00ad"
_STRAIGHT = str.maketrans("‘’‚“”„", "'''\"\"\"")
_PLAUSIBLE = 5.0  # letters and the commonest signs
_MOST_READINGS = 12  # of one length; the others are too rare to be told apart
_MOST_REMEMBERED = 20_000
_LONGEST, _LONGEST_TWICE = 5, 17  # characters that four bytes may have become, and one more
_NO_IMAGE = "\x00"  # a character that no byte beyond ASCII becomes
_TORN = 20.0  # a character that lost bytes right before the image of one that would make it whole: who typed that?


class Unit(NamedTuple):
    """A reading of the characters at some place: `length` of them are what became of `character`."""

    character: str
    length: int
    cost: float


@dataclass(frozen=True, slots=True)
class Channel:
    """A code page, the fate of the bytes that it leaves undefined, and what else the text seems to have lost.

    Attributes:
        page: Python's name of the code page.
        loss: What undefined bytes became; `none`: the C1 control of their number, as in browsers.
        twice: Whether it all happened twice over.
        straightened: Whether typographic quotation marks, once images of bytes, became `'` and `"`.
        blanks: Whether no-break spaces became spaces, or nothing at the end of a line.
        hyphens: Whether soft hyphens were removed.
    """

    page: str
    loss: Loss = "dropped"
    twice: bool = False
    straightened: bool = False
    blanks: bool = False
    hyphens: bool = False

    @property
    def cost(self) -> float:
        """What it costs to believe in it: pages by how common they are, then what happens seldom."""
        seldom = self.twice + self.straightened + self.blanks
        return _PAGE_COST.get(self.page, 0.0) + _SELDOM_LOST * seldom

    def images(self, byte: int) -> list[tuple[str, float]]:
        """Return what a byte may have become, each with its cost."""
        once = self._images_once(byte)
        if not self.twice:
            return once
        found: list[tuple[str, float]] = []
        for image, cost in once:
            again = [("", cost)]
            for inner in image.encode():
                step = self._images_once(inner) if inner >= 0x80 else [(chr(inner), 0.0)]
                again = [(left + right, low + high) for left, low in again for right, high in step]
            found += again
        return found

    def image(self, byte: int) -> str:
        """Return what a byte became within a line, most likely; a text without soft hyphens has lost those that were bytes."""
        likeliest, _ = self.images(byte)[0]
        return likeliest.replace(_SOFT_HYPHEN, "") if self.hyphens else likeliest

    def _images_once(self, byte: int) -> list[tuple[str, float]]:
        raw = bytes([byte]).decode(self.page, "replace")
        if raw == "\ufffd" or (self.page == "latin-1" and byte < 0xA0 and self.loss != "none"):
            lost = {"dropped": "", "U+FFFD": "\ufffd", "?": "?", "none": chr(byte)}
            return [(lost[self.loss], 0.0)]
        if self.straightened:
            raw = raw.translate(_STRAIGHT)
        if self.blanks and raw == _NBSP:
            return [(" ", 0.0), ("", _OFTEN_LOST)]
        return [(raw, 0.0), ("", _SELDOM_LOST)] if self.hyphens and raw == _SOFT_HYPHEN else [(raw, 0.0)]


class Reader:
    """The inverse of a channel: the readings of what stands at a place of a text.

    Args:
        channel: What happened to the text.
    """

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self._seen: dict[str, tuple[Unit, ...]] = {}

    @cached_property
    def _leads(self) -> dict[str, list[tuple[str, int, float]]]:
        return self._by_first_character(range(0xC2, 0xF5))

    @cached_property
    def _continuations(self) -> dict[str, list[tuple[str, int, float]]]:
        return self._by_first_character(range(0x80, 0xC0))

    def _by_first_character(self, values: range) -> dict[str, list[tuple[str, int, float]]]:
        found: dict[str, list[tuple[str, int, float]]] = {}
        for byte in values:
            for image, cost in self.channel.images(byte):
                found.setdefault(image[:1], []).append((image, byte, cost))
        return found

    @cached_property
    def starts(self) -> frozenset[str]:
        """The characters with which the image of a lead byte begins."""
        return frozenset(self._leads) - {""}

    @cached_property
    def images(self) -> frozenset[str]:
        """The characters beyond ASCII that the image of any byte begins with."""
        return frozenset(one for one in (*self._leads, *self._continuations) if one and not one.isascii())

    def joins(self, text: str, blank: int) -> bool:
        """Tell whether a blank may have been a byte amid a character that somebody would write."""
        return any(
            start + unit.length > blank and unit.cost < _PLAUSIBLE
            for start in range(max(blank - 3, 0), blank)
            for unit in self.units_at(text, start)
        )

    def units_at(self, text: str, start: int) -> tuple[Unit, ...]:
        """Return the readings of what stands at `start`, longest first; none where it is no image of a lead byte."""
        if text[start] not in self.starts:
            return ()
        window = self._window(text, start)
        if (known := self._seen.get(window)) is None:
            if len(self._seen) > _MOST_REMEMBERED:
                self._seen.clear()
            known = self._seen[window] = tuple(self._read(window))
        return known

    def _window(self, text: str, start: int) -> str:
        """Return what can belong to one character, and behind it whether a word goes on: all that a reading needs."""
        longest = start + (_LONGEST_TWICE if self.channel.twice else _LONGEST)
        end = self._stretch.match(text, start, longest).end()  # type: ignore[union-attr]
        goes_on = end < min(longest, len(text)) and not text[end].isspace()
        return text[start:end] + _NO_IMAGE * goes_on

    @cached_property
    def _stretch(self) -> re.Pattern[str]:
        images = {
            image for found in (self._leads, self._continuations) for ways in found.values() for image, *_ in ways
        }
        return re.compile(f"[{re.escape(''.join(sorted({*''.join(images)})))}]*")

    def _read(self, window: str) -> list[Unit]:
        best: dict[tuple[int, str], float] = {}
        for value, length, cost in self._sequences(window):
            character = chr(value)
            total = cost + cost_of(character) + (_TORN if self._is_torn(window, character, length) else 0.0)
            if total < best.get((length, character), MAX_COST):
                best[length, character] = total
        units = sorted((Unit(character, length, cost) for (length, character), cost in best.items()), key=_by_cost)
        lengths = sorted({unit.length for unit in units}, reverse=True)
        return [unit for length in lengths for unit in [one for one in units if one.length == length][:_MOST_READINGS]]

    def _is_torn(self, window: str, character: str, length: int) -> bool:
        """Tell whether a character stands for fewer images than it has bytes, though that of a continuation byte follows."""
        following = window[length : length + 1]
        return length < len(character.encode()) and not following.isascii() and following in self._continuations

    def _sequences(self, window: str) -> Iterator[tuple[int, int, float]]:
        """Yield code point, length and cost of the sequences of bytes that may have become the window's beginning.

        Of several ways to the same bits and place the cheapest is followed.
        """
        ways = [self._following(window, at) for at in range(len(window) + 1)]
        for image, lead, cost in self._leads.get(window[:1], ()):
            if not window.startswith(image):
                continue
            count = 1 if lead < 0xE0 else 2 if lead < 0xF0 else 3
            partial = {(lead & (0x3F >> count), len(image)): cost}
            for _ in range(count):
                longer: dict[tuple[int, int], float] = {}
                for (value, at), low in partial.items():
                    for (bits, length), high in ways[at].items():
                        key = value << 6 | bits, at + length
                        if low + high < longer.get(key, MAX_COST):
                            longer[key] = low + high
                partial = longer
            yield from ((value, at, cost) for (value, at), cost in partial.items() if _is_shortest(value, count))

    def _following(self, window: str, at: int) -> dict[tuple[int, int], float]:
        """Return the continuation bytes that may have become what stands at a place: bits and length, with the cost."""
        ends = at >= len(window) or window[at].isspace()
        there = self._continuations.get(window[at : at + 1], ()) if at < len(window) else ()
        lost = (one for one in self._continuations.get("", ()) if ends or one[1] != _BLANK)
        found: dict[tuple[int, int], float] = {}
        for image, byte, cost in (*(one for one in there if window.startswith(one[0], at)), *lost):
            key = byte & 0x3F, len(image)
            if cost < found.get(key, MAX_COST):
                found[key] = cost
        return found


def _by_cost(unit: Unit) -> float:
    return unit.cost


def _is_shortest(value: int, continuations: int) -> bool:
    """Tell whether UTF-8 writes a code point with so many continuation bytes (RFC 3629, section 4)."""
    least = (0, 0x80, 0x800, 0x10000)[continuations]
    return least <= value <= 0x10FFFF and not 0xD800 <= value <= 0xDFFF
