"""Put a URL under a key of TOML, changing nothing else.

The parser of the standard library tells no places. So the text is cut into statements (the fewest lines that parse by
themselves), places are proposed where the grammar allows one, and the parser decides: the first proposal whose parsed
result differs in the key alone is taken, and without one the file is left as it is.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.jekyll.splice import Goal, NoSafePlace, Splice, line_start, removals

if TYPE_CHECKING:
    from collections.abc import Iterator

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_EMPTY_STRING = re.compile(r"""(?<==)[ \t]*(""|'')(?!["'])""")


@dataclass(frozen=True, slots=True)
class _Statement:
    """A header, a key with its value, or a line without meaning.

    Attributes:
        start: Index of its first character.
        end: Index behind its line end.
        table: Path of the table it stands in; of the table it opens, for a header.
        is_header: Whether it opens a table.
        meaning: What it says by itself, as parsed.
    """

    start: int
    end: int
    table: tuple[str, ...]
    is_header: bool
    meaning: dict[str, object]


def edit_toml(text: str, goal: Goal) -> str:
    """Return `text` with the URL in its place; `text` itself where it is there already.

    Args:
        text: Metadata of a front matter: whole lines or nothing.
        goal: The key and what it is to hold.

    Raises:
        NoSafePlace: The URL cannot be put there without touching anything else.
    """
    before = _parse(text)
    if before is None:
        raise NoSafePlace("the front matter is not valid TOML", "mend it; 'crosspost check' says where")
    present = _at(before, goal.path)
    if goal.met_by(present) or (isinstance(present, list) and any(map(goal.met_by, present))):
        return text
    if present not in (None, "") and not isinstance(present, list):
        raise goal.taken()
    statements = list(_statements(text))
    proposals = _additions(text, statements, goal) if present is None else _changes(text, statements, present, goal)
    for splice in proposals:
        after = splice.apply(text)
        if _differs_only_at(goal.path, before, _parse(after), goal):
            return after
    raise NoSafePlace(f"there is no place for '{'.'.join(goal.path)}' that leaves the other lines as they are")


def remove_toml(text: str, goal: Goal) -> str:
    """Return `text` without the URL at its key; `text` itself where it is not there.

    Raises:
        NoSafePlace: It cannot leave without touching anything else.
    """
    before = _parse(text)
    present = None if before is None else _at(before, goal.path)
    if goal.url not in (present if isinstance(present, list) else [present]):
        return text
    for splice in removals(text, goal.url):
        after = splice.apply(text)
        parsed = _parse(after)  # putting it in again would give what was there: the proof of the other direction
        if parsed is not None and _differs_only_at(goal.path, parsed, before, goal):
            return after
    raise NoSafePlace(
        f"the address cannot leave '{'.'.join(goal.path)}' without touching other lines", "remove it by hand"
    )


def _parse(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def _at(table: object, path: tuple[str, ...]) -> object:
    """Return what stands at `path`, None where there is nothing.

    Raises:
        NoSafePlace: Part of the path is something other than a table.
    """
    for depth, name in enumerate(path):
        if not isinstance(table, dict):
            raise NoSafePlace(f"'{'.'.join(path[:depth])}' is not a table")
        if name not in table:
            return None
        table = table[name]
    return table


# --- statements -----------------------------------------------------------------------------------------------------


def _statements(text: str) -> Iterator[_Statement]:
    start = 0
    table: tuple[str, ...] = ()
    for end in _line_ends(text):
        meaning = _parse(text[start:end])
        if meaning is None:
            continue  # the middle of a string or an array
        is_header = text[start:end].lstrip(" \t").startswith("[")
        if is_header:
            table = _header_path(meaning)
        yield _Statement(start, end, table, is_header, meaning)
        start = end


def _line_ends(text: str) -> list[int]:
    return [match.end() for match in re.finditer(r"[^\n]*\n|[^\n]+$", text)]


def _header_path(meaning: object) -> tuple[str, ...]:
    """Return the path that a header names: `{"a": {"b": {}}}` is `[a.b]`. An array of tables ends in its list."""
    path: tuple[str, ...] = ()
    while isinstance(meaning, dict) and meaning:
        ((name, meaning),) = meaning.items()
        path += (name,)
    return path if isinstance(meaning, dict) else (*path, "[]")


# --- proposals ------------------------------------------------------------------------------------------------------


def _changes(text: str, statements: list[_Statement], present: object, goal: Goal) -> Iterator[Splice]:
    """Propose to fill the empty string, or to add to the array, of every statement that could be the one."""
    for statement in statements:
        if statement.is_header or not statement.meaning:
            continue
        if isinstance(present, list):
            yield from _into_brackets(text, statement, "]", json.dumps(goal.url), goal)
        else:
            value = f"[{json.dumps(goal.url)}]" if goal.is_list else json.dumps(goal.url)
            for match in _EMPTY_STRING.finditer(text, statement.start, statement.end):
                yield Splice(match.start(1), match.end(1), value)


def _additions(text: str, statements: list[_Statement], goal: Goal) -> Iterator[Splice]:
    """Propose a line in the innermost table that exists, an entry in an inline table, a dotted key at the top."""
    for depth in range(len(goal.path) - 1, -1, -1):
        entry = _entry(goal.path[depth:], goal)
        section = [one for one in statements if one.table == goal.path[:depth]]
        yield _line_in(text, section, entry, goal)
        for statement in statements:
            if depth and statement.meaning and not statement.is_header:
                yield from _into_brackets(text, statement, "}", entry, goal)


def _entry(path: tuple[str, ...], goal: Goal) -> str:
    key = ".".join(name if _BARE_KEY.fullmatch(name) else json.dumps(name) for name in path)
    return f"{key} = [{json.dumps(goal.url)}]" if goal.is_list else f"{key} = {json.dumps(goal.url)}"


def _line_in(text: str, section: list[_Statement], entry: str, goal: Goal) -> Splice:
    """Insert behind the section's last key, before the blank lines and comments that lead to the next table."""
    last = next((one for one in reversed(section) if one.meaning), None)
    if last is None:
        return goal.line(text, 0, entry)
    indentation = re.match(r"[ \t]*", text[last.start : last.end])
    return goal.line(text, last.end, (indentation[0] if indentation else "") + entry)


def _into_brackets(text: str, statement: _Statement, closer: str, item: str, goal: Goal) -> Iterator[Splice]:
    """Propose to add `item` before a closing bracket: on a line of its own where the others have theirs, else behind."""
    at = text.rfind(closer, statement.start, statement.end)
    while at > statement.start:
        content = text[statement.start : at].rstrip()
        behind = statement.start + len(content)
        own_line = line_start(text, at)
        if own_line > statement.start and not text[own_line:at].strip():
            above = text[line_start(text, own_line - 1) : own_line]
            yield goal.line(text, own_line, above[: len(above) - len(above.lstrip())] + item + ",")
        yield Splice(behind, behind, f", {item}")
        yield Splice(behind, behind, f" {item}" if content.endswith(",") else item)
        at = text.rfind(closer, statement.start, at)


# --- proof ----------------------------------------------------------------------------------------------------------


def _differs_only_at(path: tuple[str, ...], before: object, after: object, goal: Goal) -> bool:
    """Tell whether `after` is `before` with the URL at `path`, in values, types and order."""
    if not path:
        return _holds(before, after, goal)
    before = {} if before is None else before
    if not isinstance(before, dict) or not isinstance(after, dict) or path[0] not in after:
        return False
    name = path[0]
    if name in before and list(before) != list(after):
        return False
    others = [[pair for pair in table.items() if pair[0] != name] for table in (before, after)]
    # repr tells 1 from 1.0 and True, and nan from nothing
    return repr(others[0]) == repr(others[1]) and _differs_only_at(path[1:], before.get(name), after[name], goal)


def _holds(before: object, after: object, goal: Goal) -> bool:
    if isinstance(after, list):
        old = before if isinstance(before, list) else []
        return (bool(old) or before in (None, "", [])) and repr(after) == repr([*old, goal.url])
    return before in (None, "") and after == goal.url
