"""Emoji by name, `:rocket:`, on sites that use the plugin jemoji."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosspost.model import Site

# An address is matched to be left alone; the names are those of GitHub's API, "Emojis".
_CODE = re.compile(r"(?P<address>\w+://\S+)|:[a-z0-9_+-]+:")


def emoji_speller(site: Site) -> Callable[[str], str] | None:
    """Return what turns the names in a text into emoji; None for a site that shows them as they stand."""
    plugins = site.config.get("plugins", site.config.get("gems"))  # `gems` until Jekyll 3.5
    return with_emoji if isinstance(plugins, list) and "jemoji" in plugins else None


def with_emoji(text: str) -> str:
    """Return `text` with emoji for their names; a name that nobody knows stays.

    >>> with_emoji("Up :rocket: at 10:30:45 :nope: https://a.example/:rocket:")
    'Up 🚀 at 10:30:45 :nope: https://a.example/:rocket:'
    """
    return _CODE.sub(_spelled, text) if text.count(":") > 1 else text


def _spelled(match: re.Match[str]) -> str:
    if match["address"]:
        return match[0]
    from emoji import emojize  # noqa: PLC0415 -- 0.05 s, for a table that few sites need

    return emojize(match[0], language="alias")
