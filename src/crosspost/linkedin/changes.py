"""What an answer to an edit or a deletion proves. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.addresses import permalink
from crosspost.errors import Problem
from crosspost.linkedin.answers import classify
from crosspost.linkedin.exchange import Reply
from crosspost.model import Change, Done, Failure, Rejected, Unclear

if TYPE_CHECKING:
    from datetime import datetime

_DONE = frozenset({200, 204})
_GONE = frozenset({404, 410})  # the page calls deletion idempotent; one live test met 404 for a post already gone


def edited(outcome: Reply | Rejected | Unclear, urn: str, asked_at: datetime) -> Change:
    """Return what an answer to a PARTIAL_UPDATE proves (Posts API, "Update Post")."""
    as_it_was = f"the post is as it was: {permalink(urn)}"
    if not isinstance(outcome, Reply):
        return _retold(outcome, as_it_was, "the post has its old or its new text", _again("edit"))
    if outcome.status in _DONE:
        return Done()
    if outcome.status in _GONE:
        fix = "if it was deleted on LinkedIn, record that with: crosspost delete POST"
        return _refused("LinkedIn does not have the post any more", "nothing at this address", fix)
    meaning = classify(outcome.status, outcome.headers, outcome.body, asked_at)
    if outcome.status == 403 and isinstance(meaning, Rejected):
        # whether an app with the self-serve products may edit is not known: it is tried, and this is said where it may not
        fix = f"change it by hand at {permalink(urn)}; 'crosspost preview POST' has the text"
        return _refused("LinkedIn does not let this app edit posts", as_it_was, fix, meaning.problem.detail)
    return _retold(meaning, as_it_was, "the post has its old or its new text", _again("edit"))


def deleted(outcome: Reply | Rejected | Unclear, urn: str, asked_at: datetime) -> Change:
    """Return what an answer to a DELETE proves (Posts API, "Delete Posts")."""
    still_there = f"the post is still there: {permalink(urn)}"
    if not isinstance(outcome, Reply):
        return _retold(outcome, still_there, "the post may be gone or not", _again("delete"))
    if outcome.status in _DONE | _GONE:
        return Done()
    meaning = classify(outcome.status, outcome.headers, outcome.body, asked_at)
    return _retold(meaning, still_there, "the post may be gone or not", _again("delete"))


def complained(outcome: Reply | Rejected | Unclear, asked_at: datetime) -> Change:
    """Return what an answer to a create without content proves: `Done` where it complains of nothing but what is missing."""
    if not isinstance(outcome, Reply):
        return _retold(outcome, "nothing was sent", "nothing was sent", "run 'crosspost doctor' again later")
    meaning = classify(outcome.status, outcome.headers, outcome.body, asked_at)
    if outcome.status in {400, 422} and isinstance(meaning, Rejected) and meaning.failure is Failure.REFUSED:
        return Done()
    return _retold(meaning, "nothing was sent", "nothing was sent", "run 'crosspost doctor' again later")


def _again(command: str) -> str:
    return f"run it again: crosspost {command} POST"


def _refused(what: str, has: str, fix: str, detail: str | None = None) -> Rejected:
    problem = Problem(what=what, linkedin_has=has, fix=fix, detail=detail)
    return Rejected(failure=Failure.REFUSED, problem=problem)


def _retold(meaning: object, has: str, may_have: str, fix: str) -> Rejected | Unclear:
    """Say of a post that exists what the table of answers says of a new one."""
    if isinstance(meaning, Rejected):
        return replace(meaning, problem=replace(meaning.problem, linkedin_has=has))
    said = (
        meaning.problem
        if isinstance(meaning, Unclear)
        else Problem(what="LinkedIn gave an answer that means nothing", fix="")
    )
    return Unclear(problem=replace(said, linkedin_has=may_have, fix=fix))
