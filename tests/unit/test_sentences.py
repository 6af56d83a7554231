"""After which words of a text it may be cut."""

import pytest

from crosspost.compose.sentences import announces, sentence_ends, word_ends


def sentences(text):
    return [text[start:end].strip() for start, end in zip([0, *sentence_ends(text)], sentence_ends(text), strict=False)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two", "One."),
        ("Really?! Yes", "Really?!"),
        ("He said “no.” Then", "He said “no.”"),
        ("(It is so.) Then", "(It is so.)"),
        ("Dr. Who came. Then", "Dr. Who came."),
        ("See e.g. Berlin. Then", "See e.g. Berlin."),
        ("Das ist z. B. Berlin. Dann", "Das ist z. B. Berlin."),
        ("Am 3. Oktober war es. Dann", "Am 3. Oktober war es."),
        ("It grew 3.5 times. Then", "It grew 3.5 times."),
        ("J. Smith wrote it. Then", "J. Smith wrote it."),
        ("It ended in 2024. Then", "It ended in 2024."),
        ("Mit Nr. Fünf. Dann", "Mit Nr. Fünf."),
        ("Wait... what? Yes", "Wait... what?"),
        ("これは文です。次の文", "これは文です。"),
        ("「はい。」次", "「はい。」"),
        ("यह वाक्य है। अगला", "यह वाक्य है।"),
        ("هل هذا؟ نعم", "هل هذا؟"),
        ("Open node.js now. Then", "Open node.js now."),
        ("(One. Two) three. Four", "(One. Two) three."),
        ("A line\nand another", "A line"),
        ("Er sagte: „Ja. Nein.“ Dann ging er.", "Er sagte: „Ja. Nein.“"),
        ("Er sagte: »Ja. Nein.« Dann ging er.", "Er sagte: »Ja. Nein.«"),
        ("Il dit : «\u00a0Oui. Non.\u00a0» Puis partit.", "Il dit : «\u00a0Oui. Non.\u00a0»"),
        ("Die Firma Ges.m.b.H. Co. ist gut. Dann", "Die Firma Ges.m.b.H. Co. ist gut."),
        ("Bob, a.k.a. Rob. Then", "Bob, a.k.a. Rob."),
        ("Vive en EE. UU. Hoy. Luego", "Vive en EE. UU. Hoy."),
        ("डॉ. शर्मा आए। फिर", "डॉ. शर्मा आए।"),
        ("Yahoo! is a company. Then", "Yahoo! is a company."),
        ("It is fine :( sadly. Then", "It is fine :( sadly."),
        ("A list (of :) one. Two) more. Then", "A list (of :) one. Two) more."),
        ("» A point. Then", "» A point."),
        ("“One “two.” Three.” Four", "“One “two.” Three.”"),
        ("He said no. Then", "He said no."),
        ("See Mary's. Then", "See Mary's."),
        ("Zie blz. 12 en verder. Dan", "Zie blz. 12 en verder."),
        ("Voir art. 5 du code. Puis", "Voir art. 5 du code."),
        ("Bkz. Tablo üç. Sonra", "Bkz. Tablo üç."),
        ("Jest Św. Piotr. Potem", "Jest Św. Piotr."),
        ("Mgr. Novák a MUDr. Nový. Pak", "Mgr. Novák a MUDr. Nový."),
        ("Arrivò l’avv. Verdi. Poi", "Arrivò l’avv. Verdi."),
        ("Див. Вул. Шевченка. Потім", "Див. Вул. Шевченка."),
        ("Η κα. Μαρία; Ναι", "Η κα. Μαρία;"),
        ("PGS. TS. Minh. Rồi", "PGS. TS. Minh."),
        ("これは「はい。」と言った。次", "これは「はい。」と言った。"),
        ("本当？と聞いた。次", "本当？と聞いた。"),
        ("是的。“走吧！”他说", "是的。"),
        ("ดร. สมชายมา แล้วก็ไป", "ดร. สมชายมา"),
        ("ราคา 3 บาท ดี ๆ แล้วก็ไป", "ราคา 3 บาท"),
        ("ทำใหม่ เช่น กลุ่มเล็ก", "ทำใหม่"),
        ("Bei der Fa. Müller war es. Dann", "Bei der Fa. Müller war es."),
    ],
)
def test_the_first_sentence_ends_where_a_reader_of_its_language_ends_it(text, first):
    assert sentences(text)[0] == first


@pytest.mark.parametrize(
    "text",
    [
        "no end at all",
        "One.",
        "approx. half of it",
        "Vgl. Abb. Drei",
        "see https://example.com/a.b?c=d. e",
        "These are:\nmore",
        "т. е. Москва",
        "Three reasons 👇\nmore",
        "เช่น กลุ่มเล็ก",
        "ส้มกับ กล้วย",
        "Three reasons: 🚀\nmore",
    ],
)
def test_there_is_no_sentence_end_inside(text):
    assert sentence_ends(text) == []


@pytest.mark.parametrize("text", ["https://example.com/日本", "#日本語", "@日本"])
def test_no_word_ends_inside_an_address_hashtag_or_mention(text):
    assert [end for end in word_ends(text + " x") if end < len(text) and not text[:end].isascii()] == []


def test_words_end_at_white_space_and_between_ideographs():
    assert [("a well-known 日本語"[:end]) for end in word_ends("a well-known 日本語")] == [
        "a",
        "a well-known",
        "a well-known 日",
        "a well-known 日本",
    ]


def test_no_word_ends_inside_a_grapheme():
    text = "家\ufe00\u0301 x"
    assert word_ends(text) == [3]


def test_a_line_that_ends_with_a_colon_announces():
    assert announces("So: ")
    assert announces("理由：")
    assert not announces("12:30")
    assert not announces("So happy :)")


@pytest.mark.parametrize("line", ["Three reasons 👇", "Why 👇🏽", "How ⬇️", "More →", "All of it: 🧵", "1. 👇👇👇 "])
def test_a_line_that_points_to_what_is_below_it_announces(line):
    assert announces(line)


@pytest.mark.parametrize("line", ["Done 🚀", "→ One", "👇 One", "At 12:30 🚀"])
def test_a_picture_at_the_end_of_a_line_announces_nothing_by_itself(line):
    assert not announces(line)


@pytest.mark.parametrize("text", ["#हिन्दी", "#ภาษาไทย", "@शर्मा", "#e\u0301te\u0301"])
def test_combining_marks_belong_to_a_hashtag_or_mention(text):
    assert [end for end in word_ends(text + " x") if end < len(text)] == []


def test_thousands_of_open_brackets_are_read_once():
    text = "“„(" * 1000 + "One. " + "”)" * 1500 + " Two. Three"
    assert sentence_ends(text) is not None
