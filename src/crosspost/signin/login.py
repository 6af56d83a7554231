"""Use case: sign in, find out who did, and keep the token."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crosspost.credentials import Secret, Token, clean
from crosspost.errors import CredentialsError, CrosspostError, Problem, SettingsError
from crosspost.linkedin.oauth.listener import Listener
from crosspost.linkedin.oauth.redirect import code_in, is_address, query_of
from crosspost.linkedin.oauth.scopes import may_post, tells_member
from crosspost.model import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crosspost.credentials import App, Place
    from crosspost.linkedin.oauth.client import OAuth
    from crosspost.linkedin.oauth.grant import Grant
    from crosspost.signin.desk import Desk

SETTLING = 5  # seconds in which LinkedIn may still refuse a token that it has just made (65601, reported by users)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, and what came of it.

    Attributes:
        token: As it was kept; its source is the place.
        notices: What the person should know or do before the first post.
    """

    token: Token
    notices: tuple[Problem, ...] = ()


def by_browser(oauth: OAuth, scopes: Sequence[str], show: Callable[[str], None], seconds: float) -> Token:
    """Sign in with the browser of this machine.

    Args:
        oauth: The way to LinkedIn.
        scopes: What to ask for.
        show: Opens the page; called when crosspost is ready for the answer.
        seconds: How long to wait for the person.

    Raises:
        SettingsError: The redirect address is none of this machine, or its port is taken.
        CredentialsError: It came to nothing; the problem says why.
    """
    if not oauth.redirect.local:
        raise SettingsError(_not_here(oauth.redirect.url))
    authorization = oauth.authorization(scopes)
    with Listener(oauth.redirect) as listener:
        show(authorization.url)
        query = listener.wait(seconds)
    return token_of(oauth.redeem(authorization, code_in(query, authorization.state)))


def by_paste(oauth: OAuth | None, scopes: Sequence[str], ask: Callable[[str | None], str]) -> Token:
    """Sign in with what a person pastes: an access token, or the address that a browser anywhere was sent to.

    Args:
        oauth: The way to LinkedIn; None where no app is known, and only a token can be taken.
        scopes: What to ask for.
        ask: Shows the address of the page, where there is one, and returns what was pasted.

    Raises:
        CredentialsError: It came to nothing; the problem says why.
    """
    authorization = oauth.authorization(scopes) if oauth else None
    pasted = ask(authorization.url if authorization else None)
    if not is_address(pasted):
        return Token(clean(pasted, "the input"), "the input")
    if oauth is None or authorization is None:
        raise CredentialsError(_NO_APP)
    return token_of(oauth.redeem(authorization, code_in(query_of(pasted), authorization.state)))


def token_of(grant: Grant, older: Token | None = None) -> Token:
    """Return a grant as a token; what LinkedIn does not repeat at a refresh is taken from the older one."""
    older_refresh = older.refresh if older else None
    return Token(
        Secret(grant.access_token),
        "LinkedIn",
        expires_at=grant.expires_at,
        scopes=grant.scopes or (older.scopes if older else ()),
        refresh=Secret(grant.refresh_token) if grant.refresh_token else older_refresh,
        refresh_expires_at=grant.refresh_expires_at or (older.refresh_expires_at if older else None),
        author=older.author if older else None,
    )


def welcome(desk: Desk, token: Token, place: Place, app: App | None) -> SignedIn:
    """Find out whose token it is, keep it, and the app where a person typed it in.

    Raises:
        CredentialsError: LinkedIn refuses the token, or it could not be kept.
    """
    token = _examined(desk, token, app)
    author, notice = _author(desk, token)
    token = replace(token, author=author)
    kept = desk.wallet.keep_token(desk.account, token, place)
    if app and app.source == "prompt":
        desk.wallet.keep_app(desk.account, app, place)
    notices = (notice, _somebody_else(desk, author), _cannot_post(token), _overruled(desk))
    return SignedIn(replace(token, source=kept), tuple(found for found in notices if found))


def _examined(desk: Desk, token: Token, app: App | None) -> Token:
    """Return a pasted token with its expiry and scopes, where LinkedIn says them to this app."""
    if token.expires_at or app is None or app.secret is None:
        return token
    try:
        said = desk.connect(app).introspect(token.value.reveal())
    except CrosspostError:
        return token  # a convenience: who the token belongs to is asked next, and a bad one is refused there
    return replace(token, expires_at=said.expires_at, scopes=said.scopes) if said.active else token


def _author(desk: Desk, token: Token) -> tuple[str | None, Problem | None]:
    """Return the member's URN, or what to do without it.

    Raises:
        CredentialsError: LinkedIn refuses the token.
    """
    if not tells_member(token.scopes):
        return None, None if desk.author else _NO_AUTHOR
    who = desk.who(token.value)
    if isinstance(who, Rejected) and who.credentials:
        desk.clock.sleep(SETTLING)
        who = desk.who(token.value)
    if isinstance(who, str):
        return who, None
    if who.credentials:
        raise CredentialsError(replace(who.problem, linkedin_has="the token was not stored"))
    return None, None if desk.author else replace(who.problem, linkedin_has="the token is stored")


def _somebody_else(desk: Desk, author: str | None) -> Problem | None:
    if author is None or desk.author in {"", author} or not desk.author.startswith("urn:li:person:"):
        return None
    return Problem(
        what=f"{author} signed in, and linkedin.author is {desk.author}: LinkedIn lets nobody post as another member",
        fix="remove linkedin.author (or LINKEDIN_PERSON_URN), or sign in as that member, with the same app: ids differ between apps",
    )


def _cannot_post(token: Token) -> Problem | None:
    if may_post(token.scopes):
        return None
    return Problem(
        what=f"this token cannot post: its scopes are {', '.join(token.scopes)}",
        fix="add the product 'Share on LinkedIn' to the app and sign in again",
    )


def _overruled(desk: Desk) -> Problem | None:
    if variable := desk.wallet.in_environment():
        return Problem(
            what=f"{variable} is set here, and is used instead of the stored token", fix=f"unset {variable} to use it"
        )
    return None


def _not_here(url: str) -> Problem:
    return Problem(
        what=f"linkedin.redirect_uri is {url}, where crosspost cannot wait for the browser",
        linkedin_has="nothing was sent",
        fix="run 'crosspost auth login --paste', or set it to an address of this machine such as http://127.0.0.1:8912/callback",
    )


_NO_APP = Problem(
    what="this looks like an address, and crosspost does not know which app began the sign-in",
    linkedin_has="no token was made",
    fix="set LINKEDIN_CLIENT_ID and LINKEDIN_CLIENT_SECRET, open the address that is printed then, and paste where it leads; "
    "or paste an access token",
)
_NO_AUTHOR = Problem(
    what="a token of these scopes does not say who posts",
    fix='set author = "urn:li:organization:NUMBER" in [linkedin] or in the table of the account; '
    "the number stands in the address of the page's admin view",
)
