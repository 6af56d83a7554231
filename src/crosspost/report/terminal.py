"""What may reach a terminal: no control character of a title, a path or a server's answer ever gets there raw."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# C0 without tab and line feed, DEL, C1, and the bidirectional controls that can make a line read as another one.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def safe(text: str) -> str:
    r"""Return `text` with control characters shown as escapes.

    >>> print(safe("title\x1b[2J"))
    title\x1b[2J
    """
    return _UNSAFE.sub(
        lambda match: f"\\x{ord(match[0]):02x}" if ord(match[0]) < 0x100 else f"\\u{ord(match[0]):04x}", text
    )


_ENCODER = json.JSONEncoder(ensure_ascii=False)


def json_line(fields: Mapping[str, object]) -> str:
    """Return one line of JSON Lines: UTF-8, not ASCII-escaped.

    >>> json_line({"post": "añb", "url": None})
    '{"post": "añb", "url": null}'
    """
    # U+2028 and U+2029 are line ends to some readers of lines; JSON may escape them everywhere (RFC 8259, section 7).
    return _ENCODER.encode(fields).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def counted(number: int, noun: str, several: str | None = None) -> str:
    """Return how many there are, in words.

    >>> counted(1, "post"), counted(0, "post"), counted(2, "entry", "entries")
    ('1 post', '0 posts', '2 entries')
    """
    return f"{number} {noun if number == 1 else several or noun + 's'}"
