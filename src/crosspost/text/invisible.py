"""Invisible characters: removed where they do nothing, kept where a script or an emoji needs them."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from crosspost.text.edits import Edit
from crosspost.text.screening import one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

    from crosspost.text.verbatim import Verbatim

# Arabic letter mark, left-to-right and right-to-left marks, embeddings and overrides, isolates.
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FILLERS = "\u115f\u1160\u3164\uffa0"
# Controls but tab and line ends, soft hyphen, grapheme joiner, Mongolian vowel separator, zero-width space and joiners,
# word joiner and invisible operators, deprecated controls, variation selectors of all scripts and of Mongolian, byte order
# mark, annotation marks, tags; and what looks like a blank and is none: Hangul fillers, the blank pattern of Braille.
_NEUTRAL = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u180b-\u180f\u200b-\u200d\u2060-\u2064\u206a-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef"
    f"{_FILLERS}\u2800"
)
SUSPECTS = _NEUTRAL + _DIRECTION
_CONTEXT = 12

# Scripts whose letters join or stack, so that the joiners choose a form (Unicode Standard, 23.2, and chapters 9, 12, 13).
_JOINING = "".join(
    rf"\p{{{script}}}"
    for script in (
        *("Arabic", "Syriac", "Nko", "Mandaic", "Mongolian", "Phags_Pa", "Adlam", "Hanifi_Rohingya"),
        *("Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam"),
        *("Sinhala", "Khmer", "Myanmar", "Tibetan", "Balinese", "Javanese", "Meetei_Mayek", "Grantha"),
    )
)
# Scripts written without blanks, where U+200B marks the ends of words (UAX #14, class SA).
_UNSPACED = "".join(
    rf"\p{{{script}}}"
    for script in ("Thai", "Lao", "Khmer", "Myanmar", "Tai_Le", "New_Tai_Lue", "Tai_Tham", "Tai_Viet")
)
_EMOJI = r"(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?|\U000e007f)"
_JAMO = r"\u1100-\u115e\u1161-\u11ff\u3131-\u3163\u3165-\u318e\uffa1-\uffdc"
_TAG = r"[\U000e0030-\U000e0039\U000e0061-\U000e007a]"  # of England, Scotland, Wales and other parts of countries
_TAKES_VS1_TO_14 = r"[\p{Han}\p{Sm}\p{Myanmar}\p{Phags_Pa}0\u3000-\u303f\uff00-\uff60]"  # StandardizedVariants.txt


@cache
def _patterns() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """Compile what matches an invisible character that has a function, and what makes a line right-to-left."""
    import regex  # noqa: PLC0415 -- loaded only for a text with invisible characters

    useful = rf"""
        [\ufe0e\ufe0f](?<=\p{{Emoji}}.)(?<![0-9\#*].)  # what is commonest first
        |(?<=\U0001f3f4{_TAG}{{0,6}})(?:{_TAG}(?={_TAG}{{0,5}}\U000e007f)|(?<={_TAG}{{3}})\U000e007f)  # flags
        |(?<={_EMOJI})\u200d(?=\p{{Extended_Pictographic}})
        |(?<=[{_JOINING}\u0640]\p{{M}}{{0,4}})[\u200c\u200d]
        |\u200d(?=[{_JOINING}])
        |(?<=[{_UNSPACED}])\u200b(?=[{_UNSPACED}])
        |(?<=\p{{M}})\u034f(?=\p{{M}})
        |[\x80-\x9f](?:(?<=[^\x00-\x7f].)|(?=[^\x00-\x7f]))  # a wrong decoding, and not the step to undo it
        |(?<=\p{{Mongolian}})[\u180b-\u180f]
        |[{_FILLERS}\u2800](?<=[^\s{_FILLERS}\u2800].)(?=[^\s{_FILLERS}\u2800])  # stands for a blank
        |[{_FILLERS}](?:(?=[{_FILLERS}]?[{_JAMO}])|(?<=[{_JAMO}][{_FILLERS}]?.))
        |\u2800(?:(?=[ \u2800]{{0,80}}[\u2801-\u28ff])|(?<=[\u2801-\u28ff][ \u2800]{{0,80}}))  # pictures of dots
        |(?<=[0-9\#*])\ufe0f(?=\u20e3)  # keycaps
        |(?<={_TAKES_VS1_TO_14})[\ufe00-\ufe0d]
        |(?<=\p{{Han}})[\U000e0100-\U000e01ef]
    """
    right_to_left = r"(?!\p{Cf})[\p{Bidi_Class=R}\p{Bidi_Class=AL}]"
    return regex.compile(useful, flags=regex.VERBOSE), regex.compile(right_to_left)


def useless_invisibles(text: str, verbatim: Verbatim) -> Iterator[Edit]:
    """Yield the stretches of `text` outside `verbatim` that have invisible characters without function, and lose them.

    A stretch reaches to the end of the word or so, for who reads the list must find the place.
    """
    spans = sorted([*_without_function(text), *_stray_direction_marks(text)])
    stretch: list[tuple[int, int]] = []
    for span in spans:
        if verbatim.touches(*span):
            continue
        if stretch and not _same_word(text, stretch[-1][1], span[0]):
            yield _stretch(text, stretch)
            stretch = []
        stretch.append(span)
    if stretch:
        yield _stretch(text, stretch)


def _without_function(text: str) -> Iterator[tuple[int, int]]:
    useful, _ = _patterns()
    for match in one_of(_NEUTRAL).finditer(text):
        if not useful.match(text, match.start()):
            yield match.span()


def _stray_direction_marks(text: str) -> Iterator[tuple[int, int]]:
    """Find direction marks on lines without a right-to-left letter; the algorithm (UAX #9) works by paragraph."""
    direction = one_of(_DIRECTION)
    if not direction.search(text):
        return
    _, right_to_left = _patterns()
    position = 0
    while match := direction.search(text, position):
        start = text.rfind("\n", position, match.start()) + 1 or position
        end = text.find("\n", match.end())
        position = len(text) if end < 0 else end
        if not right_to_left.search(text, start, position):
            yield from (mark.span() for mark in direction.finditer(text, start, position))


def _same_word(text: str, start: int, end: int) -> bool:
    return end - start <= 2 * _CONTEXT and not any(map(str.isspace, text[start:end]))


def _stretch(text: str, spans: list[tuple[int, int]]) -> Edit:
    first, last = spans[0][0], spans[-1][1]
    before = re.split(r"\s", text[max(first - _CONTEXT, 0) : first])[-1]
    behind = re.split(r"\s", text[last : last + _CONTEXT])[0]
    kept = [text[left[1] : right[0]] for left, right in pairwise(spans)]
    return Edit(first - len(before), last + len(behind), "".join([before, *kept, behind]))
