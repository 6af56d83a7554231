"""Choice among emoji by the words beside them: those of the line, and of its neighbours in a list with the same bullets."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from crosspost.text.mojibake.grammar import is_emoji, plain
from crosspost.text.mojibake.speech import words_in
from crosspost.text.mojibake.topics import Topics, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.text.mojibake.decoder import Reading

_OWN_EMOJI = 0.1  # how often a bullet differs from the others of its list, though their damage looks alike
_ZWJ = "\u200d"
_SEQUENCE = re.compile(
    "[^\x00-\x7f](?:[\ufe0f\U0001f3fb-\U0001f3ff]?\u200d[^\x00-\x7f])+[\ufe0f\U0001f3fb-\U0001f3ff]?"
)
_JOINED = 4.0
_LIST = 2  # items
_MOST_TOGETHER = 4.0  # what the words of a whole list tell, at most: they have a topic in common
_ELSEWHERE = 2  # lines
_FURTHEST = 2  # line feeds between the items of a list


class Site(NamedTuple):
    """A word of a damaged text that has several readings.

    Attributes:
        start: Where it stands.
        end: Where it ends.
        readings: The likeliest first.
    """

    start: int
    end: int
    readings: list[Reading]


def fitted(text: str, sites: list[Site], languages: tuple[str, ...]) -> dict[int, list[Reading]]:
    """Weigh the readings of words with emoji anew.

    Args:
        text: All of it, as it stands.
        sites: Its words, ascending.
        languages: Which it may be in, by ISO 639 code.

    Returns:
        By where a word starts, its readings, the likeliest first; those that nothing is learnt about are missing.
    """
    known = frozenset((_ZWJ, *listed()[1]))
    topics = _topics(text, sites, languages, known)
    gains = {
        site.start: {
            one.text: sum(topics[site.start].gain(emoji) for emoji in known.intersection(one.text))
            + _sequences(one.text)
            for one in site.readings
        }
        for site in sites
        if site.start in topics
    }
    found: dict[int, list[Reading]] = {}
    for group in _groups(text, [site for site in sites if site.start in gains]):
        together = [gains[site.start] for site in group]
        for site in group:
            weighed = _weighed(site.readings, gains[site.start], together)
            found[site.start] = sorted(weighed, key=_by_cost)
    return found


def _sequences(reading: str) -> float:
    """Return what the joined emoji of a reading tell: those that Unicode recommends are no accident, others are."""
    return sum(_JOINED if is_emoji(match[0]) else -_JOINED for match in _SEQUENCE.finditer(reading))


def _by_cost(reading: Reading) -> float:
    return reading.cost


def _weighed(readings: list[Reading], own: dict[str, float], together: list[dict[str, float]]) -> list[Reading]:
    """Return the readings with their cost by what is beside them; bullets alike are the same, but for one here and there."""
    alone = [one.cost - own[one.text] for one in readings]
    if len(together) < _LIST:
        return [one._replace(cost=cost) for one, cost in zip(readings, alone, strict=True)]
    joint = [one.cost - min(_MOST_TOGETHER, sum(gains.get(one.text, 0.0) for gains in together)) for one in readings]
    return [
        one._replace(cost=-math.log((1 - _OWN_EMOJI) * left + _OWN_EMOJI * right))
        for one, left, right in zip(readings, _shares(joint), _shares(alone), strict=True)
    ]


def _shares(costs: list[float]) -> list[float]:
    weights = [math.exp(min(costs) - cost) for cost in costs]
    return [max(weight / sum(weights), 1e-12) for weight in weights]


def _topics(text: str, sites: list[Site], languages: tuple[str, ...], known: frozenset[str]) -> dict[int, Topics]:
    """Return, by where a word starts that may have emoji, what its line is about, read as is likeliest.

    What the whole document is about tells nothing of one line: words that stand elsewhere too are left out.
    """
    words = _words_by_line(text, sites)
    lines_with = Counter(word for line in words.values() for word in line)
    chosen = [site for site in sites if any(known.intersection(one.text) for one in site.readings)]
    alike: defaultdict[str, dict[int, Site]] = defaultdict(dict)
    for site in chosen:
        alike[text[site.start : site.end]][_line_of(text, site.start)] = site
    found: dict[int, Topics] = {}
    for image in alike.values():
        here = Counter(word for line in image for word in words[line])
        telling = {word for word, count in here.items() if lines_with[word] - count <= _ELSEWHERE}
        topics = {line: Topics(telling & words[line], languages) for line in image}
        found.update(
            {site.start: topics[_line_of(text, site.start)] for site in chosen if image.get(_line_of(text, site.start))}
        )
    return found


def _line_of(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _words_by_line(text: str, sites: list[Site]) -> dict[int, frozenset[str]]:
    """Return, by where a line starts, its words in small plain letters."""
    pieces: list[str] = []
    at = 0
    for site in sites:
        pieces += text[at : site.start], plain(site.readings[0].text)
        at = site.end
    read = "".join([*pieces, text[at:]])
    starts = accumulate((len(line) + 1 for line in text.split("\n")), initial=0)
    return {start: frozenset(words_in(line.lower())) for start, line in zip(starts, read.split("\n"), strict=False)}


def _groups(text: str, sites: list[Site]) -> Iterator[list[Site]]:
    """Yield rows of lines that begin with the same damaged word, and every other word alone."""
    row: list[Site] = []
    for site in sites:
        if text[max(site.start - 1, 0) : site.start].strip("\n"):
            yield [site]
            continue
        if row and not _follows(text, row[-1], site):
            yield row
            row = []
        row.append(site)
    if row:
        yield row


def _follows(text: str, before: Site, after: Site) -> bool:
    alike = text[before.start : before.end] == text[after.start : after.end]
    return alike and text.count("\n", before.end, after.start) <= _FURTHEST
