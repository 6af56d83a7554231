"""Findings of `check` as a linter shows them: the place, the line itself, a mark below it, and what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.findings import Severity
from crosspost.report.cells import width, wrapped
from crosspost.report.style import PLAIN
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crosspost.findings import Finding
    from crosspost.report.style import Style

_NARROWEST = 20  # columns of an excerpt on a terminal that is too narrow for one


def excerpt(
    finding: Finding, lines: Sequence[str], columns: int, style: Style = PLAIN, *, wrapping: bool = False
) -> str:
    """Return a finding with the line that it is about; without one where it concerns the whole file.

    Args:
        finding: What was found.
        lines: The file, without line ends.
        columns: How wide the terminal is.
        style: Colour or none.
        wrapping: Whether words are wrapped too, as a person reads them; programs read one line a finding.
    """
    place = safe(finding.place)
    mark = {Severity.ERROR: style.bad, Severity.WARNING: style.odd, Severity.NOTE: style.dim}[finding.severity]
    kind = f"{finding.severity.value} {finding.code}"
    cells = max(columns, _NARROWEST) if wrapping else None
    head = _broken(f"{place}: {kind} {safe(finding.message)}", cells, indent=2)
    head = re.sub(kind.replace(" ", r"\s+"), lambda found: mark(found[0]), head, count=1)
    head = head.replace(place, style.bold(place), 1)
    shown = _shown(finding, lines, columns, style) if finding.line and finding.line <= len(lines) else []
    gutter = " " * len(str(finding.line or ""))
    fix = _broken(f"{gutter} = {safe(finding.fix)}", cells, indent=len(gutter) + 3)
    return "\n".join([head, *shown, fix.replace("=", style.dim("="), 1)])


def _broken(line: str, cells: int | None, *, indent: int) -> str:
    """Break a line between words, and set what follows the first row under it; None leaves it whole."""
    if cells is None or width(line) <= cells:
        return line
    margin = re.match(r" *", line)[0]  # type: ignore[index] # matches nothing too
    first, *rest = wrapped(line.strip(), cells - indent)
    return f"\n{' ' * indent}".join([margin + first, *rest])


def _shown(finding: Finding, lines: Sequence[str], columns: int, style: Style) -> list[str]:
    """Return the line with a gutter, and a caret below its column, which is the first cell of that character."""
    number = str(finding.line)
    line = safe(lines[(finding.line or 1) - 1].expandtabs(1))
    column = min((finding.column or 1) - 1, len(line))
    text, before = _window(line, column, max(columns - len(number) - 3, _NARROWEST))
    bar = style.dim("|")
    rows = [f"{style.dim(number)} {bar} {text}"]
    if finding.column is not None:
        rows.append(f"{' ' * len(number)} {bar} {' ' * before}{style.bad('^')}")
    return rows


def _window(line: str, column: int, cells: int) -> tuple[str, int]:
    """Return the part of a line around a column that fits, with dots where more follows, and the cells before the column."""
    if len(line) <= 4 * cells and width(line) <= cells:
        return line, width(line[:column])
    start = column
    while start and column - start < cells and width(line[start - 1 : column]) < cells // 2:
        start -= 1
    dots = "…" if start else ""
    text = dots + line[start : start + 4 * cells]  # marks take no cell: four to a character will do
    if width(text) > cells or start + 4 * cells < len(line):
        while width(text) >= cells:
            text = text[:-1]
        text += "…"
    return text, width(dots + line[start:column])
