"""Version control gets the addresses: seen to be possible before anything is sent, done at the end of a run.

The ledger calls a post written back when its repository has the address. So a crash in between, a remote that is down or a
refused push cost nothing: the next run finds the post still to be written back and commits and pushes what is lacking.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from crosspost.errors import LedgerError
from crosspost.model import OutcomeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from crosspost.model import Outcome, Recorded
    from crosspost.pipeline.run import Run
    from crosspost.pipeline.survey import Candidate

log = logging.getLogger(__name__)


def blocked(run: Run, candidates: Iterable[Candidate]) -> Iterator[Outcome]:
    """Yield an outcome for each candidate if the repository would not take their addresses; nothing where it would."""
    keys = [candidate.post.key for candidate in candidates]
    problem = run.repository.obstacle(keys) if run.repository and keys else None
    if problem:
        yield run.outcome(keys[0], OutcomeKind.FAILED, problem.what, problem)
        yield from (run.outcome(key, OutcomeKind.WAITING, problem.what) for key in keys[1:])


def record(run: Run, outcomes: Iterable[Outcome], tell: Callable[[Recorded], None]) -> Iterator[Outcome]:
    """Pass the outcomes on; when the last one is there, record the addresses that went into files on the way.

    Where the ledger fails, version control still gets them: on a machine that is thrown away nothing else would keep them.
    """
    written: dict[str, str] = {}
    try:
        for outcome in outcomes:
            if (
                outcome.kind in {OutcomeKind.PUBLISHED, OutcomeKind.WRITTEN_BACK}
                and outcome.url
                and not outcome.problem
            ):
                written[outcome.post] = outcome.url
            yield outcome
    except LedgerError:
        for recorded in _recorded(run, written):
            tell(recorded)
        raise
    for recorded in _recorded(run, written):
        for post in recorded.posts:
            run.ledger.mark_written_back(run.key(post), run.clock.now())
        tell(recorded)


def _recorded(run: Run, written: Mapping[str, str]) -> Iterable[Recorded]:
    return run.repository.record(written) if run.repository and written else ()


def log_recorded(recorded: Recorded) -> None:
    """Log what a person should know of a commit."""
    for problem in (*recorded.notices, *([recorded.problem] if recorded.problem else [])):
        log.warning("%s", problem)
