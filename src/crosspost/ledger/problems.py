"""What a ledger of any kind says where it cannot be used: what LinkedIn has by then."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from crosspost.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.model import Receipt

NOTHING_SENT = "nothing was sent"
NOTHING_OF_IT = "LinkedIn has nothing of this attempt"
MAYBE = "LinkedIn may have the post"
THERE = "LinkedIn has the post"
REWRITTEN = "LinkedIn has the post with its new text"
GONE = "LinkedIn no longer has the post"
UNCHANGED = "LinkedIn has what it had before"

KEEP_IT = "do not delete it: without it posts could go out twice"


def received(receipt: Receipt) -> str:
    """Return what LinkedIn has by its receipt: whoever cannot record it must be able to find the post."""
    return f"{THERE}: {receipt.url or receipt.urn or 'LinkedIn did not say where; look at your recent activity'}"


@contextmanager
def while_linkedin_has(what: str) -> Iterator[None]:
    """Say in each LedgerError that leaves the block what LinkedIn has, whatever was in the way: only the step knows that."""
    try:
        yield
    except LedgerError as error:
        raise LedgerError(replace(error.problem, linkedin_has=what)) from error.__cause__
