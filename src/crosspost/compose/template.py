"""The layout of a text: `{title}`, `{body}`, `{link}` and `{hashtags}` in the author's order."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACEHOLDERS = ("title", "body", "link", "hashtags")

# One line of a template: literal text and the placeholder after it; None at the end of the line.
_Line = tuple[tuple[str, str | None], ...]
_Named = tuple[_Line, tuple[str, ...]]  # with the placeholders alone


def check_template(template: str) -> list[str]:
    """Return what is wrong with `template`, in words; an empty list where nothing is.

    Braces are written twice where they are meant literally, as in Python's `str.format`.

    >>> check_template("{titel} {body}")
    ['{titel} is unknown; known are {title}, {body}, {link}, {hashtags}']
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        return [f"{error}; write {{{{ or }}}} for a brace"]
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    problems = [
        f"{{{name}}} is unknown; known are {known}"
        for _, name, _, _ in parts
        if name is not None and name not in PLACEHOLDERS
    ]
    problems += [f"{{{name}}} takes no format" for _, name, spec, conversion in parts if name and (spec or conversion)]
    return problems


def fill(template: str, parts: Mapping[str, str]) -> str:
    r"""Return `template` with its placeholders replaced by `parts`.

    An empty part leaves no trace: the literal text between it and its neighbour on the line goes with it, and so does a
    line with nothing but empty parts (its label would announce nothing), with the blank lines on one of its sides.

    Args:
        template: As in the settings.
        parts: A text for each of `PLACEHOLDERS`.

    Raises:
        ValueError: The template is not well-formed; the message has all that `check_template` finds.

    >>> fill("{title}\n\n{body}\n\nRead on: {link}\n\n{hashtags}", dict(title="T", body="", link="", hashtags="#a"))
    'T\n\n#a'
    >>> fill("{title} – {body}!", dict(title="", body="B", link="", hashtags=""))
    'B!'
    """
    lines: list[str] = []
    surplus = 0  # blank lines that a dropped line has on both sides
    for line, names in _lines(template):
        if names and not any(map(parts.__getitem__, names)):
            surplus = _blank_lines_at_end(lines)
        elif text := _fill_line(line, parts):
            lines.append(text)
            surplus = 0
        elif surplus:
            surplus -= 1
        else:
            lines.append("")
    return "\n".join(lines).strip("\n")


def _blank_lines_at_end(lines: list[str]) -> int:
    end = len(lines)
    while end and not lines[end - 1]:
        end -= 1
    return len(lines) - end


def _fill_line(line: _Line, parts: Mapping[str, str]) -> str:
    filled = ""
    started = False
    for index, (literal, name) in enumerate(line):
        value = parts[name] if name is not None else ""
        if index == 0 or name is None or (started and value):
            filled += literal
        filled += value
        started = started or bool(value)
    return filled


@cache
def _lines(template: str) -> tuple[_Named, ...]:
    if problems := check_template(template):
        raise ValueError("; ".join(problems))
    lines: list[list[tuple[str, str | None]]] = [[]]
    for literal, name, _, _ in Formatter().parse(template):
        *whole, last = literal.split("\n")
        for text in whole:
            lines[-1].append((text, None))
            lines.append([])
        if lines[-1] and lines[-1][-1][1] is None:  # the parser splits literal text at doubled braces
            last = lines[-1].pop()[0] + last
        lines[-1].append((last, name))
    return tuple((tuple(line), tuple(name for _, name in line if name is not None)) for line in lines)
