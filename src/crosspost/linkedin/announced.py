"""What LinkedIn answers to the announcement of a file. Pure; whatever is missing or of a wrong type gives None."""

from __future__ import annotations

from dataclasses import dataclass

from crosspost.linkedin.body import fields


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part of a file goes: `size` bytes from the offset `first` on."""

    url: str
    first: int
    size: int


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that LinkedIn waits for.

    Attributes:
        urn: What it will be called.
        parts: Where its bytes go, in order.
        token: To be given back when the parts of a video are put together; may be empty.
    """

    urn: str
    parts: tuple[Part, ...]
    token: str = ""


def announced(body: bytes, kind: str, size: int) -> Announced | None:
    """Read the answer for a file of `size` bytes."""
    value = fields(body).get("value")
    if not isinstance(value, dict):
        return None
    urn = value.get(kind)
    if not isinstance(urn, str) or not urn.startswith(f"urn:li:{kind}:"):
        return None
    if kind != "video":
        url = value.get("uploadUrl")
        return Announced(urn, (Part(url, 0, size),)) if isinstance(url, str) else None
    parts = _parts(value.get("uploadInstructions"))
    token = value.get("uploadToken")
    whole = [part.size for part in parts]
    if not parts or sum(whole) != size or [part.first for part in parts] != [sum(whole[:i]) for i in range(len(whole))]:
        return None
    return Announced(urn, parts, token if isinstance(token, str) else "")


def status(body: bytes) -> str:
    """Return how far a file is, as LinkedIn says: WAITING_UPLOAD, PROCESSING, AVAILABLE, PROCESSING_FAILED; else empty."""
    said = fields(body).get("status")
    return said if isinstance(said, str) else ""


def _parts(instructions: object) -> tuple[Part, ...]:
    """Return the parts in the order of their bytes, none where one of them cannot be read."""
    found = []
    for one in instructions if isinstance(instructions, list) else ():
        if not isinstance(one, dict):
            return ()
        url, first, last = one.get("uploadUrl"), one.get("firstByte"), one.get("lastByte")
        if not isinstance(url, str) or type(first) is not int or type(last) is not int or not 0 <= first <= last:
            return ()
        found.append(Part(url, first, last - first + 1))
    return tuple(sorted(found, key=lambda part: part.first))
