"""What a file is, by its first bytes: names lie.

Sources: PNG (third edition) 5.2, GIF89a 17, JPEG (ITU T.81) B.1, RIFF of WebP (RFC 9649), ISO/IEC 14496-12 4.3 (ftyp)
with the brands of HEIF (ISO/IEC 23008-12) and AVIF, PDF (ISO 32000-1) 7.5.2, TIFF 6.0, BMP.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = 512
"""How many bytes are enough to tell."""

_MAGIC: Mapping[bytes, str] = MappingProxyType(
    {
        b"\x89PNG\r\n\x1a\n": "image/png",
        b"\xff\xd8\xff": "image/jpeg",
        b"GIF87a": "image/gif",
        b"GIF89a": "image/gif",
        b"II*\x00": "image/tiff",
        b"MM\x00*": "image/tiff",
        b"BM": "image/bmp",
        b"%PDF-": "application/pdf",
        b"PK\x03\x04": "application/zip",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/x-ole-storage",
    }
)
_BRANDS: Mapping[bytes, str] = MappingProxyType(
    {
        **dict.fromkeys((b"avif", b"avis"), "image/avif"),
        **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), "image/heic"),
        b"qt  ": "video/quicktime",
    }
)


def media_type(head: bytes) -> str:
    r"""Return the type of a file that begins with `head`; "application/octet-stream" for anything unknown.

    >>> media_type(b"GIF89a"), media_type(b"RIFF\x00\x00\x00\x00WEBP"), media_type(b"<svg xmlns=''>")
    ('image/gif', 'image/webp', 'image/svg+xml')
    >>> media_type(b"\x00\x00\x00\x18ftypmp42"), media_type(b"\x00\x00\x00\x18ftypavif")
    ('video/mp4', 'image/avif')
    """
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if b"<svg" in head.lower():
        return "image/svg+xml"
    return next((name for magic, name in _MAGIC.items() if head.startswith(magic)), "application/octet-stream")


_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "image/jpeg": "JPEG",
        "image/png": "PNG",
        "image/gif": "GIF",
        "image/webp": "WebP",
        "image/avif": "AVIF",
        "image/heic": "HEIC",
        "image/tiff": "TIFF",
        "image/bmp": "BMP",
        "image/svg+xml": "SVG",
        "application/pdf": "PDF",
        "video/mp4": "MP4",
        "video/quicktime": "QuickTime",
    }
)


def word(media_type: str) -> str:
    """Return a type as people call it.

    >>> word("image/webp"), word("application/octet-stream")
    ('WebP', 'none of the known types')
    """
    return _WORDS.get(media_type, "none of the known types")
