"""Find `crosspost.toml`, merge every source, check everything, and report all problems at once."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from crosspost.errors import Problem, SettingsError
from crosspost.settings.schema import Destination, Tables
from crosspost.settings.sources import PREFIX, flatten, gather, unknown_variables, variable_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

FILE_NAME = "crosspost.toml"
_HELP = "see config/crosspost.toml for every setting and what is allowed"
_OVERRIDABLE = tuple(Destination.model_fields)

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """Checked settings and where they came from.

    Attributes:
        settings: All tables.
        root: The site's folder: where `crosspost.toml` stands, else the nearest `_config.yml` upward, else the start.
        file: The `crosspost.toml` that was read.
        origins: Path of keys to the name of the source; a key that is not in here has its default.
        destinations: `default` and each account, merged and checked.
    """

    settings: Tables
    root: Path
    file: Path | None
    origins: Mapping[Keys, str] = field(default_factory=dict)
    destinations: Mapping[str, Destination] = field(default_factory=dict)

    def destination(self, account: str) -> Destination:
        """Return the settings of one account.

        Raises:
            SettingsError: There is no such account.
        """
        if account not in self.destinations:
            known = ", ".join(self.destinations)
            raise SettingsError(Problem(what=f"there is no account {account!r}", fix=f"known accounts: {known}"))
        return self.destinations[account]


def load(start: Path, *, config: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Loaded:
    """Load the settings that apply in `start`.

    Args:
        start: The working directory.
        config: A `crosspost.toml` named by the user; by default it is searched upward from `start`.
        overrides: Values from the command line, nested like the file.

    Raises:
        SettingsError: With every problem found, each naming file or variable, key and what is allowed.
    """
    if config is not None and not config.is_file():
        raise SettingsError(Problem(what=f"there is no file {config}", fix="name an existing file with --config"))
    file = config or find_upward(start, FILE_NAME)
    layers, no_json = _read(overrides or {}, file)
    origins = _origins(layers)
    problems = [*map(_unknown_variable, unknown_variables()), *map(_no_json, no_json)]
    settings, found = _validate(_merge(layers), origins, file)
    destinations, more = _destinations(settings, file)
    if problems := [*problems, *found, *more]:
        raise SettingsError(*problems)
    return Loaded(settings, _root(start, file), file, origins, destinations)


def find_upward(start: Path, name: str) -> Path | None:
    """Return the nearest file called `name` in `start` or a folder above it."""
    return next((folder / name for folder in (start, *start.parents) if (folder / name).is_file()), None)


def _root(start: Path, file: Path | None) -> Path:
    beside = file or find_upward(start, "_config.yml")
    return (beside.parent if beside else start).resolve()


def _read(overrides: Mapping[str, Any], file: Path | None) -> tuple[list[tuple[str, dict[str, Any]]], list[str]]:
    try:
        return gather(overrides, file)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(Problem(what=f"{file} is not valid TOML: {error}", fix=_HELP)) from error
    except UnicodeDecodeError as error:
        raise SettingsError(Problem(what=f"{file} is not UTF-8", fix="save it as UTF-8")) from error
    except OSError as error:
        raise SettingsError(
            Problem(what=f"{file} cannot be read: {error.strerror}", fix="check its permissions")
        ) from error


def _origins(layers: list[tuple[str, dict[str, Any]]]) -> dict[Keys, str]:
    return {path: name for name, values in reversed(layers) for path, _ in flatten(values)}


def _merge(layers: list[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for _, values in reversed(layers):
        merged = _over(merged, values)
    return merged


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return `below` with the leaves of `above` laid over it."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        result[key] = _over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def _validate(merged: dict[str, Any], origins: Mapping[Keys, str], file: Path | None) -> tuple[Tables, list[Problem]]:
    """Check the merged values, and those of the file strictly: TOML has types, so `limit = "3000"` is a mistake.

    Where something is wrong, the tables are those without it, so that more can be looked for.
    """
    from_file = {path for path, origin in origins.items() if file and origin == str(file)}
    problems: dict[Keys, Problem] = {}
    try:
        settings = Tables.model_validate(merged)
    except ValidationError as error:
        problems |= {_path(detail): _problem(detail, origins, file) for detail in error.errors()}
        settings = _of_what_is_left(merged, problems)
    try:
        Tables.model_validate_json(json.dumps(merged, default=_json), strict=True)
    except ValidationError as error:
        strict = [detail for detail in error.errors() if _path(detail) in from_file]
        problems |= {_path(detail): _problem(detail, origins, file) for detail in strict}
    return settings, list(problems.values())


def _of_what_is_left(merged: dict[str, Any], wrong: Iterable[Keys]) -> Tables:
    try:
        return Tables.model_validate(_without(merged, wrong))
    except ValidationError:  # of what does not fit together: then the defaults will do
        return Tables()


def _without(values: Mapping[str, Any], wrong: Iterable[Keys]) -> dict[str, Any]:
    """Return the values but those at some paths; of a list with something wrong in it nothing."""
    left = dict(values)
    for key in {path[0] for path in wrong if path}:
        value = left.pop(key, None)
        below = [path[1:] for path in wrong if path[:1] == (key,)]
        if isinstance(value, dict) and () not in below:
            left[key] = _without(value, below)
    return left


def _json(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _path(detail: ErrorDetails) -> Keys:
    return tuple(str(part) for part in detail["loc"] if part not in {"datetime", "date"})


def _problem(detail: ErrorDetails, origins: Mapping[Keys, str], file: Path | None) -> Problem:
    path = _path(detail)
    place = next((origin for known, origin in origins.items() if known[: len(path)] == path), str(file or "settings"))
    key = variable_of(path) if place == "environment" else ".".join(path)
    if detail["type"] == "extra_forbidden":
        return Problem(what=f"{place}: {key}: unknown key", fix=_known(path))
    return Problem(what=f"{place}: {key}: {_words(detail)}".replace(": :", ":"), fix=_HELP)


def _words(detail: ErrorDetails) -> str:
    """Return what is allowed: in the words of a rule of ours, else of the schema, else of pydantic."""
    if detail["type"] == "value_error":
        return detail["msg"].removeprefix("Value error, ")
    from crosspost.settings.allowed import takes  # noqa: PLC0415 - only when something went wrong

    path = _path(detail)
    said = takes(path) if path else None
    return f"write {said}" if said else detail["msg"]


def _known(path: Keys) -> str:
    """Return what was meant, perhaps, and what is known in the place of an unknown key."""
    if "token" in path[-1] or "secret" in path[-1]:
        return "take it out of there; tokens and secrets go into the keyring: crosspost auth login"
    from difflib import get_close_matches  # noqa: PLC0415 - only when something went wrong

    from crosspost.settings.allowed import known_beside  # noqa: PLC0415 - see above

    known = known_beside(path)
    near = get_close_matches(path[-1], known, n=1)
    guess = f"did you mean '{near[0]}'? " if near else ""
    return f"{guess}known are {', '.join(known)}; config/crosspost.toml explains them" if known else _HELP


def _unknown_variable(name: str) -> Problem:
    first = name.removeprefix(PREFIX).lower().split("__")[0]
    return Problem(what=f"environment: {name}: unknown key", fix=_known((first,)))


def _no_json(name: str) -> Problem:
    return Problem(
        what=f"environment: {name}: no JSON", fix='lists and tables in the environment are JSON, for example ["a", "b"]'
    )


def _destinations(settings: Tables, file: Path | None) -> tuple[dict[str, Destination], list[Problem]]:
    """Return `default` and every account with what it overrides, and what is wrong with the accounts."""
    base = {name: getattr(settings, name).model_dump() for name in _OVERRIDABLE}
    found = {"default": Destination(**base)}
    problems: list[Problem] = []
    for name, account in settings.accounts.items():
        tables = {table: getattr(account, table) for table in _OVERRIDABLE}
        if account.author:
            tables["linkedin"] = {"author": account.author} | tables["linkedin"]
        try:
            found[name] = Destination(**_over(base, tables))
        except ValidationError as error:
            place = {("accounts", name, *_path(detail)): str(file) for detail in error.errors()}
            problems += [
                _problem(detail | {"loc": ("accounts", name, *detail["loc"])}, place, file) for detail in error.errors()
            ]
    keys = [destination.writeback.key for destination in found.values()]
    if len(set(keys)) < len(keys):
        what = f"{file or 'settings'}: accounts: two accounts would write their URLs under one front matter key"
        problems.append(
            Problem(
                what=what,
                fix='give each its own, for example [accounts.company.writeback] key = "linkedin_company_url"',
            )
        )
    return found, problems
