"""Replacements in a text, and the list of them that a person reads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from crosspost.model import Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.model.draft import RepairStep


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters `start` to `end` of a text become `after`; `step` where it is not that of the others."""

    start: int
    end: int
    after: str
    confidence: float = 1.0
    step: RepairStep | None = None


def apply(text: str, edits: Iterable[Edit], step: RepairStep) -> tuple[str, list[Repair]]:
    """Make the edits, which neither overlap nor change line feeds.

    Returns:
        The new text and a repair for each stretch; words changed side by side are one stretch.

    >>> apply("one ʇʍo", [Edit(4, 7, "two")], "styled")
    ('one two', [Repair(step='styled', before='ʇʍo', after='two', line=1, confidence=1.0)])
    """
    joined = list(side_by_side(text, sorted(edits, key=lambda edit: edit.start)))
    pieces: list[str] = []
    position = 0
    for edit in joined:
        pieces += text[position : edit.start], edit.after
        position = edit.end
    return "".join([*pieces, text[position:]]), list(as_repairs(text, joined, step))


def as_repairs(text: str, edits: Iterable[Edit], step: RepairStep) -> Iterator[Repair]:
    """Describe edits in ascending order, with lines counted from 1 in `text`."""
    line, position = 1, 0
    for edit in edits:
        line += text.count("\n", position, edit.start)
        position = edit.start
        yield Repair(
            step=edit.step or step,
            before=text[edit.start : edit.end],
            after=edit.after,
            line=line,
            confidence=edit.confidence,
        )


def side_by_side(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Join edits that are parted by blanks alone: a title is one alteration, not ten."""
    before: list[Edit] = []
    for edit in edits:
        if before and (_kind(edit) != _kind(before[0]) or not _only_blanks(text, before[-1].end, edit.start)):
            yield _joined(text, before)
            before = []
        before.append(edit)
    if before:
        yield _joined(text, before)


def _kind(edit: Edit) -> tuple[float, RepairStep | None]:
    return edit.confidence, edit.step


def _only_blanks(text: str, start: int, end: int) -> bool:
    return not text[start : min(end, start + 3)].strip(" \t") and end - start <= 2


def _joined(text: str, edits: list[Edit]) -> Edit:
    pieces = [edits[0].after]
    for left, right in pairwise(edits):
        pieces += text[left.end : right.start], right.after
    return Edit(edits[0].start, edits[-1].end, "".join(pieces), *_kind(edits[0]))
