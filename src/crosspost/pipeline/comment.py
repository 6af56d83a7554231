"""The first comment under a new post: best effort, at most once, never the post's own failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.errors import LedgerError
from crosspost.model import OutcomeKind

if TYPE_CHECKING:
    from crosspost.errors import Problem
    from crosspost.model import Draft, Outcome
    from crosspost.pipeline.run import Run

_NAME = "first-comment"


def comment_first(run: Run, draft: Draft, author: str, outcome: Outcome) -> Outcome:
    """Add the comment that the draft asks for. Return the outcome, with a word about a comment that failed.

    The intent is on record before the comment leaves: whoever finds it there does not send it again.
    """
    if outcome.kind is not OutcomeKind.PUBLISHED or not draft.first_comment or not outcome.urn:
        return outcome
    try:
        problem = _comment(run, outcome.urn, author, draft.first_comment)
    except LedgerError as error:  # the post is settled; the next post will meet this too
        problem = error.problem
    return outcome.adding(f"the first comment is missing: {problem.what}") if problem else outcome


def _comment(run: Run, urn: str, author: str, text: str) -> Problem | None:
    if not run.ledger.note(urn, _NAME, "sent, or about to be", run.clock.now()):
        return None
    if problem := run.publisher.comment(urn, author, text):
        run.ledger.note(urn, _NAME, problem.what, run.clock.now())
    return problem
