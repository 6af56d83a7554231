"""The sandbox's own endpoints below `/_sandbox/`: what it has, what it was asked, which faults wait."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from crosspost.sandbox.faults import Fault
from crosspost.sandbox.messages import Response, json_response

if TYPE_CHECKING:
    from crosspost.sandbox.comments import Comments
    from crosspost.sandbox.faults import Faults
    from crosspost.sandbox.journal import Journal
    from crosspost.sandbox.messages import Request
    from crosspost.sandbox.posts import Posts, StoredPost

DEFAULT_ENDPOINT = "POST /rest/posts"
_FAULT_TYPES: dict[str, type | tuple[type, ...]] = {
    "kind": str,
    "on": str,
    "times": int,
    "seconds": (int, float),
    "retry_after": str,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Admin:
    """The endpoints and what they work on."""

    posts: Posts
    comments: Comments
    faults: Faults
    journal: Journal

    def list_posts(self, _request: Request) -> Response:
        """`GET /_sandbox/posts`: what is stored, oldest first."""
        return json_response(200, [_post(post) for post in self.posts.snapshot()])

    def list_phantoms(self, _request: Request) -> Response:
        """`GET /_sandbox/phantoms`: what was answered 201 and never appeared."""
        return json_response(200, [_post(post) for post in self.posts.phantoms()])

    def list_comments(self, _request: Request) -> Response:
        """`GET /_sandbox/comments`, oldest first."""
        found = self.comments.all()
        return json_response(
            200, [{**asdict(comment), "created_at": comment.created_at.isoformat()} for comment in found]
        )

    def list_requests(self, _request: Request) -> Response:
        """`GET /_sandbox/requests`: the latest requests, oldest first, this one not among them."""
        exchanges = self.journal.read()
        return json_response(200, [{**asdict(exchange), "at": exchange.at.isoformat()} for exchange in exchanges])

    def list_faults(self, _request: Request) -> Response:
        """`GET /_sandbox/faults`: what still waits."""
        return json_response(200, [asdict(fault) for fault in self.faults.waiting()])

    def add_fault(self, request: Request) -> Response:
        """`POST /_sandbox/faults` with `{"kind", "times", "on", "seconds", "retry_after"}`; only `kind` is needed.

        The body has to be declared as JSON: a page in a browser cannot send that here without asking first.
        """
        if request.media_type != "application/json":
            return json_response(415, {"error": "send Content-Type: application/json"})
        try:
            self.faults.add(_fault(request.body))
        except (ValueError, TypeError, RecursionError) as error:
            return json_response(400, {"error": str(error)})
        return self.list_faults(request)

    def clear_faults(self, _request: Request) -> Response:
        """`DELETE /_sandbox/faults`."""
        self.faults.clear()
        return Response(status=204)


def _fault(body: bytes) -> Fault:
    wanted = json.loads(body)
    known = {field.name for field in fields(Fault)}
    if not isinstance(wanted, dict) or "kind" not in wanted or not wanted.keys() <= known:
        raise ValueError(f'send an object with "kind" and any of {", ".join(sorted(known - {"kind"}))}')
    for name, value in wanted.items():
        if isinstance(value, bool) or not isinstance(value, _FAULT_TYPES[name]):
            raise TypeError(f"{name} has a wrong type")
    return Fault(**{"on": DEFAULT_ENDPOINT, **wanted})


def _post(post: StoredPost) -> dict[str, object]:
    text = post.commentary
    return {
        "urn": post.urn,
        "author": post.author,
        "raw": post.raw,
        "rendered": post.rendered,
        "truncated": post.truncated,
        "cut": asdict(text.cut) if text.cut else None,
        "doubts": [asdict(doubt) for doubt in text.doubts],
        "hashtags": post.hashtags,
        "mentions": text.mentions,
        "article": asdict(post.article) if post.article else None,
        "content": post.sent_content,
        "parent": post.parent,
        "visibility": post.visibility,
        "created_at": post.created_at.isoformat(),
        "edited_at": post.edited_at.isoformat() if post.edited_at else None,
    }
