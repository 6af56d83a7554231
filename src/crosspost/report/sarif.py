"""Findings as SARIF 2.1.0, which code hosts show at the lines of a change (OASIS, "Static Analysis Results Interchange Format")."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from crosspost import __version__
from crosspost.findings import CODES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crosspost.findings import Finding

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif(findings: Iterable[Finding], folder: str = "") -> str:
    """Return one SARIF log, indented; `folder` is the site's in the repository, with a `/` at its end."""
    rules = [
        {
            "id": code,
            "shortDescription": {"text": kind.meaning},
            "fullDescription": {"text": kind.meaning},
            "help": {"text": "Each result says what to do; docs/findings.md has an example of each."},
            "defaultConfiguration": {"level": _LEVELS[kind.severity]},
        }
        for code, kind in CODES.items()
    ]
    driver = {"name": "crosspost", "version": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, folder) for one in findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2)


def _result(finding: Finding, folder: str) -> dict[str, object]:
    # Code scanning shows nothing without a line (sarif-sdk, GH1003), nor a rule without help (GitHub, "SARIF support").
    region = {"startLine": finding.line or 1} | ({"startColumn": finding.column} if finding.column else {})
    place = {"artifactLocation": {"uri": quote(folder + finding.post)}, "region": region}
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}; {finding.fix}"},
        "locations": [{"physicalLocation": place}],
    }
