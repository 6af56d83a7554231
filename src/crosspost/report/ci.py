"""A run as CI shows it: annotations at the lines of files, and a summary in Markdown. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.findings import Severity
from crosspost.model import OutcomeKind
from crosspost.report.outcomes import summary
from crosspost.report.recorded import failure
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.errors import Problem
    from crosspost.findings import Finding
    from crosspost.model import Outcome, Recorded

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_ATTENTION = {
    OutcomeKind.FAILED: "error",
    OutcomeKind.UNCERTAIN: "error",
    OutcomeKind.MISSED: "warning",
    OutcomeKind.PUBLISHED: "error",  # on LinkedIn, with a problem afterwards
}
_ROUTINE = {OutcomeKind.SKIPPED, OutcomeKind.WAITING}


@dataclass(frozen=True, slots=True)
class Annotation:
    """One remark of a run: how grave it is, what it is about, and where.

    Attributes:
        level: `error`, `warning` or `notice`.
        message: One line, with what to do.
        post: The key of the post; None where it concerns the run.
        line: 1-based, None for the whole file; so is `column`.
    """

    level: str
    message: str
    post: str | None = None
    line: int | None = None
    column: int | None = None


def of_finding(finding: Finding) -> Annotation:
    """Return what `check` says of a post."""
    message = f"{finding.code} {finding.message}; {finding.fix}"
    return Annotation(_LEVELS[finding.severity], message, finding.post, finding.line, finding.column)


def of_outcome(outcome: Outcome) -> Iterator[Annotation]:
    """Yield what needs a look in the outcome of a post: each finding at its line, else the problem."""
    if outcome.kind not in _ATTENTION or not outcome.problem:
        return
    if outcome.findings:
        yield from map(of_finding, outcome.findings)
    else:
        account = "" if outcome.account == "default" else f"{outcome.account}: "
        yield Annotation(_ATTENTION[outcome.kind], f"{account}{outcome.problem}", outcome.post)


def of_commit(recorded: Recorded) -> Iterator[Annotation]:
    """Yield what needs a look in what version control got, and where a request waits to be opened."""
    yield from (Annotation("warning", str(notice)) for notice in recorded.notices)
    if recorded.request_url:
        yield Annotation("notice", f"open a request to merge {recorded.where}: {recorded.request_url}")
    if problem := failure(recorded):
        yield Annotation("error", str(problem))


def workflow_command(annotation: Annotation, folder: str = "") -> str:
    r"""Return an annotation as a workflow command of GitHub Actions (docs: "Workflow commands"; toolkit: `command.ts`).

    Args:
        annotation: What to say.
        folder: The site's folder in the repository, with a `/` at its end; empty for its top.

    >>> print(workflow_command(Annotation("error", "100% wrong:\nmend it", "_posts/a,b.md", 3), "blog/"))
    ::error title=crosspost,file=blog/_posts/a%2Cb.md,line=3::100%25 wrong:%0Amend it
    """
    place = {"title": "crosspost"}
    if annotation.post is not None:
        place["file"] = folder + annotation.post
    place |= {name: str(at) for name, at in (("line", annotation.line), ("col", annotation.column)) if at}
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in place.items())
    return f"::{annotation.level} {properties}::{_escaped(annotation.message)}"


def log_line(annotation: Annotation) -> str:
    """Return an annotation for a log that knows none.

    >>> log_line(Annotation("warning", "no posts found; set site.posts"))
    'WARNING: no posts found; set site.posts'
    """
    place = [str(part) for part in (annotation.post, annotation.line, annotation.column) if part is not None]
    return safe(f"{annotation.level.upper()}: {':'.join(place) + ': ' if place else ''}{annotation.message}")


def markdown(
    outcomes: Iterable[Outcome], commits: Iterable[Recorded], annotations: Iterable[Annotation], tokens: Iterable[str]
) -> str:
    """Return the summary of a run in Markdown.

    Args:
        outcomes: Of all posts.
        commits: What version control got.
        annotations: Everything that needs a look.
        tokens: A line about each account's token.
    """
    outcomes = list(outcomes)
    told = [outcome for outcome in outcomes if outcome.kind not in _ROUTINE]
    lines = ["### crosspost", "", summary(outcomes)]
    if told:
        lines += ["", "| | post | |", "|---|---|---|"]
        lines += [f"| {outcome.kind.value} | {_code(outcome.label)} | {_about(outcome)} |" for outcome in told]
    lines += _list("Needs a look", (f"**{one.level}** {_place(one)}{_text(one.message)}" for one in annotations))
    lines += _list(
        "", (f"committed {_code(one.commit[:10])}: {_text(one.where or '')}" for one in commits if one.commit)
    )
    lines += _list("", map(_text, tokens))
    return "\n".join([*lines, ""])


def problem_annotations(level: str, problems: Iterable[Problem]) -> list[Annotation]:
    """Return problems of the run as annotations."""
    return [Annotation(level, str(problem)) for problem in problems]


def _list(heading: str, items: Iterable[str]) -> list[str]:
    listed = [f"- {item}" for item in items]
    return ["", *([f"#### {heading}", ""] if heading else []), *listed] if listed else []


def _about(outcome: Outcome) -> str:
    said = outcome.problem.what if outcome.problem else outcome.reason
    return "; ".join(part for part in (outcome.url, _text(said) if said else None) if part)


def _place(annotation: Annotation) -> str:
    if annotation.post is None:
        return ""
    return f"{_code(annotation.post)}{f' line {annotation.line}' if annotation.line else ''}: "


def _code(text: str) -> str:
    return f"`{safe(text).replace('`', '’').replace('|', chr(0x2758))}`"


def _text(text: str) -> str:
    """Return words that may hold anything, as Markdown that shows them and does nothing."""
    plain = safe(text).replace("\n", " ")
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>|#~" else char for char in plain)


def _escaped(text: str, more: str = "") -> str:
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return text
