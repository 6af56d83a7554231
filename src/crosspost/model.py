"""The vocabulary: posts, drafts, ledger entries, answers, outcomes.

One post changes its type as it goes: `Post` (read) → `Draft` (composed) → `Claim` (ours to send) →
`Receipt` (LinkedIn has it) → `Outcome` (told to the user). All types are frozen values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crosspost.errors import Problem
    from crosspost.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Directives:
    """What the author says about LinkedIn in the front matter (`crosspost:` and the `linkedin:` mapping).

    Attributes:
        publish: False for `crosspost: false` or `linkedin: false`; True for an explicit yes; None where nothing is said.
        text: Text to send instead of the body, Markdown.
        excerpt: Text to send where the full body does not fit, Markdown.
        hashtags: Hashtags instead of the post's own tags, without `#`.
        at: Moment to publish instead of the post's date.
        visibility: Instead of the setting: PUBLIC, CONNECTIONS or LOGGED_IN.
        link: False sends no link to the post.
        image: Image for the card, as written.
        alt: Alternative text of that image.
        first_comment: Text for a first comment.
    """

    publish: bool | None = None
    text: str | None = None
    excerpt: str | None = None
    hashtags: tuple[str, ...] | None = None
    at: datetime | None = None
    visibility: str | None = None
    link: bool = True
    image: str | None = None
    alt: str | None = None
    first_comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One blog post as its author wrote it.

    Attributes:
        key: Path relative to the site root, with `/`. The post's name in the ledger and in every output.
        title: `title` of the front matter as text; None where absent or blank.
        date: Front matter `date`, else the file name's; always aware.
        body: Text after the front matter, line ends as line feeds.
        body_line: 1-based line of the file on which `body` starts.
        front_matter: As parsed, with the defaults of `_config.yml` beneath.
        markup: What `body` is written in.
        canonical_url: Absolute URL of the post on its site; None where the site's URL is unknown.
        categories: As Jekyll finds them: folders above `_posts`, then the front matter.
        tags: From the front matter.
        linkedin_url: Where the post already is on LinkedIn, from front matter or footer; None where it is not.
        version: SHA-256 (hex) of the file's bytes.
        findings: What was noteworthy while reading.
    """

    key: str
    title: str | None
    date: datetime
    body: str
    body_line: int
    front_matter: Mapping[str, object]
    markup: Literal["markdown", "html"]
    canonical_url: str | None
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    linkedin_url: str | None
    version: str
    directives: Directives = field(default_factory=Directives)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a post's text may need to know of its site.

    Attributes:
        url: Scheme, host and port (`https://example.com`), no trailing slash; empty where unknown.
        baseurl: Path below the host (`/blog`), no trailing slash; usually empty.
        config: `_config.yml` as parsed, for Liquid's `site`.
        post_urls: `post_url` names (`2024-01-31-slug`, with folders where given) to absolute URLs; may be lazy.
    """

    url: str = ""
    baseurl: str = ""
    config: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    post_urls: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One alteration of the author's text.

    Attributes:
        step: Which repair: "mojibake", "styled" or "invisible".
        before: The text as it stood.
        after: The text as it will be read.
        line: 1-based line, of the text given or of the file, see the function that returns it.
        confidence: 0 to 1; 1 where nothing else was possible.
    """

    step: Literal["mojibake", "styled", "invisible"]
    before: str
    after: str
    line: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The link card. All strings are plain: little text does not apply here (linkedin-api, "Creating a post")."""

    source: str
    title: str
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What LinkedIn would get for one post.

    Attributes:
        text: What a reader sees.
        wire: `text` as little text, sent as `commentary`.
        limit: Most UTF-16 code units that `wire` may have.
        fold: Index in `text` where the feed folds it; None where all of it shows.
        shortened: True where the body was cut to an excerpt.
        article: The link card, None for none.
        hashtags: Live hashtags in `text`, without `#`.
        link: The URL that `text` or the card carries to the post.
        repairs: Every alteration of the author's words, with lines of the file.
        findings: Errors keep the draft from being sent.
    """

    post: str
    title: str | None
    text: str
    wire: str
    limit: int
    fold: int | None
    shortened: bool
    visibility: str
    article: Article | None = None
    hashtags: tuple[str, ...] = ()
    link: str | None = None
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def length(self) -> int:
        """UTF-16 code units of `wire`: what counts against `limit`.

        LinkedIn's open Rest.li validator counts UTF-16 units; whether escapes count is unknown, so they do.
        """
        return len(self.wire.encode("utf-16-le", "surrogatepass")) // 2


# --- the ledger ---------------------------------------------------------------------------------------------------


class State(StrEnum):
    """Where one post stands with one account; the diagram is in docs/ledger.md."""

    CLAIMED = "claimed"
    RELEASED = "released"
    SENDING = "sending"
    PUBLISHED = "published"
    UNCERTAIN = "uncertain"
    FAILED = "failed"


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
        settled_at: When the entry reached published, uncertain or failed.
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


# --- LinkedIn's answers -------------------------------------------------------------------------------------------


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
    """

    failure: Failure
    problem: Problem
    retry_at: datetime | None = None
    credentials: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The post may have arrived: no trustworthy answer came. Never sent again by itself."""

    problem: Problem


Answer = Receipt | Rejected | Unclear


# --- what the user is told ----------------------------------------------------------------------------------------


class OutcomeKind(StrEnum):
    """The words of the contract for `publish --json`."""

    PUBLISHED = "published"
    WRITTEN_BACK = "written-back"
    WOULD_PUBLISH = "would-publish"
    WAITING = "waiting"
    SKIPPED = "skipped"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    MISSED = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one post in one run.

    Attributes:
        reason: One line for outcomes that need one.
        problem: For failed, uncertain and for a published post whose file could not be updated.
        credentials: True where the reason is the token.
    """

    post: str
    account: str
    kind: OutcomeKind
    reason: str | None = None
    urn: str | None = None
    url: str | None = None
    problem: Problem | None = None
    credentials: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One post as `status` shows it.

    Attributes:
        outcome: What a `publish --due` would do with it now.
        state: In the ledger; None where nothing was ever tried.
        due: When it goes or went out; None where it cannot be read.
    """

    outcome: Outcome
    state: State | None
    due: datetime | None
    attempts: int
