"""Write docs/commands.md from the command line itself, and docs/settings.md from config/crosspost.toml and the schema.

python scripts/generate_reference.py            # say which page is not current
python scripts/generate_reference.py --write    # replace them
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crosspost.cli import crosspost
from crosspost.cli.options import common
from crosspost.settings.allowed import table_at, takes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
SETTINGS = ROOT / "config" / "crosspost.toml"
WRITTEN = "<!-- written by scripts/generate_reference.py; change what it reads instead -->\n"
COMMANDS_HEAD = f"""# Commands

{WRITTEN}
Results go to standard output, everything else to standard error. With `--json` each result is one JSON object a line.
`POST` is the path of a post's file. Every command has `--help`.

| exit code | means |
|---|---|
| 0 | done, or nothing to do |
| 1 | some post failed or, for `check`, has an error |
| 2 | wrong usage or settings |
| 3 | credentials missing, expired or refused |
| 4 | a person must look: an attempt whose outcome is uncertain, a missed post |
| 5 | the ledger cannot be used |
| 130 | interrupted |

When several apply, the first of 5, 3, 2, 4, 1 wins.

**Completion** of commands and options by the shell: put the line of yours into its start file.

```sh
eval "$(_CROSSPOST_COMPLETE=bash_source crosspost)"      # ~/.bashrc
eval "$(_CROSSPOST_COMPLETE=zsh_source crosspost)"       # ~/.zshrc
_CROSSPOST_COMPLETE=fish_source crosspost | source       # ~/.config/fish/config.fish
```
"""
SETTINGS_HEAD = f"""# Settings

{WRITTEN}
They stand in `crosspost.toml` in the blog's folder or above it; [config/crosspost.toml](../config/crosspost.toml) has them all
to copy from. Stronger are the command line, then the environment, where lists and tables are JSON. Weaker is the site's
`_config.yml`. `crosspost doctor` says where each value came from. Tokens and secrets are no settings: see
[credentials](credentials.md).
"""
_TABLE = "\n| setting | takes | default | | in the environment |\n|---|---|---|---|---|\n"
_HEAD = re.compile(r"(?:# )?\[(?P<name>[\w.]+)\]\s*(?:#\s*(?P<said>.*))?")
# A setting, or the example of one behind a comment sign, and what is said beside it.
_SETTING = re.compile(
    r"(?P<off># )?(?P<key>\w+|\"[^\"]+\") = (?P<value>\"[^\"]*\"|\[[^\]]*\]|[^#\"]+?)\s*(?:#\s*(?P<said>.*))?"
)


def commands_page() -> str:
    """Return docs/commands.md."""
    return (
        COMMANDS_HEAD
        + _common()
        + "".join(_command(command, path) for command, path in _commands(crosspost, "crosspost"))
    )


def _commands(group: click.Group, path: str) -> Iterator[tuple[click.Command, str]]:
    context = click.Context(group, info_name=path)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")
        else:
            yield command, f"{path} {name}"


def _common() -> str:
    @click.command()
    @common
    def nothing(_console: object) -> int:
        return 0

    return f"\n**Options of every command** that works on a site\n\n{_options(nothing)}"


_COMMON = frozenset({"config", "as_json", "quiet", "verbose", "version"})


def _command(command: click.Command, path: str) -> str:
    context = click.Context(command, info_name=path)
    usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
    options = _options(command, without=_COMMON)
    return f"\n## {path}\n\n```text\n{usage}\n```\n\n{_said(command.help or '')}\n" + (
        f"\n{options}" if options else ""
    )


def _said(text: str) -> str:
    """Return a help text as Markdown: what click keeps line by line is an example."""
    parts = [part.strip("\n") for part in inspect.cleandoc(text).split("\n\n")]
    return "\n\n".join(
        "```sh\n" + part.removeprefix("\b").strip("\n") + "\n```" if part.startswith("\b") else part for part in parts
    )


def _options(command: click.Command, without: frozenset[str] = frozenset()) -> str:
    context = click.Context(command, info_name="crosspost")
    records = [
        one.get_help_record(context)
        for one in command.params
        if isinstance(one, click.Option) and one.name not in without
    ]
    rows = "".join(f"| `{_cell(names)}` | {_cell(said)} |\n" for names, said in filter(None, records))
    return f"| option | |\n|---|---|\n{rows}" if rows else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def settings_page() -> str:
    """Return docs/settings.md."""
    page, prose, path = [SETTINGS_HEAD, _TABLE], list[str](), tuple[str, ...]()
    for line in SETTINGS.read_text(encoding="utf-8").splitlines()[4:]:
        if head := _HEAD.fullmatch(line):
            said = " ".join([*prose, head["said"] or ""]).strip()
            page.append(f"\n## [{head['name']}]\n" + (f"\n{said}\n" if said else "") + _TABLE)
            prose, path = [], tuple(head["name"].split("."))
        elif setting := _SETTING.fullmatch(line):
            said = " ".join([*prose, setting["said"] or ""]).strip()
            default = ("for example " if setting["off"] else "") + f"`{_cell(setting['value'])}`"
            allowed, variable = _allowed((*path, setting["key"])), _variable(path, setting["key"])
            page.append(f"| `{_cell(setting['key'])}` | {allowed} | {default} | {_cell(said)} | `{variable}` |\n")
            prose = []
        elif line.startswith(" "):  # goes on with what stands beside the setting above it
            row, variable = page[-1].rsplit(" | ", 1)
            page[-1] = f"{row} {_cell(line.strip(' #'))} | {variable}"
        elif line:
            prose.append(line.removeprefix("# "))
    return "".join(page).replace(_TABLE + "\n##", "\n##")


def _allowed(path: tuple[str, ...]) -> str:
    """Return what a setting takes, with what is to be typed as it stands marked as code."""
    return re.sub(r'"[^"]*"|\b(?:true|false)\b', r"`\g<0>`", _cell(takes(path) or ""))


def _variable(path: tuple[str, ...], key: str) -> str:
    return "CROSSPOST_" + "__".join([*path, key] if table_at(path) else path).upper()


PAGES = {ROOT / "docs" / "commands.md": commands_page, ROOT / "docs" / "settings.md": settings_page}


def main() -> int:
    """Compare or write, and say so."""
    stale = [page for page, made in PAGES.items() if not page.exists() or page.read_text(encoding="utf-8") != made()]
    for page in stale:
        if "--write" in sys.argv:
            page.write_text(PAGES[page](), encoding="utf-8")
        print(page.relative_to(ROOT))
    return 0 if "--write" in sys.argv else bool(stale)


if __name__ == "__main__":
    sys.exit(main())
