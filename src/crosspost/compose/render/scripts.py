"""Raised and lowered characters in plain text: digits and signs have such a form, letters get the sign that people type."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    Mark = Literal["^", "_"]

_SIGNS = "0123456789+-−=()"
_FORMS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "^": dict(zip(map(ord, _SIGNS), "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True)),
        "_": dict(zip(map(ord, _SIGNS), "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
    }
)
_HAS_FORM = frozenset(_SIGNS)


def moved(text: str, mark: Mark) -> str | None:
    """Return `text` raised (`^`) or lowered (`_`); None where a character has no such form.

    >>> moved("10", "^"), moved("2", "_"), moved("n", "^")
    ('¹⁰', '₂', None)
    """
    return text.translate(_FORMS[mark]) if _HAS_FORM.issuperset(text) else None


def marked(text: str, mark: Mark) -> str:
    """Return `text` behind the sign that stands for raising or lowering it.

    >>> marked("n", "^"), marked("n+1", "_")
    ('^n', '_(n+1)')
    """
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"
