"""Everything that a sandbox holds, and which address is answered by what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.sandbox.admin import Admin
from crosspost.sandbox.api import Api
from crosspost.sandbox.feed import Feed
from crosspost.sandbox.media.files import Files
from crosspost.sandbox.media.videos import Videos
from crosspost.sandbox.oauth import identity, pages
from crosspost.sandbox.oauth.authorization import AuthorizationEndpoint
from crosspost.sandbox.oauth.codes import Codes
from crosspost.sandbox.oauth.token_endpoint import TokenEndpoint
from crosspost.sandbox.routes import Route
from crosspost.sandbox.social import Social

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, timedelta
    from typing import Literal

    from crosspost.sandbox.api import EarlyMedia
    from crosspost.sandbox.comments import Comments
    from crosspost.sandbox.faults import Faults
    from crosspost.sandbox.guard import Guard
    from crosspost.sandbox.journal import Journal
    from crosspost.sandbox.media.assets import Assets
    from crosspost.sandbox.oauth.app import App
    from crosspost.sandbox.posts import Posts
    from crosspost.sandbox.tokens import Member, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The stores, the clock, and the switches; `server.Sandbox` explains each.

    Attributes:
        base: Where the server listens.
        login: Who sits at the browser.
    """

    now: Callable[[], datetime]
    base: Callable[[], str]
    app: App
    guard: Guard
    posts: Posts
    assets: Assets
    comments: Comments
    journal: Journal
    tokens: Mapping[str, Token]
    login: Token
    limit: int
    early_media: EarlyMedia
    delete_again: Literal[204, 404]
    edits: bool
    remember_consent: bool
    comment_delay: timedelta

    def linkedin(self) -> tuple[Route, ...]:
        """Return the addresses that LinkedIn has; faults can strike these."""
        return (*self._post_routes(), *self._media_routes(), *self._social_routes(), *self._oauth_routes())

    def pages(self) -> tuple[Route, ...]:
        """Return the feed's addresses."""
        members = [member for token in (*self.tokens.values(), self.login) for member in _members(token)]
        feed = Feed(
            posts=self.posts,
            comments=self.comments,
            assets=self.assets,
            members={member.urn: member for member in members},
            now=self.now,
        )
        return (
            Route("GET /", feed.front),
            Route("GET /feed", feed.front),
            Route("GET /feed/", feed.front),
            Route("GET /feed/update/{urn}", feed.single),
            Route("GET /feed/update/{urn}/", feed.single),
            Route("GET /feed/media/{urn}", feed.media),
        )

    def own(self, faults: Faults) -> tuple[Route, ...]:
        """Return the sandbox's own addresses."""
        admin = Admin(posts=self.posts, comments=self.comments, faults=faults, journal=self.journal)
        return (
            Route("GET /_sandbox/posts", admin.list_posts),
            Route("GET /_sandbox/phantoms", admin.list_phantoms),
            Route("GET /_sandbox/comments", admin.list_comments),
            Route("GET /_sandbox/requests", admin.list_requests),
            Route("GET /_sandbox/faults", admin.list_faults),
            Route("POST /_sandbox/faults", admin.add_fault),
            Route("DELETE /_sandbox/faults", admin.clear_faults),
        )

    def _post_routes(self) -> tuple[Route, ...]:
        api = Api(
            guard=self.guard,
            posts=self.posts,
            assets=self.assets,
            limit=self.limit,
            early_media=self.early_media,
            delete_again=self.delete_again,
            edits=self.edits,
        )
        return (
            Route("POST /rest/posts", api.create_post),
            Route("GET /rest/posts?q=author", api.find_posts),
            Route("GET /rest/posts/{urn}", api.get_post),
            Route("POST /rest/posts/{urn}", api.edit_post),
            Route("DELETE /rest/posts/{urn}", api.delete_post),
            Route("GET /v2/userinfo", api.userinfo),
        )

    def _media_routes(self) -> tuple[Route, ...]:
        images = Files(kind="image", guard=self.guard, assets=self.assets, base=self.base)
        documents = Files(kind="document", guard=self.guard, assets=self.assets, base=self.base)
        videos = Videos(guard=self.guard, assets=self.assets, base=self.base)
        return (
            Route("POST /rest/images?action=initializeUpload", images.initialize),
            Route("PUT /dms-uploads/image/{key}", images.put),
            Route("GET /rest/images/{urn}", images.get),
            Route("POST /rest/documents?action=initializeUpload", documents.initialize),
            Route("PUT /dms-uploads/document/{key}", documents.put),
            Route("GET /rest/documents/{urn}", documents.get),
            Route("POST /rest/videos?action=initializeUpload", videos.initialize),
            Route("PUT /dms-uploads/video/{key}/{part}", videos.put),
            Route("POST /rest/videos?action=finalizeUpload", videos.finalize),
            Route("GET /rest/videos/{urn}", videos.get),
        )

    def _social_routes(self) -> tuple[Route, ...]:
        social = Social(
            guard=self.guard, posts=self.posts, comments=self.comments, now=self.now, delay=self.comment_delay
        )
        return (
            Route("POST /rest/socialActions/{urn}/comments", social.create),
            Route("GET /rest/socialActions/{urn}/comments", social.read),
            Route("POST /v2/socialActions/{urn}/comments", social.create_unversioned),
        )

    def _oauth_routes(self) -> tuple[Route, ...]:
        codes = Codes(self.now)
        browser = AuthorizationEndpoint(
            app=self.app, codes=codes, grants=self.guard.grants, login=self.login, remember=self.remember_consent
        )
        server = TokenEndpoint(app=self.app, codes=codes, grants=self.guard.grants, login=self.login, now=self.now)
        return (
            Route("GET /oauth/v2/authorization", browser.ordinary),
            Route("GET /oauth/native-pkce/authorization", browser.native),
            Route(f"POST {pages.SUBMIT}", browser.submit),
            Route("POST /oauth/v2/accessToken", server.access_token),
            Route("POST /oauth/v2/introspectToken", server.introspect),
            Route("POST /oauth/v2/revoke", server.revoke),
            Route("GET /oauth/openid/jwks", identity.keys),
            Route("GET /oauth/.well-known/openid-configuration", identity.discovery),
        )


def _members(token: Token) -> tuple[Member, ...]:
    return (token.member, *token.organizations)
