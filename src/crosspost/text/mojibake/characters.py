"""How likely a character is in a post, before anything is known of the words around it.

Costs are minus the natural logarithm of a probability, roughly. Those of emoji are counted, by
`scripts/generate_emoji_tables.py`; the order of signs is a judgement, set while looking at real posts, and wrong by a
little, it is outvoted by what stands around.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from crosspost.text.mojibake.topics import listed

MAX_COST = 24.0  # as good as never
_LETTER = 3.0  # words decide about letters
_SIGNS = {
    2.0: "’”“—–…•",
    3.0: "\u00a0‘»«·°€ ✅→©®™",
    4.0: "\u202f„‚£§¿¡×½²³ªº›‹️‍⃣➡←↓↑✔✓★●▪➖▬☕⚡❤⬇⬆✨❌",
    5.0: "¹¼¾±µ¶†‡‰′″−≈≠≤≥∞√☀♂♀◆■□○►▶✦✪☆▬▁▐▔❗❓⭐⚠ℹ✳✍☺⚙⚖✈✉☎⏰⏳⌛⌨⬅☑№♻",
    7.0: "ƒ¬¦¨´¸¢¥¤¯­⁉‼↗↘↔⇒│─├└┌┐┤┘━═║█▓▒░❝❞➜➔➤➕❣♥♦♣♠♀☁☔⛔⛳⌚⏩⏸⏱⚽⚪⚫⛅✊✋✌☝✂✏✒✖♿❇❎⬛⬜🇺🇸🇪🇬🇧🇩🇫🇷🇨🇮🇹🇳🇱🇵🇹",
}
_SYMBOLS = {"Sm": 10.0, "So": 11.0, "Sk": 12.0, "Sc": 9.0, "Po": 11.0, "Pd": 11.0, "Ps": 12.0, "Pe": 12.0}


@cache
def cost_of(character: str) -> float:
    r"""Return the cost of a character; `MAX_COST` and more for what no post has.

    >>> cost_of("”") < cost_of("🚀") < cost_of("⸗") < cost_of("\x85")
    True
    """
    return _listed().get(character) or _by_kind(character)


@cache
def _listed() -> dict[str, float]:
    costs: dict[str, float] = {}
    for cost, characters in (*_SIGNS.items(), *listed().by_cost):
        for character in characters:
            costs.setdefault(character, cost)
    return costs


def _by_kind(character: str) -> float:
    category = unicodedata.category(character)
    if category[0] in "CZ" and character != "\u00a0":
        return 8.0 if character in "\u200e\u200f\u200b\u2009\u200a\u200c\u2060\ufeff" else MAX_COST
    if 0x1D400 <= ord(character) <= 0x1D7FF:
        return _styled(ord(character))
    if ord(character) >= 0x10000:
        return 18.0 if ord(character) < 0x1F000 else 14.0  # ancient scripts, musical notation; tiles, alchemy
    if category[0] in "LMN":
        return _letter(character)
    return _SYMBOLS.get(category, 12.0) + (4.0 if "\u2ff0" <= character <= "\u33ff" else 0.0)


def _styled(value: int) -> float:
    """Bold sans-serif is what people like best; the mathematical alphabets beyond Latin are hardly used."""
    for first, last, cost in (
        (0x1D5D4, 0x1D607, 5.0),
        (0x1D400, 0x1D433, 5.5),
        (0x1D63C, 0x1D66F, 6.5),
        (0x1D468, 0x1D49B, 6.5),
        (0x1D7CE, 0x1D7FF, 7.0),
        (0x1D608, 0x1D63B, 7.5),
        (0x1D434, 0x1D467, 7.5),
        (0x1D49C, 0x1D5D3, 8.0),
        (0x1D670, 0x1D6A3, 8.0),
    ):
        if first <= value <= last:
            return cost
    return 14.0


def _letter(character: str) -> float:
    value = ord(character)
    if value < 0x180 or character in "ȘșȚțĂăƠơƯư":
        return _LETTER
    if 0x386 <= value <= 0x3CE or 0x401 <= value <= 0x45F:
        return _LETTER
    if 0x3040 <= value <= 0x30FF or 0x1EA0 <= value <= 0x1EF9 or value in (0x490, 0x491):
        return 4.0
    if 0x5D0 <= value <= 0x5EA or 0x620 <= value <= 0x6CC or 0x900 <= value <= 0x97F or 0xE00 <= value <= 0xE5B:
        return 4.0
    if 0x4E00 <= value <= 0x9FFF or 0xAC00 <= value <= 0xD7A3:
        return 8.0
    return 13.0 if value < 0x3000 else 15.0
