"""`SiteFiles`: the files that posts of one site name, looked at and opened. Reads only."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from crosspost.errors import FileUnusable
from crosspost.findings import Finding
from crosspost.media import documents, pictures, videos
from crosspost.media.fetch import fetch
from crosspost.media.flaw import Flaw, missing, over_limit
from crosspost.media.places import Remote
from crosspost.model import Document, File, Picture

if TYPE_CHECKING:
    from pathlib import Path

    from crosspost.media.places import Places
    from crosspost.model import Attachment

_BLOCK = 1 << 20
_FREE = b"free"


@dataclass(frozen=True, slots=True)
class Opened:
    """Satisfies `ports.OpenFile`.

    Attributes:
        file: What is sent.
        source: The bytes, or the file that holds them.
        renamed: Offsets of names of boxes that are read as `free`.
    """

    file: File
    source: bytes | Path
    renamed: tuple[int, ...] = ()

    def read(self, first: int, size: int) -> bytes:
        """Return `size` bytes from the offset `first` on; fewer where the file ends."""
        if isinstance(self.source, bytes):
            return _without(self.source[first : first + size], first, self.renamed)
        with self.source.open("rb") as stream:
            stream.seek(first)
            return _without(stream.read(size), first, self.renamed)


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """Looks at and opens the files that posts name. Each method reads a file as it is now; nothing is kept.

    Attributes:
        places: Where the site's files are.
    """

    places: Places

    def look(self, post: str, attachment: Attachment) -> File | None:
        """See `ports.PostSource.look`."""
        try:
            place = self.places.find(attachment.source, post)
            return None if isinstance(place, Remote) else _open(attachment, place).file
        except (Flaw, OSError) as error:
            raise _unusable(post, attachment, error) from error

    def open(self, post: str, attachment: Attachment) -> Opened:
        """See `ports.PostSource.open`."""
        try:
            place = self.places.find(attachment.source, post)
            return _open(attachment, fetch(place.url, _most(attachment)) if isinstance(place, Remote) else place)
        except (Flaw, OSError) as error:
            raise _unusable(post, attachment, error) from error


def _unusable(post: str, attachment: Attachment, error: Flaw | OSError) -> FileUnusable:
    flaw = error if isinstance(error, Flaw) else missing(f"cannot be read: {error.strerror}", "check its permissions")
    shown = attachment.source if len(attachment.source) <= 200 else f"{attachment.source[:199]}…"
    return FileUnusable(
        Finding(post=post, code=flaw.code, message=f"{shown} {flaw.message}", fix=flaw.fix, line=attachment.line)
    )


def _most(attachment: Attachment) -> int:
    """Return how many bytes of a file are read at all."""
    match attachment:
        case Picture():
            return pictures.SOURCE_LIMIT
        case Document():
            return documents.SIZE_LIMIT
        case _:
            return videos.SIZES.stop


def _open(attachment: Attachment, source: bytes | Path) -> Opened:
    """Return a file as LinkedIn would get it.

    Raises:
        Flaw: LinkedIn does not take it.
        OSError: It cannot be read.
    """
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > (limit := _most(attachment)):
        raise over_limit(f"has more than {limit / 1_000_000:.0f} MB", "make it smaller")
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
        match attachment:
            case Picture():
                return _picture(stream.read())
            case Document():
                media_type = documents.check(stream, size)
                file = File(kind="document", media_type=media_type, size=size, digest=_digest(stream))
                return Opened(file, source)
            case _:
                renamed = videos.check(stream, size)
                file = File(kind="video", media_type="video/mp4", size=size, digest=_digest(stream, renamed))
                return Opened(file, source, renamed)


def _picture(data: bytes) -> Opened:
    ready = pictures.convert(data)
    file = File(
        kind="image",
        media_type=ready.media_type,
        size=len(ready.data),
        digest=hashlib.sha256(ready.data).hexdigest(),
        width=ready.width,
        height=ready.height,
        change=ready.change,
    )
    return Opened(file, ready.data)


def _digest(stream: IO[bytes], renamed: tuple[int, ...] = ()) -> str:
    stream.seek(0)
    digest, position = hashlib.sha256(), 0
    while block := stream.read(_BLOCK):
        digest.update(_without(block, position, renamed))
        position += len(block)
    return digest.hexdigest()


def _without(part: bytes, first: int, renamed: tuple[int, ...]) -> bytes:
    """Return a part of a file, from the offset `first` on, in which the boxes at `renamed` are called `free`."""
    changed = bytearray(part)
    for offset in renamed:
        for index, letter in enumerate(_FREE, start=offset - first):
            if 0 <= index < len(changed):
                changed[index] = letter
    return bytes(changed)
