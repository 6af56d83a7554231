"""Recovery of a whole text: one channel for all of it, word after word, each with its confidence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, islice
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from crosspost.text.mojibake import headlines, syntax
from crosspost.text.mojibake.characters import cost_of
from crosspost.text.mojibake.decoder import Decoder, Reading, share
from crosspost.text.mojibake.evidence import likely_channels
from crosspost.text.mojibake.fitting import Site, fitted, weighed_in_lists
from crosspost.text.mojibake.habits import is_item, of_a_list
from crosspost.text.mojibake.speech import Speech, has_odd_capital, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.text.mojibake.channel import Reader
    from crosspost.text.mojibake.copies import Copies
    from crosspost.text.mojibake.habits import Habits, Told
    from crosspost.text.verbatim import Span

# Words beyond a hundred characters are cut, best before what is ASCII, so that time stays linear.
_WORD = re.compile(r"[^ \t\r\n]{1,60}(?:[^ \t\r\n]{0,60}(?=[\x00-\x7f]|\Z))?")
_AROUND = 200  # characters before and behind a word that may tell what it is
_TELLING = re.compile("[^\x00-\x7f][?'\"]")
SURE_ENOUGH = 0.9  # to be made without asking
_SURE = 0.999  # a reading from which the document's words are learnt
_LEAST_GAIN = 12.0
_MUCH_GAIN = 60.0
_LEAST_WORDS = 3
_MOST_JOINED = 8
_TRIED_WORDS = 30
_COPIED = 0.97  # what stands in an undamaged copy of the line
_RIVAL = 6.0  # so close behind, another channel is possible
_DOUBT = 0.5
_MOST_OF_IT = 0.7
_HARDLY_EVER = 8.5
_NEVER_SEEN = 11.0  # the cost from which a character is too rare to be believed


class Recovered(NamedTuple):
    """One word and its readings.

    Attributes:
        start: Where it stands.
        end: Where it ends.
        readings: The likeliest first.
        confidence: In the first of them, 0 to 1.
        familiar: Whether the author's other posts had a say.
    """

    start: int
    end: int
    readings: list[Reading]
    confidence: float
    familiar: bool = False


class Recovery(NamedTuple):
    """What is made of a text.

    Attributes:
        words: All words with characters beyond ASCII, in order.
        reader: The inverse of what happened.
        gain: How much likelier the text is than as it stands: a difference of logarithms.
        readers: The inverse of all that may have happened about as likely, the likeliest first.
    """

    words: list[Recovered]
    reader: Reader
    gain: float
    readers: tuple[Reader, ...] = ()

    @property
    def cost(self) -> float:
        """Minus the logarithm of the likelihood."""
        return self.reader.channel.cost + sum(one.readings[0].cost for one in self.words)


def recover(
    text: str,
    prose: list[Span],
    *,
    damaged: bool = False,
    readers: tuple[Reader, ...] = (),
    habits: Habits | None = None,
) -> Recovery | None:
    """Decode the words of a damaged text; None where no channel explains it.

    Args:
        text: All of it.
        prose: The stretches that may be damaged, ascending, none over a line's end.
        damaged: Whether it is known to be, if only in part; else the channel must explain nearly all of it.
        readers: What may have happened, inverted, where that is known already; the likeliest first.
        habits: What the author's other posts tell.
    """
    spans = [span for span in _words(text, prose) if not text[span[0] : span[1]].isascii()]
    likely = readers or likely_channels(text, (text[start:end] for start, end in spans))
    clean = [
        word for start, end in _words(text, prose) if text[start:end].isascii() for word in words_in(text[start:end])
    ]
    said = Speech(clean)
    tried = [_decode(text, _joined(text, _sample(text, spans), one), Decoder(one, said), one) for one in likely]
    if not damaged:
        tried = [one for one in tried if _is_convincing(text, one)]
    if not tried:
        return None
    best = tried[0] if readers else min(tried, key=lambda one: one.cost)
    rivals = [one for one in tried if one is not best and (readers or one.cost < best.cost + _RIVAL)]
    reader = best.reader
    spans = _joined(text, spans, reader)
    first = _decode(text, spans, Decoder(reader, said), reader)
    crude = [word for one in first.words for word in words_in(one.readings[0].text)]
    second = _decode(text, spans, Decoder(reader, Speech([*clean, *crude]).without_counts()), reader)
    learnt = [word for one in second.words if one.confidence >= _SURE for word in words_in(one.readings[0].text)]
    speech = Speech([*clean, *learnt])
    alone = _decode(text, spans, Decoder(reader, speech), reader)
    made = _governed(text, _fitted(text, alone, speech.languages, habits), speech)
    if habits:
        made = _familiar(text, made, habits)
    made = _doubted(text, _suspected(text, made, speech), alone, rivals)
    return _copied(text, made, habits.copies(made.reader.channel)) if habits else made


def _governed(text: str, made: Recovery, speech: Speech) -> Recovery:
    """Choose among words of one letter by the word behind, and among capitals and small letters by the headline."""
    read, places = _read(text, made.words)
    words: list[Recovered] = []
    for one, place in zip(made.words, places, strict=True):
        weighed = None
        if one.confidence < _SURE:
            end = place + len(one.readings[0].text)
            before, behind = read[max(place - _AROUND, 0) : place], read[end : end + _AROUND]
            weighed = syntax.weighed(one.readings, behind, speech.languages) or headlines.weighed(
                one.readings, before.rsplit("\n", 1)[-1], behind.split("\n", 1)[0], speech
            )
        words.append(one._replace(readings=weighed, confidence=_confidence(weighed)) if weighed else one)
    return made._replace(words=words)


def _familiar(text: str, made: Recovery, habits: Habits) -> Recovery:
    """Choose among signs by the author's other posts, where this one leaves a doubt."""
    read, places = _read(text, made.words)
    sites: list[Site] = []
    told: dict[int, Told] = {}
    standing, lines = text.split("\n"), read.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    for one, at in zip(made.words, places, strict=True):
        if one.confidence < SURE_ENOUGH:
            number = bisect_right(starts, at) - 1
            listed = is_item(standing, number) or is_item(lines, number)
            if learnt := habits.told(one.readings, lines[number], at - starts[number], listed=listed):
                sites.append(Site(one.start, one.end, one.readings))
                told[one.start] = learnt
    gains = {start: each.gains for start, each in told.items()}
    by_start = weighed_in_lists(text, sites, gains, lambda starts: of_a_list([told[start] for start in starts]))
    words = [
        one._replace(readings=by_start[one.start], confidence=_confidence(by_start[one.start]), familiar=True)
        if one.start in by_start
        else one
        for one in made.words
    ]
    return made._replace(words=words)


def _copied(text: str, made: Recovery, copies: Copies) -> Recovery:
    """Take what is open from undamaged copies of its line."""
    words: list[Recovered] = []
    start = end = -1
    found: list[tuple[int, int, str]] = []
    for one in made.words:
        if one.confidence < SURE_ENOUGH:
            if one.start > end:
                start, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.start) % (len(text) + 1)
                found = copies.of(text[start:end])
            here = found[bisect_left(found, (one.start - start,)) : bisect_left(found, (one.end - start,))]
            if len(here) == 1 and start + here[0][1] <= one.end:
                ((first, last, word),) = here
                copied = text[one.start : start + first] + word + text[start + last : one.end]
                words.append(one._replace(readings=[Reading(copied, 0.0)], confidence=_COPIED, familiar=True))
                continue
        words.append(one)
    return made._replace(words=words)


def _read(text: str, words: list[Recovered]) -> tuple[str, list[int]]:
    """Return a text with every word in its likeliest reading, and where each word stands in it."""
    pieces: list[str] = []
    places: list[int] = []
    at = length = 0
    for one in words:
        places.append(length + one.start - at)
        pieces += text[at : one.start], one.readings[0].text
        length = places[-1] + len(pieces[-1])
        at = one.end
    return "".join([*pieces, text[at:]]), places


def _suspected(text: str, made: Recovery, speech: Speech) -> Recovery:
    """Take away the confidence in what stays as it stands, has images of lead bytes and is no word."""
    words = [
        one._replace(confidence=0.0)
        if one.readings[0].text == text[one.start : one.end] and _is_no_word(one.readings[0].text, made.reader, speech)
        else one
        for one in made.words
    ]
    return made._replace(words=words)


def _is_no_word(text: str, reader: Reader, speech: Speech) -> bool:
    return any(
        not speech.knows(word) for word in words_in(text) if any(one in reader.starts and one > "\x7f" for one in word)
    )


def _fitted(text: str, made: Recovery, languages: tuple[str, ...], habits: Habits | None) -> Recovery:
    """Choose among emoji by the words beside them."""
    sites = [Site(one.start, one.end, one.readings) for one in made.words]
    by_start = fitted(text, sites, languages, habits.usual(languages) if habits else None)
    words = [
        one._replace(readings=by_start[one.start], confidence=_confidence(by_start[one.start]))
        if one.start in by_start
        else one
        for one in made.words
    ]
    return made._replace(words=words)


def _sample(text: str, spans: list[Span]) -> list[Span]:
    """Return words enough to choose a channel by: the first few, and some that tell what became of lost bytes."""
    telling = (span for span in spans[_TRIED_WORDS:] if _TELLING.search(text, *span))
    return [*spans[:_TRIED_WORDS], *islice(telling, _TRIED_WORDS)]


def _doubted(text: str, made: Recovery, alone: Recovery, rivals: list[Recovery]) -> Recovery:
    """Doubt what another channel, about as likely, reads otherwise.

    Args:
        text: All of it.
        made: With everything that tells.
        alone: Without what stands around and in other posts; the rivals know nothing of that either.
        rivals: By the other channels, for which a blank may join two words.
    """
    starts = [one.start for one in made.words]
    doubted: set[int] = set()
    for other in (word for rival in rivals for word in rival.words):
        span = slice(bisect_left(starts, other.start), bisect_left(starts, other.end))
        ours = {_read_as(text, other, one.words[span]) for one in (made, alone)}
        if other.readings[0].text not in ours:
            doubted.update(starts[span])
    words = [one._replace(confidence=one.confidence * _DOUBT) if one.start in doubted else one for one in made.words]
    return made._replace(words=words, readers=(made.reader, *(rival.reader for rival in rivals)))


def _read_as(text: str, place: Recovered, words: list[Recovered]) -> str:
    """Return what stands at the place of a rival's word with the likeliest readings of ours in it."""
    pieces: list[str] = []
    at = place.start
    for one in words:
        pieces += text[at : one.start], one.readings[0].text
        at = one.end
    return "".join([*pieces, text[at : place.end]])


def _words(text: str, prose: Iterable[Span]) -> Iterator[Span]:
    for start, end in prose:
        yield from (match.span() for match in _WORD.finditer(text, start, end))


def _joined(text: str, spans: list[Span], reader: Reader) -> list[Span]:
    """Join words where the blank between them may have been a byte."""
    if not reader.channel.blanks:
        return spans
    found: list[Span] = []
    joined = 0
    for start, end in spans:
        following = _WORD.match(text, end + 1) if text[end : end + 1] == " " and reader.joins(text, end) else None
        last = following.end() if following else end + reader.joins(text, end)
        if found and start < found[-1][1]:
            if joined < _MOST_JOINED and last > found[-1][1]:
                found[-1] = found[-1][0], last
                joined += 1
            continue
        found.append((start, last))
        joined = 0
    return found


def _decode(text: str, spans: list[Span], decoder: Decoder, reader: Reader) -> Recovery:
    words: list[Recovered] = []
    gain = 0.0
    seen: dict[tuple[str, str, str, bool], tuple[list[Reading], float, float]] = {}
    position, before, quoting = 0, "", False
    for start, end in spans:
        between = text[position:start]
        if between:
            before = between[-1].replace("\n", "")
            quoting = _quoting(between, quoting=quoting)
        key = text[start:end], before, text[end : end + 1], quoting
        if (known := seen.get(key)) is None:
            readings = decoder.readings(*key[:3], quoting=quoting)
            standing = decoder.as_it_stands(text[start:end], before, quoting=quoting)
            known = seen[key] = readings, _confidence(readings), standing - readings[0].cost
        readings = known[0]
        words.append(Recovered(start, end, readings, known[1]))
        gain += known[2]
        position, before = end, readings[0].text[-1:]
        quoting = _quoting(readings[0].text, quoting=quoting)
    return Recovery(words, reader, gain)


def _quoting(text: str, *, quoting: bool) -> bool:
    if "\n\n" in text or "\n\r\n" in text:
        quoting = False
        text = text[text.rfind("\n\n") :]
    opened, closed = max(map(text.rfind, "“„«")), max(map(text.rfind, "”»"))
    return quoting if opened == closed else opened > closed


def _is_convincing(text: str, made: Recovery) -> bool:
    """Tell whether a channel explains nearly all words, several of them for sure."""
    if made.gain < _LEAST_GAIN:
        return False
    changed = [one for one in made.words if one.readings[0].text != text[one.start : one.end]]
    sure = {one.readings[0].text for one in changed if one.confidence > _DOUBT}
    whole = [one for one in changed if not one.readings[0].orphans]
    if made.gain > _MUCH_GAIN:
        sure = {one.readings[0].text for one in changed}
    return len(sure) >= _LEAST_WORDS and len(whole) > _MOST_OF_IT * len(made.words)


def is_rare(text: str) -> bool:
    """Tell whether a text has a character that hardly anybody writes."""
    return any(cost_of(one) >= _HARDLY_EVER for one in text if not one.isascii())


def is_unheard_of(character: str) -> bool:
    """Tell whether a character is a sign that only mathematicians know: supplemental operators and arrows."""
    return "\u27c0" <= character <= "\u2bff" and category(character) == "Sm"


def _confidence(readings: list[Reading]) -> float:
    best = readings[0]
    rare = best.orphans or any(
        cost_of(one) >= _NEVER_SEEN or is_unheard_of(one) for one in best.text if not one.isascii()
    )
    odd = any(map(has_odd_capital, words_in(best.text)))
    return share(readings) * (_DOUBT if rare or odd else 1.0)
