"""How UTF-8 bytes became the characters of a damaged text: a code page, and what the way did with some bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from crosspost.text.mojibake.characters import MAX_COST, cost_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Literal

    Loss = Literal["dropped", "U+FFFD", "?", "none"]

PAGES = ("cp1252", "cp1254", "latin-1", "cp1250", "cp1251", "cp1253", "cp1257", "mac-roman", "cp437")
LATIN_9 = ("iso8859-15",)  # only where it is told from Windows-1252
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
_LOST, _LOST_AT_END = "", "\n"  # for an image; only at the end of a word a blank may be lost
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
        self._spelt: dict[tuple[str, ...], list[tuple[str, float]]] = {}

    @cached_property
    def _leads(self) -> dict[str, list[tuple[int, float]]]:
        return self._by_image(range(0xC2, 0xF5))

    @cached_property
    def _continuations(self) -> dict[str, list[tuple[int, float]]]:
        return self._by_image(range(0x80, 0xC0))

    def _by_image(self, values: range) -> dict[str, list[tuple[int, float]]]:
        found: dict[str, list[tuple[int, float]]] = {}
        for byte in values:
            for image, cost in self.channel.images(byte):
                found.setdefault(image, []).append((byte, cost))
        return found

    @cached_property
    def starts(self) -> frozenset[str]:
        """The characters with which the image of a lead byte begins."""
        return frozenset(_by_first_character(self._leads)) - {""}

    @cached_property
    def images(self) -> frozenset[str]:
        """The characters beyond ASCII that the image of any byte begins with."""
        return frozenset(one[0] for one in (*self._leads, *self._continuations) if one and not one[0].isascii())

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
        characters = sorted({*"".join((*self._leads, *self._continuations))})
        return re.compile(f"[{re.escape(''.join(characters))}]*")

    def _read(self, window: str) -> list[Unit]:
        best: dict[tuple[int, str], float] = {}
        for images, length in self._ways(window):
            torn = _TORN if length < len(images) and self._goes_on(window, length) else 0.0
            for character, cost in self._characters(images):
                if cost + torn < best.get((length, character), MAX_COST):
                    best[length, character] = cost + torn
        units = sorted((Unit(character, length, cost) for (length, character), cost in best.items()), key=_by_cost)
        lengths = sorted({unit.length for unit in units}, reverse=True)
        return [unit for length in lengths for unit in [one for one in units if one.length == length][:_MOST_READINGS]]

    def _goes_on(self, window: str, at: int) -> bool:
        """Tell whether the image of a continuation byte stands at a place: for one character with what is before it."""
        following = window[at : at + 1]
        return not following.isascii() and following in self._continuing

    @cached_property
    def _leading(self) -> dict[str, list[str]]:
        return _by_first_character(self._leads)

    @cached_property
    def _continuing(self) -> dict[str, list[str]]:
        return _by_first_character(self._continuations)

    def _ways(self, window: str) -> Iterator[tuple[tuple[str, ...], int]]:
        """Yield how the window's beginning parts into the images of a character's bytes, and how long they are."""
        following = [self._following(window, at) for at in range(len(window) + 1)]
        for image in self._leading.get(window[:1], ()):
            if not window.startswith(image):
                continue
            ways: list[tuple[tuple[str, ...], int]] = [((image,), len(image))]
            for _ in range(max(_continuations_behind(byte) for byte, _ in self._leads[image])):
                ways = [((*images, one), at + length) for images, at in ways for one, length in following[at]]
                yield from ways

    def _following(self, window: str, at: int) -> list[tuple[str, int]]:
        """Return the images of continuation bytes that may stand at a place, and how long they are."""
        found = [(one, len(one)) for one in self._continuing.get(window[at : at + 1], ()) if window.startswith(one, at)]
        ends = at >= len(window) or window[at].isspace()
        return [*found, (_LOST_AT_END if ends else _LOST, 0)]

    def _characters(self, images: tuple[str, ...]) -> list[tuple[str, float]]:
        """Return the likeliest characters whose bytes have these images, cheapest first.

        Of all that have lost three bytes there are tens of thousands, so they are remembered.
        """
        if (known := self._spelt.get(images)) is None:
            best: dict[int, float] = {}
            for value, cost in self._values(images):
                best[value] = min(cost, best.get(value, MAX_COST))
            ranked = sorted(((chr(value), cost + cost_of(chr(value))) for value, cost in best.items()), key=_second)
            known = self._spelt[images] = ranked[:_MOST_READINGS]
        return known

    def _values(self, images: tuple[str, ...]) -> Iterator[tuple[int, float]]:
        """Yield the code points of the byte sequences with these images, and the cost of the way."""
        lead, *rest = images
        count = len(rest)
        partial = [
            (byte & (0x3F >> count), cost) for byte, cost in self._leads[lead] if _continuations_behind(byte) == count
        ]
        for image in rest:
            bits = self._bits(image)
            partial = [(value << 6 | low, cost + more) for value, cost in partial for low, more in bits]
        return ((value, cost) for value, cost in partial if _is_shortest(value, count))

    def _bits(self, image: str) -> list[tuple[int, float]]:
        found = self._continuations.get("" if image in {_LOST, _LOST_AT_END} else image, [])
        return [(byte & 0x3F, cost) for byte, cost in found if image != _LOST or byte != _BLANK]


def _by_first_character(images: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for image in images:
        found.setdefault(image[:1], []).append(image)
    return found


def _second(pair: tuple[str, float]) -> float:
    return pair[1]


def _continuations_behind(lead: int) -> int:
    """Return how many bytes follow a lead byte (RFC 3629, section 3)."""
    return 1 if lead < 0xE0 else 2 if lead < 0xF0 else 3


def _by_cost(unit: Unit) -> float:
    return unit.cost


def _is_shortest(value: int, continuations: int) -> bool:
    """Tell whether UTF-8 writes a code point with so many continuation bytes (RFC 3629, section 4)."""
    least = (0, 0x80, 0x800, 0x10000)[continuations]
    return least <= value <= 0x10FFFF and not 0xD800 <= value <= 0xDFFF
