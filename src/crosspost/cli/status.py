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
        "\n".join(_account_text(item) for item in accounts),
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
    """Return what is known without asking LinkedIn or a person."""
    from crosspost.errors import CredentialsError  # noqa: PLC0415 - see above
    from crosspost.signin.expiry import days_left  # noqa: PLC0415 - see above

    try:
        token = workshop.wallet.known_token(workshop.key_of(name))
    except CredentialsError:
        token = None  # `auth status` and `doctor` say what is wrong with it
    expires_at = token.expires_at if token else None
    return {
        "name": name,
        "author": workshop.loaded.destination(name).linkedin.author or (token.author if token else None),
        "token_expires_at": expires_at.isoformat() if expires_at else None,
        "token_days_left": days_left(expires_at, workshop.clock.now()),
    }


def _account_text(fields: dict[str, object]) -> str:
    left = fields["token_days_left"]
    token = "" if left is None else f", token: {left} {'day' if left == 1 else 'days'} left"
    return f"{fields['name']}: {fields['author'] or 'whoever the token belongs to'}{token}"
