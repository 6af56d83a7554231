"""What the user is told about a post."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from crosspost.errors import Problem
    from crosspost.findings import Finding
    from crosspost.model.entry import State


class OutcomeKind(StrEnum):
    """The words of the contract for `publish --json`, and those of `edit` and `delete`."""

    PUBLISHED = "published"
    WRITTEN_BACK = "written-back"
    WOULD_PUBLISH = "would-publish"
    WAITING = "waiting"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    MISSED = "missed"
    EDITED = "edited"
    DELETED = "deleted"


# What is said of a file that `PostSource.read` knows as no post.
IS_DRAFT = "this post is a draft (published: false, draft: true, or in _drafts)"


class WaitsFor(StrEnum):
    """What a waiting post waits for."""

    TIME = "time"
    RUN = "another run"
    APPROVAL = "approval"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one post in one run.

    Attributes:
        reason: One line for outcomes that need one.
        problem: For failed, uncertain and for a published post whose file could not be updated.
        credentials: True where the reason is the token.
        findings: What keeps the text of the post from being sent, line by line.
        stops: The fault is not this post's: the next one would meet it too.
        waits_for: For waiting: what must come; None where a person held the run back.
    """

    post: str
    account: str
    kind: OutcomeKind
    reason: str | None = None
    urn: str | None = None
    url: str | None = None
    problem: Problem | None = None
    credentials: bool = False
    stops: bool = False
    waits_for: WaitsFor | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def label(self) -> str:
        """Name the post, and the account where it is not the main one."""
        return self.post if self.account == "default" else f"{self.post} ({self.account})"

    def adding(self, said: str) -> Outcome:
        """Return the outcome with a further word behind its reason."""
        return replace(self, reason=f"{self.reason}; {said}" if self.reason else said)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One post as `status` shows it.

    Attributes:
        outcome: What a `publish --due` would do with it now.
        state: In the ledger; None where nothing was ever tried.
        due: When it goes or went out: by its date, or the slot that it takes; None where it cannot be read or no slot comes.
        expected: When it will go out by itself, if nothing changes; None where it will not.
    """

    outcome: Outcome
    state: State | None
    due: datetime | None
    attempts: int
    expected: datetime | None = None
