"""Lost bytes: cases by kind, as ftfy sorts its own. What is known to fail stands here too."""

from array import array
from zlib import crc32

import pytest

from crosspost.text import repair
from crosspost.text.mojibake.channel import Channel, Reader
from crosspost.text.mojibake.decoder import Decoder
from crosspost.text.mojibake.language import Table, language
from crosspost.text.mojibake.speech import Speech

IN_THE_WILD = {
    "bold title": ("# ğ—§ğ—µğ—² ğ—\u00a0ğ—¼ğ˜ğ—¼ğ—¿ ğŸŒŸ", "# 𝗧𝗵𝗲 𝗠𝗼𝘁𝗼𝗿 🌟"),
    "closing quote": ("Itâ€™s â€œoneâ€ thing, isnâ€™t it", "It’s “one” thing, isn’t it"),
    "half a selector": ("below! ⬇ï¸", "below! ⬇️"),
    "title in front matter": ('---\ntitle: "ğ—§ğ—µğ—² ğ—½ğ—¹ğ—®ğ—»"\n---\n', '---\ntitle: "𝗧𝗵𝗲 𝗽𝗹𝗮𝗻"\n---\n'),
    "a sign amid a Cyrillic word": ("Ñ€Ð°Ð·Ð³Ð¾Ð²Ð¾Ñ€ Ð´Ð»Ñ Ð²ÑÐµÑ… Ð¸ ÐºÐ°Ð¶Ð´Ð¾Ð³Ð¾", "разговор для всех и каждого"),
    "a styled word that might begin with a snake": ("ðš ðŸð¨ð« ð›ðžð\u00adð\u00adðžð«", "𝐚 𝐟𝐨𝐫 𝐛𝐞𝐭𝐭𝐞𝐫"),
    "capital accent": ("Ãrea, dÃ©jÃ\u00a0", "Área, déjà"),
}


@pytest.mark.parametrize("case", IN_THE_WILD)
def test_lost_bytes_are_restored(case):
    damaged, clean = IN_THE_WILD[case]
    made = repair(damaged)
    assert made.text == clean
    assert made.offers == ()
    assert all(one.step == "mojibake" and 0.9 <= one.confidence < 1 for one in made.repairs)


SYNTHETIC = {
    "Russian": "Сегодня хороший день, и всё это возможно. Россия, слово, явление.",
    "Czech": "Dobrá otázka je víc než rychlá odpověď, říká začátečník.",
    "Spanish": "Él dijo “sí”, y aquí está la lección: ¡adelante! Ánimo.",
}


@pytest.mark.parametrize("page", ["cp1252", "cp1254"])
@pytest.mark.parametrize("language", SYNTHETIC)
def test_a_damaged_sentence_is_never_wrong_in_silence(language, page):
    made = repair(SYNTHETIC[language].encode().decode(page, "ignore"))
    assert made.text == SYNTHETIC[language] or made.offers


NEGATIVE = ["Ãrea", "gęś plan", "“Ã©”", "dağ “ğ” harfi", "IRMÔ", "√2 ∂f", "`ğ—§ğ—µ`"]


@pytest.mark.parametrize("text", NEGATIVE)
def test_what_may_be_meant_stays(text):
    made = repair(text)
    assert made.text is text
    assert made.offers == ()


def test_a_ruler_is_offered_with_the_likeliest_reading():
    (offer,) = repair("Itâ€™s fine\n\nâ–â–â–\n").offers
    assert (offer.line, offer.before, offer.after) == (3, "â–â–â–", "➖➖➖")
    assert offer.confidence < 0.9


def test_the_quotation_marks_of_a_scalar_are_no_bytes():
    made = repair('---\ntitle: "Moneyâ€"\n---\nItâ€"s fine\n')
    assert made.text.split("\n")[1].endswith('"')


def test_a_reader_lists_what_a_lead_and_lost_bytes_may_have_been():
    readings = {unit.character for unit in Reader(Channel("cp1254")).units_at("ğ", 0)}
    assert {"𝐞", "𝐝", "𝐏", "𝐁", "𝐍"} <= readings


KNOWN_FAILURES = {
    "all C1 controls dropped": ("latin-1", "Ein schöner Tag für 𝗮𝗹𝗹𝗲 💡"),
}


@pytest.mark.xfail(reason="too few bytes are left", strict=True)
@pytest.mark.parametrize("case", KNOWN_FAILURES)
def test_known_failures(case):
    page, clean = KNOWN_FAILURES[case]
    damaged = "".join(one for one in clean.encode().decode(page) if not "\x80" <= one < "\xa0")
    assert repair(damaged).text == clean


RUSSIAN = {
    "с before a noun": "Мы говорили с клиентами о разных планах на завтра.",
    "с before numerals": "Мы говорили о разных планах с трёх часов, а с тех встреч их стало больше.",
    "я before a verb": "Вчера я писала о разных планах на завтра.",
    "a conjunction": "Сегодня мы говорили о разных планах. А что бы изменили вы?",
}


@pytest.mark.parametrize("case", RUSSIAN)
def test_a_russian_word_of_one_letter_is_told_by_the_word_behind(case):
    made = repair(RUSSIAN[case].encode().decode("cp1252", "ignore"))
    assert (made.text, made.offers) == (RUSSIAN[case], ())


def test_a_russian_word_of_one_letter_that_might_be_either_is_offered():
    clean = "Мы говорили с начала встречи, и я начала первой, о планах."
    made = repair(clean.encode().decode("cp1252", "ignore"))
    assert {offer.before for offer in made.offers} == {"Ñ"}


def test_final_sigma_and_sharp_s_are_letters_of_known_words():
    assert language("el").word("διακοπές") is not None
    assert language("de").word("größe") is not None
    assert language("tr").word("İyi".lower()) is not None


def test_every_language_knows_its_commonest_words():
    """Also where a table is so small that its hashes are further apart than an entry can tell (Indonesian)."""
    common = {
        "id": "yang dengan untuk tidak",
        "en": "with people because",
        "ru": "что сказал",
        "vi": "không những",
        "tr": "için değil",
    }
    for name, words in common.items():
        assert [word for word in words.split() if language(name).word(word) is None] == []
    assert language("id").word("qzxv") is None
    assert language("en").letter("the") < language("en").letter("thq")


def test_a_word_that_differs_in_a_rare_row_of_letters_is_not_given_up_on_the_way():
    """`ηνύ` is rarer than `ηνώ` by far, and μηνύματα, messages, a word nonetheless."""
    decoder = Decoder(Reader(Channel("cp1254")), Speech(["και", "δεν", "είναι"]))
    readings = decoder.readings("μηνύματα".encode().decode("cp1254", "ignore"))
    assert readings[0].text == "μηνύματα"


def test_an_entry_that_only_bridges_what_is_far_apart_is_no_word():
    for level, found in ((30, 30), (31, None)):
        assert Table(array("I", [crc32(b"word") >> 5]), bytes([level]), shift=5).level("word") == found


def test_what_was_offered_stays_offered_when_the_rest_is_repaired():
    """Alone, `Ğ` looks like no damage."""
    clean = "✅ Запишіть мету\nА що б ви змінили сьогодні?"
    made = repair(clean.encode().decode("cp1254", "ignore"))
    assert ("Ğ", "А") in {(offer.before, offer.after) for offer in made.offers}


NOTHING_LOST = {
    "Finnish": "Pelkäsin, että tieto katoaa. Kävi päinvastoin: työ jäi tekemättä.",
    "Romanian": "Ce am ales în schimb: mai puțin.\n\nÎn fiecare zi, în fiecare oră.",
}


@pytest.mark.parametrize("language", NOTHING_LOST)
def test_letters_that_no_text_has_are_no_reading(language):
    """ftfy takes the first code page that fits: Windows-1250 makes Ƥ of what Windows-1257 made of ä."""
    clean = NOTHING_LOST[language]
    made = repair(clean.encode().decode("cp1257", "ignore"))
    assert (made.text, made.offers) == (clean, ())


@pytest.mark.parametrize("left", ["Ã…rhus", "ÅÃ³dÅº", "Ã\ufffdrhus", "Ã?rhus"])
def test_a_foreign_name_that_lost_a_byte_is_offered(left):
    """Á fits as well as Å where nothing tells whose name it is; twice over, `Ã…` would be А and a blank row of dots."""
    text = f"We met people from the University of {left} last week and wrote all of it down for you."
    made = repair(text)
    assert made.text is text
    assert [offer.before for offer in made.offers] == [left]


def test_a_foreign_name_that_lost_nothing_is_read():
    assert repair("We met people of WГјrzburg last week.").text == "We met people of Würzburg last week."


def test_an_abbreviation_that_lost_bytes_is_offered():
    """НАП is in the list of Bulgarian words, ООП in none, and both leave the same."""
    clean = "Мы пишем о разных планах на завтра. Принципы ООП просты, и примеры помогают понять, что это такое."
    made = repair(clean.encode().decode("cp1254", "ignore"))
    assert made.text == clean or made.offers
