"""Lines of `adopt`: JSON fields, a diff-like text for people, exit code."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from crosspost.command_line import command_line
from crosspost.errors import ExitCode, worst
from crosspost.report.outcomes import problem_lines
from crosspost.report.terminal import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crosspost.model import Adoption, AdoptionKind

_MARKS = {"adopted": "✓", "would-adopt": "→", "offered": "?", "skipped": "-", "failed": "✗"}
_CODES = {"offered": ExitCode.ATTENTION, "failed": ExitCode.FAILED}


def adoption_fields(adoption: Adoption) -> dict[str, object]:
    """Return one line's fields; `docs/settling.md` explains them."""
    return {
        "post": adoption.post,
        "account": adoption.account,
        "outcome": adoption.kind.value,
        "url": adoption.url,
        "origin": adoption.origin,
        "likeness": None if adoption.likeness is None else round(adoption.likeness, 3),
        "reason": adoption.reason,
        "error": str(adoption.problem) if adoption.problem else None,
    }


def adoption_text(adoption: Adoption, key: str, *, verbose: bool = False) -> str:
    """Return one line for people, and the line that the file gets, or would.

    Args:
        adoption: What was found.
        key: Where the address goes in the front matter.
        verbose: With details.
    """
    said = [f"from the {adoption.origin}"] if adoption.origin else []
    said += [f"{adoption.likeness:.0%} alike"] if adoption.likeness is not None else []
    said += [adoption.reason] if adoption.reason else []
    head = f"{_MARKS[adoption.kind]} {adoption.kind.value:<13} {adoption.post}"
    lines = [f"{head}: {', '.join(said)}" if said else head]
    if adoption.kind in {"adopted", "would-adopt"}:
        lines.append(f"  + {key}: {adoption.url}")
    if adoption.kind == "offered":
        adopt = command_line("adopt", adoption.post, adoption.account, f"--url {adoption.url}")
        lines += [
            f"  {adoption.url}",
            f"  open it; if it is this post: {adopt}",
        ]
    if adoption.problem:
        lines += problem_lines(adoption.problem, verbose=verbose)
    return safe("\n".join(lines))


def adoptions_summary(adoptions: Sequence[Adoption], kinds: Iterable[AdoptionKind]) -> str:
    """Return one line of counts."""
    counts = Counter(adoption.kind for adoption in adoptions)
    return ", ".join(f"{counts[kind]} {kind.value}" for kind in kinds if counts[kind]) or "no posts found"


def adoptions_code(adoptions: Iterable[Adoption]) -> ExitCode:
    """Return the exit code: an offer wants a person's look, a refused file is a failure."""
    return worst({_CODES.get(adoption.kind.value, ExitCode.DONE) for adoption in adoptions})
