"""What every request to the API passes first: version, bearer, Rest.li protocol, the daily limit, permission.

The real order of these checks is unknown; no client may depend on the one here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.sandbox import answers, checks
from crosspost.sandbox.messages import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from crosspost.sandbox.messages import Request
    from crosspost.sandbox.oauth.grants import Grants
    from crosspost.sandbox.quota import Quota
    from crosspost.sandbox.tokens import Profile, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks.

    Attributes:
        version: YYYYMM; empty on `/v2`.
        scopes: Of the token.
        authors: URNs that the token may publish as.
    """

    token: Token
    version: str
    scopes: frozenset[str]
    authors: tuple[str, ...]

    @property
    def reads(self) -> bool:
        """Whether posts, media and comments may be read; a self-serve app cannot (observed by many)."""
        return any(scope.startswith("r_") for scope in self.scopes)

    def permit(self, permission: str, *, granted: bool) -> None:
        """Refuse where the app lacks the permission; its suffix is the version and `01` (read off several reports)."""
        if not granted:
            suffix = f"{self.version}01" if self.version else "NO_VERSION"
            raise Refused(answers.not_permitted(f"{permission}.{suffix}"))

    def author(self, urn: object) -> None:
        """Refuse an author, owner or actor that the token may not be."""
        if urn in self.authors:
            return
        if urn in [page.urn for page in self.token.organizations]:  # of the page, but without a role that publishes
            self.permit("partnerApiPostsExternal.CREATE", granted=False)
        raise Refused(answers.wrong_author())


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """The checks and what they go by.

    Attributes:
        today: The day that decides which versions are alive.
    """

    grants: Grants
    profile: Profile
    quota: Quota
    today: Callable[[], date]

    def versioned(self, request: Request) -> Caller:
        """Return who asks on `/rest`."""
        version = checks.live_version(request, self.today())
        caller = self._caller(checks.bearer(request, self.grants), version)
        checks.protocol(request)
        self.quota.count(caller.token.member.urn)
        return caller

    def unversioned(self, request: Request) -> Caller:
        """Return who asks on `/v2`."""
        checks.no_version(request)
        caller = self._caller(checks.bearer(request, self.grants), "")
        self.quota.count(caller.token.member.urn)
        return caller

    def upload(self, request: Request) -> Caller:
        """Return who sends a file: the bearer alone is looked at, and nothing is counted."""
        return self._caller(checks.bearer(request, self.grants), "")

    def _caller(self, token: Token, version: str) -> Caller:
        return Caller(
            token=token,
            version=version,
            scopes=frozenset(token.granted(self.profile)),
            authors=token.authors(self.profile),
        )
