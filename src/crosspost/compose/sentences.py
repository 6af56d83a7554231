"""Where a text may be cut: after a sentence, after a word, never inside anything that belongs together.

Sentence ends follow Unicode Standard Annex 29, section 5.1, with what it leaves to tailoring: abbreviations, initials
and ordinals. The language of a text is unknown, so all languages' exceptions count at once: a missed sentence end only
makes a cut shorter, a wrong one makes it silly.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

# Only those that are followed by a capital letter often; before a small letter a full stop ends nothing anyway, and what
# has no vowel (`Dr.`, `bzw.`, `Tj.`, `вв.`) needs no entry.
_ABBREVIATIONS_BY_LANGUAGE = MappingProxyType(
    {
        "en": "prof gen col rev hon pres gov sen rep etc vol fig figs eq sec eds ed al approx dept est inc co corp jan feb mar "
        "apr jun jul aug sep sept oct nov dec e.g i.e a.m p.m u.s u.k",
        "de": "fa fam abt ca evtl inkl exkl max min tel bde usw u.a z.b d.h i.d.r s.o s.u abb fr ing dipl mio sog zzgl usf geb gest kath ev anm "
        "aufl mind co jur med phil rer nat allg bes gem jew einschl art kap tab",
        "fr": "mme mlle env p.ex cf av éd art chap",
        "es": "sra srta dra ud uds ee uu p.ej pág págs núm aprox av avda gral lic sta sto arq cía",
        "pt it": "exmo exma exa dott sig sigg eng sra profa avv pag arch ing",
        "nl": "bijv d.w.z mevr o.a ir enz incl excl",
        "da no sv": "bl.a f.eks t.ex osv ev",
        "pl cs sk": "np itd itp ul godz ok zob inż hab m.in např atd apod mudr judr phdr ing doc",
        "ru uk": "т.е т.к т.д т.п ул руб рис им проф тыс тис просп обл ред изд акад доц напр вул див ім грн",
        "el": "δηλ σελ αρ κα κος",
        "tr": "örn vb yrd doç üni cad mah",
        "vi": "ts gs pgs tp",
        "hi mr ne": "डॉ प्रो कु पं सं रु श्री",
    }
)
_ABBREVIATIONS = frozenset(word for words in _ABBREVIATIONS_BY_LANGUAGE.values() for word in words.split())
# French sets its closing quotation mark apart.
_END = regex.compile(
    r"(?P<marks>(?:[\p{SB=STerm}\p{SB=ATerm}…]|(?<=\p{Greek})[;\u037e])+)"  # Greek asks with a semicolon
    r"[\p{Pe}\p{Pf}\p{Pi}\"'’]*(?:[ \u00a0\u202f]»(?!\w))?",
    regex.VERSION1,
)
# `m.b.H.`, `a.k.a.`, `Ph.D.`
_DOTTED = regex.compile(r"(?:\p{L}{1,3}\.)+\p{L}{1,3}")
_SHORT = 5  # letters
_VOWELS = frozenset("aeiouyıæøœаеёиоуыэюяіїєαεηιουω")
_SPELT = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}]")  # scripts that write vowels
_NUMBER = regex.compile(r"\s+\d")
_ELISION = regex.compile(r".*['’]")  # `l'avv.`
_THAI_END = regex.compile(r"[\p{Thai}\p{Lao}]\Z")
_WIDE = frozenset("。！？｡．")
# 「はい。」と言った, 本当！と言った: what was said goes on.
_SAID = regex.compile(r"(?<=[\p{Pe}\p{Pf}])\p{Hiragana}|(?<=[！？])(?:と|って)")
# Thai and Lao have no sign at the end of a sentence, but a space between phrases; a full stop shortens a word. Behind
# "such as", "namely", "with", "and", "or", "is", "that" and "by" the phrase goes on.
_PHRASE_END = regex.compile(
    r"(?<=[\p{Thai}\p{Lao}])(?<!เช่น|ได้แก่|กับ|และ|หรือ|คือ|ว่า|โดย)(?=[ \u00a0]+(?![ๆฯໆຯ])[\p{Thai}\p{Lao}])"
)
_LAST_WORD = regex.compile(r"(?:[^\s\p{Ps}\p{Pi}\"']|(?<=\w)'(?=\w))*\Z")
_SMALL_NEXT = regex.compile(r"[\s\p{P}]*\p{Ll}")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_WORD_END = regex.compile(r"(?w)(?<=\S)(?:(?=\s)|\b(?<=[\p{Han}\p{Hiragana}\p{Katakana}]))")
_UNBREAKABLE = regex.compile(r"https?://\S+|[#@]\w+")
# What encloses, but for the mouths of `:-)` and `:(`. German has „…“ and »…«.
_OPENING_OF = MappingProxyType(
    {")": "(", "]": "[", "）": "（", "」": "「", "』": "『", "”": "“„", "“": "„", "»": "«", "«": "»"}
)
_OPENING = frozenset("([（「『“„«»")
# A line that ends so leads to what is below it; a picture may stand behind the colon.
_ANNOUNCES = regex.compile(
    r"(?:[:：︓፦៖][\p{So}\p{Sk}\uFE0F\u200D\s]*+|[👇👉⬇➡⤵🔽⏬↓→▼](?:[\U0001F3FB-\U0001F3FF\uFE0F\s]|[👇👉⬇➡⤵🔽⏬↓→▼])*+)\Z"
)
_LONGEST_SIGN = 24
_BRACKET = regex.compile(r"(?<![:;=]-?)[()\[\]（）「」『』“”„«»]")


def sentence_ends(text: str) -> list[int]:
    """Return the indices after which a sentence or a line of `text` is over, ascending; the end of `text` is not one.

    A line that ends with a colon announces the next and is not over.

    >>> text = "Dr. Who has 3.5 apples, z. B. red ones. Really! And more"
    >>> [text[:end] for end in sentence_ends(text)]
    ['Dr. Who has 3.5 apples, z. B. red ones.', 'Dr. Who has 3.5 apples, z. B. red ones. Really!']
    """
    ends = {end for match in _END.finditer(text) if _ends_sentence(text, match) for end in _behind(text, match)}
    ends |= {len(text[:at].rstrip()) for at in _line_ends(text) if not announces(text[:at])}
    ends |= {match.end() for match in _PHRASE_END.finditer(text)}
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
    """Tell whether `text` ends with a colon, or points down or on: what it announces comes next.

    >>> announces("Three reasons:"), announces("理由：  "), announces("Three reasons 👇"), announces("Done.")
    (True, True, True, False)
    """
    return bool(_ANNOUNCES.search(text[-_LONGEST_SIGN:]))


def _behind(text: str, match: regex.Match[str]) -> Iterator[int]:
    """Yield where a sentence is over: behind what closes it, and before it if it may open the next, as in 是的。“走吧！”."""
    yield match.end()
    at = match.end("marks")
    if text[at - 1] in _WIDE and text[at : at + 1] in _OPENING:
        yield at


def _ends_sentence(text: str, match: regex.Match[str]) -> bool:
    after = text[match.end() : match.end() + 1]
    if match["marks"][-1] in _WIDE:
        return not _SAID.match(text, match.end())
    if after and not after.isspace():
        return False
    if _SMALL_NEXT.match(text, match.end()):
        return False
    is_quoted = match.end("marks") < match.end()
    return match["marks"] != "." or is_quoted or not _is_abbreviation(text, match)


def _is_abbreviation(text: str, stop: regex.Match[str]) -> bool:
    """Whether a full stop belongs to the word before it: an abbreviation, an initial, an ordinal."""
    at = stop.start()
    match = _LAST_WORD.search(text, max(0, at - 20), at)
    written = match[0] if match else ""
    word = written.lower()
    if (word.isalpha() and len(word) == 1) or (word.isdecimal() and len(word) < 3):
        return True
    if _ELISION.sub("", word) in _ABBREVIATIONS or _DOTTED.fullmatch(word) or _THAI_END.search(word):
        return True
    return word.isalpha() and (_is_unspoken(written) or (len(word) < _SHORT and bool(_NUMBER.match(text, stop.end()))))


def _is_unspoken(word: str) -> bool:
    """Tell whether a word has no vowel and is no acronym, as `Bkz` and `Mgr`."""
    letters = unicodedata.normalize("NFD", word.lower())
    return len(word) <= _SHORT and not word.isupper() and _VOWELS.isdisjoint(letters) and bool(_SPELT.match(letters))


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
