"""What may settle an uncertain attempt without a person: the author's own list of posts, or one identical retry.

**The retry is safe by LinkedIn's duplicate check alone.** LinkedIn documents that it refuses the same text of the same
author for ten minutes (UGC Post API, error table) and has no idempotency key. So the retry goes out once, byte for byte the
same, within eight minutes of the first attempt, and is on record before it leaves:

- The first attempt has landed: the retry is refused as a duplicate.
- It has not: the retry is the post.
- It lands after the retry: it is the one that is refused. A server that checks nothing would have both; to make that as
  unlikely as it can be, the retry waits until the first request would have been given up by anyone on the way.
- Its sender still lives, suspended before it sent: no retry, for it could wake up after those ten minutes. Only an attempt
  that its own run has called unclear, or whose run is gone, is retried.

`linkedin.identical_retry = false` switches it off.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crosspost.addresses import payer, permalink, posted_at
from crosspost.model import Claim, Receipt, Rejected, State, Unclear
from crosspost.pipeline import limits
from crosspost.plan import uncertain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from crosspost.errors import Problem
    from crosspost.model import Answer, Entry, Listed, Prepared, Twin
    from crosspost.pipeline.run import Run

log = logging.getLogger(__name__)

WINDOW = timedelta(minutes=8)  # two less than LinkedIn documents
PAUSE = timedelta(seconds=30)  # as long as a request may take by default (linkedin.timeout), and as gateways wait
AFTERWARDS = timedelta(seconds=10)  # and so long after nobody waited for its answer any more
TOLERANCE = timedelta(seconds=2)  # a Date header has whole seconds and is some milliseconds old
LOOK_FOR = timedelta(minutes=15)  # how long a run looks for a post that may have arrived; each look is a request
_READING = "reading"


def look_again(run: Run, entry: Entry, prepare: Callable[[], Prepared | None]) -> Receipt | Problem | None:
    """Look for evidence about an uncertain attempt; the retry is recorded, what it proves is for the caller to record.

    Args:
        run: The account's run.
        entry: The attempt.
        prepare: Gives the request anew; None where the post cannot be sent any more. Called only if it may be needed.

    Returns:
        The receipt; what a person has to know of the retry, where it proves nothing; None for nothing new.
    """
    if entry.state is not State.UNCERTAIN:
        return None
    if receipt := _among_recent(run, entry):
        return receipt
    if not (run.policy.identical_retry and may_retry(entry, run.clock.now())):
        return None
    prepared = prepare()
    if prepared is None or (prepared.digest, prepared.author) != (entry.request_digest, entry.author):
        return None
    return _retry(run, entry, prepared)


def may_retry(entry: Entry, now: datetime) -> bool:
    """Tell whether the one identical retry may leave: within the window, not tried yet, and the attempt surely over.

    An attempt whose lease ran out may belong to a run that is only suspended; it was settled after its lease.
    """
    if entry.state is not State.UNCERTAIN or entry.retried_at or not entry.sending_at or not entry.settled_at:
        return False
    return entry.settled_at <= entry.lease_until and entry.sending_at <= now < entry.sending_at + WINDOW


def _retry(run: Run, entry: Entry, prepared: Prepared) -> Receipt | Problem | None:
    _wait_for_a_late_arrival(run, entry)
    started = run.clock.now()
    counted = limits.spending(run, entry.author, requests=1)
    if not may_retry(entry, started) or not run.ledger.mark_retry(claim_of(entry), started, counted):
        return _meanwhile(run, entry)
    started = run.clock.now()
    if not may_retry(entry, started):  # suspended since: LinkedIn may have forgotten the first one by now
        return None
    answer = run.publisher.send(prepared)
    if receipt := receipt_in(answer, entry, started, run.clock.now()):
        return receipt
    if isinstance(answer, Rejected):
        limits.heed(run, entry.author, answer)
    return None if isinstance(answer, Receipt) else _unsettled(entry, answer)


def _unsettled(entry: Entry, answer: Rejected | Unclear) -> Problem:
    known = uncertain(entry)
    same = answer.problem.what == entry.reason
    came = "had the same answer" if same else f"did not settle it: {answer.problem.what}"
    return replace(known, what=f"{known.what}; one identical retry {came}", detail=answer.problem.detail)


def _wait_for_a_late_arrival(run: Run, entry: Entry) -> None:
    if entry.sending_at and entry.settled_at:
        left = max(entry.sending_at + PAUSE, entry.settled_at + AFTERWARDS) - run.clock.now()
        if left > timedelta():
            log.warning(
                "no clear answer about %s: LinkedIn is asked again in %d seconds", entry.key.post, left.total_seconds()
            )
        run.clock.sleep(max(0, left.total_seconds()))


def receipt_in(answer: Answer, entry: Entry, started: datetime, ended: datetime) -> Receipt | None:
    """Return what the answer to the retry proves: the post is there, by the retry or by the attempt before. Pure.

    Args:
        answer: To the retry.
        entry: The attempt before.
        started: When the retry left.
        ended: When its answer came.
    """
    if isinstance(answer, Receipt):
        return answer
    if isinstance(answer, Unclear) and answer.twin and is_of_the_attempt(answer.twin, entry, started, ended):
        urn = answer.twin.urn or ""
        detail = f"LinkedIn refused an identical retry as a duplicate of it; {answer.problem.detail}"
        return Receipt(urn=urn, url=permalink(urn), detail=detail)
    return None


def is_of_the_attempt(twin: Twin, entry: Entry, started: datetime, ended: datetime) -> bool:
    """Tell whether the post that a duplicate names was made by the attempt: after it began and before the retry left.

    Its number tells when it was made, by LinkedIn's clock, whose difference to ours the answer's `Date` tells: that was
    written, cut to the second, while the retry was under way. Some duplicates were reported to name posts that were made
    up for the refusal; these are as young as the retry.
    """
    made = posted_at(twin.urn)
    if made is None or twin.answered_at is None or entry.sending_at is None:
        return False
    fast = twin.answered_at + timedelta(seconds=1) - started  # LinkedIn's clock is ahead of ours by this at most,
    slow = twin.answered_at - ended  # and by this at least
    return entry.sending_at + slow - TOLERANCE <= made <= started + slow - TOLERANCE and fast - slow < PAUSE / 2


def _among_recent(run: Run, entry: Entry) -> Receipt | None:
    now = run.clock.now()
    if not entry.settled_at or now - entry.settled_at > LOOK_FOR:
        return None
    payer_of, today = payer(entry.author, run.api_url), f"{now.astimezone(UTC):%Y-%m-%d}"
    if run.ledger.notes(_READING).get(payer_of) == today:
        return None  # this token may not read; asked once a day, each question counts against LinkedIn's limit
    limits.count(run, entry.author, requests=1)
    posts = run.publisher.recent(entry.author)
    if posts is None:
        run.ledger.note(_READING, payer_of, today, now)
        return None
    return found_among(posts, entry)


def found_among(posts: Iterable[Listed], entry: Entry) -> Receipt | None:
    """Return the receipt for the post of an attempt: its very text, made while the attempt was under way. Pure."""
    for post in posts:
        if _is_at_that_time(post, entry) and _digest(post.commentary) == entry.text_digest:
            return Receipt(urn=post.urn, url=permalink(post.urn), detail="found among the author's posts")
    return None


def _is_at_that_time(post: Listed, entry: Entry) -> bool:
    """Allow for clocks that differ by a minute; another post with this very text in these minutes there is none."""
    slack = timedelta(minutes=1)
    return entry.sending_at is not None and entry.sending_at - slack <= post.at <= entry.lease_until + slack


def _digest(commentary: str) -> str | None:
    from crosspost.compose.little_text import LittleTextError, parse  # noqa: PLC0415 - evidence is seldom looked for

    try:
        text = parse(commentary).text
    except LittleTextError:
        return None
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def claim_of(entry: Entry) -> Claim:
    """Return the claim that the attempt was made with."""
    return Claim(key=entry.key, token=entry.token, attempt=entry.attempts)


def _meanwhile(run: Run, entry: Entry) -> Receipt | None:
    """Return the receipt that another run has recorded since; None where it has not."""
    now = run.ledger.get(entry.key)
    if now is None or now.state is not State.PUBLISHED:
        return None
    return Receipt(urn=now.urn, url=now.url, detail=now.reason)
