"""The OAuth endpoints that an app calls: tokens, introspection, revocation."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crosspost.sandbox import answers
from crosspost.sandbox.messages import Refused, Response, first_values, json_response
from crosspost.sandbox.oauth import identity, refusals
from crosspost.sandbox.oauth.codes import LIFETIME as CODE_LIFETIME
from crosspost.sandbox.oauth.grants import REFRESH_LIFETIME
from crosspost.sandbox.tokens import LIFETIME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from crosspost.sandbox.messages import Request
    from crosspost.sandbox.oauth.app import App
    from crosspost.sandbox.oauth.codes import Code, Codes
    from crosspost.sandbox.oauth.grants import Grant, Grants
    from crosspost.sandbox.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenEndpoint:
    """The endpoints and what they work on; `login` is who gave the consent."""

    app: App
    codes: Codes
    grants: Grants
    login: Token
    now: Callable[[], datetime]

    def access_token(self, request: Request) -> Response:
        """`POST /oauth/v2/accessToken`, for a code or for a refresh token."""
        form = _form(request)
        _need(form, "grant_type")
        if form["grant_type"] == "authorization_code":
            return self._exchange(form)
        if form["grant_type"] == "refresh_token":
            return self._renew(form)
        raise Refused(refusals.unsupported_grant(form["grant_type"]))

    def introspect(self, request: Request) -> Response:
        """`POST /oauth/v2/introspectToken`: a token that this app does not know is answered 200, not active."""
        grant = self.grants.find(self._own_token(request))
        return json_response(200, self._facts(grant) if grant else {"active": False})

    def revoke(self, request: Request) -> Response:
        """`POST /oauth/v2/revoke`: seen in one client only; answered as RFC 7009 has it, 200 whatever the token."""
        self.grants.revoke(self._own_token(request))
        return Response(status=200)

    def _exchange(self, form: Mapping[str, str]) -> Response:
        _need(form, "code", "redirect_uri", "client_id")
        if "code_verifier" not in form:
            _need(form, "client_secret")
        self._check_client(form)
        code = self.codes.redeem(form["code"])
        if code is None:
            raise Refused(refusals.unknown_code())
        if not self._matches(code, form):
            raise Refused(refusals.no_match())
        authorization = code.authorization
        token = replace(self.login, scopes=authorization.scopes, state="good")
        access, refresh = self.grants.issue(token)
        answer = self._answer(access, token)
        if "openid" in authorization.scopes:
            answer["id_token"] = identity.id_token(
                token.member,
                authorization.scopes,
                audience=self.app.client_id,
                nonce=authorization.nonce,
                now=self.now(),
            )
        if refresh:
            answer |= self._refresh_fields(refresh, self.now())
        return _tokens(answer)

    def _renew(self, form: Mapping[str, str]) -> Response:
        _need(form, "refresh_token", "client_id", "client_secret")
        self._check_client(form)
        renewed = self.grants.renew(form["refresh_token"])
        if renewed is None:
            raise Refused(refusals.bad_refresh())
        access, refresh = renewed
        remaining = self._refresh_fields(form["refresh_token"], refresh.authorized_at)
        return _tokens(self._answer(access, refresh.token) | remaining)

    def _matches(self, code: Code, form: Mapping[str, str]) -> bool:
        if self.now() - code.issued_at >= CODE_LIFETIME or form["redirect_uri"] != code.authorization.redirect_uri:
            return False
        if code.authorization.challenge is None:  # the ordinary flow always needs the secret
            return "client_secret" in form
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == code.authorization.challenge

    def _check_client(self, form: Mapping[str, str]) -> None:
        secret = form.get("client_secret", self.app.client_secret)
        right = hmac.compare_digest(secret.encode(), self.app.client_secret.encode())
        if form["client_id"] != self.app.client_id or not right:
            raise Refused(refusals.wrong_client())

    def _own_token(self, request: Request) -> str:
        form = _form(request)
        _need(form, "client_id", "client_secret", "token")
        self._check_client(form)
        return form["token"]

    def _answer(self, access: str, token: Token) -> dict[str, object]:
        return {
            "access_token": access,
            "expires_in": int(LIFETIME.total_seconds()),
            "scope": self._scope(token),
            "token_type": "Bearer",
        }

    def _refresh_fields(self, refresh: str, authorized_at: datetime) -> dict[str, object]:
        left = authorized_at + REFRESH_LIFETIME - self.now()
        return {"refresh_token": refresh, "refresh_token_expires_in": int(left.total_seconds())}

    def _scope(self, token: Token) -> str:
        # Separated by commas, unlike in any other OAuth server (recorded).
        return ",".join(token.granted(self.app.profile))

    def _facts(self, grant: Grant) -> dict[str, object]:
        return {
            "active": grant.token.state == "good",
            "status": {"good": "active"}.get(grant.token.state, grant.token.state),
            "scope": self._scope(grant.token),
            "client_id": self.app.client_id,
            "created_at": int(grant.created_at.timestamp()),
            "authorized_at": int(grant.authorized_at.timestamp()),
            "expires_at": int(grant.created_at.timestamp()) + int(LIFETIME.total_seconds()),
            "auth_type": "3L",
        }


def _form(request: Request) -> Mapping[str, str]:
    if request.media_type != "application/x-www-form-urlencoded":
        raise Refused(answers.unsupported_media_type())
    return first_values(request.body.decode("utf-8", "replace"))


def _need(form: Mapping[str, str], *names: str) -> None:
    for name in names:
        if not form.get(name):
            raise Refused(refusals.missing(name))


def _tokens(answer: Mapping[str, object]) -> Response:
    return json_response(200, answer, {"Cache-Control": "no-store"})
