"""What an error answer to a request for tokens means. A table; the first rule that fits wins. Pure.

Source: LinkedIn's page Authorization Code Flow, "API error details", and Refresh Tokens with OAuth 2.0; RFC 6749,
section 5.2. LinkedIn gives one code, `invalid_request`, to most mistakes, so the words have to tell them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.errors import Problem
from crosspost.linkedin.body import fields, read, words

if TYPE_CHECKING:
    from collections.abc import Container

_AGAIN = "run 'crosspost auth login' again"
_COPY = "copy both from the page Auth of the app; crosspost forgets the old ones with 'crosspost auth logout'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One kind of answer.

    Attributes:
        status: HTTP status codes.
        error: The field `error`; None fits every one.
        text: This in the description; None fits every one.
        what: What happened; `{status}` and `{said}` (the server's words) are filled in.
        fix: What the reader can do; `{redirect_uri}` is filled in.
    """

    status: Container[int]
    error: str | None = None
    text: re.Pattern[str] | None = None
    what: str
    fix: str

    def fits(self, status: int, error: str, said: str) -> bool:
        """Tell whether an answer is of this kind."""
        return (
            status in self.status
            and self.error in {None, error}
            and (self.text is None or self.text.search(said) is not None)
        )


_ANY_4XX = range(400, 500)

REFUSALS: tuple[Refusal, ...] = (
    Refusal(
        status=_ANY_4XX,  # 400 on the page of today, 401 on an older one
        text=re.compile("authorization code not found", re.IGNORECASE),
        what="LinkedIn does not know the authorization code: it was used before, or is older than 30 minutes",
        fix=_AGAIN,
    ),
    Refusal(
        status=_ANY_4XX,
        text=re.compile("(grant or )?refresh token is invalid, expired or revoked", re.IGNORECASE),
        what="the refresh token is not valid any more",
        fix=_AGAIN,
    ),
    Refusal(
        status=_ANY_4XX,
        error="invalid_redirect_uri",
        what="LinkedIn does not accept the redirect address, the code, or their combination",
        fix="register exactly {redirect_uri} in the app (page Auth, Authorized redirect URLs), or set linkedin.redirect_uri "
        f"to what is registered there; then {_AGAIN}",
    ),
    Refusal(
        status=_ANY_4XX,
        error="invalid_client",
        what="LinkedIn does not accept client ID and client secret",
        fix=_COPY,
    ),
    Refusal(
        status=_ANY_4XX,
        text=re.compile(r'required parameter "client_secret"', re.IGNORECASE),
        what="LinkedIn wants a client secret: the app is not one that signs in with PKCE alone",
        fix="run 'crosspost auth login' without --pkce, or ask LinkedIn to enable native PKCE for the app",
    ),
    Refusal(
        status=_ANY_4XX,
        text=re.compile(r"required parameter", re.IGNORECASE),
        what="LinkedIn misses something in the request ({said})",
        fix="check client ID, client secret and linkedin.redirect_uri",
    ),
    Refusal(
        status={401},
        what="LinkedIn does not accept client ID and client secret ({said})",
        fix=_COPY,
    ),
    Refusal(
        status={404, 405, 410},
        what="there is nothing that answers at this address ({status})",
        fix="check linkedin.oauth_url",
    ),
    Refusal(
        status={429},
        what="LinkedIn's limit for requests is reached ({said})",
        fix="run it again later",
    ),
    Refusal(
        status=_ANY_4XX,
        what="LinkedIn refused the request ({status}; {said})",
        fix=f"check client ID, client secret and linkedin.redirect_uri; then {_AGAIN}",
    ),
    Refusal(
        status=range(300, 400),
        what="the answer was a redirect ({status}), which is never followed with a secret",
        fix="check linkedin.oauth_url",
    ),
    Refusal(
        status=range(500, 600),
        what="LinkedIn had an error of its own ({status}; {said})",
        fix="run it again later",
    ),
)
_ANYTHING_ELSE = Refusal(
    status=(),
    what="LinkedIn gave an answer that says nothing of a token ({status})",
    fix="check linkedin.oauth_url; run again with --verbose and report the answer as a defect of crosspost",
)


def refusal_for(status: int, body: bytes, redirect_uri: str) -> Problem:
    """Return what an answer means.

    Args:
        status: HTTP status.
        body: Without secrets: the caller has taken out what it sent.
        redirect_uri: For the advice.
    """
    error, said = _said(body)
    rule = next((rule for rule in REFUSALS if rule.fits(status, error, said)), _ANYTHING_ELSE)
    spoken = said or error or "no reason given"
    detail = f"HTTP {status}; {error or 'no error code'}; LinkedIn said: {spoken}"
    what = rule.what.format(status=status, said=spoken)
    fix = rule.fix.format(redirect_uri=redirect_uri)
    return Problem(what=what, fix=fix, detail=detail)


def _said(body: bytes) -> tuple[str, str]:
    """Return error code and description of OAuth's shape, else what LinkedIn's other shapes or a page say."""
    said = fields(body)
    error, description = said.get("error"), said.get("error_description")
    if not isinstance(error, str):
        return "", read(body).message
    return words(error, 60), words(description) if isinstance(description, str) else ""
