"""Findings of `check` as a linter shows them: the place, the line itself, a mark below it, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.findings import Severity
from crosspost.report.cells import width
from crosspost.report.style import PLAIN
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crosspost.findings import Finding
    from crosspost.report.style import Style

_NARROWEST = 20  # columns of an excerpt on a terminal that is too narrow for one


def excerpt(finding: Finding, lines: Sequence[str], columns: int, style: Style = PLAIN) -> str:
    """Return a finding with the line that it is about; without one where it concerns the whole file.

    Args:
        finding: What was found.
        lines: The file, without line ends.
        columns: How wide the terminal is.
        style: Colour or none.
    """
    place = ":".join(str(part) for part in (finding.post, finding.line, finding.column) if part is not None)
    mark = {Severity.ERROR: style.bad, Severity.WARNING: style.odd, Severity.NOTE: style.dim}[finding.severity]
    kind = mark(f"{finding.severity.value} {finding.code}")
    head = f"{style.bold(safe(place))}: {kind} {safe(finding.message)}"
    shown = _shown(finding, lines, columns, style) if finding.line and finding.line <= len(lines) else []
    gutter = " " * len(str(finding.line or ""))
    return "\n".join([head, *shown, f"{gutter} {style.dim('=')} {safe(finding.fix)}"])


def _shown(finding: Finding, lines: Sequence[str], columns: int, style: Style) -> list[str]:
    """Return the line with a gutter, and a caret below its column, which is the first cell of that character."""
    number = str(finding.line)
    line = safe(lines[(finding.line or 1) - 1].expandtabs(1))
    column = min((finding.column or 1) - 1, len(line))
    start, text = _window(line, column, max(columns - len(number) - 3, _NARROWEST))
    bar = style.dim("|")
    rows = [f"{style.dim(number)} {bar} {text}"]
    if finding.column is not None:
        rows.append(f"{' ' * len(number)} {bar} {' ' * width(text[: column - start])}{style.bad('^')}")
    return rows


def _window(line: str, column: int, cells: int) -> tuple[int, str]:
    """Return the part of a line that fits, the column within it, and the index at which it starts."""
    if width(line) <= cells:
        return 0, line
    start = max(0, column - cells // 2)
    text = line[start:]
    while width(text) > cells:
        text = text[:-1]
    return start, text
