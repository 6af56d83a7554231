"""Text that was decoded with ISO-8859-15, which ftfy takes for Windows-1252 wherever the two differ from Latin-1.

ISO-8859-15 is Latin-1 but for eight characters, all of which Windows-1252 has too, for other bytes: of ä the first makes
`Ã€`, which to ftfy is À, and of 🔴 it makes what to ftfy is 🔎.
"""

from __future__ import annotations

import re

_OTHERS = "€ŠšŽžŒœŸ"
_TO_LATIN_1 = str.maketrans(_OTHERS, _OTHERS.encode("iso8859-15").decode("latin-1"))
_REST = rf"[\x80-\xbf{_OTHERS}]"
_SEQUENCE = re.compile(rf"(?:[Â-ß]|[à-ï]{_REST}|[ð-ô]{_REST}{_REST}){_REST}")
# Bytes that Windows-1252 has signs for, as controls; and such signs amid sequences (`â€` and what is neither ⤴ nor ⤵).
_KEPT_CONTROL = re.compile("[Â-ô][\x80-\xbf]{0,2}[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]")
_WINDOWS = re.compile("[Â-ô](?:[‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™›]|(?<=â)€[^µŽ])")


def is_latin_9(text: str) -> bool:
    """Tell whether the controls of a damaged text say that it was not Windows-1252."""
    return bool(_KEPT_CONTROL.search(text) and not _WINDOWS.search(text))


def as_latin_1(stretch: str) -> dict[str, str]:
    """Return what Latin-1 would have made of the characters that were no letters of it, by what stands there.

    >>> as_latin_1("spÃ€ter mÃ¶chten")
    {'Ã€': 'Ã¤'}
    """
    found = ((one, one.translate(_TO_LATIN_1)) for one in _SEQUENCE.findall(stretch))
    return {one: other for one, other in found if one != other and _is_character(other)}


def _is_character(sequence: str) -> bool:
    try:
        sequence.encode("latin-1").decode()
    except UnicodeDecodeError:
        return False
    return True
