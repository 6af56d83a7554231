"""What a setting takes, in words, read off the schema that checks it: for messages and for docs/settings.md."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal, TypeGuard, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator

from crosspost.settings.schema import AccountSection, Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BOUNDS = {"ge": "at least", "gt": "over", "le": "at most"}
_NAMES: dict[object, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    datetime | date | None: "a day or a moment, without quotes",
}


def table_at(path: Sequence[str]) -> type[BaseModel] | None:
    """Return the table at a path of keys; None where there is none, or one whose keys are the author's own."""
    if path[:1] == ("accounts",) and len(path) > 1:
        return AccountSection if len(path) == 2 else table_at(path[2:])
    table: object = Tables
    for name in path:
        table = table.model_fields[name].annotation if _is_table(table) and name in table.model_fields else None
    return table if _is_table(table) else None


def takes(path: Sequence[str]) -> str | None:
    """Return what the setting at a path of keys may be; None where there is no such setting.

    >>> takes(("text", "limit")), takes(("accounts", "company", "text", "links"))
    ('a whole number, at least 140, at most 4000', '"inline", "footnotes" or "drop"')
    >>> takes(("site", "posts")), takes(("text", "hashtag_map", "AI")), takes(("text", "limitt"))
    ('a list of: text', 'text', None)
    """
    *above, key = path
    table = table_at(tuple(above))
    if table is None:
        inside = takes(above) if above else None
        return inside.removeprefix("a list of: ").removeprefix("a table of: ") if inside else None
    if key not in table.model_fields:
        return None
    field = table.model_fields[key]
    return _kind(field.annotation, field.metadata)


def known_beside(path: Sequence[str]) -> tuple[str, ...]:
    """Return the keys that the table knows in which the last one of `path` stands; empty where it is no table of ours.

    >>> known_beside(("notify", "url"))
    ('urls',)
    """
    table = table_at(tuple(path[:-1]))
    return tuple(table.model_fields) if table else ()


def _is_table(kind: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _kind(kind: object, rules: Iterable[object]) -> str | None:
    rules = list(rules)
    if get_origin(kind) is tuple:
        inner = get_args(kind)[0]
        of = _kind(get_args(inner)[0], inner.__metadata__) if get_origin(inner) is Annotated else _kind(inner, ())
        return f"a list of: {of}"
    if _is_table(kind):
        return "a table"
    if get_origin(kind) is dict:
        return f"a table of: {_kind(get_args(kind)[1], ()) or 'settings'}"
    if get_origin(kind) is Literal:
        *others, last = (f'"{value}"' for value in get_args(kind))
        return f"{', '.join(others)} or {last}"
    if rule := next((one for one in rules if isinstance(one, AfterValidator | BeforeValidator)), None):
        try:
            rule.func("\0")  # type: ignore[call-arg] # what it says of a wrong value is what a right one looks like
        except ValueError as error:
            return str(error).removeprefix("write ")
    bounds = [
        f"{words} {value:g}"
        for name, words in _BOUNDS.items()
        for one in rules
        if (value := getattr(one, name, None)) is not None
    ]
    return ", ".join([_NAMES[kind], *bounds]) if kind in _NAMES else None
