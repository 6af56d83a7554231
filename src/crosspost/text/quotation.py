"""What looks garbled and need not be: samples that an author shows on purpose, and capitals before a sign."""

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
_BYTE_ORDER_MARK = re.compile(r"(?!\A)ï»¿")


def quotations_in(text: str) -> Iterator[tuple[int, int]]:
    """Find short quotations.

    >>> [text[start:end] for text in ('Not “Ã©”, but é.', 'title: "Ã©"') for start, end in quotations_in(text)]
    ['“Ã©”']
    """
    for match in _QUOTED.finditer(text):
        if not _VALUE.search(text, max(match.start() - 80, 0), match.start()):
            yield match.span()


def byte_order_marks_in(text: str) -> Iterator[tuple[int, int]]:
    """Find garbled byte order marks where no file begins: there, one is only ever talked about."""
    return (match.span() for match in _BYTE_ORDER_MARK.finditer(text))


def ambiguous_in(text: str) -> Iterator[tuple[int, int]]:
    """Find capitals before a sign that tell nothing by themselves."""
    return (match.span() for match in _CAPITAL_AND_SIGN.finditer(text))
