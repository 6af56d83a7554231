"""Combining marks as decoration: underlined, struck-out and overgrown (zalgo) text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosspost.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.text.verbatim import Verbatim

# Combining Diacritical Marks, their extensions and the ones for symbols, and the Cyrillic signs for large numbers, which
# overgrown text is fond of. Marks of other scripts have their own blocks.
MARKS = "\u0300-\u036f\u0488\u0489\u1ab0-\u1ace\u1dc0-\u1dff\u20d0-\u20f0"
# Low line, double low line, and the overlays. The macron below of real orthographies is U+0331.
_LINES = frozenset("\u0332\u0333\u0335\u0336\u0337\u0338")
# Some formatters put the mark in front of the letter, and so the first one of a line has no letter.
_CLUSTER = re.compile(rf"(?:[^\n{MARKS}]|(?<![^\n]))[{MARKS}]+")
_MARK = re.compile(f"[{MARKS}]")
_KEYCAP = re.compile("[0-9#*\ufe0f]\u20e3")
_MOST_REAL_MARKS = 2
_LONGEST_REAL_CLUSTER = 8


@dataclass(frozen=True, slots=True)
class _Cluster:
    """A character with marks, or marks alone; `loose` are those that form no letter of Unicode with it."""

    start: int
    end: int
    base: str
    marks: str
    loose: int


def decorating_marks(text: str, verbatim: Verbatim) -> Iterator[Edit]:
    """Yield the letters of decorated text without the marks.

    Line marks decorate where two neighbours have the same one, other marks where three have it and some of them make no
    letter of Unicode; real orthographies put marks on some letters of a word. Short words of the same line that have the
    mark on every letter go with them. More than two marks that make no letter are overgrowth, and so is what else its
    word has; accents of Latin-1 and Latin Extended-A are not, unless a rarer one shows that normalisation has composed
    the overgrowth. Marks that mean something with their base (`≠` as = and U+0338) stay.
    """
    for row in _lines_of_clusters(text, verbatim):
        dropped = _repeated(text, row)
        overgrown = _overgrown(text, row)
        composed = any(row[index].base > "\u017f" and _bare(row[index].base).isascii() for index in overgrown)
        for index, cluster in enumerate(row):
            if index in overgrown:
                after = _bare(cluster.base) if composed or cluster.base > "\u017f" else cluster.base
            else:
                after = cluster.base + "".join(mark for mark in cluster.marks if (index, mark) not in dropped)
            if after != cluster.base + cluster.marks:
                yield Edit(cluster.start, cluster.end, after)


def _lines_of_clusters(text: str, verbatim: Verbatim) -> Iterator[list[_Cluster]]:
    """Yield the marked characters of each line that has any outside code."""
    row: list[_Cluster] = []
    for match in _CLUSTER.finditer(text):
        if _KEYCAP.fullmatch(match[0]) or verbatim.touches(*match.span()):
            continue
        if row and "\n" in text[row[-1].end : match.start()]:
            yield row
            row = []
        base = "" if _MARK.match(match[0]) else match[0][0]
        marks = match[0][len(base) :]
        row.append(_Cluster(*match.span(), base, marks, _loose(base, marks)))
    if row:
        yield row


def _loose(base: str, marks: str) -> int:
    if len(marks) > _LONGEST_REAL_CLUSTER:  # putting very many marks in order takes the square of their number
        return len(marks)
    return len(unicodedata.normalize("NFC", base + marks)) - len(base)


def _repeated(text: str, row: list[_Cluster]) -> set[tuple[int, str]]:
    """Find the marks that neighbours share, as index in `row` and mark; a line mark goes from all of the line."""
    places: dict[str, list[int]] = {}
    for index, cluster in enumerate(row):
        for mark in set(cluster.marks):
            if mark not in _LINES or not _composes(cluster.base, mark):
                places.setdefault(mark, []).append(index)
    dropped: set[tuple[int, str]] = set()
    for mark, indices in places.items():
        runs = list(_neighbours(row, indices))
        sure = [_decorates(text, row, mark, run) for run in runs]
        if any(sure):
            dropped.update(
                (index, mark)
                for run, is_sure in zip(runs, sure, strict=True)
                if is_sure or mark in _LINES or _is_word(text, row, run)
                for index in run
            )
    return dropped


def _decorates(text: str, row: list[_Cluster], mark: str, run: list[int]) -> bool:
    if mark in _LINES:
        return len(run) >= 3 or (len(run) == 2 and _is_word(text, row, run))
    return len(run) >= 3 and any(not _composes(row[at].base, mark) for at in run)


def _neighbours(row: list[_Cluster], indices: Iterable[int]) -> Iterator[list[int]]:
    """Part ascending indices where the characters do not follow each other in the text."""
    run: list[int] = []
    for index in indices:
        if run and not (run[-1] == index - 1 and row[index - 1].end == row[index].start):
            yield run
            run = []
        run.append(index)
    yield run


def _composes(base: str, mark: str) -> bool:
    return len(unicodedata.normalize("NFC", base + mark)) == len(base)


def _is_word(text: str, row: list[_Cluster], run: list[int]) -> bool:
    around = text[row[run[0]].start - 1 : row[run[0]].start] + text[row[run[-1]].end : row[run[-1]].end + 1]
    return not any(char.isalnum() for char in around)


def _overgrown(text: str, row: list[_Cluster]) -> set[int]:
    """Find the characters with loose marks in words that are overgrown, or stand beside one and have two such."""
    if all(cluster.loose <= _MOST_REAL_MARKS for cluster in row):
        return set()
    words: list[list[int]] = []
    for index, cluster in enumerate(row):
        if index == 0 or any(map(str.isspace, text[row[index - 1].end - 1 : cluster.start])):
            words.append([])
        if cluster.loose:
            words[-1].append(index)
    return {
        index
        for word in words
        if len(word) >= 2 or any(row[at].loose > _MOST_REAL_MARKS for at in word)
        for index in word
    }


def _bare(base: str) -> str:
    return unicodedata.normalize("NFD", base)[:1]
