"""What looks garbled and need not be: samples that an author shows on purpose, and capitals beside a sign."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A quotation of a word or three. A value of front matter is in quotation marks for YAML's sake, one of an HTML attribute
# for HTML's, and neither is a sample.
_QUOTED = re.compile(
    r"(?<![\w=])(?:“[^“”\n]{1,40}”|„[^„“”\n]{1,40}[“”]|«[^«»\n]{1,40}»|‘[^‘’\n]{1,40}’|\"[^\"\n]{1,40}\"|'[^'\n]{1,40}')(?!\w)"
)
_VALUE = re.compile(r"(?:^|\n)[ \t]*(?:[\w.-]+:|-)[ \t]+\Z")
# Portuguese and Vietnamese words in capitals end in Ã; with the sign behind it that is Ô, Ö or × garbled.
_CAPITAL_AND_SIGN = re.compile(r"(?<=[^\W\d_a-zß-ÿ])[ÂÃ](?:—|[“”‘’»«–…](?!\w))")
# `”Åland”` is a quotation; as Mac Roman it would be a letter that hardly any text has (Ӂ). Amid a word it is none: `для`
# with a byte lost is `Ð´Ð»Ñ`.
_SIGN_AND_CAPITAL = re.compile(r"(?<![^\W_])[“”‘’»«…][ÀÁÄ-Ý](?![^\x00-\x7f])")
_BYTE_ORDER_MARK = re.compile(r"(?!\A)ï»¿")


def quotations_in(text: str) -> Iterator[tuple[int, int]]:
    """Find short quotations.

    >>> [text[start:end] for text in ('Not “Ã©”, but é.', 'title: "Ã©"') for start, end in quotations_in(text)]
    ['“Ã©”']
    """
    for match in _QUOTED.finditer(text):
        if not _VALUE.search(text, max(match.start() - 80, 0), match.start()):
            yield match.span()


def meant_in(text: str) -> Iterator[tuple[int, int]]:
    """Find what is never damage: a quotation mark and a capital; the garbled byte order mark where no file begins.

    There, one is only ever talked about.
    """
    for pattern in (_BYTE_ORDER_MARK, _SIGN_AND_CAPITAL):
        yield from (match.span() for match in pattern.finditer(text))


def byte_order_marks_in(text: str) -> Iterator[tuple[int, int]]:
    """Find garbled byte order marks where no file begins."""
    return (match.span() for match in _BYTE_ORDER_MARK.finditer(text))


def ambiguous_in(text: str) -> Iterator[tuple[int, int]]:
    """Find capitals before a sign, which tell nothing by themselves."""
    return (match.span() for match in _CAPITAL_AND_SIGN.finditer(text))
