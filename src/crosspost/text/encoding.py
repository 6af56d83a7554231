"""Text that was decoded with the wrong code page (mojibake), where every byte survived."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from crosspost.text.addresses import undone_addresses
from crosspost.text.decoding import A0_RESTORED, SURE, decodings
from crosspost.text.edits import Edit, apply, as_repairs, side_by_side
from crosspost.text.mojibake.former import Former, as_before
from crosspost.text.mojibake.habits import Habits
from crosspost.text.mojibake.recovered import SURE_ENOUGH, is_rare
from crosspost.text.mojibake.recovery import recover
from crosspost.text.mojibake.speech import Speech, words_in
from crosspost.text.quotation import ambiguous_in, byte_order_marks_in, meant_in, quotations_in
from crosspost.text.repaired import Repaired
from crosspost.text.suspicion import is_bad, is_broken, is_suspect, is_widespread, leftovers
from crosspost.text.verbatim import Verbatim, addresses_in, code_in, front_matter_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.model import Familiar, Repair
    from crosspost.text.mojibake.channel import Reader
    from crosspost.text.mojibake.recovered import Recovered, Recovery
    from crosspost.text.verbatim import Span

_NO_READING, _UNDECIDED = 0.0, 0.5
_DAMAGED_ALL_OVER = 0.3  # the share of words from which on the others are suspects too
_MOST_REPAIRS = 100_000
_SCALAR = re.compile(r"(?:[\w.-]+:|-)[ \t]+(?P<quote>[\"'])(?P<value>.*)(?P=quote)[ \t]*\r?\Z")
# Three of four bytes, or two of three, and then the blank in front of the next word: ftfy would take it for the byte A0,
# and read ” as a dagger and 📝 as a fax machine.
_LOST_BEFORE_BLANK = re.compile(r"(?:â€|[ğð]Ÿ[^\w\s]) (?=\S)")
_KEPT_A0 = re.compile("[^\x00-\x7f]\xa0")  # where one has survived, no blank was one
# à and a blank without their second bytes, or the letters themselves, which who writes about damaged text names.
_LETTER_ALONE = re.compile(r"(?<!\w)[ÂÃ](?!\w)")
_HAVE_SUCH_A_WORD = frozenset({"fr", "pt", "vi"})


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
            offers = (*made.offers, *_still_open(plain, offers, made.offers))
            readers, fresh = found, not found
            continue
        offers = offers or made.offers
        if fresh:
            break
        readers, fresh = (), True
        if offers and _once(plain, (), habits, former)[0].repairs:
            return _undecided(text, repairs, offers)
    if repairs and any(byte_order_marks_in(text)):
        offers = tuple(sorted((*offers, *_marks_left(plain, former.lines)), key=_by_line))
    return Repaired(text=plain, repairs=tuple(sorted(repairs, key=_by_line)), offers=offers)


def shows_damage(text: str) -> bool:
    """Tell, in a small part of the time of a repair, whether it would find anything; what shows by its mass alone is missed."""
    lines = tuple(_suspect_lines(text))
    return any(is_bad(text[start:end]) for start, end in lines) and _is_damaged(
        text, lines, _strict(text, _plain(text))
    )


def _plain(text: str) -> tuple[Span, ...]:
    """Return what is never repaired."""
    return (*code_in(text), *addresses_in(text), *meant_in(text))


def _strict(text: str, plain: tuple[Span, ...]) -> Verbatim:
    """Return what is not repaired in a text that has no damage elsewhere."""
    return Verbatim((*plain, *quotations_in(text), *ambiguous_in(text)))


def _marks_left(text: str, known: frozenset[int]) -> Iterator[Repair]:
    """Offer to remove garbled byte order marks: one shown on purpose would have been damaged once more with its text."""
    code = Verbatim(code_in(text))
    marks = (span for span in byte_order_marks_in(text) if not code.touches(*span))
    offers = as_repairs(text, (Edit(start, end, "", _UNDECIDED) for start, end in marks), "mojibake")
    return (one for one in offers if one.line not in known)


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
    return left != offer.before and not any(_leftovers(left, damaged=True))


def _still_open(text: str, before: tuple[Repair, ...], now: tuple[Repair, ...]) -> Iterator[Repair]:
    """Yield what was offered, stands as it stood, and is not offered now: with less damage beside it, it looks like none."""
    lines, known = text.split("\n"), {(one.line, one.before) for one in now}
    return (one for one in before if (one.line, one.before) not in known and one.before in lines[one.line - 1])


def _undecided(text: str, repairs: list[Repair], offers: tuple[Repair, ...]) -> Repaired:
    """Offer all: what was repaired first would let the rest look like other damage, and be read otherwise."""
    unsure = (
        replace(one, confidence=min(one.confidence, _UNDECIDED)) for one in _from_the_start(text, (*repairs, *offers))
    )
    return Repaired(text=text, offers=tuple(sorted(unsure, key=_by_line)))


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


def _by_line(one: Repair) -> int:
    return one.line


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
    lines = tuple(_suspect_lines(text))
    proved = bool(readers and former.edits)
    if not (readers or any(is_bad(text[start:end]) for start, end in lines) or is_widespread(text, lines)):
        return Repaired(text=text), readers
    plain = _plain(text)
    strict = _strict(text, plain)
    if not (proved or _is_damaged(text, lines, strict)) and not (
        (readers or is_widespread(text, lines)) and recover(text, _prose(text, strict), readers=readers)
    ):
        return Repaired(text=text), readers
    unsettled = Verbatim((*plain, *_spans_of(text, former.lines)))
    prose = [stretch for line in lines for stretch in unsettled.between(*line)]
    edits = list(decodings(text, prose, blanks_are_bytes=True))
    fixed, repairs = apply(text, edits, "mojibake")
    if (
        readers
        or _LOST_BEFORE_BLANK.search(text)
        or any(map(_is_odd, edits))
        or (_KEPT_A0.search(text) and any(edit.confidence == A0_RESTORED for edit in edits))
        or any(_leftovers(fixed, damaged=False))
    ):
        edits = list(decodings(text, prose, blanks_are_bytes=False))
        fixed, repairs = apply(text, edits, "mojibake")
    if edits and not proved and _may_name_a_letter(text, edits):
        named = (replace(edit, confidence=_UNDECIDED) for edit in edits)
        return Repaired(text=text, offers=tuple(as_repairs(text, named, "mojibake"))), readers
    offers = tuple(_offers(fixed, former.lines, damaged=proved or bool(repairs)))
    damaged = proved or bool(offers) or any(_is_doubtful(text, edit) or _is_half_done(text, edit) for edit in edits)
    made = Repaired(text=fixed if repairs else text, repairs=tuple(repairs), offers=offers)
    if found := recover(text, _prose(text, Verbatim(plain)), damaged=damaged, readers=readers, habits=habits):
        made, readers = _recovered(text, found, edits, former, lossy=bool(offers)), found.readers
    return made, readers


def _spans_of(text: str, lines: frozenset[int]) -> Iterator[Span]:
    start = 0
    for number, line in enumerate(text.split("\n") if lines else (), start=1):
        if number in lines:
            yield start, start + len(line)
        start += len(line) + 1


def _is_odd(edit: Edit) -> bool:
    """Tell whether a blank was taken for a byte of an emoji, or of a character that hardly anybody writes."""
    return edit.confidence == A0_RESTORED and any(
        _ends_in_a0(one) if one > "\uffff" else is_rare(one) for one in edit.after
    )


def _may_name_a_letter(text: str, edits: Iterable[Edit]) -> bool:
    """Tell whether all that looks damaged is the letter Ã, alone, in a language that has no word à."""
    damaged = "".join(text[edit.start : edit.end] for edit in edits)
    if "Ã" not in damaged or not all(_LETTER_ALONE.sub("", text[edit.start : edit.end]).isascii() for edit in edits):
        return False
    return not Speech(words_in(text)).speaks(_HAVE_SUCH_A_WORD)


def _is_doubtful(text: str, edit: Edit) -> bool:
    """Tell whether a reading makes Latin letters that hardly anybody writes: with another lead byte they are others."""
    made = (one for one in edit.after if "\u0180" <= one < "\u02b0")
    return any(is_rare(one) and one not in text[edit.start : edit.end] for one in made)


def _is_half_done(text: str, edit: Edit) -> bool:
    """Tell whether a letter beyond ASCII stays in a word of which another was undone: the image of a byte, the next one lost."""
    words = zip(text[edit.start : edit.end].split(" "), edit.after.split(" "), strict=False)
    return any(one in after for before, after in words for one in before if one > "\x7f" and one.isalpha())


def _is_read_otherwise(edit: Edit, found: Recovery) -> bool:
    first = bisect_left(found.words, edit.start, key=_by_start)
    words = takewhile(lambda one: one.end <= edit.end, islice(found.words, first, None))
    return any(one.readings[0].text not in edit.after for one in words)


def _ends_in_a0(character: str) -> bool:
    return character.encode().endswith(b"\xa0")


def _prose(text: str, verbatim: Verbatim) -> list[Span]:
    """Return the stretches of a text to read, line by line; the quotation marks of a YAML scalar are not among them."""
    found: list[Span] = []
    body, start = front_matter_end(text), 0
    for line in text.split("\n"):
        scalar = _SCALAR.match(line) if start < body else None
        first, last = scalar.span("value") if scalar else (0, len(line))
        found += verbatim.between(start + first, start + last)
        start += len(line) + 1
    return found


def _recovered(text: str, found: Recovery, undone: list[Edit], former: Former, *, lossy: bool) -> Repaired:
    """Make the alterations that are sure enough, and offer the others.

    Args:
        text: As it stands.
        found: What lost bytes may have been.
        undone: What ftfy reads.
        former: What is settled.
        lossy: Whether that leaves anything.
    """
    words = _weighed(text, found, undone, lossy=lossy)
    settled = Verbatim(_spans_of(text, former.lines))
    edits = [edit for edit in words if not settled.touches(edit.start, edit.end)]
    sure = [edit for edit in edits if _is_sure(text, edit)]
    all_over = len(sure) + len(former.edits) >= _DAMAGED_ALL_OVER * len(words)
    unsure = [
        edit for edit in edits if edit.confidence < SURE_ENOUGH and (all_over or is_broken(text[edit.start : edit.end]))
    ]
    fixed, repairs = apply(text, sure, "mojibake")
    listed = Verbatim(_moved(unsure, sure))
    offers = [*as_repairs(text, unsure, "mojibake"), *_offers(fixed, former.lines, damaged=True, listed=listed)]
    return Repaired(text=fixed if repairs else text, repairs=tuple(repairs), offers=tuple(sorted(offers, key=_by_line)))


def _moved(edits: list[Edit], made: list[Edit]) -> Iterator[Span]:
    """Yield where edits stand once others are made; both are in ascending order, and apart from each other."""
    moved, others = 0, iter(made)
    other = next(others, None)
    for edit in edits:
        while other and other.start < edit.start:
            moved += len(other.after) - (other.end - other.start)
            other = next(others, None)
        yield edit.start + moved, edit.end + moved


def _weighed(text: str, found: Recovery, undone: list[Edit], *, lossy: bool) -> list[Edit]:
    """Choose between both readings.

    Where ftfy reads all that is damaged, no byte is lost, and it has the first word. Elsewhere it may have taken the
    rest of a character for another one, and is believed where the words alone tell too little. Nor has it where it makes a
    letter that hardly any text has: it takes the first code page that fits a line.
    """
    undone = [edit for edit in undone if not (_is_doubtful(text, edit) and _is_read_otherwise(edit, found))]
    taken = Verbatim((edit.start, edit.end) for edit in undone)
    rest = [_edit(word) for word in found.words if not taken.touches(word.start, word.end)]
    lossy = lossy or any(_is_partial(text, edit, found.reader.starts) for edit in undone)
    if not lossy and not any(_is_sure(text, edit) for edit in rest):
        return sorted([*undone, *rest], key=_by_start)
    by_start = {edit.start: edit for edit in undone}
    return [_agreed(text, _edit(word), by_start.get(word.start)) for word in found.words]


def _is_sure(text: str, edit: Edit) -> bool:
    """Tell whether an edit is to be made; one that changes nothing is not."""
    return edit.confidence >= SURE_ENOUGH and text[edit.start : edit.end] != edit.after


def _is_partial(text: str, edit: Edit, starts: frozenset[str]) -> bool:
    """Tell whether images of lead bytes are left over."""
    left = (
        one for one in edit.after if one in starts and "\x80" <= one <= "\u024f"
    )  # letters of Latin are no others' letters
    return any(one in text[edit.start : edit.end] for one in left)


def _agreed(text: str, edit: Edit, undone: Edit | None) -> Edit:
    if undone and undone.end == edit.end and edit.after in (undone.after, text[edit.start : edit.end]):
        return replace(undone, confidence=max(edit.confidence, undone.confidence))
    return edit


def _edit(word: Recovered) -> Edit:
    confidence = round(min(word.confidence, SURE), 2)
    return Edit(word.start, word.end, word.readings[0].text, confidence, "familiar" if word.familiar else None)


def _by_start(one: Edit | Recovered) -> int:
    return one.start


def _suspect_lines(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        line = text[start:end].rstrip("\r\n")
        if is_suspect(line):
            yield start, start + len(line)
        start = end


def _is_damaged(text: str, lines: tuple[Span, ...], verbatim: Verbatim) -> bool:
    """Tell whether there is any mojibake outside the stretches that may show it on purpose."""
    prose = [stretch for line in lines for stretch in verbatim.between(*line)]
    return any(is_broken(text[start:end]) for start, end in prose) or any(decodings(text, prose, blanks_are_bytes=True))


def _offers(text: str, known: frozenset[int], *, damaged: bool, listed: Verbatim | None = None) -> Iterator[Repair]:
    """Yield what still looks like mojibake, as it stands: there is no reading that is better than the others.

    Args:
        text: After all repairs.
        known: The numbers of lines that are as they were, whatever they look like.
        damaged: As for `leftovers`.
        listed: What is offered already.
    """
    edits = (
        Edit(start, end, text[start:end], _NO_READING)
        for start, end in _leftovers(text, damaged=damaged)
        if not (listed and listed.touches(start, end))
    )
    return (one for one in as_repairs(text, side_by_side(text, edits), "mojibake") if one.line not in known)


def _leftovers(text: str, *, damaged: bool) -> Iterator[Span]:
    """Find what still looks like mojibake.

    A damaged file is damaged all over, so code and addresses, which nobody repairs, are looked at too.
    """
    kept = () if damaged else (*code_in(text), *addresses_in(text))
    verbatim = Verbatim((*kept, *meant_in(text), *ambiguous_in(text)))
    return leftovers(text, verbatim.between(0, len(text)), damaged=damaged)
