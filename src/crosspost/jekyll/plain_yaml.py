"""The YAML that most front matter consists of, read without a parser: a fast lane beside `yaml_text`.

It takes `key: value` lines whose values are plain or quoted text on the same line, lists of such values, or one level of
such lines below a key, and gives exactly what libyaml and PyYAML give for them. For anything else, and wherever there is a doubt, it declines. The house
pays with this page for the first scan: PyYAML builds a node for each word in Python, 47 µs for five keys against 12 µs here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# So short that it holds fewer nodes than `yaml_text` allows.
_LONGEST = 20_000
# No tabs, lone carriage returns, byte order mark, Unicode's line ends, nor what YAML allows nowhere (1.1, section 5.1).
_NEVER = re.compile("[\x00-\t\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# What begins like this is no alias, tag, comment, collection or block: a letter, a digit, one of _(/.~$+, all from U+00A1 on. It
# says what it is not, since `re` takes 2 ms to compile each set of sixty thousand characters.
_FIRST = r"[^\x00-#%-')*,\-:-@\[-^`{-}\x7f-\xa0]"
_QUOTED = r""""(?P<double>[^"\\]*)"[ ]*|'(?P<single>[^']*(?:''[^']*)*)'[ ]*"""
# A colon before a blank opens a mapping, a number sign after one a comment.
_PLAIN = rf"(?P<plain>{_FIRST}[^:#]*(?:(?:(?<! )\#|:(?![ ]|$))[^:#]*)*)"
# No two of these can share a blank, or a text that does not match would be tried in too many ways.
_IN_LIST = rf"""(?:"[^"\\]*"[ ]*|'[^']*(?:''[^']*)*'[ ]*|{_FIRST}[^][{{}},:#?]*)"""
_LIST = rf"\[[ ]*(?P<list>(?:{_IN_LIST}(?:,[ ]*{_IN_LIST})*)?)\][ ]*"
_PAIR_AT_ONCE = rf"(?P<key>[A-Za-z_][0-9A-Za-z_-]{{0,99}}):(?:[ ]+(?:{_QUOTED}|{_LIST}|{_PLAIN})?)?"
_PAIR = re.compile(_PAIR_AT_ONCE)
_PAIR_BELOW = re.compile(rf"(?P<indent>[ ]+){_PAIR_AT_ONCE}")
_ENTRY = re.compile(rf"(?P<indent>[ ]*)-[ ]+(?:{_QUOTED}|{_PLAIN})")
_ITEM = re.compile(rf"(?:{_QUOTED}|(?P<plain>{_FIRST}[^,]*))(?:,[ ]*)?")


def read(
    text: str, plain: Callable[[str, bool], object], as_text: frozenset[str]
) -> tuple[dict[str, object], dict[tuple[str, ...], int]] | None:
    """Read a YAML mapping.

    Args:
        text: YAML, without the `---` around it.
        plain: Gives the value of a plain scalar; told whether it should stay text.
        as_text: Top-level keys whose scalars (also those of a list) stay text.

    Returns:
        The values, and the 1-based line of each key by path; None: ask libyaml.
    """
    text = text.replace("\r\n", "\n")
    if len(text) > _LONGEST or _NEVER.search(text):
        return None
    values: dict[str, object] = {}
    lines: dict[tuple[str, ...], int] = {}
    below: _Below | None = None  # a key without a value on its line
    for number, line in enumerate(text.split("\n"), 1):
        if pair := _PAIR.fullmatch(line):
            key = pair["key"]
            if key in values:
                return None
            values[key] = _value(pair, plain, keep=key in as_text)
            lines[key,] = number
            below = _Below(key, plain, keep=key in as_text) if pair.lastgroup == "key" else None
        elif not line.strip(" ") or line.startswith("#"):
            continue
        elif below is None or not below.takes(line, lines, number):
            return None
        else:
            values[below.key] = below.value
    return values, lines


class _Below:
    """The list or the mapping on the lines below a key."""

    def __init__(self, key: str, plain: Callable[[str, bool], object], *, keep: bool) -> None:
        self.key = key
        self.value: list[object] | dict[str, object] | None = None
        self._plain = plain
        self._keep = keep
        self._indent = ""

    def takes(self, line: str, lines: dict[tuple[str, ...], int], number: int) -> bool:
        """Take one line more, and note where its key stands; whatever may belong elsewhere is not taken."""
        found = _ENTRY.fullmatch(line) or _PAIR_BELOW.fullmatch(line)
        if found is None:
            return False
        if self.value is None:
            self._indent, self.value = found["indent"], [] if found.re is _ENTRY else {}
        if found["indent"] != self._indent or isinstance(self.value, list) != (found.re is _ENTRY):
            return False
        if isinstance(self.value, list):
            self.value.append(_value(found, self._plain, keep=self._keep))
            return True
        key = found["key"]
        if key in self.value:
            return False
        self.value[key] = _value(found, self._plain, keep=False)
        lines[self.key, key] = number
        return True


def _value(match: re.Match[str], plain: Callable[[str, bool], object], *, keep: bool) -> object:
    kind = match.lastgroup
    if kind == "plain":
        return plain(match["plain"].rstrip(" "), keep)
    if kind == "double":
        return match["double"]
    if kind == "single":
        return match["single"].replace("''", "'")
    if kind == "list":
        if (said := match["list"]) and '"' not in said and "'" not in said:  # a comma stands between items only
            return [plain(item.strip(" "), keep) for item in said.split(",")]
        return [_value(item, plain, keep=keep) for item in _ITEM.finditer(said)]
    return None
