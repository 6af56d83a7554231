"""A post whose file has another name now.

The ledger knows posts by the names of their files and guards their texts. A new name usually gives the post a new address
on its site, and with it a new link in its text: then neither the name nor the text is the old one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.model import MAY_HAVE_ARRIVED
from crosspost.pipeline.draft import text_digest_at

if TYPE_CHECKING:
    from crosspost.model import Draft, Entry
    from crosspost.pipeline.run import Run


def former_entry(run: Run, draft: Draft, author: str) -> Entry | None:
    """Return the entry of a post that may be on LinkedIn, whose file is gone, and whose text this would be under its name.

    Asked only about posts that the ledger does not know, so that the files are listed once a new post.
    """
    entries = run.ledger.entries(run.site, run.policy.name)
    if not draft.link or run.key(draft.post) in entries:
        return None
    there = set(run.source.keys())
    for key, entry in entries.items():
        if entry.state in MAY_HAVE_ARRIVED and entry.author == author and key.post not in there:
            link = run.source.url_as(draft.post, key.post)
            if link and link != draft.link and text_digest_at(draft, link) == entry.text_digest:
                return entry
    return None
