"""Use case: the token for the next request, refreshed where that is possible."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crosspost.errors import CredentialsError, CrosspostError, Problem
from crosspost.signin.expiry import LOGIN, expiry_warning

if TYPE_CHECKING:
    from datetime import datetime

    from crosspost.credentials import Token
    from crosspost.signin.desk import Desk

_AHEAD = timedelta(days=1)
_LOG = logging.getLogger(__name__)


def token_to_send(desk: Desk) -> Token:
    """Return a token that should work: the known one, or a refreshed one where that has expired or will within a day.

    Raises:
        CredentialsError: There is none, or it has expired and cannot be refreshed.
    """
    token, now = desk.wallet.token(desk.account), desk.clock.now()
    if token.expires_at is None or token.expires_at - now > _AHEAD:
        return _with_warning(token, now)
    try:
        return _refreshed(desk, token, now)
    except CrosspostError as error:
        if token.expires_at <= now:
            raise CredentialsError(_expired(token.expires_at, error.problem)) from None
        _LOG.info("the access token was not refreshed: %s", error.problem.what)
        return _with_warning(token, now)


def _with_warning(token: Token, now: datetime) -> Token:
    """Return the token; say when it ends soon, unless it refreshes itself."""
    warning = None if token.refresh else expiry_warning(token.expires_at, now)
    if warning:
        _LOG.warning("%s; %s", warning.what, warning.fix)
    return token


def _refreshed(desk: Desk, token: Token, now: datetime) -> Token:
    from crosspost.signin.login import SETTLING, token_of  # noqa: PLC0415 - needed once in two months, and it brings a server

    if token.refresh is None:
        raise CredentialsError(Problem(what="LinkedIn gave no refresh token with it", fix=LOGIN))
    if token.refresh_expires_at and token.refresh_expires_at <= now:
        raise CredentialsError(Problem(what="its refresh token has expired too", fix=LOGIN))
    app = desk.wallet.known_app(desk.account)
    if app is None:
        fix = f"set LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, or {LOGIN}"
        raise CredentialsError(Problem(what="the app that could refresh it is not known", fix=fix))
    grant = desk.connect(app).refresh(token.refresh.reveal())
    newer = replace(token_of(grant, token), source=token.source)
    _keep(desk, newer)
    # A token of this moment may be refused with 65601 for some seconds; waiting costs nothing once in two months.
    desk.clock.sleep(SETTLING)
    return newer


def _keep(desk: Desk, token: Token) -> None:
    """Keep a refreshed token. Where that fails it is used all the same: the older refresh token still works."""
    try:
        if place := desk.wallet.place_of(desk.account):
            desk.wallet.keep_token(desk.account, token, place)
    except CredentialsError as error:
        _LOG.warning("the refreshed access token was not kept: %s", error.problem.what)


def _expired(moment: datetime, why: Problem) -> Problem:
    return Problem(
        what=f"the access token expired on {moment:%Y-%m-%d %H:%M} UTC, and {why.what}",
        linkedin_has="nothing was sent",
        fix=why.fix if LOGIN in why.fix else f"{why.fix}; or {LOGIN}",
        detail=why.detail,
    )
