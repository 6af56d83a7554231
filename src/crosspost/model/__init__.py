"""The vocabulary: posts, drafts, ledger entries, answers, outcomes.

One post changes its type as it goes: `Post` (read) → `Draft` (composed) → `Claim` (ours to send) →
`Receipt` (LinkedIn has it) → `Outcome` (told to the user). All types are frozen values.
"""

from crosspost.model.adoption import Adoption, AdoptionKind
from crosspost.model.answer import Answer, Change, Done, Listed, Prepared, Receipt, Rejected, Twin, Unclear
from crosspost.model.draft import Article, Draft, Repair
from crosspost.model.entry import MAY_HAVE_ARRIVED, Claim, Entry, EntryKey, Failure, Held, State, Step
from crosspost.model.familiar import Familiar, Habit, Use
from crosspost.model.media import Attachment, Document, File, Gallery, Media, Picture, Poll, Video
from crosspost.model.outcome import IS_DRAFT, Outcome, OutcomeKind, QueueLine, WaitsFor
from crosspost.model.post import Directives, Post, Site
from crosspost.model.recorded import Recorded
from crosspost.model.records import Record, Spending, Upload

__all__ = [
    "IS_DRAFT",
    "MAY_HAVE_ARRIVED",
    "Adoption",
    "AdoptionKind",
    "Answer",
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
