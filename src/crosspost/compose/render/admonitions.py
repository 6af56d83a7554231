"""Notices as other programs write them: what opens one becomes its title, what ends it goes.

Sources: Docusaurus, "Admonitions" (`:::tip Title`, `:::tip[Title]`); VuePress, "Custom containers" (`::: tip`); Pandoc,
"Divs and Spans" (`::: {.note}`); Python-Markdown, "Admonition", with PyMdown's `???` and `=== "Tab"` (indented content);
Obsidian, "Callouts" (`> [!tip]- Title`), of which GitHub's alerts are some.
"""

from __future__ import annotations

import re

# Where such a line may begin, as a part of an expression.
AT_START = r":::|[!?][!?]{2}\+?[ ]|===[!+]?[ ]\"|\[!"
_CONTAINER = re.compile(r"(?P<margin>[ \t>]*):{3,}[ \t]*(?P<kind>[A-Za-z][\w-]*)?(?P<given>.*)")
_INDENTED = re.compile(
    r"(?P<margin>[ \t>]*)(?:(?:!!!|\?\?\?\+?)[ ]+(?P<kind>[A-Za-z][\w-]*)(?:[ ]+[\w-]+)*|={3}[!+]?)"
    r"(?:[ ]+\"(?P<title>[^\"]*)\")?[ \t]*"
)
_CALLOUT = re.compile(r"(?P<margin>[ \t]*>[ \t>]*)\[!(?P<kind>[A-Za-z][\w-]*)\](?P<fold>[+-]?)[ \t]*(?P<title>.*)")
# A title in brackets, attributes in braces, or words; of Pandoc's attributes and of code none is a title.
_GIVEN = re.compile(r"[ \t]*(?:\[(?P<title>[^\]]*)\])?[ \t]*(?:\{[^}]*\})?[ \t:]*(?P<words>[^{}]*)")
_ALERTS = frozenset({"note", "tip", "important", "warning", "caution"})  # which the parser of Markdown knows
_KINDS = _ALERTS | frozenset(
    [
        *("attention", "bug", "check", "danger", "error", "example"),
        *("failure", "faq", "hint", "info", "question", "success", "todo"),
    ]
)
_HARD_BREAK = "  "
_INDENT = 4


def take(lines: list[str | None], index: int) -> bool:
    """Put the title of a notice in place of the line that opens it, nothing in place of one that ends it.

    Args:
        lines: Of the whole text, changed in place; None is a line that is gone.
        index: Of the line that may be one.

    Returns:
        False where it is none.
    """
    line = lines[index] or ""
    if match := _CALLOUT.fullmatch(line):
        if not (match["title"] or match["fold"]) and match["kind"].lower() in _ALERTS:
            return True
        title = match["title"]
    elif match := _CONTAINER.fullmatch(line):
        given = _GIVEN.fullmatch(match["given"])
        title = (given["title"] or given["words"]).strip() if given else ""
    elif (match := _INDENTED.fullmatch(line)) and _dedent(lines, index + 1, len(match["margin"]) + _INDENT):
        title = match["title"]
    else:
        return False
    kind = (match.groupdict().get("kind") or "").lower()
    label = title or (f"{kind.capitalize()}:" if kind in _KINDS else "")
    _put(lines, index, match["margin"], label)
    return True


def _put(lines: list[str | None], index: int, margin: str, label: str) -> None:
    """Put a label directly above what it is about, and apart from what is above."""
    if not label:
        lines[index] = margin.rstrip()
        return
    above = (lines[index - 1] or "").strip(" \t>") if index else ""
    lines[index] = f"{margin.rstrip()}\n{margin}{label}{_HARD_BREAK}" if above else f"{margin}{label}{_HARD_BREAK}"
    if index + 1 < len(lines) and not (lines[index + 1] or "").strip():
        lines[index + 1] = None


def _dedent(lines: list[str | None], first: int, width: int) -> bool:
    """Take the indentation off the lines of a notice; False where none follows."""
    last = first
    for number in range(first, len(lines)):
        line = (lines[number] or "").expandtabs(_INDENT)
        if not line.strip():
            continue
        if len(line) - len(line.lstrip()) < width:
            break
        lines[number] = line[_INDENT:]
        last = number + 1
    return last > first
