"""The endpoints of LinkedIn that the sandbox has, one function each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from crosspost.sandbox import answers, body, checks
from crosspost.sandbox.messages import Refused, first_values, json_response
from crosspost.sandbox.posts import Duplicate
from crosspost.sandbox.tokens import introspection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from crosspost.sandbox.messages import Request, Response
    from crosspost.sandbox.posts import Posts, StoredPost
    from crosspost.sandbox.tokens import Profile, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """The endpoints and what they work on.

    Attributes:
        today: The day that decides which versions are alive.
        limit: Most UTF-16 code units of a commentary.
        started_at: When the tokens were issued.
    """

    posts: Posts
    tokens: Mapping[str, Token]
    profile: Profile
    today: Callable[[], date]
    limit: int
    client_id: str
    client_secret: str
    started_at: datetime

    def create_post(self, request: Request) -> Response:
        """`POST /rest/posts`."""
        version, token = self._enter(request)
        authors = token.authors(self.profile)
        checks.permission(granted=bool(authors), method="CREATE", version=version)
        fields = body.read_json(request)
        checks.author(fields, authors)
        body.check_fields(fields)
        stored = self.posts.create(body.new_post(fields, self.limit))
        return answers.duplicate(stored.urn) if isinstance(stored, Duplicate) else answers.created(stored.urn)

    def get_post(self, request: Request) -> Response:
        """`GET /rest/posts/{urn}`: a self-serve app may write but not read (observed by many)."""
        version, token = self._enter(request)
        readable = any(scope.startswith("r_") for scope in token.granted(self.profile))
        checks.permission(granted=readable, method="GET", version=version)
        return json_response(200, _as_read(self._own_post(request, token)))

    def delete_post(self, request: Request) -> Response:
        """`DELETE /rest/posts/{urn}`: 204; 404 where there is none, as a live test met it (documented: 204 again)."""
        version, token = self._enter(request)
        checks.permission(granted=bool(token.authors(self.profile)), method="DELETE", version=version)
        self.posts.delete(self._own_post(request, token).urn)
        return answers.no_content()

    def userinfo(self, request: Request) -> Response:
        """`GET /v2/userinfo`: who the token belongs to; `locale` as it is really sent, not as documented."""
        checks.no_version(request)
        token = checks.bearer(request, self.tokens)
        if not {"openid", "profile"} <= set(token.granted(self.profile)):
            raise Refused(answers.not_permitted("userinfo.GET.NO_VERSION"))
        given, _, family = token.member.name.rpartition(" ")
        return json_response(
            200,
            {
                "sub": token.member.urn.rpartition(":")[2],
                "name": token.member.name,
                "given_name": given,
                "family_name": family,
                "locale": {"country": "US", "language": "en"},
            },
        )

    def introspect(self, request: Request) -> Response:
        """`POST /oauth/v2/introspectToken`: a token that this app does not know is answered 200, not active."""
        if request.media_type != "application/x-www-form-urlencoded":
            raise Refused(answers.unsupported_media_type())
        form = first_values(request.body.decode("utf-8", "replace"))
        for name in ("client_id", "client_secret", "token"):
            if not form.get(name):
                message = f'A required parameter "{name}" is missing'
                raise Refused(answers.oauth_error(400, "invalid_request", message))
        if (form["client_id"], form["client_secret"]) != (self.client_id, self.client_secret):
            raise Refused(answers.oauth_error(401, "invalid_client", "Client authentication failed"))
        token = self.tokens.get(form["token"])
        if token is None:
            return json_response(200, {"active": False})
        facts = introspection(token, profile=self.profile, client_id=self.client_id, issued_at=self.started_at)
        return json_response(200, facts)

    def _enter(self, request: Request) -> tuple[str, Token]:
        version = checks.live_version(request, self.today())
        token = checks.bearer(request, self.tokens)
        checks.protocol(request)
        return version, token

    def _own_post(self, request: Request, token: Token) -> StoredPost:
        post = self.posts.get(checks.post_urn(request.path.rpartition("/")[2]))
        if post is None or post.author not in token.authors(self.profile):
            raise Refused(answers.not_found())
        return post


def _as_read(post: StoredPost) -> dict[str, object]:
    # Reported: reading a post back returns the full text while the page shows the cut one.
    milliseconds = round(post.created_at.astimezone(UTC).timestamp() * 1000)
    fields: dict[str, object] = {
        "id": post.urn,
        "author": post.author,
        "commentary": post.commentary.as_read,
        "visibility": post.visibility,
        "lifecycleState": "PUBLISHED",
        "lifecycleStateInfo": {"isEditedByAuthor": False},
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "isReshareDisabledByAuthor": post.reshare_disabled,
        "createdAt": milliseconds,
        "publishedAt": milliseconds,
        "lastModifiedAt": milliseconds,
    }
    if post.article:
        article = {"source": post.article.source, "title": post.article.title}
        if post.article.description is not None:
            article["description"] = post.article.description
        fields["content"] = {"article": article}
    return fields
