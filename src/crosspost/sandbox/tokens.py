"""Who may do what: members and their tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Profile = Literal["self-serve", "partner"]

Role = Literal["ADMINISTRATOR", "CONTENT_ADMIN", "DIRECT_SPONSORED_CONTENT_POSTER", "CURATOR", "ANALYST"]

# Who may publish as an organization ("Posts API").
_PUBLISHING_ROLES: frozenset[Role] = frozenset({"ADMINISTRATOR", "CONTENT_ADMIN", "DIRECT_SPONSORED_CONTENT_POSTER"})

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
        "w_member_social_feed",
        "w_organization_social_feed",
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
        email: Told with the scope `email` only.
    """

    urn: str = "urn:li:person:sandbox-member"
    name: str = "Sam Sandbox"
    headline: str = "Publishes here first, where nobody minds"
    email: str = "sam@sandbox.example"


# Whom the token that is there from the start may publish for, where the app may publish for pages.
DEMO_PAGE = Member(urn="urn:li:organization:123", name="Sandbox Ltd", headline="Rehearses for its customers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """An access token.

    Attributes:
        member: Who logged in.
        state: What the server answers to it.
        scopes: None for those that the sandbox's profile grants.
        organizations: Pages that the member has a role on.
        roles: Which one, by the URN of the page; not named means ADMINISTRATOR.
    """

    member: Member = Member()
    state: Literal["good", "expired", "revoked"] = "good"
    scopes: tuple[str, ...] | None = None
    organizations: tuple[Member, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=lambda: MappingProxyType({}))

    def granted(self, profile: Profile) -> tuple[str, ...]:
        """Return the scopes that the token has."""
        return SCOPES[profile] if self.scopes is None else self.scopes

    def authors(self, profile: Profile) -> tuple[str, ...]:
        """Return the URNs that the token may publish as."""
        scopes = self.granted(profile)
        person = (self.member.urn,) if "w_member_social" in scopes else ()
        pages = self.organizations if "w_organization_social" in scopes else ()
        return (
            *person,
            *(page.urn for page in pages if self.roles.get(page.urn, "ADMINISTRATOR") in _PUBLISHING_ROLES),
        )
