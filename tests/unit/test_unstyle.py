"""Styled letters become plain where they are styling, and stay where they mean something."""

import runpy
import unicodedata
from pathlib import Path

import pytest

from crosspost.text import unstyle
from crosspost.text.screening import one_of
from crosspost.text.styled import _any_suspect as any_suspect
from crosspost.text.styled import _passes as passes
from crosspost.text.styled_table import FAMILIES, STAND_INS

ROOT = Path(__file__).parent.parent.parent
PLAIN = "The quick brown fox jumps over the lazy dog"
ALPHABETS = {
    "bold": "𝐀𝐚",
    "italic": "𝐴𝑎",
    "bold italic": "𝑨𝒂",
    "script": "𝒜𝒶",
    "bold script": "𝓐𝓪",
    "fraktur": "𝔄𝔞",
    "bold fraktur": "𝕬𝖆",
    "double-struck": "𝔸𝕒",
    "sans-serif": "𝖠𝖺",
    "sans-serif bold": "𝗔𝗮",
    "sans-serif italic": "𝘈𝘢",
    "sans-serif bold italic": "𝘼𝙖",
    "monospace": "𝙰𝚊",
    "fullwidth": "Ａａ",
    "circled": "Ⓐⓐ",
    "parenthesised": "🄐⒜",
    "negative circled": "🅐🅐",
    "squared": "🄰🄰",
    "negative squared": "🅰🅰",
}
HOLES = dict(zip("𝑕𝒝𝒠𝒡𝒣𝒤𝒧𝒨𝒭𝒺𝒼𝓄𝔆𝔋𝔌𝔕𝔝𝔺𝔿𝕅𝕇𝕈𝕉𝕑", "ℎℬℰℱℋℐℒℳℛℯℊℴℭℌℑℜℨℂℍℕℙℚℝℤ", strict=True))


def styled(text, capital_a, small_a):
    """Style letters by their distance from A and a, as formatter sites do; the holes of the blocks are letterlike."""
    shifted = (
        chr(ord(small_a if char.islower() else capital_a) + ord(char.lower()) - ord("a")) if char.isalpha() else char
        for char in text
    )
    return "".join(HOLES.get(char, char) for char in shifted)


@pytest.mark.parametrize("family", ALPHABETS)
def test_every_letter_of_a_family_becomes_plain(family):
    one_case = len(set(ALPHABETS[family])) == 1
    expected = PLAIN.upper() if one_case else PLAIN
    made = unstyle(styled(PLAIN, *ALPHABETS[family]))
    assert made.text == expected
    assert [(repair.step, repair.after, repair.line) for repair in made.repairs] == [("styled", expected, 1)]


MUST_CHANGE = {
    "digits": ("𝟐𝟎𝟐𝟒 𝟚𝟘𝟚𝟜 𝟤𝟢𝟤𝟦 𝟮𝟬𝟮𝟰 𝟸𝟶𝟸𝟺", "2024 2024 2024 2024 2024"),
    "one digit": ("𝟱 tips", "5 tips"),
    "Greek letters": ("𝝖𝝚𝝪𝝛𝝞 𝛼𝛽𝛾", "ΑΕΥΖΙ αβγ"),
    "a symbol form of a Greek letter": ("𝚹𝛆𝛐𝛓", "Θεος"),
    "a word glued to plain letters": ("𝗧he 𝗣lan", "The Plan"),
    "ampersand between": ("𝗟&𝗗 𝗽𝗹𝗮𝗻", "L&D plan"),
    "a word of one letter beside others": ("𝐚 𝐩𝐥𝐚𝐧", "a plan"),
    "a word of one letter in a style that mathematics hardly uses": ("𝗔 plan that 𝗜 made", "A plan that I made"),
    "accents typed behind": ("𝗰𝗮𝗳𝗲\u0301 𝘮𝘢𝘯\u0303𝘢𝘯𝘢", "café mañana"),
    "small capitals": ("ᴛʜɪs ɪs ᴀ ᴛᴇxᴛ", "this is a text"),
    "small capitals behind a capital": ("Tʜᴇ Qᴜɪᴄᴋ Fᴏx", "The Quick Fox"),
    "small capitals with a q that is not one": ("ǫᴜɪᴄᴋ", "quick"),
    "superscript letters": ("ᵗʰᵉ qᵘⁱᶜᵏ ᵇʳᵒʷⁿ ᶠᵒˣ", "the quick brown fox"),
    "subscript letters": ("ₕₑₗₗₒ wₒᵣₗd", "hello world"),
    "ordinals": ("1ˢᵗ 2ⁿᵈ 3ʳᵈ 4ᵗʰ", "1st 2nd 3rd 4th"),
    "circled digits beside circled letters": ("ⓣⓞⓟ ①⓪", "top 10"),
    "negative circled digits beside their letters": ("🅣🅞🅟 ❾", "TOP 9"),
    "squared letters with emoji selectors": ("🅷🅴🅻🅻🅾\ufe0f", "HELLO"),
    "one circled letter in a word": ("ⓘnfo", "info"),
    "letters of emoji beside others": ("🅱🅴🆂🆃", "BEST"),
    "regional indicators spelling a word": ("🇭🇪🇱🇱🇴", "HELLO"),
    "regional indicators parted by blanks": ("🇭 🇪 🇾 you", "HEY you"),
    "regional indicators parted by zero-width spaces": ("🇸\u200b🇦\u200b🇱\u200b🇪\u200b🇸", "SALES"),
    "regional indicators of no region": ("🇭🇮", "HI"),
    "one regional indicator beside a word of them": ("🇦 🇵🇱🇦🇳, 🇩🇴🇳'🇹", "A PLAN, DON'T"),
    "a region between words of regional indicators": ("🇹🇭🇪 🇮🇳 🇪🇳🇩", "THE IN END"),
    "a region whose indicators were kept apart": ("🇮\u200b🇳 it", "IN it"),
    "fullwidth with its blank and signs": ("Ｈｅｌｌｏ　Ｗｏｒｌｄ！ ２０２４", "Hello World! 2024"),
    "underlined": ("u\u0332n\u0332d\u0332e\u0332r\u0332 I\u0332", "under I"),
    "doubly underlined": ("t\u0333w\u0333o\u0333", "two"),
    "struck out": ("g\u0336o\u0336n\u0336e\u0336 \u0336n\u0336o\u0336w\u0336", "gone now"),
    "struck out shortly": ("g\u0335o\u0335n\u0335e\u0335", "gone"),
    "slashed": ("s\u0338l\u0338a\u0338s\u0338h\u0338 s\u0337h\u0337o\u0337r\u0337t\u0337", "slash short"),
    "another mark on every letter": ("t\u033ee\u033ex\u033et\u033e", "text"),
    "styled and struck out": ("𝗼\u0336𝗹\u0336𝗱\u0336", "old"),
    "zalgo": ("H\u0321\u032a\u032fe\u0363\u0321\u0329y\u0489\u0316\u0317\u0318", "Hey"),
    "zalgo that was normalised": ("\u0228\u0329\u032c\u033e\u035b", "E"),
    "zalgo with an accent of a language": ("é\u0316\u0317\u0318\u0319t\u0316\u0317\u0318e\u0319", "éte"),
    "zalgo with accents that normalisation has made of it": (
        unicodedata.normalize("NFC", "h\u0327\u0316\u0317\u0318e\u0301\u0316\u0317\u0318"),
        "he",
    ),
    "three marks that make no letter": ("it\u0316\u0317\u0318", "it"),
    "ordinal beside an exponent": ("1ˢᵗ xᵃᵇ", "1st xᵃᵇ"),
    "a unit beside styled words": ("xyⁿ ᵗʰᵉ", "xyⁿ the"),
    "behind a tag that is only talked about": ("the `<pre>` element, 𝗽𝗹𝗮𝗻 </pre>", "the `<pre>` element, plan </pre>"),
    "upside down": ("uʍop ǝpᴉsdn", "upside down"),
    "upside down with capitals": ("¡plɹoM 'ollǝH", "Hello, World!"),
    "upside down with digits left as they are": ("9102 uᴉ ʇǝʞɔoɹ", "rocket in 2019"),
    "upside down with digits turned": ("6Ɩ0ᄅ uᴉ ʇǝʞɔoɹ", "rocket in 2019"),
    "upside down within a sentence": ("This is ǝɯosǝʍɐ, truly", "This is awesome, truly"),
    "upside down with emoji of several characters": ("uʍop 👍🏽 ❤️ ǝpᴉsdn", "upside ❤️ 👍🏽 down"),
    "in elements": ("<b>𝐴𝐼</b> <li class='é'>𝑔𝑜</li>", "<b>AI</b> <li class='é'>go</li>"),
    "in a quotation": ("> 𝐴𝐼 is", "> AI is"),
    "behind an arrow for a bullet": ("→ 𝐴𝐼 first", "→ AI first"),
    "two capitals of script and italic": ("𝒜𝐼 now", "AI now"),
    "beside a number of another style": ("𝒢𝑜 𝟥 𝓅𝓁𝒶𝒸𝑒𝓈", "Go 3 places"),
    "behind an emoji with a selector": ("❤️ᵍʳᵒʷᵗʰ 1️⃣ₗₑₐₙ", "❤️growth 1️⃣lean"),
    "in a heading": ("# 𝗧𝗵𝗲 𝗽𝗹𝗮𝗻 🌟", "# The plan 🌟"),
    "in emphasis": ("**𝗧𝗵𝗲** _𝗽𝗹𝗮𝗻_", "**The** _plan_"),
    "a word of two letters in a table": (
        "| 𝐌𝐞 | 𝑔𝑜 |\n|---|---|\n| _𝑜𝑛_ | x |",
        "| Me | go |\n|---|---|\n| _on_ | x |",
    ),
    "in front matter": ('---\ntitle: "𝗧𝗵𝗲 𝗽𝗹𝗮𝗻"\n---\n', '---\ntitle: "The plan"\n---\n'),
    "in the text of a link": ("[𝗵𝗲𝗿𝗲](https://example.com/𝗮)", "[here](https://example.com/𝗮)"),
    "in a hashtag": ("#𝗣𝗹𝗮𝗻", "#Plan"),
}


@pytest.mark.parametrize("case", MUST_CHANGE)
def test_styling_becomes_plain(case):
    text, expected = MUST_CHANGE[case]
    made = unstyle(text)
    assert made.text == expected
    assert made.repairs


MUST_STAY = {
    "signs": "™ ® © ℠ № ℃ ℉ Ω K Å ½ ¼ ² ³ ¹ µ ª º … ﬁ ﷺ ℏ ℹ️ ℓ",
    "units and formulae": "m² H₂O CO₂ x² + y³ 10⁻⁶ xₙ aᵢⱼ eˣ 2ⁿ (a+b)ⁿᵐ",
    "superior abbreviations": "Mᵐᵉ Dʳ nᵒ",
    "mathematics": "Let 𝑥 ∈ ℝ and 𝑓(𝑥) = 𝑎𝑥 + 𝑏; 𝐀𝑥 = 𝐛, 𝟙 and ℒ, ℎ, 𝗔 = 𝗕",
    "formulae over several lines": "𝑦 → 𝑎𝑏\n= 𝑎𝑥 + 𝑏\n+ 𝑐𝑑 < 𝑎𝑏\n> 𝑥 <𝑎 and ℒ𝑓",
    "list markers": "① first ② second ⒜ third Ⓐ fourth ❶ fifth",
    "keycaps": "1️⃣ 2️⃣ #️⃣ *️⃣ 🔟",
    "flags": "🇨🇷 🇪🇸🇩🇪 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🏳️‍🌈",
    "one regional indicator": "🇦 and 🇧",
    "a flag beside regional indicators that spell a word": "HELLO 🇪🇸",
    "keycaps without selectors": "1⃣2⃣3⃣ plan",
    "prices in a row": "₦5000 ₱200 ₩1000 ₭5 and ₿, ₳, ₴",
    "a letter with a stroke beside a price": "Đ ₫5 Ł ₳5",
    "emoji letters": "🅰️ 🅱️ 🅾️ 🅿️ 🆎 Ⓜ️ 🆗 🅰️🅱️",
    "Japanese": "ＡＢＣ株式会社は２０２４年に発足。",
    "a line of a Japanese text": "東京の会社です。\n\nＡＢＣ\n",
    "fullwidth signs in Latin text": "Hello，world！",
    "a line of a Latin text": f"{PLAIN}\n社名はＡＢＣです\n{PLAIN}",
    "emoji letters within a word": "🅿arking 🅱anana",
    "phonetic script": "/ˈbɪɡ/ [ʀɪɴ] /ɹʌn/ /pʌɹɐ/ kʰatʰa bɪɡ",
    "letters of African languages": "ɔdɔ nǝbɔ kǝrma",
    "Navajo": "dǫ́ǫ́ ǫ",
    "decomposed accents": unicodedata.normalize("NFD", "Việt Nam, déjà vu, Łódź, ᾧ, ọ̀rọ̀, й"),
    "underlined letters of an orthography": "G\u0332a and x\u0332, g\u0332a\u0332xw in Kwak̓wala",
    "negated relations": unicodedata.normalize("NFD", "a ≠ b ≮ c ∉ d ≠≠≠"),
    "Hebrew and Arabic marks": "שָׁלוֹם مُحَمَّد",
    "Thai": "ที่นี่ผู้ใหญ่",
    "code": "`𝗰𝗼𝗱𝗲` and\n\n```\n𝗯𝗹𝗼𝗰𝗸\n```\n\n    𝗶𝗻𝗱𝗲𝗻𝘁𝗲𝗱\n",
    "elements of code": "<pre>𝗮𝗯𝗰</pre> <code>𝗮𝗯𝗰</code> {% highlight text %}𝗮𝗯𝗰{% endhighlight %}",
    "names of files in Liquid": "{% post_url 2025-01-02-𝗯𝗼𝗹𝗱-𝗻𝗮𝗺𝗲 %}",
    "addresses": "https://example.com/𝗮𝗯𝗰 and [this](/2025/𝗮𝗯𝗰.html)",
    "quantifiers": "∀x ∃y: ⊥ ∩ Λ",
}


@pytest.mark.parametrize("case", MUST_STAY)
def test_what_means_something_stays(case):
    text = MUST_STAY[case]
    made = unstyle(text)
    assert made.repairs == ()
    assert made.text is text


def test_each_row_of_words_is_one_repair_on_its_line():
    made = unstyle("plain\n𝗧𝗵𝗲 𝗽𝗹𝗮𝗻 is\n\n𝗴𝗼𝗼𝗱, 𝗿𝗲𝗮𝗹𝗹𝘆")
    assert [(repair.line, repair.before, repair.after) for repair in made.repairs] == [
        (2, "𝗧𝗵𝗲 𝗽𝗹𝗮𝗻", "The plan"),
        (4, "𝗴𝗼𝗼𝗱", "good"),
        (4, "𝗿𝗲𝗮𝗹𝗹𝘆", "really"),
    ]


def test_the_selector_of_a_styled_letter_goes_with_it():
    assert [repair.step for repair in unstyle("🅷🅴🅻🅻🅾\ufe0f").repairs] == ["styled"]


def test_text_behind_an_unclosed_tag_is_no_code():
    assert unstyle("the `<pre>` element, <pre> too: 𝗽𝗹𝗮𝗻").text == "the `<pre>` element, <pre> too: plan"


def test_a_line_beneath_a_list_item_is_no_code():
    assert unstyle("- item\n\n    𝗺𝗼𝗿𝗲\n").text == "- item\n\n    more\n"


def test_the_table_is_what_the_script_writes():
    script = runpy.run_path(str(ROOT / "scripts" / "generate_styled_letters.py"))
    assert (ROOT / "src/crosspost/text/styled_table.py").read_text(encoding="utf-8") == script["table"]()


def test_every_styled_character_stands_in_one_family_for_one_plain_character():
    families = (*FAMILIES, *STAND_INS)
    styled_characters = "".join(family.styled for family in families)
    assert len(styled_characters) == len(set(styled_characters))
    assert all(len(family.styled) == len(family.plain) for family in families)
    assert set("".join(family.plain for family in families)).isdisjoint(styled_characters)


def test_the_mathematical_block_is_in_the_table_as_a_whole():
    block = {chr(code) for code in range(0x1D400, 0x1D800) if unicodedata.name(chr(code), "")}
    assert block <= set("".join(family.styled for family in FAMILIES))


def test_every_single_suspect_makes_a_text_suspect():
    """The quick search for all suspects must find what each pass would: a character overlooked hides its whole family."""
    assert [char for char in map(chr, range(0x110000)) if bool(any_suspect().search(char)) != suspect(char)] == []


def suspect(char):
    return any(one_of(kind.suspects).search(char) for kind in passes())


def test_nothing_ordinary_is_a_suspect():
    """What is left out of the search because everybody types it."""
    ordinary = "".join(map(chr, range(0x20, 0x7F))) + "\t\n\r"
    assert not any_suspect().search(ordinary)
    suspects = set("".join(map(chr, range(0x80)))) - set(ordinary)
    assert [char for char in suspects if not any_suspect().search(char)] == []
