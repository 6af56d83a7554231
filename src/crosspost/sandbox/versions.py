"""Which API versions are alive on a day."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Titles "Versioning" and "Migrations". There is no December version. The sunsets of 202608 and 202609 are not
# announced; a version lives at least twelve months, and 202609 was released on 16 September 2026.
SUNSETS: Mapping[str, date] = MappingProxyType(
    {
        "202508": date(2026, 8, 17),
        "202509": date(2026, 9, 15),
        "202510": date(2026, 10, 15),
        "202511": date(2026, 11, 16),
        "202601": date(2027, 1, 15),
        "202602": date(2027, 2, 15),
        "202603": date(2027, 3, 16),
        "202604": date(2027, 4, 15),
        "202605": date(2027, 5, 15),
        "202606": date(2027, 6, 15),
        "202607": date(2027, 7, 15),
        "202608": date(2027, 8, 16),
        "202609": date(2027, 9, 16),
    }
)


def is_active(version: str, today: date) -> bool:
    """Tell whether `version` (YYYYMM) answers on `today`; a version that is not in the table never does.

    >>> is_active("202511", date(2026, 11, 15)), is_active("202511", date(2026, 11, 16))
    (True, False)
    """
    sunset = SUNSETS.get(version)
    return sunset is not None and today < sunset
