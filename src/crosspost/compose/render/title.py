"""Whether a heading says the same as the post's title."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import regex

_OPENING = 24  # characters
_NOT_A_WORD = re.compile(r"[\W_]+")
# Normalisation takes the square of the number of marks on one letter; no script has more than a few (UAX 15, D3).
_MARKS_TOO_MANY = regex.compile(r"(?<=\p{M}{30})\p{M}+")


@lru_cache(maxsize=64)  # a title is compared with every heading
def loose(text: str) -> str:
    """Return what is left to compare: letters and digits, without case, marks of style, emoji, punctuation.

    NFKC turns styled letters into plain ones; here it only compares and never reaches a reader.

    >>> loose("The 𝗣𝗼𝘄𝗲𝗿 of *Mentorship* 🚀!") == loose("the power of mentorship")
    True
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _MARKS_TOO_MANY.sub("", text))
    return _NOT_A_WORD.sub("", text.casefold())


def repeats(text: str, title: str | None) -> bool:
    """Tell whether `text` repeats the title; a title without a letter is never repeated.

    >>> repeats("Ten Tips 🎉", "Ten tips"), repeats("Ten", "Ten tips"), repeats("🎉", "🎉"), repeats("x", None)
    (True, False, False, False)
    """
    wanted = loose(title or "")
    return bool(wanted) and _may_be(text, wanted) and loose(text) == wanted


def _may_be(text: str, wanted: str) -> bool:
    """Tell by its opening: what starts otherwise need not be gone through."""
    opening = text[: _OPENING + 1]  # with what may be a mark on the last letter
    if opening[:2].isascii() and opening[:1].isalpha() and not wanted.startswith(opening[0].lower()):
        return False
    return not opening.isascii() or wanted.startswith(loose(opening[:_OPENING])[: len(wanted)])
