"""HTML's character references, however many digits they have."""

from __future__ import annotations

import html
import re

_MANY_DIGITS = re.compile(r"&#(?=\d{9})0*(\d{1,8})\d*+")


def bounded(text: str) -> str:
    """Shorten numbers that no character has; Python turns none of over 4,300 digits into an integer (`sys.set_int_max_str_digits`).

    >>> bounded("&#0000000065; &#123456789012;")
    '&#65; &#12345678;'
    """
    return _MANY_DIGITS.sub(r"&#\1", text) if "&#" in text else text


def unescape(text: str) -> str:
    """Replace character references by what they stand for, as `html.unescape` does, in any text."""
    return html.unescape(bounded(text))
