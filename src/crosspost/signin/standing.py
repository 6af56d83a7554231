"""Use case: what is true of an account's token now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from crosspost.credentials import NoPrompt
from crosspost.errors import CrosspostError, Problem
from crosspost.model import Rejected
from crosspost.signin.expiry import LOGIN, expiry_warning

if TYPE_CHECKING:
    from crosspost.credentials import Token
    from crosspost.linkedin.oauth.grant import Introspection
    from crosspost.signin.desk import Desk


class State(Enum):
    """How a token is."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a token.

    Attributes:
        token: With the expiry and scopes that LinkedIn says, else those that were kept.
        state: As LinkedIn says, else as the kept expiry says.
        asked: Whether LinkedIn was asked and answered.
        notice: What to do, or why LinkedIn was not asked.
    """

    token: Token
    state: State
    asked: bool
    notice: Problem | None = None

    @property
    def usable(self) -> bool:
        """Whether a publish may work."""
        return self.state in {State.ACTIVE, State.UNKNOWN}


def standing(desk: Desk) -> Standing:
    """Return what is true of the token: as LinkedIn says where client ID and secret are known, else as far as was kept.

    Raises:
        CredentialsError: There is no token.
    """
    token = replace(desk.wallet, prompt=NoPrompt()).token(desk.account)
    try:
        app = desk.wallet.known_app(desk.account)
        if app is None or app.secret is None:
            return _as_kept(desk, token, _NOT_ASKED)
        said = desk.connect(app).introspect(token.value.reveal())
    except CrosspostError as error:
        return _as_kept(desk, token, error.problem)
    return _as_said(desk, token, said)


def _as_kept(desk: Desk, token: Token, why: Problem) -> Standing:
    now = desk.clock.now()
    if token.expires_at and token.expires_at <= now:
        return Standing(token, State.EXPIRED, asked=False, notice=expiry_warning(token.expires_at, now))
    return Standing(token, State.UNKNOWN, asked=False, notice=expiry_warning(token.expires_at, now) or why)


def _as_said(desk: Desk, token: Token, said: Introspection) -> Standing:
    token = replace(token, expires_at=said.expires_at or token.expires_at, scopes=said.scopes or token.scopes)
    warning = expiry_warning(token.expires_at, desk.clock.now())
    if said.active:
        return Standing(token, State.ACTIVE, asked=True, notice=warning)
    if said.status == "expired":
        gone = warning or Problem(what="the access token has expired", fix=LOGIN)
        return Standing(token, State.EXPIRED, asked=True, notice=gone)
    if said.status == "revoked":
        gone = Problem(what="the access token was revoked", fix=LOGIN)
        return Standing(token, State.REVOKED, asked=True, notice=gone)
    return _of_another_app(desk, token)


def _of_another_app(desk: Desk, token: Token) -> Standing:
    """LinkedIn calls a token of another app inactive, though it may work (Token Introspection): so ask whose it is."""
    who = desk.who(token.value)
    if isinstance(who, Rejected) and who.credentials:
        return Standing(token, State.REVOKED, asked=True, notice=who.problem)
    if isinstance(who, str):
        return Standing(replace(token, author=who), State.ACTIVE, asked=True, notice=_OTHER_APP)
    return Standing(token, State.UNKNOWN, asked=True, notice=_OTHER_APP)


_NOT_ASKED = Problem(
    what="LinkedIn was not asked: the client ID and secret of the app are not known here",
    fix="set LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, or sign in with 'crosspost auth login'",
)
_OTHER_APP = Problem(
    what="the token was made for another app than the one that is known here, so LinkedIn does not say when it expires",
    fix="set LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET to those of its app, or sign in again",
)
