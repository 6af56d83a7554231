"""Flags that several commands share, and what they lead to."""

from __future__ import annotations

import functools
import gc
import logging
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crosspost import __version__
from crosspost.errors import Problem, SettingsError
from crosspost.linkedin.redact import RedactingFilter, Redactor
from crosspost.report.terminal import json_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crosspost.bootstrap import Workshop
    from crosspost.credentials import Prompt
    from crosspost.errors import ExitCode
    from crosspost.model import Recorded
    from crosspost.report.style import Style


@dataclass(frozen=True, slots=True)
class Console:
    """How to print: as JSON Lines or for people, and how much."""

    json: bool
    quiet: bool
    verbose: bool
    config: Path | None
    redactor: Redactor

    def result(self, fields: Mapping[str, object], text: str) -> None:
        """Print one result on standard output, in the form that was asked for."""
        if self.json:
            sys.stdout.write(f"{json_line(fields)}\n")  # it has nothing that `click.echo` would take out
            sys.stdout.flush()
        elif text:
            click.echo(text)

    @property
    def is_terminal(self) -> bool:
        """Whether results are read by a person on a terminal."""
        return not self.json and sys.stdout.isatty()

    @property
    def style(self) -> Style:
        """Colour for results where a terminal has it."""
        from crosspost.report.style import Style, has_colour  # noqa: PLC0415 - `--help` must not pay for it

        return Style(colour=has_colour(os.environ, is_terminal=self.is_terminal))

    @property
    def columns(self) -> int:
        """How wide the terminal is; 80 where there is none."""
        return shutil.get_terminal_size().columns

    def say(self, text: str) -> None:
        """Print for people only, on standard error."""
        if not self.quiet:
            click.echo(text, err=True)

    def committed(self, commits: Sequence[Recorded]) -> ExitCode:
        """Tell what version control got of the addresses, on standard error; return the exit code that follows."""
        from crosspost.report.recorded import recorded_code, recorded_text  # noqa: PLC0415 - `--help` must not pay for it

        for recorded in commits:
            text = recorded_text(recorded, verbose=self.verbose)
            if text and (recorded.problem or not self.quiet):
                click.echo(text, err=True)
        return recorded_code(commits)

    def workshop(self, overrides: Mapping[str, Any] | None = None) -> Workshop:
        """Load the settings that apply here; a person at the terminal may be asked for a token."""
        from crosspost.cli.prompts import prompt_here  # noqa: PLC0415 - `--help` must not pay for it

        return self._open(working_folder(), prompt_here(), overrides)

    def unattended(self, here: Path) -> Workshop:
        """Load the settings that apply in a folder; nobody is there to be asked for a token."""
        from crosspost.credentials import NoPrompt  # noqa: PLC0415 - `--help` must not pay for it

        return self._open(here, NoPrompt())

    def _open(self, here: Path, prompt: Prompt, overrides: Mapping[str, Any] | None = None) -> Workshop:
        from crosspost.bootstrap import Workshop  # noqa: PLC0415 - `--help` must not pay for settings

        return Workshop.open(here, prompt, config=self.config, overrides=overrides, on_token=self.redactor.add)


def common(command: Callable[..., int]) -> Callable[..., int]:
    """Add the common flags; the command gets them as a `Console`, its first argument."""

    @common_flags
    @functools.wraps(command)
    def wrapped(*, config: Path | None, as_json: bool, quiet: bool, verbose: bool, **own: object) -> int:
        before = click.get_current_context().find_root().params  # flags may also stand before the command
        redactor = Redactor()
        _log(redactor, verbose=verbose or before["verbose"])
        console = Console(
            json=as_json or before["as_json"],
            quiet=quiet or before["quiet"],
            verbose=verbose or before["verbose"],
            config=config or before["config"],
            redactor=redactor,
        )
        return command(console, **own)

    return wrapped


def common_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the common flags themselves."""
    for flag in (
        click.version_option(__version__, prog_name="crosspost", message="%(prog)s %(version)s"),
        click.option("-v", "--verbose", is_flag=True, help="Print details and the log."),
        click.option("-q", "--quiet", is_flag=True, help="Print only what needs attention."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON Lines."),
        click.option("--config", type=click.Path(path_type=Path), help="Use this crosspost.toml."),
    ):
        command = flag(command)
    return command


def working_folder() -> Path:
    """Return the folder that this runs in.

    Raises:
        SettingsError: Somebody has removed it.
    """
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        what = "the folder that this runs in is not there any more"
        raise SettingsError(Problem(what=what, fix="change into your blog's folder")) from error


def stay() -> None:
    """Have garbage looked for as Python does by itself: for commands that run until they are stopped (see `__main__`)."""
    gc.freeze()  # what is imported by now stays anyway
    gc.set_threshold(700, 10, 10)


def _log(redactor: Redactor, *, verbose: bool) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(RedactingFilter(redactor))
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        handlers=[handler],
        force=True,
    )
    for talkative in ("keyring", "tzlocal", "PIL", "watchfiles"):  # what they look for is no detail of a publish
        logging.getLogger(talkative).setLevel(logging.WARNING)


posts_argument = click.argument("posts", nargs=-1, type=click.Path(path_type=Path), metavar="[POST]...")
account_option = click.option("--account", metavar="NAME", help="Only this account.")
