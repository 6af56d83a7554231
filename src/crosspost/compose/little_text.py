r"""LinkedIn's "little text", the markup of `commentary`: write it, read it, and check it before it is sent.

Source: LinkedIn's page "little Text Format". Fifteen characters are reserved and need a backslash wherever they are
literal. What LinkedIn does not understand it does not refuse: it publishes the text cut off there, with a 201.

    LittleElement   ::= Text | MentionElement | HashtagElement | HashtagTemplate
    MentionElement  ::= '@' '[' fallback ']' '(' urn ')'
    HashtagElement  ::= '#' single-word
    HashtagTemplate ::= '{hashtag|' ( '\#' | '#' | '＃' ) '|' Text '}'
    Text            ::= ( non-reserved character | '\' reserved character )+

Only `commentary` is little text: titles and descriptions of articles, alternative texts and comments are plain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RESERVED = "|{}@[]()<>#\\*_~"

_RESERVED = RESERVED.encode()
# The backslash first, so that none is escaped twice.
_ESCAPES = tuple((bytes([sign]), b"\\" + bytes([sign])) for sign in (*b"\\", *_RESERVED.replace(b"\\", b"")))

# A hashtag stands alone and has a letter: `C#`, `#1`, `a#b` and `#C#` are words, `#a_b` is not one tag for LinkedIn. Of
# `#L&D`, `#node.js` and `#e-learning` LinkedIn would make the wrong tags `#L`, `#node` and `#e`; but who writes `#AI-driven`
# means `#AI`.
# A keycap `#️⃣`, joiners and variation selectors are no part of a tag.
_WORD = r"[\p{L}\p{Nd}][[\p{L}\p{Nd}\p{M}]--[\p{Me}\uFE00-\uFE0F]]*+"
_HASHTAG = regex.compile(
    rf"(?<!\S)\#(?P<word>(?=[\p{{L}}\p{{Nd}}\p{{M}}]*\p{{L}}){_WORD})(?![\p{{M}}\p{{N}}\p{{Pc}}\p{{Cf}}\#+]|[&.]\w)"
    r"(?:(?![\-\u2010\u2011]\w)|(?<=\#[\p{Lu}\p{Nd}]{2,}))",
    regex.VERSION1,
)
# Letters and digits only: combining marks are neither, so such a word goes into the template.
_BARE = regex.compile(r"[\p{L}\p{Nd}]+")

_TEXT = r"(?:[^|{}@\[\]()<>\#\\*_~]++|\\[|{}@\[\]()<>\#\\*_~])"
_TOKEN = regex.compile(
    rf"""
      (?<!\S)\#(?P<bare>(?=[\p{{L}}\p{{Nd}}]*\p{{L}})[\p{{L}}\p{{Nd}}]++)(?!\\?[\p{{M}}\p{{N}}\p{{Pc}}])
    | \{{hashtag\|(?P<sign>\\\#|\#|＃)\|(?P<template>{_TEXT}++)\}}
    | @\[(?P<name>{_TEXT}*+)\]\((?P<urn>urn:li:\w+:(?:[A-Za-z0-9-]|\\?_)++)\)
    """,
    regex.VERBOSE,
)
# The same first alternative, and its escapes: `re` is four times as fast at what most of a text is.
_LITERAL = re.compile(r"[^|{}@\[\]()<>#\\*_~]*+(?:\\[|{}@\[\]()<>#\\*_~][^|{}@\[\]()<>#\\*_~]*+)*+")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class Hashtag(NamedTuple):
    """A live hashtag in a text: `text[start:end]` is `#` and `word`."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Place:
    """A name in a text that is to be a mention: `text[start:end]`, and whom it names."""

    start: int
    end: int
    urn: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention as little text writes it: the name that readers see, and whom it names."""

    name: str
    urn: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader sees of a little text; `hashtags` without `#`."""

    text: str
    hashtags: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


class LittleTextError(ValueError):
    """This is no little text. `position` is the index of the first character that fits no element."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"{reason} at index {position}")
        self.position = position
        self.reason = reason


def escape(text: str) -> str:
    r"""Return `text` as little text in which everything is literal.

    >>> print(escape("a (b) C# x_y"))
    a \(b\) C\# x\_y
    """
    if not text or text.isspace():  # what stands between hashtags
        return text
    encoded = text.encode("utf-8", "surrogatepass")  # one emoji makes searching text three times as slow as bytes
    for character, escaped in _ESCAPES:  # most are absent
        encoded = encoded.replace(character, escaped)
    return encoded.decode("utf-8", "surrogatepass")


def growth(text: str, mentions: Sequence[Place] = (), hashtags: Iterable[Hashtag] | None = None) -> int:
    r"""Return by how many characters `text` is longer as little text: what `to_wire` would add, without writing it.

    >>> growth("C# (#1) #AI"), len(to_wire("C# (#1) #AI")) - len("C# (#1) #AI")
    (4, 4)
    """
    tags = find_hashtags(text) if hashtags is None else hashtags
    return _reserved(text) + sum(
        len(element) - (end - start) - _reserved(text[start:end])
        for start, end, element in _elements(text, tags, mentions)
    )


def _reserved(text: str) -> int:
    encoded = text.encode("utf-8", "surrogatepass")
    return len(encoded) - len(encoded.translate(None, _RESERVED))


def find_hashtags(text: str) -> tuple[Hashtag, ...]:
    """Return the words in `text` that are hashtags: after the start or white space, letters and digits, one letter.

    >>> [tag.word for tag in find_hashtags("#AI in C#, (#no) #1 #2025goals #a_b #naïve")]
    ['AI', '2025goals', 'naïve']
    """
    found = []
    at = text.find("#")
    while at >= 0:
        match = _HASHTAG.match(text, at) if not at or text[at - 1].isspace() else None
        if match:
            found.append(Hashtag(at, match.end(), match["word"]))
        at = text.find("#", match.end() if match else at + 1)
    return tuple(found)


def to_wire(text: str, hashtags: Iterable[Hashtag] | None = None, mentions: Sequence[Place] = ()) -> str:
    r"""Return `text` as little text: `hashtags` and `mentions` live, all else literal.

    Args:
        text: What a reader shall see.
        hashtags: Which to make live, in the order of the text; by default all that `find_hashtags` finds.
        mentions: Names in the text that are to lead to whom they name; none overlaps a hashtag.

    >>> print(to_wire("C# (#1) #AI"))
    C\# \(\#1\) #AI
    >>> print(to_wire("Ask Jo (hi)", mentions=[Place(4, 6, "urn:li:person:1")]))
    Ask @[Jo](urn:li:person:1) \(hi\)
    """
    tags = find_hashtags(text) if hashtags is None else hashtags
    parts, done = [], 0
    for start, end, element in _elements(text, tags, mentions):
        parts += [escape(text[done:start]), element]
        done = end
    return "".join((*parts, escape(text[done:])))


def _elements(text: str, hashtags: Iterable[Hashtag], mentions: Sequence[Place]) -> list[tuple[int, int, str]]:
    """Return what is live, in the order of the text: where it stands, and how little text writes it."""
    live = [(tag.start, tag.end, _live(tag.word)) for tag in hashtags]
    live += [(at.start, at.end, f"@[{escape(text[at.start : at.end])}]({at.urn})") for at in mentions]
    return sorted(live)


def _live(word: str) -> str:
    return f"#{word}" if _BARE.fullmatch(word) else f"{{hashtag|\\#|{escape(word)}}}"


def parse(wire: str) -> Parsed:
    r"""Read little text strictly, as the grammar has it.

    Raises:
        LittleTextError: A reserved character starts no element, or a backslash stands before another character.

    >>> parse(r"a \(b\) #AI {hashtag|\#|हिन्दी} @[Jo](urn:li:person:1)")
    Parsed(text='a (b) #AI #हिन्दी Jo', hashtags=('AI', 'हिन्दी'), mentions=(Mention(name='Jo', urn='urn:li:person:1'),))
    """
    shown: list[str] = []
    hashtags: list[str] = []
    mentions: list[Mention] = []
    position = 0
    while position < len(wire):
        if (literal := _LITERAL.match(wire, position)) and literal[0]:
            position = literal.end()
            shown.append(_unescape(literal[0]))
            continue
        token = _TOKEN.match(wire, position)
        if token is None:
            raise LittleTextError(position, f"{wire[position]!r} is reserved and starts no element")
        position = token.end()
        if word := token["bare"]:
            hashtags.append(word)
            shown.append(f"#{word}")
        elif template := token["template"]:
            word = _unescape(template)
            hashtags.append(word)
            shown.append(_unescape(token["sign"]) + word)
        else:
            mention = Mention(_unescape(token["name"]), _unescape(token["urn"]))
            mentions.append(mention)
            shown.append(mention.name)
    return Parsed("".join(shown), tuple(hashtags), tuple(mentions))


def _unescape(text: str) -> str:
    return "".join(_ESCAPED.split(text)) if "\\" in text else text


def gate(wire: str, text: str) -> str | None:
    r"""Return why `wire` must not be sent: it does not read as `text`. None where it does.

    >>> gate("a (b)", "a (b)")
    "'(' is reserved and starts no element at index 2"
    >>> gate(r"a \(b\)", "a (b)") is None
    True
    """
    try:
        parsed = parse(wire)
    except LittleTextError as error:
        return str(error)
    if parsed.text == text:
        return None
    same = next((i for i, (a, b) in enumerate(zip(parsed.text, text, strict=False)) if a != b), -1)
    return f"a reader would see another text from index {same if same >= 0 else min(len(parsed.text), len(text))}"
