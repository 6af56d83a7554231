"""Addresses of files beside a damaged text, which were damaged with it: where no byte is lost, that is undone."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from crosspost.text.edits import Edit
from crosspost.text.mojibake.channel import LATIN_9, PAGES, Channel
from crosspost.text.verbatim import Verbatim, addresses_in, code_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.model import Repair
    from crosspost.text.mojibake.channel import Loss

_CONFIDENCE = 0.95  # the bytes say so; that the file is not named so as well, nobody can see
_LOSSES: tuple[Loss, ...] = ("none", "dropped", "U+FFFD")
# Of another site, or with words that a server reads: damaged where it was copied from, and right so.
_FOREIGN = re.compile(r"[a-z][a-z\d+.-]*:|//|[^?]*\?", re.IGNORECASE)


def undone_addresses(text: str, repairs: Iterable[Repair]) -> list[Edit]:
    """Return what relative addresses were, if what is repaired elsewhere in the text says how they were damaged.

    Args:
        text: With these repairs made.
        repairs: Of words that were decoded wrongly.
    """
    code = Verbatim(code_in(text))
    damaged = [span for span in addresses_in(text) if _may_be_damaged(text[slice(*span)]) and not code.touches(*span)]
    if not damaged:
        return []
    repairs = list(repairs)
    fits = {channel: sum(_became(one.after, channel) == one.before for one in repairs) for channel in _channels()}
    most = max(fits.values())
    likely = [channel for channel, count in fits.items() if count == most > 0]
    return list(_edits(text, damaged, likely))


def _edits(text: str, damaged: list[tuple[int, int]], likely: list[Channel]) -> Iterator[Edit]:
    for start, end in damaged:
        before = text[start:end]
        read = {_undone(before, channel) for channel in likely} - {""}
        if len(read) == 1:
            yield Edit(start, end, read.pop(), _CONFIDENCE)


def _may_be_damaged(address: str) -> bool:
    return not address.isascii() and not _FOREIGN.match(address)


@cache
def _channels() -> tuple[Channel, ...]:
    return tuple(Channel(page, loss) for page, loss in product((*PAGES, *LATIN_9), _LOSSES))


@cache
def _image(channel: Channel, byte: int) -> str:
    return channel.images(byte)[0][0] if byte >= 0x80 else chr(byte)


@cache
def _bytes(channel: Channel) -> dict[str, int]:
    """Return which byte became a character, where that was one alone."""
    images = [(_image(channel, byte), byte) for byte in range(0x100)]
    return {image: byte for image, byte in images if image not in ("", "\ufffd")}


def _became(text: str, channel: Channel) -> str:
    return "".join(_image(channel, byte) for byte in text.encode("utf-8", "replace"))


def _undone(address: str, channel: Channel) -> str:
    """Return what an address was; empty if it has lost bytes, or would have characters that no address has."""
    known = _bytes(channel)
    try:
        after = bytes(known[one] for one in address).decode()
    except (KeyError, UnicodeDecodeError):
        return ""
    return after if after.isprintable() and " " not in after else ""
