"""What ftfy reads otherwise in a text that was decoded with the wrong code page, word by word."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from crosspost.text.edits import Edit
from crosspost.text.latin_9 import as_latin_1, is_latin_9
from crosspost.text.mojibake.recovered import is_unheard_of
from crosspost.text.mojibake.speech import has_odd_capital
from crosspost.text.quotation import meant_in
from crosspost.text.suspicion import has_letter_of_dos, may_be_mojibake

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ftfy import TextFixerConfig

    from crosspost.text.verbatim import Span

SURE = 0.99  # the bytes say so; that they were ever decoded wrongly is ftfy's judgement
A0_RESTORED = 0.9  # a blank was taken for the byte A0
_AGAIN = ("encode", "apply")  # steps with which ftfy decodes what it has decoded
# ftfy takes `Ã` for à and keeps the blank behind, to end the word; before another blank or punctuation it was the byte A0.
_BLANK_OF_A_LETTER = re.compile(r"(?<=Ã) (?=[ .,;:!?)\]}»”…])")


def decodings(text: str, stretches: list[Span], *, blanks_are_bytes: bool) -> Iterator[Edit]:
    """Yield the words that ftfy reads otherwise; a reading that loses a character is none.

    It takes a blank for the byte A0 where that makes a character. Where bytes were dropped that is a trap (`ğŸ“ ` is not
    📠), and then it gets the words one by one.
    """
    latin_9 = is_latin_9(text)
    for start, end in stretches if blanks_are_bytes else _words(text, stretches):
        before = text[start:end]
        if may_be_mojibake(before):
            after, confidence = _decode_latin_9(before) if latin_9 else _decode_again(before)
            if after.count("\ufffd") <= before.count("\ufffd") and not _is_unheard_of(before, after):
                words = _changed_words(start, before, after, confidence)
                yield from (word for word in words if not _is_of_another_page(text, word))


def _is_of_another_page(text: str, edit: Edit) -> bool:
    """Tell whether a word was damaged by a code page that ftfy does not know, where it reads a sign or a capital amid it.

    `fÃŒr` was ISO-8859-15, which ftfy takes for Windows-1252: `fÌr`. Only hashtags have such capitals (`#TrabajoÁgil`). Of
    the characters that Unicode leaves to everybody, Apple's sign alone is ever typed.
    """
    before = text[edit.start : edit.end]
    odd = "#" not in before and any(map(has_odd_capital, edit.after.split(" ")))
    private = any("\ue000" <= one < "\uf8ff" and one not in before for one in edit.after)
    return odd or private or has_letter_of_dos(text, edit.start, edit.end)


def _is_unheard_of(before: str, after: str) -> bool:
    """Tell whether a reading has a mathematical sign that hardly any text has: the bytes fit it by accident."""
    return any(is_unheard_of(one) and one not in before for one in after)


def _words(text: str, stretches: list[Span]) -> Iterator[Span]:
    for start, end in stretches:
        yield from (match.span() for match in re.compile("[^ ]+").finditer(text, start, end))


def _decode_latin_9(stretch: str) -> tuple[str, float]:
    images = as_latin_1(stretch)
    if not images:
        return _decode_again(stretch)
    fixed, confidence = _decode_again(_each(images).sub(lambda image: images[image[0]], stretch))
    left = {other: one for one, other in images.items()}
    return _each(left).sub(lambda image: left[image[0]], fixed), confidence


def _each(strings: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, strings)))


def _decode_again(stretch: str) -> tuple[str, float]:
    from ftfy import apply_plan, fix_and_explain  # noqa: PLC0415 -- costs 80 ms, so it is loaded for a suspect text only

    restored = _BLANK_OF_A_LETTER.sub("\xa0", stretch)
    fixed, explained = fix_and_explain(restored, _encoding_only())
    if "Ã\xa0" in fixed and restored != stretch:
        fixed, explained = fix_and_explain(stretch, _encoding_only())
    steps = [(step.action, step.parameter) for step in explained or ()]
    for again in (at for at, (action, _) in enumerate(steps) if at and action in _AGAIN):
        before = apply_plan(restored, steps[:again])
        if any(True for _ in meant_in(before)):  # `”Åland`, just made whole, is not Mac Roman's `Ӂland`
            fixed = before
            break
    return fixed, SURE if fixed.count(" ") == stretch.count(" ") else A0_RESTORED


@cache
def _encoding_only() -> TextFixerConfig:
    """Without `explain` ftfy would ignore the options within `fix_encoding` (its `fix_and_explain`, 6.3.1)."""
    from ftfy import TextFixerConfig  # noqa: PLC0415 -- as above

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=True,
    )


def _changed_words(start: int, before: str, after: str, confidence: float) -> Iterator[Edit]:
    """Compare word by word; where blanks were taken for bytes, all from the first changed word to the last is one."""
    old, new = before.split(" "), after.split(" ")
    if len(old) == len(new):
        for left, right in zip(old, new, strict=True):
            if left != right:
                yield Edit(start, start + len(left), right, confidence)
            start += len(left) + 1
        return
    same = next(at for at, (left, right) in enumerate(zip([*old, None], [*new, None], strict=False)) if left != right)
    lead = len(" ".join(old[:same])) + (same > 0)
    rest = min(len(old), len(new)) - same
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    trail = sum(len(word) + 1 for word in old[len(old) - tail :])
    yield Edit(start + lead, start + len(before) - trail, after[lead : len(after) - trail], confidence)
