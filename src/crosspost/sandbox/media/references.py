"""Whether a post may use the media that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from crosspost.sandbox import answers
from crosspost.sandbox.content import ArticleCard, Gallery, Media, Poll
from crosspost.sandbox.messages import Refused

if TYPE_CHECKING:
    from crosspost.sandbox.content import Content
    from crosspost.sandbox.media.assets import Asset, Assets


def are_ready(content: Content | None, owner: str, assets: Assets) -> bool:
    """Refuse media that cannot be used; tell whether all of them are processed."""
    statuses = {_check(_find(urn, owner, assets), assets) for urn in named(content)}
    return "PROCESSING" not in statuses


def named(content: Content | None) -> tuple[str, ...]:
    """Return the URNs of the media that a content names."""
    match content:
        case None | Poll():
            return ()
        case ArticleCard():
            return (content.thumbnail,) if content.thumbnail else ()
        case Media():
            return (content.urn,)
        case Gallery():
            return tuple(image.urn for image in content.images)
        case _:
            assert_never(content)


def _find(urn: str, owner: str, assets: Assets) -> Asset:
    asset = assets.get(urn)
    if asset is None:
        code = "INVALID_IMAGE_ID" if ":image:" in urn else "INVALID_URN_ID"
        raise Refused(answers.invalid_value(code, f"{urn} does not exist"))
    if asset.owner != owner:  # documented; the code is not
        raise Refused(answers.invalid_value("INVALID_VALUE_FOR_FIELD", f"{urn} does not belong to {owner}"))
    return asset


def _check(asset: Asset, assets: Assets) -> str:
    status = assets.status(asset)
    if status == "WAITING_UPLOAD":
        raise Refused(answers.invalid_value("MEDIA_ASSET_WAITING_UPLOAD", "Media asset is waiting upload"))
    if status == "PROCESSING_FAILED":
        raise Refused(answers.invalid_value("MEDIA_ASSET_PROCESSING_FAILED", "Media asset processing failed"))
    return status
