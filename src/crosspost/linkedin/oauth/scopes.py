"""What a token may do. Pure.

Sources: LinkedIn's pages Share on LinkedIn, Sign In with LinkedIn using OpenID Connect, Community Management API.
"""

from __future__ import annotations

import re

MEMBER = ("openid", "profile", "w_member_social")
# Without `openid`: the Community Management API wants an app that has no other product (Community Management API, FAQ).
ORGANIZATION = ("w_organization_social", "r_organization_social")

_POSTING = frozenset({"w_member_social", "w_organization_social"})


def split(granted: str) -> tuple[str, ...]:
    """Return the scopes of an answer: the documentation separates them by spaces, LinkedIn by commas (recorded).

    >>> split("email,openid, profile w_member_social")
    ('email', 'openid', 'profile', 'w_member_social')
    """
    return tuple(scope for scope in re.split(r"[,\s]+", granted) if scope)


def may_post(scopes: tuple[str, ...]) -> bool:
    """Tell whether a token with these scopes can publish; unknown ones get the benefit of the doubt."""
    return not scopes or bool(_POSTING & set(scopes))


def tells_member(scopes: tuple[str, ...]) -> bool:
    """Tell whether `/v2/userinfo` answers for a token with these scopes; unknown ones get the benefit of the doubt."""
    return not scopes or "openid" in scopes
