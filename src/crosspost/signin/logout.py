"""Use case: revoke the token and forget it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.errors import CredentialsError, CrosspostError, Problem

if TYPE_CHECKING:
    from crosspost.credentials import Token
    from crosspost.signin.desk import Desk


@dataclass(frozen=True, slots=True)
class SignedOut:
    """What came of it.

    Attributes:
        forgotten: Whether there was a token to forget.
        revoked: Whether LinkedIn said that it takes the token no more.
        notices: What is left to do.
    """

    forgotten: bool
    revoked: bool
    notices: tuple[Problem, ...] = ()


def log_out(desk: Desk) -> SignedOut:
    """Ask LinkedIn to end the token, best effort; forget token and app in any case.

    Raises:
        CredentialsError: The place that keeps the token does not work.
    """
    token = _kept(desk)
    failure = _revoke(desk, token) if token else None
    forgotten = desk.wallet.forget(desk.account)
    notices = [failure] if failure else []
    if variable := desk.wallet.in_environment():
        notices.append(Problem(what=f"{variable} still holds a token", fix=f"unset {variable}"))
    return SignedOut(forgotten, token is not None and failure is None, tuple(notices))


def _kept(desk: Desk) -> Token | None:
    """Return the token that is kept, not one of the environment; None for none, and for what cannot be read any more."""
    try:
        return desk.wallet.kept_token(desk.account)
    except CredentialsError:
        return None


def _revoke(desk: Desk, token: Token) -> Problem | None:
    """Return why LinkedIn still takes the token, None where it does not."""
    try:
        app = desk.wallet.known_app(desk.account)
        if app is None:
            return _still_valid("the client ID and secret of its app are not known here")
        oauth = desk.connect(app)
        oauth.revoke(token.value.reveal())
        if token.refresh:
            oauth.revoke(token.refresh.reveal())
    except CrosspostError as error:
        return _still_valid(error.problem.what, error.problem.detail)
    return None


def _still_valid(why: str, detail: str | None = None) -> Problem:
    return Problem(
        what=f"LinkedIn takes the token until it expires: it was not revoked ({why})",
        fix="to end it at once, remove the app on LinkedIn: Settings & Privacy, Data privacy, Other applications, Permitted services",
        detail=detail,
    )
