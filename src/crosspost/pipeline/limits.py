"""What LinkedIn's limits and the author's own still allow. The ledger keeps count, so a restart changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crosspost.addresses import payer
from crosspost.pipeline.slots import sent_moments
from crosspost.schedule import start_of_day

if TYPE_CHECKING:
    from crosspost.model import Rejected, Spending
    from crosspost.pipeline.run import Run

# A member's requests a day through the product Share on LinkedIn, counted from 00:00 UTC (API rate limiting).
REQUESTS_A_DAY = 150

_PAUSE = "pause"


def posts_left_today(run: Run) -> int:
    """Return what `max_per_day` still allows: everything that may have arrived since midnight in the site's zone counts."""
    midnight = start_of_day(run.clock.now(), run.policy.schedule.timezone)
    entries = run.ledger.entries(run.site, run.policy.name).values()
    return run.policy.schedule.max_per_day - sum(moment >= midnight for moment in sent_moments(entries))


def known_author(run: Run) -> str | None:
    """Return whom the posts go out as without asking LinkedIn: the setting, else the author of the newest attempt."""
    if run.policy.author:
        return run.policy.author
    entries = run.ledger.entries(run.site, run.policy.name).values()
    newest = max(entries, key=lambda entry: entry.claimed_at, default=None)
    return newest.author if newest else None


def reached(run: Run, author: str) -> str | None:
    """Return why nothing goes out as `author` now: a pause that LinkedIn asked for, or its limit of requests a day."""
    if until := _pause(run, author):
        return f"LinkedIn asked for a pause until {until.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if _is_spent(run, author):
        return f"the {REQUESTS_A_DAY} requests that LinkedIn allows a day are used up; they count anew from 00:00 UTC"
    return None


def closed_until(run: Run) -> datetime:
    """Return from when on LinkedIn takes posts of this account again; now where nothing is known against it."""
    now, author = run.clock.now(), known_author(run)
    if author is None:
        return now
    midnight = start_of_day(now, UTC) + timedelta(days=1)
    return max(_pause(run, author) or now, midnight if _is_spent(run, author) else now)


def _pause(run: Run, author: str) -> datetime | None:
    noted = run.ledger.notes(_PAUSE).get(payer(author, run.api_url))
    until = datetime.fromisoformat(noted) if noted else None
    return until if until and run.clock.now() < until else None


def _is_spent(run: Run, author: str) -> bool:
    today = run.clock.now().astimezone(UTC).date()
    return run.ledger.spent(payer(author, run.api_url), today) >= REQUESTS_A_DAY


def spending(run: Run, author: str, requests: int) -> Spending:
    """Return what requests that are about to be made count against."""
    from crosspost.model import Spending  # noqa: PLC0415 - a run with nothing to send must not pay for it

    today = run.clock.now().astimezone(UTC).date()
    return Spending(payer=payer(author, run.api_url), day=today, requests=requests)


def count(run: Run, author: str, requests: int) -> None:
    """Count requests that are about to be made."""
    spent = spending(run, author, requests)
    run.ledger.spend(spent.payer, spent.day, spent.requests)


def heed(run: Run, author: str, answer: Rejected) -> None:
    """Remember the pause that an answer asks for."""
    if answer.retry_at:
        run.ledger.note(_PAUSE, payer(author, run.api_url), answer.retry_at.isoformat(), run.clock.now())
