"""Who may do what: members, their tokens, and what introspection says of a token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Profile = Literal["self-serve", "partner"]

DEMO_TOKEN = "sandbox-token"  # noqa: S105 -- made to be known: it opens nothing but the sandbox
SCOPES: dict[Profile, tuple[str, ...]] = {
    "self-serve": ("openid", "profile", "w_member_social"),
    "partner": (
        "openid",
        "profile",
        "w_member_social",
        "r_member_social",
        "w_organization_social",
        "r_organization_social",
    ),
}
# 60 days less the second that LinkedIn counts away: recorded answers say 5183999, not 5184000.
LIFETIME = timedelta(seconds=5_183_999)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person or an organization who can be an author.

    Attributes:
        urn: `urn:li:person:…` or `urn:li:organization:…`.
        headline: What the feed shows under the name.
    """

    urn: str = "urn:li:person:sandbox-member"
    name: str = "Sam Sandbox"
    headline: str = "Publishes here first, where nobody minds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token.

    Attributes:
        member: Who logged in.
        state: What the server answers to it.
        scopes: None for those that the sandbox's profile grants.
        organizations: Pages that the member administers.
    """

    member: Member = Member()
    state: Literal["good", "expired", "revoked"] = "good"
    scopes: tuple[str, ...] | None = None
    organizations: tuple[Member, ...] = ()

    def granted(self, profile: Profile) -> tuple[str, ...]:
        """Return the scopes that the token has."""
        return SCOPES[profile] if self.scopes is None else self.scopes

    def authors(self, profile: Profile) -> tuple[str, ...]:
        """Return the URNs that the token may publish as."""
        scopes = self.granted(profile)
        person = (self.member.urn,) if "w_member_social" in scopes else ()
        pages = self.organizations if "w_organization_social" in scopes else ()
        return (*person, *(page.urn for page in pages))


def introspection(token: Token, *, profile: Profile, client_id: str, issued_at: datetime) -> dict[str, object]:
    """Return what `introspectToken` says of a token of this app; times in epoch seconds."""
    issued = int(issued_at.timestamp())
    return {
        "active": token.state == "good",
        "status": {"good": "active"}.get(token.state, token.state),
        "scope": ",".join(token.granted(profile)),
        "client_id": client_id,
        "created_at": issued,
        "authorized_at": issued,
        "expires_at": issued + int(LIFETIME.total_seconds()),
        "auth_type": "3L",
    }
