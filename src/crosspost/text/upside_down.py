"""Text turned upside down (`uʍop ǝpᴉsdn`): letters that look like turned ones, in reverse order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.text.verbatim import Verbatim

# Which character formatter sites take for which: letters that Unicode calls TURNED, and look-alikes of other names.
_LETTERS = dict(
    zip(
        "ɐqɔpǝɟƃɥᴉıɾʞlꞁןɯuodbɹsʇnʌʍxʎzⱯ∀ƆᗡƎℲ⅁HIſꞰ⅂˥WNOԀᴚS⊥∩ΛMX⅄ZƖᄅƐㄣϛ9ㄥ860",
        "abcdefghiijklllmnopqrstuvwxyzAACDEFGHIJKLLMNOPRSTUVWXYZ1234567890",
        strict=True,
    )
)
_SIGNS = dict(zip("˙'‘’,¡¿„()[]{}<>‾؛-–&\"", ".,,,'!?\")(][}{><_;-–&„", strict=True))
_TURNED = _LETTERS | _SIGNS
# Seen in hardly any orthography, and rare in phonetic script, are the first; the others are letters of some language.
_UNMISTAKABLE = frozenset("ʇʞᴉƃⱯ∀Ⅎ⅁ᴚ⅄Ʞ")
_TELLING = _UNMISTAKABLE | frozenset("ɐɔǝɟɥɾɯɹʌʍʎƆƎ")
SUSPECTS = "".join(sorted(_TELLING))
_TOKEN = "[" + re.escape("".join(_TURNED)) + "]+"
_ROW = re.compile(f"{_TOKEN}(?: +{_TOKEN})*")
_ORTHOGRAPHIC = frozenset("ɔǝƆƎ")  # in Ewe, Akan, Kanuri and other languages, often side by side
_PLAIN_SIGNS = ".,;:!?()[]\"'-–&"
_PHONETIC = frozenset("/[")
_LONG_ROW = 8


def upside_down(text: str, verbatim: Verbatim) -> Iterator[Edit]:
    """Yield the plain reading of each row of words turned upside down.

    Every character of such a row is a turned one or looks the same turned. Since `ɹ`, `ʌ` and `ǝ` are letters of phonetic
    script and of some orthographies, three at least must be telling, or two in a longer row, or two of which one is
    found in no language.
    """
    for match in re.finditer(rf"(?m)^[^\n]*[{SUSPECTS}][^\n]*", text):
        for row in _ROW.finditer(match[0]):
            start, end = _whole_words(match[0], *row.span())
            words = match[0][start:end]
            if _is_turned(words, match[0][start - 1 : start]) and not verbatim.touches(
                match.start() + start, match.start() + end
            ):
                yield Edit(match.start() + start, match.start() + end, _turn(words))


def _whole_words(line: str, start: int, end: int) -> tuple[int, int]:
    """Leave out parts of plain words at either end, and plain words and signs unless the row is all that the line says."""
    all_of_line = not any(char.isalnum() for char in line[:start] + line[end:])
    spans = [(start + token.start(), start + token.end()) for token in re.finditer(r"[^ ]+", line[start:end])]
    while spans and not _belongs(line, *spans[0], anyway=all_of_line):
        spans.pop(0)
    while spans and not _belongs(line, *spans[-1], anyway=all_of_line):
        spans.pop()
    if not spans:
        return start, start
    first, last = spans[0][0], spans[-1][1]
    if all_of_line:
        return first, last
    words = line[first:last]
    return last - len(words.lstrip(_PLAIN_SIGNS)), first + len(words.rstrip(_PLAIN_SIGNS))


def _belongs(line: str, start: int, end: int, *, anyway: bool) -> bool:
    around = line[start - 1 : start] + line[end : end + 1]
    whole = not any(char.isalnum() for char in around)
    return whole and (anyway or not _TELLING.isdisjoint(line[start:end]))


def _is_turned(words: str, before: str) -> bool:
    telling = [char for char in words if char in _TELLING]
    sure = not _UNMISTAKABLE.isdisjoint(telling)
    enough = len(telling) >= 3 or sure or sum(map(str.isalpha, words)) >= _LONG_ROW
    return before not in _PHONETIC and len(set(telling)) >= 2 and enough and not _ORTHOGRAPHIC.issuperset(telling)


def _turn(words: str) -> str:
    return "".join(_TURNED.get(char, char) for char in reversed(words))
