"""What the OAuth endpoints refuse, in the words that "Authorization Code Flow (3-legged OAuth)" quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.sandbox.messages import json_response

if TYPE_CHECKING:
    from crosspost.sandbox.messages import Response


def missing(name: str) -> Response:
    """400: a parameter is not there."""
    return _refusal(400, "invalid_request", f'A required parameter "{name}" is missing')


def unknown_code() -> Response:
    """400: a code that was never issued, or was used before."""
    return _refusal(400, "invalid_request", "Unable to retrieve access token: authorization code not found")


def no_match() -> Response:
    """400: the code is not for this redirect URI or verifier, or it is too old."""
    return _refusal(
        400,
        "invalid_redirect_uri",
        "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
        "Or authorization code expired. Or external member binding exists",
    )


def bad_refresh() -> Response:
    """400: a refresh token that is no good."""
    return _refusal(
        400, "invalid_request", "The provided authorization grant or refresh token is invalid, expired or revoked"
    )


def wrong_client() -> Response:
    """401: the app's id or secret; the real wording is unknown."""
    return _refusal(401, "invalid_client", "Client authentication failed")


def unsupported_grant(name: str) -> Response:
    """400: not a grant type of these (RFC 6749, 5.2; LinkedIn's own wording is unknown)."""
    return _refusal(400, "unsupported_grant_type", f"The grant type {name} is not supported")


def _refusal(status: int, error: str, description: str) -> Response:
    return json_response(status, {"error": error, "error_description": description}, {"Cache-Control": "no-store"})
