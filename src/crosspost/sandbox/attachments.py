"""What a post carries, as HTML: link card, images, document, video, poll."""

from __future__ import annotations

from datetime import timedelta
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never
from urllib.parse import quote, urlsplit

from crosspost.sandbox.content import ArticleCard, Gallery, Media, Poll
from crosspost.sandbox.media import kinds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.sandbox.content import Content
    from crosspost.sandbox.media.assets import Asset, Assets

_SHOWN = 5  # of a gallery; the last one tells how many more there are
_DAYS: Mapping[str, int] = MappingProxyType({"ONE_DAY": 1, "THREE_DAYS": 3, "SEVEN_DAYS": 7, "FOURTEEN_DAYS": 14})


def attachment(content: Content | None, assets: Assets, age: timedelta, *, whole: bool) -> str:
    """Return what stands under the text of a post; empty for none."""
    match content:
        case None:
            return ""
        case ArticleCard():
            return _article(content, assets)
        case Media():
            return _media(content, assets)
        case Gallery():
            return _gallery(content, assets, whole=whole)
        case Poll():
            return _poll(content, age)
        case _:
            assert_never(content)


def _article(article: ArticleCard, assets: Assets) -> str:
    domain = (urlsplit(article.source).hostname or "").removeprefix("www.")
    picture = ""
    if article.thumbnail:
        picture = _image(assets.get(article.thumbnail), article.thumbnail_alt or "", "thumbnail")
    inner = f'<span class="title" dir="auto">{escape(article.title)}</span><span class="domain">{escape(domain)}</span>'
    target = f'href="{escape(article.source)}" rel="noopener noreferrer nofollow"'
    return f'<a class="link" {target}>{picture}<span class="words">{inner}</span></a>'


def _media(media: Media, assets: Assets) -> str:
    asset = assets.get(media.urn)
    if media.kind == "image":
        return f'<div class="images n1">{_figure(asset, media.alt)}</div>'
    if media.kind == "video":
        title = f'<p class="caption" dir="auto">{escape(media.title)}</p>' if media.title else ""
        return (
            f'<div class="video"><video controls preload="metadata" src="{_address(media.urn)}"></video>{title}</div>'
        )
    size = f"{len(asset.data) / 1024:,.0f} KB" if asset else ""
    name = "PDF" if asset and asset.media_type == "application/pdf" else "Document"
    return (
        f'<a class="document" href="{_address(media.urn)}" download>'
        f'<span class="sheet" aria-hidden="true">{name}</span><span class="words">'
        f'<span class="title" dir="auto">{escape(media.title or "")}</span>'
        f'<span class="domain">{name} · {size}</span></span></a>'
    )


def _gallery(gallery: Gallery, assets: Assets, *, whole: bool) -> str:
    images = gallery.images if whole else gallery.images[:_SHOWN]
    figures = "".join(_figure(assets.get(image.urn), image.alt) for image in images)
    hidden = len(gallery.images) - len(images)
    more = f'<span class="hidden">+{hidden}</span>' if hidden else ""
    shape = "all" if whole else f"n{len(images)}"
    return f'<div class="images {shape}">{figures}{more}</div>'


def _figure(asset: Asset | None, alt: str | None) -> str:
    badge = (
        f'<details class="alt"><summary>ALT</summary><p dir="auto">{escape(alt)}</p></details>'
        if alt
        else '<span class="alt none">no alt text</span>'
    )
    return f"<figure>{_image(asset, alt or '', 'image')}{badge}</figure>"


def _image(asset: Asset | None, alt: str, name: str) -> str:
    if asset is None:
        return ""
    size = kinds.dimensions(asset.media_type, asset.data)
    # With its size known the page does not jump while it loads.
    shape = f' width="{size[0]}" height="{size[1]}"' if size else ""
    return f'<img class="{name}" src="{_address(asset.urn)}" alt="{escape(alt)}"{shape}>'


def _address(urn: str) -> str:
    return f"/feed/media/{quote(urn, safe='')}"


def _poll(poll: Poll, age: timedelta) -> str:
    left = timedelta(days=_DAYS[poll.duration]) - age
    remaining = f"{left.days + 1}d left" if left > timedelta() else "closed"
    options = "".join(f'<li dir="auto">{escape(option)}</li>' for option in poll.options)
    return (
        f'<div class="poll"><p class="question" dir="auto">{escape(poll.question)}</p><ul>{options}</ul>'
        f'<p class="fine">0 votes · {remaining}</p></div>'
    )
