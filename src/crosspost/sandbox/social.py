"""The endpoints of comments: the versioned route for partners, and the unversioned one that lets anybody in.

Sources: "Comments API", and reports of users about what self-serve apps meet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from crosspost.sandbox import answers, checks, schema
from crosspost.sandbox.messages import Refused, json_response
from crosspost.sandbox.schema import Field

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from crosspost.sandbox.comments import Comment, Comments
    from crosspost.sandbox.guard import Caller, Guard
    from crosspost.sandbox.messages import Request, Response
    from crosspost.sandbox.posts import Posts, StoredPost
    from crosspost.sandbox.schema import Fields

_LIMIT = 1250  # observed
_COMMENT = Field(
    type=dict,
    fields={
        "actor": Field(),
        "object": Field(),
        "message": Field(type=dict, fields={"text": Field(), "attributes": Field(type=list, required=False)}),
        "parentComment": Field(required=False),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Social:
    """The endpoints and what they work on.

    Attributes:
        delay: How long after its creation a post cannot be commented on.
    """

    guard: Guard
    posts: Posts
    comments: Comments
    now: Callable[[], datetime]
    delay: timedelta

    def create(self, request: Request) -> Response:
        """`POST /rest/socialActions/{urn}/comments`: 403 for a self-serve app, whatever its scope says."""
        caller = self.guard.versioned(request)
        granted = {"w_member_social_feed", "w_organization_social_feed"} & caller.scopes
        caller.permit("partnerApiSocialActions.CREATE", granted=bool(granted))
        return self._create(request, caller)

    def create_unversioned(self, request: Request) -> Response:
        """`POST /v2/socialActions/{urn}/comments`: worked for tokens of members in 2026; undocumented."""
        caller = self.guard.unversioned(request)
        checks.protocol(request)
        caller.permit("socialActions.CREATE", granted="w_member_social" in caller.scopes)
        return self._create(request, caller)

    def read(self, request: Request) -> Response:
        """`GET /rest/socialActions/{urn}/comments`: 403 for a self-serve app."""
        caller = self.guard.versioned(request)
        caller.permit("partnerApiSocialActions.GET_ALL", granted=caller.reads)
        post = self._post(checks.commented_urn(_segment(request)))
        return json_response(200, {"elements": [_as_read(comment) for comment in self.comments.of(post.urn)]})

    def _create(self, request: Request, caller: Caller) -> Response:
        urn = checks.commented_urn(_segment(request))
        fields = schema.read(request, _COMMENT)
        caller.author(fields["actor"])
        text = cast("dict[str, str]", fields["message"])["text"]
        _check(fields, urn, text)
        post = self._post(urn)
        parent = cast("str | None", fields.get("parentComment"))
        comment = self.comments.add(post.urn, cast("str", fields["actor"]), text, parent)
        if comment is None:
            raise Refused(answers.comment_throttled())
        headers = {"X-Restli-Id": comment.id, "X-Restli-Protocol-Version": "2.0.0"}
        return json_response(201, _as_read(comment), headers)

    def _post(self, urn: str) -> StoredPost:
        post = self.posts.get(self.comments.post_of(urn) or urn)
        if post is None or self.now() - post.created_at < self.delay:
            raise Refused(answers.no_activity(urn))
        return post


def _segment(request: Request) -> str:
    return request.path.split("/")[3]


def _check(fields: Fields, urn: str, text: str) -> None:
    if fields["object"] != urn and ":activity:" not in cast("str", fields["object"]):
        raise Refused(answers.invalid_value("INVALID_VALUE_FOR_FIELD", "object is not what the address names"))
    if not text.strip():
        raise Refused(answers.invalid_value("INVALID_VALUE_BLANK_FIELD", "text is blank"))
    if len(text) > _LIMIT:
        raise Refused(answers.invalid_value("FIELD_LENGTH_TOO_LONG", f"text has more than {_LIMIT} characters"))


def _as_read(comment: Comment) -> dict[str, object]:
    return {
        "actor": comment.actor,
        "commentUrn": comment.urn,
        "id": comment.id,
        "message": {"attributes": [], "text": comment.text},
        "object": comment.activity,
        "created": {"actor": comment.actor, "time": round(comment.created_at.timestamp() * 1000)},
        **({"parentComment": comment.parent} if comment.parent else {}),
    }
