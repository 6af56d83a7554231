"""Requests as LinkedIn wants them, byte for byte, and the ids it answers with. Pure.

Sources: Posts API, Post schema, Versioning and Migrations (LinkedIn's pages, by title); recorded exchanges where said.
"""

from __future__ import annotations

import json
import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost import __version__
from crosspost.addresses import urn_in
from crosspost.errors import CrosspostError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.model import Article, Draft

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


def create_body(draft: Draft, author: str) -> bytes:
    """Return the JSON body that creates a post: UTF-8, not ASCII-escaped, always the same bytes for the same draft.

    The same bytes matter: one identical repeat is how an unclear attempt can be settled (Posts API has no idempotency key).

    Raises:
        CrosspostError: The text holds half a surrogate pair, which UTF-8 cannot carry.
    """
    body: dict[str, object] = {
        "author": author,
        "commentary": draft.wire,
        "visibility": draft.visibility,
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    if draft.article:  # a null content is answered 403 "Unpermitted fields" (observed): the key is left out instead
        body["content"] = {"article": _article(draft.article)}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise CrosspostError(_half_character(text[error.start])) from None


def _article(article: Article) -> dict[str, str]:
    fields = {"source": article.source, "title": article.title}
    return {**fields, "description": article.description} if article.description else fields


def _half_character(surrogate: str) -> Problem:
    return Problem(
        what=f"the text holds half a character (U+{ord(surrogate):04X}), which cannot be sent",
        linkedin_has="nothing was sent",
        fix="look for a \\u escape in the front matter and write the character itself",
    )


def headers(token: str, api_version: str | None = None) -> dict[str, str]:
    """Return the headers of a call; without `api_version` those of an unversioned `/v2` call.

    `/v2` gets no LinkedIn-Version: one client met 426 there with one (observed). Without the Rest.li header the
    protocol would be 1.0.0 (Protocol versions).
    """
    always = {
        "Authorization": f"Bearer {token}",
        "X-Restli-Protocol-Version": "2.0.0",
        "User-Agent": f"crosspost/{__version__}",
    }
    if api_version is None:
        return always
    return {**always, "LinkedIn-Version": api_version, "Content-Type": "application/json"}


def urn_from(headers: Mapping[str, str]) -> str | None:
    """Return the URN of the post just created, from headers in any case; None where no header names one.

    >>> urn_from({"X-Restli-Id": "urn:li:share:7348349577130860544"})
    'urn:li:share:7348349577130860544'
    >>> urn_from({"location": "/posts/urn%3Ali%3AugcPost%3A12"})
    'urn:li:ugcPost:12'
    """
    lower = {name.lower(): value for name, value in headers.items()}
    found = (urn_in(lower.get(name, "")) for name in ("x-restli-id", "x-linkedin-id", "location"))
    return next((urn for urn in found if urn), None)


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
