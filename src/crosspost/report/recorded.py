"""What version control got of the addresses, for people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.errors import ExitCode
from crosspost.report.outcomes import problem_lines
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crosspost.errors import Problem
    from crosspost.model import Recorded

_HAS = "the posts are published; their addresses are in the files and in the ledger, and the next run commits and pushes them"


def recorded_text(recorded: Recorded, *, verbose: bool = False) -> str:
    """Return what was committed and where it is, and what to do where something is to be done; empty for nothing."""
    lines = []
    if recorded.commit:
        lines.append(f"committed {recorded.commit[:10]}: {recorded.where or 'no branch'}")
    if recorded.request_url:
        lines.append(f"  open a request to merge it: {recorded.request_url}")
    for notice in recorded.notices:
        lines += [f"note: {notice.what}", *problem_lines(notice, verbose=verbose)]
    if problem := failure(recorded):
        lines += [problem.what, *problem_lines(problem, verbose=verbose)]
    return safe("\n".join(lines))


def failure(recorded: Recorded) -> Problem | None:
    """Return why it failed with what there is now; None where it did not."""
    if recorded.problem is None:
        return None
    return replace(recorded.problem, what=f"not committed or not pushed: {recorded.problem.what}", linkedin_has=_HAS)


def recorded_code(all_recorded: Iterable[Recorded]) -> ExitCode:
    """Return the exit code: something is on LinkedIn, and its repository does not say so."""
    return ExitCode.FAILED if any(recorded.problem for recorded in all_recorded) else ExitCode.DONE
