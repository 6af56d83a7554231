"""A post whose file has another name now.

The ledger knows posts by the names of their files and guards their texts. A new name usually gives the post a new address
on its site, and with it a new link in its text: then neither the name nor the text is the old one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from crosspost.model import MAY_HAVE_ARRIVED
from crosspost.pipeline.draft import text_digest_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.model import Draft, Entry, Mark
    from crosspost.pipeline.run import Run


@dataclass(frozen=True)
class Names:
    """The names that posts have had, for one run over its posts.

    Files are listed once: what is renamed after that is not among the posts of the run under its new name. The ledger is
    asked each time for what has changed, since another machine may be at work on a copy of the site that has the old names.
    """

    run: Run
    _gone: dict[str, tuple[dict[str, str], Mark | None]] = field(default_factory=dict)

    def former_entry(self, draft: Draft, author: str) -> Entry | None:
        """Return the entry of a post that may be on LinkedIn, whose file is gone, and whose text this would be under its name.

        Asked only about posts that the ledger does not know.
        """
        run = self.run
        if not draft.link:
            return None
        for name, digest in self._without_file(author).items():
            link = run.source.url_as(draft.post, name)
            if link and link != draft.link and text_digest_at(draft, link) == digest:
                entry = run.ledger.get(run.key(name))
                if entry and entry.state in MAY_HAVE_ARRIVED:  # it may have failed since it was noted here
                    return entry
        return None

    def _without_file(self, author: str) -> Mapping[str, str]:
        """Return the posts of an author that may have arrived and whose files are gone, with the digests of their texts."""
        gone, mark = self._gone.get(author, ({}, None))
        found = self.run.ledger.arrived(self.run.site, self.run.policy.name, author, mark)
        gone |= {name: digest for name, digest in found.posts.items() if name not in self._there}
        self._gone[author] = gone, found.mark
        return gone

    @cached_property
    def _there(self) -> frozenset[str]:
        return frozenset(self.run.source.keys())
