"""Weekly slots: at most one post each.

A slot is a wall clock time in the site's zone. Where daylight saving leaves it out, it is the first moment after the gap;
where daylight saving repeats it, it is the first of the two. So there is one moment a slot and week, whatever the clocks do.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from crosspost.schedule.due import start_of_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date, tzinfo

    from crosspost.policy import SchedulePolicy

_SECOND = timedelta(seconds=1)
# A week, and a day for zones that have left one out (Samoa, 30 December 2011).
_WEEK = timedelta(days=8)


def following(policy: SchedulePolicy, after: datetime) -> Iterator[datetime]:
    """Yield the moments of the slots after a moment, in order; nothing where there are no slots. UTC."""
    last = after
    try:
        day = (after.astimezone(policy.timezone) - timedelta(days=1)).date()
        while policy.slots:
            for moment in _of_day(policy, day):
                if moment > last:  # two slots that fall together, as after a gap, are one
                    yield moment
                    last = moment
            day += timedelta(days=1)
    except OverflowError:  # the calendar of Python ends with the year 9999
        return


def open_slot(policy: SchedulePolicy, sent: Collection[datetime], begun: datetime, now: datetime) -> datetime | None:
    """Return the moment of the slot that is free now, None where there is none.

    It is the newest one, never an older one: after a long sleep one post goes out, not one for each slot slept through.
    It is gone once anything went out since then, after the grace period, and where the day had its `max_per_day` before.

    Args:
        policy: The account's rules.
        sent: When posts of this account went out or may have, as the ledger has it.
        begun: Slots up to this moment are none of ours.
        now: Aware.
    """
    passed = list(takewhile(lambda moment: moment <= now, following(policy, now - _WEEK)))
    if not passed:
        return None
    slot = passed[-1]
    if slot <= begun or now - slot > policy.grace or any(moment >= slot for moment in sent):
        return None
    return None if is_full(policy, sent, slot) else slot


def is_full(policy: SchedulePolicy, sent: Collection[datetime], moment: datetime) -> bool:
    """Tell whether as many posts as a day may have went out on this moment's day before it."""
    midnight = start_of_day(moment, policy.timezone)
    return sum(midnight <= one < moment for one in sent) >= policy.max_per_day


def _of_day(policy: SchedulePolicy, day: date) -> list[datetime]:
    return sorted(
        _moment(datetime(day.year, day.month, day.day, slot.hour, slot.minute), policy.timezone)  # noqa: DTZ001 # a wall clock
        for slot in policy.slots
        if slot.weekday == day.weekday()
    )


def _moment(wall: datetime, zone: tzinfo) -> datetime:
    """Return the moment, UTC, at which the wall clock shows `wall` or has just left it out."""
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if early <= late:  # ordinary, or shown twice: the first one
        return early
    # Left out: the two readings enclose the moment at which the offset changes (PEP 495, "The Gap").
    before, after = late, early
    while after - before > _SECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
