"""Animations: counted and freed of metadata, block by block, so that no frame loses a colour (GIF89a, sections 17 to 27)."""

from __future__ import annotations

_HEADER = 13
_IMAGE, _EXTENSION, _TRAILER = 0x2C, 0x21, 0x3B
_GRAPHIC_CONTROL, _PLAIN_TEXT, _APPLICATION = 0xF9, 0x01, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def bare(data: bytes) -> tuple[bytes, int]:
    """Return a GIF without comments and application data, and how many frames it has.

    Raises:
        ValueError: It breaks off, or holds something else.
    """
    position = _HEADER + _table(data[10])
    parts, frames = [data[:position]], 0
    while data[position : position + 1] != bytes([_TRAILER]):
        end = _end(data, position)
        if data[position] == _IMAGE:
            frames += 1
        if _is_shown(data, position):
            parts.append(data[position:end])
        position = end
    return b"".join(parts) + bytes([_TRAILER]), frames


def _end(data: bytes, position: int) -> int:
    """Return where the block at `position` ends."""
    match data[position : position + 1]:
        case b"\x2c":
            return _after_blocks(data, position + 11 + _table(_byte(data, position + 9)))
        case b"\x21":
            return _after_blocks(data, position + 2)
        case _:
            raise ValueError("the GIF breaks off")


def _is_shown(data: bytes, position: int) -> bool:
    """Tell whether a block is part of what one sees: a frame, its timing, how often it repeats."""
    if data[position] != _EXTENSION:
        return True
    label = data[position + 1]
    return label in {_GRAPHIC_CONTROL, _PLAIN_TEXT} or (
        label == _APPLICATION and data[position + 3 : position + 14] in _LOOPS
    )


def _table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, position: int) -> int:
    while size := _byte(data, position):
        position += 1 + size
    return position + 1


def _byte(data: bytes, position: int) -> int:
    if position >= len(data):
        raise ValueError("the GIF breaks off")
    return data[position]
