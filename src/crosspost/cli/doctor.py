"""`crosspost doctor`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crosspost.cli.options import Console, common
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from crosspost.doctor import Check


@click.command()
@click.option("--offline", is_flag=True, help="Do not ask LinkedIn.")
@common
def doctor(console: Console, *, offline: bool) -> int:
    """Show versions, paths, settings with their origin, and whether a publish would find what it needs.

    Asks LinkedIn whether the token may post, with a post that has an author and no content: nothing is published.

    \b
    crosspost doctor
    crosspost doctor --offline
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.doctor import examine, probes_of, verdict  # noqa: PLC0415 - `--help` must not pay for it

    checks = []
    for check in examine(probes_of(console.workshop(), online=not offline)):
        checks.append(check)
        console.result({"check": check.check, "ok": check.ok, "detail": check.detail, "fix": check.fix}, _text(check))
    return verdict(checks)


def _text(check: Check) -> str:
    fix = f"\n    {check.fix}" if check.fix else ""
    return safe(f"{'✓' if check.ok else '✗'} {check.check:<12} {check.detail}{fix}")
