"""How alike two texts are, whatever an author edits by hand on the way to LinkedIn. Pure.

Compared are the pairs of neighbouring words, without case, styled letters, marks, emoji, addresses and hashtags: an edited
word costs two pairs of some hundred, a paragraph moved elsewhere two as well, and two different posts of one author share
few pairs.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_ADDRESS_OR_TAG = re.compile(r"(?:https?://|www\.|lnkd\.in/)\S+|[#＃]\w+")
_WORD = re.compile(r"\w+")
_MOST = 40_000  # characters; LinkedIn takes 3,000, and normalising takes time
_ENOUGH = 30  # pairs that one text must have to be recognised as a part of the other

Pairs = frozenset[tuple[str, str]]


def pairs_of(text: str) -> Pairs:
    """Return what is compared.

    >>> pairs_of("𝗧𝗵𝗲 Power of… 🚀 #growth") == pairs_of("the power OF https://example.com")
    True
    """
    plain = unicodedata.normalize("NFKC", _ADDRESS_OR_TAG.sub(" ", text[:_MOST])).casefold().replace("_", " ")
    return frozenset(pairwise(["", *_WORD.findall(plain), ""]))


def likeness(one: Pairs, other: Pairs) -> float:
    """Return 0 for texts that have nothing in common to 1 for texts that say the same, or of which one is a part of the other.

    A text of a few words is no part of another, however many of them it uses: then all of both counts (Dice).

    >>> likeness(pairs_of("One two three"), pairs_of("one, two, three!"))
    1.0
    """
    common, fewer = len(one & other), min(len(one), len(other))
    if fewer >= _ENOUGH:
        return common / fewer
    return 2 * common / (len(one) + len(other)) if one or other else 0.0
