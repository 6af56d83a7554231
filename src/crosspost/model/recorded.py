"""What version control got of the addresses that were written into files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosspost.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One commit, or what stood in its way.

    Attributes:
        posts: The posts whose addresses need nothing more; those that are missing wait for the next run.
        commit: Hash of the commit that was made; None where none was needed.
        where: The branch that has it, and the remote if it was pushed.
        request_url: Where a person opens the pull or merge request.
        notices: What a person should know, though nothing failed.
        problem: Why it failed; the addresses are in the files and in the ledger.
    """

    posts: frozenset[str] = frozenset()
    commit: str | None = None
    where: str | None = None
    request_url: str | None = None
    notices: tuple[Problem, ...] = ()
    problem: Problem | None = None
