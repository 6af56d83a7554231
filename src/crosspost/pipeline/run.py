"""What one account's run works with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from crosspost.addresses import API
from crosspost.errors import PostUnreadable
from crosspost.model import EntryKey, Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from crosspost.errors import Problem
    from crosspost.model import OutcomeKind, Post
    from crosspost.policy import AccountPolicy
    from crosspost.ports import Clock, Ledger, PageReader, PostSource, Publisher, Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Everything one account's run works with.

    Attributes:
        site: The site's identity in the ledger.
        owner: This process, as `host/pid`.
        api_url: The server that the posts go to.
        repository: Gets the addresses at the end of a run; None where the files are all that shall have them.
        pages: Tells whether the page of a post is there; None where posts do not wait for it.
        sending_lease: How long a send may take at most; after that its outcome is uncertain.
    """

    site: str
    source: PostSource
    ledger: Ledger
    publisher: Publisher
    policy: AccountPolicy
    clock: Clock
    owner: str
    api_url: str = API
    sending_lease: timedelta = timedelta(minutes=5)
    repository: Repository | None = None
    pages: PageReader | None = None

    def key(self, post: str) -> EntryKey:
        """Return the ledger's key of a post."""
        return EntryKey(site=self.site, account=self.policy.name, post=post)

    def knows(self, post: str) -> bool:
        """Tell whether the ledger has an entry of a post."""
        return self.ledger.get(self.key(post)) is not None

    def readable(self, post: str) -> Post | None:
        """Return a post as its file has it now; None where there is none, or one that cannot be read."""
        try:
            return self.source.read(post)
        except PostUnreadable:
            return None

    @property
    def subject(self) -> str:
        """What the ledger's notes of this site and account stand under."""
        return f"{self.site} {self.policy.name}"

    def baseline(self, *, record: bool) -> datetime:
        """Return the moment from which posts may go out by themselves: the setting, else when this site was first published.

        Args:
            record: Remember now as that moment if none is known; otherwise only look.
        """
        if self.policy.schedule.since:
            return self.policy.schedule.since
        now = self.clock.now()
        return self.ledger.baseline(self.site, now) if record else self.ledger.recorded_baseline(self.site) or now

    def outcome(
        self, post: str, kind: OutcomeKind, reason: str | None = None, problem: Problem | None = None
    ) -> Outcome:
        """Return an outcome of this run's account."""
        return Outcome(post=post, account=self.policy.name, kind=kind, reason=reason, problem=problem)
