"""When everything that waits will go out, by the rules by which it then does."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from crosspost.schedule.due import SPREAD, start_of_day
from crosspost.schedule.slots import following, is_full, open_slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from crosspost.policy import SchedulePolicy

_INSTANT = timedelta(microseconds=1)
_LONGER_THAN_A_DAY = timedelta(hours=36)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A post that nothing but time keeps from going out.

    Attributes:
        ready: From when on it may go out.
        slotted: It takes the first free slot from then on.
    """

    key: str
    ready: datetime
    slotted: bool


def forecast(
    waiting: Iterable[Waiting], sent: Iterable[datetime], policy: SchedulePolicy, *, begun: datetime, start: datetime
) -> Mapping[str, datetime]:
    """Return when each post will go out, in that order; a post that will be missed by then is not in it.

    Args:
        waiting: The posts.
        sent: When posts of this account went out, or may have.
        policy: The account's rules.
        begun: Slots up to this moment are none of ours.
        start: Nothing goes out before: now, or the end of a pause that LinkedIn asked for.
    """
    posts = sorted(waiting, key=lambda post: (post.ready, post.key))
    ahead = _Ahead(
        policy,
        begun,
        start,
        sorted(sent),
        deque(post for post in posts if not post.slotted),
        deque(post for post in posts if post.slotted),
    )
    return ahead.run()


@dataclass(slots=True)
class _Ahead:
    """The future, lived through in advance: `now` moves from one post to the next."""

    policy: SchedulePolicy
    begun: datetime
    now: datetime
    sent: list[datetime]
    dated: deque[Waiting]
    queue: deque[Waiting]
    found: dict[str, datetime] = field(default_factory=dict)

    def run(self) -> Mapping[str, datetime]:
        while self.dated or self.queue:
            by_date, by_slot = self._by_date(), self._by_slot()
            if by_date and (by_slot is None or by_date <= by_slot):
                self._take(self.dated, by_date)
            elif by_slot:
                self._take(self.queue, by_slot)
            else:
                break
        return self.found

    def _take(self, line: deque[Waiting], moment: datetime) -> None:
        self.found[line.popleft().key] = self.now = moment
        self.sent.append(moment)
        midnight = start_of_day(moment, self.policy.timezone)
        self.sent = [one for one in self.sent if one >= midnight]  # older ones matter to no later moment

    def _by_date(self) -> datetime | None:
        """Return when the first post that goes by its date goes out, after dropping those that will be missed."""
        while self.dated:
            ready = self.dated[0].ready
            moment = self._day_with_room(self._spread(max(ready, self.now)))
            if moment - ready <= self.policy.grace:
                return moment
            self.dated.popleft()
        return None

    def _by_slot(self) -> datetime | None:
        if not self.queue:
            return None
        ready = self.queue[0].ready
        start = self._day_with_room(self._spread(self.now))
        slot = open_slot(self.policy, self.sent, self.begun, start)
        if slot and ready <= slot:
            return start
        ahead = following(self.policy, max(start, self.begun, ready - _INSTANT))
        return next((moment for moment in ahead if not is_full(self.policy, self.sent, moment)), None)

    def _spread(self, moment: datetime) -> datetime:
        return max(moment, self.sent[-1] + SPREAD) if self.sent else moment

    def _day_with_room(self, moment: datetime) -> datetime:
        if is_full(self.policy, self.sent, moment + _INSTANT):
            midnight = start_of_day(moment, self.policy.timezone)
            return start_of_day(midnight + _LONGER_THAN_A_DAY, self.policy.timezone)
        return moment
