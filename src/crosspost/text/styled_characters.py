"""Styled characters: which family each belongs to, and how a word of them is spelled plainly."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from crosspost.text.screening import one_of
from crosspost.text.styled_table import FAMILIES, STAND_INS, Family

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS = "\u0300-\u036f\ufe0f"
_CLUSTER = re.compile(rf".[{_MARKS}]*", re.DOTALL)


@cache
def families() -> dict[str, tuple[Family, str]]:
    """Return each styled character with its family and its plain one, and so what stands in for one."""
    return {
        char: (family, plain)
        for family in (*FAMILIES, *STAND_INS)
        for char, plain in zip(family.styled, family.plain, strict=True)
    }


@cache
def stand_ins() -> frozenset[str]:
    """Return the characters that have a use of their own and tell nothing alone."""
    return frozenset(char for family in STAND_INS for char in family.styled)


@cache
def suspect_characters() -> str:
    """Return a regular expression class of the styled characters that may be styling without others beside them.

    Of the fullwidth ones these are letters and digits alone; circled numbers are styling beside circled letters only.
    """
    return _telling() + _ranges(char for char in _styled("fullwidth") if char.isalnum())


@cache
def _telling() -> str:
    kinds = dict.fromkeys(family.kind for family in FAMILIES if family.kind not in {"fullwidth", "number"})
    return _ranges(char for kind in kinds for char in _styled(kind))


def _styled(kind: str) -> str:
    return "".join(family.styled for family in FAMILIES if family.kind == kind)


@cache
def suspect(*, east_asian: bool) -> re.Pattern[str]:
    """Match one suspect character; fullwidth ones are none in East Asian text."""
    return one_of(_telling() if east_asian else suspect_characters())


@cache
def word_pattern() -> re.Pattern[str]:
    """Match a word of plain and styled letters with their marks; fullwidth punctuation belongs to it.

    A mark in front is that of an emoji before it.
    """
    return re.compile(rf"(?:[^\W_]|[{_ranges(families())}])(?:[^\W_]|[{_ranges(families())}{_MARKS}])*")


def _ranges(chars: Iterable[str]) -> str:
    """Write characters as the inside of a class: runs of code points as ranges, which match faster."""
    codes = sorted(map(ord, chars))
    firsts = [code for left, code in zip([-2, *codes], codes, strict=False) if code != left + 1]
    lasts = [code for code, right in zip(codes, [*codes[1:], -2], strict=True) if right != code + 1]
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in zip(firsts, lasts, strict=True))


def plain_spelling(word: str, names: frozenset[str] | set[str]) -> str:
    """Spell the letters of these families plainly; an accent typed behind one becomes part of it (`𝗲́` → `é`)."""
    table = families()
    pieces = []
    for cluster in _CLUSTER.findall(word):
        family, plain = table.get(cluster[0], (None, ""))
        if family is not None and family.name in names:
            marks = cluster[1:].replace("\ufe0f", "")
            pieces.append(unicodedata.normalize("NFC", plain + marks) if marks else plain)
        else:
            pieces.append(cluster)
    return "".join(pieces)
