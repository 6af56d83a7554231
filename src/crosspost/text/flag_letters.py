"""Regional indicators: pairs are flags, other rows spell words (`🇭🇪🇱🇱🇴`)."""

from __future__ import annotations

import re
from itertools import pairwise
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
_ZERO_WIDTH = "\u200b\u200c\u2060"
# Formatters part the letters by blanks or characters without width, lest two of them make a flag.
_ROW = re.compile(
    f"(?<![🇦-🇿])[🇦-🇿](?: [🇦-🇿](?![🇦-🇿])){{2,}}|[🇦-🇿](?:[{_ZERO_WIDTH}][🇦-🇿])+[{_ZERO_WIDTH}]?(?![🇦-🇿])|[🇦-🇿]+"
)
_TO_LETTERS = {code: code - ord("🇦") + ord("A") for code in range(ord("🇦"), ord("🇿") + 1)}
_NOTHING = dict.fromkeys(map(ord, f" {_ZERO_WIDTH}"))
_CLOSE = re.compile("[ \u00a0'’/&-]?")


def flag_letters(text: str, verbatim: Verbatim) -> Iterator[Edit]:
    """Yield the letters of rows of regional indicators that are no flags.

    One indicator alone stays, unless it stands beside such a row (`🇦 🇵🇱🇦🇳`); flags between two of them are a word too.
    """
    rows = list(_ROW.finditer(text))
    if not any(_is_spelled(row[0]) for row in rows):
        return
    rows = [row for row in rows if not verbatim.touches(*row.span())]
    spelled = [_is_spelled(row[0]) for row in rows]
    beside = [_are_close(text, left, right) for left, right in pairwise(rows)]
    for at, row in enumerate(rows):
        before = at > 0 and spelled[at - 1] and beside[at - 1]
        after = at + 1 < len(rows) and spelled[at + 1] and beside[at]
        alone = len(row[0]) == 1
        if spelled[at] or (before and after) or (alone and (before or after)):
            yield Edit(*row.span(), row[0].translate(_NOTHING).translate(_TO_LETTERS))


def _is_spelled(row: str) -> bool:
    letters = row.translate(_NOTHING).translate(_TO_LETTERS)
    return len(letters) > 1 and (len(letters) < len(row) or not _are_flags(letters))


def _are_close(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    return bool(_CLOSE.fullmatch(text, left.end(), right.start()))


def _are_flags(letters: str) -> bool:
    return len(letters) % 2 == 0 and all(letters[at : at + 2] in _FLAGS for at in range(0, len(letters), 2))
