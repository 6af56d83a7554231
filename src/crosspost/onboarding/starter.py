"""The short `crosspost.toml` that `init` writes. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from crosspost.onboarding.detect import FoundSite


def starter(found: FoundSite, since: date) -> str:
    """Return the text of a `crosspost.toml`: the baseline, and what this site needs beside the defaults.

    Args:
        found: The site.
        since: The baseline: posts dated before this day stay where they are.
    """
    lines = [
        f"# crosspost for a {found.kind} site. Every setting is explained in config/crosspost.toml of crosspost.",
        "# Tokens never stand here: 'crosspost auth login' puts them into the keyring.",
        "",
        "# Posts dated before this day are never published unless you name them on the command line.",
        f"since = {since.isoformat()}",
    ]
    return "\n".join([*lines, *_site(found)]) + "\n"


def _site(found: FoundSite) -> list[str]:
    rows = []
    if found.posts != ("_posts",):
        rows.append(_row("posts", list(found.posts)))
    if found.url:
        rows.append(_row("url", found.url))
    elif not found.url_known:
        rows.append(f"# {_row('url', 'https://blog.example')}   # without it posts carry no link")
    if found.permalink:
        rows.append(
            f"{_row('permalink', found.permalink)}   # how a post's address is made; 'crosspost preview' shows it"
        )
    if found.timezone:
        rows.append(_row("timezone", found.timezone))
    return ["", "[site]", *rows] if rows else []


def _row(key: str, value: str | list[str]) -> str:
    """Write a setting; JSON's strings and lists are TOML's too."""
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"
