"""What an author wrote in a site's folder, post or not: drafts, notes, texts for other places."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MARKDOWN = (".md", ".markdown")
_OF_OTHERS = frozenset({"node_modules", "vendor"})  # what package managers put there


def markdown_below(root: Path, destination: str) -> Iterator[str]:
    """Yield the paths of Markdown files, relative to the site root, with `/`; what links lead to is left out.

    Args:
        root: The site's folder.
        destination: The folder of the built site, relative to it.
    """
    for folder, inner, names in os.walk(root):
        below = os.path.relpath(folder, root).replace(os.sep, "/")
        before = "" if below == "." else f"{below}/"
        inner[:] = sorted(
            name for name in inner if not (name.startswith(".") or name in _OF_OTHERS or before + name == destination)
        )
        yield from (before + name for name in sorted(names) if name.lower().endswith(_MARKDOWN))
