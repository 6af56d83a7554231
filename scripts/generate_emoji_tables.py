"""Write src/crosspost/text/mojibake/data/emoji.txt and *.emoji: how common emoji are, and which words go with them.

How common: half from word frequencies of wordfreq 3.1.1 (mostly what people write to each other; CC BY-SA 4.0), the mean of
its languages with many emoji, and half from what people write about their work: the one-line summaries of packages in any
registries, each emoji counted once a summary. The cost of an emoji is the mean of what is counted and of a judgement. Which words: the short names and keywords of the Unicode CLDR 48.2
(Unicode License v3), and of emojilib 4.0.3 for English (https://github.com/muan/emojilib, MIT). Needed to run this, and not
to run crosspost:

    pip download wordfreq==3.1.1 --no-deps && unzip wordfreq-3.1.1-py3-none-any.whl    # and: pip install msgpack emoji
    npm pack cldr-annotations-full@48.2.0 emojilib@4.0.3                                # and: tar xf each
    python scripts/generate_emoji_tables.py wordfreq/data cldr/annotations emojilib/dist summaries.txt

`emoji.txt`: on each line a cost, minus the logarithm of a probability, and the emoji of that cost; on the last the emoji that
have words, in the order of the other files. `*.emoji`: for each of these the number of its words, one byte, and of each
word 16 bits of the CRC-32 of its first letters, little-endian. Words are kept only of emoji that lose bytes.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from zlib import crc32

import emoji
import msgpack
from generate_language_tables import DATA, LANGUAGES

MANY = 70  # emoji in wordfreq's list of a language, to count
OTHER_SCRIPTS = ("bn", "zh", "hi", "fa")  # of which wordfreq has other kinds of text
LOST = {0x81, 0x8D, 0x8E, 0x8F, 0x90, 0x9D, 0x9E}  # bytes that cp1252 or cp1254 leaves undefined
LETTERS, SHORTEST = 5, 3  # a word counts by its first letters, so that its other forms count too
CLDR_NAMES = {"nb": "no", "sh": "hr"}
ANY = 3e-5  # the probability of an emoji that is in no list
STEP = 0.25
# What posts about work have, a judgement set while looking at real ones: neither source above is of that kind.
JUDGED = {
    4.0: "📝🎯🚀📌💡👉",
    4.5: "🔥🎉🙏👇📈👏👍💪🔹🌟💥🤔😊🔍🌍",
    5.5: "🤖📚📢💼🧠📊📣🎓🏆🌱💬👀🙌🤝❤💻📅📍🔗📱😂🎁🔑⏰🤩🥳🛠🔔🔒😉😄😅🎥🎤📖💯🤷💎🔄🌐🎬🎧🔴🟢👨👩🧑🏻🏼🏽🏾🏿",
    6.5: "💰📩📧📷📸🏢👋👌👈👆🍀🌈🌎🌏🌞🌙🍎🍊🍕🍻🍷🎂🎈🎊🎨🎮🎵🎶🏅🏁🏠🐍🐛🐞🐳💔💙💚💛💜🖤💫💭💸📉📋📎📏📦📞📰🔎🔊🔝🔧🔨🔬🔮🕐🗓🗣😀😁😃😆😇😍😎😏😐😑😔😘😜😢😭😮😱😳🙂🙃🙈🤓🤗🤘🤞🤣🥂🥇🦄🧐🧩🧪🧭🛑🚨🚗🚫🟡🔵🔸🔷🔶⚡🌴🦢🔳🔲🏹🏻🏫🏄🏊🏋🧱🧾📹🔖🔟🔁🖥🗝👁🕘💠",
}
UNJUDGED = 10.5
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


def at_work(summaries: Path) -> dict[str, float]:
    """Return each emoji's share in summaries, one a line."""
    known = {one for one in SINGLE if not one.isascii()}
    lines = set(summaries.read_text("utf-8", "replace").splitlines())
    return _normal(Counter(one for line in lines for one in set(line) & known))


def _normal(counts: dict[str, float]) -> dict[str, float]:
    total = sum(counts.values())
    return {one: count / total for one, count in counts.items()}


def stems(words: list[str]) -> set[str]:
    """Return the first letters of every word of some names and keywords."""
    found = {word for phrase in words for word in re.findall(r"[^\W\d_]+", phrase.lower())}
    return {word[:LETTERS] for word in found - NO_TOPIC if len(word) >= SHORTEST}


def words_of(language: str, cldr: Path, english: dict[str, list[str]]) -> dict[str, set[str]]:
    """Return the words of each lossy emoji in a language."""
    path = cldr / CLDR_NAMES.get(language, language) / "annotations.json"
    entries = json.loads(path.read_text("utf-8"))["annotations"]["annotations"]
    found: dict[str, set[str]] = {}
    for one in LOSSY:
        entry = entries.get(one, {})
        more = english.get(one) or english.get(f"{one}\ufe0f") or [] if language == "en" else []
        found[one] = stems([*entry.get("default", []), *entry.get("tts", []), *more])
    return found


def packed(words: set[str]) -> bytes:
    """Pack the words of one emoji."""
    hashes = sorted({crc32(word.encode()) & 0xFFFF for word in words})
    return bytes([len(hashes)]) + b"".join(one.to_bytes(2, "little") for one in hashes)


def main() -> None:
    """Write all tables."""
    frequencies, cldr, emojilib, summaries = map(Path, sys.argv[1:])
    one, other = social(frequencies), at_work(summaries)
    judged: dict[str, float] = {}
    for cost, characters in JUDGED.items():
        for character in characters:
            judged.setdefault(character, cost)
    by_cost: defaultdict[float, list[str]] = defaultdict(list)
    for each in SINGLE:
        counted = -math.log((one.get(each, 0.0) + other.get(each, 0.0)) / 2 + ANY)
        by_cost[round((counted + judged.get(each, UNJUDGED)) / 2 / STEP) * STEP].append(each)
    lines = [f"{cost} {''.join(found)}" for cost, found in sorted(by_cost.items())]
    (DATA / "emoji.txt").write_text("\n".join([*lines, "".join(LOSSY), ""]), "utf-8")
    english = json.loads((emojilib / "emoji-en-US.json").read_text("utf-8"))
    for language in LANGUAGES:
        words = words_of(language, cldr, english)
        content = b"".join(packed(words[each]) for each in LOSSY)
        (DATA / f"{language}.emoji").write_bytes(content)
        print(language, sum(map(len, words.values())), len(content))


if __name__ == "__main__":
    main()
