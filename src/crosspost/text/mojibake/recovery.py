"""Recovery of a whole text: one channel for all of it, word after word, each with its confidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from crosspost.text.mojibake.context import beside_words, by_copies, by_grammar, by_habit
from crosspost.text.mojibake.decoder import Decoder
from crosspost.text.mojibake.evidence import likely_channels
from crosspost.text.mojibake.recovered import DOUBT, SURE, Recovered, Recovery, confidence_in
from crosspost.text.mojibake.speech import Speech, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.text.mojibake.channel import Reader
    from crosspost.text.mojibake.habits import Habits
    from crosspost.text.verbatim import Span

# Words beyond a hundred characters are cut, best before what is ASCII, so that time stays linear.
_WORD = re.compile(r"[^ \t\r\n]{1,60}(?:[^ \t\r\n]{0,60}(?=[\x00-\x7f]|\Z))?")
_TELLING = re.compile("[^\x00-\x7f][?'\"]")
_LEAST_GAIN = 12.0
_MUCH_GAIN = 60.0
_LEAST_WORDS = 3
_MOST_JOINED = 8
_TRIED_WORDS = 30
_RIVAL = 6.0  # so close behind, another channel is possible
_MOST_OF_IT = 0.7


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
    read = _read(text, tuple(prose), damaged=damaged, readers=readers)
    if not read:
        return None
    alone, rivals, speech = read
    made = by_grammar(text, beside_words(text, alone, speech.languages, habits), speech)
    if habits:
        made = by_habit(text, made, habits)
    made = _doubted(text, _suspected(text, made, speech), alone, rivals)
    return by_copies(text, made, habits.copies(made.reader.channel)) if habits else made


@lru_cache(maxsize=4)  # a text that stays open is read once more, with what the author's other posts tell
def _read(
    text: str, prose: tuple[Span, ...], *, damaged: bool, readers: tuple[Reader, ...]
) -> tuple[Recovery, list[Recovery], Speech] | None:
    """Decode the words, each by itself: by the likeliest channel, by those about as likely, and the words that tell so."""
    spans = [span for span in _words(text, prose) if not text[span[0] : span[1]].isascii()]
    likely = readers or likely_channels(text, (text[start:end] for start, end in spans))
    clean = [
        word for start, end in _words(text, prose) if text[start:end].isascii() for word in words_in(text[start:end])
    ]
    said = Speech(clean)
    sample = _sample(text, spans, likely)
    few = len({text[start:end] for start, end in sample}) < _LEAST_WORDS
    if few:  # so few fit much that happens seldom
        likely = [one for one in likely if not one.channel.twice] or likely
    decoders = {one: Decoder(one, said) for one in likely}
    tried = [_decode(text, _joined(text, sample, one), decoders[one], one) for one in likely]
    if not damaged:
        tried = [one for one in tried if _is_convincing(text, one)]
    if not tried:
        return None
    best = tried[0] if readers else min(tried, key=lambda one: one.cost)
    rivals = [one for one in tried if one is not best and (readers or one.cost < best.cost + _RIVAL)]
    reader = best.reader
    spans = _joined(text, spans, reader)
    first = _decode(text, spans, decoders[reader], reader)
    crude = [word for one in first.words for word in words_in(one.readings[0].text)]
    second = _decode(text, spans, Decoder(reader, Speech([*clean, *crude]).without_counts()), reader)
    learnt = [word for one in second.words if one.confidence >= SURE for word in words_in(one.readings[0].text)]
    speech = Speech([*clean, *learnt])
    alone = _decode(text, spans, Decoder(reader, speech), reader)
    return _with_foreign_words_doubted(text, alone, speech) if few else alone, rivals, speech


def _with_foreign_words_doubted(text: str, made: Recovery, speech: Speech) -> Recovery:
    """Doubt words of several readings that no list has: one among words of another language is a name from anywhere."""
    words = [
        one._replace(confidence=one.confidence * DOUBT)
        if sum(other.text != text[one.start : one.end] for other in one.readings) > 1
        and not all(word.isascii() or speech.lists(word) for word in words_in(one.readings[0].text))
        else one
        for one in made.words
    ]
    return made._replace(words=words)


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


def _sample(text: str, spans: list[Span], readers: Iterable[Reader]) -> list[Span]:
    """Return words enough to choose a channel by: the first few, and some that tell what became of lost bytes and of blanks."""
    joining = next((one for one in readers if one.channel.blanks), None)
    others = spans[_TRIED_WORDS:]
    telling = (span for span in others if _TELLING.search(text, *span))
    split = (
        two for two in pairwise(others) if joining and two[0][1] + 1 == two[1][0] and joining.joins(text, two[0][1])
    )
    found = {*islice(telling, _TRIED_WORDS), *chain.from_iterable(islice(split, _TRIED_WORDS))}
    return [*spans[:_TRIED_WORDS], *sorted(found)]


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
    words = [one._replace(confidence=one.confidence * DOUBT) if one.start in doubted else one for one in made.words]
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
    position, before, quoting = 0, "", False
    for start, end in spans:
        between = text[position:start]
        if between:
            before = between[-1].replace("\n", "")
            quoting = _quoting(between, quoting=quoting)
        readings, won = decoder.read(text[start:end], before, text[end : end + 1], quoting=quoting)
        words.append(Recovered(start, end, readings, confidence_in(readings)))
        gain += won
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
    sure = changed if made.gain > _MUCH_GAIN else [one for one in changed if one.confidence > DOUBT]
    # A blank taken for a byte joins a word to whatever is behind, and makes it no other word.
    words = {text[one.start : one.end].split(" ", 1)[0] for one in sure}
    whole = [one for one in changed if not one.readings[0].orphans]
    return len(words) >= _LEAST_WORDS and len(whole) > _MOST_OF_IT * len(made.words)
