"""Where things stand in a source: lines, neighbours, blank lines between."""

from __future__ import annotations

# What may stand between two blocks that touch: blanks, and the marks of a quote they are in.
_BETWEEN = b" \t\n>"
_LINE_FEED = ord("\n")
_WIDEST_MARGIN = 200  # of a list item; deeper lists are flattened
_LONGEST_WORD = 400  # bytes; a longer one is no hashtag


def glued(text: str) -> str:
    """Return what a text opens with, up to the first white space.

    >>> glued("s, a"), glued(" a")
    ('s,', '')
    """
    return text.split(maxsplit=1)[0] if text[:1].strip() else ""


class Positions:
    """Answers by UTF-8 byte offset, which is how pyromark counts."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.source = text.encode()
        self._known = 0, first_line  # the offset that was asked for last, and its line

    def slice(self, start: int, end: int) -> str:
        """Return the text between two offsets."""
        return self.source[start:end].decode()

    def line(self, offset: int) -> int:
        """Return the 1-based line of an offset; counted from the last one, which is mostly near."""
        known, line = self._known
        if offset >= known:
            line += self.source.count(b"\n", known, offset)
        else:
            line -= self.source.count(b"\n", offset, known)
        self._known = offset, line
        return line

    def glued(self, offset: int) -> str:
        """Return what follows an offset up to the next white space."""
        return glued(self.source[offset : offset + _LONGEST_WORD].decode(errors="ignore"))

    def touch(self, end: int, start: int) -> bool:
        """Tell whether no blank line and nothing else stands between what ended at `end` and what starts at `start`."""
        between = self.source[end:start]
        if not between:
            return True
        ended = self.source[end - 1] == _LINE_FEED
        if ended and between[0] == _LINE_FEED:  # as between most paragraphs
            return False
        return between.count(b"\n") + ended <= 1 and not between.strip(_BETWEEN)

    def column(self, offset: int) -> int:
        """Return how many bytes of its line stand before what stands at or behind an offset."""
        first = self.source.rfind(b"\n", 0, offset) + 1
        line = self.source[first : offset + _WIDEST_MARGIN]
        return len(line) - len(line[offset - first :].lstrip(b" \t"))

    def column_below(self, offset: int) -> int:
        """Return where the line after a line break starts, behind the marks of a quote."""
        first = self.source.find(b"\n", offset) + 1
        line = self.source[first : first + _WIDEST_MARGIN]
        return len(line) - len(line.lstrip(_BETWEEN))

    def around(self, offset: int) -> tuple[str, str]:
        """Return the line before a line break and the one after it, without the marks of a quote."""
        first = self.source.rfind(b"\n", 0, offset) + 1
        second = self.source.find(b"\n", offset) + 1
        third = self.source.find(b"\n", second)
        after = self.source[second : third if third >= 0 else None]
        return self.source[first:offset].decode().rstrip(), after.lstrip(_BETWEEN).decode().rstrip()
