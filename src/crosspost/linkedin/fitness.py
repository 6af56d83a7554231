"""Whether settings can be used to publish. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.errors import Problem
from crosspost.linkedin.author import author_urn
from crosspost.linkedin.endpoint import endpoint_problem
from crosspost.linkedin.versions import NEWEST_KNOWN_VERSION, FixedVersion, is_version

if TYPE_CHECKING:
    from crosspost.linkedin.versions import ApiVersion


def unfit(api_url: str, api_version: ApiVersion, author: str, timeout: float) -> list[Problem]:
    """Return everything that keeps these settings from being used."""
    found = [endpoint_problem(api_url)]
    if isinstance(api_version, FixedVersion) and not is_version(api_version.value):
        found.append(
            Problem(
                what=f"linkedin.api_version is {api_version.value!r}, which is no year and month",
                fix=f"set it to {NEWEST_KNOWN_VERSION}",
            )
        )
    if author.strip() and not author_urn(author):
        found.append(
            Problem(
                what=f"linkedin.author is {author!r}, which cannot post",
                fix="set it to urn:li:person:… or urn:li:organization:…, or leave it empty",
            )
        )
    if not 0 < timeout < 86_400:
        found.append(Problem(what=f"linkedin.timeout is {timeout}", fix="set it to a number of seconds, such as 30"))
    return [problem for problem in found if problem]
