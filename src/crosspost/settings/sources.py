"""Where settings come from, first wins: command line, environment, `crosspost.toml`, built-in default.

The site's own `_config.yml` comes after `crosspost.toml`; the site reads it itself (see `crosspost.jekyll.config`).
"""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING, Any

from crosspost.settings.schema import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

PREFIX = "CROSSPOST_"
# Names that people already have in their environment, from other tools.
BORROWED = {
    "LINKEDIN_PERSON_URN": ("linkedin", "author"),
    "LINKEDIN_API_VERSION": ("linkedin", "api_version"),
}
# Variables with our prefix that are no settings: the set-up script's and the tests'.
_OURS = frozenset({"CROSSPOST_SETUP_LOCKED", "CROSSPOST_SHARED"})


def gather(overrides: Mapping[str, Any], toml_file: Path | None) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    """Return each source's name and values, strongest first, and the variables that should hold JSON and do not.

    Raises:
        tomllib.TOMLDecodeError: `toml_file` is not TOML.
    """
    said, no_json = _environment()
    values = [
        ("command line", dict(overrides)),
        ("environment", _without_secrets(said)),
        ("environment", _borrowed()),
    ]
    if toml_file is not None:
        with toml_file.open("rb") as file:
            values.append((str(toml_file), tomllib.load(file)))
    return values, no_json


def _environment() -> tuple[dict[str, Any], list[str]]:
    """Return what variables with our prefix say, as pydantic-settings reads them: `__` between levels, JSON for lists.

    And the names of those that it cannot read. It is imported only where there is one: 50 ms of each start, for asyncio,
    dotenv and a command line of its own.
    """
    if not any(name.upper().startswith(PREFIX) and name not in _OURS for name in os.environ):
        return {}, []
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict  # noqa: PLC0415 - see above
    from pydantic_settings.exceptions import SettingsError as NoJson  # noqa: PLC0415 - see above

    class Declared(Tables, BaseSettings):
        """`Tables` as pydantic-settings wants it declared: it reads field names and types from it."""

        model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__")

    def read(variables: Mapping[str, str | None]) -> dict[str, Any] | None:
        source.env_vars = variables
        try:
            return source()
        except NoJson:  # it names the table, and not the variable
            return None

    source = EnvSettingsSource(Declared)
    variables = source.env_vars
    if (said := read(variables)) is not None:
        return said, []
    ours = [name for name in variables if name.upper().startswith(PREFIX)]
    bad = [name for name in ours if read({name: variables[name]}) is None]
    return read({name: variables[name] for name in ours if name not in bad}) or {}, [name.upper() for name in bad]


def _without_secrets(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out the token that the environment may hold beside the settings: `credentials` alone looks at it."""
    if isinstance(linkedin := values.get("linkedin"), dict):
        linkedin.pop("access_token", None)
    return values


def _borrowed() -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for name, (section, key) in BORROWED.items():
        if value := os.environ.get(name):
            nested.setdefault(section, {})[key] = value
    return nested


def variable_of(path: Sequence[str]) -> str:
    """Return the environment variable that a setting came from, `path` being its keys.

    >>> variable_of(("schedule", "slots", "0"))
    'CROSSPOST_SCHEDULE__SLOTS'
    """
    keys = tuple(key for key in path if not key.isdigit())
    name = PREFIX + "__".join(keys).upper()
    borrowed: dict[tuple[str, ...], str] = {where: other for other, where in BORROWED.items()}
    return name if name in os.environ else borrowed.get(keys, name)


def unknown_variables() -> list[str]:
    """Return the environment variables with our prefix that name no setting."""
    known = {PREFIX + field.upper() for field in Tables.model_fields}
    return sorted(
        name
        for name in os.environ
        if name.startswith(PREFIX) and name.split("__")[0] not in known and name not in _OURS
    )


def flatten(values: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each leaf with its path of keys.

    >>> list(flatten({"text": {"limit": 3000}, "since": None}))
    [(('text', 'limit'), 3000), (('since',), None)]
    """
    for key, value in values.items():
        if isinstance(value, dict) and value:
            yield from flatten(value, (*above, key))
        else:
            yield (*above, key), value
