"""`crosspost approve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crosspost.cli.options import Console, account_option, common
from crosspost.errors import Problem, SettingsError
from crosspost.report.outcomes import exit_code, outcome_text
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from crosspost.bootstrap import Workshop
    from crosspost.model import Outcome
    from crosspost.pipeline.run import Run


@click.command()
@click.argument("posts", nargs=-1, required=True, type=click.Path(), metavar="POST...")
@click.option("--withdraw", is_flag=True, help="Take the approval back.")
@account_option
@common
def approve(console: Console, *, posts: tuple[str, ...], withdraw: bool, account: str | None) -> int:
    """Let posts go out when they are due (where 'schedule.approve' is on).

    What is approved is what 'crosspost preview POST' shows now; a post that changes afterwards waits again.

    \b
    crosspost approve _posts/2026-11-22-hello.md
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    workshop = console.workshop()
    runs = _runs(workshop, account)
    keys = [(run, run.source.key_of(post)) for run in runs for post in posts]
    failed = [outcome for run, key in keys if (outcome := _one(console, run, key, withdraw=withdraw))]
    return exit_code(failed)


def _runs(workshop: Workshop, account: str | None) -> list[Run]:
    runs = map(workshop.run, (account,) if account else workshop.accounts)
    waiting = [run for run in runs if run.policy.schedule.approve]
    if not waiting:
        what = "no account waits for approval: schedule.approve is false"
        raise SettingsError(Problem(what=what, fix="set approve = true under [schedule] in crosspost.toml"))
    return waiting


def _one(console: Console, run: Run, key: str, *, withdraw: bool) -> Outcome | None:
    from crosspost.model import Outcome  # noqa: PLC0415 - `--help` must not pay for it
    from crosspost.pipeline import approval  # noqa: PLC0415 - see above

    if withdraw:
        approval.withdraw(run, key)
        _say(console, run, key, approved=False)
        return None
    found = approval.approve(run, key)
    if isinstance(found, Outcome):
        _say(console, run, key, approved=False, error=str(found.problem or found.reason))
        click.echo(outcome_text(found, verbose=console.verbose), err=True)
        return found
    _say(console, run, key, approved=True)
    return None


def _say(console: Console, run: Run, key: str, *, approved: bool, error: str | None = None) -> None:
    account = "" if run.policy.name == "default" else f" ({run.policy.name})"
    text = "" if error else safe(f"{'approved' if approved else 'not approved any more'}: {key}{account}")
    console.result({"post": key, "account": run.policy.name, "approved": approved, "error": error}, text)
