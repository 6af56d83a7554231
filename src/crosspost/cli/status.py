"""`crosspost status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crosspost.cli.options import Console, account_option, common
from crosspost.model import OutcomeKind
from crosspost.report.outcomes import exit_code, nothing_to_do, summary, what_is_due
from crosspost.report.status import calendar_fields, calendar_text, status_fields, status_row, status_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.bootstrap import Workshop
    from crosspost.model import QueueLine
    from crosspost.signin.account import Account


@click.command()
@click.option("--calendar", is_flag=True, help="Show only what will go out by itself, in order of time.")
@account_option
@common
def status(console: Console, *, calendar: bool, account: str | None) -> int:
    """Show queue, history and what needs a person. Changes nothing and sends nothing.

    \b
    crosspost status
    crosspost status --calendar      # what goes out when
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    workshop = console.workshop()
    names = (account,) if account else workshop.accounts
    accounts = [workshop.account(name) for name in names]
    console.result(
        {"accounts": [_account_fields(known) for known in accounts]},
        "\n".join(_account_text(known) for known in accounts),
    )
    lines = _lines(workshop, names)
    lines = _show_calendar(console, workshop, list(lines)) if calendar else _show_queue(console, lines)
    outcomes = [line.outcome for line in lines]
    console.say(summary(outcomes))
    if why := nothing_to_do(outcomes) or what_is_due(outcomes):
        console.say(why)
    return exit_code(outcomes)


def _lines(workshop: Workshop, names: Iterable[str]) -> Iterator[QueueLine]:
    from crosspost.pipeline.queue import queue  # noqa: PLC0415 - `--help` must not pay for it

    for name in names:
        yield from queue(workshop.run(name))


def _show_queue(console: Console, lines: Iterable[QueueLine]) -> Iterator[QueueLine]:
    for line in lines:
        shown = console.verbose or line.outcome.kind is not OutcomeKind.SKIPPED or line.state is not None
        console.result(status_fields(line), _text(console, line) if shown else "")
        yield line


def _text(console: Console, line: QueueLine) -> str:
    if console.is_terminal:
        return status_row(line, console.style, console.columns, verbose=console.verbose)
    return status_text(line, verbose=console.verbose)


def _show_calendar(console: Console, workshop: Workshop, lines: list[QueueLine]) -> Iterator[QueueLine]:
    ahead = sorted((line.expected, number, line) for number, line in enumerate(lines) if line.expected)
    if console.json:
        for _, _, line in ahead:
            console.result(calendar_fields(line), "")
    else:
        text = calendar_text(lines, workshop.source().timezone)
        console.result({}, text or "nothing will go out by itself")
    return iter(lines)


def _account_fields(known: Account) -> dict[str, object]:
    return {
        "name": known.name,
        "author": known.author,
        "token_expires_at": known.token_expires_at.isoformat() if known.token_expires_at else None,
        "token_days_left": known.token_days_left,
    }


def _account_text(known: Account) -> str:
    author = f"{known.name}: {known.author or 'whoever the token belongs to'}"
    return f"{author}, {known.token_left}" if known.token_left else author
