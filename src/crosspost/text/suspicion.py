"""Which lines may be mojibake at all, and which stretches still look like it after a repair."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from crosspost.text.remains import BROKEN, images

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The code pages that ftfy undoes (`ftfy.chardata.CHARMAP_ENCODINGS`, 6.3).
_CODE_PAGES = (
    *("latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257"),
    *("iso8859-2", "mac-roman", "cp437"),
)

# As above, but a letter of some language, and so telling only beside the others.
_BROKEN_BESIDE_OTHERS = re.compile(
    r"(?<![^\W\d_])ğ(?![^\W\d_])|(?<=[a-z])Ã|Ã(?=[a-z])|(?<![^\W\d_])[ğð][—˜]|â–"
    r"|(?<!\w)[âðïÐÑÎπΠΡΞ](?!\w)"  # the image of a lead byte, and nothing left behind it
    r"|[ÎÏÑÐ](?=[“‘…†‡˜™š›œžŸ¡-¿?])|[ÃÄÅÎÏÑÐ](?=['\"]\w)"
    r"|[a-zÀ-ÖØ-öø-ɏ](?=[\u0370-\u04ff])|[\u0370-\u04ff](?=[a-zÀ-ÖØ-öø-ɏ])"  # two scripts in a word
    r"|(?<![\s\u0600-\u06ff])[\u067e-\u06d2](?![\u0600-\u06ff])"  # of Windows-1256, which has these for undefined bytes
    r"|[\x80-\x9f]|(?<=[ÃÄÅ])[£¥]"
)
# Bad to ftfy, and how Swedish and Finnish quote (`”Ääni”`).
_QUOTED_CAPITAL = re.compile("[“”‘’»«][ÀÁÄ-Ý]")
# Bad to ftfy, and how people write who put £ for L and ¥ for Y in words of capitals: behind Ã, Ä and Å these would be
# small letters, and other images of lead bytes are not among those people's letters.
_SIGN_AMONG_CAPITALS = re.compile(r"(?<![ÎÏÐÑ×ØÙ])[£¥][À-ÖØ-Þ]|[ÃÄÅ][£¥]")
_WIDESPREAD = 0.25
_NEAR = 20  # letters of a word; there are words without end
_CONTROLS = re.compile("[\x80-\x9f]+")
# Of DOS code pages these are letters (`B\x94rja`). ftfy takes them for signs of Windows-1252, which nobody writes amid a
# word: all but dashes, …, ‘ and ’.
_LETTER_OF_DOS = re.compile(r"(?<=[A-Za-z])[\x80-\x84\x86-\x89\x8b\x8d\x8f\x90\x93-\x95\x98\x99\x9b\x9d](?=[A-Za-z])")


def may_be_mojibake(line: str) -> bool:
    """Tell whether ftfy could find anything to undo in a line; False is certain, True is not.

    Mojibake has the image of a UTF-8 lead byte and behind it those of its continuation bytes, all of one code page, or
    a C1 control, or a byte A0 that became a blank.

    >>> may_be_mojibake("schöner Tag, “café”"), may_be_mojibake("schÃ¶ner Tag")
    (False, True)
    """
    return not line.isascii() and bool(_decodable().search(line))


def is_suspect(line: str) -> bool:
    """Tell whether a line may be mojibake or is broken; each is looked for once.

    >>> is_suspect("schöner Tag"), is_suspect("schÃ¶ner Tag"), is_suspect("The quote â€ was lost")
    (False, True, True)
    """
    # `str.isascii`, lest bytes be told to be clean.
    return not str.isascii(line) and bool(_decodable().search(line) or BROKEN.search(line))


def is_bad(line: str) -> bool:
    """Tell whether ftfy would do anything to a line, or bytes of it were lost; much of what is suspect is neither.

    ftfy leaves alone what its `badness` does not match (`_fix_encoding_one_step_and_explain`, 6.3).
    """
    from ftfy.badness import BADNESS_RE  # noqa: PLC0415 -- ftfy costs 80 ms, so it is loaded for a suspect text only

    return bool(BROKEN.search(line) or BADNESS_RE.search(line))


def is_widespread(text: str, lines: Iterable[tuple[int, int]]) -> bool:
    """Tell whether ftfy could find something to undo in many words: damage that shows no other sign is damage all over.

    Measured on own posts in 19 languages: 4 of 100 words beyond ASCII in clean text at most (`l’été` is one of them, for
    Mac Roman), 82 or more where lost bytes could be recovered.

    Args:
        text: All of it.
        lines: Where those that may be mojibake start and end.
    """
    words = sum(not word.isascii() for word in text.split())
    return sum(1 for start, end in lines for _ in _decodable().finditer(text, start, end)) >= _WIDESPREAD * words


def leftovers(text: str, stretches: Iterable[tuple[int, int]], *, damaged: bool) -> Iterator[tuple[int, int]]:
    """Find words that still look like mojibake.

    Args:
        text: After all repairs.
        stretches: Where to look.
        damaged: Whether the text is known to have had mojibake, so that weak signs count.

    Returns:
        The start and end of each such word, ascending.
    """
    stretches = list(stretches)
    signs = [at for start, end in stretches for at in _signs(text, start, end)]
    if signs or damaged:
        signs += (
            found.start() for start, end in stretches for found in _BROKEN_BESIDE_OTHERS.finditer(text, start, end)
        )
    reached = 0
    for sign in sorted(signs):
        if sign >= reached:
            start, reached = _word_around(text, sign, reached)
            yield start, reached


def is_broken(line: str) -> bool:
    """Tell whether a line has what UTF-8 becomes when bytes are lost, apart from what counts only beside others."""
    return not line.isascii() and any(True for _ in _signs(line, 0, len(line)))


def has_letter_of_dos(text: str, start: int, end: int) -> bool:
    """Tell whether a control stands for a letter, by none of the code pages that ftfy undoes."""
    return bool(_LETTER_OF_DOS.search(text, start, end))


def _signs(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where text looks broken; where ftfy could have a say, what it calls bad is."""
    yield from (found.start() for found in BROKEN.finditer(text, start, end))
    if _decodable().search(text, start, end):
        from ftfy.badness import BADNESS_RE  # noqa: PLC0415 -- ftfy costs 80 ms, so it is loaded for a suspect text only

        for found in BADNESS_RE.finditer(text, start, end):
            if not (_QUOTED_CAPITAL.match(found[0]) or _tells_nothing(text, *found.span())):
                yield found.start()


def _tells_nothing(text: str, start: int, end: int) -> bool:
    """Tell whether what is bad to ftfy may be no damage: a control amid ASCII, or a sign for a letter amid capitals."""
    if _CONTROLS.fullmatch(text, start, end):
        around = text[max(start - 1, 0) : start] + text[end : end + 1]
        return around.isascii() and not has_letter_of_dos(text, start, end + 1)
    if _SIGN_AMONG_CAPITALS.match(text, start):
        before, behind = (
            text[max(start - _NEAR, 0) : start].rsplit(" ", maxsplit=1)[-1],
            text[start : start + _NEAR].split(" ", maxsplit=1)[0],
        )
        return not any(map(str.islower, before + behind))
    return False


def _word_around(text: str, position: int, floor: int) -> tuple[int, int]:
    start = end = position
    while start > floor and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


@cache
def _decodable() -> re.Pattern[str]:
    """Match the images of a whole UTF-8 sequence under one code page; a blank may stand for a continuation byte A0.

    A match begins with the first continuation byte: lead bytes are the letters of clean Greek and Cyrillic.
    Behind three-byte leads from E4 on, and four-byte ones but F0, ftfy takes no blank for one (`ALTERED_UTF8_RE`, 6.3): in
    Cyrillic code pages these are letters that end half of the words (`моё `, `моєї `).
    """
    sequences: list[str] = []
    pairs, leads, continuations = "", "", ""
    for page in _CODE_PAGES:
        two, three, four = (images(page, *span) for span in ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4)))
        low, emoji = images(page, 0xE0, 0xE3), images(page, 0xF0, 0xF0)
        rest = images(page, 0x80, 0xBF) + "\N{REPLACEMENT CHARACTER}"
        sequences += (
            f"(?<=[{two}][{rest}])",
            f"(?<=[{three}][{rest}])[{rest}]",
            f"(?<=[{low}][{rest}]) ",
            f"(?<=[{four}][{rest}])[{rest}][{rest}]",
            f"(?<=[{emoji}][{rest}])[{rest} ][{rest} ]",
        )
        pairs += two
        leads += two + three + four
        continuations += rest
    return re.compile(
        rf"[\x80-\x9fÃÂ{continuations}](?:(?<=[\x80-\x9f])|(?<=[ÃÂ])(?= )|"
        rf"(?<=[{leads}].)(?:(?<=[{pairs}].)|(?=[{continuations} ]))(?:{'|'.join(sequences)}))"
    )
