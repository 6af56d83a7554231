"""The state machine of the ledger as data, and the questions that every backend asks it. Pure.

The arrows have the letters of the diagram in docs/ledger.md; SQL comments and tests use the same letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.model import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from crosspost.model import Entry

# Why a sweep moved an entry, in the words that the history and `crosspost status` show.
CLAIM_STALLED = "the run that had claimed it ended before anything was sent"
SENDING_STALLED = "the run that sent it ended, or took longer than its lease, without recording an answer"


@dataclass(frozen=True, slots=True)
class Arrow:
    """One kind of step.

    Attributes:
        letter: As in the diagram.
        sources: States that it may leave; None is "no entry yet".
        target: The state that it leads to.
        meaning: What has happened in the world, one line.
    """

    letter: str
    sources: frozenset[State | None]
    target: State
    meaning: str


def _arrow(letter: str, sources: AbstractSet[State | None], target: State, meaning: str) -> tuple[str, Arrow]:
    return letter, Arrow(letter, frozenset(sources), target, meaning)


ARROWS: Mapping[str, Arrow] = MappingProxyType(
    dict(
        [
            # claimed only where stalled: see `claimable`
            _arrow("a", {None, State.RELEASED, State.FAILED, State.CLAIMED}, State.CLAIMED, "one run has the right"),
            _arrow("b", {State.CLAIMED}, State.SENDING, "the intent to send is durable; nothing has left yet"),
            # claimed, released and deleted only for another attempt of the entry: see docs/ledger.md
            _arrow("c", set(State) - {State.PUBLISHED}, State.PUBLISHED, "LinkedIn's receipt: the post is there"),
            _arrow("d", {State.SENDING}, State.FAILED, "LinkedIn surely has nothing of this attempt"),
            _arrow("e", {State.SENDING}, State.UNCERTAIN, "no trustworthy answer: the post may be there"),
            _arrow("f", {State.CLAIMED}, State.RELEASED, "given back; nothing was sent"),
            _arrow("g", {State.UNCERTAIN}, State.PUBLISHED, "a person found the post"),
            _arrow("h", {State.UNCERTAIN}, State.FAILED, "a person says that the post is not there"),
            _arrow("i", {State.PUBLISHED}, State.DELETED, "LinkedIn has deleted the post, as a person asked"),
            _arrow("j", {State.PUBLISHED, State.UNCERTAIN, State.DELETED}, State.RELEASED, "a person wants another"),
        ]
    )
)

# While one entry is in one of these states, no other entry of the same author with the same text may be claimed.
GUARDING = frozenset({State.CLAIMED, State.SENDING, State.UNCERTAIN, State.PUBLISHED})


def leaves(letter: str, before: State | None) -> bool:
    """Tell whether an arrow may leave a state.

    >>> leaves("b", State.CLAIMED), leaves("a", State.SENDING)
    (True, False)
    """
    return before in ARROWS[letter].sources


def is_stalled(entry: Entry, now: datetime, alive: Callable[[str], bool]) -> bool:
    """Tell whether nobody works on this entry any more although it is claimed or sending.

    The lease of a living owner counts to its very end. `alive` may err on the side of True: then the lease decides.
    If it errs on the side of False nothing is sent twice either: a claim that was taken over cannot be marked sending.
    """
    if entry.state not in {State.CLAIMED, State.SENDING}:
        return False
    return now > entry.lease_until or not alive(entry.owner)


def claimable(entry: Entry | None, now: datetime, alive: Callable[[str], bool]) -> bool:
    """Tell whether arrow a may be taken from here.

    A stalled `sending` is not claimable, whatever its age: its post may be on LinkedIn.
    """
    if entry is None:
        return True
    if entry.state is State.CLAIMED:
        return is_stalled(entry, now, alive)
    return leaves("a", entry.state)


def is_in_the_way(twin: Entry, now: datetime, alive: Callable[[str], bool]) -> bool:
    """Tell whether a twin that guards its text keeps another entry from being claimed: all but a stalled claim do."""
    return twin.state is not State.CLAIMED or not is_stalled(twin, now, alive)


def yields_to_receipt(twin: Entry) -> State:
    """Return where a twin goes when a late receipt proves that its text is on LinkedIn under another name.

    A claimed twin has sent nothing and is released. Any other stays: LinkedIn has its post too, or may have it.
    """
    return State.RELEASED if twin.state is State.CLAIMED else twin.state
