"""Whether anything goes out at all: a schedule that silently does nothing looks like a schedule with nothing to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crosspost.errors import Problem
from crosspost.model import OutcomeKind, State
from crosspost.pipeline.queue import queue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from crosspost.model import Entry, QueueLine
    from crosspost.pipeline.run import Run

QUIET = timedelta(days=2)

_NOT_READY = frozenset({OutcomeKind.SKIPPED, OutcomeKind.WRITTEN_BACK})


def standstill(run: Run) -> Problem | None:
    """Return a warning if posts have been ready for days and nothing was published since; None while all is well."""
    entries = run.ledger.entries(run.site, run.policy.name).values()
    return of_queue(queue(run), entries, run.clock.now())


def of_queue(lines: Iterable[QueueLine], entries: Iterable[Entry], now: datetime) -> Problem | None:
    """Return the warning for a queue and what the ledger has; see `standstill`."""
    ready = [line.due for line in lines if line.due and line.due <= now and line.outcome.kind not in _NOT_READY]
    published = [one.settled_at for one in entries if one.state is State.PUBLISHED and one.settled_at]
    since = max([min(ready), *published]) if ready else now
    if now - since < QUIET:
        return None
    posts = "a post is" if len(ready) == 1 else f"{len(ready)} posts are"
    return Problem(
        what=f"nothing was published for {(now - since).days} days although {posts} ready",
        fix="see what each of them waits for: crosspost status",
    )
