"""Settings as the pure core sees them: plain values, already checked.

`settings` builds them from command line, environment, files and defaults; the contract's section 2 explains each key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_TEMPLATE = "{title}\n\n{body}\n\n{link}\n\n{hashtags}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPolicy:
    """`[text]` and what `[card]` and `[linkedin]` say about a post.

    Attributes:
        picture_keys: Front matter keys that may name a picture, tried in order; dotted where nested.
        document_keys: The same for a document, where `card` is "document".
    """

    body: Literal["auto", "full", "excerpt"] = "auto"
    limit: int = 3000
    links: Literal["inline", "footnotes", "drop"] = "inline"
    hashtags: Literal["tags", "categories", "none"] = "tags"
    hashtag_map: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    repair: bool = True
    unstyle: bool = True
    template: str = DEFAULT_TEMPLATE
    card: Literal["article", "image", "document", "none"] = "article"
    picture_keys: tuple[str, ...] = ("image", "img", "header.image")
    document_keys: tuple[str, ...] = ("document", "pdf")
    visibility: Literal["PUBLIC", "CONNECTIONS", "LOGGED_IN"] = "PUBLIC"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A time of the week in the site's zone at which one post may go out; `weekday` 0 is Monday."""

    weekday: int
    hour: int
    minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePolicy:
    """`[schedule]`, `since` and the posts that are eligible at all.

    Attributes:
        since: The baseline: posts dated before it go out only when named. None where no baseline is known yet.
        timezone: Of the site.
        when: At the post's date, or in the first free slot from then on.
        approve: A post goes out by itself only as a person has approved it.
        wait_for_page: A post goes out by itself only once its page is on the web.
        grace: How long after its moment a post still goes out by itself, and a slot may still be used.
    """

    since: datetime | None
    timezone: tzinfo
    when: Literal["date", "slots"] = "date"
    slots: tuple[Slot, ...] = ()
    delay: timedelta = timedelta(0)
    grace: timedelta = timedelta(days=3)
    max_per_day: int = 10
    approve: bool = False
    wait_for_page: bool = False
    select: Literal["all", "opt-in"] = "all"
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteBackPolicy:
    """`[writeback]`.

    Attributes:
        key: Front matter key for the URL: `linkedin_url`, dotted `socials.linkedin`, or a list such as `syndication`.
        placeholder: Also fill `](link)` in the body's LinkedIn footer.
    """

    key: str = "linkedin_url"
    placeholder: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPolicy:
    """One destination: who posts, and every rule that applies to it.

    Attributes:
        author: URN, or empty for whoever the token belongs to.
        identical_retry: An attempt without a clear answer may be repeated once, see `pipeline.evidence`.
    """

    name: str
    author: str
    text: TextPolicy
    schedule: SchedulePolicy
    write_back: WriteBackPolicy
    identical_retry: bool = False
