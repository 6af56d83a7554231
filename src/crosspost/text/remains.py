"""What is left of UTF-8 that was decoded with the wrong code page, where no real text looks so: by its first character."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def images(page: str, first: int, last: int) -> str:
    """What the bytes become; an undefined one becomes the C1 control of its number, as in browsers."""
    return "".join(
        bytes([byte]).decode(page, "replace").replace("\ufffd", chr(byte)) for byte in range(first, last + 1)
    )


# By a character of it that is rare in clean text, often the first: what stands before and follows it. None of these is found
# in real text of any language: `ğ` and `ð` begin no Turkish or Icelandic word (nor does `ð` end one before a sign), no letter
# is followed by `€`, and behind a small letter stands no `Ă`. A closing `»` or `”` may follow any letter. 167,000 lines of
# translated programs and manuals, in a hundred languages, have 86 that match, all of them damaged.
_SIGN = r"[^\w\s]"
# English words that have lost their apostrophe: where all C1 controls are dropped, nothing else is left of it.
_APOSTROPHE = (
    r"(?:(?<=\b[Ii]t.)s|(?<=[tT]hat.)s|(?<=[tTwW]here.)s|(?<=\b[lL]et.)s|(?<=\bI.)(?:m|ve|ll|d)|(?<=\b[wW]e.)(?:re|ve|ll)"
    r"|(?<=\b[tT]hey.)(?:re|ve|ll)|(?<=\b[yY]ou.)(?:re|ve|ll)|(?<=\b[dD]on.)t|(?<=\b[wW]on.)t|(?<=\b[cC]an.)t"
    r"|(?<=[aeio]sn.)t|(?<=[auie]dn.)t|(?<=ldn.)t)\b"
)
_REMAINS = {
    "\N{REPLACEMENT CHARACTER}": "",
    "[ğð]": rf"(?:Ÿ|(?<![^\W\d_]{{2}})(?:[—˜](?:{_SIGN}|(?=[ğðµ²³¹ºª¼½¾]))|[¡-¿]|\?\?))",
    "đ": rf"(?:Ÿ|ź{_SIGN})",
    "џ": "(?<=рџ)[ЂЃѓЉЊЌЋЏђљњќћџ‚„…†‡€‰‹‘’“”•–—™›¤¦§©«¬®°±µ¶·»]",
    "€": r"(?:(?<=[âāβ]€)|(?<=(?<![^\W\d_])[šπ]€))",
    "[āβ]": "(?:†[’‘“”]|„–)",
    "Ђ": rf"(?<=вЂ){_SIGN}",
    "[ћњќЃ„…†‡‰‹›]": "(?<=в.)[‚„…†‡‰‹›‘’“”•–—™¤¦§©«¬®°±µ¶·»]",
    "ѓ": "(?<=вѓ)Ј",
    "Џ": "(?<=пёЏ)",
    "â": (
        r"(?:[‚„†‡ˆ‰Š‹ŒŽ™š›œžŸ¡-ª¬®-º¼-¿śťźŚŤŹżŻŁłĄąĽľ˝]|[–—˜‘’“”](?:[‚„†‡ˆ‰‹™›œŒ¡-ª¬®-º¼-¿]|(?=â[–—]))"
        rf"|\?[?¡-¿]|(?<=[a-z].)[A-Z]|{_APOSTROPHE})"
    ),
    "ï": "¸",
    "[ÐÑÎÏ]": "[\u0370-\u04ff]",  # half decoded
    "[ÃÂ]": "[¡-º¼-¿ƒ€™]",
    "Â": r"(?:(?<=[a-z\d.,;:!?)\]»”%].)|(?<=[.!?:] .)(?=\x20\S))",  # of a no-break space
    "‚": r"(?:Ü[íêëìîïñóô]|Ñ[ñ¢]|Ä[^\w\s]|òÖ|ú[Öî®]|É£)",
    "\uf8ff": "ü",
    "Ô": "∏è",
    "Γ": r"(?:[Çåêëäîûöò](?=\S)|é¼|(?<=[a-z].)[²³±·’](?=[a-z]))",
    "[ÃĂĹĆ]": "(?<=[a-z].)(?=[a-z])",  # a byte was lost behind it
    "[ĂĹĆ]": r"(?<=[a-z].)(?!\w)",
    "[ÃĂĹĆÄÅ]": r"\?(?=[a-z])",
    "[ВΒĀ]": r"(?:(?<!\w.)[£½¼¾§©®±µ¶Ѕ]|(?<=\d.)°|(?<=[a-z.,;:!?].)\xa0)",
    "√": r"(?:[°£¢§¶•®©™´¨ªºæø†À-ÖØ-öø-ÿ]|(?<=[a-z]{2}.)[∏∂∑±≤≥])",
    "[├┼]": r"(?:(?<=[A-Za-z].)[^\x00-\x7f─](?=[a-z]{2})|(?<=[a-z]{2}.)[^\x00-\x7f─├┤┬┴┼│](?![─├┤┬┴┼│]))",
    # Windows-1256, which nobody undoes: behind Alef with Hamza no such sign stands, and no word of Latin letters has one.
    "[آأؤإ]": "(?:[£-©¬®-¹¼-¾](?![\u0600-\u06ff])|(?<=[A-Za-z].)(?![\u0600-\u06ff]))",
    "\u064b": "ں",
    "[¸²µ¼½¾°±]": "(?<=[ذر].)(?=[ذر])",
    # Code pages that nobody undoes: DOS and KOI8 for Cyrillic, GBK (of ’ and of what was U+FFFD already).
    "[╨╤]": "[А-яЁё]",
    "[─-▟⌠⌡∙√≈≤≥²·÷]": r"(?:(?<=[пя].)(?=[пя])|(?<=[A-Za-z]ц.)|(?<=Б─)[^\w\s])",
    "鈥": "(?:[檚檛檓]|(?<=[A-Za-z].))",
    "锟": "斤拷",
    "–": "(?=[^\x00-\x7f\\s][–—][^\x00-\x7f\\s][–—])",
}


def _letters_amid_ascii() -> Iterator[tuple[str, str]]:
    """Yield, by its first image, what a Latin letter beyond ASCII becomes amid those of ASCII, where no word looks so.

    With most code pages it is a capital or another script's letter behind a small one (`WĂĽrzburg`, `rГ©sumГ©`), or begins
    a word before a sign (`Ã…rhus`).
    """
    for page in ("cp1252", "cp1250", "cp1251", "cp1253", "cp1257"):
        leads, rest = images(page, 0xC3, 0xC5), images(page, 0x80, 0xBF)
        other = (
            "(?![\u0370-\u04ff])" if leads > "\u0370" else ""
        )  # a word of another script may begin with a Latin letter
        calculus = "²³±·’" if page == "cp1253" else ""
        amid = "".join(one for one in rest if one not in calculus)
        begins = "".join(one for one in amid if one not in "\xa0…’”»—–·“„‚‘‹›²³±")
        yield (
            f"[{leads}]",
            f"(?:(?<=[a-z].)[{amid}]{other}|(?<=[A-Z].)[{begins}](?=[a-z])|(?<!\\w.)[{begins}](?=[a-z]))",
        )
        yield leads[0], "(?<!\\w.)…(?=[a-z])"


_BY_FIRST = [*_REMAINS.items(), *_letters_amid_ascii()]
BROKEN = re.compile(
    "["
    + "".join(first.strip("[]") for first, _ in _BY_FIRST)
    + "](?:"
    + "|".join(f"(?<={first}){rest}" for first, rest in _BY_FIRST)
    + ")"
)
