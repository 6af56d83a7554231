"""One line of the front matter as plain text: titles, descriptions."""

from __future__ import annotations

import regex

from crosspost.references import unescape

# Jekyll puts a title into the page as it stands, so HTML in it works; `Vec<T>` shows that not all in angles is HTML.
_TAG = regex.compile(
    r"(?i)</?(?:a|abbr|b|bdi|big|br|cite|code|del|em|font|i|img|ins|kbd|mark|p|q|s|small|span|strike|strong|sub|sup|u|wbr)"
    r"(?:\s[^<>]*)?/?>"
)
_BREAK = regex.compile(r"(?i)</?(?:br|p)(?:\s[^<>]*)?/?>")
# In the page it hides what stands in it; in code it does not.
_COMMENT = regex.compile(r"(?s)(?<!`)(`+)(?!`)[^`]+\1(?!`)(*SKIP)(*FAIL)|<!--.*?(?:-->|\Z)")
# `jekyll-titles-from-headings` and `markdownify` in themes: Markdown in a title is meant as such.
_EMPHASIS = regex.compile(r"(?<![\w*\\])(\*{1,3})(?=\S)([^*]+)(?<=\S)\1(?![\w*])")
_CODE = regex.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def plain_line(text: str) -> str:
    """Return `text` without markup, on one line.

    >>> plain_line("What *Is* a `Vec<T>`?<br />S&atilde;o Paulo")
    'What Is a Vec<T>? São Paulo'
    >>> plain_line("2 * 3 * 4")
    '2 * 3 * 4'
    """
    if "<" in text:
        text = _COMMENT.sub("", text)
        text = _TAG.sub("", _BREAK.sub(" ", text))
    text = unescape(text)
    if "`" in text or "*" in text:
        text = _EMPHASIS.sub(r"\2", _CODE.sub(r"\2", text))
    return " ".join(text.split())
