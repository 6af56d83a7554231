r"""Where a formula is among words: between `$` and `$`, or between MathJax's `\\(` and `\\)`, `\\[` and `\\]`.

MathJax reads what Markdown has made of a text: of `\\(` it has left `\(`. TeX needs the backslashes as they were written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.compose.render.tree import Builder, Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyromark.event import Range

    from crosspost.compose.render.positions import Positions

_READ = re.compile(r"\\\((.{1,500}?)\\\)|\\\[(.{1,500}?)\\\]", re.DOTALL)
_WRITTEN = re.compile(r"\\\\\((.{1,500}?)\\\\\)|\\\\\[(.{1,500}?)\\\\\]", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\*_|])")  # from Markdown: TeX has other uses for `\,` and `\{`
_COMMAND = re.compile(r"\\[A-Za-z]{2,}")


def has_command(tex: str) -> bool:
    r"""Tell whether it has a command of TeX: no price is written like that.

    >>> has_command(r"\alpha"), has_command("5 to ")
    (True, False)
    """
    return _COMMAND.search(tex) is not None


def unescaped(written: str) -> str:
    r"""Return what is written between `$` and `$` as TeX: some backslashes are there to protect it from Markdown.

    >>> unescaped(r"\Sigma^{\*} = \\{0, 1\\}")
    '\\Sigma^{*} = \\{0, 1\\}'
    """
    return _ESCAPED.sub(r"\1", written)


def formulas(text: str, source: str) -> Iterator[tuple[str, str, str]]:
    r"""Yield the formulas between MathJax's signs: the words before each, its TeX, and how it reads; last the words that are left.

    Args:
        text: As Markdown reads it.
        source: The same as it is written.

    >>> [*formulas(r"Let \(a,b\) be", r"Let \\(a\,b\\) be")]
    [('Let ', 'a\\,b', '\\(a,b\\)'), (' be', '', '')]
    """
    read, written = [*_READ.finditer(text)], _WRITTEN.findall(source)
    position = 0
    if len(read) == len(written):
        for match, tex in zip(read, written, strict=True):
            yield text[position : match.start()], unescaped("".join(tex)), match[0]
            position = match.end()
    yield text[position:], "", ""


class Formulas:
    """Takes the formulas of a text into its tree."""

    def __init__(self, builder: Builder, positions: Positions) -> None:
        """Prepare for a text; `positions` are those in its source."""
        self.builder = builder
        self.positions = positions

    def inline(self, value: str, span: Range) -> None:
        """Take `$x$`, which may be none: kramdown has no such math."""
        self._take(unescaped(value), self.positions.slice(span["start"], span["end"]), span)

    def display(self, value: str, span: Range) -> None:
        """Take `$$x$$`, which is always a formula."""
        self._take(value, "", span)

    def among_words(self, value: str, span: Range) -> None:
        r"""Take text with `\\(x\\)` or `\\[x\\]`, the signs of MathJax, which have lost Markdown's backslash by now."""
        start = span["start"]
        start -= self.positions.source[start - 1 : start] == b"\\"  # which a range leaves out
        for words, tex, read in formulas(value, self.positions.slice(start, span["end"])):
            self.builder.words(words)
            if tex:
                self._take(tex, read, span)

    def _take(self, tex: str, written: str, span: Range) -> None:
        """Take a formula; `written` is what stays of it if it turns out to be none."""
        self.builder.has_tex = self.builder.has_tex or has_command(tex)
        line = self.positions.line(span["start"])
        self.builder.leaf(Element("formula", {"tex": tex, "written": written}, markdown=True, line=line))
