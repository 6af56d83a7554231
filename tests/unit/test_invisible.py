"""Invisible characters go where they do nothing, and stay where a script or an emoji needs them."""

import pytest

from crosspost.text import unstyle

MUST_GO = {
    "zero-width space": ("zero\u200bwidth", "zerowidth"),
    "zero-width space between Chinese letters": ("中\u200b文", "中文"),
    "non-joiner in Latin": ("Auf\u200clage", "Auflage"),
    "joiner in Latin": ("a\u200db", "ab"),
    "joiner behind an emoji alone": ("👍\u200d ok", "👍 ok"),
    "joiner in front of an emoji": ("ok\u200d👍", "ok👍"),
    "a second non-joiner": ("می\u200c\u200cخواهم", "می\u200cخواهم"),
    "non-joiner in front of an Arabic word": (" \u200cسلام", " سلام"),
    "word joiner": ("10\u2060kg", "10kg"),
    "invisible operators": ("f\u2061(x)\u2062y\u2063z\u2064", "f(x)yz"),
    "byte order mark inside": ("---\n\ufeffText", "---\nText"),
    "byte order mark in front": ("\ufeffText", "Text"),
    "soft hyphen": ("Donau\u00addampf\u00adschiff", "Donaudampfschiff"),
    "direction marks without right-to-left text": (
        "\u200ehello\u200f \u202aworld\u202c \u2066x\u2069",
        "hello world x",
    ),
    "override": ("\u202egnirts\u202c", "gnirts"),
    "direction mark on another line than the Hebrew": ("שלום\nhello\u200f", "שלום\nhello"),
    "selector behind a letter": ("a\ufe0f b\ufe0e", "a b"),
    "a second selector": ("❤\ufe0f\ufe0f", "❤\ufe0f"),
    "selector behind a digit that is no keycap": ("1\ufe0f.", "1."),
    "selectors that hide data behind an emoji": ("😀\U000e0148\U000e0159\ufe01", "😀"),
    "tags that hide data": ("hi\U000e0068\U000e0069", "hi"),
    "tags behind a flag that never end": ("🏴\U000e0067\U000e0062 x", "🏴 x"),
    "controls beyond ASCII": ("a \x81 b\x90", "a  b"),
    "controls": ("a\x08b\x1b\x00c\x7f", "abc"),
    "vowel separator outside Mongolian": ("a\u180eb", "ab"),
    "grapheme joiner between letters": ("a\u034fb", "ab"),
    "Hangul fillers beside a blank": ("a \u3164 b\uffa0", "a  b"),
    "a line of the blank pattern of Braille": ("one\n\u2800\ntwo\n\u2800\u2800\n", "one\n\ntwo\n\n"),
    "annotation marks": ("\ufff9a\ufffab\ufffb", "ab"),
    "Mongolian selectors outside Mongolian": ("a\u180bb\u180f", "ab"),
    "inside an address, which it breaks": ("https://exam\u200bple.com", "https://example.com"),
}


@pytest.mark.parametrize("case", MUST_GO)
def test_what_does_nothing_goes(case):
    text, expected = MUST_GO[case]
    made = unstyle(text)
    assert made.text == expected
    assert {repair.step for repair in made.repairs} == {"invisible"}


MUST_STAY = {
    "emoji sequences": "👩‍💻 👩🏽‍🚀 🧑🏻‍🤝‍🧑🏿 👨‍👩‍👧 🏳️‍🌈 🏋️‍♂️ ❤️‍🔥 🐈‍⬛",
    "emoji and text selectors": "❤️ ☀︎ ⬇️ ©️ ™️ 🌌️ ▪️",
    "keycaps": "1️⃣ #️⃣ *️⃣",
    "flags of England and Scotland": (
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
        " 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
    ),
    "Persian": "می\u200cخواهم کتاب\u200cها ه\u200dبه",
    "Persian with marks": "خانهٔ\u200cما",
    "Hindi": "क्\u200dष र्\u200cय",
    "Malayalam and Sinhala": "ന്\u200d ශ්\u200dරී",
    "Thai word ends": "ภาษา\u200bไทย",
    "Khmer word ends": "ភាសា\u200bខ្មែរ",
    "direction marks beside Hebrew": "C++\u200e הוא שפה \u2067שלום\u2069\u200f!",
    "direction marks beside Arabic": "\u200fقال: hello!\u200f \u061c1",
    "Mongolian vowel separator": "ᠮᠣᠩᠭᠣᠯ\u180eᠠ",
    "Mongolian selectors": "ᠮᠣᠩ\u180bᠭᠣᠯ",
    "Hangul fillers with letters of Korean": "\u115f\u1161 \u1100\u1160 \u3164\u3163",
    "a filler that stands for a blank": "one\u3164two one\u2800two",
    "pictures of dots": "\u2800\u2800⣿⣿\u2800⣿ \u2800\n\u2800⠿",
    "variants of ideographs": "葛\U000e0100飾区",
    "other blanks": "a\u00a0b\u2009c\u3000d\u2028e\u202f",
    "code": "`a\u200bb`\n\n```\na\u00adb\n```\n",
    "controls beside what was decoded wrongly": "a â\x80\x99",
    "tabs and line ends": "a\tb\r\nc\n",
}


@pytest.mark.parametrize("case", MUST_STAY)
def test_what_has_a_function_stays(case):
    text = MUST_STAY[case]
    assert unstyle(text).text is text


def test_the_repair_shows_the_word_around_the_character():
    repair = unstyle("first\nthe zero\u200bwidth one").repairs[0]
    assert (repair.before, repair.after, repair.line) == ("zero\u200bwidth", "zerowidth", 2)


def test_characters_of_one_word_are_one_repair():
    assert [repair.before for repair in unstyle("a\u00adb\u00adc, or d\u200b").repairs] == [
        "a\u00adb\u00adc,",
        "d\u200b",
    ]


def test_a_character_of_a_long_word_is_shown_with_a_part_of_it():
    assert len(unstyle("x" * 500 + "\u200b" + "x" * 500).repairs[0].before) == 25
