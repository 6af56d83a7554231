"""LinkedIn's answers, word for word where a real one is on record.

Recorded or quoted from a live answer: `created`, `empty_token`, `expired_token`, `dead_version`, `too_long`,
`duplicate`, `missing_fields`, `not_permitted`, `unpermitted_fields`, `wrong_author`, `path_syntax`, `throttled`,
`throttled_app`, `uploaded`, `media_forbidden`, `no_activity`, `comment_throttled`.
The others have the documented code in the shape of their family. Each `message` is LinkedIn's, not ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from crosspost.sandbox.messages import Response, json_response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BAD_REQUEST = "com.linkedin.common.error.BadRequest"
_EXCEPTION = "com.linkedin.content.common.exception.BadRequestResponseException"


def created(urn: str) -> Response:
    """201 as recorded in July 2025: an empty body, the id in a header alone, `Location` percent-encoded."""
    return Response(
        status=201,
        headers={
            "Location": f"/posts/{quote(urn, safe='')}",
            "X-Restli-Id": urn,
            "X-Restli-Protocol-Version": "2.0.0",
        },
    )


def no_content() -> Response:
    """204, the answer to a delete and to an edit."""
    return Response(status=204, headers={"X-Restli-Protocol-Version": "2.0.0"})


# --- gateway: version, token, permission ----------------------------------------------------------------------------


def version_missing() -> Response:
    """400: no `LinkedIn-Version` header."""
    message = "A version must be present. Please specify a version by adding the Linkedin-Version header."
    return _gateway(400, "VERSION_MISSING", message)


def dead_version(version: str) -> Response:
    """426: the version has had its sunset, or never was; LinkedIn expands it to eight digits."""
    return _gateway(426, "NONEXISTENT_VERSION", f"Requested version {version}01 is not active")


def empty_token() -> Response:
    """401: no bearer."""
    return json_response(401, {"message": "Empty oauth2_access_token", "serviceErrorCode": 401, "status": 401})


def invalid_token() -> Response:
    """401: a token that LinkedIn never issued."""
    return _access(401, 65600, "INVALID_ACCESS_TOKEN", "Invalid access token")


def revoked_token() -> Response:
    """401: the member or another login took the token back."""
    return _access(401, 65601, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user")


def expired_token() -> Response:
    """401: the 60 days are over."""
    return _access(401, 65602, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired")


def not_permitted(permission: str) -> Response:
    """403: the app lacks the product or the token the scope. `permission` as in `partnerApiPostsExternal.GET.20260901`."""
    return _denied(f"Not enough permissions to access: {permission}")


def wrong_author() -> Response:
    """403: the author is not who the token belongs to, or no URN."""
    processing = "Data Processing Exception while processing fields [/author]"
    return _denied(f"Field Value validation failed in REQUEST_BODY: {processing}")


def unpermitted_fields(paths: Iterable[str]) -> Response:
    """403: fields that may not be sent, or that are null."""
    processing = f"Data Processing Exception while processing fields [{', '.join(paths)}]"
    return _denied(f"Unpermitted fields present in REQUEST_BODY: {processing}")


# --- Rest.li --------------------------------------------------------------------------------------------------------


def protocol_version(version: str) -> Response:
    """400: not Rest.li 2.0.0. The real server reads 1.0.0 where the header is missing; the sandbox refuses that too."""
    message = f"Rest.li protocol version {version} used by the client is not supported!"
    return json_response(400, {"message": message, "status": 400})


def wrong_method(method: str) -> Response:
    """400: `X-RestLi-Method` is missing where it is needed, or names something else. The real wording is unknown."""
    return json_response(400, {"message": f"X-RestLi-Method has to be {method}", "status": 400})


def path_syntax() -> Response:
    """400: a URN in the path that is not fully percent-encoded."""
    return _gateway(400, "ILLEGAL_ARGUMENT", "Syntax exception in path variables")


def no_resource() -> Response:
    """404: no such address."""
    return _gateway(404, "RESOURCE_NOT_FOUND", "No virtual resource found")


def not_found() -> Response:
    """404: no such post."""
    return _gateway(404, "NOT_FOUND", "Could not find entity")


def bad_json(reason: str) -> Response:
    """400: the body is no JSON object in UTF-8. The real wording is unknown."""
    return json_response(400, {"message": f"Cannot parse request entity: {reason}", "status": 400})


def unsupported_media_type() -> Response:
    """415: the body is not declared as what the endpoint reads."""
    return _gateway(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type header value is not supported")


def missing_fields(problems: Mapping[str, str]) -> Response:
    """422: Rest.li's own validation. `problems` maps the path of a field to what its validator says of it."""
    message = "".join(f"ERROR :: {path} :: {problem}\n" for path, problem in problems.items())
    return json_response(422, {"message": message, "status": 422})


# --- content --------------------------------------------------------------------------------------------------------


def invalid_value(code: str, description: str) -> Response:
    """400: one of the documented content codes, such as INVALID_VALUE_FOR_FIELD."""
    return _content(400, description, {"description": description, "input": {}, "code": code})


def too_long(text: str, length: int, limit: int) -> Response:
    """400: the code is documented as FIELD_LENGTH_TOO_LONG, this is what a real answer carries (n8n issue 22899)."""
    message = f"ShareCommentary text length ({length} characters) exceeded the maximum allowed ({limit} characters)"
    error = {
        "description": "Size of array cannot be higher than the maxLength",
        "input": {"value": {"stringValue": text}},
        "code": "FIELD_ARRAY_SIZE_TOO_HIGH",
        "maxLength": limit,
    }
    return _content(400, message, error)


def duplicate(urn: str) -> Response:
    """422: an equal post was created within the window."""
    error = {"description": "Duplicate post is detected", "input": {}, "code": "DUPLICATE_POST"}
    return _content(422, f"Content is a duplicate of {urn}", error)


# --- media ----------------------------------------------------------------------------------------------------------


def uploaded() -> Response:
    """201 as recorded: empty."""
    return Response(status=201)


def media_forbidden(kind: str) -> Response:
    """403: a self-serve app may not look at what it uploaded. Documented for images."""
    return _denied(f"Accessing this {kind} resource is forbidden. Please check your permissions for this resource")


def too_large() -> Response:
    """413: more bytes than an upload may have."""
    return _gateway(413, "REQUEST_ENTITY_TOO_LARGE", "Request entity is too large")


# --- comments -------------------------------------------------------------------------------------------------------


def no_activity(urn: str) -> Response:
    """404: the post is too young to be commented on (observed for 1 to 30 s)."""
    return _gateway(404, "NOT_FOUND", f"Unable to obtain activity for urn {urn}")


def comment_throttled() -> Response:
    """429: one comment a minute."""
    message = "Comment create throttled: creation rate limit exceeded for member"
    return json_response(429, {"message": message, "status": 429})


# --- limits ---------------------------------------------------------------------------------------------------------


def throttled() -> Response:
    """429 as the documentation shows it."""
    message = "Resource level throttle limit for calls to this resource is reached."
    return json_response(429, {"serviceErrorCode": 101, "message": message, "status": 429})


def throttled_app() -> Response:
    """429 as users met it: the day of the whole app is used up."""
    message = "Resource level throttle APPLICATION DAY limit for calls to this resource is reached."
    return json_response(429, {"message": message, "status": 429})


def _gateway(status: int, code: str, message: str) -> Response:
    return json_response(status, {"status": status, "code": code, "message": message})


def _access(status: int, service: int, code: str, message: str) -> Response:
    return json_response(status, {"status": status, "serviceErrorCode": service, "code": code, "message": message})


def _denied(message: str) -> Response:
    return _access(403, 100, "ACCESS_DENIED", message)


def _content(status: int, message: str, error: Mapping[str, object]) -> Response:
    return json_response(
        status,
        {
            "errorDetailType": _BAD_REQUEST,
            "message": f"{_EXCEPTION}: {message}",
            "errorDetails": {"inputErrors": [error]},
            "status": status,
        },
    )
