r"""Read little text as strictly as its grammar says, and show what a reader would see of it.

Written from the grammar of the page "little Text Format" alone, apart from the code that writes it, so that a
misreading there is found here:

    content         ::= LittleText+ | EOF
    LittleElement   ::= Text | MentionElement | HashtagElement | HashtagTemplate
    MentionElement  ::= '@' '[' fallback ']' '(' urn ')'
    HashtagElement  ::= '#' single-word
    HashtagTemplate ::= '{hashtag|' ( '\#' | '＃' ) '|' Text '}'
    Text            ::= ( non-reserved char | '\' reserved char )+

A reserved character that starts no element raises no error: LinkedIn answers 201 and publishes the text up to it
(observed by very many users for `(`, reported for all 15; the sandbox cuts at each of them).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

RESERVED = frozenset(r"|{}@[]()<>#\*_~")

_ANY_RESERVED = r"[|{}@\[\]()<>#\\*_~]"
_TEXT_CHAR = rf"(?:[^|{{}}@\[\]()<>#\\*_~]|\\{_ANY_RESERVED})"
# The page also shows an unescaped # as the sign of a template, so that is taken too.
_TEMPLATE = rf"\{{hashtag\|(?P<sign>\\?#|＃)\|(?P<value>{_TEXT_CHAR}++)\}}"
_MENTION = rf"@\[(?P<name>{_TEXT_CHAR}*+)\]\((?P<urn>urn:li:(?:person|organization):[A-Za-z0-9_-]++)\)"
# "single-word" is not defined. Sure are letters and digits with at least one letter, after the start or white space;
# whatever else has a # (`C#`, `#1`, `a#b`, `#a_b`) is literal text and has to be escaped.
_HASHTAG = r"(?<!\S)#(?P<word>(?=\p{Nd}*+\p{L})[\p{L}\p{Nd}]++)(?![\p{L}\p{N}\p{M}_])"
_ELEMENT = regex.compile(
    rf"(?P<text>{_TEXT_CHAR}++)|(?P<hashtag>{_HASHTAG})|(?P<template>{_TEMPLATE})|(?P<mention>{_MENTION})"
    # A backslash before any other character: nobody knows. Kept, and reported as a doubt.
    rf"|(?P<stray>\\(?!{_ANY_RESERVED}|\Z))"
)
_ESCAPE = regex.compile(rf"\\({_ANY_RESERVED})")

_WHY = {
    "#": "is no hashtag: a bare one stands after white space and is one word of letters and digits",
    "@": "starts no mention: @[Name](urn:li:person:… or urn:li:organization:…)",
    "{": r"starts no template: {hashtag|\#|Word}",
    "\\": "ends the text and escapes nothing",
}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind.

    Attributes:
        text: What a reader sees.
        target: The hashtag without its sign, or the URN of a mention; empty for text.
        start: Index in the raw string; `end` likewise.
    """

    kind: Literal["text", "hashtag", "mention"]
    text: str
    target: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something wrong or doubtful at `position`, an index (code points) into the raw string."""

    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class LittleText:
    """A commentary as sent, and what becomes of it.

    Attributes:
        raw: As sent.
        runs: What a reader sees, in order.
        cut: Where and why the published text ends early; None where all of it shows.
        doubts: What no source vouches for; it is shown as it stands.
    """

    raw: str
    runs: tuple[Run, ...]
    cut: Remark | None
    doubts: tuple[Remark, ...]

    @property
    def rendered(self) -> str:
        """What a reader sees."""
        return "".join(run.text for run in self.runs)

    @property
    def hashtags(self) -> tuple[str, ...]:
        """Live hashtags without their sign, in order."""
        return tuple(run.target for run in self.runs if run.kind == "hashtag")

    @property
    def mentions(self) -> tuple[str, ...]:
        """URNs of the mentioned, in order."""
        return tuple(run.target for run in self.runs if run.kind == "mention")

    @property
    def as_read(self) -> str:
        r"""The commentary as a later read returns it: whole, hashtags in template form (documented and observed).

        >>> parse("Hi #Word").as_read
        'Hi {hashtag|\\#|Word}'
        """
        pieces, position = [], 0
        for run in self.runs:
            if run.kind == "hashtag" and self.raw[run.start] == "#":
                pieces += [self.raw[position : run.start], f"{{hashtag|\\#|{run.target}}}"]
                position = run.end
        return "".join([*pieces, self.raw[position:]])


def parse(raw: str) -> LittleText:
    r"""Parse a commentary; never fails, because LinkedIn does not either.

    >>> parse(r"a \(b\) C\# #tag").rendered
    'a (b) C# #tag'
    >>> text = parse("cut (here)")
    >>> text.rendered, text.cut.position
    ('cut ', 4)
    """
    runs: list[Run] = []
    doubts: list[Remark] = []
    position = 0
    while position < len(raw):
        match = _ELEMENT.match(raw, position)
        if match is None:
            return LittleText(raw, tuple(runs), Remark(position, _why(raw[position])), tuple(doubts))
        runs.append(_run(match))
        doubts += _doubts(match)
        position = match.end()
    return LittleText(raw, tuple(runs), None, tuple(doubts))


def _run(match: regex.Match[str]) -> Run:
    start, end = match.span()
    if match["hashtag"] is not None:
        return Run("hashtag", match["hashtag"], match["word"], start, end)
    if match["template"] is not None:
        value = _unescape(match["value"])
        return Run("hashtag", match["sign"].removeprefix("\\") + value, value, start, end)
    if match["mention"] is not None:
        # An empty fallback is allowed; LinkedIn would put the name there, the sandbox knows only the URN.
        return Run("mention", _unescape(match["name"]) or match["urn"], match["urn"], start, end)
    return Run("text", _unescape(match[0]), "", start, end)


def _doubts(match: regex.Match[str]) -> list[Remark]:
    if match["stray"] is not None:
        return [Remark(match.start(), "a backslash before a character that is not reserved")]
    if match["template"] is not None and regex.search(r"\s", match["value"]):
        return [Remark(match.start(), "a hashtag with white space")]
    return []


def _why(character: str) -> str:
    reason = _WHY.get(character, "starts nothing")
    return f"{character} {reason}; as plain text it is written \\{character}"


def _unescape(text: str) -> str:
    return _ESCAPE.sub(r"\1", text)
