"""The feed pages: each post as a reader sees it, newest first. No scripts, nothing loaded from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from crosspost.sandbox.card import Reader, card
from crosspost.sandbox.messages import Response
from crosspost.sandbox.page import NAME, page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from crosspost.sandbox.comments import Comments
    from crosspost.sandbox.media.assets import Assets
    from crosspost.sandbox.messages import Request
    from crosspost.sandbox.posts import Posts
    from crosspost.sandbox.tokens import Member

_EMPTY = """<section class="empty"><h2>No posts yet</h2>
<p>Send one here: set the API address to this server and publish.</p>
<pre><code>export CROSSPOST_LINKEDIN__API_URL={url}
export CROSSPOST_LINKEDIN__OAUTH_URL={url}
export LINKEDIN_ACCESS_TOKEN=sandbox-token
crosspost publish path/to/post.md</code></pre>
<p>Then load this page again.</p></section>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The pages and what they show.

    Attributes:
        members: Who the authors are, by URN.
    """

    posts: Posts
    comments: Comments
    assets: Assets
    members: Mapping[str, Member]
    now: Callable[[], datetime]

    def front(self, request: Request) -> Response:
        """`GET /feed`, or `/feed?hashtag=Word` for the posts with one hashtag."""
        tag = request.query.get("hashtag", "")
        posts = [post for post in reversed(self.posts.snapshot()) if not tag or _has(post.hashtags, tag)]
        reader = self._reader()
        cards = "\n".join(card(post, reader, whole=False) for post in posts)
        return page(NAME, _heading(len(posts), tag) + (cards or _nothing(request, tag)))

    def single(self, request: Request) -> Response:
        """`GET /feed/update/{urn}/`: one post, unfolded, with what was sent."""
        urn = unquote(request.path.rstrip("/").rpartition("/")[2])
        post = self.posts.get(urn)
        if post is None:
            return page("No such post", _missing(urn), status=404)
        reader = self._reader()
        back = '<p class="count"><a href="/feed">← All posts</a></p>\n'
        return page(f"Post · {NAME}", back + card(post, reader, whole=True))

    def media(self, request: Request) -> Response:
        """`GET /feed/media/{urn}`: a file that was uploaded and processed, of the type that its first bytes say."""
        asset = self.assets.get(unquote(request.path.rpartition("/")[2]))
        if asset is None or self.assets.status(asset) != "AVAILABLE":
            return Response(status=404)
        headers = {
            "Content-Type": asset.media_type,
            "X-Content-Type-Options": "nosniff",
            # A document that is opened here runs nothing, and a page elsewhere cannot show it as its own.
            "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
            "Cache-Control": "no-store",
        }
        if asset.kind == "document":
            headers["Content-Disposition"] = "attachment"
        return Response(status=200, headers=headers, body=asset.data)

    def _reader(self) -> Reader:
        return Reader(
            members=self.members, now=self.now(), posts=self.posts, comments=self.comments, assets=self.assets
        )


def _has(hashtags: tuple[str, ...], tag: str) -> bool:
    return tag.casefold() in (hashtag.casefold() for hashtag in hashtags)


def _heading(count: int, tag: str) -> str:
    posts = "1 post" if count == 1 else f"{count} posts"
    if tag:
        return f'<p class="count">{posts} with <bdi>#{escape(tag)}</bdi> · <a href="/feed">All posts</a></p>\n'
    return f'<p class="count">{posts}</p>\n' if count else ""


def _nothing(request: Request, tag: str) -> str:
    if tag:
        return ""
    url = f"http://{request.headers.get('host', '127.0.0.1')}"
    return _EMPTY.format(url=escape(url))


def _missing(urn: str) -> str:
    return (
        '<section class="empty"><h2>No such post</h2>'
        f"<p><code>{escape(urn)}</code> was never here, or was deleted.</p>"
        '<p><a href="/feed">All posts</a></p></section>'
    )
