"""JSON bodies: reading them, and Rest.li's validation of their fields, in its own words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crosspost.sandbox import answers
from crosspost.sandbox.messages import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crosspost.sandbox.messages import Request

Fields = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What one field must be.

    Attributes:
        type: A JSON type; int takes no bool.
        required: Whether it may be left out.
        fields: Of an object; others are unpermitted. Empty lets any in.
        items: Of a list.
        union: Whether exactly one of `fields` has to be there.
    """

    type: type = str
    required: bool = True
    fields: Mapping[str, Field] = field(default_factory=dict)
    items: Field | None = None
    union: bool = False


# The words of Rest.li's open validator (linkedin/rest.li, ValidateDataAgainstSchema.java). The one about unions is
# quoted from a live answer, too.
_MISSING = "field is required but not found and has no default value"
_TWO_MEMBERS = "DataMap should have no more than one entry for a union type"
_NO_MEMBER = "DataMap is not a valid union: it has no entry"
_WRONG_TYPE = {
    dict: "record type is not backed by a DataMap",
    list: "array type is not backed by a DataList",
    str: "{value} cannot be coerced to String",
    int: "{value} cannot be coerced to Long",
    bool: "{value} cannot be coerced to Boolean",
}


def read(request: Request, schema: Field) -> Fields:
    """Return the JSON body, its fields checked."""
    fields = read_json(request)
    check_fields(fields, schema)
    return fields


def read_json(request: Request) -> Fields:
    """Return the body as a JSON object: UTF-8, no NaN, no half surrogate pair."""
    if request.media_type != "application/json":
        raise Refused(answers.unsupported_media_type())
    try:
        value = json.loads(request.body.decode("utf-8"), parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except RecursionError:
        raise Refused(answers.bad_json("nested too deeply")) from None
    except ValueError as error:
        raise Refused(answers.bad_json(str(error))) from None
    if not isinstance(value, dict):
        raise Refused(answers.bad_json("not an object"))
    return value


def check_fields(fields: Fields, schema: Field) -> None:
    """Refuse unpermitted fields, then missing ones and wrong types.

    Unknown fields, and null anywhere, are unpermitted: real answers refuse them alike (observed: 403).
    """
    if unpermitted := list(_unpermitted(fields, schema, "")):
        raise Refused(answers.unpermitted_fields(unpermitted))
    if problems := dict(_problems(fields, schema, "")):
        raise Refused(answers.missing_fields(problems))


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _unpermitted(value: object, schema: Field, path: str) -> Iterator[str]:
    if isinstance(value, list) and schema.items:
        for index, item in enumerate(value):
            yield from _unpermitted(item, schema.items, f"{path}/{index}")
    if not isinstance(value, dict) or not schema.fields:
        return
    for name, child in value.items():
        if name not in schema.fields or child is None:
            yield f"{path}/{name}"
        else:
            yield from _unpermitted(child, schema.fields[name], f"{path}/{name}")


def _problems(value: object, schema: Field, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, schema.type) or (schema.type is int and isinstance(value, bool)):
        yield path, _WRONG_TYPE[schema.type].format(value=value)
    elif isinstance(value, dict):
        yield from _record_problems(value, schema, path)
    elif isinstance(value, list) and schema.items:
        for index, item in enumerate(value):
            yield from _problems(item, schema.items, f"{path}/{index}")


def _record_problems(value: Fields, schema: Field, path: str) -> Iterator[tuple[str, str]]:
    if schema.union and len(value) != 1:
        yield path, _TWO_MEMBERS if value else _NO_MEMBER
    for name, child in schema.fields.items():
        if name in value:
            yield from _problems(value[name], child, f"{path}/{name}")
        elif child.required and not schema.union:
            yield f"{path}/{name}", _MISSING
