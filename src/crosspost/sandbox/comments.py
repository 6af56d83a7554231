"""The comments that the sandbox has."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment.

    Attributes:
        id: Digits alone.
        post: The URN of the post.
        text: Plain; little text does not apply here.
        parent: The URN of the comment that it answers, None for one on the post.
    """

    id: str
    post: str
    activity: str
    actor: str
    text: str
    created_at: datetime
    parent: str | None = None

    @property
    def urn(self) -> str:
        """The URN, which has the activity's inside."""
        return f"urn:li:comment:({self.activity},{self.id})"


class Comments:
    """All comments, safe to use from several threads."""

    def __init__(self, *, now: Callable[[], datetime], random22: Callable[[], int], pause: timedelta) -> None:
        """Start empty; `pause` is how long a member waits between two comments."""
        self._now = now
        self._random22 = random22
        self._pause = pause
        self._lock = threading.Lock()
        self._all: list[Comment] = []
        self._activities: dict[str, str] = {}

    def add(self, post: str, actor: str, text: str, parent: str | None) -> Comment | None:
        """Store a comment; None where the member commented a moment ago."""
        with self._lock:
            now = self._now()
            if any(comment.actor == actor and now - comment.created_at < self._pause for comment in self._all):
                return None
            comment = Comment(
                id=str(self._number(now)),
                post=post,
                activity=self._activity(post, now),
                actor=actor,
                text=text,
                created_at=now,
                parent=parent,
            )
            self._all.append(comment)
            return comment

    def of(self, post: str) -> tuple[Comment, ...]:
        """Return the comments of a post, oldest first."""
        with self._lock:
            return tuple(comment for comment in self._all if comment.post == post)

    def all(self) -> tuple[Comment, ...]:
        """Return all comments, oldest first."""
        with self._lock:
            return tuple(self._all)

    def post_of(self, activity: str) -> str | None:
        """Return the URN of the post that an activity is of."""
        with self._lock:
            return next((post for post, known in self._activities.items() if known == activity), None)

    def _activity(self, post: str, now: datetime) -> str:
        # A namespace of its own: nothing guarantees that its number is the post's.
        return self._activities.setdefault(post, f"urn:li:activity:{self._number(now)}")

    def _number(self, now: datetime) -> int:
        return ((round(now.timestamp() * 1000) << 22) | self._random22()) + len(self._all) + len(self._activities)
