"""One post as HTML. Everything that came with a post is escaped here, and nowhere else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from crosspost.sandbox.attachments import attachment
from crosspost.sandbox.reading import Segment, fold, linked, segments
from crosspost.sandbox.tokens import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta

    from crosspost.sandbox.comments import Comment, Comments
    from crosspost.sandbox.little_text import LittleText
    from crosspost.sandbox.media.assets import Assets
    from crosspost.sandbox.posts import Posts, StoredPost

_AUDIENCE = {"PUBLIC": "Anyone", "CONNECTIONS": "Connections", "LOGGED_IN": "Signed-in members"}
_AGES = ((7 * 24 * 3600, "w"), (24 * 3600, "d"), (3600, "h"), (60, "m"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads, when, and where the rest of a post is."""

    members: Mapping[str, Member]
    now: datetime
    posts: Posts
    comments: Comments
    assets: Assets

    def member(self, urn: str) -> Member:
        """Return who a URN is of."""
        return self.members.get(urn, Member(urn=urn, name=urn, headline=""))


def card(post: StoredPost, reader: Reader, *, whole: bool) -> str:
    """Return the card of a post; `whole` shows it unfolded and with what was sent."""
    number = post.urn.rpartition(":")[2]
    parts = [
        _byline(post, reader),
        _text(segments(post.commentary), number, whole=whole),
        _cut(post.commentary),
        attachment(post.content, reader.assets, reader.now - post.created_at, whole=whole),
        _parent(post, reader),
        _comments(post, reader),
        _sent(post) if whole else "",
    ]
    return f'<article class="card" id="p{escape(number)}">\n' + "\n".join(filter(None, parts)) + "\n</article>"


def _byline(post: StoredPost, reader: Reader) -> str:
    member = reader.member(post.author)
    created = post.created_at.isoformat(timespec="seconds")
    edited = " · Edited" if post.edited_at else ""
    return (
        f'<div class="byline">{_face(member)}<div>'
        f'<div class="author" dir="auto">{escape(member.name)}</div>'
        f'<div class="headline" dir="auto">{escape(member.headline)}</div>'
        f'<div class="when"><a href="/feed/update/{quote(post.urn, safe=":")}/">'
        f'<time datetime="{created}" title="{created}">{_age(reader.now - post.created_at)}</time></a>{edited}'
        f" · {escape(_AUDIENCE.get(post.visibility, post.visibility))}</div></div></div>"
    )


def _face(member: Member) -> str:
    initials = "".join(word[0] for word in member.name.split()[:2]).upper()
    shape = "face page" if ":organization:" in member.urn else "face"
    return f'<span class="{shape}" aria-hidden="true">{escape(initials)}</span>'


def _age(age: timedelta) -> str:
    seconds = age.total_seconds()
    return next((f"{int(seconds // unit)}{name}" for unit, name in _AGES if seconds >= unit), "now")


def _text(parts: list[Segment], number: str, *, whole: bool) -> str:
    shown, rest = (parts, []) if whole else fold(parts)
    html = _inline(shown)
    if rest:
        # A check box unfolds the text in its own line without a script, and by keyboard.
        html += (
            f'<input class="fold" type="checkbox" id="more{number}" aria-label="Show the whole text">'
            f'<label class="more" for="more{number}"> <bdi dir="ltr">…more</bdi></label><span class="rest">{_inline(rest)}</span>'
        )
    return f'<div class="text" dir="auto">{html}</div>' if html else ""


def _inline(parts: Iterable[Segment]) -> str:
    return "".join(map(_segment, parts))


def _segment(part: Segment) -> str:
    text = escape(part.text)
    match part.kind:
        case "link":
            return f'<a href="{escape(part.target)}" rel="noopener noreferrer nofollow">{text}</a>'
        case "hashtag":
            return f'<a class="tag" href="/feed?hashtag={quote(part.target, safe="")}">{text}</a>'
        case "mention":
            return f'<span class="mention" title="{escape(part.target)}">{text}</span>'
        case _:
            return text


def _cut(commentary: LittleText) -> str:
    cut = commentary.cut
    if cut is None:
        return ""
    lost = commentary.raw[cut.position :]
    characters = "1 character is" if len(lost) == 1 else f"{len(lost)} characters are"
    return (
        '<div class="cut" role="note"><p><strong>LinkedIn would show the text up to here.</strong> '
        f"{characters} lost: at position {cut.position}, {escape(cut.reason)}.</p>"
        f'<details><summary>What is lost</summary><pre dir="auto">{escape(lost)}</pre></details></div>'
    )


def _parent(post: StoredPost, reader: Reader) -> str:
    if post.parent is None:
        return ""
    parent = reader.posts.get(post.parent)
    if parent is None:
        return '<p class="parent gone">The post that was shared here is gone.</p>'
    number = f"{post.urn}-{parent.urn}".replace(":", "")
    inner = [
        _byline(parent, reader),
        _text(segments(parent.commentary), number, whole=False),
        attachment(parent.content, reader.assets, reader.now - parent.created_at, whole=False),
    ]
    return '<div class="parent">' + "\n".join(filter(None, inner)) + "</div>"


def _comments(post: StoredPost, reader: Reader) -> str:
    comments = reader.comments.of(post.urn)
    if not comments:
        return ""
    items = "".join(_comment(comment, reader) for comment in comments)
    count = "1 comment" if len(comments) == 1 else f"{len(comments)} comments"
    return f'<section class="comments" aria-label="{count}"><ul>{items}</ul></section>'


def _comment(comment: Comment, reader: Reader) -> str:
    member = reader.member(comment.actor)
    return (
        f'<li>{_face(member)}<div class="comment"><div class="author" dir="auto">{escape(member.name)} '
        f'<span class="when">{_age(reader.now - comment.created_at)}</span></div>'
        f'<div dir="auto">{_inline(linked(comment.text))}</div></div></li>'
    )


def _sent(post: StoredPost) -> str:
    doubts = "".join(f"<li>position {doubt.position}: {escape(doubt.reason)}</li>" for doubt in post.commentary.doubts)
    length = len(post.raw.encode("utf-16-le")) // 2
    return (
        '<div class="sent"><h2>What was sent</h2>'
        f"<p><code>{escape(post.urn)}</code> · {length} UTF-16 units of little text</p>"
        f'<pre dir="auto">{escape(post.raw)}</pre>'
        + (f'<p>With it:</p><pre dir="auto">{escape(_json(post.sent_content))}</pre>' if post.sent_content else "")
        + (f"<p>Doubtful:</p><ul>{doubts}</ul>" if doubts else "")
        + "</div>"
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
