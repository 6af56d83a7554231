"""Choice among emoji by the words beside them: those of the line, and of its neighbours in a list with the same bullets."""

from __future__ import annotations

import math
import re
from collections import ChainMap, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from crosspost.text.mojibake.grammar import is_emoji
from crosspost.text.mojibake.nearness import Nearness, Weights
from crosspost.text.mojibake.recovered import read_as_likely
from crosspost.text.mojibake.topics import Topics, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crosspost.text.mojibake.decoder import Reading

_OWN_EMOJI = 0.1  # how often a bullet differs from the others of its list, though their damage looks alike
_ZWJ = "\u200d"
_SEQUENCE = re.compile(
    "[^\x00-\x7f](?:[\ufe0f\U0001f3fb-\U0001f3ff]?\u200d[^\x00-\x7f])+[\ufe0f\U0001f3fb-\U0001f3ff]?"
)
_JOINED = 4.0
_LIST = 2  # items
_MOST_OF_ONE = 2.5  # what the words of one item tell of the others, at most
_LEAST_TOGETHER, _MOST_TOGETHER = -1.5, 4.0  # what the words of a whole list tell: they have a topic in common
_FURTHEST = 2  # line feeds between the items of a list
_LINES_BEHIND = re.compile(r"[^\n]*\n(?:[ \t\r]*\n)?([^\n]*)")
_MARKUP = " \t>*+-"
_MOST_MARKUP = 20  # characters

Gains = dict[str, float]  # by reading: how much likelier something makes it, a difference of logarithms


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


def fitted(
    text: str, sites: list[Site], languages: tuple[str, ...], usual: frozenset[str] | None = None
) -> dict[int, list[Reading]]:
    """Weigh the readings of words with emoji anew.

    Args:
        text: All of it, as it stands.
        sites: Its words, ascending.
        languages: Which it may be in, by ISO 639 code.
        usual: Words that tell nothing, since they are beside any emoji of the author; None where nothing is known of one.

    Returns:
        By where a word starts, its readings, the likeliest first; those that nothing is learnt about are missing.
    """
    known = frozenset((_ZWJ, *listed().literally))
    chosen = [site for site in sites if any(known.intersection(one.text) for one in site.readings)]
    if not chosen:
        return {}
    read, places = read_as_likely(text, sites)
    nearness = Nearness(read)
    topics = Topics(set(nearness.words) - (usual or set()), languages, usage=usual is None)
    weights = _weights(
        text,
        chosen,
        dict(zip((site.start for site in sites), places, strict=True)),
        nearness,
    )

    def gains(site: Site, nearby: Weights) -> Gains:
        return {
            one.text: _sequences(one.text) + sum(topics.gain(emoji, nearby) for emoji in known.intersection(one.text))
            for one in site.readings
        }

    own = {site.start: gains(site, weights[site.start].own) for site in chosen}
    all_told = {site.start: gains(site, weights[site.start].all_told) for site in chosen}

    def together(starts: list[int]) -> Gains:
        """A bullet is an author's habit first: where that is known, a list's words tell no more than those of one line."""
        count = len(starts)
        summed = {one: sum(min(_MOST_OF_ONE, own[start].get(one, 0.0)) for start in starts) for one in own[starts[0]]}
        if usual is not None:
            return {one: gain / count for one, gain in summed.items()}
        beside = {
            one: sum(all_told[start].get(one, 0.0) - own[start].get(one, 0.0) for start in starts) for one in summed
        }
        return {one: _bounded(gain) + beside[one] / count for one, gain in summed.items()}

    return weighed_in_lists(text, chosen, all_told, together)


class _Weights(NamedTuple):
    """What words count for at a place: those of its line, and with them those of the lines before and behind."""

    own: Weights
    all_told: Weights


def _weights(text: str, chosen: list[Site], places: dict[int, int], nearness: Nearness) -> dict[int, _Weights]:
    """Return by where a word with emoji starts what the words around it count for.

    Args:
        text: As it stands.
        chosen: The words with emoji.
        places: By where a word starts, where it does in the text read as is likeliest.
        nearness: Of the words of that text.
    """
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for site in chosen:
        alike[text[site.start : site.end]].append(places[site.start])
    subjects = {image: nearness.subject(there) for image, there in alike.items()}
    found: dict[int, _Weights] = {}
    for site in chosen:
        place = places[site.start]
        own = nearness.in_line(place, place + len(site.readings[0].text), subjects[text[site.start : site.end]])
        found[site.start] = _Weights(own, ChainMap(own, nearness.around(place)))
    return found


def _bounded(gain: float) -> float:
    return max(_LEAST_TOGETHER, min(_MOST_TOGETHER, gain))


def weighed_in_lists(
    text: str, sites: list[Site], gains: dict[int, Gains], together: Callable[[list[int]], Gains]
) -> dict[int, list[Reading]]:
    """Weigh readings by what each word's place tells, and by what the items of its list tell together.

    Args:
        text: All of it, as it stands.
        sites: Words, ascending.
        gains: By where a word starts, how much likelier its readings are.
        together: Tells how much likelier they are if all items of a list, named by where they start, have the same.

    Returns:
        By where a word starts, its readings, the likeliest first.
    """
    found: dict[int, list[Reading]] = {}
    for group in _groups(text, sites):
        joint = together([site.start for site in group]) if len(group) >= _LIST else None
        same = _same_list(text, group)
        for site in group:
            found[site.start] = sorted(_weighed(site.readings, gains[site.start], joint, same), key=_by_cost)
    return found


def _sequences(reading: str) -> float:
    """Return what the joined emoji of a reading tell: those that Unicode recommends are no accident, others are."""
    return sum(_JOINED if is_emoji(match[0]) else -_JOINED for match in _SEQUENCE.finditer(reading))


def _by_cost(reading: Reading) -> float:
    return reading.cost


def _weighed(readings: list[Reading], own: Gains, joint: Gains | None, same: str) -> list[Reading]:
    """Return the readings with their cost by what is beside them; bullets alike are the same, but for one here and there.

    Args:
        readings: Of one word.
        own: How much likelier they are by themselves.
        joint: How much likelier if the whole list has them; None outside of lists.
        same: The bullet that stands in the same list, read already; empty where there is none.
    """
    alone = [one.cost - own[one.text] for one in readings]
    if same:
        alike = [float(one.text == same) for one in readings]
    elif joint is not None:
        alike = _shares([one.cost - joint.get(one.text, 0.0) for one in readings])
    else:
        return [one._replace(cost=cost) for one, cost in zip(readings, alone, strict=True)]
    return [
        one._replace(cost=-math.log((1 - _OWN_EMOJI) * left + _OWN_EMOJI * right))
        for one, left, right in zip(readings, alike, _shares(alone), strict=True)
    ]


def _shares(costs: list[float]) -> list[float]:
    weights = [math.exp(min(costs) - cost) for cost in costs]
    return [max(weight / sum(weights), 1e-12) for weight in weights]


def _line_of(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _groups(text: str, sites: list[Site]) -> Iterator[list[Site]]:
    """Yield rows of lines that begin with the same damaged word, and every other word alone."""
    row: list[Site] = []
    for site in sites:
        if _markup_before(text, site.start) is None:
            yield [site]
            continue
        if row and not _follows(text, row[-1], site):
            yield row
            row = []
        row.append(site)
    if row:
        yield row


def _markup_before(text: str, start: int) -> str | None:
    """Return the markup between the beginning of a line and its first word, which may be none; None for another word."""
    before = text[max(start - _MOST_MARKUP, 0) : start]
    line = before.rsplit("\n", 1)[-1]
    return line if not line.strip(_MARKUP) and (start < _MOST_MARKUP or len(line) < len(before)) else None


def _same_list(text: str, group: list[Site]) -> str:
    """Return the bullet of the lines around some damaged ones, if it is one that they may have had; empty where it is none."""
    start = group[0].start
    if (markup := _markup_before(text, start)) is None:
        return ""
    behind = _LINES_BEHIND.match(text, group[-1].end)
    around = [_line_before(text, start), behind[1] if behind else ""]
    words = [line[len(markup) :].split(maxsplit=1) for line in around if line.startswith(markup)]
    bullets = {first[0] for first in words if first}
    found = bullets & {one.text for one in group[0].readings}
    return found.pop() if len(found) == 1 else ""


def _line_before(text: str, start: int) -> str:
    """Return the line before a line, or the one before that if it is blank."""
    start = _line_of(text, start)
    for _ in range(_FURTHEST):
        end, start = start, _line_of(text, start - 1) if start else 0
        if (line := text[start:end]).strip():
            return line
    return ""


def _follows(text: str, before: Site, after: Site) -> bool:
    alike = text[before.start : before.end] == text[after.start : after.end]
    near = text.count("\n", before.end, after.start) <= _FURTHEST
    return alike and near and _markup_before(text, before.start) == _markup_before(text, after.start)
