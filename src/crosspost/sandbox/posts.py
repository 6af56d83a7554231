"""The posts that the sandbox has, the ids it gives them, and LinkedIn's duplicate check."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from crosspost.sandbox.content import ArticleCard

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from crosspost.sandbox.content import Content
    from crosspost.sandbox.little_text import LittleText
    from crosspost.sandbox.schema import Fields

DuplicateNames = Literal["original", "fresh"]
Kind = Literal["share", "ugcPost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """What a request asks for, checked."""

    author: str
    commentary: LittleText
    visibility: str
    content: Content | None = None
    sent_content: Fields | None = None
    parent: str | None = None
    reshare_disabled: bool = False
    kind: Kind = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPost:
    """One post.

    Attributes:
        commentary: The text as parsed, with runs, cut and doubts.
        created_at: Aware, UTC.
        content: What it carries; `sent_content` is the JSON that asked for it.
        parent: The URN of the post that it reshares.
        edited_at: When its author last changed it.
        deleted_at: Set once it is gone; the duplicate check still sees it.
        phantom: Answered 201, and never seen by anybody: it referred to media that were still processed.
    """

    urn: str
    author: str
    commentary: LittleText
    visibility: str
    created_at: datetime
    content: Content | None = None
    sent_content: Fields | None = None
    parent: str | None = None
    reshare_disabled: bool = False
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    phantom: bool = False

    @property
    def is_there(self) -> bool:
        """Whether anybody can see it."""
        return self.deleted_at is None and not self.phantom

    @property
    def article(self) -> ArticleCard | None:
        """The link card, None for another content or none."""
        return self.content if isinstance(self.content, ArticleCard) else None

    @property
    def raw(self) -> str:
        """The commentary as sent."""
        return self.commentary.raw

    @property
    def rendered(self) -> str:
        """What a reader sees."""
        return self.commentary.rendered

    @property
    def truncated(self) -> bool:
        """Whether wrong little text made LinkedIn cut the text."""
        return self.commentary.cut is not None

    @property
    def hashtags(self) -> tuple[str, ...]:
        """Live hashtags without their sign."""
        return self.commentary.hashtags


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The post was refused; `urn` is what the refusal names."""

    urn: str


class Posts:
    """All posts, safe to use from several threads."""

    def __init__(
        self, *, now: Callable[[], datetime], random22: Callable[[], int], window: timedelta, names: DuplicateNames
    ) -> None:
        """Start empty.

        Args:
            now: The clock.
            random22: Returns 22 random bits, the low end of an id.
            window: How long an equal post is a duplicate. Documented: 10 minutes (UGC Post API, error table).
            names: What a refusal names: the original, or an id that does not exist; both were observed.
        """
        self._now = now
        self._random22 = random22
        self._window = window
        self._names = names
        self._lock = threading.Lock()
        self._all: dict[str, StoredPost] = {}

    def create(self, new: NewPost, *, phantom: bool = False) -> StoredPost | Duplicate:
        """Store a post, or say that an equal one is there."""
        with self._lock:
            now = self._now()
            urn = self._mint(now, new.kind)
            twin = self._twin(new, now)
            if twin is not None:
                return Duplicate(twin.urn if self._names == "original" else urn)
            post = StoredPost(
                urn=urn,
                author=new.author,
                commentary=new.commentary,
                visibility=new.visibility,
                created_at=now,
                content=new.content,
                sent_content=new.sent_content,
                parent=new.parent,
                reshare_disabled=new.reshare_disabled,
                phantom=phantom,
            )
            self._all[urn] = post
            return post

    def get(self, urn: str) -> StoredPost | None:
        """Return the post, None where there is none or it was deleted."""
        with self._lock:
            post = self._all.get(urn)
            return post if post and post.is_there else None

    def edit(self, urn: str, commentary: LittleText | None) -> None:
        """Change a post; the id stays. None leaves the commentary."""
        with self._lock:
            post = self._all[urn]
            self._all[urn] = replace(post, commentary=commentary or post.commentary, edited_at=self._now())

    def delete(self, urn: str) -> None:
        """Take a post out of the feed."""
        with self._lock:
            self._all[urn] = replace(self._all[urn], deleted_at=self._now())

    def snapshot(self) -> tuple[StoredPost, ...]:
        """Return the posts that are there, oldest first."""
        with self._lock:
            return tuple(post for post in self._all.values() if post.is_there)

    def phantoms(self) -> tuple[StoredPost, ...]:
        """Return the posts that were answered 201 and never appeared, oldest first."""
        with self._lock:
            return tuple(post for post in self._all.values() if post.phantom)

    def _mint(self, now: datetime, kind: Kind) -> str:
        # The upper bits of a real id are Unix milliseconds: 7348349577130860544 >> 22 is 2025-07-08T13:57:44.921Z, a
        # second before the Date header of the answer that carried it.
        number = (round(now.timestamp() * 1000) << 22) | self._random22()
        while (urn := f"urn:li:{kind}:{number}") in self._all:
            number += 1
        return urn

    def _twin(self, new: NewPost, now: datetime) -> StoredPost | None:
        # Compared is the parsed text of one author (inferred), so two texts cut to the same beginning are equal.
        # Deleting does not clear the check at once (observed).
        text = new.commentary.rendered
        for post in reversed(self._all.values()):
            if post.author == new.author and post.rendered == text and now - post.created_at < self._window:
                return post
        return None
