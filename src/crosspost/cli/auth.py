"""`crosspost auth`: sign in, say how the token is, sign out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from crosspost.cli.options import Console, common
from crosspost.errors import ExitCode
from crosspost.report.terminal import counted, safe

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crosspost.credentials import App, Place, Token
    from crosspost.errors import Problem
    from crosspost.signin.desk import Desk

_PATIENCE = 600  # seconds for a person to find password and second factor

_account = click.option("--account", metavar="NAME", default="default", show_default=True, help="Whose token.")


@click.group()
def auth() -> None:
    """Store, show and forget the token that publishes for you."""


@auth.command()
@click.option(
    "--paste", is_flag=True, help="For a machine without a browser: paste a token, or the address you were sent to."
)
@click.option("--organization", is_flag=True, help="Ask for the scopes of a company page (Community Management API).")
@click.option("--pkce", is_flag=True, help="For apps with LinkedIn's native PKCE: without a client secret.")
@click.option(
    "--scope", "scopes", metavar="SCOPE", multiple=True, help="Ask for these scopes instead; may be repeated."
)
@click.option(
    "--store",
    type=click.Choice(["keyring", "file"]),
    default="keyring",
    show_default=True,
    help="Where to keep it; 'file': not encrypted, readable to whoever reads your files or their backup.",
)
@click.option("--no-browser", is_flag=True, help="Print the address instead of opening it.")
@_account
@common
def login(
    console: Console,
    *,
    paste: bool,
    organization: bool,
    pkce: bool,
    scopes: tuple[str, ...],
    store: Place,
    no_browser: bool,
    account: str,
) -> int:
    """Sign in at LinkedIn and keep the token: 60 days, then again.

    Needs an app of yours at LinkedIn (docs/linkedin-app.md). Its client ID and secret come from LINKEDIN_CLIENT_ID and
    LINKEDIN_CLIENT_SECRET, or are asked for once. Without a terminal --paste reads standard input.

    \b
    crosspost auth login
    crosspost auth login --paste
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.linkedin.oauth.scopes import MEMBER, ORGANIZATION  # noqa: PLC0415 - `--help` must not pay for it
    from crosspost.signin.login import by_browser, by_paste, welcome  # noqa: PLC0415 - see above

    desk = console.workshop().desk(account)
    desk.wallet.must_keep(store)
    wanted = scopes or (ORGANIZATION if organization else MEMBER)
    if organization:
        console.say(_ABOUT_ORGANIZATIONS)
    if paste:
        app = _app_to_paste(desk, pkce=pkce)
        token = by_paste(desk.connect(app) if app else None, wanted, lambda url: _pasted(account, url))
    else:
        app = desk.wallet.app(desk.account, with_secret=not pkce)
        token = by_browser(desk.connect(app), wanted, _show(browser=not no_browser), _PATIENCE)
    signed_in = welcome(desk, token, store, app)
    told = signed_in.token, desk.clock.now()
    console.result(_fields(account, *told), safe(f"{account}: signed in{_details(*told)}"))
    _warn(console, signed_in.notices)
    return 0


@auth.command()
@_account
@common
def status(console: Console, *, account: str) -> int:
    """Say where the token comes from, whether LinkedIn takes it, and for how long. Never shows it.

    \b
    crosspost auth status
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.signin.standing import standing  # noqa: PLC0415 - see above

    desk = console.workshop().desk(account)
    found = standing(desk)
    told = found.token, desk.clock.now()
    fields = _fields(account, *told) | {"state": found.state.value, "asked": found.asked}
    shown = found.state.value if found.asked or not found.usable else "not verified"
    console.result(fields, safe(f"{account}: {shown}{_details(*told)}"))
    _warn(console, (found.notice,) if found.notice else ())
    return ExitCode.DONE if found.usable else ExitCode.CREDENTIALS


@auth.command()
@_account
@common
def logout(console: Console, *, account: str) -> int:
    """Ask LinkedIn to end the stored token, and forget it together with client ID and secret.

    \b
    crosspost auth logout
    """  # noqa: D301 - click reads the backspace character as "keep these lines"
    from crosspost.signin.logout import log_out  # noqa: PLC0415 - see above

    done = log_out(console.workshop().desk(account))
    told = ("revoked and forgotten" if done.revoked else "forgotten") if done.forgotten else "there was none"
    fields = {"account": account, "forgotten": done.forgotten, "revoked": done.revoked}
    console.result(fields, f"{account}: {told}")
    _warn(console, done.notices)
    return 0


def _app_to_paste(desk: Desk, *, pkce: bool) -> App | None:
    """Return the app of which a pasted address could be; None where only a token can be pasted."""
    from crosspost.cli.prompts import is_interactive  # noqa: PLC0415 - see above

    known = desk.wallet.known_app(desk.account)
    asks = is_interactive() and (known or not click.confirm("Do you have an access token to paste?", err=True))
    if asks or (known and (known.secret or pkce)):
        return desk.wallet.app(desk.account, with_secret=not pkce)
    return None


def _pasted(account: str, url: str | None) -> str:
    from crosspost.cli.prompts import is_interactive  # noqa: PLC0415 - see above

    what = f"Access token for {account}"
    if url:
        click.echo(
            f"Open this address in a browser on any machine and sign in:\n\n{url}\n\n{_WHERE_IT_LEADS}", err=True
        )
        what = f"Address or access token for {account}"
    if is_interactive():
        answer: str = click.prompt(what, hide_input=True, err=True)
        return answer
    return sys.stdin.readline()


def _show(*, browser: bool) -> Callable[[str], None]:
    """Return what opens the page. The address holds no secret that would work alone: it may be seen in the process list."""

    def show(url: str) -> None:
        click.echo(f"Sign in at LinkedIn in your browser. If none opens, open this address here:\n\n{url}\n", err=True)
        if browser:
            import webbrowser  # noqa: PLC0415 - see above

            webbrowser.open(url)

    return show


def _fields(account: str, token: Token, now: datetime) -> dict[str, object]:
    from crosspost.signin.expiry import days_left  # noqa: PLC0415 - see above

    return {
        "account": account,
        "source": token.source,
        "author": token.author,
        "scopes": list(token.scopes),
        "expires_at": token.expires_at.isoformat() if token.expires_at else None,
        "days_left": days_left(token.expires_at, now),
    }


def _details(token: Token, now: datetime) -> str:
    """Return the same for people."""
    from crosspost.signin.expiry import days_left  # noqa: PLC0415 - see above

    who = f" as {token.author}" if token.author else ""
    left = days_left(token.expires_at, now)
    when = "expiry not known" if left is None else f"until {token.expires_at:%Y-%m-%d} ({counted(left, 'day')})"
    scopes = f"; scopes: {', '.join(token.scopes)}" if token.scopes else ""
    return f"{who}, {when}; {token.source}{scopes}"


def _warn(console: Console, notices: tuple[Problem, ...]) -> None:
    from crosspost.report.outcomes import problem_lines  # noqa: PLC0415 - see above

    for notice in notices:
        lines = [f"warning: {notice.what}", *problem_lines(notice, verbose=console.verbose)]
        click.echo(safe("\n".join(lines)), err=True)


_WHERE_IT_LEADS = (
    "At the end the browser goes to an address that it may not be able to show. Copy it from the address bar, whole, and "
    "paste it here; or paste an access token."
)
_ABOUT_ORGANIZATIONS = (
    "A company page needs LinkedIn's Community Management API, which LinkedIn reviews before it grants it, to registered "
    "companies, for an app that has no other product. You must be an administrator of the page. Without that LinkedIn shows an "
    "error on its own page now."
)
