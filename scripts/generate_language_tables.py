"""Write src/crosspost/text/mojibake/data/*.bin: which words and which letters in a row a language has, and how often.

The numbers come from the package wordfreq 3.1.1 (https://github.com/rspeer/wordfreq, word frequencies from several
sources, CC BY-SA 4.0), which is needed to run this and not to run crosspost. No word is copied: a table has 27 bits of
a word's CRC-32 and 5 bits of its frequency, enough to recognise a word and not to list any.

    pip download wordfreq==3.1.1 --no-deps && unzip wordfreq-3.1.1-py3-none-any.whl    # and: pip install msgpack
    python scripts/generate_language_tables.py wordfreq/data

A file is the number of words, then the words, then the letter triples, each a little-endian 32-bit number, ascending.
Only words that mojibake damages are kept, those with a letter beyond ASCII, and beside them the commonest of all: they
tell a text's language, and are what people write in styled letters.
"""

from __future__ import annotations

import gzip
import math
import sys
from array import array
from collections import Counter
from pathlib import Path
from zlib import crc32

import msgpack

DATA = Path(__file__).parent.parent / "src" / "crosspost" / "text" / "mojibake" / "data"
LANGUAGES = (
    "bg",
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "fi",
    "fr",
    "hu",
    "id",
    "is",
    "it",
    "lt",
    "lv",
    "nb",
    "nl",
    "pl",
    "pt",
    "ro",
    "ru",
    "sh",
    "sk",
    "sl",
    "sv",
    "tr",
    "uk",
    "vi",
)
COMMONEST = {"en": 16000, "es": 5000, "fr": 4000, "de": 4000, "pt": 4000, "it": 4000}
DAMAGED = {"ru": 20000, "uk": 16000, "bg": 14000, "el": 14000, "vi": 4000}
TRIPLES = 5000


def words_of(folder: Path, language: str) -> dict[str, float]:
    """Return the frequency of each word; wordfreq's files are lists of words by their centibels."""
    files = [folder / f"{size}_{language}.msgpack.gz" for size in ("large", "small")]
    path = next(path for path in files if path.exists())
    buckets = msgpack.unpackb(gzip.decompress(path.read_bytes()), raw=False)[1:]
    return {word: 10 ** (-level / 100) for level, words in enumerate(buckets) for word in words if plausible(word)}


def plausible(word: str) -> bool:
    """Tell words from numbers and signs."""
    return word.replace("'", "").replace("’", "").isalpha()


def chosen(words: dict[str, float], language: str) -> dict[str, float]:
    """Return the words to keep."""
    commonest = list(words)[: COMMONEST.get(language, 1500)]
    damaged = [word for word in words if not word.isascii()][: DAMAGED.get(language, 9000)]
    return {word: words[word] for word in {*commonest, *damaged}}


def triples_of(words: dict[str, float]) -> dict[str, float]:
    """Return the probability of a letter behind two others; words count by the root of their frequency."""
    counts, before = Counter[str](), Counter[str]()
    for word, frequency in words.items():
        padded = f"^^{word}$"
        for at in range(len(padded) - 2):
            counts[padded[at : at + 3]] += frequency**0.5
            before[padded[at : at + 2]] += frequency**0.5
    return {triple: count / before[triple[:2]] for triple, count in counts.most_common(TRIPLES)}


def entries(table: dict[str, float], step: float) -> array[int]:
    """Pack a table: the hash above, minus the logarithm in steps below."""
    packed: dict[int, int] = {}
    for key, value in sorted(table.items(), key=lambda item: item[1]):
        level = min(31, max(0, round(-math.log(value) / step)))
        packed[crc32(key.encode()) >> 5] = level
    return array("I", sorted(key << 5 | level for key, level in packed.items()))


def main() -> None:
    """Write all tables."""
    folder = Path(sys.argv[1])
    DATA.mkdir(exist_ok=True)
    for language in LANGUAGES:
        words = words_of(folder, language)
        kept, letters = entries(chosen(words, language), 0.54), entries(triples_of(words), 0.35)
        (DATA / f"{language}.bin").write_bytes(array("I", [len(kept)]).tobytes() + kept.tobytes() + letters.tobytes())
        print(language, len(kept), len(letters))


if __name__ == "__main__":
    main()
