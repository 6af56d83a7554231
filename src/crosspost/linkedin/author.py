"""Which URN the posts carry: from the setting, or from the token's own member. Pure."""

from __future__ import annotations

import re

_URN = re.compile(r"urn:li:(person:[A-Za-z0-9_-]{1,200}|organization:[0-9]{1,30})")
_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")


def author_urn(setting: str) -> str | None:
    """Return the URN that a setting means, None for one that cannot be an author.

    A bare id is a member's: `LINKEDIN_PERSON_URN` is used both ways. Posts API: the author is a person or an organization.

    >>> author_urn(" aB3_x-9 ")
    'urn:li:person:aB3_x-9'
    >>> author_urn("urn:li:organization:123"), author_urn("https://www.linkedin.com/in/jo")
    ('urn:li:organization:123', None)
    """
    setting = setting.strip()
    if _URN.fullmatch(setting):
        return setting
    return f"urn:li:person:{setting}" if _ID.fullmatch(setting) else None


def member_urn(userinfo: bytes) -> str | None:
    """Return the member's URN from the body of `/v2/userinfo`, None where the body does not name one.

    Only `sub` counts; `locale` is a string in the documentation and an object in reality (Sign In with LinkedIn using OpenID Connect).
    """
    from crosspost.linkedin.body import fields  # noqa: PLC0415 lazy: each run looks at the setting, few ask LinkedIn

    sub = fields(userinfo).get("sub")
    return f"urn:li:person:{sub}" if isinstance(sub, str) and _ID.fullmatch(sub) else None
