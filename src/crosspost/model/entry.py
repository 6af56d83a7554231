"""What the ledger knows of a post."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class State(StrEnum):
    """Where one post stands with one account; the diagram is in docs/ledger.md."""

    CLAIMED = "claimed"
    RELEASED = "released"
    SENDING = "sending"
    PUBLISHED = "published"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    DELETED = "deleted"


# LinkedIn has these posts, had them, or may have them: what counts against a daily limit.
MAY_HAVE_ARRIVED = frozenset({State.SENDING, State.UNCERTAIN, State.PUBLISHED, State.DELETED})


class Failure(StrEnum):
    """Why LinkedIn surely has nothing, and so when another attempt makes sense."""

    NOT_SENT = "not-sent"  # never left this machine: the next run tries again
    REFUSED = "refused"  # the post itself is at fault: only after it changed, or when named
    DENIED = "denied"  # token, permission or API version: the next run tries again, this one stops
    THROTTLED = "throttled"  # a limit: not before `retry_at`, this run stops


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class EntryKey:
    """Names one entry: a post of a site, for an account.

    Attributes:
        site: The site's identity: its URL with base path, or its folder where it has none.
        account: `default` or a name under `[accounts]`.
        post: `Post.key`.
    """

    site: str
    account: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to send one post, held by whoever has the token."""

    key: EntryKey
    token: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the ledger knows of one post for one account.

    Attributes:
        author: URN that the post is published as.
        text_digest: SHA-256 (hex) of the UTF-8 text that a reader sees.
        attempts: How often the post was claimed.
        token: Of the newest claim.
        owner: Which process holds or held that claim: `host/pid`.
        lease_until: After this the claim may be taken over.
        sending_at: When the intent to send was recorded.
        settled_at: When the entry reached published, uncertain, failed or deleted.
        edited_at: When LinkedIn's copy was last brought up to date with the file.
        retried_at: When the one identical retry of an uncertain attempt was recorded.
        request_digest: SHA-256 (hex) of the exact request body.
        failure: Set in state failed.
        retry_at: Not before this moment, in state failed.
        reason: In words, for failed and uncertain.
    """

    key: EntryKey
    state: State
    author: str
    text_digest: str
    attempts: int
    token: str
    owner: str
    lease_until: datetime
    claimed_at: datetime
    sending_at: datetime | None = None
    settled_at: datetime | None = None
    written_back_at: datetime | None = None
    edited_at: datetime | None = None
    retried_at: datetime | None = None
    request_digest: str | None = None
    urn: str | None = None
    url: str | None = None
    failure: Failure | None = None
    retry_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A claim was not granted: `entry` is in the way (the same post, or another with the same text and author)."""

    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the append-only history."""

    key: EntryKey
    before: State | None
    after: State
    at: datetime
    owner: str
    reason: str | None = None
