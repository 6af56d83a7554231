"""Videos: MP4 within LinkedIn's limits (Videos API: 3 seconds to 30 minutes, 75 KB to 500 MB), without where they were shot.

A phone writes the place into the file. It stands in boxes beside the film (ISO/IEC 14496-12, `udta` and `meta` in `moov`
and `trak`); a box that is renamed `free` is skipped by every player, and nothing else moves.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from crosspost.media import kinds
from crosspost.media.flaw import not_taken, over_limit

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = range(75_000, 500_000_001)
SECONDS = (3, 30 * 60)
_MOST_INDEX = 64_000_000  # bytes of `moov`: half an hour needs a few
_HEADER = 8


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the file; the numbers are offsets."""

    name: bytes
    start: int
    body: int
    end: int


def check(file: IO[bytes], size: int) -> tuple[int, ...]:
    """Return the offsets of the names of all boxes that are to be renamed `free`.

    Raises:
        Flaw: LinkedIn does not take the file.
    """
    kind = kinds.media_type(file.read(kinds.HEAD))
    if kind != "video/mp4":
        raise not_taken(f"is no MP4 video ({kinds.word(kind)})", "save it as MP4 (H.264)")
    if size not in SIZES:
        raise over_limit(f"has {size / 1_000_000:.2f} MB; LinkedIn takes 0.075 to 500 MB", "cut or compress it")
    try:
        whole = list(_boxes(file, 0, size))
        moov = next((box for box in whole if box.name == b"moov"), None)
        if moov is None or moov.end - moov.start > _MOST_INDEX:
            raise not_taken("is no whole MP4 video: its index is missing", "save it again as MP4 (H.264)")
        _check_length(file, moov)
        return tuple(_private(file, moov))
    except struct.error:
        raise not_taken("is a broken MP4 video", "save it again as MP4 (H.264)") from None


def _boxes(file: IO[bytes], start: int, end: int) -> Iterator[Box]:
    while start + _HEADER <= end:
        file.seek(start)
        length, name = struct.unpack(">I4s", file.read(_HEADER))
        body = start + _HEADER
        if length == 1:  # the length follows, in 64 bits
            (length,) = struct.unpack(">Q", file.read(8))
            body += 8
        elif length == 0:  # to the end
            length = end - start
        if length < body - start or start + length > end:
            raise struct.error("a box does not fit")
        yield Box(name, start, body, start + length)
        start += length


def _check_length(file: IO[bytes], moov: Box) -> None:
    header = next((box for box in _boxes(file, moov.body, moov.end) if box.name == b"mvhd"), None)
    if header is None:
        return
    file.seek(header.body)
    version = file.read(4)[0:1]
    layout = ">8xII" if version == b"\x00" else ">16xIQ"
    scale, duration = struct.unpack(layout, file.read(struct.calcsize(layout)))
    seconds = duration / scale if scale else 0
    if seconds and not SECONDS[0] <= seconds <= SECONDS[1]:  # 0: not known, as in a fragmented file
        raise over_limit(f"lasts {seconds:,.1f} seconds; LinkedIn takes 3 seconds to 30 minutes", "cut it")


def _private(file: IO[bytes], parent: Box) -> Iterator[int]:
    for box in _boxes(file, parent.body, parent.end):
        if box.name in {b"udta", b"meta"}:
            yield box.start + 4
        elif box.name == b"trak":
            yield from _private(file, box)
