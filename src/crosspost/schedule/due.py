"""From when on a post may go out, and on which day a moment counts."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from crosspost.model import Post
    from crosspost.policy import SchedulePolicy

# Between two posts that are due at once: a reader sees one after the other, and a mistake can be stopped after the first.
SPREAD = timedelta(minutes=1)


def due(post: Post, policy: SchedulePolicy) -> datetime:
    """Return the moment from which a post may go out: `linkedin.at`, else its date plus the delay. Aware, UTC."""
    moment = post.directives.at or post.date + policy.delay
    return moment.astimezone(UTC)


def is_slotted(post: Post, policy: SchedulePolicy) -> bool:
    """Tell whether a post takes the next free slot; a moment that its author names is stronger."""
    return policy.when == "slots" and post.directives.at is None


def start_of_day(now: datetime, timezone: tzinfo) -> datetime:
    """Return the midnight before `now` in the site's zone, as UTC: where the count for `max_per_day` starts.

    >>> from datetime import datetime, timedelta, timezone
    >>> start_of_day(datetime(2026, 11, 22, 3, tzinfo=UTC), timezone(timedelta(hours=-6))).isoformat()
    '2026-11-21T06:00:00+00:00'
    """
    local = now.astimezone(timezone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)
