"""Missed posts that a person has decided to leave out: the ledger remembers it, the file stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.pipeline.run import Run


def leave_out(run: Run, key: str) -> None:
    """Record that a post does not go out by itself any more, and needs no look; named, it still goes out."""
    run.ledger.note(_subject(run), key, "yes", run.clock.now())


def left_out(run: Run) -> Mapping[str, str]:
    """Return the posts of a run's account that were left out."""
    return run.ledger.notes(_subject(run))


def _subject(run: Run) -> str:
    return f"left out {run.subject}"
