"""Outcomes of `publish` and `status`: JSON fields, lines for people, exit code."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from crosspost.errors import ExitCode, worst
from crosspost.model import OutcomeKind
from crosspost.report.terminal import counted, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crosspost.errors import Problem
    from crosspost.model import Outcome

_MARKS = {
    OutcomeKind.PUBLISHED: "✓",
    OutcomeKind.WRITTEN_BACK: "✓",
    OutcomeKind.WOULD_PUBLISH: "→",
    OutcomeKind.WAITING: "·",
    OutcomeKind.SKIPPED: "-",
    OutcomeKind.FAILED: "✗",
    OutcomeKind.UNCERTAIN: "?",
    OutcomeKind.MISSED: "!",
    OutcomeKind.EDITED: "✓",
    OutcomeKind.DELETED: "✓",
}
_ROUTINE = frozenset({OutcomeKind.SKIPPED, OutcomeKind.WAITING})


def outcome_fields(outcome: Outcome) -> dict[str, object]:
    """Return the fields of the contract for one outcome."""
    return {
        "post": outcome.post,
        "account": outcome.account,
        "outcome": outcome.kind.value,
        "reason": outcome.reason,
        "urn": outcome.urn,
        "url": outcome.url,
        "error": str(outcome.problem) if outcome.problem else None,
    }


def outcome_text(outcome: Outcome, *, verbose: bool = False) -> str:
    """Return an outcome for people: one line, and what to do where something is to be done."""
    head = f"{_MARKS[outcome.kind]} {outcome.kind.value:<13} {outcome.label}"
    said = outcome.problem.what if outcome.problem else outcome.reason
    lines = [f"{head}: {said}" if said else head]
    if outcome.url and outcome.kind is not OutcomeKind.SKIPPED:
        lines.append(f"  {outcome.url}")
    if outcome.problem:
        lines += problem_lines(outcome.problem, verbose=verbose)
    return safe("\n".join(lines))


def problem_lines(problem: Problem, *, verbose: bool = False) -> list[str]:
    """Return what LinkedIn has and what to do, indented under the line that said what happened."""
    lines = [f"  {part}" for part in (problem.linkedin_has, problem.fix) if part]
    if verbose and problem.detail:
        lines += [f"    {line}" for line in problem.detail.splitlines()]
    return lines


def is_routine(outcome: Outcome) -> bool:
    """Tell whether a person who did not name this post need not read about it."""
    return outcome.kind in _ROUTINE and outcome.problem is None


def summary(outcomes: Iterable[Outcome]) -> str:
    """Return one line of counts.

    >>> summary([])
    'no posts found'
    """
    counts = Counter(outcome.kind for outcome in outcomes)
    return ", ".join(f"{counts[kind]} {kind.value}" for kind in OutcomeKind if counts[kind]) or "no posts found"


WHERE_POSTS_ARE = "  change into your blog's folder, or see where posts are looked for: crosspost doctor --offline"


def what_is_due(outcomes: Iterable[Outcome]) -> str:
    """Return what helps where posts should have gone out by now; "" where none is due.

    What stops a run before it has claimed a post is not on record.
    """
    due = sum(outcome.kind is OutcomeKind.WOULD_PUBLISH for outcome in outcomes)
    told = f"{counted(due, 'post')} {'is' if due == 1 else 'are'} due"
    return (
        f"  {told}; what keeps posts from going out, the token for example, is told by: crosspost doctor" if due else ""
    )


def nothing_to_do(outcomes: Iterable[Outcome]) -> str:
    """Return why every post is left alone, with counts and what helps against its date; "" where one is not.

    Days and addresses, which differ from post to post, are left out of the reasons.
    """
    seen = list(outcomes)
    if not seen:
        return WHERE_POSTS_ARE
    if any(outcome.kind is not OutcomeKind.SKIPPED for outcome in seen):
        return ""
    reasons = Counter(re.sub(r":? (\d{4}-\d\d|https?://).*", "", outcome.reason or "") for outcome in seen)
    counted = "  " + ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    if not any(reason.startswith("older ") for reason in reasons):
        return counted  # nothing else gives way to a name
    return f"{counted}\n  a post that you name goes out whatever its date: crosspost publish POST"


def exit_code(outcomes: Iterable[Outcome]) -> ExitCode:
    """Return the exit code of a run: the worst that applies."""
    return worst({_code(outcome) for outcome in outcomes})


def _code(outcome: Outcome) -> ExitCode:
    if outcome.kind is OutcomeKind.FAILED:
        return ExitCode.CREDENTIALS if outcome.credentials else ExitCode.FAILED
    if outcome.kind in {OutcomeKind.UNCERTAIN, OutcomeKind.MISSED}:
        return ExitCode.ATTENTION
    if outcome.kind in {OutcomeKind.PUBLISHED, OutcomeKind.DELETED} and outcome.problem:
        return ExitCode.FAILED  # LinkedIn has done it, and the file does not say so
    return ExitCode.DONE
