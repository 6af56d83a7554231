"""One change of a text: what stands where, and the reasons not to make it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.addresses import is_post_url, urn_in

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST_KEYS = frozenset({"syndication"})
"""Keys that hold a list by convention (IndieWeb: `u-syndication`), so one that is absent or empty is made a list."""


class NoSafePlace(Exception):
    """The URL cannot go into this file without touching anything else.

    Attributes:
        fix: What to do by hand, where it is not simply to add the line.
    """

    def __init__(self, reason: str, fix: str | None = None) -> None:
        super().__init__(reason)
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Splice:
    """Put `insert` in the place of `text[start:end]`."""

    start: int
    end: int
    insert: str

    def apply(self, text: str) -> str:
        """Return `text` with the change made."""
        return text[: self.start] + self.insert + text[self.end :]


@dataclass(frozen=True, slots=True)
class Goal:
    """What the front matter is to say.

    Attributes:
        path: The key, outermost part first.
        url: The address to go there.
        newline: How the line before the metadata ends, for a line inserted at its very start.
    """

    path: tuple[str, ...]
    url: str
    newline: str

    @property
    def is_list(self) -> bool:
        """Whether the key is to hold a list where it holds nothing yet."""
        return self.path[-1] in LIST_KEYS

    def met_by(self, value: object) -> bool:
        """Tell whether `value` already names the post, in this spelling of its address or another."""
        if not isinstance(value, str):
            return False
        return value.strip() == self.url or (is_post_url(value) and urn_in(value) == urn_in(self.url) is not None)

    def taken(self) -> NoSafePlace:
        """Return the reason not to touch a value that the author has set."""
        key = ".".join(self.path)
        return NoSafePlace(
            f"'{key}' already holds something else", f"replace the value of '{key}' by hand if it is wrong"
        )

    def line(self, text: str, at: int, content: str) -> Splice:
        """Insert `content` as a line of its own at the line start `at`, ended as the line before it ends."""
        newline = self.newline if at == 0 else "\r\n" if text.endswith("\r\n", 0, at) else "\n"
        return Splice(at, at, content + newline)


_KEY_ALONE = re.compile(r"""[\w"' .:=\[{-]*""")  # keys, dashes and what opens a collection
_CLOSERS = re.compile(r"[\s\]}]*")


def removals(text: str, url: str) -> Iterator[Splice]:
    """Propose how `url` could leave the metadata: a line that has nothing else, itself with a comma, itself alone.

    What follows from each is for the grammar to say: the one that calls must prove it.
    """
    for match in re.finditer(rf"""(["']?){re.escape(url)}\1""", text):
        start, end = match.span()
        line = slice(line_start(text, start), line_end(text, end))
        if _KEY_ALONE.fullmatch(text, line.start, start) and _CLOSERS.fullmatch(text, end, line.stop):
            yield Splice(line.start, line.stop, "")
        if comma := re.compile(r",\s*$").search(text, 0, start):
            yield Splice(comma.start(), end, "")
        if comma := re.compile(r"\s*,[ \t]*").match(text, end):
            yield Splice(start, comma.end(), "")
        yield Splice(start, end, "")
        yield Splice(start, end, '""')


def line_start(text: str, at: int) -> int:
    """Return the index at which the line around `at` starts."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return the index behind the line feed of the line around `at`."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1
