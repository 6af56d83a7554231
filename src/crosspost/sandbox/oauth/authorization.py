"""The endpoints that a browser visits: the request of an app, and the member's decision.

Source: "Authorization Code Flow (3-legged OAuth)". A wrong client, redirect URI or scope is shown here and not sent back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crosspost.sandbox import answers
from crosspost.sandbox.messages import Refused, Response, first_values
from crosspost.sandbox.oauth import pages
from crosspost.sandbox.oauth.app import is_loopback_ip
from crosspost.sandbox.oauth.codes import Authorization

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.sandbox.messages import Request
    from crosspost.sandbox.oauth.app import App
    from crosspost.sandbox.oauth.codes import Codes
    from crosspost.sandbox.oauth.grants import Grants
    from crosspost.sandbox.tokens import Token

# The form of an S256 challenge (RFC 7636, 4.2): 32 bytes in base64url, without padding.
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationEndpoint:
    """The endpoints and what they work on.

    Attributes:
        login: Whoever sits at the browser, already logged in.
        remember: Whether a live token with the same scopes makes the consent unnecessary (documented).
    """

    app: App
    codes: Codes
    grants: Grants
    login: Token
    remember: bool

    def ordinary(self, request: Request) -> Response:
        """`GET /oauth/v2/authorization`."""
        return self._ask(self._checked(request.query))

    def native(self, request: Request) -> Response:
        """`GET /oauth/native-pkce/authorization`: for apps that LinkedIn enabled it for, back to a loopback IP."""
        query = request.query
        if not self.app.pkce:
            raise Refused(pages.refusal("The native flow (PKCE) is not enabled for this app."))
        if query.get("code_challenge_method") != "S256":
            raise Refused(pages.refusal("The code_challenge_method has to be S256."))
        if not _CHALLENGE.fullmatch(query.get("code_challenge", "")):
            raise Refused(pages.refusal("The code_challenge is no SHA-256 in base64url."))
        if not is_loopback_ip(query.get("redirect_uri", "")):
            raise Refused(pages.refusal("The redirect_uri of the native flow is http on a loopback IP address."))
        return self._ask(self._checked(query, challenge=query["code_challenge"]))

    def submit(self, request: Request) -> Response:
        """`POST /oauth/v2/authorization-submit`: the member's decision, each page once."""
        if request.media_type != "application/x-www-form-urlencoded":
            raise Refused(answers.unsupported_media_type())
        form = first_values(request.body.decode("utf-8", "replace"))
        if form.get("decision") not in {"allow", "cancel"}:
            raise Refused(pages.refusal("Choose Allow or Cancel."))
        authorization = self.codes.answered(form.get("consent", ""))
        if authorization is None:
            raise Refused(pages.refusal("This page was answered before, or is too old. Start again in the app."))
        if form["decision"] == "allow":
            return self._allow(authorization)
        description = "The user cancelled the authorization"
        return _back(authorization, error="user_cancelled_authorize", error_description=description)

    def _ask(self, authorization: Authorization) -> Response:
        member = self.login.member
        if self.remember and self.grants.live(member.urn, frozenset(authorization.scopes)):
            return self._allow(authorization)
        handle = self.codes.ask(authorization)
        return pages.consent(authorization, handle, client_id=self.app.client_id, member=member)

    def _allow(self, authorization: Authorization) -> Response:
        return _back(authorization, code=self.codes.issue(authorization))

    def _checked(self, query: Mapping[str, str], challenge: str | None = None) -> Authorization:
        for what in _problems(query, self.app):
            raise Refused(pages.refusal(what))
        return Authorization(
            redirect_uri=query["redirect_uri"],
            scopes=tuple(sorted(set(query["scope"].split()))),
            state=query["state"],
            challenge=challenge,
            nonce=query.get("nonce"),
        )


def _problems(query: Mapping[str, str], app: App) -> list[str]:
    # `state` is required in the page of 2025 and optional in older copies; a careful client always sends it.
    names = ("response_type", "client_id", "redirect_uri", "state", "scope")
    missing = [f'A required parameter "{name}" is missing' for name in names if not query.get(name, "").strip()]
    if missing:
        return missing
    found = []
    if query["client_id"] != app.client_id:
        found.append("There is no app with this client_id.")
    if not app.is_registered(query["redirect_uri"]):
        found.append("The redirect_uri does not match the registered value.")
    if query["response_type"] != "code":
        found.append('The response_type has to be "code".')
    # Space-delimited; a comma would be part of a scope that does not exist.
    unknown = sorted(set(query["scope"].split()) - app.scopes)
    return [*found, *(f"Scope {scope} is not authorized for your application." for scope in unknown)]


def _back(authorization: Authorization, **answer: str) -> Response:
    """Redirect to the app. The address is put together anew, so that nothing sent can add a header."""
    parts = urlsplit(authorization.redirect_uri)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *answer.items(), ("state", authorization.state)]
    location = urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))
    headers = {"Location": location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Response(status=302, headers=headers)
