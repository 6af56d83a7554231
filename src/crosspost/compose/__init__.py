"""From a post to what LinkedIn would get for it: the text, the little text that is sent, the link card.

    draft = compose(post, site, TextPolicy())

`compose` is pure, and the only way to a draft: `preview` shows and `publish` sends what it returns. It is imported when it
is first asked for: with its tables it is a third of what a run with nothing to do would import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.compose.template import check_template

if TYPE_CHECKING:
    from crosspost.compose.draft import compose

__all__ = ["check_template", "compose"]


def __getattr__(name: str) -> object:
    if name == "compose":
        from crosspost.compose.draft import compose  # noqa: PLC0415 - see above

        globals()[name] = compose  # or each post would ask here
        return compose
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
