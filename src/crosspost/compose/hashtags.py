"""Hashtags from a post's tags: one word each, as LinkedIn makes them live."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

import regex

from crosspost.compose.little_text import find_hashtags

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 5
"""LinkedIn's help advises three to five hashtags; more looks like spam."""

_TURKISH = frozenset("ığİ")  # `i` has a dot in capitals too
_SMALL_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")  # CO₂, m²
_LONGEST = 100  # a longer "tag" is a sentence that went astray

# Symbols that carry the meaning of a name are spoken; what LinkedIn users search for: #CSharp, #DotNET, #NodeJS.
_SPOKEN = (
    (regex.compile(r"^[#＃\s]+"), ""),
    (regex.compile(r"(?<=\w)#"), " Sharp "),
    (regex.compile(r"(?<=\w)\+\+"), " PlusPlus "),
    (regex.compile(r"(?<=\w)\+"), " Plus "),
    (regex.compile(r"(?<!\S)\.(?=\w)"), "Dot "),
    (regex.compile(r"(?i)(?<=\w)\.js\b"), " JS "),
    (regex.compile(r"&"), " And "),
    (regex.compile(r"(?<![\p{L}\p{N}])(\p{L}|[Qq]u)['’](?=\p{L})"), r"\1 "),  # French: `art d'hiver`; Irish: `O'Brien`
    (regex.compile(r"['’]"), ""),
)
_BETWEEN_WORDS = regex.compile(
    r"(?:[^\p{L}\p{Nd}\p{M}]|[\p{Me}\uFE00-\uFE0F]|(?<![\p{L}\p{Nd}\p{M}])\p{M})+", regex.VERSION1
)
_ORDINARY = regex.compile(r"[#＃]?[\p{L}\p{Nd}\p{M}\s_/'’-]*")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Hashtags without `#`, and in words what became of tags that are not simply among them."""

    hashtags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@lru_cache(1000)  # asked for anew with every length of a text that is tried
def to_hashtag(tag: str) -> str | None:
    """Return `tag` as one hashtag word without `#`, None where nothing is left that LinkedIn would make live.

    Several words become CamelCase; capitals that are there stay. A single word stays as it is written.

    >>> [to_hashtag(tag) for tag in ("machine learning", "GitHub-actions", "C#", "c++", ".NET", "node.js", "AI")]
    ['MachineLearning', 'GitHubActions', 'CSharp', 'CPlusPlus', 'DotNET', 'NodeJS', 'AI']
    >>> to_hashtag("women's health"), to_hashtag("sports d'hiver")
    ('WomensHealth', 'SportsDHiver')
    >>> to_hashtag("2024"), to_hashtag("🚀"), to_hashtag("기계 학습"), to_hashtag("हिन्दी")
    (None, None, '기계학습', 'हिन्दी')

    WordPress exports tags with entities.

    >>> to_hashtag("R&amp;D"), to_hashtag("AT&T"), to_hashtag("Q&#038;A")
    ('RAndD', 'ATAndT', 'QAndA')
    """
    spoken = (unescape(tag) if "&" in tag and ";" in tag else tag).translate(_SMALL_DIGITS)
    for pattern, said in _SPOKEN:
        spoken = pattern.sub(said, spoken)
    words = [word for word in _BETWEEN_WORDS.split(spoken) if word]
    if len(words) > 1:
        dotted = not _TURKISH.isdisjoint(tag)
        words = [_capitalised(word, dotted=dotted) for word in words]
    hashtag = unicodedata.normalize("NFC", "".join(words))
    live = find_hashtags(f"#{hashtag}")
    return hashtag if live and live[0].word == hashtag and len(hashtag) <= _LONGEST else None


def _capitalised(word: str, *, dotted: bool) -> str:
    if any(map(str.isupper, word)):
        return word
    return ("İ" if dotted and word[0] == "i" else word[0].title()) + word[1:]


def choose(
    tags: Iterable[str], *, mapping: Mapping[str, str], present: Iterable[str] = (), most: int | None = MOST
) -> Chosen:
    """Turn a post's tags into the hashtags to add to its text.

    Args:
        tags: As the author wrote them, the most important first.
        mapping: The author's own hashtag for a tag, case-insensitive; an empty one leaves the tag out.
        present: Hashtags that the text has already; they are not repeated, and count.
        most: How many the text may have; None for all.

    >>> choose(["ai", "2024", "AI"], mapping={"AI": "ArtificialIntelligence"})
    Chosen(hashtags=('ArtificialIntelligence',), notes=("'2024' makes no hashtag",))
    """
    overrides = {_key(name): value for name, value in mapping.items()}
    seen = {_key(word) for word in present}
    hashtags: list[str] = []
    notes: list[str] = []
    for tag in filter(str.strip, tags):
        key = _key(tag)
        if key in seen:
            continue
        source = overrides.get(key, tag)
        hashtag = to_hashtag(source)
        if hashtag is None:
            notes += [f"{source!r} makes no hashtag"] if source else []
        elif (live := _key(hashtag)) in seen:
            continue
        elif most is not None and len(seen) >= most:
            notes.append(f"{tag!r} is more than {most}")
        else:
            hashtags.append(hashtag)
            notes += [] if _ORDINARY.fullmatch(source) else [f"{tag!r} became #{hashtag}"]
            seen.add(live)
    return Chosen(tuple(hashtags), tuple(notes))


def _key(tag: str) -> str:
    """Return what two ways to write one tag share: no sign, no case, and `İ` as `i`."""
    return tag.strip().lstrip("#＃").casefold().replace("i\u0307", "i")
