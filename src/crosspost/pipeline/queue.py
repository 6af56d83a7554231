"""What `publish --due` would do with every post, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.model import QueueLine
from crosspost.pipeline.publish import send_all
from crosspost.pipeline.survey import survey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from crosspost.model import Entry, Outcome
    from crosspost.pipeline.run import Run


def queue(run: Run) -> Iterator[QueueLine]:
    """Yield every post of the site: what needs a look or waits first, then what is due. Changes nothing, sends nothing."""
    settled, candidates = survey(run, run.source.keys(), named=False, baseline=run.baseline(record=False))
    for line in settled:
        yield _line(line.outcome, line.entry, line.due)
    by_key = {candidate.post.key: candidate for candidate in candidates}
    for outcome in send_all(run, candidates, named=False, dry_run=True, limit=None):
        candidate = by_key[outcome.post]
        yield _line(outcome, candidate.entry, candidate.due)


def _line(outcome: Outcome, entry: Entry | None, moment: datetime | None) -> QueueLine:
    state, attempts = (entry.state, entry.attempts) if entry else (None, 0)
    return QueueLine(outcome=outcome, state=state, due=moment, attempts=attempts)
