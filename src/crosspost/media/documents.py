"""Documents: PDF and Office files as they are, within LinkedIn's limits (Documents API: 100 MB, 300 pages, no password)."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from crosspost.media import kinds
from crosspost.media.flaw import not_taken, over_limit

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE_LIMIT = 100_000_000
PAGE_LIMIT = 300

_OFFICE = "application/vnd.openxmlformats-officedocument."
_IN_ZIP = {
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "ppt/presentation.xml": f"{_OFFICE}presentationml.presentation",
}
# Names of streams in the older format, in UTF-16 ([MS-CFB] 2.6.1).
_IN_OLE = {"WordDocument": "application/msword", "PowerPoint Document": "application/vnd.ms-powerpoint"}

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm\b[^>]*>>\s*stream\r?\n")
_MOST_UNPACKED = 50_000_000


def check(file: IO[bytes], size: int) -> str:
    """Return the type of a document, by its content.

    Raises:
        Flaw: LinkedIn takes none such.
    """
    if size > SIZE_LIMIT:
        raise over_limit(f"has {size / 1_000_000:.0f} MB; LinkedIn takes 100 MB", "make it smaller")
    head = file.read(kinds.HEAD)
    file.seek(0)
    kind = kinds.media_type(head)
    if kind == "application/pdf":
        _check_pdf(file.read())
        return kind
    if kind == "application/zip" and (found := _office(file)):
        return found
    if kind == "application/x-ole-storage":
        data = file.read()
        for name, media_type in _IN_OLE.items():
            if name.encode("utf-16-le") in data:
                return media_type
    raise not_taken("is no document that LinkedIn takes", "save it as PDF; Word and PowerPoint files are taken too")


def _office(file: IO[bytes]) -> str | None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return next((media_type for name, media_type in _IN_ZIP.items() if name in names), None)


def _check_pdf(data: bytes) -> None:
    if re.search(rb"/Encrypt\s+\d+\s+\d+\s+R", data):
        raise not_taken("is locked, with a password or against changes", "save it without protection")
    pages = sum(len(_PAGE.findall(part)) for part in (data, *_object_streams(data)))
    if pages > PAGE_LIMIT:
        raise over_limit(f"has {pages} pages; LinkedIn takes {PAGE_LIMIT}", "shorten it, or send a part")


def _object_streams(data: bytes) -> Iterator[bytes]:
    """Yield what stands in compressed object streams (ISO 32000-1, 7.5.7), where newer files keep their pages."""
    left = _MOST_UNPACKED
    for match in _OBJECT_STREAM.finditer(data):
        unpack = zlib.decompressobj()
        try:
            part = unpack.decompress(data[match.end() : match.end() + left], left)
        except zlib.error:
            continue
        left -= len(part)
        yield part
        if left <= 0:
            return
