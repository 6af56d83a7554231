"""LinkedIn's API versions: which live, which one is sent, and how another one is found when it has died.

A version lives about a year and is then answered 426; there is no alias for the newest one and no notice in an answer.
Sources: Versioning, Migrations (LinkedIn's pages, by title).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from crosspost.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

AUTO = "auto"
NEWEST_KNOWN_VERSION = "202609"

SUNSETS: Mapping[str, date] = MappingProxyType(
    {
        "202508": date(2026, 8, 17),
        "202509": date(2026, 9, 15),
        "202510": date(2026, 10, 15),
        "202511": date(2026, 11, 16),
        "202601": date(2027, 1, 15),
        "202602": date(2027, 2, 15),
        "202603": date(2027, 3, 16),
        "202604": date(2027, 4, 15),
        "202605": date(2027, 5, 15),
        "202606": date(2027, 6, 15),
        "202607": date(2027, 7, 15),
    }
)
"""Published last days (Migrations). A version not listed is taken to end in the middle of its twelfth month."""

_NEVER_RELEASED = frozenset({"202412", "202512"})
_WARN_AFTER_MONTHS = 10


class ApiVersion(Protocol):
    """Which version is sent."""

    @property
    def value(self) -> str:
        """YYYYMM."""
        ...

    def replace(self, lives: Callable[[str], bool | None]) -> bool:
        """Look for another version after LinkedIn refused `value`. False where this one is to stay.

        Args:
            lives: Asks LinkedIn about a version without publishing anything; None where it gave no verdict.
        """
        ...


@dataclass(frozen=True, slots=True)
class FixedVersion:
    """The version of the settings: a person raises it."""

    value: str

    def replace(self, lives: Callable[[str], bool | None]) -> bool:
        """Stay."""
        del lives
        return False


@dataclass(frozen=True, slots=True)
class FoundVersion:
    """The version that works: the newest known one until LinkedIn refuses it, then the one that was found.

    Attributes:
        recall: Gives what was remembered, None for nothing yet.
        remember: Keeps what was found.
        today: The day now.
    """

    recall: Callable[[], str | None]
    remember: Callable[[str], object]
    today: Callable[[], date]

    @property
    def value(self) -> str:
        """The version that worked last."""
        return self.recall() or NEWEST_KNOWN_VERSION

    def replace(self, lives: Callable[[str], bool | None]) -> bool:
        """Ask for one version after the other, and remember the first that lives."""
        for candidate in candidates(self.today(), refused=self.value):
            verdict = lives(candidate)
            if verdict is None:
                return False
            if verdict:
                self.remember(candidate)
                return True
        return False


def candidates(today: date, *, refused: str) -> Iterator[str]:
    """Yield the versions worth a question: those known to work, newest first, then unknown ones, nearest to them first.

    The nearer a version is to a known one, the less has changed. At most a year's worth of each.

    >>> list(candidates(date(2026, 11, 22), refused="202609"))[:3]
    ['202607', '202606', '202605']
    >>> list(candidates(date(2027, 12, 1), refused="202609"))[:2]
    ['202701', '202702']
    """
    known = sorted({NEWEST_KNOWN_VERSION, *SUNSETS}, reverse=True)
    unknown = (version for version in _months(NEWEST_KNOWN_VERSION, today) if version not in known)
    for version in (*known, *unknown):
        if version != refused and version_problem(version, today) is None:
            yield version


def _months(after: str, today: date) -> Iterator[str]:
    year, month = _year_and_month(after)
    while (year, month) < (today.year, today.month):
        year, month = (year + 1, 1) if month >= 11 else (year, month + 1)  # no December version was ever released
        yield f"{year}{month:02}"


def version_problem(api_version: str, today: date) -> Problem | None:
    """Return why LinkedIn will refuse this version with 426, None where nothing speaks against it.

    >>> version_problem("202609", date(2026, 11, 22)) is None
    True
    >>> version_problem("202511", date(2026, 11, 22)).what
    'LinkedIn ended API version 202511 on 2026-11-16'
    """
    if not is_version(api_version):
        return _version_problem(f"{api_version!r} is no LinkedIn API version: those are a year and a month, as 202609")
    if api_version in _NEVER_RELEASED:
        return _version_problem(f"LinkedIn never released API version {api_version}")
    if _age_in_months(api_version, today) < 0:
        return _version_problem(f"LinkedIn has not released API version {api_version} yet")
    if (end := sunset(api_version)) <= today:
        return _version_problem(f"LinkedIn ended API version {api_version} on {end}")
    return None


def version_warning(api_version: str, today: date) -> Problem | None:
    """Return a warning for a version that still works and is at least ten months old.

    >>> version_warning("202601", date(2026, 11, 1)).what
    'LinkedIn will end API version 202601 about 2027-01-15'
    """
    if version_problem(api_version, today) or _age_in_months(api_version, today) < _WARN_AFTER_MONTHS:
        return None
    return _version_problem(f"LinkedIn will end API version {api_version} about {sunset(api_version)}")


def is_version(text: str) -> bool:
    """Tell whether `text` has the form of a version: YYYYMM.

    >>> is_version("202609"), is_version("202613"), is_version("２０２６０９")
    (True, False, False)
    """
    return re.fullmatch(r"20[0-9]{2}(0[1-9]|1[0-2])", text) is not None


def sunset(api_version: str) -> date:
    """Return the first day on which a version is refused: LinkedIn's date, else the middle of its twelfth month.

    "Each version is supported for a minimum of one year" (Versioning); the published dates lie between the 15th and 17th.
    """
    year, month = _year_and_month(api_version)
    return SUNSETS.get(api_version, date(year + 1, month, 15))


def _age_in_months(api_version: str, today: date) -> int:
    year, month = _year_and_month(api_version)
    return (today.year - year) * 12 + today.month - month


def _year_and_month(api_version: str) -> tuple[int, int]:
    return int(api_version[:4]), int(api_version[4:])


def _version_problem(what: str) -> Problem:
    return Problem(
        what=what,
        fix=f"set linkedin.api_version to {NEWEST_KNOWN_VERSION} or a later version from LinkedIn's page Versioning",
    )
