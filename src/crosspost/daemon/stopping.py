"""Where the daemon may drop its work when it is told to stop, and where it must finish it.

Nothing is lost by leaving while LinkedIn is asked who the author is, or while pictures are uploaded: no post is on its way.
A post that is on its way is waited for, up to `linkedin.timeout`; a second signal does not wait, and the ledger says that
the post may have arrived. Everything else takes milliseconds.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from crosspost.model import Answer, Draft, Prepared, Rejected
    from crosspost.ports import Clock, Publisher


class Stopped(BaseException):
    """Raised in the middle of work that may be dropped; no `except Exception` catches it."""


@dataclass(slots=True)
class Stop:
    """Whether to stop, set by signals; both sides run in the main thread.

    Attributes:
        asked: How often.
    """

    asked: int = 0
    _may_leave_after: int | None = None

    def ask(self) -> None:
        """Ask to stop; raises `Stopped` where the work may be dropped."""
        self.asked += 1
        if self._may_leave_after is not None and self.asked >= self._may_leave_after:
            raise Stopped

    @contextmanager
    def may_leave(self, after: int = 1) -> Iterator[None]:
        """Let the work inside be dropped when stopping was asked for so many times."""
        before, self._may_leave_after = self._may_leave_after, after
        try:
            if self.asked >= after:
                raise Stopped
            yield
        finally:
            self._may_leave_after = before


@dataclass(frozen=True, slots=True)
class LeavingClock:
    """A clock whose waits end when stopping is asked for: nothing waits while a post is on its way."""

    clock: Clock
    stop: Stop

    def now(self) -> datetime:
        """Return the moment now, aware, UTC."""
        return self.clock.now()

    def sleep(self, seconds: float) -> None:
        """Wait for `seconds`, or raise `Stopped`."""
        with self.stop.may_leave():
            self.clock.sleep(seconds)


@dataclass(frozen=True, slots=True)
class LeavingPublisher:
    """LinkedIn, left at once where nothing is on its way, and at the second request where a post is."""

    publisher: Publisher
    stop: Stop

    def author(self) -> str | Rejected:
        """See `ports.Publisher.author`."""
        with self.stop.may_leave():
            return self.publisher.author()

    def prepare(self, draft: Draft, author: str, *, renew: bool = False) -> Prepared | Rejected:
        """See `ports.Publisher.prepare`."""
        with self.stop.may_leave():
            return self.publisher.prepare(draft, author, renew=renew)

    def send(self, prepared: Prepared) -> Answer:
        """See `ports.Publisher.send`."""
        with self.stop.may_leave(after=2):
            return self.publisher.send(prepared)

    def __getattr__(self, name: str) -> object:
        """Everything else is the publisher's own."""
        return getattr(self.publisher, name)


def leaving(stop: Stop, publisher: Callable[[], Publisher]) -> Callable[[], Publisher]:
    """Return a way to make publishers that can be left."""
    return lambda: cast("Publisher", LeavingPublisher(publisher(), stop))
