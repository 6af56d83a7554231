"""Checked settings as the plain values that the pure core takes."""

from __future__ import annotations

from datetime import datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.policy import AccountPolicy, SchedulePolicy, Slot, TextPolicy, WriteBackPolicy
from crosspost.settings.schema import WEEKDAYS

if TYPE_CHECKING:
    from datetime import tzinfo

    from crosspost.settings.load import Loaded
    from crosspost.settings.schema import Destination


def account_policy(loaded: Loaded, name: str, timezone: tzinfo) -> AccountPolicy:
    """Return the rules of one account.

    Args:
        loaded: The checked settings.
        name: `default` or a name under `[accounts]`.
        timezone: Of the site: for `since` and for days.

    Raises:
        SettingsError: There is no such account.
    """
    destination = loaded.destination(name)
    return AccountPolicy(
        name=name,
        author=destination.linkedin.author,
        text=_text(destination),
        schedule=_schedule(loaded, destination, timezone),
        write_back=WriteBackPolicy(key=destination.writeback.key, placeholder=destination.writeback.placeholder),
        identical_retry=destination.linkedin.identical_retry,
    )


def _text(destination: Destination) -> TextPolicy:
    text = destination.text
    return TextPolicy(
        **text.model_dump(exclude={"hashtag_map"}),
        hashtag_map=MappingProxyType(dict(text.hashtag_map)),
        card=destination.card.kind,
        picture_keys=destination.card.image,
        document_keys=destination.card.document,
        visibility=destination.linkedin.visibility,
    )


def _schedule(loaded: Loaded, destination: Destination, timezone: tzinfo) -> SchedulePolicy:
    schedule, site = destination.schedule, loaded.settings.site
    return SchedulePolicy(
        since=_moment(loaded, timezone),
        timezone=timezone,
        when=schedule.when,
        slots=tuple(sorted({_slot(text) for text in schedule.slots})),
        delay=schedule.delay,
        grace=schedule.grace,
        max_per_day=schedule.max_per_day,
        approve=schedule.approve,
        wait_for_page=schedule.wait_for_page,
        select=site.select,
        categories=site.categories,
    )


def _slot(text: str) -> Slot:
    day, time_of_day = text.split()
    hour, minute = time_of_day.split(":")
    return Slot(WEEKDAYS.index(day.title()), int(hour), int(minute))


def _moment(loaded: Loaded, timezone: tzinfo) -> datetime | None:
    since = loaded.settings.since
    if since is None:
        return None
    if not isinstance(since, datetime):
        since = datetime.combine(since, time())
    return since if since.tzinfo else since.replace(tzinfo=timezone)
