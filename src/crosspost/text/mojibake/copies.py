"""Lines of a damaged text that stand undamaged in another one of its author: what he wrote, whatever was lost."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.text.mojibake.channel import Channel

_LEAST = 3  # words: shorter lines say the same by accident
_KEY = re.compile(r"title:[ \t]+|[\w.-]+:[ \t]+(?=[\"'])")  # of front matter
_TOKEN = re.compile(r"[^ \t\r\n]+")
_MARKUP = "*_#>\"'-+"  # around a word, and no part of it


class Copies:
    """The lines of other texts, found by what they would be if they had been damaged.

    Args:
        lines: Undamaged, from `telling_lines`.
        channel: What happened to the text.
    """

    def __init__(self, lines: Iterable[str], channel: Channel) -> None:
        damaged = Damage(channel)
        self._found: defaultdict[str, set[str]] = defaultdict(set)
        for line in lines:
            self._found[line.translate(damaged)].add(line)

    def of(self, line: str) -> list[tuple[int, int, str]]:
        """Return the words of a line as they are in all of its copies: start, end and word; those that differ are missing.

        Args:
            line: As it stands, damaged.
        """
        spans = list(_words(line))
        copies = self._found.get(" ".join(line[start:end] for start, end in spans), ())
        words = [copy.split(" ") for copy in copies if copy.count(" ") == len(spans) - 1]
        return [(*span, one[0]) for span, one in zip(spans, zip(*words, strict=True), strict=False) if len({*one}) == 1]


class Damage(dict[int, str]):
    """What became of each character, for `str.translate`.

    Args:
        channel: What happened to the text.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def __missing__(self, character: int) -> str:
        raw = chr(character).encode("utf-8", "replace")
        made = "".join(self._channel.image(byte) if byte >= 0x80 else chr(byte) for byte in raw)
        self[character] = made
        return made


def telling_lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that may lose bytes, without markup: words, and one blank between any two."""
    for line in text.split("\n"):
        if not line.isascii():
            words = [line[start:end] for start, end in _words(line)]
            if len(words) >= _LEAST:
                yield " ".join(words)


def bare(line: str) -> tuple[int, int]:
    """Return where a line starts and ends without the markup around it."""
    words = list(_words(line))
    return (words[0][0], words[-1][1]) if words else (0, 0)


def _words(line: str) -> Iterator[tuple[int, int]]:
    key = _KEY.match(line)
    for match in _TOKEN.finditer(line, key.end() if key else 0):
        word = match[0].lstrip(_MARKUP)
        start = match.end() - len(word)
        end = start + len(word.rstrip(_MARKUP))
        if start < end:
            yield start, end
