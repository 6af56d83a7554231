"""Stand-ins for the outside world, for tests of the use cases."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from crosspost.errors import PostUnreadable, Problem
from crosspost.findings import Finding
from crosspost.ledger.memory import MemoryLedger
from crosspost.model import Done, Draft, Post, Prepared, Receipt, Recorded, Rejected, Site
from crosspost.pipeline.run import Run
from crosspost.policy import AccountPolicy, SchedulePolicy, TextPolicy, WriteBackPolicy

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
AUTHOR = "urn:li:person:jo"


def a_post(key: str = "_posts/2026-11-22-a.md", **fields) -> Post:
    """A post that is due."""
    basic = {
        "title": key.rpartition("-")[2].removesuffix(".md").title(),
        "date": NOW - timedelta(hours=1),
        "body": f"The text of {key}.",
        "body_line": 4,
        "front_matter": {},
        "markup": "markdown",
        "canonical_url": "https://blog.example/a/",
        "categories": (),
        "tags": (),
        "linkedin_url": None,
    }
    return Post(key=key, **(basic | fields))


@dataclass
class FakeClock:
    """Time that passes only when told."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class FakeSource:
    """Posts in a dictionary; a value of None is a file that is no post, an exception is raised."""

    posts: dict[str, Post | Exception | None]
    site: Site = field(default_factory=lambda: Site(url="https://blog.example"))
    refuse: Exception | None = None
    obstacle: Problem | None = None
    barrier: Problem | None = None
    files: dict[str, object] = field(default_factory=dict)

    def keys(self):
        return iter(self.posts)

    def key_of(self, path, *, known=lambda _key: False):
        return path

    def read(self, key):
        post = self.posts[key]
        if isinstance(post, Exception):
            raise post
        return post

    def stamps(self):
        return {key: self.stamp(key) for key in self.posts}

    def stamp(self, key):
        return repr(self.posts[key]).encode() if key in self.posts else b""

    def glance(self, key, stamp=None):
        post = self.read(key)
        unknown = {"title": None, "body": "", "front_matter": {}, "canonical_url": None, "tags": (), "findings": ()}
        return post and replace(post, **unknown)

    def learn(self, key, stamp):
        pass

    def remember(self):
        pass

    def url_as(self, key, name):
        return self.posts[key].canonical_url

    def look(self, post, attachment):
        file = self.files[attachment.source]
        if isinstance(file, Exception):
            raise file
        return file

    def write_back_obstacle(self, key, policy):
        return self.obstacle

    def write_back_barrier(self, key):
        return self.barrier

    def write_back(self, key, url, policy):
        if self.refuse:
            raise self.refuse
        post = self.posts[key]
        changed = post.linkedin_url != url
        self.posts[key] = replace(post, linkedin_url=url)
        return changed

    def take_back(self, key, url, policy):
        if self.refuse:
            raise self.refuse
        post = self.posts[key]
        self.posts[key] = replace(post, linkedin_url=None)
        return True


@dataclass
class FakeRepository:
    """Takes the addresses, unless it has a problem; remembers what it was given."""

    problem: Problem | None = None
    refuse: Problem | None = None
    asked: list[list[str]] = field(default_factory=list)
    written: list[dict[str, str]] = field(default_factory=list)

    def obstacle(self, keys):
        self.asked.append(list(keys))
        return self.problem

    def record(self, written):
        self.written.append(dict(written))
        yield Recorded(problem=self.refuse) if self.refuse else Recorded(posts=frozenset(written), commit="c0ffee")


@dataclass
class FakePublisher:
    """Gives the answers in order, then receipts; remembers what was sent."""

    answers: list = field(default_factory=list)
    who: object = AUTHOR
    sent: list[bytes] = field(default_factory=list)
    changes: list = field(default_factory=list)
    changed: list[tuple[str, ...]] = field(default_factory=list)
    listed: tuple | None = None
    preparing: list = field(default_factory=list)
    renewed: list[bool] = field(default_factory=list)
    comments: list[tuple[str, str]] = field(default_factory=list)
    comment_problem: Problem | None = None

    def recent(self, author):
        return self.listed

    def author(self):
        return self.who

    def prepare(self, draft: Draft, author: str, *, renew: bool = False) -> Prepared | Rejected:
        self.renewed.append(renew)
        if self.preparing:
            return self.preparing.pop(0)
        body = draft.wire.encode()
        return Prepared(author=author, body=body, digest=hashlib.sha256(body).hexdigest())

    def comment(self, urn: str, author: str, text: str) -> Problem | None:
        self.comments.append((urn, text))
        return self.comment_problem

    def send(self, prepared: Prepared):
        self.sent.append(prepared.body)
        answer = self.answers.pop(0) if self.answers else receipt(len(self.sent))
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def edit(self, urn: str, draft: Draft):
        self.changed.append(("edit", urn, draft.text))
        return self.changes.pop(0) if self.changes else Done()

    def delete(self, urn: str):
        self.changed.append(("delete", urn))
        return self.changes.pop(0) if self.changes else Done()


def receipt(number: int = 1) -> Receipt:
    urn = f"urn:li:share:{number}"
    return Receipt(urn=urn, url=f"https://www.linkedin.com/feed/update/{urn}/")


def unreadable(key: str) -> PostUnreadable:
    return PostUnreadable(
        Finding(post=key, code="XP004", message="the front matter is not valid", fix="mend it", line=2)
    )


def a_run(*posts: Post, answers=(), **parts) -> Run:
    """A run over the given posts with a ledger in memory."""
    rules = {"since": NOW - timedelta(days=30), "timezone": UTC} | parts.pop("schedule", {})
    policy = AccountPolicy(
        name="default", author="", text=TextPolicy(), schedule=SchedulePolicy(**rules), write_back=WriteBackPolicy()
    )
    policy = replace(policy, identical_retry=parts.pop("identical_retry", False))
    ready = {
        "site": "https://blog.example",
        "source": FakeSource({post.key: post for post in posts}),
        "ledger": MemoryLedger(alive=lambda _owner: True),
        "publisher": FakePublisher(list(answers)),
        "policy": policy,
        "clock": FakeClock(),
        "owner": "host/1",
    }
    return Run(**(ready | parts))
