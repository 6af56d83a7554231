"""`crosspost auth`: the token in the keyring."""

from __future__ import annotations

import sys

import click

from crosspost.cli.options import Console, common
from crosspost.errors import Problem, SettingsError

_account = click.option("--account", metavar="NAME", default="default", show_default=True, help="Whose token.")


@click.group()
def auth() -> None:
    """Store, show and forget the token that publishes for you."""


@auth.command()
@click.option("--paste", is_flag=True, help="Paste an access token; without a terminal it is read from standard input.")
@_account
@common
def login(console: Console, *, paste: bool, account: str) -> int:
    """Store an access token in the keyring of this machine.

    LinkedIn's developer portal makes one: your app, Auth, OAuth 2.0 tools, "Create token", with the scopes
    openid, profile and w_member_social. It is valid for 60 days.
    """
    if not paste:
        raise SettingsError(
            Problem(
                what="this version signs in with a pasted token only",
                fix="make a token in LinkedIn's developer portal, then: crosspost auth login --paste",
            )
        )
    from crosspost.credentials import Keyring, store_token  # noqa: PLC0415 - `--help` must not pay for it

    keyring = Keyring()
    store_token(account, _pasted(account), keyring)
    console.result(
        {"account": account, "source": f"keyring ({keyring.name})"},
        f"{account}: stored in the keyring ({keyring.name})",
    )
    return 0


@auth.command()
@_account
@common
def status(console: Console, *, account: str) -> int:
    """Say where the token comes from. Never shows it."""
    token = console.workshop().token(account)
    console.result({"account": account, "source": token.source}, f"{account}: {token.source}")
    return 0


@auth.command()
@_account
@common
def logout(console: Console, *, account: str) -> int:
    """Forget the token that is in the keyring. LinkedIn still accepts it until it expires."""
    from crosspost.credentials import Keyring, forget_token  # noqa: PLC0415 - see above

    forgotten = forget_token(account, Keyring())
    console.result(
        {"account": account, "forgotten": forgotten}, f"{account}: {'forgotten' if forgotten else 'there was none'}"
    )
    return 0


def _pasted(account: str) -> str:
    from crosspost.cli.prompts import is_interactive  # noqa: PLC0415 - see above

    if is_interactive():
        answer: str = click.prompt(f"Access token for {account}", hide_input=True, err=True)
        return answer
    return sys.stdin.readline()
