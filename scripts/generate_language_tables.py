"""Write src/crosspost/text/mojibake/data/*.bin: which words and which letters in a row a language has, and how often.

The numbers come from the package wordfreq 3.1.1 (https://github.com/rspeer/wordfreq, word frequencies from several
sources, CC BY-SA 4.0), which is needed to run this and not to run crosspost. No word is copied: a table has 27 bits of
a word's CRC-32, or 30 where there are many, and 5 bits of its frequency, enough to recognise a word and not to list any.

    pip download wordfreq==3.1.1 --no-deps && unzip wordfreq-3.1.1-py3-none-any.whl    # and: pip install msgpack
    python scripts/generate_language_tables.py wordfreq/data

A file is the number of words, a little-endian 32-bit number, then the words, then the letter triples: of each of the two
tables, ascending by hash, first all low bytes, then all middle bytes, then all high bytes of what is between a hash and the
one before it (19 bits), with the level above. A level of 31 is no entry: it bridges what is further apart. Among the
triples are pairs, for what no triple tells.
Only words that mojibake damages are kept, those with a letter beyond ASCII that are not too rare, more of those that
lose bytes with it, and beside them the commonest of all: they tell a text's language, and are what people write in
styled letters.
"""

from __future__ import annotations

import gzip
import math
import sys
from collections import Counter
from itertools import product
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
# The frequency from which on words with letters beyond ASCII are kept: where no byte can be lost, and where one can.
RAREST_WHOLE, RAREST_LOST = 2.5e-6, 6e-7
LOST = frozenset(b"\x81\x8d\x8e\x8f\x90\x9d\x9e")  # undefined in Windows-1252 or -1254
# Who writes in another language beside his own is in both lists; a word with a letter that is not of the alphabet is no
# word of the language.
ALPHABETS = {
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'",
}
TRIPLES, PAIRS = 5000, 900
MORE_TRIPLES = {"bg": 8000, "el": 8000, "ru": 8000, "uk": 8000}  # all letters of all words are damaged
RARELY = 30  # the highest level
MANY = 10_000  # entries: with 30 bits, what is between those of fewer would be more than an entry can tell
NO_ENTRY, FURTHEST = 31, (1 << 19) - 1


def words_of(folder: Path, language: str) -> dict[str, float]:
    """Return the frequency of each word; wordfreq's files are lists of words by their centibels."""
    files = [folder / f"{size}_{language}.msgpack.gz" for size in ("large", "small")]
    path = next(path for path in files if path.exists())
    buckets = msgpack.unpackb(gzip.decompress(path.read_bytes()), raw=False)[1:]
    return {
        word: 10 ** (-level / 100) for level, words in enumerate(buckets) for word in words if plausible(word, language)
    }


def plausible(word: str, language: str) -> bool:
    """Tell words from numbers and signs, and from words of other languages."""
    known = language not in ALPHABETS or word.isascii() or set(word) <= set(ALPHABETS[language])
    return known and word.replace("'", "").replace("’", "").isalpha()


def chosen(words: dict[str, float], language: str) -> dict[str, float]:
    """Return the words to keep."""
    commonest = list(words)[: COMMONEST.get(language, 1500)]
    damaged = [word for word, frequency in words.items() if not word.isascii() and frequency >= rarest(word)]
    return {word: words[word] for word in {*commonest, *damaged}}


def rarest(word: str) -> float:
    """Return the frequency from which on a word is kept."""
    return RAREST_LOST if LOST.intersection(word.encode()) else RAREST_WHOLE


def letters_of(words: dict[str, float], most: int) -> dict[str, float]:
    """Return the probability of a letter behind two others, and behind one; words count by the root of their frequency."""
    counts, before = Counter[str](), Counter[str]()
    for word, frequency in words.items():
        padded = f"^^{word}$"
        for at, length in product(range(len(padded) - 2), (3, 2)):
            row = padded[at + 3 - length : at + 3]
            counts[row] += frequency**0.5
            before[row[:-1]] += frequency**0.5
    triples, pairs = (Counter({row: count for row, count in counts.items() if len(row) == length}) for length in (3, 2))
    kept = (*triples.most_common(most), *pairs.most_common(PAIRS))
    return {row: count / before[row[:-1]] for row, count in kept}


def packed(table: dict[str, float], step: float) -> bytes:
    """Pack a table: what is between the hashes, and minus the logarithm in steps.

    Of 50,000 words one in 2,700 readings that are no word would have 27 bits like one.
    """
    levels: dict[int, int] = {}
    shift = 2 if len(table) > MANY else 5
    for key, value in sorted(table.items(), key=lambda item: item[1]):
        levels[crc32(key.encode()) >> shift] = min(RARELY, max(0, round(-math.log(value) / step)))
    entries: list[int] = []
    reached = 0
    for key, level in sorted(levels.items()):
        while key - reached > FURTHEST:
            entries.append(NO_ENTRY << 19 | FURTHEST)
            reached += FURTHEST
        entries.append(level << 19 | key - reached)
        reached = key
    if (len(entries) > MANY) != (len(table) > MANY):
        msg = "MANY is between the words and the entries: whoever reads them would leave out other bits"
        raise ValueError(msg)
    return b"".join(bytes(entry >> shift & 0xFF for entry in entries) for shift in (0, 8, 16))


def main() -> None:
    """Write all tables."""
    folder = Path(sys.argv[1])
    DATA.mkdir(exist_ok=True)
    for language in LANGUAGES:
        words = words_of(folder, language)
        kept, letters = (
            packed(chosen(words, language), 0.54),
            packed(letters_of(words, MORE_TRIPLES.get(language, TRIPLES)), 0.35),
        )
        (DATA / f"{language}.bin").write_bytes((len(kept) // 3).to_bytes(4, "little") + kept + letters)
        print(language, len(kept) // 3, len(letters) // 3)


if __name__ == "__main__":
    main()
