"""Words written in styled letters, and what they say in plain ones."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from crosspost.text.edits import Edit
from crosspost.text.styled_characters import families, plain_spelling, suspect, word_pattern
from crosspost.text.styled_verdicts import Word, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.text.styled_table import Kind
    from crosspost.text.verbatim import Verbatim


# Signs that are no operators: of tags, of quotations, of lists.
_MARKUP = re.compile(
    r"</?[A-Za-z][A-Za-z0-9-]*+(?:\s(?:[^<>\"'\x80-\U0010ffff]|\"[^\"<>]*\"|'[^'<>]*')*+)?/?>"
    r"|\A[ \t]*+(?:>[ \t]*+)*+(?:[→⇒·][ \t])?"
)


def styled_words(text: str, verbatim: Verbatim) -> Iterator[Edit]:
    """Yield the plain spelling of every word outside `verbatim` that is styling."""
    east_asian = bool(_fullwidth().search(text)) and _is_east_asian(text)
    for start, line in _suspect_lines(text, suspect(east_asian=east_asian)):
        words = [word for word in _words(line) if not verbatim.touches(start + word.start, start + word.end)]
        styling = judge(words, east_asian=east_asian or bool(_east_asian().search(line)))
        for word, names in zip(words, styling, strict=True):
            after = plain_spelling(word.text, names)
            if after != word.text:
                yield Edit(start + word.start, start + word.end, after)


def _suspect_lines(text: str, suspects: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    position = 0
    while match := suspects.search(text, position):
        start = text.rfind("\n", position, match.start()) + 1 or position
        end = text.find("\n", match.end())
        position = len(text) if end < 0 else end
        yield start, text[start:position]


def _words(line: str) -> Iterator[Word]:
    """Yield the words with a styled character; fullwidth punctuation may be what a neighbour's letters need."""
    table = families()
    around = _MARKUP.sub(lambda markup: " " * len(markup[0]), line)
    for match in word_pattern().finditer(line):
        if match[0].isascii():
            continue
        styled: dict[Kind, list[str]] = {}
        plain = 0
        for char in match[0]:
            if entry := table.get(char):
                styled.setdefault(entry[0].kind, []).append(char)
            else:
                plain += char.isalpha()
        if styled:
            yield Word(
                start=match.start(),
                end=match.end(),
                text=match[0],
                styled=styled,
                plain=plain,
                before=_last(around[max(match.start() - 3, 0) : match.start()]),
                after=around[match.end() : match.end() + 3].lstrip()[:1],
            )


def _last(text: str) -> str:
    return text.rstrip()[-1:]


def _is_east_asian(text: str) -> bool:
    """Tell whether fullwidth letters are at home in a text: one letter in ten is East Asian."""
    east_asian = 10 * sum(map(len, _rows_of_east_asian().findall(text)))
    return east_asian > len(text) or east_asian > sum(map(str.isalpha, text))


# Made when they are first needed, since clean text never needs them: `re` takes some milliseconds for each.


@cache
def _fullwidth() -> re.Pattern[str]:
    return re.compile("[０-９Ａ-Ｚａ-ｚ]")


@cache
def _east_asian() -> re.Pattern[str]:
    return re.compile(r"[\u1100-\u11ff\u3041-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uff66-\uff9f]")


@cache
def _rows_of_east_asian() -> re.Pattern[str]:
    return re.compile(f"{_east_asian().pattern}+")
