"""`crosspost check`: what would be refused, shortened or repaired, and what can be mended in the files. Sends nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from crosspost.cli.ci import annotate, folder_in_checkout
from crosspost.cli.options import Console, account_option, common, posts_argument
from crosspost.cli.preview import drafts
from crosspost.cli.progress import watched
from crosspost.cli.prompts import confirm
from crosspost.errors import ExitCode, PostUnreadable, WriteBackRefused
from crosspost.findings import Finding, Severity
from crosspost.report.ci import of_finding
from crosspost.report.drafts import finding_fields
from crosspost.report.excerpts import excerpt
from crosspost.report.terminal import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from crosspost.bootstrap import Workshop
    from crosspost.jekyll.site import JekyllSite


_MOST_WITHOUT_PICTURE = 5


@click.command()
@posts_argument
@click.option("--fix", is_flag=True, help="Mend in the files what is sure: wrong encodings and styled letters.")
@click.option("--diff", "show", is_flag=True, help="Show what --fix would change; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before --fix changes files.")
@click.option("--format", "form", type=click.Choice(["text", "sarif"]), default="text", show_default=True, help="How.")
@account_option
@common
def check(
    console: Console, *, posts: tuple[Path, ...], fix: bool, show: bool, yes: bool, form: str, account: str | None
) -> int:
    """Tell what would be refused, shortened or repaired.

    Exit code 1 when a post has an error, which keeps it from being published.

    \b
    crosspost check --diff            # what a repair of the files would change
    crosspost check --format sarif    # for code hosts
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    workshop = console.workshop()
    source = workshop.source(account or "default")
    if fix or show:
        keys = [source.key_of(str(post)) for post in posts] or list(source.keys())
        _mend(console, source, keys, write=fix and not show, yes=yes)
    desk = _Desk(console, workshop, source, form)
    for name in (account,) if account else workshop.accounts:
        for key, seen in drafts(console, workshop, posts, name):
            desk.take(key, seen if isinstance(seen, tuple) else seen.findings)
        if not desk.posts:
            break  # for no account there is anything to check
    return desk.close()


@dataclass
class _Desk:
    """Takes the findings of one post after the other, and tells them in the form that was asked for."""

    console: Console
    workshop: Workshop
    source: JekyllSite
    form: str
    posts: set[str] = field(default_factory=set)
    told: set[Finding] = field(default_factory=set)
    counts: Counter[Severity] = field(default_factory=Counter)
    kept: list[Finding] = field(default_factory=list)
    alike: Counter[str] = field(default_factory=Counter)

    def take(self, key: str, findings: Iterable[Finding]) -> None:
        """Tell what is found in a post, and what several accounts find in it once."""
        self.posts.add(key)
        lines: list[str] | None = None
        for finding in findings:
            if finding in self.told:
                continue
            self.told.add(finding)
            self.counts[finding.severity] += 1
            if self.console.quiet and finding.severity is not Severity.ERROR:
                continue
            if self.form == "sarif":
                self.kept.append(finding)
                continue
            if self._is_told_often_enough(finding):
                continue
            if lines is None:
                lines = [] if self.console.json else self.source.lines(finding.post)
            text = excerpt(finding, lines, self.console.columns, self.console.style, wrapping=self.console.is_terminal)
            self.console.result(finding_fields(finding), text)
            annotate([of_finding(finding)], root=self.workshop.loaded.root)

    def _most(self, code: str) -> int | None:
        """Return with how many posts people are told what is the site's fault or its habit, None for anything else."""
        return {"XP008": None if self.source.site.url else 1, "XP401": _MOST_WITHOUT_PICTURE}.get(code)

    def _is_told_often_enough(self, finding: Finding) -> bool:
        most = None if self.console.json else self._most(finding.code)
        if most is None:
            return False
        self.alike[finding.code] += 1
        return self.alike[finding.code] > most

    def close(self) -> ExitCode:
        if self.form == "sarif":
            from crosspost.report.sarif import sarif  # noqa: PLC0415 - only who asks for it pays for it

            click.echo(sarif(self.kept, folder_in_checkout(self.workshop.loaded.root)))
        for code, number in self.alike.items():
            if (more := number - (self._most(code) or 0)) > 0:
                self.console.say(f"{code} holds for {counted(more, 'further post')} too")
        counts = ", ".join(counted(self.counts[severity], severity.value) for severity in Severity)
        self.console.say(f"{counted(len(self.posts), 'post')}: {counts}")
        return ExitCode.FAILED if self.counts[Severity.ERROR] else ExitCode.DONE


def _mend(console: Console, source: JekyllSite, keys: list[str], *, write: bool, yes: bool) -> None:
    """Show what the files would become, and make them so after a yes. A file that cannot be mended alone stays."""
    from crosspost.report.diff import diff  # noqa: PLC0415 - only who asks for it pays for it

    changes: dict[str, tuple[bytes, bytes]] = {}
    for key in watched(console, keys, len(keys)):
        try:
            before, after = source.mended(key)
        except PostUnreadable:
            continue  # the check that follows says what is wrong with it
        except WriteBackRefused as error:
            console.say(f"{error.problem}")
            continue
        if before != after:
            changes[key] = before, after
            console.say(diff(key, before, after))
    if not (changes and write) or not (yes or confirm(f"Mend {counted(len(changes), 'file')}?")):
        return
    for key, (before, after) in changes.items():
        try:
            source.replace(key, before, after)
        except WriteBackRefused as error:
            console.say(f"{error.problem}")
