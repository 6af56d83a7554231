"""What the use cases of signing in work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosspost.credentials import App, Secret, Wallet
    from crosspost.linkedin.oauth.client import OAuth
    from crosspost.model import Rejected
    from crosspost.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One account, and the ways to ask.

    Attributes:
        account: The name under which its secrets are kept.
        author: The URN to post as from the settings; empty for whoever signs in.
        wallet: Where secrets come from and are kept.
        connect: Makes the way to LinkedIn's authorization server for an app; one without a secret signs in with PKCE.
        who: Asks LinkedIn whose token this is: the URN, or why it does not say.
        clock: The time.
    """

    account: str
    author: str
    wallet: Wallet
    connect: Callable[[App], OAuth]
    who: Callable[[Secret], str | Rejected]
    clock: Clock
