"""What to do with one post: a decision from values alone. Nothing here reads a file, a clock or the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crosspost.addresses import activity_page
from crosspost.command_line import command_line
from crosspost.errors import Problem
from crosspost.model import Failure, State, WaitsFor
from crosspost.schedule import due, is_slotted

if TYPE_CHECKING:
    from datetime import datetime

    from crosspost.model import Entry, Post
    from crosspost.policy import AccountPolicy


@dataclass(frozen=True, slots=True)
class Publish:
    """Send it now."""


@dataclass(frozen=True, slots=True)
class WriteBack:
    """LinkedIn has it; the file does not say so yet."""

    url: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Not yet: `reason` says until when or for what, `waits_for` says it to the program."""

    reason: str
    waits_for: WaitsFor = field(default=WaitsFor.TIME, compare=False)


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing to do, now or later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Miss:
    """It should have gone out and is too late to go by itself."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class Attend:
    """A person must look; crosspost will not act by itself."""

    problem: Problem


Decision = Publish | WriteBack | Wait | Skip | Miss | Attend


def decide(
    post: Post,
    entry: Entry | None,
    policy: AccountPolicy,
    now: datetime,
    *,
    baseline: datetime,
    named: bool,
    slot: datetime | None = None,
) -> Decision:
    """Decide about one post.

    What the ledger knows comes first, then what the author says in the file, then the time, then a pause of LinkedIn's.

    Args:
        post: As read now.
        entry: What the ledger knows of it.
        policy: Of the account.
        now: Aware.
        baseline: Posts due before it go out only when named.
        named: The user named this very post on the command line: time and baseline do not matter then.
        slot: The slot that is free now, for accounts that have slots.
    """
    return (
        (_by_ledger(post, entry, now, named=named) if entry else None)
        or _by_author(post, policy)
        or (None if named else _by_time(post, policy, now, baseline, slot) or _paused(entry, now))
        or Publish()
    )


def _by_ledger(post: Post, entry: Entry, now: datetime, *, named: bool) -> Decision | None:
    match entry.state:
        case State.PUBLISHED:
            return _published(post, entry)
        case State.DELETED:
            again = f"; to send it again: {command_line('publish', post.key, entry.key.account, '--force REASON')}"
            return Skip(f"deleted from LinkedIn {_minute(entry.settled_at or now)}{again if named else ''}")
        case _ if is_unclear(entry, now):
            # An address in the file means that its author has looked and found it.
            return None if post.linkedin_url else Attend(uncertain(entry))
        case State.SENDING | State.CLAIMED if entry.lease_until > now:
            reason = f"another run ({entry.owner}) is at it, until {_minute(entry.lease_until)} at most"
            return Wait(reason, WaitsFor.RUN)
        case _:
            return None


def _published(post: Post, entry: Entry) -> Decision:
    """The file is brought up to date unless its author has put another address there meanwhile."""
    if entry.url and entry.written_back_at is None and post.linkedin_url in {None, entry.url}:
        return WriteBack(entry.url)
    return Skip(f"published {_minute(entry.settled_at)}" if entry.settled_at else "published")


def is_unclear(entry: Entry, now: datetime) -> bool:
    """Tell whether nobody knows, or will come to know by itself, what became of an attempt."""
    return entry.state is State.UNCERTAIN or (entry.state is State.SENDING and entry.lease_until <= now)


def uncertain(entry: Entry) -> Problem:
    """Say what is known of an attempt whose outcome is not, and how a person settles it."""
    settling = command_line("resolve", entry.key.post, entry.key.account, "--url URL | --not-posted")
    return Problem(
        what=f"an attempt of {_minute(entry.sending_at or entry.claimed_at)} may have arrived ({entry.reason})",
        linkedin_has="LinkedIn has the post or has nothing, so it is not sent again",
        fix=f"look at {activity_page(entry.author)}, then: {settling}",
    )


def _by_author(post: Post, policy: AccountPolicy) -> Decision | None:
    reason = not_chosen(post, policy)
    if post.linkedin_url and post.directives.publish is not False:
        return Skip(f"already on LinkedIn: {post.linkedin_url}")
    return Skip(reason) if reason else None


def not_chosen(post: Post, policy: AccountPolicy) -> str | None:
    """Return why a post is none of those that its author wants on LinkedIn, None where it is one."""
    schedule = policy.schedule
    if post.directives.publish is False:
        return "its front matter says not to publish it"
    if schedule.select == "opt-in" and not post.directives.publish:
        return 'not opted in (site.select = "opt-in")'
    if schedule.categories and not set(schedule.categories) & set(post.categories):
        return "none of its categories is in site.categories"
    return None


def _by_time(
    post: Post, policy: AccountPolicy, now: datetime, baseline: datetime, slot: datetime | None
) -> Decision | None:
    moment = due(post, policy.schedule)
    local = moment.astimezone(policy.schedule.timezone)
    if moment < baseline:
        return Skip(f"older than the baseline {_minute(baseline)}")
    if is_slotted(post, policy.schedule):
        return None if slot and moment <= slot else Wait("waits for a free slot")
    if moment > now:
        return Wait(f"due {_minute(local)}")
    if now - moment > policy.schedule.grace:
        return Miss(_missed(command_line("publish", post.key, policy.name), local))
    return None


def _missed(publish: str, moment: datetime) -> Problem:
    return Problem(
        what=f"was due {_minute(moment)} and is overdue by more than schedule.grace",
        linkedin_has="nothing was sent",
        fix=f"publish it now with: {publish}; or put 'crosspost: false' into its front matter",
    )


def _paused(entry: Entry | None, now: datetime) -> Decision | None:
    if entry is None or entry.state is not State.FAILED or entry.failure is not Failure.THROTTLED:
        return None
    if entry.retry_at is None or entry.retry_at <= now:
        return None
    return Wait(f"LinkedIn asked for a pause until {_minute(entry.retry_at)}: {entry.reason}")


def _minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M %Z").strip()


def still_refused(entry: Entry | None, text_digest: str, *, named: bool) -> Problem | None:
    """Return why a text that LinkedIn refused is not sent again, None where it may be.

    The same text would be refused again, and each refusal counts against the daily limit; a changed one deserves a try.
    """
    if named or entry is None or entry.state is not State.FAILED or entry.failure is not Failure.REFUSED:
        return None
    if entry.text_digest != text_digest:
        return None
    publish = command_line("publish", entry.key.post, entry.key.account)
    return Problem(
        what=f"LinkedIn refused this text before ({entry.reason})",
        linkedin_has="nothing was published",
        fix=f"change the post, or try it once more as it is: {publish}",
    )
