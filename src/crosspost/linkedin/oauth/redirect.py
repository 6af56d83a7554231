"""What the browser brings back from LinkedIn: a code, or why there is none. Pure."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from crosspost.errors import CredentialsError, Problem
from crosspost.linkedin.body import words
from crosspost.references import unescape

_MOST_FIELDS = 20
_AGAIN = "run 'crosspost auth login' again"
_NOTHING = "no token was made"


@dataclass(frozen=True, slots=True)
class RedirectAddress:
    """Where LinkedIn sends the browser: exactly as registered with the app, to the last slash.

    Attributes:
        url: The whole address.
        host: Name or number, without brackets.
        port: The port; None where the address names none.
        path: With its leading slash.
        local: Whether crosspost can wait there itself: plain HTTP on this machine.
    """

    url: str
    host: str
    port: int | None
    path: str
    local: bool

    @classmethod
    def of(cls, url: str) -> RedirectAddress:
        """Take an address apart that the settings have checked.

        >>> RedirectAddress.of("http://127.0.0.1:8912/callback").port
        8912
        """
        parts = urlsplit(url)
        return cls(url, parts.hostname or "", parts.port, parts.path or "/", parts.scheme == "http")


# LinkedIn: Authorization Code Flow, "Your application is rejected"; the last two are OAuth's own (RFC 6749, section
# 4.1.2.1) and what LinkedIn shows for a product that the app does not have (reported by users).
_REFUSALS = {
    "user_cancelled_login": Problem(what="the sign-in at LinkedIn was cancelled", linkedin_has=_NOTHING, fix=_AGAIN),
    "user_cancelled_authorize": Problem(
        what="the app was not allowed to act for the member", linkedin_has=_NOTHING, fix=f"{_AGAIN}, and press Allow"
    ),
    "access_denied": Problem(
        what="the app was not allowed to act for the member", linkedin_has=_NOTHING, fix=f"{_AGAIN}, and press Allow"
    ),
    "unauthorized_scope_error": Problem(
        what="the app may not ask for these scopes",
        linkedin_has=_NOTHING,
        fix="add the products 'Share on LinkedIn' and 'Sign In with LinkedIn using OpenID Connect' to the app "
        "(for a company page: the Community Management API); see docs/linkedin-app.md",
    ),
}


def is_address(pasted: str) -> bool:
    """Tell whether a pasted text is the address that the browser was sent to, and no token.

    >>> is_address("http://127.0.0.1:8912/callback?code=x&state=y"), is_address("?code=x&state=y"), is_address("AQX_token")
    (True, True, False)
    """
    return "://" in pasted or re.search(r"(^|[?&])(code|error|state)=", pasted.strip()) is not None


def query_of(pasted: str) -> str:
    """Return the query of a pasted address, or of what is left of one."""
    text = "".join(pasted.split()).strip("\"'<>")
    before, mark, after = text.partition("?")
    return (after if mark else before).partition("#")[0]


def code_in(query: str, state: str) -> str:
    """Return the authorization code.

    Args:
        query: Of the address that the browser was sent to.
        state: The one that was sent; compared before anything else is believed.

    Raises:
        CredentialsError: The answer is not for this sign-in, is a refusal, or has no code. Repeats no part of the query
            but LinkedIn's own description of an error.
    """
    fields = _fields(query)
    if not hmac.compare_digest(fields.get("state", "").encode(), state.encode()):
        raise CredentialsError(_FOREIGN)
    if error := fields.get("error"):
        raise CredentialsError(_refusal(error, fields.get("error_description", "")))
    if not (code := fields.get("code")):
        raise CredentialsError(_NO_CODE)
    return code


def _fields(query: str) -> dict[str, str]:
    """Return the fields of a query; one that stands there twice counts as absent, for nobody can say which is meant."""
    try:
        parsed = parse_qs(query, max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError:
        return {}
    return {name: values[0] for name, values in parsed.items() if len(values) == 1}


def _refusal(error: str, description: str) -> Problem:
    said = words(unescape(description))
    known = _REFUSALS.get(error)
    if known is None:
        what = f"LinkedIn refused the sign-in ({words(error, 60)}{': ' if said else ''}{said})"
        return Problem(what=what, linkedin_has=_NOTHING, fix=f"check the app's products and redirect address; {_AGAIN}")
    return Problem(what=known.what, linkedin_has=_NOTHING, fix=known.fix, detail=f"LinkedIn said: {said}")


_FOREIGN = Problem(
    what="the answer does not belong to this sign-in (its state is another one)",
    linkedin_has=_NOTHING,
    fix=f"{_AGAIN}, and use the newest page alone; if it repeats, somebody may be tampering",
)
_NO_CODE = Problem(what="the answer of LinkedIn has no authorization code", linkedin_has=_NOTHING, fix=_AGAIN)
