"""The story of a draft: from what the author wrote to what LinkedIn would get."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.compose import carried, notices
from crosspost.compose.article import card
from crosspost.compose.body import render_body
from crosspost.compose.fit import first_unsent, fit, fold
from crosspost.compose.layout import Layout
from crosspost.compose.little_text import gate
from crosspost.compose.mend import line_of_tags, mend
from crosspost.compose.opening import wasted
from crosspost.compose.render.rendered import joined_text
from crosspost.compose.render.title import repeats
from crosspost.compose.urls import encode_url, encode_urls
from crosspost.model import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.compose.body import Body
    from crosspost.compose.fit import Fitted
    from crosspost.compose.mend import Source
    from crosspost.findings import Finding
    from crosspost.model import Post, Site
    from crosspost.policy import TextPolicy


def compose(post: Post, site: Site, policy: TextPolicy) -> Draft:
    """Return what LinkedIn would get for `post`. Pure; raises for no post: what is wrong is in `Draft.findings`.

    Args:
        post: As read. Its own findings come first among the draft's.
        site: What Liquid and links inside the site may need.
        policy: With a template in which `check_template` finds nothing.
    """
    source = mend(post, policy, site)
    body = render_body(source, post, site, policy)
    link = (post.canonical_url or "") if post.directives.link else ""
    layout = _layout(post, policy, source, body, link)
    fitted = fit(
        body.blocks, body.shorter, mode=policy.body, fits=layout.fits, most=policy.limit, names=layout.mentions
    )
    if "{body}" not in policy.template:  # what is not asked for is not cut
        fitted = replace(fitted, shortened=False)
    beside = layout.hashtags_beside(fitted.text)
    text = layout.text(fitted.text, beside.hashtags)
    hashtags = layout.hashtags(text)
    wire = layout.wire(text, hashtags)
    folded = fold(text)
    media = carried.media(post, policy, title=body.title, has_link=bool(link))
    media = carried.reworded(media, source.beside)
    article = None
    if policy.card == "article" and link and not media:
        about = source.description or source.excerpt
        picture = carried.described(carried.picture_of(post, policy), source.beside)
        article = card(link, body.title, about, body.blocks, picture)
    return Draft(
        post=post.key,
        title=body.title or None,
        text=text,
        wire=wire,
        limit=policy.limit,
        fold=folded,
        shortened=fitted.shortened,
        visibility=post.directives.visibility or policy.visibility,
        article=article,
        media=media,
        first_comment=source.beside.get(post.directives.first_comment or ""),
        hashtags=tuple(tag.word for tag in hashtags),
        link=link or None,
        repairs=source.repairs,
        findings=(
            *post.findings,
            *_of_source(post, source, body, fitted),
            *notices.of_hashtags(post, line_of_tags(post, policy.hashtags), beside.notes),
            *notices.of_dead_hashtags(post, body.dead_hashtags),
            *_of_fit(post, body, layout, fitted, text, has_card=article is not None),
            *_of_text(post, body, wire, text, folded),
            *notices.of_mentions(post, wire),
            *(
                [notices.nothing_to_carry(post, policy.card)]
                if policy.card in {"image", "document"} and not media
                else []
            ),
        ),
    )


def _layout(post: Post, policy: TextPolicy, source: Source, body: Body, link: str) -> Layout:
    return Layout(
        template=policy.template,
        title=encode_urls(body.title),
        link=encode_url(link),
        tags=(*body.own_hashtags, *source.tags),
        all_tags=post.directives.hashtags is not None,
        hashtag_map=policy.hashtag_map,
        limit=policy.limit,
        in_code=body.in_code,
        mentions=post.directives.mentions,
    )


def _of_source(post: Post, source: Source, body: Body, fitted: Fitted) -> Iterator[Finding]:
    yield from notices.of_repairs(post, source.repairs)
    yield from notices.of_offers(post, source.offers)
    if body.notes:
        notes = notices.told(body.notes, first_unsent(body.blocks, fitted))
        yield from notices.of_notes(post, notes, post.body_line if post.directives.text is None else None)
    if fitted.shortened:
        yield from notices.of_notes(post, body.excerpt_notes, None)


def _of_fit(post: Post, body: Body, layout: Layout, fitted: Fitted, text: str, *, has_card: bool) -> Iterator[Finding]:
    if (not layout.title and not fitted.text) or not text:
        yield notices.no_text(post)
    is_asked_for = post.directives.excerpt is not None and fitted.text == joined_text(body.shorter[0])
    if fitted.refusal or (fitted.shortened and not is_asked_for):
        whole = layout.length(layout.text(joined_text(body.blocks)))
        yield from notices.of_length(post, fitted, full=whole, limit=layout.limit)
    if fitted.shortened and not (layout.link and (has_card or layout.link in text)):
        yield notices.no_way_on(post, has_address=bool(post.canonical_url))
    if post.directives.link and not layout.link and not any(found.code == "XP008" for found in post.findings):
        yield notices.no_address(post)


def _of_text(post: Post, body: Body, wire: str, text: str, folded: int | None) -> Iterator[Finding]:
    """What is about to be sent, read as LinkedIn reads it, has to be what was meant; and it should open well."""
    if reason := gate(wire, text):
        yield notices.not_as_meant(post, reason)
    if not body.title and not body.blocks:
        return
    heading = body.blocks[0].text if body.blocks and body.blocks[0].level else ""
    if reason := wasted(text, body.title, folded, heading):
        beneath_title = body.blocks and repeats(text.partition("\n")[0], body.title)
        yield notices.of_opening(post, reason, body.blocks[0].text.partition("\n")[0] if beneath_title else "")
