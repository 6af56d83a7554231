"""Text turned upside down (`uʍop ǝpᴉsdn`): letters that look like turned ones, in reverse order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.text.verbatim import Verbatim

# Which characters formatter sites take for which: letters that Unicode calls TURNED, and look-alikes of other names.
# Each site has a choice of its own, so that a letter has up to five.
_LETTERS = {
    turned: plain
    for plain, all_turned in zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *[
                "ɐ",
                "q",
                "ɔ",
                "p",
                "ǝ",
                "ɟⅎ",
                "ƃɓᵷ",
                "ɥ",
                "ᴉı",
                "ɾ",
                "ʞ",
                "lןꞁ",
                "ɯ",
                "u",
                "o",
                "d",
                "b",
                "ɹ",
                "s",
                "ʇ",
                "n",
                "ʌ",
                "ʍ",
                "x",
                "ʎ",
                "z",
            ],
            *[
                "Ɐ∀",
                "ᗺꓭ𐐒",
                "ƆↃ",
                "ᗡꓷ◖",
                "Ǝ",
                "Ⅎꓞ",
                "⅁פꓨ",
                "H",
                "I",
                "ſᒋꓩ",
                "Ʞ⋊ꓘ",
                "⅂˥Ꞁ⅃ꓶ",
                "W",
                "Nᴎ",
                "O",
                "Ԁꓒ",
                "QꝹΌ",
                "ᴚꓤ",
                "S",
                "⊥┴ꓕ",
                "∩Ոꓵ",
                "ΛᴧɅꓥ",
                "M",
                "X",
                "⅄",
                "Z",
            ],
        ),
        strict=True,
    )
    for turned in all_turned
}
_DIGITS = dict(zip("Ɩ⇂ᄅᘔƐㄣᔭϛㄥⱢ", "1122344577", strict=True))
_DIGITS_ALIKE = dict(zip("69", "96", strict=True))
_SIGNS = dict(zip("˙¡¿„‾؛⅋", '.!?"_;&', strict=True))
_BRACKETS = dict(zip("()", ")(", strict=True))
_COMMAS = "',‘’"
_AS_THEY_ARE = f"0123456789.!?&:;/-–(){_COMMAS}"  # some sites turn letters alone
# Seen in hardly any orthography, and rare in phonetic script, are the first; the others are letters of some language.
_UNMISTAKABLE = frozenset("ʇʞᴉƃⱯ∀Ⅎ⅁ᴚ⅄Ʞᵷꓭꓷꓞꓨꓩꓘꓶꓒꓤꓕꓵꓥⅎꞁ")
_ENDS = ".,;:!?"  # behind the last word they belong to the sentence around it: turned, they would begin one
_TELLING = _UNMISTAKABLE | frozenset("ɐɔǝɟɥɾɯɹʌʍʎƆƎ")
SUSPECTS = "".join(sorted(_TELLING - frozenset("ꓭꓷꓞꓨꓩꓘꓶꓒꓤꓕꓵꓥ")))  # Lisu, and no reason to look at a text of it
_ACCENTED = "À-ÖØ-öø-ÿ"
_PICTURES = "\u2600-\u27bf\u2b00-\u2bff\ufe0f🌀-🫿"
_TOKEN = (
    "[" + re.escape("".join([*_LETTERS, *_DIGITS, *_SIGNS])) + re.escape(_AS_THEY_ARE) + f'"{_ACCENTED}{_PICTURES}]+'
)
_ROW = re.compile(f"{_TOKEN}(?: +{_TOKEN})*")
_MARKER = re.compile(r"[ \t]*(?:(?:[-*+>]|#{1,6}|\d{1,9}[.)])[ \t]+)*")
_ORTHOGRAPHIC = frozenset("ɔǝƆƎ")  # in Ewe, Akan, Kanuri and other languages, often side by side
_PHONETIC = frozenset("ɐɔɟɥɾɯɹʌʍʎ")  # the International Phonetic Alphabet has ə, U+0259, for U+01DD
_LONG_ROW = 8
_COMMA = re.compile(rf"[{_COMMAS}](?=\S)")
_PLAIN_DIGIT = re.compile("[1-57]")
_CLUSTER = re.compile(f"[{_PICTURES}][\ufe0f🏻-🏿]+|.")  # what an emoji has behind it stays there


def upside_down(text: str, verbatim: Verbatim) -> Iterator[Edit]:
    """Yield the plain reading of each row of words turned upside down.

    Every character of such a row is a turned one or looks the same turned. Since `ɹ`, `ʌ` and `ǝ` are letters of phonetic
    script and of some orthographies, three at least must be telling, or two in a longer row, or two of which one is
    found in no language, or two that no language has both. Single letters in a row are letters that a text is about.
    """
    for match in re.finditer(rf"(?m)^[^\n]*[{SUSPECTS}][^\n]*", text):
        line = match[0]
        marker = _MARKER.match(line)
        for row in _ROW.finditer(line, marker.end() if marker else 0):
            start, end = _whole_words(line, *row.span())
            words = line[start:end]
            around = line[max(start - 1, 0) : start]
            if _is_turned(words, around) and not verbatim.touches(match.start() + start, match.start() + end):
                yield Edit(match.start() + start, match.start() + end, _turn(words))


def _whole_words(line: str, start: int, end: int) -> tuple[int, int]:
    """Leave out parts of plain words at either end, and what may be plain words where other words stand beside them."""
    spans = [(start + token.start(), start + token.end()) for token in re.finditer(r"[^ ]+", line[start:end])]
    while spans and not _belongs(line, *spans[0], anyway=not line[: spans[0][0]].rstrip(" ")[-1:].isalnum()):
        spans.pop(0)
    while spans and not _belongs(line, *spans[-1], anyway=not line[spans[-1][1] :].lstrip(" ")[:1].isalnum()):
        spans.pop()
    if not spans:
        return start, start
    first, last = _without_pictures(line, spans[0][0], spans[-1][1])
    last = first + len(line[first:last].rstrip(_ENDS))
    if first == last:
        return first, first
    words = line[first:last]
    around = "'\"" if words.count('"') % 2 or words[0] == words[-1] == '"' else "'"
    return last - len(words.lstrip(around)), first + len(words.rstrip(around))


def _without_pictures(line: str, start: int, end: int) -> tuple[int, int]:
    """Pictures amid a row were turned with it; those around it may be anybody's."""
    around = re.fullmatch(rf"([ {_PICTURES}]*)(.*?)([ {_PICTURES}]*)", line[start:end])
    return (start, end) if around is None else (start + around.start(2), start + around.end(2))


def _belongs(line: str, start: int, end: int, *, anyway: bool) -> bool:
    around = line[max(start - 1, 0) : start] + line[end : end + 1]
    whole = not any(char.isalnum() for char in around)
    return whole and (anyway or any(char > "\x7f" and char in _LETTERS for char in line[start:end]))


def _is_turned(words: str, before: str) -> bool:
    telling = {char for char in words if char in _TELLING}
    letters = {char for char in words if char > "\x7f" and char.isalpha() and char in _LETTERS}
    if all(len(word) == 1 for word in words.split()):
        return False
    if len(letters) >= 2 and not letters.isdisjoint(_UNMISTAKABLE):
        return True
    if (
        len(telling) < 2
        or telling <= _ORTHOGRAPHIC
        or (_PHONETIC.issuperset(telling) and ("/" in words or before == "["))
    ):
        return False
    if not telling.isdisjoint(_UNMISTAKABLE) or not (telling.isdisjoint("ǝƎ") or telling <= {*_ORTHOGRAPHIC, "ʌ"}):
        return True
    return sum(char in _TELLING for char in words) >= 3 or sum(map(str.isalpha, words)) >= _LONG_ROW


def _turn(words: str) -> str:
    turned = _LETTERS | _DIGITS | _SIGNS
    if not _PLAIN_DIGIT.search(words):
        turned |= _DIGITS_ALIKE
    if words.find(")") >= words.find("("):  # a bracket that closes first was not turned
        turned |= _BRACKETS
    return "".join(turned.get(char, char) for char in reversed(_CLUSTER.findall(_COMMA.sub(_straight, words))))


def _straight(sign: re.Match[str]) -> str:
    """A turned comma looks like an apostrophe and the other way round, but only one of them is amid a word."""
    before, after = sign.string[max(sign.start() - 1, 0) : sign.start()], sign.string[sign.end()]
    return "'" if before.isalnum() and after.isalnum() else ","
