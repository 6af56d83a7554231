"""What stands beside what in a post: quotation marks in pairs, selectors behind emoji, one style in one word."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from crosspost.text.mojibake.characters import cost_of

if TYPE_CHECKING:
    from crosspost.text.mojibake.speech import Speech

_ZWJ, _VS16, _KEYCAP = "\u200d", "\ufe0f", "\u20e3"
_NEVER, _SELDOM, _ODD, _RARE = 10.0, 8.0, 5.0, 2.0
_RIGHT_OPENS = frozenset({"sv", "fi", "da", "nb"})
_LOW_OPENS = frozenset({"de", "cs", "sk", "pl", "hu", "ro", "sh", "sl", "lt", "lv", "is", "nl", "bg"})
_OPENING, _CLOSING = "“„‘«‚", "”’»"
# What follows a joiner in the sequences of emoji that Unicode recommends (emoji-zwj-sequences.txt, Emoji 15).
_JOINED = "⚕⚖✈❤🌈🌾🍳🍼🎄🎓🎤🎨🏫🏭👦👧👨👩💋💻💼🔥🔧🔬🚀🚒🤝🦯🦰🦱🦲🦳🦼🦽🧑🩹💨💫⚧☠⬛❄🐈🟩🟫🗨"
_QUOTATION_MARKS = "“”„"
_FAR_REACHING = frozenset(map(chr, (*range(0x1D7CE, 0x1D800), *range(0x1F3FB, 0x1F400))))  # styled digits, skin tones
_GLUED = 4.0  # a styled word right behind an emoji or a styled digit, without a blank
_REPEATED = 1.0  # a sign like the one before: rulers, stars


def beside(before: str, character: str, after: str, speech: Speech, *, quoting: bool) -> float:
    """Return the cost of a decoded character between its neighbours, its own included.

    Args:
        before: Up to three characters before, decoded; empty at the start of a line.
        character: The one decoded.
        after: The character that follows as it stands, which may be the image of something; empty at the end.
        speech: The document's languages.
        quoting: Whether a quotation is open.
    """
    last = before[-1:]
    if character.isascii() or character.isalpha():
        return _letter(last, character)
    if character in _QUOTATION_MARKS and last != _ZWJ:
        return bare(last, character) + (
            cost_of(character) + _quotation(last, character, after, speech, quoting=quoting)
        )
    return _sign(before if last == _ZWJ or character in _FAR_REACHING else last, character, after)


@lru_cache(maxsize=50_000)
def _letter(before: str, character: str) -> float:
    """Letters themselves are told by their word; here, whether styles and scripts mix."""
    if character.isascii():
        return bare(before, character)
    style = style_of(character)
    own = bare(before, character) + (cost_of(character) if style else max(0.0, cost_of(character) - 3))
    if before.isalpha() and (style_of(before) != style or script_of(before) != script_of(character)):
        return own + _NEVER
    return own + (_GLUED if style and before and (before >= "\U0001f000" or _is_styled_digit(before)) else 0.0)


@lru_cache(maxsize=50_000)
def _sign(context: str, character: str, after: str) -> float:
    kind, before = unicodedata.category(character), context[-1:]
    if kind == "Nd" and style_of(character):
        own = cost_of(character) + _styled_digit(context, character, after)
    elif before == _ZWJ or _has("Emoji_Modifier", character):
        own = cost_of(character) + _sequence(context, character)
    elif character in (_ZWJ, _VS16, _KEYCAP):
        own = cost_of(character) + _joined(before, character, after)
    elif character == before and kind[0] in "SP":
        own = _REPEATED  # rulers
    else:
        amid = kind in ("So", "Sk") and before.isalnum() and after.isascii() and after.isalnum()
        own = cost_of(character) + (_ODD if amid else 0.0)  # no pictograph stands amid a word
    return bare(before, character) + own


def _styled_digit(before: str, character: str, after: str) -> float:
    """Styled digits stand beside others; one alone is hardly ever meant, and emoji lose bytes that make them look so."""
    digit = before[-2:-1] if before[-1:] in (".", ",") else before[-1:]
    among = (bool(digit) and style_of(digit) == style_of(character)) or bool(after > "\x7f")
    return 0.0 if among else _NEVER


def _is_styled_digit(character: str) -> bool:
    return bool(style_of(character)) and not character.isalpha()


def _sequence(context: str, character: str) -> float:
    """Skin tones, and the signs of sex behind a joiner, belong to people (Unicode Technical Standard 51)."""
    if context[-1:] == _ZWJ:
        base = (
            context[-2:-1] if context[-2:-1] != _VS16 and not _has("Emoji_Modifier", context[-2:-1]) else context[-3:-2]
        )
        if character in "♂♀":
            return 0.0 if _has("Emoji_Modifier_Base", base) else _NEVER
        return -_RARE if character in _JOINED else _ODD
    return -_RARE if _has("Emoji_Modifier_Base", context[-1:]) else _NEVER


def bare(before: str, character: str) -> float:
    """Return the cost of an emoji that needs a selector to look like one and has none."""
    if before < "\u2600" or character == _VS16:
        return 0.0
    return _RARE if _is_pictograph_of_text(before) and character != _ZWJ else 0.0


@cache
def _is_pictograph_of_text(character: str) -> bool:
    return _has("Emoji", character) and not _has("Emoji_Presentation", character) and character not in "✔→➜"


@cache
def _has(quality: str, character: str) -> bool:
    """Look up a property of Unicode's emoji data."""
    import regex  # noqa: PLC0415 -- needed for a damaged text only

    return bool(character) and bool(regex.match(rf"\p{{{quality}}}", character))


@cache
def is_emoji(sequence: str) -> bool:
    """Tell whether Unicode recommends a sequence for interchange (emoji-zwj-sequences.txt).

    >>> is_emoji("\U0001f469\u200d\U0001f4bb"), is_emoji("\U0001f680\u200d\U0001f4bb")
    (True, False)
    """
    from emoji import EMOJI_DATA  # noqa: PLC0415 -- large, and needed for a damaged text only

    return sequence in EMOJI_DATA


def _joined(before: str, character: str, after: str) -> float:
    emoji = before == _VS16 or (before > "\x7f" and _has("Emoji", before))
    if character == _ZWJ:
        return 0.0 if emoji and after and not after.isascii() else _NEVER
    if character == _KEYCAP:
        return 0.0 if before == _VS16 or before in "0123456789#*" else _NEVER
    if _has("Emoji_Presentation", before):
        return _ODD if before < "\U0001f000" else _SELDOM
    return 0.0 if (emoji and before != _VS16) or (before and before in "0123456789#*‼⁉") else _NEVER


def _quotation(before: str, character: str, after: str, speech: Speech, *, quoting: bool) -> float:
    opens = not before or before in " \t\n(*_[—–:/\"'" or before == "\u00a0"
    closes = not after or after in " \t\r\n.,;:!?)*_]}—–\"'"
    if character == "„":
        fits = opens and not closes
        return (0.0 if fits else _NEVER) + (0.0 if speech.speaks(_LOW_OPENS) else _ODD)
    if character == "“":
        return (0.0 if opens or quoting else _ODD) + (_RARE if closes and not quoting else 0.0)
    if opens and not closes:
        return 0.5 if speech.speaks(_RIGHT_OPENS) else _NEVER
    if _has("Emoji", before[-1:]) and before > "\u00ae" and not closes:
        return _NEVER
    return (0.0 if quoting else _RARE) + (0.0 if closes else _RARE if not after.isascii() else _ODD)


@lru_cache(maxsize=50_000)
def style_of(letter: str) -> int:
    """Return which alphabet of styled letters a letter is of, 0 for plain letters.

    >>> style_of("𝗧") == style_of("𝘁") != style_of("𝐓"), style_of("T")
    (True, 0)
    """
    value = ord(letter[-1])
    if not 0x1D400 <= value <= 0x1D7FF:
        return 0
    if value < 0x1D6A4:
        return 1 + (value - 0x1D400) // 52
    return 100 + ((value - 0x1D6A8) // 58 if value < 0x1D7CE else 50 + (value - 0x1D7CE) // 10)


@lru_cache(maxsize=50_000)
def script_of(letter: str) -> str:
    """Return the first word of a letter's name, by which scripts are told apart: LATIN, GREEK, CJK."""
    return unicodedata.name(unicodedata.normalize("NFKC", letter)[:1], "").split(" ")[0]


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Return a word in plain letters, for looking it up.

    >>> plain("𝗣𝗹𝗮𝗻")
    'Plan'
    """
    return unicodedata.normalize("NFKC", word) if any(style_of(letter) for letter in word) else word
