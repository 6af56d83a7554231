"""Whole sentences as formatter sites write them, at every place of a post, come back letter by letter.

The alphabets are what such sites make (LingoJam, YayText and generators like them, compared in 2025): each fills the
holes of Unicode in its own way.
"""

import unicodedata

import pytest

from crosspost.text import unstyle

SMALL = "abcdefghijklmnopqrstuvwxyz"
CAPITAL = SMALL.upper()
SENTENCES = (
    "The quick brown fox jumps over the lazy dog.",
    "I am a dev, and you & me go to 3 places in 2024!",
    "Don't wait: it's OK (really) — go now?",
    "Is it a win? A/B tests say: no.",
    "Café, naïve résumé, señor; Übung in Zürich",
    "Top 5 tips 🚀 for Q4: 1. do it",
    "self-made e-mail, AI/ML, R&D and C++",
)
PLACES = (
    "{}",
    "# {}",
    "## 🌟 {} 🌟",
    "**{}**",
    "_{}_ and more, plainly",
    "Plain words: {}",
    "- {}\n- a plain item",
    "1. {}",
    "> {}",
    "| {} | x |\n|---|---|\n| a | {} |",
    "[{}](https://example.com/a)",
    '---\ntitle: "{}"\n---\nText',
    "🔹{}🔹",
)
# Small letters, capitals where they differ, and digits where they have any.
ALPHABETS = {
    "script from two blocks": (
        "𝒶𝒷𝒸𝒹𝑒𝒻𝑔𝒽𝒾𝒿𝓀𝓁𝓂𝓃𝑜𝓅𝓆𝓇𝓈𝓉𝓊𝓋𝓌𝓍𝓎𝓏",
        "𝒜𝐵𝒞𝒟𝐸𝐹𝒢𝐻𝐼𝒥𝒦𝐿𝑀𝒩𝒪𝒫𝒬𝑅𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵",
        "𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫",
    ),
    "double-struck": (
        "𝕒𝕓𝕔𝕕𝕖𝕗𝕘𝕙𝕚𝕛𝕜𝕝𝕞𝕟𝕠𝕡𝕢𝕣𝕤𝕥𝕦𝕧𝕨𝕩𝕪𝕫",
        "𝔸𝔹ℂ𝔻𝔼𝔽𝔾ℍ𝕀𝕁𝕂𝕃𝕄ℕ𝕆ℙℚℝ𝕊𝕋𝕌𝕍𝕎𝕏𝕐ℤ",
        "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    ),
    "blackletter": ("𝔞𝔟𝔠𝔡𝔢𝔣𝔤𝔥𝔦𝔧𝔨𝔩𝔪𝔫𝔬𝔭𝔮𝔯𝔰𝔱𝔲𝔳𝔴𝔵𝔶𝔷", "𝔄𝔅ℭ𝔇𝔈𝔉𝔊ℌℑ𝔍𝔎𝔏𝔐𝔑𝔒𝔓𝔔ℜ𝔖𝔗𝔘𝔙𝔚𝔛𝔜ℨ"),
    "bold": ("𝐚𝐛𝐜𝐝𝐞𝐟𝐠𝐡𝐢𝐣𝐤𝐥𝐦𝐧𝐨𝐩𝐪𝐫𝐬𝐭𝐮𝐯𝐰𝐱𝐲𝐳", "𝐀𝐁𝐂𝐃𝐄𝐅𝐆𝐇𝐈𝐉𝐊𝐋𝐌𝐍𝐎𝐏𝐐𝐑𝐒𝐓𝐔𝐕𝐖𝐗𝐘𝐙", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"),
    "italic": ("𝑎𝑏𝑐𝑑𝑒𝑓𝑔ℎ𝑖𝑗𝑘𝑙𝑚𝑛𝑜𝑝𝑞𝑟𝑠𝑡𝑢𝑣𝑤𝑥𝑦𝑧", "𝐴𝐵𝐶𝐷𝐸𝐹𝐺𝐻𝐼𝐽𝐾𝐿𝑀𝑁𝑂𝑃𝑄𝑅𝑆𝑇𝑈𝑉𝑊𝑋𝑌𝑍"),
    "sans-serif bold": ("𝗮𝗯𝗰𝗱𝗲𝗳𝗴𝗵𝗶𝗷𝗸𝗹𝗺𝗻𝗼𝗽𝗾𝗿𝘀𝘁𝘂𝘃𝘄𝘅𝘆𝘇", "𝗔𝗕𝗖𝗗𝗘𝗙𝗚𝗛𝗜𝗝𝗞𝗟𝗠𝗡𝗢𝗣𝗤𝗥𝗦𝗧𝗨𝗩𝗪𝗫𝗬𝗭", "𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵"),
    "typewriter": ("𝚊𝚋𝚌𝚍𝚎𝚏𝚐𝚑𝚒𝚓𝚔𝚕𝚖𝚗𝚘𝚙𝚚𝚛𝚜𝚝𝚞𝚟𝚠𝚡𝚢𝚣", "𝙰𝙱𝙲𝙳𝙴𝙵𝙶𝙷𝙸𝙹𝙺𝙻𝙼𝙽𝙾𝙿𝚀𝚁𝚂𝚃𝚄𝚅𝚆𝚇𝚈𝚉", "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿"),
    "bubbles": ("ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ", "ⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏ", "⓪①②③④⑤⑥⑦⑧⑨"),
    "black bubbles": ("🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩", "", "⓿❶❷❸❹❺❻❼❽❾"),
    "squares": ("🄰🄱🄲🄳🄴🄵🄶🄷🄸🄹🄺🄻🄼🄽🄾🄿🅀🅁🅂🅃🅄🅅🅆🅇🅈🅉", ""),
    "black squares": ("🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉", ""),
    "parentheses": ("⒜⒝⒞⒟⒠⒡⒢⒣⒤⒥⒦⒧⒨⒩⒪⒫⒬⒭⒮⒯⒰⒱⒲⒳⒴⒵", "", "0⑴⑵⑶⑷⑸⑹⑺⑻⑼"),
    "wide": ("ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ", "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ", "０１２３４５６７８９"),
    "small capitals with a Cyrillic f": ("ᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘǫʀsᴛᴜᴠᴡxʏᴢ", ""),
    "small capitals with a plain q": ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘqʀꜱᴛᴜᴠᴡxʏᴢ", CAPITAL),
    "small capitals of Unicode 11": ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ", ""),
    "superscript": ("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖqʳˢᵗᵘᵛʷˣʸᶻ", "ᴬᴮᶜᴰᴱᶠᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾQᴿˢᵀᵁⱽᵂˣʸᶻ", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "superscript with a Cree q": ("ᵃᵇᶜᵈᵉᶠᵍʰᶦʲᵏˡᵐⁿᵒᵖᑫʳˢᵗᵘᵛʷˣʸᶻ", "ᴬᴮᶜᴰᴱᶠᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᑫᴿˢᵀᵁⱽᵂˣʸᶻ", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "superscript with a Persian q": ("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖ۹ʳˢᵗᵘᵛʷˣʸᶻ", "ᴬᴮᑦᴰᴱᶠᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾ۹ᴿᔆᵀᵁⱽᵂᕽᵞᙆ"),
    "subscript": ("ₐbcdₑfgₕᵢⱼₖₗₘₙₒₚqᵣₛₜᵤᵥwₓyz", "", "₀₁₂₃₄₅₆₇₈₉"),
    "subscript with capitals": ("ₐbcdₑfgₕᵢⱼₖₗₘₙₒₚqᵣₛₜᵤᵥwₓyz", CAPITAL),
    "currency": ("₳฿₵ĐɆ₣₲ⱧłJ₭Ⱡ₥₦Ø₱QⱤ₴₮ɄV₩ӾɎⱫ", ""),
}  # fmt: skip
# Marks behind each letter: lines, tildes, arrows, circles, dots. Some sites mark blanks and signs too, some put the mark
# in front.
MARKS = "\u0332\u0333\u0336\u0335\u0338\u0337\u0334\u0305\u033b\u0353\u0346\u033c\u033f\u035f\u0324\u0311\u20dd\u20de\u20e0\u0355\u20d7\u0488\u0489\u030a\u0304\u033e\u0330\u035b\u0310\u032a\u20e6\u20f0"
MARKINGS = {
    "behind everything": lambda text, mark: "".join(char + mark for char in text),
    "behind what is no blank": lambda text, mark: "".join(char + mark * (char != " ") for char in text),
    "behind letters and digits": lambda text, mark: "".join(char + mark * char.isalnum() for char in text),
    "in front": lambda text, mark: "".join(mark + char for char in text),
}
TURNED = {
    "YayText": (
        SMALL + CAPITAL + "0123456789.,'!?()&_;",
        "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz∀qƆpƎℲ⅁HIſʞ˥WNOԀQᴚS⊥∩ΛMX⅄Z0ƖᄅƐㄣϛ9ㄥ86˙',¡¿)(⅋‾؛",
    ),
    "with a Hebrew G and a line for T": (
        SMALL + CAPITAL + "0123456789.,'!?()&_;",
        "ɐqɔpǝɟƃɥıɾʞlɯuodbɹsʇnʌʍxʎz∀qƆpƎℲפHIſʞ˥WNOԀQɹS┴∩ΛMX⅄Z0ƖᄅƐㄣϛ9ㄥ86˙',¡¿)(⅋‾؛",
    ),
    "with a hooked g and a Hebrew l": (
        SMALL + CAPITAL + "0123456789.,!?()&_;",
        "ɐqɔpǝɟɓɥıɾʞןɯuodbɹsʇnʌʍxʎzⱯᗺƆᗡƎℲ⅁HIſ⋊⅂WNOԀΌᴚS⊥∩ΛMX⅄Z0⇂ᘔƐᔭ59Ɫ86˙‘¡¿)(⅋‾؛",
    ),
    "letters alone": (SMALL + CAPITAL, "ɐqɔpǝⅎᵷɥᴉɾʞꞁɯuodbɹsʇnʌʍxʎzⱯꓭƆꓷƎℲ⅁HIᒋꓘ⅂WNOԀꝹꓤSꓕՈɅMX⅄Z"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_a_styled_sentence_becomes_plain(alphabet, place):
    small, capitals, *digits = ALPHABETS[alphabet]
    styled = str.maketrans(SMALL + CAPITAL + "0123456789" * len(digits), small + (capitals or small) + "".join(digits))
    same_case = bool(capitals) and "superscript" not in alphabet  # which has one form for some letters
    for sentence in SENTENCES:
        made = unstyle(place.replace("{}", sentence.translate(styled))).text
        expected = place.replace("{}", sentence)
        assert made == expected if same_case else made.casefold() == expected.casefold()


@pytest.mark.parametrize("marking", MARKINGS)
@pytest.mark.parametrize("mark", MARKS)
def test_a_marked_sentence_becomes_plain(mark, marking):
    for place in PLACES:
        for sentence in SENTENCES:
            assert unstyle(place.replace("{}", MARKINGS[marking](sentence, mark))).text == place.replace("{}", sentence)


@pytest.mark.parametrize("place", [place for place in PLACES if "plainly" not in place])
@pytest.mark.parametrize("site", TURNED)
def test_a_turned_sentence_becomes_plain(site, place):
    """One alphabet writes B as b and D as d, and so case is left out."""
    turned = str.maketrans(*TURNED[site])
    for sentence in SENTENCES:
        words = sentence.replace("—", "-").replace("++", "")
        made = unstyle(place.replace("{}", words.translate(turned)[::-1])).text
        assert made.casefold() == place.replace("{}", words).casefold()


MUST_STAY = """
Use™ of ½ cup, m², km³, № 5, §3, 25 °C, 25 ℃, ℉, µm, Ω, Å, ℓ, ℮ 500 g, ‰
① first, ② second and ③ third
① Install ② Run
⑴ first ⑵ second ⒈ third
⒜ first
(a) ⓐ item
Ⓐ anarchy and Ⓥ vegan, Ⓜ️ metro, ℗ 2024, ©, ®
1️⃣ Plan 2️⃣ Do 3️⃣ Check #️⃣ *️⃣ 🔟
1⃣ 2⃣ old keycaps
1⃣2⃣3⃣
🇨🇷 🇪🇸 🇺🇸🇬🇧🇨🇦 🇩🇪🇫🇷
🅰️ 🅱️ 🆎 🅾️ 🅿️ 🆗 🆒 🆓 🆕 🆖 🆘 🆙 🆚 🈁
Blood group 🅰️ or 🅱️?
Let 𝑥 ∈ ℝ, and ℝⁿ ⊂ ℝᵐ; 𝒪(n) and 𝒪(n²), 𝒪(𝑛 log 𝑛)
For f: ℝ → ℝ, let ℤ/nℤ and ℂ*, ℚ̄, ℕ₀, ℍ, ℙ(X)
𝔼[X] = ∫ 𝑥 d𝑃, Var(X) = 𝔼[X²] − 𝔼[X]²
Let 𝒳 and 𝒴 be spaces, ℒ the loss, 𝔽₂ a field, 𝔤 a Lie algebra
𝐀𝐱 = 𝐛
𝑦 = 𝑎𝑥 + 𝑏
𝑒 = 𝑚𝑐²
𝜎² and 𝜇, 𝛼 = 0.05, 𝛽₁, 𝛽₂
𝑓(𝑥) = 𝑥², ∂𝑓/∂𝑥
x̄, p̂, ŷ, x̃, ẋ, ẍ, A̅, v⃗ and F⃗ = ma⃗
a⃗ × b⃗
H₂O, CO₂, C₆H₁₂O₆, SO₄²⁻, Ca²⁺, ²³⁵U, ¹⁴C, 10⁻⁶, 10²³
xₙ, aᵢⱼ, x₁, y₂, Tₘₐₓ, Vₒᵤₜ, kₑ, eⁱˣ, 2ⁿ, aᵏ, xᵀ, Aᵀ, Aᵀ A, Aᵀx
Mᵐᵉ Curie, Dʳ House, nᵒ 5, Mˡˡᵉ, Sᵗᵉ Anne, Cⁱᵉ
1ª 2º 3ᵃ, 1er, XVIᵉ siècle
See note¹ and note², footnote ³ and ¹² here
ＡＢＣ株式会社は２０２４年に設立。
２０２４年１月１日
全角：ＡＰＩ、ＳＤＫ
한국어 ＡＢＣ 텍스트
中文 ＡＰＩ 接口（测试）：你好！
你好，世界！（测试）
ﾊﾝｶｸ ｶﾀｶﾅ
㈱ ㎏ ㎡ ㏄ ㍿ ㊙ ㊗
Tiếng Việt có dấu: Việt Nam, người đẹp, ở đâu
Ọ̀rọ̀ Yorùbá: ẹ̀kọ́, ọ̀fẹ́, ẹ káàárọ̀, ṣé dáadáa ni?
Lietuvių: į̃, ė́, ū̃, m̃, l̃, ą́žuolas, i̇̀, i̇́
नमस्ते दुनिया, क्षेत्र, हिंदी में
สวัสดีครับ ที่นี่ น้ำใจ
السَّلامُ عَلَيْكُمْ وَرَحْمَةُ اللهِ
שָׁלוֹם עֲלֵיכֶם, בְּרֵאשִׁית
Πολυτονικό: ἄνθρωπος, ᾧ, τῆς, ἀρχῇ ἦν ὁ λόγος
й ё ї ў, Ѐ, и́, за́мок и замо́к
/ˈbɪɡ ˈdʌɡ/ [ˈɹʷiːdɪŋ] /ʃɪp/ /tʰɪŋ/ [kʰat] [ʀɪç] /ˈlɪtl̩/ [ɪ̃] /bʏʁ/ [ɢɪʀ]
The vowel ɪ is not i, ʀ is uvular, ʏ is rounded; ʰ marks aspiration, ʷ labialisation
/tʃ/ t͡ʃ d͡ʒ k͡p g͡b and o͜e
IPA: [ˈt͡sʏʀɪç], n̩, m̥, b̥, d̥, ɡ̊, ɹ̩, e̞, o̝, t̪, d̪, s̺, s̻
K̲wak̓wala, G̱ang̱a, ǥ, x̱, ḵ, Łutsel K'e, Dënë Sųłıné, Tłı̨chǫ
Diné bizaad: dóó, tʼáá, łįį́ʼ, shimá, hózhǫ́, nilį́
Hawaiʻi, ʻokina, kahakō; Māori: kōrero
Çok güzel: ığdır, İstanbul, şöyle, ılık
Gǃxoba ǀXam ǁAni ǂKhomani !Xóõ
Ewe: ɖɔ, ŋɔ, ɛ, ɔ, ƒ; Hausa: ɓ ɗ ƙ ƴ; Fula: ɓe ɗon
Kanuri: nǝm, kǝla, zǝptǝ; Igbo: ọ, ụ, ị
Pinyin: nǐ hǎo, lǜ, ǖ; Livonian: ȭ, ǭ
ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ; ᐃᓄᒃᑎᑐᑦ ᐊᒻᒪ; ᓀᐦᐃᔭᐍᐏᐣ
ꓮꓲꓢꓴ ꓡꓲ‐ꓢꓴ
Қазақ тілі: ғалым, ұлы; Oʻzbek; Башҡорт
👩‍💻 👨‍👩‍👧 🏳️‍🌈 ❤️‍🔥 👍🏽 🧑🏻‍🤝‍🧑🏿 🏴‍☠️
🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f
می\u200cخواهم، کتاب\u200cها، نمی\u200cدانم
क्‍ष र्‍य न्‍ ശ്രീ\u200cജ ක්‍ෂ
\u200fשלום, C++\u200e הוא
مرحبا \u200eC++\u200e نعم
ภาษา\u200bไทย
ភាសា\u200bខ្មែរ
5 000 km, « oui » ! 10 % — Größe 5 mm
日本 a b c
❤︎ ☎︎ ☀️ ©️ ▶︎
葛\U000e0100飾区
𠮷野家 𝄞 𓀀 𐌰 𝌆
e.g. a ≠ b, a ≮ c, ∄
Æsop, œuvre, ﬁne, ﬂow, Ǆ, ĳ, ŉ
ℹ️ Info, ™️, ℠, ℡, ℻, ⅓, Ⅳ, ⅻ
The ∀ and ∃ quantifiers; ¬∃x ∀y
ʻ ʼ ˈ ˌ ː ˑ ˙ ˚ ¨
⚡️ ⬇️ ➡️ ✅ ▪️ ◾ ⭐️
see `𝗯𝗼𝗹𝗱` and `ｆｕｌｌ` and `ʇxǝʇ`
https://example.com/𝗯𝗼𝗹𝗱/ⓐⓑⓒ [x](https://x.example/𝗮𝗯)
₿ and ₳ prices: ₿1, ₦5000, ₱200, ₩1000, ₭5, ₮3, ₴10, ₵4, ₲3
$5, 10€, £3, ¥100, ₹500
Đặng Văn Đ, ɄɆ, Ⱡ, Ħal, Łódź
C̶ and a̲ alone
ʇ and ʞ are click letters
ɐ ɯ ɹ ʎ are phonetic letters
Δx, Σ, Π, Ω, λ-calculus, π ≈ 3.14, μs
3ᵉ 4ᵉ ᵉ
Mg²⁺ and OH⁻; x⁰, x¹
H̱ and ẖ, Ṯ; Arabic ḥ ṭ ṣ ḍ ẓ ʿ ʾ; Sanskrit: saṃskṛtam, jñāna
N̈ Spın̈al Tap, M̈ötley
ŵ ŷ Cymraeg; ħ ġ ż Malti
Ạ̈ and Ą̊""".strip().split("\n")


@pytest.mark.parametrize("line", MUST_STAY)
def test_what_is_no_styling_stays(line):
    for text in (line, unicodedata.normalize("NFD", line)):
        for place in ("{}", "# {}", "- {}", "**{}**", "Plain words here: {}", "---\ntitle: '{}'\n---\n"):
            whole = place.replace("{}", text)
            assert unstyle(whole).text is whole
