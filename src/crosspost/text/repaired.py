"""What a repair hands back: the text, and every alteration that led to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosspost.model import Repair


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A text after a repair.

    Attributes:
        text: The text as it will be read; the very object that was given where nothing changed.
        repairs: Every alteration, in the order of the text; `line` counts from 1 in the text given.
        offers: Alterations that are likely but not sure enough to be made; the text is unchanged there.
    """

    text: str
    repairs: tuple[Repair, ...] = ()
    offers: tuple[Repair, ...] = ()
