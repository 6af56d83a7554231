"""Web addresses inside text: where they stand, and how to write them without little text's reserved characters."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

# RFC 3986, section 2.3 and 6.2.2.2: `~` and `%7E` are the same. `(`, `)` and `*` are sub-delimiters (2.2) that servers
# treat like their encoded forms; the others may not stand in an address as they are. Left out: `_`, since `%5F` reads
# badly; `#` and `@`, since encoding takes their meaning; `\`, since browsers read it as `/`.
_RESERVED = frozenset("()~*|[]{}<>")
_ENCODED = MappingProxyType({ord(character): f"%{ord(character):02X}" for character in _RESERVED})

# ASCII but white space, quotes, `<` and `>`; of the rest only letters, and not those of scripts that are written
# without a space after an address ("https://example.com/aを見る").
_URL = regex.compile(
    r"(?i)(?<![\p{L}\p{N}])https?://"
    r"(?:[!\#-;=?-~]|[[\p{L}\p{M}\p{Nd}]--[\p{ASCII}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}]])+",
    regex.VERSION1,
)
# What an address must have for anything to be encoded: one of those characters before it can end. A bracket that
# closes nothing ends it.
_MAY_BE_ENCODED = re.compile(r"://[^\s()~*|\[\]{}:]*+(?::(?!//)[^\s()~*|\[\]{}:]*+)*+[(~*|\[\]{}]")
_TRAILING = "?!.,:;*_~'"
_BRACKET = re.compile(r"[()\[\]{}]")
_CLOSING = re.compile(r"[)\]}]")
_CLOSES = MappingProxyType({")": "(", "]": "[", "}": "{"})
_AUTHORITY = regex.compile(r"(?i)https?://[^/?#]*")
_URI_TEMPLATE = regex.compile(r"\{[+#./;?&]?[\w.]+(?:,[\w.]+)*\}")


def find_urls(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every web address in `text`.

    Where an address ends follows GitHub Flavored Markdown, "Autolinks (extension)": neither trailing punctuation nor a
    closing parenthesis without an opening one belongs to it. Here the latter ends it wherever it stands, since text may
    follow without a space: "label (https://example.com/)[1]". Brackets and braces are parentheses in this.

    >>> text = "(see https://en.wikipedia.org/wiki/Foo_(bar))."
    >>> [text[start:end] for start, end in find_urls(text)]
    ['https://en.wikipedia.org/wiki/Foo_(bar)']
    >>> text = "[https://example.org/a[1]] {https://example.org/}"
    >>> [text[start:end] for start, end in find_urls(text)]
    ['https://example.org/a[1]', 'https://example.org/']
    """
    at = text.find("://")
    while at >= 0:
        match = _URL.match(text, max(at - 5, 0)) or _URL.match(text, max(at - 4, 0))  # "https", "http"
        if match:
            yield match.start(), match.start() + len(_without_following(match[0]).rstrip(_TRAILING))
        at = text.find("://", match.end() if match else at + 3)


def _without_following(url: str) -> str:
    if not _CLOSING.search(url):
        return url
    open_now: dict[str, int] = {}
    for bracket in _BRACKET.finditer(url):
        if closed := _CLOSES.get(bracket[0]):
            if not open_now.get(closed):
                return url[: bracket.start()]
            open_now[closed] -= 1
        else:
            open_now[bracket[0]] = open_now.get(bracket[0], 0) + 1
    return url


def encode_url(url: str) -> str:
    """Percent-encode little text's reserved characters in one address, where that keeps its meaning.

    The host stays (`[::1]`), and so does an address that is a pattern, with a placeholder such as `{id}` (RFC 6570).

    >>> encode_url("https://example.com/~jo/a_(b)#c")
    'https://example.com/%7Ejo/a_%28b%29#c'
    """
    if _RESERVED.isdisjoint(url) or _URI_TEMPLATE.search(url):
        return url
    authority = match[0] if (match := _AUTHORITY.match(url)) else ""
    return authority + url[len(authority) :].translate(_ENCODED)


def encode_urls(text: str) -> str:
    """Percent-encode little text's reserved characters in every address in `text`; all else stays.

    >>> encode_urls("~ and https://example.com/~jo/")
    '~ and https://example.com/%7Ejo/'
    """
    if "://" not in text or not _MAY_BE_ENCODED.search(text):
        return text
    parts, done = [], 0
    for start, end in find_urls(text):
        parts += [text[done:start], encode_url(text[start:end])]
        done = end
    return "".join((*parts, text[done:]))
