"""Text that was decoded with the wrong code page (mojibake): what is sure is undone, anything else is offered."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from crosspost.text.addresses import undone_addresses
from crosspost.text.decoding import A0_RESTORED, decodings
from crosspost.text.edits import Edit, apply, as_repairs
from crosspost.text.mojibake.former import Former, as_before
from crosspost.text.mojibake.habits import Habits
from crosspost.text.mojibake.recovered import SURE_ENOUGH, is_rare
from crosspost.text.mojibake.recovery import recover
from crosspost.text.offers import UNDECIDED, leftovers_in, marks_left, offered, still_open
from crosspost.text.quotation import byte_order_marks_in
from crosspost.text.repaired import Repaired
from crosspost.text.stretches import is_damaged, kept_in, kept_unless_damaged, prose_in, spans_of, suspect_lines
from crosspost.text.suspicion import is_bad, is_broken, is_suspect, is_widespread
from crosspost.text.verbatim import Verbatim
from crosspost.text.weighing import is_doubtful, is_half_done, is_sure, may_name_a_letter, weighed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.model import Familiar, Repair
    from crosspost.text.mojibake.channel import Reader
    from crosspost.text.mojibake.recovered import Recovery
    from crosspost.text.verbatim import Span

_DAMAGED_ALL_OVER = 0.3  # the share of words from which on the others are suspects too
_MOST_REPAIRS = 100_000
# Three of four bytes, or two of three, and then the blank in front of the next word: ftfy would take it for the byte A0,
# and read ” as a dagger and 📝 as a fax machine.
_LOST_BEFORE_BLANK = re.compile(r"(?:â€|[ğð]Ÿ[^\w\s]) (?=\S)")
_KEPT_A0 = re.compile("[^\x00-\x7f]\xa0")  # where one has survived, no blank was one


def repair(text: str, familiar: Familiar | None = None) -> Repaired:
    """Undo wrong decodings; what has lost bytes and so cannot be undone is offered, unchanged, for a person to mend.

    Built on ftfy, its encoding fixes alone: they keep quotation marks, and with them the YAML of a title. Code, Liquid
    tags and addresses stay as they are; so do short quotations in a text that has no mojibake elsewhere, for they show
    it on purpose, and capitals like `IRMÔ, which may be right. Repairing twice changes nothing more.

    Args:
        text: Markdown, with or without front matter, or a line such as a title.
        familiar: How the author writes in other posts, to choose among readings of what lost bytes.

    Returns:
        Step "mojibake", and "familiar" for what the other posts had a say in. Clean text comes back as the same object.

    >>> repair("Ein schÃ¶ner Tag").text
    'Ein schöner Tag'
    >>> repair("The quote â€ was lost").offers[0].before
    'â€'
    """
    if not is_suspect(text):
        return Repaired(text=text)
    former = as_before(text, familiar.former) if familiar else Former()
    plain, repairs = apply(text, former.edits, "familiar")
    readers, fresh = former.readers, not former.readers
    offers: tuple[Repair, ...] = ()
    if former.whole:
        return Repaired(text=plain, repairs=tuple(repairs))
    habits = Habits(familiar) if familiar and familiar.posts else None
    while len(repairs) < _MOST_REPAIRS:
        made, found = _once(plain, readers, habits, former)
        if made.repairs:
            made = _with_addresses(made)
            repairs, plain = [*repairs, *made.repairs], made.text
            offers = (*made.offers, *still_open(plain, offers, made.offers))
            readers, fresh = found, not found
            continue
        offers = offers or made.offers
        if fresh:
            break
        readers, fresh = (), True
        if offers and _once(plain, (), habits, former)[0].repairs:
            return _undecided(text, repairs, offers)
    if repairs and any(byte_order_marks_in(text)):
        offers = tuple(sorted((*offers, *marks_left(plain, former.lines)), key=attrgetter("line")))
    return Repaired(text=plain, repairs=tuple(sorted(repairs, key=attrgetter("line"))), offers=offers)


def shows_damage(text: str) -> bool:
    """Tell, in a small part of the time of a repair, whether it would find anything; what shows by its mass alone is missed."""
    lines = tuple(suspect_lines(text))
    return any(is_bad(text[start:end]) for start, end in lines) and is_damaged(
        text, lines, kept_unless_damaged(text, kept_in(text))
    )


def _with_addresses(made: Repaired) -> Repaired:
    """Undo what was done to addresses as well, which are no words and so were left alone."""
    edits = undone_addresses(made.text, made.repairs)
    if not edits:
        return made
    text, repairs = apply(made.text, edits, "mojibake")
    undone: dict[int, list[Repair]] = {}
    for one in repairs:
        undone.setdefault(one.line, []).append(one)
    offers = (one for one in made.offers if not _is_undone(one, undone.get(one.line, ())))
    return Repaired(text=text, repairs=(*made.repairs, *repairs), offers=tuple(offers))


def _is_undone(offer: Repair, undone: Iterable[Repair]) -> bool:
    """Tell whether what was offered is an address of its line, undone now, or a word with nothing else that looks damaged."""
    left = offer.before
    for one in undone:
        left = left.replace(one.before, one.after)
    return left != offer.before and not any(leftovers_in(left, damaged=True))


def _undecided(text: str, repairs: list[Repair], offers: tuple[Repair, ...]) -> Repaired:
    """Offer all: what was repaired first would let the rest look like other damage, and be read otherwise."""
    unsure = (
        replace(one, confidence=min(one.confidence, UNDECIDED)) for one in _from_the_start(text, (*repairs, *offers))
    )
    return Repaired(text=text, offers=tuple(sorted(unsure, key=attrgetter("line"))))


def _from_the_start(text: str, made: Iterable[Repair]) -> Iterator[Repair]:
    """Return alterations, made one after the other, as alterations of a text as it stood: what was altered twice is one."""
    lines = text.split("\n")
    first: dict[int, list[Repair]] = {}
    for one in made:
        before = first.setdefault(one.line, [])
        if one.before in lines[one.line - 1]:
            before.append(one)
            continue
        for at, other in enumerate(before):
            if one.before in other.after:
                before[at] = replace(
                    other,
                    after=other.after.replace(one.before, one.after),
                    confidence=min(one.confidence, other.confidence),
                )
    return chain.from_iterable(first.values())


def _once(
    text: str, readers: tuple[Reader, ...], habits: Habits | None, former: Former
) -> tuple[Repaired, tuple[Reader, ...]]:
    """Repair what can be repaired by what the text tells now; repaired words tell more.

    Args:
        text: Before.
        readers: What may have happened, inverted, as the damage told before it was repaired in part.
        habits: What the author's other posts tell.
        former: What former versions tell; lines that they have are settled.

    Returns:
        What is made of it, and what may have happened, if bytes were lost.
    """
    lines = tuple(suspect_lines(text))
    proved = bool(readers and former.edits)
    if not (readers or any(is_bad(text[start:end]) for start, end in lines) or is_widespread(text, lines)):
        return Repaired(text=text), readers
    plain = kept_in(text)
    strict = kept_unless_damaged(text, plain)
    if not (proved or is_damaged(text, lines, strict)) and not (
        (readers or is_widespread(text, lines)) and recover(text, prose_in(text, strict), readers=readers)
    ):
        return Repaired(text=text), readers
    unsettled = Verbatim((*plain, *spans_of(text, former.lines)))
    prose = [stretch for line in lines for stretch in unsettled.between(*line)]
    edits = list(decodings(text, prose, blanks_are_bytes=True))
    fixed, repairs = apply(text, edits, "mojibake")
    if (
        readers
        or _LOST_BEFORE_BLANK.search(text)
        or any(map(_is_odd, edits))
        or (_KEPT_A0.search(text) and any(edit.confidence == A0_RESTORED for edit in edits))
        or any(leftovers_in(fixed, damaged=False))
    ):
        edits = list(decodings(text, prose, blanks_are_bytes=False))
        fixed, repairs = apply(text, edits, "mojibake")
    if edits and not proved and may_name_a_letter(text, edits):
        named = (replace(edit, confidence=UNDECIDED) for edit in edits)
        return Repaired(text=text, offers=tuple(as_repairs(text, named, "mojibake"))), readers
    offers = tuple(offered(fixed, former.lines, damaged=proved or bool(repairs)))
    damaged = proved or bool(offers) or any(is_doubtful(text, edit) or is_half_done(text, edit) for edit in edits)
    made = Repaired(text=fixed if repairs else text, repairs=tuple(repairs), offers=offers)
    if found := recover(text, prose_in(text, Verbatim(plain)), damaged=damaged, readers=readers, habits=habits):
        made, readers = _recovered(text, found, edits, former, lossy=bool(offers)), found.readers
    return made, readers


def _is_odd(edit: Edit) -> bool:
    """Tell whether a blank was taken for a byte of an emoji, or of a character that hardly anybody writes."""
    return edit.confidence == A0_RESTORED and any(
        _ends_in_a0(one) if one > "\uffff" else is_rare(one) for one in edit.after
    )


def _ends_in_a0(character: str) -> bool:
    return character.encode().endswith(b"\xa0")


def _recovered(text: str, found: Recovery, undone: list[Edit], former: Former, *, lossy: bool) -> Repaired:
    """Make the alterations that are sure enough, and offer the others.

    Args:
        text: As it stands.
        found: What lost bytes may have been.
        undone: What ftfy reads.
        former: What is settled.
        lossy: Whether that leaves anything.
    """
    words = weighed(text, found, undone, lossy=lossy)
    settled = Verbatim(spans_of(text, former.lines))
    edits = [edit for edit in words if not settled.touches(edit.start, edit.end)]
    sure = [edit for edit in edits if is_sure(text, edit)]
    all_over = len(sure) + len(former.edits) >= _DAMAGED_ALL_OVER * len(words)
    unsure = [
        edit for edit in edits if edit.confidence < SURE_ENOUGH and (all_over or is_broken(text[edit.start : edit.end]))
    ]
    fixed, repairs = apply(text, sure, "mojibake")
    listed = Verbatim(_moved(unsure, sure))
    offers = [*as_repairs(text, unsure, "mojibake"), *offered(fixed, former.lines, damaged=True, listed=listed)]
    return Repaired(
        text=fixed if repairs else text, repairs=tuple(repairs), offers=tuple(sorted(offers, key=attrgetter("line")))
    )


def _moved(edits: list[Edit], made: list[Edit]) -> Iterator[Span]:
    """Yield where edits stand once others are made; both are in ascending order, and apart from each other."""
    moved, others = 0, iter(made)
    other = next(others, None)
    for edit in edits:
        while other and other.start < edit.start:
            moved += len(other.after) - (other.end - other.start)
            other = next(others, None)
        yield edit.start + moved, edit.end + moved
