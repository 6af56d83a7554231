"""Mojibake whose bytes survived is undone; what lost bytes is offered; clean text and samples stay."""

import subprocess
import sys

import ftfy
import pytest

from crosspost.text import Repaired, encoding, repair, suspicion, unstyle

CLEAN = {
    "English": "It’s a “smart” plan — really… 📌 Tip: 5 × 3 ≠ 16 ✅",
    "German": "Größe übt Ärger „Über“ ‚Äpfel‘ «Öl» 20 °C, ½ Liter, 10 €.",
    "French": "Déjà vu : l’été à Noël, « où ça ? » Œuvre, cœur, 5 °C, « É… »",
    "Spanish": "¿Qué tal, señor? ¡Mañana! «Órale» 1.º, 2.ª",
    "Portuguese": "NÃO, AMANHÃ É SÃO JOÃO… Ação, coração, à toa; «AMANHû “VOCÊ” “IRMÔ IRMÖ",
    "Italian": "Perché così è più città – «È qui»",
    "Turkish": "Dağ—yol, “dağ”, ağ–ağ: İstanbul’da ğ harfi, yumuşak ğ… ÇAĞ’DA",
    "Icelandic": "Það—já, “garð”, ð og þ. ÐÞ Æðislegt…",
    "Vietnamese": "Ẩm thực “Việt” – ăn cơm ở đâu? À, ĐÃ—thế… Ừ, Ãn",
    "Polish": "Zażółć gęślą jaźń – „Łódź” ŻÓŁĆ GĘŚLĄ JAŹŃ",
    "Czech": "Příliš žluťoučký kůň – „Úpěl“ ĎÁBELSKÉ ÓDY",
    "Hungarian": "Árvíztűrő tükörfúrógép – „Őszi” ÁRVÍZTŰRŐ",
    "Romanian": "Ştiinţă, șapte, «Ă» „Între” Â și Î: HOTĂRÂ…",
    "Swedish": "Å, Ä, Ö – ”Åäö” på ÅR’S\n”Åland\n",
    "Danish": "Æblegrød på Ø, »Årø«",
    "Finnish": "SELKÄ\u00a0EDELLÄ, ”Ääni”",
    "Croatian": "Đuro, šuma, žena – „Čaša”",
    "Lithuanian": "Ąžuolas, šįryt – „Ėjau“",
    "Greek": "Καλημέρα – «Άνθρωπος» ΑΒΓ, ώρα;",
    "Russian": "Ещё её «ёлка» — РСВ, Её “Ё”, 5 № 3. СЁМГА",
    "Ukrainian": "Її їжа – «Європа», ВІКІ",
    "Serbian": "Ђак, љубав – „Џем” срџба",
    "Hebrew": "שלום – “עולם”",
    "Arabic": "مرحبا «بالعالم»، نعم؟",
    "Persian": "می\u200cخواهم «کتاب»",
    "Hindi": "नमस्ते – “दुनिया”",
    "Thai": "สวัสดี “โลก”",
    "Chinese": "你好，“世界”……",
    "Japanese": "こんにちは、「世界」…ÅÄÖ",
    "Korean": "안녕하세요 – “세계”",
    "mathematics": "√2 ≈ 1.41, ∂f/∂x, ∑√n, ƒ(x) = ½x², ±5°, 4288×…",
    "tree": "├── app\n│\u00a0\u00a0 └── Ärger ┼ ╬",
    "decomposed": "Vie\u0323\u0302t, de\u0301ja\u0300",
    "styled": "𝗧𝗵𝗲 𝗽𝗹𝗮𝗻",
}


@pytest.mark.parametrize("language", CLEAN)
def test_clean_text_comes_back_as_the_same_object(language):
    text = CLEAN[language]
    made = repair(text)
    assert made.text is text
    assert made.offers == ()


UNDONE = {
    "cp1252": ("Ein schÃ¶ner Tag, itâ€™s â€œfineâ€\x9d", "Ein schöner Tag, it’s “fine”"),
    "latin-1": ("It\u00e2\u0080\u0099s", "It’s"),
    "cp1254 emoji": ("ğŸ“Œ Tip", "📌 Tip"),
    "cp1251": ("Р±С‹Р»Рѕ", "было"),
    "cp1250": ("LiĂ¨ge, HĂ´pital", "Liège, Hôpital"),
    "cp1253": ("Ξ•Ξ»Ξ»Ξ¬Ξ΄Ξ± β€“ ΞΞ±Ξ»Ξ·", None),
    "mac-roman": ("un r√©gime √©quilibr√©", "un régime équilibré"),
    "cp437": ("#╨┐╤Ç╨░╨▓╨╕╨╗╤î╨╜╨╛", "#правильно"),
    "twice": ("nÃƒÂ© Jim", "né Jim"),
    "C1 controls": ("\x84Hand\x93", "„Hand“"),
    "a blank for the byte A0": ("voilÃ  le plan", "voilà le plan"),
    "degree": ("20Â°C", "20°C"),
    "beside clean text": ("Déjà vu 📌 and dÃ©jÃ\u00a0 lu", None),
    "in front matter": ('---\ntitle: "SabÃ£o â€œfinoâ€œ"\n---\n', '---\ntitle: "Sabão “fino“"\n---\n'),
    "in the text of a link": ("[SabÃ£o](https://example.com/SabÃ£o)", "[Sabão](https://example.com/SabÃ£o)"),
    "windows line ends": ("SabÃ£o\r\nfino\r\n", "Sabão\r\nfino\r\n"),
}


@pytest.mark.parametrize("case", UNDONE)
def test_a_wrong_decoding_is_undone(case):
    text, expected = UNDONE[case]
    made = repair(text)
    assert made.text == (expected or ftfy.fix_encoding(text))
    assert made.text != text
    assert {repair.step for repair in made.repairs} == {"mojibake"}


@pytest.mark.parametrize("page", ["latin-1", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "mac-roman"])
@pytest.mark.parametrize("language", CLEAN)
def test_a_damaged_line_is_repaired_at_least_as_well_as_by_ftfy(language, page):
    """ftfy's own answer, its encoding fixes alone, is the least; a loss of characters is never accepted."""
    text = CLEAN[language]
    damaged = "".join(
        bytes([byte]).decode(page, "replace").replace("\ufffd", chr(byte)) for byte in text.replace("\n", " ").encode()
    )
    fixed = ftfy.fix_encoding(damaged)
    made = repair(damaged)
    if fixed == text.replace("\n", " "):
        assert made.text == fixed
    elif made.text not in (fixed, text.replace("\n", " ")):
        assert made.text == damaged or made.offers


LEFT_ALONE = {
    "code": "Use `SabÃ£o` here.\n\n```\nSabÃ£o\n```\n\n    SabÃ£o\n",
    "address": "https://example.com/s?__mk_pt_BR=Ã\x85MÃ\x85Å½ÃÕÃ\x91",
    "quotation": 'You see “Ã©” and "SabÃ£o" («Ã£») instead.',
    "byte order mark in a sentence": "An editor shows the characters ï»¿ for this.",
}


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_mojibake_shown_on_purpose_stays(case):
    text = LEFT_ALONE[case]
    made = repair(text)
    assert made.text is text
    assert made.offers == ()


@pytest.mark.parametrize("text", ["Write Ã in front", "Look for Ã or Â in the text", "See `â€œ` or Ã in front"])
def test_a_letter_alone_that_a_text_may_name_is_offered(text):
    made = repair(text)
    assert made.text is text
    assert [(one.before[0], one.after[0]) for one in made.offers] == [("Ã", "à")]


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Il va Ã Paris et Ã Lyon", "Il va à Paris et à Lyon"),
        ("Vou Ã praia", "Vou à praia"),
        ("clean Ã and dÃ©jÃ  vu", "clean à and déjà vu"),
    ],
)
def test_a_letter_alone_is_undone_in_languages_with_that_word_and_beside_other_damage(text, repaired):
    assert repair(text).text == repaired


@pytest.mark.parametrize("text", ["Only 10Â km left", "The end. Â Next one", "l’été dure 10Â jours", "endÂ\nnext"])
def test_what_is_left_of_a_no_break_space_alone_never_passes_for_text(text):
    assert repair(text).offers


@pytest.mark.parametrize("text", ["Literele Ă, Â, Î și Ș", "HOTĂRÂ stem", "ÂN — Ân"])
def test_the_letter_of_romanian_and_vietnamese_stays(text):
    made = repair(text)
    assert made.text is text
    assert made.offers == ()


def test_capitals_before_a_sign_are_undone_beside_other_damage():
    assert repair("AVÃ” e avÃ³").text == "AVÔ e avó"


def test_a_quotation_in_a_damaged_text_is_damaged_too():
    assert repair('He said "SabÃ£o" and itâ€™s fine').text == 'He said "Sabão" and it’s fine'


def test_code_in_a_damaged_text_stays():
    assert repair("`SabÃ£o` itâ€™s").text == "`SabÃ£o` it’s"


OFFERED = {
    "closing quote without its last byte": ("“Moneyâ€, which", "“Moneyâ€,", "“Money”,"),
    "closing quote and a blank, which is no dagger": ("“Moneyâ€ which", "“Moneyâ€", "“Money”"),
    "emoji": ("ğŸ“ a tip", "ğŸ“", "📝"),
    "emoji by way of cp1252": ("ðŸ“ a tip", "ðŸ“", "📝"),
    "ruler": ("above\n\nâ–â–â–\n", "â–â–â–", "➖➖➖"),
    "replacement character": ("an emoji � was here", "�", "�"),
    "question mark or lost byte": ("He said â€œyesâ€? and left", "â€œyesâ€?", "“yes”?"),
}


@pytest.mark.parametrize("case", OFFERED)
def test_what_has_several_readings_is_offered_and_unchanged(case):
    text, before, after = OFFERED[case]
    made = repair(text)
    assert made.text is text
    assert [(offer.before, offer.after) for offer in made.offers] == [(before, after)]
    assert all(offer.confidence < 0.9 for offer in made.offers)


def test_code_in_a_damaged_text_is_offered():
    assert [offer.before for offer in repair("`x â€` itâ€™s").offers] == ["â€`"]


def test_a_quotation_just_made_whole_is_not_decoded_again():
    assert repair("â€\x9dÃ…land").text == "”Åland"


@pytest.mark.parametrize("page", ["cp1252", "cp1251", "cp1250", "mac-roman"])
def test_what_is_shown_on_purpose_is_undone_once(page):
    clean = "Some editors begin files with the characters ï»¿ for this, déjà vu."
    damaged = "".join(bytes([byte]).decode(page, "replace").replace("\ufffd", chr(byte)) for byte in clean.encode())
    made = repair(damaged)
    assert (made.text, made.offers) == (clean, ())


def test_a_byte_order_mark_garbled_with_its_text_is_offered():
    made = repair("dÃ©jÃ\u00a0 vu\n\nï»¿For the past years")
    assert made.text == "déjà vu\n\nï»¿For the past years"
    assert [(offer.before, offer.after, offer.line) for offer in made.offers] == [("ï»¿", "", 3)]


def test_a_letter_that_lost_its_byte_counts_beside_a_repair():
    assert repair("Ãrea").offers == ()
    assert repair("Ãrea, dÃ©jÃ\u00a0").text == "Área, déjà"


def test_each_repair_has_its_line_and_words():
    made = repair("clean\nitâ€™s a dÃ©faut\n\nand itâ€™s")
    assert [(repair.line, repair.before, repair.after) for repair in made.repairs] == [
        (2, "itâ€™s", "it’s"),
        (2, "dÃ©faut", "défaut"),
        (4, "itâ€™s", "it’s"),
    ]


def test_words_side_by_side_are_one_repair():
    assert [repair.after for repair in repair("trÃ¨s Ã©levÃ©, non").repairs] == ["très élevé,"]


def test_a_reading_with_a_restored_blank_is_less_sure():
    assert repair("voilÃ  le plan").repairs[0].confidence < repair("dÃ©jeuner").repairs[0].confidence < 1


def test_a_blank_is_no_byte_where_bytes_were_lost():
    assert repair("ğŸ“ one\nğ—§ğ—µ").text == "ğŸ“ one\n𝗧𝗵"


@pytest.mark.parametrize("text", ["Ä‚Âe", "ÄŸÅ¸â€¡Grape", "Ä‘ĹşÂ§Â\xa0KhÄ‚Â´ng, phÃºt.â áº£"])
def test_what_is_offered_stands_in_the_text(text):
    """Damaged twice over, it is read in two steps; where neither is made, nobody would find what the second one reads."""
    made = repair(text)
    assert made.text is text
    assert made.offers
    assert all(offer.before in text for offer in made.offers)


@pytest.mark.parametrize(
    "text",
    [
        *("B\x94rja nu", "f\x81r alle", "na\x8bve", "fa\x87ade"),  # DOS: controls, to ftfy quotation marks
        *("cafأ©", "3ï¸ڈâƒ£ plans", "ًںژ¯", "ذںر€ذ¸ذ²ذµر‚"),  # Windows-1256
        *("╨Я╤А╨╕╨▓╨╡╤В", "п÷я─п╦п╡п╣я┌", "It Б─≥s", "cafц╘"),  # cp866, KOI8-R
        "Ô£à plan",  # cp850: of ✅, and to ftfy a character for private use
        *("It鈥檚", "锟斤拷锟斤拷"),  # GBK
    ],
)
def test_what_no_known_code_page_has_made_is_offered(text):
    made = repair(text)
    assert made.offers
    assert made.text in (text, "3️ڈ⃣ plans")


@pytest.mark.parametrize("text", ["╤══╤ │ ╨──╨ текст─текст", "я≈2, п·в, слово²", "أ (عام) رأي", "2° ذ", "ц═", "锟"])
def test_such_characters_alone_are_no_damage(text):
    assert repair(text) == Repaired(text=text)


@pytest.mark.parametrize(
    "text", ["it\x92s a plan", "one\x96two", "wait\x85what", "\x93so\x94, he said", "l\x92\x9cuvre"]
)
def test_controls_that_windows_has_signs_for_are_read(text):
    assert repair(text).text == text.encode("latin-1").decode("cp1252")


def test_iso_8859_15_is_told_from_windows_1252():
    """ä, è and 🔴 have bytes there that are À, Ú and 🔎 in Windows-1252."""
    clean = "---\ntitle: “Über” è più\n---\nSäger für Œuvre 🔴 ❤️ 📦… ![a](/bilder/für.jpg) `Ã€`"
    damaged = clean.encode().decode("iso8859-15")
    assert repair(damaged).text == clean.replace("`Ã€`", "`Ã€`".encode().decode("iso8859-15"))


@pytest.mark.parametrize("text", ["fÃŒr alle", "Das ist spÃ€ter"])
def test_a_capital_amid_a_word_is_no_reading_that_ftfy_has_for_sure(text):
    assert repair(text).offers


def test_a_capital_amid_a_hashtag_begins_a_word():
    assert repair("#TrabajoÃ\x81gil").text == "#TrabajoÁgil"


def test_a_second_reading_of_what_is_offered_is_told_with_the_first():
    twice = "Ä‘ĹşĹ˝Ĺ»```Ä‚Â```Ä‘Ĺşâ€\x98?"
    first = repair(twice).offers[0]
    assert (first.before, first.after) == ("Ä‘Ĺşâ€\x98?", "👭?")


def test_clean_text_does_not_load_ftfy_or_regex():
    code = (
        "import sys; from crosspost.text import Repaired, repair, unstyle;"
        "t = 'It’s “clean” — déjà vu 5 × 3'; assert repair(unstyle(t).text).text is t;"
        "sys.exit('ftfy' in sys.modules or 'regex' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "text",
    [
        "L’été dernier, nous avons préparé la saison à Paris, où le café est très bon. " * 5,
        "Часу вистачає на головне, і це моє рішення: робити менше, але краще. " * 5,
    ],
)
def test_words_that_another_code_page_could_have_made_start_no_search_for_lost_bytes(text, monkeypatch):
    """`’é` would be a character of Mac Roman, `є ` of Windows-1251; the search takes twenty times what ftfy takes."""
    monkeypatch.setattr(encoding, "recover", None)
    assert suspicion.is_suspect(text)
    assert repair(text).text is text


@pytest.mark.parametrize("step", [repair, unstyle])
@pytest.mark.parametrize("given", [b"It", None, 5])
def test_what_is_no_text_is_refused_rather_than_told_to_be_clean(step, given):
    with pytest.raises(TypeError, match="str"):
        step(given)
