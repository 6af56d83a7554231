"""The text of a post on its way to the parser, which remembers the lines that it had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Source:
    """Text and where its lines come from.

    Attributes:
        lines: For each line of `text` the 1-based line it stood on; None where nothing moved.
    """

    text: str
    lines: Sequence[int] | None = None

    def line(self, number: int) -> int:
        """Return where a 1-based line of `text` stood."""
        if self.lines is None or not self.lines:
            return number
        return self.lines[min(number, len(self.lines)) - 1]

    def edited(self, edits: Iterable[tuple[int, int, bytes]]) -> Source:
        r"""Return the text with other bytes for some, given as start, end and what stands there then, in order.

        >>> Source("a\nbc\nd").edited([(0, 3, b"x")])
        Source(text='xc\nd', lines=[1, 3])
        """
        text = self.text.encode()
        parts: list[bytes] = []
        lines, position, line = [1], 0, 1
        for start, end, new in (*edits, (len(text), len(text), b"")):
            before = text[position:start]
            lines += range(line + 1, line + 1 + before.count(b"\n"))
            line += before.count(b"\n")
            lines += [line] * new.count(b"\n")
            line += text.count(b"\n", start, end)
            parts += [before, new]
            position = end
        return Source(b"".join(parts).decode(), [self.line(number) for number in lines] if self.lines else lines)
