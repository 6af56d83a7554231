"""The body of a create: its JSON, its fields, their values.

Known are the fields of "Posts API" that a text post and an article card need. Any other field, and null anywhere, is
unpermitted: real answers refuse them alike (observed: 403 "Unpermitted fields").
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from crosspost.sandbox import answers, little_text
from crosspost.sandbox.messages import Refused
from crosspost.sandbox.posts import ArticleCard, NewPost

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crosspost.sandbox.messages import Request

Fields = dict[str, object]


@dataclass(frozen=True, slots=True)
class Field:
    """What one field must be: a JSON type, and for an object its own fields."""

    type: type
    required: bool = True
    fields: Mapping[str, Field] = field(default_factory=dict)


_ARTICLE = {"source": Field(str), "title": Field(str), "description": Field(str, required=False)}
_DISTRIBUTION = {
    "feedDistribution": Field(str),
    "targetEntities": Field(list, required=False),
    "thirdPartyDistributionChannels": Field(list, required=False),
}
POST = Field(
    dict,
    fields={
        "author": Field(str),
        "commentary": Field(str),
        "visibility": Field(str),
        "distribution": Field(dict, fields=_DISTRIBUTION),
        "lifecycleState": Field(str),
        "isReshareDisabledByAuthor": Field(bool, required=False),
        # An article without a title: nobody knows what happens, so it is refused.
        "content": Field(dict, required=False, fields={"article": Field(dict, fields=_ARTICLE)}),
    },
)
# The words of Rest.li's open validator (linkedin/rest.li, ValidateDataAgainstSchema.java).
_MISSING = "field is required but not found and has no default value"
_WRONG_TYPE = {
    dict: "record type is not backed by a DataMap",
    list: "array type is not backed by a DataList",
    str: "{value} cannot be coerced to String",
    bool: "{value} cannot be coerced to Boolean",
}

_VISIBILITIES = {"PUBLIC", "LOGGED_IN"}
_MEMBER_VISIBILITIES = _VISIBILITIES | {"CONNECTIONS"}
_TITLE_LIMIT = 400
_DESCRIPTION_LIMIT = 4000


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


def check_fields(fields: Fields) -> None:
    """Refuse unpermitted fields, then missing ones and wrong types."""
    if unpermitted := list(_unpermitted(fields, POST, "")):
        raise Refused(answers.unpermitted_fields(unpermitted))
    if problems := dict(_problems(fields, POST, "")):
        raise Refused(answers.missing_fields(problems))


def new_post(fields: Fields, limit: int) -> NewPost:
    """Return what is asked for, after the values are checked, the length of the commentary last.

    Args:
        fields: As `check_fields` left them standing.
        limit: Most UTF-16 code units of the commentary as sent. LinkedIn's open Rest.li validator counts those
            units; whether escapes count is unknown, so here they do.
    """
    for code, description in _invalid_values(fields):
        raise Refused(answers.invalid_value(code, description))
    commentary = cast("str", fields["commentary"])
    length = len(commentary.encode("utf-16-le")) // 2
    if length > limit:
        raise Refused(answers.too_long(commentary, length, limit))
    return NewPost(
        author=cast("str", fields["author"]),
        commentary=little_text.parse(commentary),
        visibility=cast("str", fields["visibility"]),
        article=_article(fields),
        reshare_disabled=bool(fields.get("isReshareDisabledByAuthor", False)),
    )


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _unpermitted(value: object, field: Field, path: str) -> Iterator[str]:
    if not isinstance(value, dict) or not field.fields:
        return
    for name, child in value.items():
        if name not in field.fields or child is None:
            yield f"{path}/{name}"
        else:
            yield from _unpermitted(child, field.fields[name], f"{path}/{name}")


def _problems(value: object, field: Field, path: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, field.type):
        yield path, _WRONG_TYPE[field.type].format(value=value)
    elif isinstance(value, dict):
        for name, child in field.fields.items():
            if name in value:
                yield from _problems(value[name], child, f"{path}/{name}")
            elif child.required:
                yield f"{path}/{name}", _MISSING


def _invalid_values(fields: Fields) -> Iterator[tuple[str, str]]:
    is_member = cast("str", fields["author"]).startswith("urn:li:person:")
    distribution = cast("Fields", fields["distribution"])
    allowed = {
        "visibility": _MEMBER_VISIBILITIES if is_member else _VISIBILITIES,
        "lifecycleState": {"PUBLISHED"},
    }
    for name, values in allowed.items():
        if fields[name] not in values:
            yield "INVALID_VALUE_FOR_FIELD", f"{fields[name]} is not a valid value for {name}"
    if distribution["feedDistribution"] != "MAIN_FEED":  # NONE is an advertisement that no feed shows
        yield "INVALID_VALUE_FOR_FIELD", f"{distribution['feedDistribution']} is not a valid value for feedDistribution"
    for name in ("targetEntities", "thirdPartyDistributionChannels"):
        if distribution.get(name):
            yield "INVALID_VALUE_FOR_FIELD", f"{name} has to be empty for this author"
    if not cast("str", fields["commentary"]).strip():
        yield "INVALID_VALUE_BLANK_FIELD", "commentary is blank"
    if article := _article(fields):
        yield from _invalid_article(article)


def _invalid_article(article: ArticleCard) -> Iterator[tuple[str, str]]:
    if not _is_web_address(article.source):
        yield "INVALID_VALUE_FOR_FIELD", "source is not an absolute http or https address"
    if not article.title.strip():
        yield "INVALID_VALUE_BLANK_FIELD", "title is blank"
    if len(article.title) > _TITLE_LIMIT:
        yield "FIELD_LENGTH_TOO_LONG", f"title has more than {_TITLE_LIMIT} characters"
    if article.description is not None and not article.description.strip():
        yield "INVALID_VALUE_BLANK_FIELD", "description is blank"
    if len(article.description or "") > _DESCRIPTION_LIMIT:
        yield "FIELD_LENGTH_TOO_LONG", f"description has more than {_DESCRIPTION_LIMIT} characters"


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(map(str.isspace, address))
    except ValueError:
        return False


def _article(fields: Fields) -> ArticleCard | None:
    content = cast("dict[str, dict[str, str]]", fields.get("content", {}))
    return ArticleCard(**content["article"]) if content else None
