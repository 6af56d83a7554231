"""`crosspost ledger`: move what is on record, and see whether it is sound."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING

import click

from crosspost.cli.options import Console, common
from crosspost.report.terminal import counted, json_line

if TYPE_CHECKING:
    from crosspost.model import Record

_FORMAT = {"kind": "ledger", "format": "crosspost export", "version": 1}


@click.group()
def ledger() -> None:
    """Move the ledger to another place, or check it."""


@ledger.command("export")
@click.option(
    "--this-site", is_flag=True, help="Only what belongs to the site here: for a ledger that others can read."
)
@common
def export(console: Console, *, this_site: bool) -> int:
    """Print everything on record as JSON Lines: entries, history, baselines, uploads, counted requests, notes.

    No text of a post is in it, and no token. All your sites are, where one ledger has them all.

    \b
    crosspost ledger export > ledger.jsonl
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    workshop = console.workshop()
    records = workshop.ledger.dump()
    if this_site:
        from crosspost.ledger.of_sites import of_sites  # noqa: PLC0415 - `--help` must not pay for it

        records = of_sites(records, {workshop.run(name).site for name in workshop.accounts})
    for record in (_FORMAT, *records):
        click.echo(json_line(record))
    return 0


@ledger.command("import")
@click.argument("file", type=click.File(encoding="utf-8"), metavar="FILE")
@common
def import_(console: Console, *, file: IO[str]) -> int:
    """Add what 'crosspost ledger export' has printed to the ledger in use; FILE may be - for standard input.

    All of it or nothing: it is refused where both know the same post or the same text, or differ about a baseline.

    \b
    crosspost ledger import ledger.jsonl
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.ledger.liveness import owner  # noqa: PLC0415 - `--help` must not pay for it

    records, workshop = _records(file), console.workshop()
    workshop.ledger.load(records, owner=owner(), now=workshop.clock.now())
    console.result(*_counted(records, "imported"))
    return 0


@ledger.command("check")
@common
def check(console: Console) -> int:
    """See whether the ledger in use is sound; exit 5 and the way out where it is damaged.

    \b
    crosspost ledger check
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.ledger.problems import misfitting  # noqa: PLC0415 - see above
    from crosspost.ledger.transfer import faults  # noqa: PLC0415 - `--help` must not pay for it

    records = console.workshop().ledger.dump()
    if wrong := faults(records):
        raise misfitting(wrong)
    console.result(*_counted(records, "sound"))
    return 0


def _records(file: IO[str]) -> list[Record]:
    from crosspost.ledger.problems import unsound  # noqa: PLC0415 - only here

    try:
        first, *records = [json.loads(line) for line in file if line.strip()]
    except (ValueError, RecursionError) as error:  # no line at all, no JSON, no UTF-8
        raise unsound([f"{file.name} holds no JSON Lines"]) from error
    if first != _FORMAT:
        raise unsound([f"{file.name} does not begin with {json_line(_FORMAT)}"])
    if not all(isinstance(record, dict) for record in records):
        raise unsound([f"{file.name} has lines that are no objects"])
    return records


def _counted(records: list[Record] | tuple[Record, ...], what: str) -> tuple[dict[str, object], str]:
    kinds = [record["kind"] for record in records]
    entries, steps = kinds.count("entry"), kinds.count("step")
    text = f"{what}: {counted(entries, 'entry', 'entries')}, {counted(steps, 'step')}"
    return {"outcome": what, "entries": entries, "steps": steps}, text
