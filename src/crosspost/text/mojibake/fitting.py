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
_ELSEWHERE = 2  # lines
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
    topics = _topics(text, sites, languages, known, usual or frozenset())
    gains = {
        site.start: {
            one.text: sum(topics[site.start].gain(emoji) for emoji in known.intersection(one.text))
            + _sequences(one.text)
            for one in site.readings
        }
        for site in sites
        if site.start in topics
    }

    def together(starts: list[int]) -> Gains:
        """A bullet is an author's habit first: where that is known, a list's words tell no more than those of one line."""
        items = [gains[start] for start in starts]
        summed = {one: sum(min(_MOST_OF_ONE, item.get(one, 0.0)) for item in items) for one in items[0]}
        return {one: _bounded(gain) if usual is None else gain / len(items) for one, gain in summed.items()}

    return weighed_in_lists(text, [site for site in sites if site.start in gains], gains, together)


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


def _topics(
    text: str, sites: list[Site], languages: tuple[str, ...], known: frozenset[str], usual: frozenset[str]
) -> dict[int, Topics]:
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
        telling = {word for word, count in here.items() if lines_with[word] - count <= _ELSEWHERE} - usual
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
