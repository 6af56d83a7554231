"""What `adopt` tells of a post."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosspost.errors import Problem


class AdoptionKind(StrEnum):
    """What becomes of one post."""

    ADOPTED = "adopted"
    WOULD_ADOPT = "would-adopt"
    OFFERED = "offered"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What was found for one post, and what was done about it.

    Attributes:
        url: The address found, without tracking.
        origin: Where it was found, in words.
        likeness: Of the post's text to that of the data export, 0 to 1; None where the address was not found there.
        reason: One line for what was not adopted.
    """

    post: str
    account: str
    kind: AdoptionKind
    url: str | None = None
    origin: str | None = None
    likeness: float | None = None
    reason: str | None = None
    problem: Problem | None = None
