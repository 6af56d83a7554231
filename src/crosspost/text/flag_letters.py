"""Regional indicators: pairs are flags, other rows spell words (`🇭🇪🇱🇱🇴`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crosspost.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.text.verbatim import Verbatim

# The regions with a flag: ISO 3166-1 alpha-2 and the exceptional reservations of emoji-sequences.txt (Unicode 16,
# RGI_Emoji_Flag_Sequence).
_FLAGS = """
    AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ER ES ET EU FI
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ
    IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML
    MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS
    PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK
    TL TM TN TO TR TT TV TW TZ UA UG UM UN US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
# Formatters part the letters by blanks, lest two of them make a flag.
_ROW = re.compile("(?<![🇦-🇿])[🇦-🇿](?: [🇦-🇿](?![🇦-🇿])){2,}|[🇦-🇿]+")
_TO_LETTERS = {code: code - ord("🇦") + ord("A") for code in range(ord("🇦"), ord("🇿") + 1)}


def flag_letters(text: str, verbatim: Verbatim) -> Iterator[Edit]:
    """Yield the letters of rows of regional indicators that are no flags; one indicator alone stays."""
    for row in _ROW.finditer(text):
        letters = row[0].translate(_TO_LETTERS)
        flags = len(letters) == 1 or _are_flags(letters)
        if not flags and not verbatim.touches(*row.span()):
            yield Edit(*row.span(), letters.replace(" ", ""))


def _are_flags(letters: str) -> bool:
    return len(letters) % 2 == 0 and all(letters[at : at + 2] in _FLAGS for at in range(0, len(letters), 2))
