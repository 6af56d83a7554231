"""The YAML that most front matter consists of, read without a parser: a fast lane beside `yaml_text`.

It takes `key: value` lines whose values are plain or quoted text on the same line, or lists of such values, and gives
exactly what libyaml and PyYAML give for them. For anything else, and wherever there is a doubt, it declines. The house
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
_TEXT = re.compile("[\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
# What begins like this is no alias, tag, comment, collection or block.
_FIRST = "[0-9A-Za-z_(/\xa1-\U0010ffff]"
_QUOTED = r""""(?P<double>[^"\\]*)"[ ]*|'(?P<single>[^']*(?:''[^']*)*)'[ ]*"""
# A colon before a blank opens a mapping, a number sign after one a comment.
_PLAIN = rf"(?P<plain>{_FIRST}[^:#]*(?:(?:(?<! )\#|:(?![ ]|$))[^:#]*)*)"
# No two of these can share a blank, or a text that does not match would be tried in too many ways.
_IN_LIST = rf"""(?:"[^"\\]*"[ ]*|'[^']*(?:''[^']*)*'[ ]*|{_FIRST}[^][{{}},:#?]*)"""
_LIST = rf"\[[ ]*(?P<list>(?:{_IN_LIST}(?:,[ ]*{_IN_LIST})*)?)\][ ]*"
_PAIR = re.compile(rf"(?P<key>[A-Za-z_][0-9A-Za-z_-]{{0,99}}):(?:[ ]+(?:{_QUOTED}|{_LIST}|{_PLAIN})?)?")
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
    if len(text) > _LONGEST or not _TEXT.fullmatch(text):
        return None
    values: dict[str, object] = {}
    lines: dict[tuple[str, ...], int] = {}
    key, indent = "", ""
    entries: list[object] | None = None  # of a key without a value, which a list may follow
    for number, line in enumerate(text.split("\n"), 1):
        if pair := _PAIR.fullmatch(line):
            key = pair["key"]
            if key in values:
                return None
            values[key] = _value(pair, plain, keep=key in as_text)
            lines[key,] = number
            entries = [] if pair.lastgroup == "key" else None
        elif entries is not None and (entry := _ENTRY.fullmatch(line)):
            if entries and entry["indent"] != indent:
                return None
            indent = entry["indent"]
            entries.append(_value(entry, plain, keep=key in as_text))
            values[key] = entries
        elif line.strip(" ") and not line.startswith("#"):
            return None
    return values, lines


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
