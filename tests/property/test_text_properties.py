"""What holds for every text: repairs never raise, change nothing twice, list what they do, and take linear time."""

import re
import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crosspost.text import repair, unstyle

ODD = (
    "𝗧𝗵𝐀𝑥ℝ𝟱ⓐ①⑴🅰🅱🄰Ａ！　ᴀɪғᵗʰ²ₐ₂𝒹𝑜₳Ɇ🇦🇧🇨ɐʇǝɔʌı⅋ƖZ"  # styled
    "\u0332\u0336\u0338\u0301\u0316\u0489\u20e3\u033e"  # marks
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202e\u2060\ufeff\ufe0f\ufe00\U000e0067\U000e007f\x08\u3164\u2800"  # invisible
    "👩💻🏴❤🏽"
    "کह्क്文שé"
    'aBx1 \n`~#*>-=/[](){}%<>":.“”«»'
)
GARBLED = "ÃÂâ€™œ“”ğŸ—§˜ð\u009d\u0081\u00a0�Ð±Рв‚¬√©├é ï¸»¿aZ \n`“”\"'.:"
WORDS = re.findall(
    r"\S+",
    """
It’s “smart” — plan 5 × 3 = 15 € Größe „Über“ Déjà « où » l’été ¿Qué? ¡señor! NÃO, amanhã İstanbul’da yumuşak dağ; ağ
það Việt đâu? Łódź gęś Příliš žluť tűrő őszi șapte HOTĂRÂ på Æble Đuro Ėjau Καλημέρα «ώρα» Ещё “ёлка” їжа Џем שלום
مرحبا، می‌خواهم नमस्ते สวัสดี 你好，世界。 こんにちは、カナ 안녕 📌 ✅ 👩‍💻 ❤️ 🇨🇷 1️⃣ ™ ½ m² №5 #tag @name `code` **bold**
""",
)
clean_texts = st.lists(st.sampled_from(WORDS), max_size=30).flatmap(
    lambda words: st.sampled_from([" ", "\n"]).map(lambda blank: blank.join(words))
)


@settings(max_examples=400)
@given(st.text(st.sampled_from(ODD), max_size=40))
def test_unstyling_twice_changes_nothing_more(text):
    once = unstyle(text).text
    assert unstyle(once).text is once


@settings(max_examples=400)
@given(st.text(st.sampled_from(GARBLED), max_size=40))
def test_repairing_twice_changes_nothing_more(text):
    once = repair(text).text
    assert repair(once).text is once


@given(st.text())
def test_any_text_is_repaired_without_error(text):
    for made in (repair(text), unstyle(text)):
        assert (made.text is text) == (not made.repairs)


@settings(max_examples=300)
@given(clean_texts)
@example("HOTĂRÂ plan HOTĂRÂ 5 HOTĂRÂ")
def test_clean_text_comes_back_as_the_same_object(text):
    assert unstyle(text).text is text
    assert repair(text).text is text
    assert repair(text).offers == ()


@settings(max_examples=300)
@given(st.text(st.sampled_from(ODD + GARBLED), max_size=60))
def test_every_alteration_is_listed(text):
    """Each line changed has repairs on it, and putting back what they replaced gives the line again."""
    for made in (repair(text), unstyle(text)):
        before, after = text.split("\n"), made.text.split("\n")
        assert len(before) == len(after)
        changed = {number for number, pair in enumerate(zip(before, after, strict=True), start=1) if pair[0] != pair[1]}
        assert changed <= {made.line for made in made.repairs}


ROWS = {
    "styled letters": "𝗔",
    "styled words": "𝗔𝗯 ",
    "styled and plain": "𝗔𝗯 cd ",
    "small capitals": "ᴀʙ ",
    "fullwidth": "Ａ",
    "fullwidth lines": "Ａｂ\n",
    "superscript": "ᵃ",
    "regional indicators": "🇦",
    "regional indicators parted": "🇦 ",
    "marks": "a\u0336",
    "many marks on one letter": "\u0316",
    "many different marks": "\u0316\u0301\u0332\u0345",
    "upside down": "ʇɐ ",
    "upside down between pictures": "ʇɐ📌 ",
    "currency": "₮Ⱨ₳",
    "raised digits": "ᵃ² ",
    "blanks of Braille": "\u2800",
    "Hangul fillers": "\u3164",
    "marks in front": "\u0336a",
    "marks beside short words": "a\u033e \u033eb\u033ec\u033ed\u033e ",
    "upside-down letters": "ʇ",
    "invisible": "\u200b",
    "joiners": "👩\u200d",
    "tags": "\U000e0067",
    "direction marks": "\u200e\n",
    "backticks": "` `` ``` 𝗔 ",
    "fences": "```\n𝗔𝗯\n",
    "tags of elements": "<pre> 𝗔𝗯 ",
    "Liquid": "{% {{ 𝗔𝗯",
    "link targets": "](𝗔𝗯",
    "quotation marks": '" “Ã©',
    "garbled": "Ã©",
    "garbled words": "Ã© ",
    "garbled and lost": "ğ—§ â€ ",
    "lead images": "Ã",
    "Cyrillic": "щёв",
    "blanks": "Ã \t",
}


@pytest.mark.parametrize("row", ROWS)
def test_time_grows_with_the_length(row):
    """Calls of Python functions are counted, which no other load disturbs, and a generous time is a net beneath."""
    short, long = (ROWS[row] * count for count in (500, 4000))
    assert calls(long) <= 8 * calls(short) * 1.5 + 200
    start = time.process_time()
    for work in (repair, unstyle):
        work(long)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("row", ["Æ¤b ğŸ“ ab\n", "ğŸ“ ab\n", "[a](/Ã©.jpg) ğŸ“ ab\n"])
def test_time_grows_with_the_number_of_offers(row):
    """These cost more, so fewer of them are met."""
    assert calls(row * 640) <= 8 * calls(row * 80)


def test_very_many_marks_on_one_letter_are_not_put_in_order():
    """Python's normalisation takes the square of their number: 3 s for these."""
    start = time.process_time()
    assert unstyle("a" + "\u0316\u0301" * 32000).text == "a"
    assert time.process_time() - start < 1.5


def test_very_many_unclosed_tags_are_not_each_searched_to_the_end():
    start = time.process_time()
    assert "𝗔" not in unstyle("<pre> x y z w" * 64000 + "𝗔𝗯").text
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize("word", ["ᴀʙx", "ᵃqᵇ", "ₐbₑ", "₳J₱"])
def test_the_letters_of_a_word_without_end_are_not_each_looked_for_in_it(word):
    start = time.process_time()
    unstyle(word * 32000)
    assert time.process_time() - start < 2


def calls(text):
    """Count the calls, into Python and into C, that both repairs make."""
    count = 0

    def seen(_frame, event, _arg):
        nonlocal count
        count += event in {"call", "c_call"}

    repair(text[:50]), unstyle(text[:50])
    sys.setprofile(seen)
    try:
        repair(text)
        unstyle(text)
    finally:
        sys.setprofile(None)
    return count
