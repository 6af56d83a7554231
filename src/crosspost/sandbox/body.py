"""The bodies of a create and of an edit: their fields and values.

Known are the fields of "Posts API" that a post of a member or an organization needs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from crosspost.sandbox import answers, content, content_values, little_text
from crosspost.sandbox.content import CONTENT, Media
from crosspost.sandbox.messages import Refused
from crosspost.sandbox.posts import NewPost
from crosspost.sandbox.schema import Field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.sandbox.little_text import LittleText
    from crosspost.sandbox.schema import Fields

_DISTRIBUTION = {
    "feedDistribution": Field(),
    "targetEntities": Field(type=list, required=False),
    "thirdPartyDistributionChannels": Field(type=list, required=False),
}
POST = Field(
    type=dict,
    fields={
        "author": Field(),
        "commentary": Field(),
        "visibility": Field(),
        "distribution": Field(type=dict, fields=_DISTRIBUTION),
        "lifecycleState": Field(),
        "isReshareDisabledByAuthor": Field(type=bool, required=False),
        "content": CONTENT,
        "reshareContext": Field(type=dict, required=False, fields={"parent": Field()}),
    },
)
# What may be edited; media, article, visibility and polls may not ("Posts API", "Update Posts").
_EDITABLE = {
    "commentary": Field(required=False),
    "contentCallToActionLabel": Field(required=False),
    "contentLandingPage": Field(required=False),
    "lifecycleState": Field(required=False),
}
PATCH = Field(
    type=dict,
    fields={"patch": Field(type=dict, fields={"$set": Field(type=dict, fields=_EDITABLE)})},
)

_VISIBILITIES = {"PUBLIC", "LOGGED_IN"}
_MEMBER_VISIBILITIES = _VISIBILITIES | {"CONNECTIONS"}
_PARENT = re.compile(r"urn:li:(?:share|ugcPost):\d+", re.ASCII)


def new_post(fields: Fields, limit: int) -> NewPost:
    """Return what is asked for, after the values are checked, the length of the commentary last.

    Args:
        fields: As `POST` left them standing.
        limit: Most UTF-16 code units of the commentary as sent. LinkedIn's open Rest.li validator counts those
            units; whether escapes count is unknown, so here they do.
    """
    sent = cast("Fields | None", fields.get("content"))
    carried = content.read(sent) if sent else None
    _refuse(_invalid_values(fields))
    _refuse(content_values.problems(carried) if carried else ())
    return NewPost(
        author=cast("str", fields["author"]),
        commentary=_commentary(fields, limit),
        visibility=cast("str", fields["visibility"]),
        content=carried,
        sent_content=sent,
        parent=cast("dict[str, str]", fields.get("reshareContext", {})).get("parent"),
        reshare_disabled=bool(fields.get("isReshareDisabledByAuthor", False)),
        kind="ugcPost" if isinstance(carried, Media) and carried.kind == "document" else "share",
    )


def edited_commentary(fields: Fields, limit: int) -> LittleText | None:
    """Return the new commentary of a patch that `PATCH` left standing; None where it stays."""
    changes = cast("dict[str, Fields]", fields["patch"])["$set"]
    _refuse(_invalid_state(changes) if "lifecycleState" in changes else ())
    if "commentary" not in changes:
        return None
    _refuse(_blank_commentary(changes))
    return _commentary(changes, limit)


def _refuse(problems: Iterator[tuple[str, str]] | tuple[()]) -> None:
    for code, description in problems:
        raise Refused(answers.invalid_value(code, description))


def _commentary(fields: Fields, limit: int) -> LittleText:
    commentary = cast("str", fields["commentary"])
    length = len(commentary.encode("utf-16-le")) // 2
    if length > limit:
        raise Refused(answers.too_long(commentary, length, limit))
    return little_text.parse(commentary)


def _invalid_values(fields: Fields) -> Iterator[tuple[str, str]]:
    is_member = cast("str", fields["author"]).startswith("urn:li:person:")
    if fields["visibility"] not in (_MEMBER_VISIBILITIES if is_member else _VISIBILITIES):
        yield "INVALID_VALUE_FOR_FIELD", f"{fields['visibility']} is not a valid value for visibility"
    yield from _invalid_state(fields)
    yield from _invalid_distribution(cast("Fields", fields["distribution"]))
    yield from _blank_commentary(fields)
    if "reshareContext" in fields:
        yield from _invalid_reshare(fields)


def _invalid_state(fields: Fields) -> Iterator[tuple[str, str]]:
    if fields["lifecycleState"] != "PUBLISHED":
        yield "INVALID_VALUE_FOR_FIELD", f"{fields['lifecycleState']} is not a valid value for lifecycleState"


def _invalid_distribution(distribution: Fields) -> Iterator[tuple[str, str]]:
    if distribution["feedDistribution"] != "MAIN_FEED":  # NONE is an advertisement that no feed shows
        yield "INVALID_VALUE_FOR_FIELD", f"{distribution['feedDistribution']} is not a valid value for feedDistribution"
    for name in ("targetEntities", "thirdPartyDistributionChannels"):
        if distribution.get(name):
            yield "INVALID_VALUE_FOR_FIELD", f"{name} has to be empty for this author"


def _blank_commentary(fields: Fields) -> Iterator[tuple[str, str]]:
    if not cast("str", fields["commentary"]).strip():
        yield "INVALID_VALUE_BLANK_FIELD", "commentary is blank"


def _invalid_reshare(fields: Fields) -> Iterator[tuple[str, str]]:
    parent = cast("dict[str, str]", fields["reshareContext"])["parent"]
    if not _PARENT.fullmatch(parent):
        yield "INVALID_URN_TYPE", f"{parent} is no URN of a share or ugcPost"
    if "content" in fields:  # a reshare shows its parent where content would stand
        yield "INVALID_VALUE_FOR_FIELD", "content is not a valid value beside reshareContext"
