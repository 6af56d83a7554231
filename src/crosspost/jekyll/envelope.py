r"""Where the front matter of a file begins and ends, to the byte.

The rule is Jekyll's, on bytes: `YAML_FRONT_MATTER_REGEXP` in `lib/jekyll/document.rb`,

    \A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)     (dot matches newline; `\s` is space, \t, \n, \v, \f, \r)

So: the opener is the very first line (after a byte order mark, which Jekyll reads away: `merged_file_read_opts` in
`lib/jekyll/utils.rb`), it may have trailing blanks, and it ends in a line feed: a file of lone carriage returns has no
front matter. The closer stands at the start of a line, alone; a row of more dashes is none. The blank lines after the
closer belong to it, not to the body. TOML front matter (`+++`, Zola and Hugo) is found by the same rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

BOM = b"\xef\xbb\xbf"

_OPENER = re.compile(rb"(---|\+\+\+)[^\S\n]*\n")
_CLOSERS = {
    b"---": re.compile(rb"^(?:---|\.\.\.)\s*$\n?", re.MULTILINE),
    b"+++": re.compile(rb"^\+\+\+\s*$\n?", re.MULTILINE),
}


class FrontMatterNotClosed(ValueError):
    """The first line opens front matter, and no line closes it; Jekyll reads the whole file as body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    r"""A file with front matter, and where its parts stand. All offsets are indices into `data`.

        data[:opener_start]                  byte order mark, or nothing
        data[opener_start:metadata_start]    the opener with its line end
        data[metadata_start:closer_start]    the YAML or TOML, whole lines, from line 2 of the file on
        data[closer_start:closer_end]        the closer with its line end, if it has one
        data[closer_end:body_start]          blank lines
        data[body_start:]                    the body as Jekyll sees it

    Attributes:
        newline: `\r\n` or `\n`: how the line before the closer ends, and how one inserted there must.
    """

    data: bytes
    kind: Literal["yaml", "toml"]
    newline: bytes
    opener_start: int
    metadata_start: int
    closer_start: int
    closer_end: int
    body_start: int

    @property
    def metadata(self) -> bytes:
        """The YAML or TOML between opener and closer."""
        return self.data[self.metadata_start : self.closer_start]

    @property
    def body(self) -> bytes:
        """All after closer and blank lines."""
        return self.data[self.body_start :]

    @property
    def body_line(self) -> int:
        """1-based line of the file on which the body starts."""
        return 1 + self.data.count(b"\n", 0, self.body_start)


@lru_cache(maxsize=1)  # whoever has read a post asks next whether it has room for an address
def split(data: bytes) -> Envelope | None:
    r"""Find the front matter of a file; None where it has none.

    Raises:
        FrontMatterNotClosed: It has an opener and no closer.

    >>> split(b"---\ntitle: A\n---\n\nText\n").body
    b'Text\n'
    >>> split(b"Text\n") is None
    True
    """
    start = len(BOM) if data.startswith(BOM) else 0
    opener = _OPENER.match(data, start)
    if opener is None:
        return None
    closer = _CLOSERS[opener[1]].search(data, opener.end())
    if closer is None:
        raise FrontMatterNotClosed("the front matter that the first line opens is never closed")
    line_feed = data.find(b"\n", closer.start())
    return Envelope(
        data=data,
        kind="yaml" if opener[1] == b"---" else "toml",
        newline=b"\r\n" if data.endswith(b"\r\n", 0, closer.start()) else b"\n",
        opener_start=start,
        metadata_start=opener.end(),
        closer_start=closer.start(),
        closer_end=closer.end() if line_feed < 0 else line_feed + 1,
        body_start=closer.end(),
    )
