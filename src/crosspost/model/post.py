"""What an author wrote: the post, what it says about LinkedIn, and the site it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from crosspost.findings import Finding
    from crosspost.model.familiar import Familiar
    from crosspost.model.media import Document, Picture, Poll, Video


@dataclass(frozen=True, slots=True, kw_only=True)
class Directives:
    """What the author says about LinkedIn in the front matter (`crosspost:` and the `linkedin:` mapping).

    Attributes:
        publish: False for `crosspost: false` or `linkedin: false`; True for an explicit yes; None where nothing is said.
        text: Text to send instead of the body, Markdown.
        excerpt: Text to send where the full body does not fit, Markdown.
        hashtags: Hashtags instead of the post's own tags, without `#`.
        at: Moment to publish instead of the post's date.
        visibility: Instead of the setting: PUBLIC, CONNECTIONS or LOGGED_IN.
        link: False sends no link to the post.
        image: Picture of the card, or of the post where it has no card; path or address as written.
        alt: What that picture shows; without `image`, what the one of the site's front matter shows.
        images: Pictures under the text instead of a card.
        document: A document instead.
        video: A video instead.
        poll: A poll instead. At most one of these four is set.
        mentions: Names that stand in the text, and the URNs of whom they name.
        first_comment: Text for a first comment.
    """

    publish: bool | None = None
    text: str | None = None
    excerpt: str | None = None
    hashtags: tuple[str, ...] | None = None
    at: datetime | None = None
    visibility: str | None = None
    link: bool = True
    image: str | None = None
    alt: str | None = None
    images: tuple[Picture, ...] = ()
    document: Document | None = None
    video: Video | None = None
    poll: Poll | None = None
    mentions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    first_comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One blog post as its author wrote it.

    Attributes:
        key: Path relative to the site root, with `/`. The post's name in the ledger and in every output.
        title: `title` of the front matter as text; None where absent or blank.
        date: Front matter `date`, else the file name's; always aware.
        body: Text after the front matter, line ends as line feeds.
        body_line: 1-based line of the file on which `body` starts.
        front_matter: As parsed, with the defaults of `_config.yml` beneath.
        markup: What `body` is written in.
        canonical_url: Absolute URL of the post on its site; None where the site's URL is unknown.
        categories: As Jekyll finds them: folders above `_posts`, then the front matter.
        tags: From the front matter.
        linkedin_url: Where the post already is on LinkedIn, from front matter or footer; None where it is not.
        linkedin_url_in_body: Whether `linkedin_url` stands in the body's footer alone.
        title_line: 1-based line of the file on which the title stands; 1 where that is unknown.
        lines: 1-based line of the file of each front matter key, by path from the top, where known.
        findings: What was noteworthy while reading.
    """

    key: str
    title: str | None
    date: datetime
    body: str
    body_line: int
    front_matter: Mapping[str, object]
    markup: Literal["markdown", "html"]
    canonical_url: str | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    linkedin_url: str | None
    title_line: int = 1
    linkedin_url_in_body: bool = False
    lines: Mapping[tuple[str, ...], int] = field(default_factory=lambda: MappingProxyType({}))
    directives: Directives = field(default_factory=Directives)
    findings: tuple[Finding, ...] = ()


def _unknown(path: str) -> None:
    """Nothing is known of the site's files."""


def _strange() -> None:
    """Nothing is known of the author's other posts."""


def _new(_key: str) -> tuple[str, ...]:
    """Nothing is known of what a post's file had before."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a post's text may need to know of its site.

    Attributes:
        url: Scheme, host and port (`https://example.com`), no trailing slash; empty where unknown.
        baseurl: Path below the host (`/blog`), no trailing slash; usually empty.
        config: `_config.yml` as parsed, for Liquid's `site`.
        post_urls: `post_url` names (`2024-01-31-slug`, with folders where given) to absolute URLs; may be lazy.
        includes: Texts of files for Liquid, line ends as line feeds; may be lazy. Those for `include` by name, those for
            `include_relative` by path relative to the site root with `/` before it.
        file_url: Gives the absolute URL of a file that is no post, by path relative to the site root: a page, a document
            of a collection, a file that is copied. None where the site shows no such file.
        familiar: Gives how the author writes, None where that is unknown. It may take reading the whole site, so it is asked
            only when a damaged text is not clear by itself.
        former: Gives what the file of a post had before, by its key: texts, newest first. It is asked before `familiar`.
    """

    url: str = ""
    baseurl: str = ""
    config: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    post_urls: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    includes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    file_url: Callable[[str], str | None] = _unknown
    familiar: Callable[[], Familiar | None] = _strange
    former: Callable[[str], Iterable[str]] = _new
