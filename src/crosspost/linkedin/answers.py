"""What an answer of LinkedIn to a create proves. Pure; never raises, whatever was answered."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from crosspost.addresses import permalink, urn_in
from crosspost.errors import Problem
from crosspost.linkedin.body import Said, read, words
from crosspost.linkedin.rules import DUPLICATE, rule_for
from crosspost.linkedin.wire import urn_from
from crosspost.model import Answer, Failure, Receipt, Rejected, Twin, Unclear

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING = "nothing was published"
PERHAPS = "the post may be on LinkedIn"

_CREATED = 201
_SUPPORT = ("x-li-uuid", "x-li-request-id", "x-li-fabric")
_TRANSIENT_WAIT = timedelta(minutes=15)
_LONGEST_WAIT = timedelta(days=7)


def classify(status: int, headers: Mapping[str, str], body: bytes, sent_at: datetime) -> Answer:
    """Return what an answer proves.

    Args:
        status: HTTP status.
        headers: Names in any case.
        body: As received; may be cut off.
        sent_at: When the request left; times to try again are counted from it.
    """
    headers = {name.lower(): value for name, value in headers.items()}
    said = read(body)
    detail = _detail(status, headers, said)
    if status == _CREATED:
        urn = urn_from(headers)
        return Receipt(urn=urn, url=permalink(urn) if urn else None, detail=detail)
    rule = rule_for(status, said)
    reason = said.message.removeprefix(f"{status} ") or "no reason given"
    what = rule.what.format(status=status, said=reason)
    if rule.failure is None:
        what += _named(headers, said)
        twin = Twin(urn=urn_in(said.message), answered_at=_answered_at(headers)) if rule is DUPLICATE else None
        return Unclear(problem=Problem(what=what, linkedin_has=PERHAPS, fix=rule.fix, detail=detail), twin=twin)
    retry_at = _retry_at(headers, said, sent_at) if rule.failure is Failure.THROTTLED else None
    if retry_at:
        what += f"; not before {retry_at:%Y-%m-%d %H:%M} UTC"
    problem = Problem(what=what, linkedin_has=NOTHING, fix=rule.fix, detail=detail)
    return Rejected(
        failure=rule.failure,
        problem=problem,
        retry_at=retry_at,
        credentials=rule.credentials,
        uploads=rule.uploads,
    )


def _named(headers: Mapping[str, str], said: Said) -> str:
    """Return the address of the post that an unclear answer names: the twin of a duplicate, or a success in disguise.

    A hint for a person, no proof: some reported duplicates named posts that did not exist.
    """
    urn = urn_from(headers) or urn_in(said.message)
    return f"; it names {permalink(urn)}" if urn else ""


def _answered_at(headers: Mapping[str, str]) -> datetime | None:
    """Return LinkedIn's clock (RFC 9110, section 6.6.1): the difference to ours is what its post numbers are read with."""
    return _http_date(headers.get("date", ""))


def _detail(status: int, headers: Mapping[str, str], said: Said) -> str:
    """Return what LinkedIn's support asks for, and the server's own words."""
    named = [f"x-restli-id: {words(headers['x-restli-id'], 100)}"] if headers.get("x-restli-id") else []
    codes = [f"code {words(code, 60)}" for code in sorted(said.codes)][:8]
    message = [f"LinkedIn said: {said.message}"] if said.message else []
    return "; ".join([f"HTTP {status}", *codes, *named, *support(headers), *message])


def support(headers: Mapping[str, str]) -> list[str]:
    """Return what LinkedIn's support asks for, from headers in any case."""
    lower = {name.lower(): value for name, value in headers.items()}
    return [f"{name}: {words(lower[name], 100)}" for name in _SUPPORT if lower.get(name)]


def _retry_at(headers: Mapping[str, str], said: Said, now: datetime) -> datetime:
    """Return when another attempt makes sense: what the server says, else the end of the day in UTC or a quarter of an hour.

    LinkedIn counts in days that end at 00:00 UTC (API rate limiting) and documents no Retry-After; one that comes is
    honoured (RFC 9110, section 10.2.3). A 429 that does not speak of LinkedIn's own limits is protection that passes.
    """
    if asked := _retry_after(headers.get("retry-after", ""), now):
        return min(max(asked, now), now + _LONGEST_WAIT)
    if said.codes & {"101", "TOO_MANY_REQUESTS"} or re.search(r"throttle.*limit|\bDAY\b", said.message):
        return (now.astimezone(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return now + _TRANSIENT_WAIT


def _retry_after(value: str, now: datetime) -> datetime | None:
    """Return the moment that a Retry-After header names: seconds, or a date."""
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,12}", value):
        return now + min(timedelta(seconds=int(value)), _LONGEST_WAIT)
    return _http_date(value)


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
