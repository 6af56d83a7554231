"""`crosspost publish`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crosspost.cli.ci import Report
from crosspost.cli.options import Console, account_option, common, posts_argument
from crosspost.cli.progress import watched
from crosspost.cli.prompts import ask, confirm, is_interactive
from crosspost.errors import Problem, SettingsError, worst
from crosspost.report.outcomes import exit_code, is_routine, nothing_to_do, outcome_fields, outcome_text, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from crosspost.bootstrap import Workshop
    from crosspost.model import Outcome
    from crosspost.pipeline.run import Run

# Asked on a terminal only, and not after `--yes`: a first run that would send several posts is worth a look.
_ASK_FROM = 3


@click.command()
@posts_argument
@click.option("--due", is_flag=True, help="All posts that are due; the default when no POST is named.")
@click.option("--dry-run", is_flag=True, help="Say what would be done; change nothing and send nothing.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Send at most N posts.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Instead of the setting 'since'.")
@click.option(
    "--force", is_flag=False, flag_value="", metavar="REASON", help="Send this POST again although LinkedIn has it."
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@account_option
@common
def publish(
    console: Console,
    *,
    posts: tuple[Path, ...],
    due: bool,
    dry_run: bool,
    limit: int | None,
    since: datetime | None,
    force: str | None,
    yes: bool,
    account: str | None,
) -> int:
    """Publish these posts now; with no POST: all that are due.

    A post that is named goes out whatever its date. Nothing that is on LinkedIn already, or may be, is sent again.

    \b
    crosspost publish --dry-run
    crosspost publish _posts/2026-11-22-hello.md
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    if due and posts:
        raise click.UsageError("name posts or use --due, not both")
    if force is not None:
        _must_be_meant(posts, force, dry_run=dry_run)
    workshop = console.workshop({"since": since.date()} if since else None)
    accounts = (account,) if account else workshop.accounts
    if force is not None:
        _reopen(workshop, accounts, posts[0], force or ask("Why shall it be sent again?"))
    with Report(workshop, accounts, watch=not (posts or dry_run)) as report:
        for outcome in _outcomes(console, report, posts, dry_run=dry_run, limit=limit, yes=yes):
            report.outcomes.append(outcome)
            console.result(outcome_fields(outcome), _text(console, outcome, named=bool(posts)))
        code = worst({exit_code(report.outcomes), console.committed(report.commits), report.code})
        console.say(summary(report.outcomes))
        if not posts and (why := nothing_to_do(report.outcomes)):
            console.say(why)
    return code


def _outcomes(
    console: Console,
    report: Report,
    posts: tuple[Path, ...],
    *,
    dry_run: bool,
    limit: int | None,
    yes: bool,
) -> Iterator[Outcome]:
    from crosspost.pipeline.publish import publish as publish_posts  # noqa: PLC0415 - `--help` must not pay for it

    workshop = report.workshop
    for name in report.accounts:
        run = workshop.run(name)
        if not dry_run and (problem := workshop.version_warning(name)):
            console.say(f"warning{'' if name == 'default' else f' ({name})'}: {problem}")
        if not posts and run.policy.schedule.since is None:
            console.say(_no_baseline(run))
        keys = [run.source.key_of(str(post)) for post in posts] or list(run.source.keys())
        outcomes = publish_posts(
            run,
            keys,
            named=bool(posts),
            dry_run=dry_run,
            limit=limit,
            confirm=lambda count: yes or _sure(count),
            recorded=report.commits.append,
        )
        yield from watched(console, outcomes if dry_run else _told(workshop, run, outcomes), len(keys))


def _told(workshop: Workshop, run: Run, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Pass the outcomes on, and tell people of them at the end, however it ends."""
    if workshop.notifier is None:
        yield from outcomes
        return
    from crosspost.telling import tell_all  # noqa: PLC0415 - only who is told pays for it

    seen: list[Outcome] = []
    try:
        for outcome in outcomes:
            seen.append(outcome)
            yield outcome
    finally:
        tell_all(workshop, run, seen)


def _must_be_meant(posts: tuple[Path, ...], reason: str, *, dry_run: bool) -> None:
    """A post is sent again only where a person names it, alone, and says why."""
    if len(posts) != 1 or dry_run:
        raise click.UsageError("--force sends one POST again: name it, and leave out --due and --dry-run")
    if not reason.strip() and not is_interactive():
        raise click.UsageError('--force wants a reason: --force "the first one was deleted by mistake"')


def _reopen(workshop: Workshop, accounts: tuple[str, ...], post: Path, reason: str) -> None:
    from crosspost.reconcile import reopen  # noqa: PLC0415 - see above

    if len(accounts) != 1:
        raise click.UsageError(f"--force sends to one account: --account {' or '.join(accounts)}")
    if not reason.strip():
        raise click.UsageError("nothing is sent again without a reason")
    run = workshop.run(accounts[0])
    key = run.source.key_of(str(post))
    found = run.source.read(key)
    if found and found.linkedin_url:
        raise SettingsError(
            Problem(
                what=f"{key} says that it is at {found.linkedin_url}",
                linkedin_has="nothing was sent",
                fix="take that address out of the file, then run this again; the file gets the new one",
            )
        )
    run.ledger.sweep(run.site, run.clock.now())
    reopen(run.ledger, run.key(key), reason=reason.strip(), clock=run.clock)


def _no_baseline(run: Run) -> str:
    """Say why old posts stay where they are, and how to choose another day."""
    moment = run.baseline(record=False).astimezone(run.policy.schedule.timezone)
    return (
        f"no baseline is set: posts dated before {moment:%Y-%m-%d %H:%M} stay where they are unless you name them;\n"
        f"  to choose another day put 'since = {moment:%Y-%m-%d}' into crosspost.toml"
    )


def _sure(count: int) -> bool:
    return count < _ASK_FROM or confirm(f"Publish {count} posts on LinkedIn now?")


def _text(console: Console, outcome: Outcome, *, named: bool) -> str:
    """Outcomes that are mere routine stay quiet unless the user named the post or asked for details."""
    if is_routine(outcome) and (console.quiet or not (named or console.verbose)):
        return ""
    return outcome_text(outcome, verbose=console.verbose)
