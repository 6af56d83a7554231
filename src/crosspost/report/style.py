"""Colour on a terminal that has it; plain text everywhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Style:
    """Marks text that is already safe for a terminal; see `terminal.safe`.

    Attributes:
        colour: False leaves every text as it is.
    """

    colour: bool = False

    def bold(self, text: str) -> str:
        """What names the thing."""
        return self._marked("1", text)

    def dim(self, text: str) -> str:
        """What a reader sees only after a click, and what is beside the point."""
        return self._marked("2", text)

    def good(self, text: str) -> str:
        """Done, added."""
        return self._marked("32", text)

    def bad(self, text: str) -> str:
        """Wrong, removed."""
        return self._marked("31", text)

    def odd(self, text: str) -> str:
        """Worth a look."""
        return self._marked("33", text)

    def link(self, text: str) -> str:
        """Where to go."""
        return self._marked("36", text)

    def _marked(self, code: str, text: str) -> str:
        """Mark each line by itself, so that a pager which shows one line shows its colour (ECMA-48, SGR)."""
        if not self.colour or not text:
            return text
        return "\n".join(f"\x1b[{code}m{line}\x1b[0m" if line else line for line in text.split("\n"))


PLAIN = Style()


def has_colour(environ: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Tell whether to use colour: on a terminal that knows it, unless NO_COLOR is set and not empty (no-color.org).

    >>> has_colour({"TERM": "xterm"}, is_terminal=True), has_colour({"TERM": "dumb"}, is_terminal=True)
    (True, False)
    """
    return is_terminal and not environ.get("NO_COLOR") and environ.get("TERM") != "dumb"
