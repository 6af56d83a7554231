"""A request to LinkedIn and what its answer proves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from crosspost.errors import Problem
    from crosspost.model.entry import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A request ready to leave: what is sent is exactly `body`.

    Attributes:
        author: URN in the body.
        body: JSON, UTF-8.
        digest: SHA-256 (hex) of `body`.
    """

    author: str
    body: bytes
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """LinkedIn has the post. `urn` and `url` are None where it answered 201 without saying which."""

    urn: str | None
    url: str | None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """LinkedIn surely has nothing from this attempt.

    Attributes:
        failure: Says when another attempt makes sense.
        retry_at: For THROTTLED: not before this moment.
        credentials: True where the token itself was missing, expired or refused (exit 3).
        uploads: What is wrong with the files that the post names: LinkedIn is still waiting for them or working on them,
            or they have to be uploaded again. None where they are not at fault.
    """

    failure: Failure
    problem: Problem
    retry_at: datetime | None = None
    credentials: bool = False
    uploads: Literal["waiting", "unusable"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """LinkedIn says that it has this text already.

    Attributes:
        urn: The post that it names; reports say that some of these do not exist.
        answered_at: When it said so, by its own clock; None where it did not say.
    """

    urn: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The post may have arrived: no trustworthy answer came. `twin` is set where LinkedIn calls it a duplicate."""

    problem: Problem
    twin: Twin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A post as LinkedIn lists it among its author's.

    Attributes:
        at: When it was made, by LinkedIn's clock.
        commentary: Its text, as little text.
    """

    urn: str
    at: datetime
    commentary: str


Answer = Receipt | Rejected | Unclear


@dataclass(frozen=True, slots=True)
class Done:
    """LinkedIn did what was asked of a post that it has: edited or deleted it."""


Change = Done | Rejected | Unclear
