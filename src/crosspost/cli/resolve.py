"""`crosspost resolve`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crosspost.cli.options import Console, common
from crosspost.errors import worst
from crosspost.model import OutcomeKind
from crosspost.report.outcomes import exit_code, outcome_fields, outcome_text

if TYPE_CHECKING:
    from crosspost.model import Recorded


@click.command()
@click.argument("post", type=click.Path(), metavar="POST")
@click.option("--url", metavar="URL", help="LinkedIn has it, here.")
@click.option("--not-posted", is_flag=True, help="LinkedIn does not have it: it may be sent again.")
@click.option("--account", metavar="NAME", default="default", show_default=True, help="The account that tried.")
@common
def resolve(console: Console, *, post: str, url: str | None, not_posted: bool, account: str) -> int:
    """Settle an uncertain attempt by hand.

    Look at the author's recent activity on LinkedIn first; crosspost believes what you say here.

    \b
    crosspost resolve _posts/2026-11-22-hello.md --url https://www.linkedin.com/feed/update/urn:li:share:123/
    crosspost resolve _posts/2026-11-22-hello.md --not-posted
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    if bool(url) == not_posted:
        raise click.UsageError("say either --url URL or --not-posted")
    from crosspost.pipeline.publish import publish  # noqa: PLC0415 - `--help` must not pay for it
    from crosspost.reconcile import resolve as settle  # noqa: PLC0415 - see above

    run = console.workshop().run(account)
    key = run.source.key_of(post, known=run.knows)
    settle(run.ledger, run.key(key), url=url, clock=run.clock)
    commits: list[Recorded] = []
    if not_posted:
        outcomes = [run.outcome(key, OutcomeKind.WAITING, "recorded as not posted; the next publish may send it")]
    elif not run.source.stamp(key):
        outcomes = [run.outcome(key, OutcomeKind.SKIPPED, "recorded as published; its file is gone")]
    else:
        outcomes = list(publish(run, [key], named=True, recorded=commits.append))
    for outcome in outcomes:
        console.result(outcome_fields(outcome), outcome_text(outcome, verbose=console.verbose))
    return worst({exit_code(outcomes), console.committed(commits)})
