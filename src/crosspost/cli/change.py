"""`crosspost edit` and `crosspost delete`."""

from __future__ import annotations

import click

from crosspost.cli.options import Console, common
from crosspost.cli.prompts import confirm, is_interactive
from crosspost.report.outcomes import exit_code, outcome_fields, outcome_text

_post = click.argument("post", type=click.Path(), metavar="POST")
_account = click.option("--account", metavar="NAME", default="default", show_default=True, help="The account.")


@click.command()
@_post
@_account
@common
def edit(console: Console, *, post: str, account: str) -> int:
    """Bring the LinkedIn copy up to date with the file.

    Only the text can be changed there; card, pictures and visibility stay. `status` shows which posts have changed since.

    \b
    crosspost edit _posts/2026-11-22-hello.md
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.pipeline.change import edit as edit_post  # noqa: PLC0415 - `--help` must not pay for it

    run = console.workshop().run(account)
    outcome = edit_post(run, run.source.key_of(post))
    console.result(outcome_fields(outcome), outcome_text(outcome, verbose=console.verbose))
    return exit_code([outcome])


@click.command()
@_post
@click.option("--reason", metavar="TEXT", default="deleted by hand", show_default=True, help="For the history.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_account
@common
def delete(console: Console, *, post: str, reason: str, yes: bool, account: str) -> int:
    """Remove the LinkedIn copy, with its reactions and comments; the file loses the address.

    The post does not go out again by itself.

    \b
    crosspost delete _posts/2026-11-22-hello.md --reason "wrong picture"
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.pipeline.change import delete as delete_post  # noqa: PLC0415 - see above

    run = console.workshop().run(account)
    key = run.source.key_of(post, known=run.knows)
    if not yes and not is_interactive():
        raise click.UsageError("say --yes: there is no terminal to ask on")
    if not yes and not confirm(f"Delete the LinkedIn copy of {key}, with its reactions and comments?"):
        console.say("nothing was changed")
        return 0
    outcome = delete_post(run, key, reason=reason)
    console.result(outcome_fields(outcome), outcome_text(outcome, verbose=console.verbose))
    return exit_code([outcome])
