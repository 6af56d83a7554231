"""What is known of an account without asking LinkedIn or a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.errors import CredentialsError
from crosspost.signin.expiry import days_left, time_left

if TYPE_CHECKING:
    from datetime import datetime

    from crosspost.credentials import Wallet


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One destination as `status` and the dashboard show it; None is what nobody knows.

    Attributes:
        token_left: The same in words; empty where nobody knows.
    """

    name: str
    author: str | None
    token_expires_at: datetime | None
    token_days_left: int | None
    token_left: str


def account(name: str, *, key: str, author: str, wallet: Wallet, now: datetime) -> Account:
    """Return what is known of an account.

    Args:
        name: As in the settings.
        key: Its name in the wallet.
        author: From the settings, empty for whoever the token belongs to.
        wallet: Where tokens are looked for.
        now: Aware.
    """
    try:
        token = wallet.known_token(key)
    except CredentialsError:
        token = None  # `auth status` and `doctor` say what is wrong with it
    expires_at = token.expires_at if token else None
    return Account(
        name=name,
        author=author or (token.author if token else None),
        token_expires_at=expires_at,
        token_days_left=days_left(expires_at, now),
        token_left=time_left(token, now),
    )
