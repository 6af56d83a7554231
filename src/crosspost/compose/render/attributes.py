"""Attribute lists within text, which no reader is to see: `*words*{: .note}`, `![](a.png){width=50%}`."""

from __future__ import annotations

import re

# kramdown, "Attribute Lists": after a span, or at the start of a list item.
_KRAMDOWN = re.compile(r"(?:\{:[^}\n]*\})+")  # matched at the start alone
# The same in Pandoc ("Extension: link_attributes", "bracketed_spans") and Python-Markdown ("Attribute Lists"), behind a span.
_OTHER = re.compile(r"""\{[ \t]*(?:[.#=][\w:.-]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s}"']+))(?:[ \t]+[^\n{}]*)?\}""")


def without_attributes(text: str, *, after_span: bool) -> str:
    """Return a text without the attributes that it begins with.

    Args:
        text: Behind a span, or at the start of an element.
        after_span: Which of both it is.

    >>> without_attributes("{: .a} b", after_span=False), without_attributes("{.a} b", after_span=False)
    (' b', '{.a} b')
    >>> without_attributes("{.a} b", after_span=True), without_attributes("{a} b", after_span=True)
    (' b', '{a} b')
    """
    match = _KRAMDOWN.match(text) or (after_span and _OTHER.match(text))
    return text[match.end() :] if match else text
