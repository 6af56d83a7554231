"""Text that was decoded with the wrong code page (mojibake), where every byte survived."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from crosspost.model import Repair
from crosspost.text.repaired import Repaired

if TYPE_CHECKING:
    from ftfy import TextFixerConfig


def repair(text: str) -> Repaired:
    """Undo wrong decodings in `text`, line by line.

    Clean text comes back as the same object. Repairing twice changes nothing more.

    >>> repair("Ein schÃ¶ner Tag").text
    'Ein schöner Tag'
    """
    if text.isascii():
        return Repaired(text=text)
    lines = text.split("\n")
    repairs = []
    for number, line in enumerate(lines, start=1):
        fixed = _decode_again(line)
        if fixed != line:
            repairs.append(Repair(step="mojibake", before=line, after=fixed, line=number))
            lines[number - 1] = fixed
    return Repaired(text="\n".join(lines), repairs=tuple(repairs)) if repairs else Repaired(text=text)


@cache
def _encoding_only() -> TextFixerConfig:
    """With `explain=False` ftfy ignores the sub-options of `fix_encoding` (its source, 6.3.1), so it stays True."""
    from ftfy import TextFixerConfig  # noqa: PLC0415 -- loaded only for a suspect text

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


def _decode_again(line: str) -> str:
    if line.isascii():
        return line
    from ftfy import fix_and_explain  # noqa: PLC0415 -- loaded only for a suspect text

    return fix_and_explain(line, _encoding_only()).text
