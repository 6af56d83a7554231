"""Styled letters, family by family, and the plain ones they stand for.

Written by scripts/generate_styled_letters.py from the Unicode database; change the script, not this file.
Each comment says why the neighbours of the ranges beneath it are out.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal[
    "mathematical",
    "upright",
    "digit",
    "enclosed",
    "number",
    "fullwidth",
    "small capital",
    "raised",
    "lowered",
    "currency",
]


class Family(NamedTuple):
    """Characters of one style; `plain[i]` is what `styled[i]` stands for."""

    kind: Kind
    name: str
    styled: str
    plain: str


FAMILIES = (
    # Arabic mathematical letters (1EE00) are no formatter's; of the Letterlike Symbols only the 24 holes of this
    # block and ℓ are in: ™ ℠ № ℃ ℉ Ω K Å ℹ ℏ ℘ ⅅ and the double-struck ℼ ℽ ℾ ℿ mean what they are
    Family(
        "mathematical",
        "bold",
        "𝐀𝐁𝐂𝐃𝐄𝐅𝐆𝐇𝐈𝐉𝐊𝐋𝐌𝐍𝐎𝐏𝐐𝐑𝐒𝐓𝐔𝐕𝐖𝐗𝐘𝐙𝐚𝐛𝐜𝐝𝐞𝐟𝐠𝐡𝐢𝐣𝐤𝐥𝐦𝐧𝐨𝐩𝐪𝐫𝐬𝐭𝐮𝐯𝐰𝐱𝐲𝐳𝚨𝚩𝚪𝚫𝚬𝚭𝚮𝚯𝚰𝚱𝚲𝚳𝚴𝚵𝚶𝚷𝚸𝚹𝚺𝚻𝚼𝚽𝚾𝚿𝛀𝛁𝛂𝛃𝛄𝛅𝛆𝛇𝛈𝛉𝛊𝛋𝛌𝛍𝛎𝛏𝛐𝛑𝛒𝛓𝛔𝛕𝛖𝛗𝛘𝛙𝛚𝛛𝛜𝛝𝛞𝛟𝛠𝛡𝟊𝟋",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εθκφρπϜϝ",
    ),
    Family(
        "mathematical",
        "italic",
        "𝐴𝐵𝐶𝐷𝐸𝐹𝐺𝐻𝐼𝐽𝐾𝐿𝑀𝑁𝑂𝑃𝑄𝑅𝑆𝑇𝑈𝑉𝑊𝑋𝑌𝑍𝑎𝑏𝑐𝑑𝑒𝑓𝑔𝑖𝑗𝑘𝑙𝑚𝑛𝑜𝑝𝑞𝑟𝑠𝑡𝑢𝑣𝑤𝑥𝑦𝑧𝚤𝚥𝛢𝛣𝛤𝛥𝛦𝛧𝛨𝛩𝛪𝛫𝛬𝛭𝛮𝛯𝛰𝛱𝛲𝛳𝛴𝛵𝛶𝛷𝛸𝛹𝛺𝛻𝛼𝛽𝛾𝛿𝜀𝜁𝜂𝜃𝜄𝜅𝜆𝜇𝜈𝜉𝜊𝜋𝜌𝜍𝜎𝜏𝜐𝜑𝜒𝜓𝜔𝜕𝜖𝜗𝜘𝜙𝜚𝜛ℎ",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgijklmnopqrstuvwxyzıȷΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εθκφρπh",
    ),
    Family(
        "mathematical",
        "bold italic",
        "𝑨𝑩𝑪𝑫𝑬𝑭𝑮𝑯𝑰𝑱𝑲𝑳𝑴𝑵𝑶𝑷𝑸𝑹𝑺𝑻𝑼𝑽𝑾𝑿𝒀𝒁𝒂𝒃𝒄𝒅𝒆𝒇𝒈𝒉𝒊𝒋𝒌𝒍𝒎𝒏𝒐𝒑𝒒𝒓𝒔𝒕𝒖𝒗𝒘𝒙𝒚𝒛𝜜𝜝𝜞𝜟𝜠𝜡𝜢𝜣𝜤𝜥𝜦𝜧𝜨𝜩𝜪𝜫𝜬𝜭𝜮𝜯𝜰𝜱𝜲𝜳𝜴𝜵𝜶𝜷𝜸𝜹𝜺𝜻𝜼𝜽𝜾𝜿𝝀𝝁𝝂𝝃𝝄𝝅𝝆𝝇𝝈𝝉𝝊𝝋𝝌𝝍𝝎𝝏𝝐𝝑𝝒𝝓𝝔𝝕",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εθκφρπ",
    ),
    Family(
        "mathematical",
        "script",
        "𝒜𝒞𝒟𝒢𝒥𝒦𝒩𝒪𝒫𝒬𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵𝒶𝒷𝒸𝒹𝒻𝒽𝒾𝒿𝓀𝓁𝓂𝓃𝓅𝓆𝓇𝓈𝓉𝓊𝓋𝓌𝓍𝓎𝓏ℊℋℐℒℓℛℬℯℰℱℳℴ",
        "ACDGJKNOPQSTUVWXYZabcdfhijklmnpqrstuvwxyzgHILlRBeEFMo",
    ),
    Family(
        "mathematical",
        "bold script",
        "𝓐𝓑𝓒𝓓𝓔𝓕𝓖𝓗𝓘𝓙𝓚𝓛𝓜𝓝𝓞𝓟𝓠𝓡𝓢𝓣𝓤𝓥𝓦𝓧𝓨𝓩𝓪𝓫𝓬𝓭𝓮𝓯𝓰𝓱𝓲𝓳𝓴𝓵𝓶𝓷𝓸𝓹𝓺𝓻𝓼𝓽𝓾𝓿𝔀𝔁𝔂𝔃",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    ),
    Family(
        "mathematical",
        "fraktur",
        "𝔄𝔅𝔇𝔈𝔉𝔊𝔍𝔎𝔏𝔐𝔑𝔒𝔓𝔔𝔖𝔗𝔘𝔙𝔚𝔛𝔜𝔞𝔟𝔠𝔡𝔢𝔣𝔤𝔥𝔦𝔧𝔨𝔩𝔪𝔫𝔬𝔭𝔮𝔯𝔰𝔱𝔲𝔳𝔴𝔵𝔶𝔷ℌℑℜℨℭ",
        "ABDEFGJKLMNOPQSTUVWXYabcdefghijklmnopqrstuvwxyzHIRZC",
    ),
    Family(
        "mathematical",
        "double-struck",
        "𝔸𝔹𝔻𝔼𝔽𝔾𝕀𝕁𝕂𝕃𝕄𝕆𝕊𝕋𝕌𝕍𝕎𝕏𝕐𝕒𝕓𝕔𝕕𝕖𝕗𝕘𝕙𝕚𝕛𝕜𝕝𝕞𝕟𝕠𝕡𝕢𝕣𝕤𝕥𝕦𝕧𝕨𝕩𝕪𝕫𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡ℂℍℕℙℚℝℤ",
        "ABDEFGIJKLMOSTUVWXYabcdefghijklmnopqrstuvwxyz0123456789CHNPQRZ",
    ),
    Family(
        "mathematical",
        "bold fraktur",
        "𝕬𝕭𝕮𝕯𝕰𝕱𝕲𝕳𝕴𝕵𝕶𝕷𝕸𝕹𝕺𝕻𝕼𝕽𝕾𝕿𝖀𝖁𝖂𝖃𝖄𝖅𝖆𝖇𝖈𝖉𝖊𝖋𝖌𝖍𝖎𝖏𝖐𝖑𝖒𝖓𝖔𝖕𝖖𝖗𝖘𝖙𝖚𝖛𝖜𝖝𝖞𝖟",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    ),
    # as above; these styles are set apart because mathematics hardly has single letters in them
    Family(
        "upright",
        "sans-serif",
        "𝖠𝖡𝖢𝖣𝖤𝖥𝖦𝖧𝖨𝖩𝖪𝖫𝖬𝖭𝖮𝖯𝖰𝖱𝖲𝖳𝖴𝖵𝖶𝖷𝖸𝖹𝖺𝖻𝖼𝖽𝖾𝖿𝗀𝗁𝗂𝗃𝗄𝗅𝗆𝗇𝗈𝗉𝗊𝗋𝗌𝗍𝗎𝗏𝗐𝗑𝗒𝗓",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    ),
    Family(
        "upright",
        "sans-serif bold",
        "𝗔𝗕𝗖𝗗𝗘𝗙𝗚𝗛𝗜𝗝𝗞𝗟𝗠𝗡𝗢𝗣𝗤𝗥𝗦𝗧𝗨𝗩𝗪𝗫𝗬𝗭𝗮𝗯𝗰𝗱𝗲𝗳𝗴𝗵𝗶𝗷𝗸𝗹𝗺𝗻𝗼𝗽𝗾𝗿𝘀𝘁𝘂𝘃𝘄𝘅𝘆𝘇𝝖𝝗𝝘𝝙𝝚𝝛𝝜𝝝𝝞𝝟𝝠𝝡𝝢𝝣𝝤𝝥𝝦𝝧𝝨𝝩𝝪𝝫𝝬𝝭𝝮𝝯𝝰𝝱𝝲𝝳𝝴𝝵𝝶𝝷𝝸𝝹𝝺𝝻𝝼𝝽𝝾𝝿𝞀𝞁𝞂𝞃𝞄𝞅𝞆𝞇𝞈𝞉𝞊𝞋𝞌𝞍𝞎𝞏",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εθκφρπ",
    ),
    Family(
        "upright",
        "sans-serif italic",
        "𝘈𝘉𝘊𝘋𝘌𝘍𝘎𝘏𝘐𝘑𝘒𝘓𝘔𝘕𝘖𝘗𝘘𝘙𝘚𝘛𝘜𝘝𝘞𝘟𝘠𝘡𝘢𝘣𝘤𝘥𝘦𝘧𝘨𝘩𝘪𝘫𝘬𝘭𝘮𝘯𝘰𝘱𝘲𝘳𝘴𝘵𝘶𝘷𝘸𝘹𝘺𝘻",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    ),
    Family(
        "upright",
        "sans-serif bold italic",
        "𝘼𝘽𝘾𝘿𝙀𝙁𝙂𝙃𝙄𝙅𝙆𝙇𝙈𝙉𝙊𝙋𝙌𝙍𝙎𝙏𝙐𝙑𝙒𝙓𝙔𝙕𝙖𝙗𝙘𝙙𝙚𝙛𝙜𝙝𝙞𝙟𝙠𝙡𝙢𝙣𝙤𝙥𝙦𝙧𝙨𝙩𝙪𝙫𝙬𝙭𝙮𝙯𝞐𝞑𝞒𝞓𝞔𝞕𝞖𝞗𝞘𝞙𝞚𝞛𝞜𝞝𝞞𝞟𝞠𝞡𝞢𝞣𝞤𝞥𝞦𝞧𝞨𝞩𝞪𝞫𝞬𝞭𝞮𝞯𝞰𝞱𝞲𝞳𝞴𝞵𝞶𝞷𝞸𝞹𝞺𝞻𝞼𝞽𝞾𝞿𝟀𝟁𝟂𝟃𝟄𝟅𝟆𝟇𝟈𝟉",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εθκφρπ",
    ),
    Family(
        "upright",
        "monospace",
        "𝙰𝙱𝙲𝙳𝙴𝙵𝙶𝙷𝙸𝙹𝙺𝙻𝙼𝙽𝙾𝙿𝚀𝚁𝚂𝚃𝚄𝚅𝚆𝚇𝚈𝚉𝚊𝚋𝚌𝚍𝚎𝚏𝚐𝚑𝚒𝚓𝚔𝚕𝚖𝚗𝚘𝚙𝚚𝚛𝚜𝚝𝚞𝚟𝚠𝚡𝚢𝚣",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    ),
    # double-struck digits stand with the letters, for 𝟙 is the indicator function
    Family(
        "digit",
        "bold",
        "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
        "0123456789",
    ),
    Family(
        "digit",
        "sans-serif",
        "𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫",
        "0123456789",
    ),
    Family(
        "digit",
        "sans-serif bold",
        "𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵",
        "0123456789",
    ),
    Family(
        "digit",
        "monospace",
        "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
        "0123456789",
    ),
    # © ® are signs; circled Katakana, Hangul and ideographs are no letters of a formatter
    Family(
        "enclosed",
        "circled",
        "ⒶⒷⒸⒹⒺⒻⒼⒽⒾⒿⓀⓁⓂⓃⓄⓅⓆⓇⓈⓉⓊⓋⓌⓍⓎⓏⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    ),
    # ⑩ to ㊿ number lists and stand for more than one digit; keycaps are sequences, not characters
    Family(
        "number",
        "circled",
        "①②③④⑤⑥⑦⑧⑨⓪",
        "1234567890",
    ),
    # ❿ ⓫ to ⓴ stand for more than one digit; ➀ ➊ number lists
    Family(
        "number",
        "negative circled",
        "⓿❶❷❸❹❺❻❼❽❾",
        "0123456789",
    ),
    # 🄪 to 🄮 are signs of their own (tortoise shell S, circled CD, WZ)
    Family(
        "enclosed",
        "parenthesised",
        "⒜⒝⒞⒟⒠⒡⒢⒣⒤⒥⒦⒧⒨⒩⒪⒫⒬⒭⒮⒯⒰⒱⒲⒳⒴⒵🄐🄑🄒🄓🄔🄕🄖🄗🄘🄙🄚🄛🄜🄝🄞🄟🄠🄡🄢🄣🄤🄥🄦🄧🄨🄩",
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ),
    # ⑽ to ⒇ number lists and stand for more than one digit
    Family(
        "number",
        "parenthesised",
        "⑴⑵⑶⑷⑸⑹⑺⑻⑼",
        "123456789",
    ),
    # 🅊 HV to 🅏 WC are signs of several letters, as are ㎏ ㎡ and their like
    Family(
        "enclosed",
        "squared",
        "🄰🄱🄲🄳🄴🄵🄶🄷🄸🄹🄺🄻🄼🄽🄾🄿🅀🅁🅂🅃🅄🅅🅆🅇🅈🅉",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ),
    # 🅪 MC, 🅫 MD, 🅬 MR are marks of law
    Family(
        "enclosed",
        "negative circled",
        "🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ),
    # 🆊 crossed P is a traffic sign; 🆎 🆑 to 🆚 are emoji of several letters
    Family(
        "enclosed",
        "negative squared",
        "🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ),
    # ｟ ｠ ￠ ￡ ￥ are punctuation and signs; halfwidth Katakana and Hangul are letters of their languages
    Family(
        "fullwidth",
        "fullwidth",
        "！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～\u3000",
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~ ",
    ),
    # ᴁ Æ, ʛ hooked G, ʁ inverted R, ᴎ reversed N, ᴃ barred B are phonetic letters; X has no small capital
    Family(
        "small capital",
        "small capital",
        "ɢɪɴʀʏʙʜʟᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜰꜱꞯ",
        "ginrybhlacdejkmoptuvwzfsq",
    ),
    # ⁺ ⁻ ⁼ are exponents, ª º ordinals; ᵅ ᵝ ʱ ˤ and other phonetic modifiers are no A to Z
    Family(
        "raised",
        "superscript",
        "ʰʲʳʷʸˡˢˣᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁᵂᵃᵇᵈᵉᵍᵏᵐᵒᵖᵗᵘᵛᶜᶠᶻⁱⁿⱽꟲꟳꟴ",
        "hjrwylsxABDEGHIJKLMNOPRTUWabdegkmoptuvcfzinVCFQ",
    ),
    # ₔ ᵦ ᵧ ᵨ are no A to Z
    Family(
        "lowered",
        "subscript",
        "ᵢᵣᵤᵥₐₑₒₓₕₖₗₘₙₚₛₜⱼ",
        "iruvaeoxhklmnpstj",
    ),
    # € $ £ ¥ ₹ and the others stand for no letter in the alphabet of currency signs that formatters have
    Family(
        "currency",
        "currency",
        "฿₣₥₦₩₭₮₱₲₳₴₵",
        "BFMNWKTPGASC",
    ),
)

# What formatter sites put where a style has no character; each has a use of its own, and counts beside letters of
# the style only.
STAND_INS = (
    # for Q, and for F before Unicode 5.1 had ꜰ: a letter of Navajo and one of Kazakh
    Family(
        "small capital",
        "small capital",
        "ǫғ",
        "qf",
    ),
    # digits are exponents and footnotes
    Family(
        "raised",
        "superscript",
        "²³¹⁰⁴⁵⁶⁷⁸⁹",
        "2310456789",
    ),
    # for Q, C, S, X, Y and Z, and other forms of i, l, n and u: a Persian digit, Cree syllables, phonetic modifiers
    Family(
        "raised",
        "superscript",
        "۹ᑦᑫᔆᕽᙆᵞᵠᶦᶫᶰᶸ",
        "qCqSXZYqilnu",
    ),
    # digits are chemistry and indices
    Family(
        "lowered",
        "subscript",
        "₀₁₂₃₄₅₆₇₈₉",
        "0123456789",
    ),
    # letters with strokes, for what has no currency sign
    Family(
        "currency",
        "currency",
        "ØĐłɄɆɎӾⱠⱤⱧⱫ",
        "ODIUEYXLRHZ",
    ),
)
