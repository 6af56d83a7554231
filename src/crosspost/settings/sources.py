"""Where settings come from, first wins: command line, environment, `crosspost.toml`, built-in default.

The site's own `_config.yml` comes after `crosspost.toml`; the site reads it itself (see `crosspost.jekyll.config`).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from crosspost.settings.library import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from crosspost.settings.schema import Tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PREFIX = "CROSSPOST_"
# Names that people already have in their environment, from other tools.
BORROWED = {
    "LINKEDIN_PERSON_URN": ("linkedin", "author"),
    "LINKEDIN_API_VERSION": ("linkedin", "api_version"),
}
# Variables with our prefix that are no settings: the set-up script's and the tests'.
_OURS = frozenset({"CROSSPOST_SETUP_LOCKED", "CROSSPOST_SHARED", "CROSSPOST_CONFIG"})


class Declared(Tables, BaseSettings):
    """`Tables` as pydantic-settings wants it declared; the sources read their field names and types from it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__")


def gather(overrides: Mapping[str, Any], toml_file: Path | None) -> list[tuple[str, dict[str, Any]]]:
    """Return each source's name and values, strongest first.

    Raises:
        pydantic_settings.SettingsError: An environment variable that should hold JSON does not.
        tomllib.TOMLDecodeError: `toml_file` is not TOML.
    """
    sources = [
        ("command line", InitSettingsSource(Declared, init_kwargs=dict(overrides))),
        ("environment", EnvSettingsSource(Declared)),
        ("environment", InitSettingsSource(Declared, init_kwargs=_borrowed())),
    ]
    values = [(name, _without_secrets(source())) for name, source in sources]
    if toml_file is not None:
        values.append((str(toml_file), TomlConfigSettingsSource(Declared, toml_file)()))
    return values


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
