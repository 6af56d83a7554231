"""Which letters the lost bytes of a word were, and which words lost none."""

from itertools import product

import pytest

from crosspost.text import repair
from crosspost.text.mojibake.channel import Channel, Reader
from crosspost.text.mojibake.decoder import Decoder
from crosspost.text.mojibake.language import language
from crosspost.text.mojibake.recovered import confidence_in
from crosspost.text.mojibake.speech import Speech

# By their language, words that no list has; in either code page all of their bytes have an image.
WHOLE = {
    "cs": "povědomé jeřábem",
    "pl": "wjechałem tęskniła",
    "ru": "толщу найдём выпроводили",
    "uk": "пшенична алфавіті голубці бджола",
}
COMMON = {"cs": "je to na že se", "pl": "nie to się na", "ru": "и в не на что", "uk": "не на що і з"}


@pytest.mark.parametrize("page", ["cp1252", "cp1254"])
@pytest.mark.parametrize("name", WHOLE)
def test_a_word_that_lost_no_byte_is_read_as_it_was_in_a_text_that_did(name, page):
    """`Ð°` is а: were it А that lost a byte, nobody would have typed the degree sign behind."""
    decoder = Decoder(Reader(Channel(page)), Speech(COMMON[name].split()))
    for word in WHOLE[name].split():
        readings = decoder.readings(word.encode().decode(page))
        assert readings[0].text == word
        assert confidence_in(readings) > 0.99


UKRAINIAN = {
    "within": "Ми відкрили пекарню о п’ятій ранку. Їх було дев’ять, і кожен пам’ятає той день.",
    "capital": "П’ять хвилин тиші. Потім п’ятнадцять питань про комп’ютер і про наш новий проєкт.",
}


@pytest.mark.parametrize("page", ["cp1252", "cp1254"])
@pytest.mark.parametrize("case", UKRAINIAN)
def test_an_apostrophe_parts_no_cyrillic_word(case, page):
    made = repair(UKRAINIAN[case].encode().decode(page, "ignore"))
    wanted = {word for word in UKRAINIAN[case].split() if "’" in word}
    assert wanted <= set(made.text.split())
    assert not [offer for offer in made.offers if "’" in offer.after]


def test_a_rare_row_of_letters_is_told_by_the_pairs_in_it():
    """Triples are few: of words in `ďá` there are too few for one, and yet they are likelier than no Czech word."""
    czech = language("cs")
    assert czech.letter("^ďá") < czech.letter("^ďx")
    decoder = Decoder(Reader(Channel("cp1252")), Speech(COMMON["cs"].split()))
    assert decoder.readings("ďábel".encode().decode("cp1252", "ignore"))[0].text == "ďábel"


def test_hardly_any_reading_is_taken_for_a_word_that_it_is_not():
    """Hashes are short, and of a damaged text thousands of readings are looked up: of 37,000, 2 or 3 may be like a word."""
    consonants = "бвджзклмнпрстфхцчш"
    rows = ["".join(row) for row in product(consonants, "аеиоуы", consonants, consonants, "ъ")]
    assert sum(language("ru").word(row) is not None for row in rows) <= 6


def test_no_list_has_words_with_letters_of_another_alphabet():
    assert language("ru").word("это") is not None
    assert [name for name in ("bg", "uk") if language(name).word("это") is not None] == []
    assert language("ru").word("який") is None
