"""`crosspost init`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from crosspost.cli.options import Console, common, working_folder
from crosspost.cli.prompts import confirm
from crosspost.command_line import command_line
from crosspost.errors import Problem, SettingsError
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from crosspost.onboarding.detect import FoundSite
    from crosspost.onboarding.tally import Tally


@click.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The baseline; default: today.")
@click.option("--posts", multiple=True, metavar="FOLDER", help="Where posts are; may be given several times.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@common
def init(console: Console, *, since: datetime | None, posts: tuple[str, ...], yes: bool) -> int:
    """Write crosspost.toml for the site found here, with the baseline set. Publishes nothing.

    \b
    cd my-blog
    crosspost init
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.clock import SystemClock  # noqa: PLC0415 - `--help` must not pay for it
    from crosspost.onboarding.detect import detect  # noqa: PLC0415 - see above
    from crosspost.onboarding.starter import starter  # noqa: PLC0415 - see above

    found = detect(working_folder(), posts)
    file = console.config or found.root / "crosspost.toml"
    if file.exists():
        console.say(f"{file} is there already and stays as it is")
    else:
        text = starter(found, (since or SystemClock().now().astimezone()).date())
        console.say(f"{found.kind} site in {found.root}\n\n{_indented(text)}")
        if not yes and not confirm(f"Write {file}?"):
            console.say("nothing was written")
            return 0
        _write(file, text)
    return _tell(console, found, file)


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8", newline="\n") as stream:  # "x": never over a file that came meanwhile
            stream.write(text)
    except OSError as error:
        what = f"{file} cannot be written: {error.strerror}"
        raise SettingsError(Problem(what=what, fix="see that its folder is there and writable")) from error


def _tell(console: Console, found: FoundSite, file: Path) -> int:
    from crosspost.onboarding.tally import tally  # noqa: PLC0415 - see above

    run = replace(console, config=file).workshop().run("default")
    counts = tally(run)
    fields = {
        "file": str(file),
        "root": str(found.root),
        "kind": found.kind,
        "url": f"{run.source.site.url}{run.source.site.baseurl}" or None,
        "posts": counts.posts,
        "on_linkedin": counts.on_linkedin,
        "due": counts.due,
        "unreadable": counts.unreadable,
        "since": run.baseline(record=False).isoformat(),
    }
    console.result(fields, safe("\n".join(_lines(counts, str(fields["url"] or ""), found.undated))))
    return 0


def _lines(counts: Tally, url: str, undated: int) -> list[str]:
    """Say what is there and what to do next, the most useful command last."""
    noun = "post" if counts.posts == 1 else "posts"
    lines = [f"{counts.posts} {noun}, {counts.on_linkedin} of them on LinkedIn already, {counts.due} due now"]
    if counts.later:
        lines.append(f"{counts.later} wait for their time: crosspost status")
    if undated:
        are = "file is no post: its name has" if undated == 1 else "files are no posts: their names have"
        lines.append(f"{undated} Markdown {are} no date (YYYY-MM-DD-slug.md)")
    if counts.unreadable:
        lines.append(
            f"{counts.unreadable} cannot be read as {'it is' if counts.unreadable == 1 else 'they are'}: crosspost check"
        )
    if not url:
        lines.append("the site's address is unknown, so posts would carry no link: set url in _config.yml, or site.url")
    if counts.on_linkedin:
        lines.append(
            "what is known elsewhere (footers, LinkedIn's data export) goes into the files with: crosspost adopt"
        )
    return [*lines, "", "next:", *(f"  {line}" for line in _next(counts))]


def _next(counts: Tally) -> list[str]:
    example = counts.newest or "POST"
    first = (
        ("crosspost publish --dry-run", "what would go out now")
        if counts.due
        else (command_line("publish", example), "named, it goes out whatever its date")
    )
    return [
        f"{command_line('preview', example)}    exactly what LinkedIn would get; needs no account",
        "crosspost check    what would be refused, shortened or repaired",
        "crosspost auth login    once; docs/linkedin-app.md leads from no account to the first post",
        f"{first[0]}    {first[1]}",
    ]


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.splitlines())
