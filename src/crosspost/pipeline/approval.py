"""A person's approval of what LinkedIn would get: it holds for the text that was seen, not for the file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.command_line import command_line
from crosspost.errors import PostUnreadable
from crosspost.model import IS_DRAFT, OutcomeKind, WaitsFor
from crosspost.pipeline.draft import draft as draft_of
from crosspost.pipeline.draft import unsendable

if TYPE_CHECKING:
    from crosspost.model import Draft, Outcome
    from crosspost.pipeline.run import Run


def digest(draft: Draft) -> str:
    """Return the SHA-256 (hex) of everything about a draft that a reader of LinkedIn may see, and who may see it."""
    seen = replace(draft, post="", limit=0, fold=None, repairs=(), findings=())
    return hashlib.sha256(repr(seen).encode("utf-8", "surrogatepass")).hexdigest()


def awaited(run: Run, draft: Draft) -> Outcome | None:
    """Return the outcome of a post that waits for approval, None where it has it or needs none."""
    if not run.policy.schedule.approve:
        return None
    approved = run.ledger.notes(_subject(run)).get(draft.post)
    if approved == digest(draft):
        return None
    approve_it = command_line("approve", draft.post, run.policy.name)
    why = "changed since it was approved" if approved else "waits for approval"
    outcome = run.outcome(draft.post, OutcomeKind.WAITING, f"{why}: {approve_it}")
    return replace(outcome, waits_for=WaitsFor.APPROVAL)


def approve(run: Run, key: str) -> Outcome | Draft:
    """Record that a person lets a post go out as it is now. Return what was approved, or why nothing was.

    Raises:
        LedgerError: It was not recorded.
    """
    try:
        post = run.source.read(key)
    except PostUnreadable as error:
        return run.outcome(key, OutcomeKind.FAILED, error.problem.what, error.problem)
    if post is None:
        return run.outcome(key, OutcomeKind.SKIPPED, IS_DRAFT)
    draft = draft_of(run.source, run.policy, post)
    if problem := unsendable(draft):
        return run.outcome(key, OutcomeKind.FAILED, problem.what, problem)
    run.ledger.note(_subject(run), key, digest(draft), run.clock.now())
    return draft


def withdraw(run: Run, key: str) -> bool:
    """Take an approval back; return whether there was one."""
    return run.ledger.note(_subject(run), key, None, run.clock.now())


def _subject(run: Run) -> str:
    return f"approved {run.subject}"
