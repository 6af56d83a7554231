"""Write src/crosspost/text/mojibake/data/emoji.txt and *.emoji: how common emoji are, and which words go with them.

How common: a mixture of `emoji_counts.txt`, by how many authors each is used in 2,439 lines with emoji that people wrote
(posts on LinkedIn, blogs, newsletters, announcements; 274 authors, November 2026); of what people write about their work,
the one-line summaries of packages in the npm and PyPI registries (1,113,317 of them in November 2026, 2,879 with an emoji),
each emoji counted once among packages whose names begin with the same word, and by the root of its count, so that what
developers alone use does not prevail; of a judgement about posts; and a little for each. Where each author's emoji are told by
the others', they are likeliest with 0.58 for posts, 0.11 for work, 0.2 for judgement and 0.11 for all alike. The judgement has
more: it was set for posts like those that are to be repaired.
How literally an emoji is used: in how many of these summaries with it a word of what it shows stands too, and as if in four more it
were as often as on average.
Which words: the short names and keywords of the Unicode CLDR 48.2 (Unicode License v3), and of emojilib 4.0.3 for English
(https://github.com/muan/emojilib, MIT), which say what an emoji shows; and those of `emoji_usage.txt`, which say what people
put it beside when they write about their work. Needed to run this, and not to run crosspost:

    pip install emoji
    npm pack cldr-annotations-full@48.2.0 emojilib@4.0.3    # and: tar xf each
    python scripts/generate_emoji_tables.py cldr/annotations emojilib/dist summaries.tsv

`summaries.tsv` has a package's name, a tab and its summary on each line.

`emoji.txt`: on each line a cost, minus the logarithm of a probability, and the emoji of that cost; on the last but one the
emoji that have words, in the order of the other files; on the last what speaks against each of these where none of its words
stands, a digit, in tenths. `*.emoji`: for each of these the number of words in its short name, three bits, and that of words
beside which people put it, five bits; that of its other keywords, one byte; and of each word of the name, keyword, word of use, 24 bits of the CRC-32 of its first
letters, little-endian. Words are kept only of emoji that lose bytes.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import emoji
from generate_language_tables import DATA, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTS, USAGE = (Path(__file__).with_name(name) for name in ("emoji_counts.txt", "emoji_usage.txt"))
SPARED = ("sl", "sk", "ca", "bg", "vi", "sh", "id", "el", "uk", "hu", "ro", "fi")  # languages, to stay below 2 MB
LOST = {0x81, 0x8D, 0x8E, 0x8F, 0x90, 0x9D, 0x9E}  # bytes that cp1252 or cp1254 leaves undefined
LETTERS, SHORTEST = 5, 3  # a word counts by its first letters, so that its other forms count too
CLDR_NAMES = {"nb": "no", "sh": "hr"}
AS_USUAL = 4
MOST_OF_NAME, MOST_IN_USE = 7, 31  # words, to be counted in one byte
BY_POSTS, BY_WORK, BY_JUDGEMENT, BY_CHANCE = 0.3, 0.15, 0.45, 0.1
STEP = 0.25
# What posts about work have, a judgement set while looking at real ones: neither source above is of that kind.
JUDGED = {
    4.0: "📝🎯🚀📌💡👉",
    4.5: "🔥🎉🙏👇📈👏👍💪🔹🌟💥🤔😊🔍🌍",
    5.5: "🤖📚📢💼🧠📊📣🎓🏆🌱💬👀🙌🤝❤💻📅📍🔗📱😂🎁🔑⏰🤩🥳🛠🔔🔒😉😄😅🎥🎤📖💯🤷💎🔄🌐🎬🎧🔴🟢👨👩🧑🏻🏼🏽🏾🏿",
    6.5: "💰📩📧📷📸🏢👋👌👈👆🍀🌈🌎🌏🌞🌙🍎🍊🍕🍻🍷🎂🎈🎊🎨🎮🎵🎶🏅🏁🏠🐛🐳💔💙💚💛💜🖤💫💭💸📉📋📎📏📦📞📰🔎🔊🔝🔧🔨🔬🔮🕐🗓🗣😀😁😃😆😇😍😎😏😐😑😔😘😜😢😭😮😱😳🙂🙃🙈🤓🤗🤘🤞🤣🥂🥇🦄🧐🧩🧪🧭🛑🚨🚗🚫🟡🔵🔸🔷🔶⚡🌴🦢🔳🔲🏹🏻🏫🏄🏊🏋🧱🧾📹🔖🔟🔁🖥🗝👁🕘💠",
}
NO_TOPIC = frozenset(
    "with the and for symbol sign button face showing left right hand up down".split()  # noqa: SIM905 -- readable
)

SINGLE = sorted({one.removesuffix("\ufe0f") for one in emoji.EMOJI_DATA if len(one.removesuffix("\ufe0f")) == 1})
LOSSY = [one for one in SINGLE if one > "\xff" and LOST & set(one.encode()[1:])]


def in_posts() -> dict[str, float]:
    """Return each emoji's share in real posts."""
    rows = (line.split() for line in COUNTS.read_text("utf-8").splitlines() if not line.startswith("#"))
    return _normal({one: float(count) for count, row in rows for one in row})


def families_of(summaries: Path) -> dict[str, dict[str, str]]:
    """Return of each emoji the summaries with it, one for each family of packages."""
    known = {one for one in SINGLE if not one.isascii()}
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for line in summaries.read_text("utf-8", "replace").splitlines():
        name, _, summary = line.partition("\t")
        family = re.split(r"[-_/.]", name.lstrip("@"))[0].lower()
        for one in set(summary) & known:
            found[one].setdefault(family, summary)
    return found


def at_work(families: dict[str, dict[str, str]]) -> dict[str, float]:
    """Return each emoji's share in summaries."""
    return _normal({one: len(summaries) ** 0.5 for one, summaries in families.items()})


def against(families: dict[str, dict[str, str]], words: dict[str, Words]) -> str:
    """Return what speaks against each lossy emoji where none of its words stands: minus the logarithm, a digit."""
    count, literal = Counter[str](), Counter[str]()
    for one in LOSSY:
        for summary in families.get(one, {}).values():
            count[one] += 1
            literal[one] += not stems([summary]).isdisjoint(words[one].name | words[one].keywords)
    average = literal.total() / count.total()
    shares = [(literal[one] + AS_USUAL * average) / (count[one] + AS_USUAL) for one in LOSSY]
    print("literally", average)
    return "".join(str(min(9, round(-10 * math.log(1 - share)))) for share in shares)


def _normal(counts: Mapping[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {one: count / total for one, count in counts.items()}


def stems(words: list[str]) -> set[str]:
    """Return the first letters of every word of some names and keywords."""
    found = {word for phrase in words for word in re.findall(r"[^\W\d_]+", phrase.lower())}
    return {word[:LETTERS] for word in found - NO_TOPIC if len(word) >= SHORTEST}


class Words(NamedTuple):
    """The first letters of the words that go with one emoji, each word once.

    Attributes:
        name: Those of its short name.
        keywords: Others that say what it shows.
        usage: Others beside which people put it.
    """

    name: set[str]
    keywords: set[str]
    usage: set[str]


def usage() -> dict[str, dict[str, list[str]]]:
    """Return by language, of each emoji, beside which words people put it."""
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    language = ""
    for line in USAGE.read_text("utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line and not line.startswith("#"):
            one, *words = line.split()
            found[language][one] = words
    return found


def words_of(language: str, cldr: Path, english: dict[str, list[str]]) -> dict[str, Words]:
    """Return the words of each lossy emoji in a language."""
    path = cldr / CLDR_NAMES.get(language, language) / "annotations.json"
    entries = json.loads(path.read_text("utf-8"))["annotations"]["annotations"]
    used = usage()[language] if language not in SPARED else {}
    found: dict[str, Words] = {}
    for one in LOSSY:
        entry = entries.get(one, {})
        more = english.get(one) or english.get(f"{one}\ufe0f") or [] if language == "en" else []
        name = stems(entry.get("tts", []))
        keywords = stems([*entry.get("default", []), *more]) - name
        found[one] = Words(name, keywords, stems(used.get(one, [])) - name - keywords)
    return found


def packed(words: Words) -> bytes:
    """Pack the words of one emoji."""
    hashed = [sorted({crc32(word.encode()) >> 8 for word in kind}) for kind in words]
    name, keywords, in_use = map(len, hashed)
    if name > MOST_OF_NAME or in_use > MOST_IN_USE:
        raise ValueError(words)
    return bytes([name << 5 | in_use, keywords]) + b"".join(
        one.to_bytes(3, "little") for kind in hashed for one in kind
    )


def main() -> None:
    """Write all tables."""
    cldr, emojilib, summaries = map(Path, sys.argv[1:])
    families = families_of(summaries)
    posts, work = in_posts(), at_work(families)
    judged: dict[str, float] = {}
    for cost, characters in JUDGED.items():
        for character in characters:
            judged.setdefault(character, math.exp(-cost))
    judged = _normal(judged)
    by_cost: defaultdict[float, list[str]] = defaultdict(list)
    for each in SINGLE:
        counted = BY_POSTS * posts.get(each, 0.0) + BY_WORK * work.get(each, 0.0)
        share = counted + BY_JUDGEMENT * judged.get(each, 0.0) + BY_CHANCE / len(SINGLE)
        by_cost[round(-math.log(share) / STEP) * STEP].append(each)
    lines = [f"{cost} {''.join(found)}" for cost, found in sorted(by_cost.items())]
    english = json.loads((emojilib / "emoji-en-US.json").read_text("utf-8"))
    lines += "".join(LOSSY), against(families, words_of("en", cldr, english))
    (DATA / "emoji.txt").write_text("\n".join([*lines, ""]), "utf-8")
    for language in LANGUAGES:
        words = words_of(language, cldr, english)
        content = b"".join(packed(words[each]) for each in LOSSY)
        (DATA / f"{language}.emoji").write_bytes(content)
        print(language, sum(map(len, chain(*words.values()))), len(content))


if __name__ == "__main__":
    main()
