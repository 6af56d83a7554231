"""Write src/crosspost/text/mojibake/data/emoji.txt and *.emoji: how common emoji are, and which words go with them.

How common: a mixture of what people write to each other, from the word frequencies of wordfreq 3.1.1 (CC BY-SA 4.0), the
mean of its languages with many emoji; of what they write about their work, the one-line summaries of packages in the npm
and PyPI registries (1,113,317 of them in November 2026, 2,879 with an emoji), each emoji counted once among packages
whose names begin with the same word, and by the root of its count, so that what developers alone use does not prevail; of
a judgement about posts; and a little for each. The shares are near those that make the emoji of real posts likeliest: 0.69
judgement, 0.23 work, 0.08 for each alike.
How literally an emoji is used: in how many of these summaries with it one of its words stands too, and as if in four more it
were as often as on average.
Which words: the short names and keywords of the Unicode CLDR 48.2 (Unicode License v3), and of emojilib 4.0.3 for English
(https://github.com/muan/emojilib, MIT). Needed to run this, and not to run crosspost:

    pip download wordfreq==3.1.1 --no-deps && unzip wordfreq-3.1.1-py3-none-any.whl    # and: pip install msgpack emoji
    npm pack cldr-annotations-full@48.2.0 emojilib@4.0.3                                # and: tar xf each
    python scripts/generate_emoji_tables.py wordfreq/data cldr/annotations emojilib/dist summaries.tsv

`summaries.tsv` has a package's name, a tab and its summary on each line.

`emoji.txt`: on each line a cost, minus the logarithm of a probability, and the emoji of that cost; on the last but one the
emoji that have words, in the order of the other files; on the last what speaks against each of these where none of its words
stands, a digit, in tenths. `*.emoji`: for each of these the number of words in its short name and that of
its other words, one byte each, and of each word 24 bits of the CRC-32 of its first letters, little-endian. Words are kept
only of emoji that lose bytes.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import emoji
import msgpack
from generate_language_tables import DATA, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

MANY = 70  # emoji in wordfreq's list of a language, to count
OTHER_SCRIPTS = ("bn", "zh", "hi", "fa")  # of which wordfreq has other kinds of text
LOST = {0x81, 0x8D, 0x8E, 0x8F, 0x90, 0x9D, 0x9E}  # bytes that cp1252 or cp1254 leaves undefined
LETTERS, SHORTEST = 5, 3  # a word counts by its first letters, so that its other forms count too
CLDR_NAMES = {"nb": "no", "sh": "hr"}
AS_USUAL = 4
BY_SOCIAL, BY_WORK, BY_JUDGEMENT, ANY = 0.2, 0.2, 0.5, 1e-4  # the last is of each emoji
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


def social(folder: Path) -> dict[str, float]:
    """Return each emoji's share in what people write to each other."""
    shares: defaultdict[str, float] = defaultdict(float)
    known = set(SINGLE)
    for path in sorted(folder.glob("large_*.msgpack.gz")):
        buckets = msgpack.unpackb(gzip.decompress(path.read_bytes()), raw=False)[1:]
        found = {
            word.removesuffix("\ufe0f"): 10 ** (-level / 100) for level, words in enumerate(buckets) for word in words
        }
        found = {word: share for word, share in found.items() if word in known and not word.isascii()}
        if len(found) >= MANY and path.name.split("_")[1].split(".")[0] not in OTHER_SCRIPTS:
            for one, share in found.items():
                shares[one] += share
    return _normal(shares)


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


def against(families: dict[str, dict[str, str]], words: dict[str, tuple[set[str], set[str]]]) -> str:
    """Return what speaks against each lossy emoji where none of its words stands: minus the logarithm, a digit."""
    count, literal = Counter[str](), Counter[str]()
    for one in LOSSY:
        for summary in families.get(one, {}).values():
            count[one] += 1
            literal[one] += not stems([summary]).isdisjoint(words[one][0] | words[one][1])
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


def words_of(language: str, cldr: Path, english: dict[str, list[str]]) -> dict[str, tuple[set[str], set[str]]]:
    """Return the words of each lossy emoji in a language: those of its name, and others."""
    path = cldr / CLDR_NAMES.get(language, language) / "annotations.json"
    entries = json.loads(path.read_text("utf-8"))["annotations"]["annotations"]
    found: dict[str, tuple[set[str], set[str]]] = {}
    for one in LOSSY:
        entry = entries.get(one, {})
        more = english.get(one) or english.get(f"{one}\ufe0f") or [] if language == "en" else []
        name = stems(entry.get("tts", []))
        found[one] = name, stems([*entry.get("default", []), *more]) - name
    return found


def packed(name: set[str], others: set[str]) -> bytes:
    """Pack the words of one emoji."""
    hashes = [hashed for words in (name, others) for hashed in sorted({crc32(word.encode()) >> 8 for word in words})]
    return bytes([len(name), len(others)]) + b"".join(one.to_bytes(3, "little") for one in hashes)


def main() -> None:
    """Write all tables."""
    frequencies, cldr, emojilib, summaries = map(Path, sys.argv[1:])
    families = families_of(summaries)
    one, other = social(frequencies), at_work(families)
    judged: dict[str, float] = {}
    for cost, characters in JUDGED.items():
        for character in characters:
            judged.setdefault(character, math.exp(-cost))
    judged = _normal(judged)
    by_cost: defaultdict[float, list[str]] = defaultdict(list)
    for each in SINGLE:
        counted = BY_SOCIAL * one.get(each, 0.0) + BY_WORK * other.get(each, 0.0)
        cost = -math.log(counted + BY_JUDGEMENT * judged.get(each, 0.0) + ANY)
        by_cost[round(cost / STEP) * STEP].append(each)
    lines = [f"{cost} {''.join(found)}" for cost, found in sorted(by_cost.items())]
    english = json.loads((emojilib / "emoji-en-US.json").read_text("utf-8"))
    lines += "".join(LOSSY), against(families, words_of("en", cldr, english))
    (DATA / "emoji.txt").write_text("\n".join([*lines, ""]), "utf-8")
    for language in LANGUAGES:
        words = words_of(language, cldr, english)
        content = b"".join(packed(*words[each]) for each in LOSSY)
        (DATA / f"{language}.emoji").write_bytes(content)
        print(language, sum(len(name) + len(others) for name, others in words.values()), len(content))


if __name__ == "__main__":
    main()
