"""The endpoints of posts and of the member, one function each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crosspost.sandbox import answers, body, checks, post_reading, schema
from crosspost.sandbox.content import Poll
from crosspost.sandbox.media import references
from crosspost.sandbox.messages import Refused, json_response
from crosspost.sandbox.oauth.identity import claims_of
from crosspost.sandbox.posts import Duplicate

if TYPE_CHECKING:
    from crosspost.sandbox.guard import Caller, Guard
    from crosspost.sandbox.media.assets import Assets
    from crosspost.sandbox.messages import Request, Response
    from crosspost.sandbox.posts import NewPost, Posts, StoredPost

EarlyMedia = Literal["phantom", "accept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """The endpoints and what they work on.

    Attributes:
        limit: Most UTF-16 code units of a commentary.
        early_media: What becomes of a post whose media are still processed; both are answered 201.
        delete_again: What a second delete is answered: documented is 204, a live test met 404.
        edits: Whether a self-serve app may edit, which nobody knows.
    """

    guard: Guard
    posts: Posts
    assets: Assets
    limit: int
    early_media: EarlyMedia
    delete_again: Literal[204, 404]
    edits: bool

    def create_post(self, request: Request) -> Response:
        """`POST /rest/posts`."""
        caller = self.guard.versioned(request)
        checks.restli_method(request, "CREATE")
        caller.permit("partnerApiPostsExternal.CREATE", granted=bool(caller.authors))
        fields = schema.read_json(request)
        if "author" in fields:  # a missing one is for the body's own check
            caller.author(fields["author"])
        schema.check_fields(fields, body.POST)
        new = body.new_post(fields, self.limit)
        self._check_parent(new)
        ready = references.are_ready(new.content, new.author, self.assets) or self.early_media == "accept"
        stored = self.posts.create(new, phantom=not ready)
        return answers.duplicate(stored.urn) if isinstance(stored, Duplicate) else answers.created(stored.urn)

    def get_post(self, request: Request) -> Response:
        """`GET /rest/posts/{urn}`: a self-serve app may write but not read (observed by many)."""
        caller = self.guard.versioned(request)
        caller.permit("partnerApiPostsExternal.GET", granted=caller.reads)
        return json_response(200, post_reading.as_read(self._own_post(request, caller)))

    def find_posts(self, request: Request) -> Response:
        """`GET /rest/posts?q=author&author={urn}`: the latest first; `start` and `count` page through."""
        caller = self.guard.versioned(request)
        checks.restli_method(request, "FINDER")
        caller.permit("partnerApiPostsExternal.FINDER-author", granted=caller.reads)
        author = checks.author_urn(request.raw_query.get("author", ""))
        caller.author(author)
        found = [post for post in reversed(self.posts.snapshot()) if post.author == author]
        return json_response(200, post_reading.paged(found, request.query))

    def edit_post(self, request: Request) -> Response:
        """`POST /rest/posts/{urn}` with `X-RestLi-Method: PARTIAL_UPDATE`: 204; the id stays."""
        caller = self.guard.versioned(request)
        checks.restli_method(request, "PARTIAL_UPDATE", needed=True)
        granted = bool(caller.authors) and (self.edits or caller.reads)
        caller.permit("partnerApiPostsExternal.PARTIAL_UPDATE", granted=granted)
        post = self._own_post(request, caller)
        commentary = body.edited_commentary(schema.read(request, body.PATCH), self.limit)
        if isinstance(post.content, Poll):
            raise Refused(answers.invalid_value("INVALID_VALUE_FOR_FIELD", "a poll cannot be edited"))
        self.posts.edit(post.urn, commentary)
        return answers.no_content()

    def delete_post(self, request: Request) -> Response:
        """`DELETE /rest/posts/{urn}`: 204; for one that is gone `delete_again`."""
        caller = self.guard.versioned(request)
        checks.restli_method(request, "DELETE")
        caller.permit("partnerApiPostsExternal.DELETE", granted=bool(caller.authors))
        urn = checks.post_urn(request.path.rpartition("/")[2])
        post = self.posts.get(urn)
        if post is None and self.delete_again == 204:
            return answers.no_content()
        self.posts.delete(self._own_post(request, caller).urn)
        return answers.no_content()

    def userinfo(self, request: Request) -> Response:
        """`GET /v2/userinfo`: who the token belongs to."""
        caller = self.guard.unversioned(request)
        caller.permit("userinfo.GET", granted={"openid", "profile"} <= caller.scopes)
        return json_response(200, claims_of(caller.token.member, caller.scopes))

    def _own_post(self, request: Request, caller: Caller) -> StoredPost:
        post = self.posts.get(checks.post_urn(request.path.rpartition("/")[2]))
        if post is None or post.author not in caller.authors:
            raise Refused(answers.not_found())
        return post

    def _check_parent(self, new: NewPost) -> None:
        if new.parent is None:
            return
        parent = self.posts.get(new.parent)
        if parent is None:
            raise Refused(answers.invalid_value("INVALID_URN_ID", f"{new.parent} does not exist"))
        if parent.reshare_disabled:
            raise Refused(answers.invalid_value("INVALID_VALUE_FOR_FIELD", f"{new.parent} may not be reshared"))
