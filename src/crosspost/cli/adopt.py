"""`crosspost adopt`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosspost.cli.options import Console, common, posts_argument
from crosspost.cli.prompts import confirm, is_interactive
from crosspost.errors import Problem, SettingsError
from crosspost.model import AdoptionKind
from crosspost.report.adoptions import adoption_fields, adoption_text, adoptions_code, adoptions_summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crosspost.adoption.adopt import Files
    from crosspost.adoption.shares import Share
    from crosspost.model import Adoption


@click.command()
@posts_argument
@click.option("--shares", type=click.Path(path_type=Path), metavar="FILE", help="Shares.csv of LinkedIn's data export.")
@click.option("--url", metavar="URL", help="Where the one POST is: you have looked.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--account", metavar="NAME", default="default", show_default=True, help="The account that has the posts.")
@common
def adopt(
    console: Console,
    *,
    posts: tuple[Path, ...],
    shares: Path | None,
    url: str | None,
    dry_run: bool,
    yes: bool,
    account: str,
) -> int:
    """Write addresses that posts already have into their front matter, so that they are never published again.

    Found in a post's footer, in a labelled line at its top, or with --shares in LinkedIn's data export, by text and date.
    What is not sure is offered and not written. LinkedIn is not asked.

    \b
    crosspost adopt --dry-run
    crosspost adopt --shares Shares.csv
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    if url is not None and len(posts) != 1:
        raise click.UsageError("--url says where one POST is: name that post, and no other")
    from crosspost.adoption import adopt as adoption  # noqa: PLC0415 - `--help` must not pay for it

    workshop = console.workshop()
    source = workshop.source(account)
    files = adoption.Files(source=source, policy=workshop.policy(account, source))
    keys = [source.key_of(str(post)) for post in posts] or list(source.keys())
    found = adoption.told(files, keys[0], url) if url else adoption.propose(files, keys, _shares(shares))
    if dry_run:
        return _show(console, files, found, named=bool(posts))
    if not yes and not _agreed(files, found):
        console.say("nothing was written")
        return 0
    return _show(console, files, adoption.adopt(files, found), named=bool(posts))


def _shares(path: Path | None) -> tuple[Share, ...]:
    from crosspost.adoption.shares import NoExport, read_shares  # noqa: PLC0415 - see above

    if path is None:
        return ()
    fix = "unpack the archive of LinkedIn's data export and name its Shares.csv"
    try:
        return read_shares(path.read_text(encoding="utf-8", errors="replace"))
    except OSError as error:
        raise SettingsError(Problem(what=f"{path} cannot be read: {error.strerror}", fix=fix)) from error
    except NoExport as error:
        raise SettingsError(Problem(what=f"{path} is not LinkedIn's list of shares: {error}", fix=fix)) from error


def _agreed(files: Files, found: Iterable[Adoption]) -> bool:
    """Show what is about to be written and ask; without a terminal the command line is the yes."""
    sure = [one for one in found if one.kind is AdoptionKind.WOULD_ADOPT]
    if not sure or not is_interactive():
        return True
    for one in sure:
        click.echo(adoption_text(one, files.policy.write_back.key), err=True)
    return confirm(f"Write {len(sure)} {'address' if len(sure) == 1 else 'addresses'}?")


def _show(console: Console, files: Files, found: Iterable[Adoption], *, named: bool) -> int:
    shown = []
    for one in found:
        shown.append(one)
        quiet = one.kind is AdoptionKind.SKIPPED and (console.quiet or not (named or console.verbose))
        text = "" if quiet else adoption_text(one, files.policy.write_back.key, verbose=console.verbose)
        console.result(adoption_fields(one), text)
    console.say(adoptions_summary(shown, AdoptionKind))
    return adoptions_code(shown)
