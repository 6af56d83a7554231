"""The vocabulary: posts, drafts, ledger entries, answers, outcomes.

One post changes its type as it goes: `Post` (read) → `Draft` (composed) → `Claim` (ours to send) →
`Receipt` (LinkedIn has it) → `Outcome` (told to the user). All types are frozen values.

A type's module is read when the type is first asked for: with nothing due a run needs half of them, and making frozen
dataclasses was a fifth of what such a run imports.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosspost.model.adoption import Adoption, AdoptionKind
    from crosspost.model.answer import Answer, Change, Done, Listed, Prepared, Receipt, Rejected, Twin, Unclear
    from crosspost.model.draft import Article, Draft, Repair
    from crosspost.model.entry import MAY_HAVE_ARRIVED, Claim, Entry, EntryKey, Failure, Held, State, Step
    from crosspost.model.familiar import Familiar, Habit, Use
    from crosspost.model.media import Attachment, Document, File, Gallery, Media, Picture, Poll, Video
    from crosspost.model.outcome import IS_DRAFT, Outcome, OutcomeKind, QueueLine, WaitsFor
    from crosspost.model.post import Directives, Post, Site
    from crosspost.model.recorded import Recorded
    from crosspost.model.records import Arrived, Mark, Record, Spending, Upload

_NAMES = {
    "adoption": "Adoption AdoptionKind",
    "answer": "Answer Change Done Listed Prepared Receipt Rejected Twin Unclear",
    "draft": "Article Draft Repair",
    "entry": "MAY_HAVE_ARRIVED Claim Entry EntryKey Failure Held State Step",
    "familiar": "Familiar Habit Use",
    "media": "Attachment Document File Gallery Media Picture Poll Video",
    "outcome": "IS_DRAFT Outcome OutcomeKind QueueLine WaitsFor",
    "post": "Directives Post Site",
    "recorded": "Recorded",
    "records": "Arrived Mark Record Spending Upload",
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names.split()}

__all__ = [
    "IS_DRAFT",
    "MAY_HAVE_ARRIVED",
    "Adoption",
    "AdoptionKind",
    "Answer",
    "Arrived",
    "Article",
    "Attachment",
    "Change",
    "Claim",
    "Directives",
    "Document",
    "Done",
    "Draft",
    "Entry",
    "EntryKey",
    "Failure",
    "Familiar",
    "File",
    "Gallery",
    "Habit",
    "Held",
    "Listed",
    "Mark",
    "Media",
    "Outcome",
    "OutcomeKind",
    "Picture",
    "Poll",
    "Post",
    "Prepared",
    "QueueLine",
    "Receipt",
    "Record",
    "Recorded",
    "Rejected",
    "Repair",
    "Site",
    "Spending",
    "State",
    "Step",
    "Twin",
    "Unclear",
    "Upload",
    "Use",
    "Video",
    "WaitsFor",
]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found  # or each use would ask here
    return found
