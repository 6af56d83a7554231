"""Which share is which post, and how sure that is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from crosspost.adoption.likeness import Pairs, likeness, pairs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from crosspost.adoption.shares import Share

# Measured on the 80 posts of one blog: two different posts are at most 0.48 alike (a common closing paragraph), a copy
# with every tenth word changed at least 0.81 (docs/settling.md).
SURE = 0.75
WORTH_A_LOOK = 0.5
MARGIN = 0.25
NEAR = timedelta(days=30)
FAR = (
    0.3  # what a date that does not fit takes off: more than the margin, so that of two equal texts the nearer one wins
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A post to be found among the shares.

    Attributes:
        texts: What was or would be sent, and the whole text; the one that is more alike counts.
        settled: It has its address: it takes its share out of the others' reach, and gets none.
    """

    key: str
    date: datetime
    texts: tuple[str, ...]
    settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A share that a post may be.

    Attributes:
        doubt: Why a person must decide; None where it is sure.
    """

    share: Share
    likeness: float
    doubt: str | None


def match(posts: Sequence[Candidate], shares: Iterable[Share]) -> dict[str, Match]:
    """Return the share that fits each post best that is not settled, by the post's key; at most one post a share.

    Sure is: as alike as `SURE`, posted within `NEAR` of the post's date, and by `MARGIN` a better fit than any other
    share is to this post and any other post to this share.
    """
    shares = tuple(shares)
    own = [[pairs_of(text) for text in post.texts] for post in posts]
    alike = [[_best(pairs, pairs_of(share.text)) for pairs in own] for share in shares]
    fits = [
        [score - (0 if _is_near(share, post) else FAR) for score, post in zip(row, posts, strict=True)]
        for row, share in zip(alike, shares, strict=True)
    ]
    found: dict[str, Match] = {}
    for row, column in _couples(fits):
        post, share, score = posts[column], shares[row], alike[row][column]
        if not post.settled:
            clear = fits[row][column] - _rival(fits, row, column) >= MARGIN
            found[post.key] = Match(share=share, likeness=score, doubt=_doubt(post, share, score, clear=clear))
    return found


def _best(own: Sequence[Pairs], other: Pairs) -> float:
    return max((likeness(one, other) for one in own), default=0.0)


def _is_near(share: Share, post: Candidate) -> bool:
    return share.at is not None and abs(share.at - post.date) <= NEAR


def _couples(fits: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """Yield which row goes with which column, each at most once, the best fit first."""
    rows: set[int] = set()
    columns: set[int] = set()
    cells = [(fit, row, column) for row, line in enumerate(fits) for column, fit in enumerate(line)]
    for fit, row, column in sorted(cells, key=lambda cell: (-cell[0], cell[1], cell[2])):
        if fit >= WORTH_A_LOOK and row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            yield row, column


def _rival(fits: Sequence[Sequence[float]], row: int, column: int) -> float:
    """Return how well the next best couple of this share or of this post fits."""
    across = [fit for at, fit in enumerate(fits[row]) if at != column]
    down = [line[column] for at, line in enumerate(fits) if at != row]
    return max([*across, *down], default=0.0)


def _doubt(post: Candidate, share: Share, score: float, *, clear: bool) -> str | None:
    if score < SURE:
        return "an edited copy of this post, or another one"
    if not _is_near(share, post):
        return f"posted {share.at:%Y-%m-%d}, far from the post's date" if share.at else "the export has no date"
    return None if clear else "another post or share fits nearly as well"
