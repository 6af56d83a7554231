"""Mend the author's own file: what a wrong encoding did, and styled letters. Only what is sure, and proved before it is kept.

The whole file is the evidence, front matter included. Line ends, byte order mark and everything that is not repaired stay
as they are; the front matter must say the same afterwards, in every key and every value that is no text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crosspost.errors import PostUnreadable, Problem, WriteBackRefused
from crosspost.jekyll import front_matter
from crosspost.jekyll.envelope import BOM, split
from crosspost.model import Site
from crosspost.text import Repaired, repair, repair_among, unstyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crosspost.model import Repair

_NOWHERE = Site()


@dataclass(frozen=True, slots=True)
class SourceFix:
    """What a file would become.

    Attributes:
        after: The bytes; equal to those before where there is nothing to mend.
        repairs: What was altered, with lines of the file.
        offers: What a person must decide; the file is as it was there.
    """

    after: bytes
    repairs: tuple[Repair, ...]
    offers: tuple[Repair, ...] = ()


def source_fix(key: str, data: bytes, site: Site = _NOWHERE) -> SourceFix:
    """Return a file with its sure repairs made.

    Args:
        key: Of the post, for messages.
        data: The whole file.
        site: Says how the author writes and what the file had before; asked only if the file itself leaves something open.

    Raises:
        WriteBackRefused: It is not UTF-8, or the front matter would say something else.
    """
    mark, content = (BOM, data[len(BOM) :]) if data.startswith(BOM) else (b"", data)
    try:
        before = content.decode()
    except UnicodeDecodeError as error:
        raise _refused(key, "the file is not UTF-8", "save it as UTF-8") from error
    mended = repair_among(before, site.familiar, partial(site.former, key))
    plain = _unstyled(key, mended.text)
    after = mark + plain.text.encode()
    again = repair(plain.text)
    if again.text != plain.text:  # a removed character has brought neighbours together that look damaged
        raise _refused(key, "mended text would look damaged again", "mend it by hand")
    if _lines(mended.offers) - _lines(again.offers):  # some damage shows beside other damage alone
        raise _refused(key, "what is open would look undamaged once the rest is mended", "mend it by hand, with that")
    if not _says_the_same(key, data, after):
        raise _refused(key, "its front matter would not stay as it is", "mend it by hand")
    return SourceFix(after, (*mended.repairs, *plain.repairs), (*mended.offers, *plain.offers))


def _unstyled(key: str, text: str) -> Repaired:
    """Unstyle a file, but for lines of its front matter that would then say more than words: `＂` in a quoted text ends it."""
    plain = unstyle(text)
    if _says_the_same(key, text.encode(), plain.text.encode()):
        return plain
    before, lines, styled = text.split("\n"), plain.text.split("\n"), set()
    for number, (old, new) in enumerate(zip(before[: _body_line(text) - 1], lines, strict=False)):
        alone = [*before[:number], new, *before[number + 1 :]]
        if old != new and not _says_the_same(key, text.encode(), "\n".join(alone).encode()):
            lines[number] = old
            styled.add(number + 1)
    return Repaired(
        text="\n".join(lines),
        repairs=tuple(one for one in plain.repairs if one.line not in styled),
        offers=tuple(one for one in plain.repairs if one.line in styled),
    )


def _lines(found: Iterable[Repair]) -> set[int]:
    return {one.line for one in found}


def _body_line(text: str) -> int:
    envelope = split(text.encode())
    return envelope.body_line if envelope else 1


def _refused(key: str, why: str, fix: str) -> WriteBackRefused:
    return WriteBackRefused(Problem(what=f"{key} was left as it is: {why}", linkedin_has="nothing was sent", fix=fix))


def _says_the_same(key: str, before: bytes, after: bytes) -> bool:
    """Tell whether lines, their ends and the structure of the front matter are equal."""
    if _line_ends(before) != _line_ends(after):
        return False
    old = _values(key, before)
    return old is None or _same_shape(old, _values(key, after))  # what could not be read cannot get worse


def _line_ends(data: bytes) -> list[bytes]:
    return [line[len(line.rstrip(b"\r\n")) :] for line in data.split(b"\n")]


def _values(key: str, data: bytes) -> Mapping[str, object] | None:
    try:
        return front_matter.read(key, data).values
    except PostUnreadable:
        return None


def _same_shape(old: object, new: object) -> bool:
    """Tell whether two values differ in the words of texts alone."""
    if isinstance(old, str) and isinstance(new, str):
        return True
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same_shape, old, new))
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return list(old) == list(new) and all(_same_shape(old[name], new[name]) for name in old)
    return repr(old) == repr(new)
