"""The feed pages: each post as a reader sees it, newest first. No scripts, nothing loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import unquote

from crosspost.sandbox.card import Reader, card
from crosspost.sandbox.messages import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from crosspost.sandbox.messages import Request
    from crosspost.sandbox.posts import Posts
    from crosspost.sandbox.tokens import Member

NAME = "crosspost sandbox feed"
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
    members: Mapping[str, Member]
    now: Callable[[], datetime]

    def front(self, request: Request) -> Response:
        """`GET /feed`, or `/feed?hashtag=Word` for the posts with one hashtag."""
        tag = request.query.get("hashtag", "")
        posts = [post for post in reversed(self.posts.snapshot()) if not tag or _has(post.hashtags, tag)]
        reader = Reader(members=self.members, now=self.now())
        cards = "\n".join(card(post, reader, whole=False) for post in posts)
        return _page(NAME, _heading(len(posts), tag) + (cards or _nothing(request, tag)))

    def single(self, request: Request) -> Response:
        """`GET /feed/update/{urn}/`: one post, unfolded, with what was sent."""
        urn = unquote(request.path.rstrip("/").rpartition("/")[2])
        post = self.posts.get(urn)
        if post is None:
            return _page("No such post", _missing(urn), status=404)
        reader = Reader(members=self.members, now=self.now())
        back = '<p class="count"><a href="/feed">← All posts</a></p>\n'
        return _page(f"Post · {NAME}", back + card(post, reader, whole=True))


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


@cache
def _style() -> str:
    return files("crosspost.sandbox").joinpath("feed.css").read_text(encoding="utf-8")


@cache
def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    sources = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    return f"{sources}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _page(title: str, content: str, *, status: int = 200) -> Response:
    html = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<link rel="icon" href="data:,">
<style>{_style()}</style>
</head>
<body>
<header><div class="bar"><a class="name" href="/feed">{NAME}</a><span class="note">local, nothing here is on LinkedIn</span></div></header>
<main>
{content}
</main>
</body>
</html>
"""
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": _policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    return Response(status=status, headers=headers, body=html.encode("utf-8"))
