"""What is there, in numbers: posts, those on LinkedIn already, those that would be due. Changes nothing, sends nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.errors import PostUnreadable
from crosspost.model import OutcomeKind
from crosspost.pipeline.queue import queue

if TYPE_CHECKING:
    from crosspost.pipeline.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of a site's posts.

    Attributes:
        posts: Files that are posts by name and place.
        on_linkedin: Those whose file names an address there.
        due: Those that a publish would send now.
        later: Those with a date to come.
        unreadable: Those that `check` has an error for before they can be read.
        newest: The key of the newest post that can be read, None for none.
    """

    posts: int
    on_linkedin: int
    due: int
    later: int
    unreadable: int
    newest: str | None


def tally(run: Run) -> Tally:
    """Count the posts of a run's site."""
    on_linkedin = unreadable = 0
    newest, keys = None, list(run.source.keys())
    for key in keys:
        try:
            post = run.source.read(key)
        except PostUnreadable:
            unreadable += 1
            continue
        if post:
            newest = key
            on_linkedin += post.linkedin_url is not None
    kinds = Counter(line.outcome.kind for line in queue(run))
    return Tally(
        posts=len(keys),
        on_linkedin=on_linkedin,
        due=kinds[OutcomeKind.WOULD_PUBLISH],
        later=kinds[OutcomeKind.WAITING],
        unreadable=unreadable,
        newest=newest,
    )
