"""`crosspost status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crosspost.cli.options import Console, account_option, common
from crosspost.model import OutcomeKind
from crosspost.report.outcomes import exit_code, summary
from crosspost.report.status import status_fields, status_text

if TYPE_CHECKING:
    from crosspost.bootstrap import Workshop


@click.command()
@account_option
@common
def status(console: Console, *, account: str | None) -> int:
    """Show queue, history and what needs a person. Changes nothing and sends nothing."""
    from crosspost.pipeline.queue import queue  # noqa: PLC0415 - `--help` must not pay for it

    workshop = console.workshop()
    names = (account,) if account else workshop.accounts
    accounts = [_account(workshop, name) for name in names]
    console.result(
        {"accounts": accounts},
        "\n".join(f"{item['name']}: {item['author'] or 'whoever the token belongs to'}" for item in accounts),
    )
    outcomes = []
    for name in names:
        for line in queue(workshop.run(name)):
            outcomes.append(line.outcome)
            shown = console.verbose or line.outcome.kind is not OutcomeKind.SKIPPED or line.state is not None
            console.result(status_fields(line), status_text(line, verbose=console.verbose) if shown else "")
    console.say(summary(outcomes))
    return exit_code(outcomes)


def _account(workshop: Workshop, name: str) -> dict[str, object]:
    """Return what is known without asking LinkedIn; when the token expires is its own secret until then."""
    return {
        "name": name,
        "author": workshop.loaded.destinations[name].linkedin.author or None,
        "token_expires_at": None,
        "token_days_left": None,
    }
