"""The opening lines: all that the feed shows before "…more", so all that decides whether anyone reads on."""

from __future__ import annotations

from functools import cache

import regex

from crosspost.compose.render.title import loose, repeats

_LINK_ONLY = regex.compile(r"\W*https?://\S+\W*")
# A word of a script that parts words: one of the others may be a sentence.
_ONE_WORD = regex.compile(r"[\d\W]*(?![\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}])\p{L}+\W*")
_LONGEST_GREETING = 60
_NO_WORD = regex.compile(r"\W{1,40}")
_HASHTAGS_ONLY = regex.compile(r"\W*(?:#\w+[\s,·|]*)+")


def wasted(text: str, title: str | None, fold: int | None = None, heading: str = "") -> str | None:
    r"""Return why the opening of `text` tells a reader nothing new, None where it does.

    Args:
        text: What a reader sees.
        title: The post's.
        fold: Index in `text` where the feed folds it; None where it does not.
        heading: The one that the body opens with; empty for none.

    >>> wasted("Ten tips\n\nTen tips!\n\nFirst …", "Ten tips")
    'the first line of the body repeats the title'
    >>> wasted("https://example.com/post\n\nText", None)
    'it opens with a link'
    >>> wasted("#AI #Training\n\nText", None)
    'it opens with hashtags'
    >>> wasted("Ten tips\n\nMost of them are free.", "Ten tips") is None
    True
    >>> wasted("Ten tips for you\n\nTen tips for you. The first is free.", "Ten tips for you", fold=26)
    'the body begins with the words of the title'
    """
    lines = [line for line in text.split("\n", 8) if line.strip()]
    if not lines:
        return None
    if _LINK_ONLY.fullmatch(lines[0]):
        return "it opens with a link"
    if _HASHTAGS_ONLY.fullmatch(lines[0]):
        return "it opens with hashtags"
    if len(lines) > 1 and repeats(lines[0], title) and repeats(lines[1], title):
        return "the first line of the body repeats the title"
    shown = text[:fold].partition(lines[0])[2].strip() if fold and repeats(lines[0], title) else ""
    return _beneath_title(shown, title or "", heading) if shown else None


def _beneath_title(shown: str, title: str, heading: str) -> str | None:
    """Return why what the feed shows of a body tells nothing new beneath the title."""
    if _says_no_more(shown, title):
        return "the body begins with the words of the title"
    if shown == heading and _ONE_WORD.fullmatch(shown):
        return f"all that they show of the body is the heading \u201c{shown}\u201d"
    if _NO_WORD.fullmatch(shown):
        return f"all that they show of the body is \u201c{shown}\u201d"
    if _HASHTAGS_ONLY.fullmatch(shown):
        return "all that they show of the body are hashtags"
    if len(shown) <= _LONGEST_GREETING and _greeting().fullmatch(shown):
        return f"all that they show of the body is the greeting \u201c{shown}\u201d"
    return None


def _says_no_more(shown: str, title: str) -> bool:
    """Tell whether what the feed shows of a body is the title again, or at least its first half."""
    words, whole = loose(shown), loose(title)
    return 2 * len(words) >= len(whole) and whole.startswith(words)


@cache
def _greeting() -> regex.Pattern[str]:
    """Match a greeting with up to three words more: "Hi everyone!", "Hallo zusammen,", "大家好！"."""
    return regex.compile(
        r"(?i)\W*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|hallo|moin|servus|guten (?:morgen|tag|abend)"
        r"|bonjour|bonsoir|salut|hola|buen[oa]s (?:d[ií]as|tardes|noches)|ciao|buongiorno|salve|olá|oi|bom dia|boa (?:tarde|noite)"
        r"|hoi|cześć|witam|dzień dobry|ahoj|dobrý den|hej|hei|merhaba|selam|xin chào|chào|γεια|καλημέρα|(?:всем )?привет"
        r"|здравствуйте|добрый (?:день|вечер)|вітаю|مرحبا|السلام عليكم|שלום|नमस्ते)\b(?:[^\w.!?]+[\w'’]+){0,3}"
        r"|(?:dear|liebe[rs]?|beste)\b[^.!?:]{1,30}[,!]|(?:大家好|各位好|你好|皆さん|みなさん|こんにちは|안녕하세요|여러분|สวัสดี)\w{0,12}(?:\W+\w{1,6})?)\W*"
    )
