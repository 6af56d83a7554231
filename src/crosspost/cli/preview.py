"""`crosspost preview`: what LinkedIn would get. Sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crosspost.cli.options import Console, common, posts_argument
from crosspost.cli.progress import watched
from crosspost.errors import ExitCode, PostUnreadable
from crosspost.model import IS_DRAFT
from crosspost.report.drafts import draft_fields, draft_text, finding_text, unreadable_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from crosspost.bootstrap import Workshop
    from crosspost.findings import Finding
    from crosspost.jekyll.site import JekyllSite
    from crosspost.model import Draft


@click.command()
@posts_argument
@click.option("--account", metavar="NAME", default="default", show_default=True, help="The account that would send it.")
@common
def preview(console: Console, *, posts: tuple[Path, ...], account: str) -> int:
    """Show exactly what LinkedIn would get; send nothing.

    With no POST: every post that may go out. A line marks where the feed folds the text.

    \b
    crosspost preview _posts/2026-11-22-hello.md
    crosspost preview --json | jq -r .wire     # exactly what would be sent
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    workshop = console.workshop()
    code = ExitCode.DONE
    for key, seen in drafts(console, workshop, posts, account):
        if isinstance(seen, tuple):
            code = ExitCode.FAILED
            console.result(unreadable_fields(key, seen), "\n".join(finding_text(finding) for finding in seen))
        else:
            console.result(draft_fields(seen), _shown(console, workshop, seen))
    return code


def _shown(console: Console, workshop: Workshop, draft: Draft) -> str:
    """Return a draft as a card on a terminal; elsewhere as text that stays as it will be sent, and nothing beside JSON."""
    if console.json:
        return ""
    if not console.is_terminal:
        return draft_text(draft)
    from crosspost.report.card import card  # noqa: PLC0415 - only who looks at it pays for it

    title = workshop.source().site.config.get("title")
    return card(draft, name=str(title or workshop.loaded.root.name), columns=console.columns, style=console.style)


def drafts(
    console: Console, workshop: Workshop, posts: tuple[Path, ...], account: str
) -> Iterator[tuple[str, Draft | tuple[Finding, ...]]]:
    """Yield each post's draft, or the findings that kept it from being read; files that are no posts are left out.

    So are posts that their author does not want on LinkedIn, unless they are named.
    """
    source = workshop.source(account)
    keys = [source.key_of(str(post)) for post in posts] or list(source.keys())
    if not keys:
        from crosspost.report.outcomes import WHERE_POSTS_ARE, summary  # noqa: PLC0415 - only who needs it pays for it

        console.say(f"{summary([])}\n{WHERE_POSTS_ARE}")
    for key, seen in watched(console, _each(workshop, source, account, keys, named=bool(posts)), len(keys)):
        if seen is not None:
            yield key, seen
        elif posts:
            console.say(f"{key}: {IS_DRAFT}")


def _each(
    workshop: Workshop, source: JekyllSite, name: str, keys: Iterable[str], *, named: bool
) -> Iterator[tuple[str, Draft | tuple[Finding, ...] | None]]:
    from crosspost.pipeline.draft import draft  # noqa: PLC0415 - `--help` must not pay for it
    from crosspost.plan import not_chosen  # noqa: PLC0415 - see above

    policy = workshop.policy(name, source)
    for key in keys:
        try:
            post = source.read(key)
        except PostUnreadable as error:
            yield key, error.findings
        else:
            wanted = post if post and (named or not not_chosen(post, policy)) else None
            yield key, draft(source, policy, wanted) if wanted else None
