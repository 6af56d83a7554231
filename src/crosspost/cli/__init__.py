"""The command line: parsing, printing, exit codes. It decides nothing.

Standard output carries results only; logs and prompts go to standard error.
"""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import replace
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosspost.cli.options import common_flags
from crosspost.errors import CrosspostError, ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

# Command -> module that holds it. A module is imported when its command runs, so that each pays only for itself.
_COMMANDS = {
    "init": "init",
    "check": "check",
    "preview": "preview",
    "publish": "publish",
    "daemon": "daemon",
    "approve": "approve",
    "status": "status",
    "resolve": "resolve",
    "edit": "change",
    "delete": "change",
    "adopt": "adopt",
    "auth": "auth",
    "doctor": "doctor",
    "ledger": "ledger",
    "sandbox": "sandbox",
    "dashboard": "dashboard",
    "demo": "demo",
}


_NO_ROOM = Problem(
    what="there is no space left on the disk that results or files go to",
    linkedin_has="what was published is on record",
    fix="make room there, then run it again",
)


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"crosspost.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # noqa: PLC0415 - only for a slip of the fingers

            for near in get_close_matches(args[0], _COMMANDS, n=1):
                raise click.UsageError(f"{error.message} Did you mean '{near}'?", ctx) from None
            raise


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@common_flags
def crosspost(**_flags: object) -> None:
    """Publish the posts of a Markdown blog on LinkedIn: as meant, once, with the address written back.

    Start with 'crosspost preview' in your blog's folder: it sends nothing and needs no account.
    """


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code.

    Everything that a user or LinkedIn can cause ends in one line on standard error; only a defect of crosspost itself
    shows a traceback.
    """
    _open_streams()
    try:
        result = crosspost.main(list(arguments), prog_name="crosspost", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return int(ExitCode.USAGE)
    except CrosspostError as error:
        return _tell(error, verbose="--verbose" in arguments or "-v" in arguments)
    except (KeyboardInterrupt, click.Abort):
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        # The reader (`| head`) has gone: nothing more can be said, and Python must not try at exit (see its docs on SIGPIPE).
        sys.stdout = _nowhere()
        return int(ExitCode.DONE)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.stdout = _nowhere()  # as above: Python must not try once more at exit
        return _tell(CrosspostError(_NO_ROOM), verbose=False)
    return int(result or ExitCode.DONE)


def _open_streams() -> None:
    """Posts are UTF-8 whatever the locale says; a stream that cannot show a character gets an escape, one that is closed nothing."""
    for name in ("stdout", "stderr"):
        if (stream := getattr(sys, name)) is None:  # as after `>&-`
            setattr(sys, name, _nowhere())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _nowhere() -> TextIO:
    """Return a stream that takes everything, and stays open until the process ends."""
    return Path(os.devnull).open("w", encoding="utf-8", errors="backslashreplace")


def _tell(error: CrosspostError, *, verbose: bool) -> int:
    from crosspost.cli.ci import annotate  # noqa: PLC0415 - only when something went wrong
    from crosspost.report.ci import problem_annotations  # noqa: PLC0415 - see above
    from crosspost.report.outcomes import problem_lines  # noqa: PLC0415 - see above
    from crosspost.report.terminal import safe  # noqa: PLC0415 - see above

    problems = getattr(error, "problems", (error.problem,))
    for problem, following in zip_longest(problems, problems[1:]):
        said_below = following is not None and following.fix == problem.fix  # what helps against all is said once
        shown = replace(problem, fix="") if said_below else problem
        lines = [f"crosspost: {problem.what}", *problem_lines(shown, verbose=verbose)]
        click.echo(safe("\n".join(lines)), err=True)
        annotate(problem_annotations("error", [problem]))
    return int(error.exit_code)
