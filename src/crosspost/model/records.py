"""What the ledger remembers beside its entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime

# One thing that a ledger holds, flat, for moving it to another ledger: its kind and its columns.
Record: TypeAlias = Mapping[str, str | int | None]

# How far a ledger was looked through, in its own terms.
Mark: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Posts that LinkedIn may have, or had.

    Attributes:
        posts: Their names, and the digests of their texts.
        mark: For the next look, which then finds what has changed since; None where it would look through everything.
    """

    posts: Mapping[str, str]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Requests to LinkedIn that are about to be made.

    Attributes:
        payer: Whose daily limit they count against: the author's URN, and the server where it is not LinkedIn's own.
        day: In UTC, as LinkedIn counts (API rate limiting).
        requests: How many.
    """

    payer: str
    day: date
    requests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that LinkedIn has, ready to be named in a post. URNs may be used again in later posts (Images API, observed).

    Attributes:
        payer: Who uploaded it: the author's URN, and the server where that is not LinkedIn's own.
        digest: SHA-256 (hex) of the bytes that were uploaded.
        kind: "image", "document" or "video".
        urn: LinkedIn's name for it.
        at: When its last byte was there.
    """

    payer: str
    digest: str
    kind: str
    urn: str
    at: datetime
