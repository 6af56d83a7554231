r"""Where a formula is among words: between `$` and `$`, or between MathJax's `\\(` and `\\)`, `\\[` and `\\]`.

MathJax reads what Markdown has made of a text: of `\\(` it has left `\(`. TeX needs the backslashes as they were written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
