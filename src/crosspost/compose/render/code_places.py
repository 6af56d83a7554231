"""Where code is in a text, for what looks for markup in the source."""

from __future__ import annotations

import re
from bisect import bisect_right

import pyromark

from crosspost.compose.render.dialect import OPTIONS
from crosspost.compose.render.elements import HTML_GROUPS

# A program may contain `<!--`; what does not end within it is no comment.
_PROGRAMS = (b"script", b"style")
# "HTML Blocks": kramdown reads nothing in these.
_RAW = (b"pre", b"script", b"style", b"textarea")
_SIGNS_OF_CODE = (b"`", b"$", b"~~~", b"    ", b"\t")  # or math
_GROUP = re.compile(rf"<(/?)(?:{'|'.join(sorted(HTML_GROUPS))})\b", re.IGNORECASE)


class CodePlaces:
    """Where a text is code, a program, or something else that is taken as written."""

    def __init__(self, text: bytes, last: int, *, markdown: bool) -> None:
        """Look through a text up to its last place that anybody asks about, negative where nobody does.

        Args:
            text: UTF-8.
            last: A byte offset.
            markdown: False for HTML, which has no code but its elements.
        """
        self.programs, self.raw = _elements(text, _PROGRAMS), _elements(text, _RAW)
        self.spans: list[tuple[int, int, bool]] = []  # start, end, whether it is code
        depth = 0
        before = text[: max(last, 0)]
        may_be = markdown and any(sign in before for sign in _SIGNS_OF_CODE)
        for event, span in pyromark.events_with_range(text.decode(), options=OPTIONS) if may_be else ():
            if span["start"] > last:  # nobody asks about what is behind it
                break
            if not isinstance(event, dict):
                continue
            ((kind, value),) = event.items()
            if kind in {"Html", "InlineHtml"}:
                signs = [match[1] for match in _GROUP.finditer(str(value))]
                depth = max(depth + signs.count("") - signs.count("/"), 0)
            elif kind in {"Code", "InlineMath", "DisplayMath"}:
                self.spans.append((span["start"], span["end"], kind == "Code"))
            elif kind == "Start" and isinstance(value, dict) and (block := value.get("CodeBlock")):
                self.spans.append((span["start"], span["end"], block != "Indented" or not depth))

    def holds(self, place: int) -> bool:
        """Tell whether a byte offset lies in code."""
        return self._at(place) is True

    def bare(self, place: int) -> bool:
        """Tell whether even an empty comment would be read as text here."""
        return self._at(place) is False

    def within(self, place: int) -> bool:
        """Tell whether a byte offset lies in code or in a formula."""
        return self._at(place) is not None

    def _at(self, place: int) -> bool | None:
        index = bisect_right(self.spans, place, key=lambda span: span[0]) - 1
        if index >= 0 and place < self.spans[index][1]:
            return self.spans[index][2]
        return None


def _elements(text: bytes, names: tuple[bytes, ...]) -> list[tuple[int, int]]:
    """Return start and end of the outermost HTML elements with these names that are closed."""
    found: list[tuple[int, int]] = []
    small = text.lower()
    for name in names:
        last = small.rfind(b"</" + name)  # behind it nothing is closed, and need not be looked through
        pattern = re.compile(rb"<" + name + rb"\b[^<>]*>.*?</" + name, re.DOTALL)
        found += [match.span() for match in pattern.finditer(small, 0, max(last, 0) + len(name) + 2)]
    outermost: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not outermost or end > outermost[-1][1]:
            outermost.append((start, end))
    return outermost


def end_around(place: int, elements: list[tuple[int, int]]) -> int:
    """Return where the element around a place ends, 0 where there is none."""
    index = bisect_right(elements, place, key=lambda element: element[0]) - 1
    return elements[index][1] if index >= 0 and place < elements[index][1] else 0
