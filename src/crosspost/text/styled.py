"""Styled letters back to plain ones, and invisible characters away."""

from __future__ import annotations

from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from crosspost.text import invisible, upside_down
from crosspost.text.combining import MARKS, decorating_marks
from crosspost.text.edits import apply
from crosspost.text.flag_letters import flag_letters
from crosspost.text.repaired import Repaired
from crosspost.text.screening import one_of
from crosspost.text.styled_characters import suspect_characters
from crosspost.text.styled_words import styled_words
from crosspost.text.verbatim import Verbatim, addresses_in, code_in

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from crosspost.model import Repair
    from crosspost.text.edits import Edit

    _Finder = Callable[[str, Verbatim], Iterator[Edit]]

# No suspect is among these, so that a text without any others is passed over as bytes: in a quarter of the time.
_ORDINARY = bytes(range(0x20, 0x7F)) + b"\t\n\r"
# A letter may be styling only because its neighbour has turned plain. That is rare, and nothing asks for more rounds but
# text made to.
_MOST_ROUNDS = 6


class _Pass(NamedTuple):
    """One kind of alteration: texts without a suspect are passed over."""

    step: Literal["styled", "invisible"]
    suspects: str
    find: _Finder


def unstyle(text: str) -> Repaired:
    """Turn styled letters into plain ones and remove invisible characters without function.

    Screen readers spell such letters one by one or skip them, and neither search nor hashtags match them. What means
    something stays (docs/text-repair.md has the list), and so do code, Liquid tags and addresses. Never NFKC: that would
    break `™`, `½`, `²`, `…` and the fullwidth forms of East Asian text.

    Args:
        text: Markdown, with or without front matter, or a line such as a title.

    Returns:
        Steps "styled" and "invisible"; nothing is ever offered. Clean text comes back as the same object.

    >>> unstyle("𝗧𝗵𝗲 𝗽𝗹𝗮𝗻 for ℝ and H₂O™").text
    'The plan for ℝ and H₂O™'
    """
    if not _any_suspect().search(_unusual(text)):
        return Repaired(text=text)
    repairs: list[Repair] = []
    plain = text
    for _ in range(_MOST_ROUNDS):
        plain, made = _round(plain)
        repairs += made
        if not made:
            break
    if not repairs:
        return Repaired(text=text)
    return Repaired(text=plain, repairs=tuple(sorted(repairs, key=lambda repair: repair.line)))


def _round(text: str) -> tuple[str, list[Repair]]:
    """Make each pass once."""
    repairs: list[Repair] = []
    unusual = _unusual(text)
    for kind in _passes():
        if one_of(kind.suspects).search(unusual):
            text, made = apply(text, kind.find(text, _verbatim(text, kind)), kind.step)
            unusual = _unusual(text) if made else unusual
            repairs += made
    return text, repairs


def _unusual(text: str) -> str:
    """Return the characters of a text that may be suspects."""
    encoded = str.encode(text, "utf-8", "surrogatepass")
    return encoded.translate(None, _ORDINARY).decode("utf-8", "surrogatepass")


@cache
def _passes() -> tuple[_Pass, ...]:
    """Return the passes in their order: what parts letters lest they make flags is invisible, marks hide letters."""
    passes: tuple[tuple[Literal["styled", "invisible"], str, _Finder], ...] = (
        ("styled", "🇦-🇿", flag_letters),
        ("invisible", invisible.SUSPECTS, invisible.useless_invisibles),
        ("styled", MARKS, decorating_marks),
        ("styled", suspect_characters(), styled_words),
        ("styled", upside_down.SUSPECTS, upside_down.upside_down),
    )
    return tuple(_Pass(*kind) for kind in passes)


@cache
def _any_suspect() -> re.Pattern[str]:
    return one_of("".join(kind.suspects for kind in _passes()))


def _verbatim(text: str, kind: _Pass) -> Verbatim:
    """Code stays; so do styled addresses, which are part of their names. An invisible character in one only breaks it."""
    return Verbatim(chain(code_in(text), addresses_in(text) if kind.step == "styled" else ()))
