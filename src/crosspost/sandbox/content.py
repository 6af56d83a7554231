"""What a post may carry besides its text, as values and as the JSON that asks for it ("Posts API", `content`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from crosspost.sandbox.schema import Field

if TYPE_CHECKING:
    from crosspost.sandbox.schema import Fields

_OPTIONAL = Field(required=False)
_POLL = {
    "question": Field(),
    "options": Field(type=list, items=Field(type=dict, fields={"text": Field()})),
    "settings": Field(type=dict, fields={"duration": Field()}),
}
# An article without a title: nobody knows what happens, so it is refused. `thumbnailAltText` is known only from a
# client library; it is taken, because the feed is the place to see it missing.
_ARTICLE = {
    "source": Field(),
    "title": Field(),
    "description": _OPTIONAL,
    "thumbnail": _OPTIONAL,
    "thumbnailAltText": _OPTIONAL,
}
_PICTURE = Field(type=dict, fields={"id": Field(), "altText": _OPTIONAL})
CONTENT = Field(
    type=dict,
    required=False,
    union=True,
    fields={
        "article": Field(type=dict, fields=_ARTICLE),
        "media": Field(type=dict, fields={"id": Field(), "altText": _OPTIONAL, "title": _OPTIONAL}),
        "multiImage": Field(type=dict, fields={"images": Field(type=list, items=_PICTURE)}),
        "poll": Field(type=dict, fields=_POLL),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCard:
    """The link card; all strings are plain text, `thumbnail` is the URN of an image."""

    source: str
    title: str
    description: str | None = None
    thumbnail: str | None = None
    thumbnail_alt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """One image, document or video."""

    urn: str
    title: str | None = None
    alt: str | None = None

    @property
    def kind(self) -> str:
        """`image`, `document` or `video`."""
        return self.urn.split(":")[2]


@dataclass(frozen=True, slots=True)
class Gallery:
    """2 to 20 images."""

    images: tuple[Media, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A question with 2 to 4 options."""

    question: str
    options: tuple[str, ...]
    duration: str


Content = ArticleCard | Media | Gallery | Poll


def read(fields: Fields) -> Content:
    """Return the content that JSON asks for; its fields have been checked against `CONTENT`."""
    ((kind, value),) = fields.items()
    record = cast("dict[str, str]", value)
    match kind:
        case "article":
            return ArticleCard(
                source=record["source"],
                title=record["title"],
                description=record.get("description"),
                thumbnail=record.get("thumbnail"),
                thumbnail_alt=record.get("thumbnailAltText"),
            )
        case "media":
            return _media(record)
        case "multiImage":
            images = cast("dict[str, list[dict[str, str]]]", value)["images"]
            return Gallery(tuple(_media(image) for image in images))
        case _:
            return _poll(cast("Fields", value))


def _media(record: dict[str, str]) -> Media:
    return Media(urn=record["id"], title=record.get("title"), alt=record.get("altText"))


def _poll(fields: Fields) -> Poll:
    options = cast("list[dict[str, str]]", fields["options"])
    return Poll(
        question=cast("str", fields["question"]),
        options=tuple(option["text"] for option in options),
        duration=cast("dict[str, str]", fields["settings"])["duration"],
    )
