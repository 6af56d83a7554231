"""Write src/crosspost/text/styled_table.py: the letters that formatter sites put in place of plain ones.

Everything comes from Python's own Unicode database (`unicodedata`): names, decompositions, categories. Characters that
Unicode added after version 14 (Python 3.11) are left out, so that every Python writes the same table.

    python scripts/generate_styled_letters.py            # print the table
    python scripts/generate_styled_letters.py --write    # replace the module
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLE = Path(__file__).parent.parent / "src" / "crosspost" / "text" / "styled_table.py"


@dataclass(frozen=True)
class Source:
    """One block of Unicode to read families from.

    Attributes:
        kind: How the words of these families are told from honest use; `styled_words` has the rules.
        ranges: First and last code point of each stretch.
        plain: The plain character of a styled one, or None where it is no styled letter.
        family: Its family, so that letters and digits of one style belong together.
        out: Why the neighbours are not in the table.
    """

    kind: str
    ranges: tuple[tuple[int, int], ...]
    plain: Callable[[str], str | None]
    family: Callable[[str], str]
    out: str


def _compatible(tag: str) -> Callable[[str], str | None]:
    """Characters that the database calls a `<tag>` form of a single other character.

    The plain one is the end of the chain (𝚹 is a font form of ϴ, and that is a form of Θ).
    """

    def plain(char: str) -> str | None:
        kind, _, rest = unicodedata.decomposition(char).partition(" ")
        return unicodedata.normalize("NFKC", char) if kind == f"<{tag}>" and " " not in rest else None

    return plain


def _style(char: str) -> str:
    """`MATHEMATICAL SANS-SERIF BOLD SMALL A` → `sans-serif bold`; the letterlike holes have no first word."""
    name = unicodedata.name(char).removeprefix("MATHEMATICAL ")
    letter = r" (?=CAPITAL|SMALL|DIGIT|DOTLESS|NABLA|PARTIAL|EPSILON|THETA|KAPPA|PHI|RHO|PI\b)"
    style = re.split(letter, name)[0].lower()
    return {"planck constant": "italic", "black-letter": "fraktur"}.get(style, style)


def _mathematical(*, digits: bool, upright: bool) -> Callable[[str], str | None]:
    """Letters or digits; `upright` picks the styles that running mathematics hardly uses for a single letter."""
    font = _compatible("font")

    def plain(char: str) -> str | None:
        letter = font(char)
        if letter is None:
            return None
        style = _style(char)
        loud = style.startswith(("sans-serif", "monospace"))
        if style == "double-struck" or not letter.isdecimal():
            return letter if not digits and loud == upright else None
        return letter if digits else None

    return plain


def _letterlike(char: str) -> str | None:
    """The letters whose place in the mathematical block is empty because they were encoded before it."""
    return _compatible("font")(char) if char in "ℎℬℰℱℋℐℒℳℛℯℊℴℭℌℑℜℨℂℍℕℙℚℝℤℓ" else None


def _named(pattern: str) -> Callable[[str], str | None]:
    """Characters whose whole name matches, with the letter as the group."""

    def plain(char: str) -> str | None:
        match = re.fullmatch(pattern, unicodedata.name(char, ""))
        if match is None:
            return None
        letter = match["letter"]
        return letter if "CAPITAL LETTER" in unicodedata.name(char) else letter.lower()

    return plain


def _numbered(prefix: str) -> Callable[[str], str | None]:
    words = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
    names = {f"{prefix} {word}": str(value) for value, word in enumerate(words)}

    def plain(char: str) -> str | None:
        return names.get(unicodedata.name(char, ""))

    return plain


def _script_letter(tag: str) -> Callable[[str], str | None]:
    """Raised or lowered forms of A to Z and a to z alone."""
    compatible = _compatible(tag)

    def plain(char: str) -> str | None:
        letter = compatible(char)
        return letter if letter is not None and letter.isascii() and letter.isalpha() else None

    return plain


def _script_digit(tag: str) -> Callable[[str], str | None]:
    """Raised or lowered digits."""
    compatible = _compatible(tag)

    def plain(char: str) -> str | None:
        digit = compatible(char)
        return digit if digit is not None and digit.isdecimal() else None

    return plain


def _one_of(pairs: dict[str, str]) -> Callable[[str], str | None]:
    return pairs.get


def _called(name: str) -> Callable[[str], str]:
    return lambda _: name


SOURCES = (
    Source(
        "mathematical",
        ((0x1D400, 0x1D7FF), (0x2100, 0x214F)),
        lambda char: _letterlike(char) if ord(char) < 0x3000 else _mathematical(digits=False, upright=False)(char),
        _style,
        "Arabic mathematical letters (1EE00) are no formatter's; of the Letterlike Symbols only the 24 holes of this block"
        " and ℓ are in: ™ ℠ № ℃ ℉ Ω K Å ℹ ℏ ℘ ⅅ and the double-struck ℼ ℽ ℾ ℿ mean what they are",
    ),
    Source(
        "upright",
        ((0x1D400, 0x1D7FF),),
        _mathematical(digits=False, upright=True),
        _style,
        "as above; these styles are set apart because mathematics hardly has single letters in them",
    ),
    Source(
        "digit",
        ((0x1D7CE, 0x1D7FF),),
        _mathematical(digits=True, upright=False),
        _style,
        "double-struck digits stand with the letters, for 𝟙 is the indicator function",
    ),
    Source(
        "enclosed",
        ((0x24B6, 0x24E9),),
        _compatible("circle"),
        _called("circled"),
        "© ® are signs; circled Katakana, Hangul and ideographs are no letters of a formatter",
    ),
    Source(
        "number",
        ((0x2460, 0x2468), (0x24EA, 0x24EA)),
        _compatible("circle"),
        _called("circled"),
        "⑩ to ㊿ number lists and stand for more than one digit; keycaps are sequences, not characters",
    ),
    Source(
        "number",
        ((0x24FF, 0x24FF), (0x2776, 0x277E)),
        lambda char: (
            _numbered("DINGBAT NEGATIVE CIRCLED DIGIT")(char) or _numbered("NEGATIVE CIRCLED DIGIT")(char)
        ),
        _called("negative circled"),
        "❿ ⓫ to ⓴ stand for more than one digit; ➀ ➊ number lists",
    ),
    Source(
        "enclosed",
        ((0x249C, 0x24B5), (0x1F110, 0x1F129)),
        _named(r"PARENTHESIZED LATIN (?:SMALL|CAPITAL) LETTER (?P<letter>[A-Z])"),
        _called("parenthesised"),
        "🄪 to 🄮 are signs of their own (tortoise shell S, circled CD, WZ)",
    ),
    Source(
        "number",
        ((0x2474, 0x247C),),
        _numbered("PARENTHESIZED DIGIT"),
        _called("parenthesised"),
        "⑽ to ⒇ number lists and stand for more than one digit",
    ),
    Source(
        "enclosed",
        ((0x1F130, 0x1F149),),
        _compatible("square"),
        _called("squared"),
        "🅊 HV to 🅏 WC are signs of several letters, as are ㎏ ㎡ and their like",
    ),
    Source(
        "enclosed",
        ((0x1F150, 0x1F169),),
        _named(r"NEGATIVE CIRCLED LATIN CAPITAL LETTER (?P<letter>[A-Z])"),
        _called("negative circled"),
        "🅪 MC, 🅫 MD, 🅬 MR are marks of law",
    ),
    Source(
        "enclosed",
        ((0x1F170, 0x1F189),),
        _named(r"NEGATIVE SQUARED LATIN CAPITAL LETTER (?P<letter>[A-Z])"),
        _called("negative squared"),
        "🆊 crossed P is a traffic sign; 🆎 🆑 to 🆚 are emoji of several letters",
    ),
    Source(
        "fullwidth",
        ((0xFF01, 0xFF5E), (0x3000, 0x3000)),
        lambda char: " " if char == "\u3000" else _compatible("wide")(char),
        _called("fullwidth"),
        "｟ ｠ ￠ ￡ ￥ are punctuation and signs; halfwidth Katakana and Hangul are letters of their languages",
    ),
    Source(
        "small capital",
        ((0x0250, 0x02AF), (0x1D00, 0x1D22), (0xA730, 0xA7AF)),
        _named(r"LATIN LETTER SMALL CAPITAL (?P<letter>[A-Z])"),
        _called("small capital"),
        "ᴁ Æ, ʛ hooked G, ʁ inverted R, ᴎ reversed N, ᴃ barred B are phonetic letters; X has no small capital",
    ),
    Source(
        "raised",
        ((0x02B0, 0x02B8), (0x02E1, 0x02E3), (0x1D2C, 0x1DBF), (0x2071, 0x2071), (0x207F, 0x207F), (0x2C7D, 0x2C7D), (0xA7F2, 0xA7F4)),
        _script_letter("super"),
        _called("superscript"),
        "⁺ ⁻ ⁼ are exponents, ª º ordinals; ᵅ ᵝ ʱ ˤ and other phonetic modifiers are no A to Z",
    ),
    Source(
        "lowered",
        ((0x1D62, 0x1D65), (0x2090, 0x209C), (0x2C7C, 0x2C7C)),
        _script_letter("sub"),
        _called("subscript"),
        "ₔ ᵦ ᵧ ᵨ are no A to Z",
    ),
    Source(
        "currency",
        ((0x0E3F, 0x0E3F), (0x20A0, 0x20C0)),
        _one_of(dict(zip("฿₳₵₣₲₭₥₦₱₴₮₩", "BACFGKMNPSTW", strict=True))),
        _called("currency"),
        "€ $ £ ¥ ₹ and the others stand for no letter in the alphabet of currency signs that formatters have",
    ),
)  # fmt: skip

# What formatter sites put where a style has no character. Each has a use of its own, so none makes a text suspect: it
# counts beside letters of the style only.
STAND_INS = (
    Source(
        "small capital",
        ((0x01EB, 0x01EB), (0x0493, 0x0493)),
        _one_of({"ǫ": "q", "ғ": "f"}),
        _called("small capital"),
        "for Q, and for F before Unicode 5.1 had ꜰ: a letter of Navajo and one of Kazakh",
    ),
    Source(
        "raised",
        ((0x00B2, 0x00B9), (0x2070, 0x2079)),
        _script_digit("super"),
        _called("superscript"),
        "digits are exponents and footnotes",
    ),
    Source(
        "raised",
        ((0x06F9, 0x06F9), (0x1466, 0x1466), (0x146B, 0x146B), (0x1506, 0x1506), (0x157D, 0x157D), (0x1646, 0x1646), (0x1D5E, 0x1D60), (0x1DA6, 0x1DB8)),
        _one_of(dict(zip("۹ᑦᑫᔆᕽᙆᵞᵠᶦᶫᶰᶸ", "qCqSXZYqilnu", strict=True))),
        _called("superscript"),
        "for Q, C, S, X, Y and Z, and other forms of i, l, n and u: a Persian digit, Cree syllables, phonetic modifiers",
    ),
    Source(
        "lowered",
        ((0x2080, 0x2089),),
        _script_digit("sub"),
        _called("subscript"),
        "digits are chemistry and indices",
    ),
    Source(
        "currency",
        ((0x00D8, 0x00D8), (0x0110, 0x0142), (0x0244, 0x024E), (0x04FE, 0x04FE), (0x2C60, 0x2C6B)),
        _one_of(dict(zip("ĐɆⱧłⱠØⱤɄӾɎⱫ", "DEHILORUXYZ", strict=True))),
        _called("currency"),
        "letters with strokes, for what has no currency sign",
    ),
)  # fmt: skip


def families(sources: tuple[Source, ...]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield kind, family, styled characters, plain characters and the reason for each family of each source."""
    for source in sources:
        found: dict[str, list[tuple[str, str]]] = {}
        for first, last in source.ranges:
            for char in map(chr, range(first, last + 1)):
                plain = source.plain(char)
                if plain is not None:
                    found.setdefault(source.family(char), []).append((char, plain))
        for family, pairs in found.items():
            yield source.kind, family, "".join(s for s, _ in pairs), "".join(p for _, p in pairs), source.out


def table() -> str:
    """The text of the module."""
    lines = [
        '"""Styled letters, family by family, and the plain ones they stand for.',
        "",
        "Written by scripts/generate_styled_letters.py from the Unicode database; change the script, not this file.",
        "Each comment says why the neighbours of the ranges beneath it are out.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Literal, NamedTuple",
        "",
        "Kind = Literal[",
        *(f'    "{kind}",' for kind in dict.fromkeys(source.kind for source in SOURCES)),
        "]",
        "",
        "",
        "class Family(NamedTuple):",
        '    """Characters of one style; `plain[i]` is what `styled[i]` stands for."""',
        "",
        "    kind: Kind",
        "    name: str",
        "    styled: str",
        "    plain: str",
        "",
        "",
        *_tuple("FAMILIES", SOURCES),
        "",
        "# What formatter sites put where a style has no character; each has a use of its own, and counts beside letters of",
        "# the style only.",
        *_tuple("STAND_INS", STAND_INS),
    ]
    return "\n".join([*lines, ""])


def _tuple(name: str, sources: tuple[Source, ...]) -> Iterator[str]:
    yield f"{name} = ("
    last = ""
    for kind, family, styled, plain, out in families(sources):
        if out != last:
            yield from (f"    # {part}" for part in _wrapped(out))
            last = out
        yield "    Family("
        yield from (f"        {_literal(value)}," for value in (kind, family, styled, plain))
        yield "    ),"
    yield ")"


def _literal(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\u3000", "\\u3000")
    return f'"{escaped}"' if '"' not in value or "'" in value else f"'{value}'"


def _wrapped(text: str, width: int = 112) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}".lstrip()
    yield line


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        TABLE.write_text(table(), encoding="utf-8", newline="\n")
    else:
        sys.stdout.write(table())
