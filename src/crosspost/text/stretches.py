"""Where a damaged text is looked at: the lines that may be damaged, without what stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.text.decoding import decodings
from crosspost.text.quotation import ambiguous_in, meant_in, quotations_in
from crosspost.text.suspicion import is_broken, is_suspect
from crosspost.text.verbatim import Verbatim, addresses_in, code_in, front_matter_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.text.verbatim import Span

_SCALAR = re.compile(r"(?:[\w.-]+:|-)[ \t]+(?P<quote>[\"'])(?P<value>.*)(?P=quote)[ \t]*\r?\Z")


def suspect_lines(text: str) -> Iterator[Span]:
    """Yield the lines that may be damaged, without their ends."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        line = text[start:end].rstrip("\r\n")
        if is_suspect(line):
            yield start, start + len(line)
        start = end


def kept_in(text: str) -> tuple[Span, ...]:
    """Return what is never repaired."""
    return (*code_in(text), *addresses_in(text), *meant_in(text))


def kept_unless_damaged(text: str, kept: tuple[Span, ...]) -> Verbatim:
    """Return what is not repaired in a text that has no damage elsewhere: what never is, and what may be shown on purpose."""
    return Verbatim((*kept, *quotations_in(text), *ambiguous_in(text)))


def is_damaged(text: str, lines: tuple[Span, ...], verbatim: Verbatim) -> bool:
    """Tell whether there is any mojibake outside the stretches that may show it on purpose."""
    prose = [stretch for line in lines for stretch in verbatim.between(*line)]
    return any(is_broken(text[start:end]) for start, end in prose) or any(decodings(text, prose, blanks_are_bytes=True))


def prose_in(text: str, verbatim: Verbatim) -> list[Span]:
    """Return the stretches of a text to read, line by line; the quotation marks of a YAML scalar are not among them."""
    found: list[Span] = []
    body, start = front_matter_end(text), 0
    for line in text.split("\n"):
        scalar = _SCALAR.match(line) if start < body else None
        first, last = scalar.span("value") if scalar else (0, len(line))
        found += verbatim.between(start + first, start + last)
        start += len(line) + 1
    return found


def spans_of(text: str, lines: frozenset[int]) -> Iterator[Span]:
    """Yield where the lines with these numbers, from 1, stand."""
    start = 0
    for number, line in enumerate(text.split("\n") if lines else (), start=1):
        if number in lines:
            yield start, start + len(line)
        start += len(line) + 1
