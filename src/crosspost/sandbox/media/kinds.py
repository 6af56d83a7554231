"""What a file is, by its first bytes, and what keeps it from being published. Reads headers only, needs no library.

Sources: PNG (third edition) 11.2.1, GIF89a 17-26, JPEG (ITU T.81) B.1-B.2, and LinkedIn's pages "Images API",
"Documents API", "Videos API" for the limits.
"""

from __future__ import annotations

import re
import struct
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PIXEL_LIMIT = 36_152_320
_FRAME_LIMIT = 250
_PAGE_LIMIT = 300
# A start of frame of any coding; C4, C8 and CC in the middle are other segments.
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})
_IMAGES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_DOCUMENTS = {
    b"%PDF-": "application/pdf",
    b"PK\x03\x04": "application/vnd.openxmlformats-officedocument",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/msword",
}
_MAGIC: Mapping[str, Mapping[bytes, str]] = MappingProxyType(
    {"image": _IMAGES, "document": _DOCUMENTS, "video": {b"ftyp": "video/mp4"}}
)


def media_type(kind: str, data: bytes) -> str | None:
    """Return the type of a file by its first bytes; None where it is none that the kind of media takes.

    >>> media_type("image", b"GIF89a"), media_type("image", b"%PDF-1.7")
    ('image/gif', None)
    """
    start = data[4:] if kind == "video" else data  # a box of MP4 begins with its length
    return next((name for magic, name in _MAGIC[kind].items() if start.startswith(magic)), None)


def defect(name: str, data: bytes) -> str | None:
    """Return why the processing of a file fails, None where it does not."""
    match name:
        case "image/png" | "image/jpeg" | "image/gif":
            return _image_defect(name, data)
        case "application/pdf":
            return _pdf_defect(data)
        case _:
            return None


def dimensions(name: str, data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels; None where the header is broken."""
    reader = {"image/png": _png, "image/jpeg": _jpeg, "image/gif": _gif}[name]
    try:
        return reader(data)
    except (struct.error, IndexError):
        return None


def _image_defect(name: str, data: bytes) -> str | None:
    size = dimensions(name, data)
    if size is None or 0 in size:
        return "the header is broken"
    if size[0] * size[1] >= _PIXEL_LIMIT:
        return f"{size[0]} × {size[1]} are too many pixels"
    if name == "image/gif" and sum(1 for _ in _gif_frames(data)) > _FRAME_LIMIT:
        return f"more than {_FRAME_LIMIT} frames"
    return None


def _pdf_defect(data: bytes) -> str | None:
    if re.search(rb"/Encrypt\b", data):
        return "the document has a password"
    # Pages in compressed object streams are not seen: this counts too few, never too many.
    if len(re.findall(rb"/Type\s*/Page\b", data)) > _PAGE_LIMIT:
        return f"more than {_PAGE_LIMIT} pages"
    return None


def _png(data: bytes) -> tuple[int, int] | None:
    length, name, width, height = struct.unpack_from(">I4sII", data, 8)
    return (width, height) if (length, name) == (13, b"IHDR") else None


def _gif(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    position = 2
    while data[position] == 0xFF:
        marker = data[position + 1]
        if marker == 0xFF:  # fill byte
            position += 1
        elif marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, position + 5)
            return width, height
        else:
            bare = marker in _JPEG_BARE
            position += 2 if bare else 2 + struct.unpack_from(">H", data, position + 2)[0]
    return None


def _gif_frames(data: bytes) -> Iterator[int]:
    """Yield where each frame begins; stops where the file does."""
    position = 13 + _color_table(data[10])
    while position < len(data):
        match data[position]:
            case 0x2C:
                yield position
                flags = data[position + 9] if position + 9 < len(data) else 0
                position = _after_blocks(data, position + 11 + _color_table(flags))
            case 0x21:
                position = _after_blocks(data, position + 2)
            case _:
                return


def _color_table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, position: int) -> int:
    while position < len(data) and data[position]:
        position += 1 + data[position]
    return position + 1
