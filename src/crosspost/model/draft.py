"""What LinkedIn would get for a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from crosspost.model.media import Document, Gallery, Video

if TYPE_CHECKING:
    from crosspost.findings import Finding
    from crosspost.model.media import Attachment, Media, Picture


RepairStep = Literal["mojibake", "familiar", "styled", "invisible"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One alteration of the author's text.

    Attributes:
        step: Which repair: "mojibake", "styled" or "invisible"; "familiar" is mojibake that the author's other posts, or former
            versions of this one, had a say in.
        before: The text as it stood.
        after: The text as it will be read.
        line: 1-based line, of the text given or of the file, see the function that returns it.
        confidence: 0 to 1; 1 where nothing else was possible.
    """

    step: RepairStep
    before: str
    after: str
    line: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The link card. All strings are plain: little text does not apply here (linkedin-api, "Creating a post").

    LinkedIn looks at no page: without a `thumbnail` the card has no picture.
    """

    source: str
    title: str
    description: str | None = None
    thumbnail: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What LinkedIn would get for one post.

    Attributes:
        text: What a reader sees.
        wire: `text` as little text, sent as `commentary`.
        limit: Most UTF-16 code units that `wire` may have.
        fold: Index in `text` where the feed folds it; None where all of it shows.
        shortened: True where the body was cut to an excerpt.
        article: The link card, None for none.
        media: What stands under the text instead of a link card; never both.
        first_comment: Plain text to be commented once the post is there, None for none.
        hashtags: Live hashtags in `text`, without `#`.
        link: The URL that `text` or the card carries to the post.
        repairs: Every alteration of the author's words, with lines of the file.
        findings: Errors keep the draft from being sent.
    """

    post: str
    title: str | None
    text: str
    wire: str
    limit: int
    fold: int | None
    shortened: bool
    visibility: str
    article: Article | None = None
    media: Media | None = None
    first_comment: str | None = None
    hashtags: tuple[str, ...] = ()
    link: str | None = None
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def length(self) -> int:
        """UTF-16 code units of `wire`: what counts against `limit`.

        LinkedIn's open Rest.li validator counts UTF-16 units; whether escapes count is unknown, so they do.
        """
        return len(self.wire) if self.wire.isascii() else len(self.wire.encode("utf-16-le", "surrogatepass")) // 2

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The files that have to be at LinkedIn before the post can name them, in order."""
        if self.article:
            return (self.article.thumbnail,) if self.article.thumbnail else ()
        match self.media:
            case Gallery(pictures):
                return pictures
            case Document() | Video():
                return (self.media,)
            case _:
                return ()
