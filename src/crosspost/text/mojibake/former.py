"""Lines of a damaged text that its file had before: those that, damaged, would be just what stands there now."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from crosspost.text.edits import Edit
from crosspost.text.mojibake.copies import Damage, bare
from crosspost.text.mojibake.evidence import possible_readers, unclaimed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from crosspost.text.mojibake.channel import Channel, Reader
    from crosspost.text.verbatim import Span

_AS_IT_WAS = 0.99  # as where every byte survived
_MOST_TELLING = 400  # stretches of a version, to find out what happened
_MOST_READERS = 4
_ALSO = ("cp1255", "cp1256", "cp1258", "cp874")  # more of what Windows calls ANSI; words alone would not tell
_KEY = re.compile(r"[ \t]*(?:-[ \t]+)?[\w.-]+:[ \t]+")  # of front matter: a text without it has the value alone
_WORD = re.compile(r"[^ \t]+")
_BLANKS = " \t"
_TRIMMED = " \t\u00a0"  # with what a no-break space may have been a byte of


class Former(NamedTuple):
    """What former versions tell of a text.

    Attributes:
        lines: The numbers of the lines that are known, counted from 1.
        edits: What makes them what they were.
        readers: The inverse of what happened; several where the lines do not tell which it was.
        whole: Whether all lines that are not ASCII are known.
    """

    lines: frozenset[int] = frozenset()
    edits: tuple[Edit, ...] = ()
    readers: tuple[Reader, ...] = ()
    whole: bool = False


class _Line(NamedTuple):
    number: int
    start: int
    text: str


def as_before(text: str, versions: Iterable[str]) -> Former:
    """Return what the lines of a text were, as far as its file had them before.

    The newest version that has a line decides; where it has two that the damage made alike, nothing does.

    Args:
        text: All of it, as it stands.
        versions: Undamaged, the newest first.
    """
    undecided = lines = [line for line in _lines(text) if not line.text.isascii()]
    known: set[int] = set()
    edits: list[Edit] = []
    readers: list[Reader] = []
    for version in versions:
        stretches = list(dict.fromkeys(_stretches_of(version)))
        readers = readers or _that_explain(text, stretches, undecided)
        was = _by_what_stands(stretches, readers[0].channel if readers else None)
        for line in undecided:
            span, found = _found(line.text, was)
            if len(found) == 1:
                known.add(line.number)
                edits += _edits(line, span, *found)
        undecided = [line for line in undecided if not _found(line.text, was)[1]]
    return Former(frozenset(known), tuple(edits), tuple(readers), whole=len(known) == len(lines))


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        yield _Line(number, start, line.removesuffix("\r"))
        start += len(line) + 1


def _stretches_of(version: str) -> Iterator[str]:
    """Yield what may stand on a line of a text: lines beyond ASCII, also without markup and keys."""
    for line in _lines(version):
        key = _KEY.match(line.text)
        for part in (line.text, line.text[key.end() :]) if key else (line.text,):
            yield from (part[start:end] for start, end in _spans(part) if not part[start:end].isascii())


def _spans(line: str) -> tuple[Span, ...]:
    """Return a line whole, and without blanks and markup around it."""
    return (0, len(line)), bare(line)


def _that_explain(text: str, stretches: Iterable[str], lines: Iterable[_Line]) -> list[Reader]:
    """Return the inverse of what makes most stretches what stands on lines now, the likeliest first; none where nothing does.

    Of several that do, those count that leave the fewest characters of the whole text unexplained.
    """
    standing = {line.text[start:end] for line in lines for start, end in _spans(line.text)}
    telling = list(islice(stretches, _MOST_TELLING))
    characters = Counter(text)
    explained: dict[Reader, tuple[int, int]] = {}
    for reader in possible_readers(text, _ALSO):
        damage = Damage(reader.channel)
        count = sum(len(standing & _become(one, damage)) for one in telling)
        if count:
            explained[reader] = count, -unclaimed(reader, characters)
    most = max(explained.values(), default=None)
    return [reader for reader, each in explained.items() if each == most][:_MOST_READERS]


def _by_what_stands(stretches: Iterable[str], channel: Channel | None) -> Mapping[str, set[str]]:
    """Return stretches by what may stand for them: they themselves, and what has become of them."""
    was: defaultdict[str, set[str]] = defaultdict(set)
    for one in stretches:
        was[one].add(one)
    if channel:
        damage = Damage(channel)
        for one in stretches:
            for standing in _become(one, damage):
                was[standing].add(one)
    return was


def _become(stretch: str, damage: Damage) -> set[str]:
    """Return what becomes of a stretch; at the end of a line editors trim blanks, and with them bytes that look like one."""
    made = stretch.translate(damage)
    return {made} if stretch[-1:] in _BLANKS else {made, made.rstrip(_TRIMMED)}


def _found(line: str, was: Mapping[str, set[str]]) -> tuple[Span, set[str]]:
    """Return where on a line something stands that is known, the whole line if it is, and what it was; empty if nothing."""
    for start, end in _spans(line):
        found = was.get(line[start:end])
        if found and (line[:start] + line[end:]).isascii():
            return (start, end), found
    return (0, 0), set()


def _edits(line: _Line, span: Span, was: str) -> Iterator[Edit]:
    """Yield what makes a stretch of a line what it was: word by word, where it has as many."""
    stands, at = line.text[slice(*span)], line.start + span[0]
    words, before = list(_WORD.finditer(stands)), _WORD.findall(was)
    if _WORD.split(stands) == _WORD.split(was):
        for word, one in zip(words, before, strict=True):
            if word[0] != one:
                yield Edit(at + word.start(), at + word.end(), one, _AS_IT_WAS)
    else:
        yield Edit(at, at + len(stands), was, _AS_IT_WAS)
