"""Where a text may be cut: after a sentence, after a word, never inside anything that belongs together.

Sentence ends follow Unicode Standard Annex 29, section 5.1, with what it leaves to tailoring: abbreviations, initials
and ordinals. The language of a text is unknown, so all languages' exceptions count at once: a missed sentence end only
makes a cut shorter, a wrong one makes it silly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

# Only those that are followed by a capital letter often; before a small letter a full stop ends nothing anyway.
_ABBREVIATIONS_BY_LANGUAGE = MappingProxyType(
    {
        "en": "mr mrs ms dr prof st jr sr gen col lt sgt rev hon pres gov sen rep vs etc no nos vol fig figs eq sec ch pp "
        "ed eds al approx dept est inc ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e a.m p.m u.s u.k",
        "de": "bzw ca evtl ggf inkl exkl max min nr str tel usw u.a z.b d.h i.d.r s.o s.u vgl abb bd hr fr hrsg ing dipl mio "
        "mrd sog zzgl bspw usf hl jh jhd chr geb gest kath ev anm aufl mind tsd st bd bde ca co dgl jur med phil rer nat",
        "fr": "m mm mme mlle env p.ex cf av bd",
        "es": "sr sra srta dra ud uds ee uu p.ej pág págs núm aprox av avda gral lic",
        "pt it": "exmo exma dott sig sigg",
        "nl": "bijv d.w.z dhr mevr drs mw o.a",
        "da no sv": "bl.a f.eks t.ex dvs osv ev",
        "pl cs": "np tzn tzw itd itp ul godz tzv např atd apod mj",
        "ru": "гг т.е т.к т.д т.п др пр ул руб млн млрд стр рис см им проф",
        "tr": "örn vb vd yrd doç",
        "hi mr ne": "डॉ प्रो कु पं सं रु श्री",
    }
)
_ABBREVIATIONS = frozenset(word for words in _ABBREVIATIONS_BY_LANGUAGE.values() for word in words.split())
# French sets its closing quotation mark apart.
_END = regex.compile(
    r"(?P<marks>[\p{SB=STerm}\p{SB=ATerm}…]+)[\p{Pe}\p{Pf}\p{Pi}\"'’]*(?:[ \u00a0\u202f]»(?!\w))?", regex.VERSION1
)
# `m.b.H.`, `a.k.a.`, `Ph.D.`
_DOTTED = regex.compile(r"(?:\p{L}{1,3}\.)+\p{L}{1,3}")
_WIDE = frozenset("。！？｡．")
_LAST_WORD = regex.compile(r"[^\s\p{Ps}\p{Pi}\"']*\Z")
_SMALL_NEXT = regex.compile(r"[\s\p{P}]*\p{Ll}")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_WORD_END = regex.compile(r"(?w)(?<=\S)(?:(?=\s)|\b(?<=[\p{Han}\p{Hiragana}\p{Katakana}]))")
_UNBREAKABLE = regex.compile(r"https?://\S+|[#@]\w+")
# What encloses, but for the mouths of `:-)` and `:(`. German has „…“ and »…«.
_OPENING_OF = MappingProxyType(
    {")": "(", "]": "[", "）": "（", "」": "「", "』": "『", "”": "“„", "“": "„", "»": "«", "«": "»"}
)
_OPENING = frozenset("([（「『“„«»")
_BRACKET = regex.compile(r"(?<![:;=]-?)[()\[\]（）「」『』“”„«»]")


def sentence_ends(text: str) -> list[int]:
    """Return the indices after which a sentence or a line of `text` is over, ascending; the end of `text` is not one.

    A line that ends with a colon announces the next and is not over.

    >>> text = "Dr. Who has 3.5 apples, z. B. red ones. Really! And more"
    >>> [text[:end] for end in sentence_ends(text)]
    ['Dr. Who has 3.5 apples, z. B. red ones.', 'Dr. Who has 3.5 apples, z. B. red ones. Really!']
    """
    ends = {match.end() for match in _END.finditer(text) if _ends_sentence(text, match)}
    ends |= {len(text[:at].rstrip()) for at in _line_ends(text) if not announces(text[:at])}
    is_closed = _closed(text)
    return [end for end in _cuttable(text, sorted(ends)) if is_closed(end)]


def word_ends(text: str) -> list[int]:
    """Return the indices after which a word of `text` is over, ascending; the end of `text` is not one.

    Thai, Lao and the like are written without spaces and have no ends that rules could find.

    >>> word_ends("two words, 日本")
    [3, 10, 12]
    """
    return _cuttable(text, [match.end() for match in _WORD_END.finditer(text)])


def announces(text: str) -> bool:
    """Tell whether `text` ends with a colon: what it announces comes next.

    >>> announces("Three reasons:"), announces("理由：  "), announces("Done.")
    (True, True, False)
    """
    return text.rstrip().endswith((":", "：", "︓", "፦", "៖"))


def _ends_sentence(text: str, match: regex.Match[str]) -> bool:
    after = text[match.end() : match.end() + 1]
    if match["marks"][-1] in _WIDE:
        return True
    if after and not after.isspace():
        return False
    if _SMALL_NEXT.match(text, match.end()):
        return False
    is_quoted = match.end("marks") < match.end()
    return match["marks"] != "." or is_quoted or not _is_abbreviation(text[: match.start()])


def _is_abbreviation(before: str) -> bool:
    """Whether a full stop after `before` belongs to the word: an abbreviation, an initial, an ordinal."""
    match = _LAST_WORD.search(before, max(0, len(before) - 20))
    word = match[0].lower() if match else ""
    is_initial = len(word) == 1 and word.isalpha()
    is_ordinal = word.isdecimal() and len(word) < 3
    return is_initial or is_ordinal or word in _ABBREVIATIONS or bool(_DOTTED.fullmatch(word))


def _line_ends(text: str) -> Iterator[int]:
    at = text.find("\n")
    while at >= 0:
        if text[:at].strip():
            yield at
        at = text.find("\n", at + 1)


def _closed(text: str) -> Callable[[int], bool]:
    """Return what tells whether no parenthesis or quotation is open at an index."""
    places, depths, opened = [0], [0], list[str]()
    count = Counter[str]()
    for match in _BRACKET.finditer(text):
        mark = match[0]
        partners = _OPENING_OF.get(mark, "")
        if any(count[partner] for partner in partners):
            while (last := opened.pop()) not in partners:
                count[last] -= 1
            count[last] -= 1
        elif mark in _OPENING and (mark != "»" or text[match.end() : match.end() + 1].isalnum()):
            opened.append(mark)
            count[mark] += 1
        places.append(match.end())
        depths.append(len(opened))
    return lambda end: not depths[bisect_right(places, end) - 1]


def _cuttable(text: str, ends: list[int]) -> list[int]:
    """Keep those ends that lie inside `text` and in no grapheme, address, hashtag or mention."""
    if not ends:
        return []
    # Between two ASCII characters a grapheme ends, but for CR and LF (UAX 29).
    if all(text[max(end - 1, 0) : end + 1].isascii() for end in ends):
        graphemes: Container[int] = range(len(text))
    else:
        graphemes = {match.start() for match in regex.finditer(r"\X", text)}
    inside = _protected(text)
    last = len(text.rstrip())
    return [end for end in ends if end < last and end in graphemes and not inside(end)]


def _protected(text: str) -> Callable[[int], bool]:
    spans = [match.span() for match in _UNBREAKABLE.finditer(text)]
    starts = [start for start, _ in spans]

    def inside(end: int) -> bool:
        before = bisect_left(starts, end) - 1
        return before >= 0 and end < spans[before][1]

    return inside
