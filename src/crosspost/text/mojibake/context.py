"""Choice among the readings of words by what stands around them, in their text and in others of its author."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from crosspost.text.mojibake import headlines, syntax
from crosspost.text.mojibake.decoder import Reading
from crosspost.text.mojibake.fitting import Site, fitted, weighed_in_lists
from crosspost.text.mojibake.habits import is_item, of_a_list
from crosspost.text.mojibake.recovered import SURE, SURE_ENOUGH, Recovered, Recovery, confidence_in, read_as_likely

if TYPE_CHECKING:
    from crosspost.text.mojibake.copies import Copies
    from crosspost.text.mojibake.habits import Habits, Told
    from crosspost.text.mojibake.speech import Speech

_AROUND = 200  # characters before and behind a word that may tell what it is
_COPIED = 0.97  # what stands in an undamaged copy of the line


def beside_words(text: str, made: Recovery, languages: tuple[str, ...], habits: Habits | None) -> Recovery:
    """Choose among emoji by the words beside them."""
    sites = [Site(one.start, one.end, one.readings) for one in made.words]
    by_start = fitted(text, sites, languages, habits.usual(languages) if habits else None)
    words = [
        one._replace(readings=by_start[one.start], confidence=confidence_in(by_start[one.start]))
        if one.start in by_start
        else one
        for one in made.words
    ]
    return made._replace(words=words)


def by_grammar(text: str, made: Recovery, speech: Speech) -> Recovery:
    """Choose among words of one letter by the word behind, and among capitals and small letters by the headline."""
    read, places = read_as_likely(text, made.words)
    words: list[Recovered] = []
    for one, place in zip(made.words, places, strict=True):
        weighed = None
        if one.confidence < SURE:
            end = place + len(one.readings[0].text)
            before, behind = read[max(place - _AROUND, 0) : place], read[end : end + _AROUND]
            weighed = syntax.weighed(one.readings, behind, speech.languages) or headlines.weighed(
                one.readings, before.rsplit("\n", 1)[-1], behind.split("\n", 1)[0], speech
            )
        words.append(one._replace(readings=weighed, confidence=confidence_in(weighed)) if weighed else one)
    return made._replace(words=words)


def by_habit(text: str, made: Recovery, habits: Habits) -> Recovery:
    """Choose among signs by the author's other posts, where this one leaves a doubt."""
    read, places = read_as_likely(text, made.words)
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
        one._replace(readings=by_start[one.start], confidence=confidence_in(by_start[one.start]), familiar=True)
        if one.start in by_start
        else one
        for one in made.words
    ]
    return made._replace(words=words)


def by_copies(text: str, made: Recovery, copies: Copies) -> Recovery:
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
