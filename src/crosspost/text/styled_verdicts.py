"""Whether a word with styled letters is styling, or means something.

A styled letter alone may mean something (`ℝ`, `𝑥`, `①`, `🅿`, the exponent of `xᵗʰ`), so a word is judged by itself first and
then by its neighbours: what could be either is styling where a word of the same family stands beside it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from crosspost.text.styled_characters import families, plain_spelling, stand_ins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crosspost.text.styled_table import Kind

_EMOJI_LETTERS = frozenset("🅰🅱🅾🅿Ⓜ")  # of all enclosed letters these alone are emoji (emoji-data.txt)
_ORDINALS = frozenset({"st", "nd", "rd", "th", "er", "ers", "re", "res", "nde", "eme", "me", "es", "os", "as"})
# Bars and low lines are more often those of a Markdown table and of emphasis.
_OPERATORS = frozenset("=<>≤≥≠≈≡+−×·∘∈∉∋⊂⊆⊃⊇∪∩∑∏∫∂∇→↦⇒⇔∀∃⊗⊕‖^")
_NO_SMALL_CAPITAL = frozenset("xsq")  # formatters leave these as they are
_PHONETIC = frozenset("ɢɪɴʀʏʙʜʟ")  # the small capitals of the International Phonetic Alphabet (chart of 2020)
# What has no superscript or subscript form, or had none when formatters were made; accented letters have none either.
_NO_SCRIPT = {"raised": frozenset("qCFQSXYZ"), "lowered": frozenset("bcdfgqwyzABCDEFGHIJKLMNOPQRSTUVWXYZ")}
# LingoJam and others fill the holes of the script block from the italic one (`𝒹𝑒𝓋`).
_USED_AS = {"italic": "script"}
_LONGEST_GAP = 3


class Verdict(IntEnum):
    """How sure it is that a word is styling. UNSURE becomes STYLING beside STYLING, the others stay what they are."""

    MEANT = 0
    UNSURE = 1
    STYLING = 2
    SPELLED_OUT = 3  # plain from now on, but no sign that its neighbours are styling


@dataclass(frozen=True, slots=True)
class Word:
    """A word with styled letters.

    Attributes:
        styled: Its styled characters by kind.
        plain: How many plain letters it has.
        before: The character in front of it, past blanks, or nothing.
        after: The character behind it, past blanks, or nothing.
    """

    start: int
    end: int
    text: str
    styled: Mapping[Kind, list[str]]
    plain: int
    before: str
    after: str

    @property
    def in_formula(self) -> bool:
        """Whether an operator stands beside it."""
        return not _OPERATORS.isdisjoint({self.before, self.after})


def judge(words: Sequence[Word], *, east_asian: bool) -> list[set[str]]:
    """Return, for each of the words of a line, the names of the families whose letters are styling in it."""
    verdicts = [_verdicts(word, east_asian=east_asian) for word in words]
    spelt = [at for at, word in enumerate(words) if word.styled.keys() != {"digit"}]  # a number parts no words
    for order in (spelt, spelt[::-1]):
        _follow_neighbours([words[at] for at in order], [verdicts[at] for at in order])
    return [{name for name in found if found[name] >= Verdict.STYLING} for found in verdicts]


def _verdicts(word: Word, *, east_asian: bool) -> dict[str, Verdict]:
    """Judge a word: a verdict for the name of each family that it has characters of."""
    found: dict[str, Verdict] = {}
    for kind, chars in word.styled.items():
        for name in {families()[char][0].name for char in chars}:
            verdict = Verdict.MEANT if kind == "fullwidth" and east_asian else _RULES[kind](word, name)
            found[name] = max(verdict, found.get(name, Verdict.MEANT))
    return found


def _letters(word: Word, name: str | None = None) -> list[str]:
    """The loud letters of a word, of one family or of all."""
    letters = [char for kind in ("mathematical", "upright", "enclosed") for char in word.styled.get(kind, ())]
    return [char for char in letters if name is None or families()[char][0].name == name]


def _style(name: str) -> str:
    return _USED_AS.get(name, name)


def _judge_loud(word: Word, name: str) -> Verdict:
    """Two letters of a family, or three of several, are styling; so is one within a plain word (`𝗧he`).

    So are a script and an italic one, both small or both capitals (`𝒹𝑜`, `𝒜𝐼`). `𝐀𝑥` and `𝐀𝐱 =` are a matrix and a vector, `= 𝑎𝑥 +` is a product;
    letters that are emoji (`🅰️ 🅱️`) are blood groups and car parks.
    """
    letters = _letters(word, name)
    if all(f"{char}\ufe0f" in word.text and char in _EMOJI_LETTERS for char in set(letters)):
        return Verdict.MEANT
    if len(letters) >= 3 or len(_letters(word)) >= 3:
        return Verdict.STYLING
    if _is_mixed_script(word):
        return Verdict.STYLING
    if len(letters) == 2:
        return Verdict.UNSURE if word.in_formula and _is_product(name, letters) else Verdict.STYLING
    return Verdict.STYLING if word.plain >= 2 and letters[0] not in _EMOJI_LETTERS else Verdict.UNSURE


def _is_product(name: str, letters: list[str]) -> bool:
    """Tell whether two letters may be two variables, or a matrix and a vector."""
    first, second = (families()[char][1] for char in letters)
    return name == "italic" or (name in {"bold", "bold italic"} and first.isupper() and second.islower())


def _is_mixed_script(word: Word) -> bool:
    letters = _letters(word)
    names = {families()[char][0].name for char in letters}
    plain = "".join(families()[char][1] for char in letters)
    return names == {"script", "italic"} and not word.in_formula and (plain.islower() or plain.isupper())


def _judge_upright(word: Word, name: str) -> Verdict:
    """As loud ones; and one alone is a word of one letter (`𝗔 plan`) unless it stands in a formula."""
    return Verdict.UNSURE if word.in_formula and len(_letters(word, name)) < 2 else Verdict.STYLING


def _judge_fullwidth(word: Word, _name: str) -> Verdict:
    letters = sum(char.isalnum() for char in word.styled["fullwidth"])
    return Verdict.STYLING if letters >= 2 or (letters and word.plain >= 2) else Verdict.UNSURE


def _judge_small_capitals(word: Word, _name: str) -> Verdict:
    """Small capitals fill a word, but for a capital in front and the letters that have no small capital.

    Those of the phonetic alphabet alone may be phonetic: beside other plain letters (`bɪɡ`), between slashes or brackets.
    """
    small = [char for char in word.styled["small capital"] if char not in stand_ins()]
    phonetic = _PHONETIC.issuperset(small)
    rest = {char for char in word.text if char.isalpha()}.difference(word.styled["small capital"])
    if any(not (char.isupper() or char in _NO_SMALL_CAPITAL or (not phonetic and _is_accented(char))) for char in rest):
        return Verdict.MEANT
    if len(small) < 2 or (phonetic and word.before in {"/", "[", "ˈ"}):
        return Verdict.UNSURE
    return Verdict.STYLING


def _judge_script(word: Word, _name: str) -> Verdict:
    """Raised or lowered letters are styling where they are the word; behind a letter they are index or exponent.

    `wₒᵣₗd` is a word too: formatters leave letters plain that have no such form, and beside styled words `dₒg` is one.
    `1ˢᵗ` reads as `1st` to everyone.
    """
    scripts = word.styled.get("raised", []) + word.styled.get("lowered", [])
    letters = [char for char in scripts if families()[char][1].isalpha() and char not in stand_ins()]
    starts, ends = word.text[0] in scripts, word.text[-1] in scripts
    if starts and len(letters) >= 2:
        return Verdict.UNSURE if word.before in {")", "]", "}"} else Verdict.STYLING
    if not ends and len(letters) > word.plain:
        return Verdict.STYLING
    digits = word.text[: -len(scripts)]
    ordinal = digits.isdecimal() and plain_spelling("".join(scripts), {"superscript"}) in _ORDINALS
    if ordinal:
        return Verdict.SPELLED_OUT
    return Verdict.UNSURE if len(letters) > word.plain or _lacks_forms(word, scripts) else Verdict.MEANT


def _lacks_forms(word: Word, scripts: list[str]) -> bool:
    """Tell whether a formatter could but leave the plain letters of a word as they are."""
    left = {char for char in word.text if char.isalnum()}.difference(scripts)
    lacking = frozenset[str]().union(*(forms for kind, forms in _NO_SCRIPT.items() if kind in word.styled))
    return all(char in lacking or char.isdecimal() or _is_accented(char) for char in left)


def _judge_currency(word: Word, _name: str) -> Verdict:
    """Currency signs are letters amid letters with strokes (`₮ⱧɆ ₱Ⱡ₳₦`); a price has digits (`₱200`)."""
    signs = word.styled["currency"]
    rest = {char for char in word.text if char.isalnum()}.difference(signs)
    if any(not (char in "JQV" or _is_accented(char)) for char in rest):
        return Verdict.MEANT
    strokes = [char for char in signs if char in stand_ins()]
    letters = strokes or (rest and len(word.text) > 2)
    return Verdict.STYLING if letters and len(signs) > len(strokes) else Verdict.UNSURE


def _is_accented(letter: str) -> bool:
    return letter > "\x7f" and unicodedata.normalize("NFD", letter)[0].isascii()


_RULES: Mapping[Kind, Callable[[Word, str], Verdict]] = {
    "mathematical": _judge_loud,
    "upright": _judge_upright,
    "digit": lambda _word, _name: Verdict.STYLING,
    "enclosed": _judge_loud,
    "number": lambda _word, _name: Verdict.UNSURE,
    "fullwidth": _judge_fullwidth,
    "small capital": _judge_small_capitals,
    "raised": _judge_script,
    "lowered": _judge_script,
    "currency": _judge_currency,
}


def _follow_neighbours(words: Sequence[Word], verdicts: list[dict[str, Verdict]]) -> None:
    """Settle what is unsure by the word in front, where little stands between."""
    for index in range(1, len(words)):
        left, right = sorted(words[index - 1 : index + 1], key=lambda word: word.start)
        if right.start - left.end > _LONGEST_GAP:
            continue
        styles = {_style(name) for name, verdict in verdicts[index - 1].items() if verdict is Verdict.STYLING}
        for name, verdict in verdicts[index].items():
            if verdict is Verdict.UNSURE and _style(name) in styles:
                verdicts[index][name] = Verdict.STYLING
