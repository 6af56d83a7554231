"""What the name and the place of a file say of a post. Pure: paths are texts with `/`."""

from __future__ import annotations

import posixpath
import re
from typing import Literal

# `DATE_FILENAME_MATCHER` in lib/jekyll/document.rb takes any extension and years of two digits; those here are the
# extensions that Jekyll makes pages of by itself, in any case (lib/jekyll/converters/markdown.rb, `matches`).
_NAME = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<slug>[^/]*)"
    r"\.(?:md|markdown|mkdown|mkdn|mkd|html)",
    re.ASCII | re.IGNORECASE | re.DOTALL,
)


def date_in(name: str) -> str | None:
    """Return the date in a post's file name, in digits that sort by time; None where the name is not a post's.

    The calendar need not have it.

    >>> date_in("2017-2-5-one-digit.md")
    '2017-02-05'
    >>> date_in("18-11-2016-other-order.md") is None, date_in("2024-01-31-notes.txt") is None
    (True, True)
    """
    if (match := _NAME.fullmatch(name)) is None:
        return None
    year, month, day, _ = match.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def slug_in(name: str) -> str:
    """Return the slug: what stands between date and extension; without a date, all before the extension.

    >>> slug_in("2024-01-31-a-post.html.md"), slug_in("2024-01-31-wait....md"), slug_in("about.md")
    ('a-post.html', 'wait', 'about')
    """
    match = _NAME.fullmatch(name)
    return (match["slug"] if match else stem(name)).rstrip(".")


def stem(name: str) -> str:
    """Return a file name without its extension."""
    return posixpath.splitext(name)[0]


def markup(name: str) -> Literal["markdown", "html"]:
    """Return what a file of that name is written in."""
    return "html" if name.lower().endswith((".html", ".htm")) else "markdown"


def is_draft(key: str) -> bool:
    """Tell whether a file lies in a folder of drafts, at any depth."""
    return "_drafts" in key.split("/")[:-1]


def below_collections(key: str, collections_dir: str) -> str:
    """Return a post's path as Jekyll tells it: relative to `collections_dir` where it lies there."""
    return key.removeprefix(f"{collections_dir}/") if collections_dir else key


def category_folders(path: str) -> tuple[str, ...]:
    """Return the folders above `_posts`; those inside it are no categories (`categories_from_path`, document.rb).

    >>> category_folders("docs/git/_posts/2024/2024-01-31-a.md"), category_folders("_posts/2024/2024-01-31-a.md")
    (('docs', 'git'), ())
    """
    above = path.split("_posts", maxsplit=1)[0]
    if above == path:  # a folder named in the settings, which Jekyll knows nothing of
        return ()
    return tuple(folder for folder in above.split("/") if folder)


def cleaned(path: str) -> str:
    """Return a path as the placeholder `:path` wants it (`cleaned_relative_path`, document.rb).

    >>> cleaned("docs/_posts/2024/2024-01-31-a...md")
    'docs//2024/2024-01-31-a'
    """
    return posixpath.splitext(path)[0].replace("_posts", "", 1).rstrip(".")
