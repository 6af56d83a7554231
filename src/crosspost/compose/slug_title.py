"""The title that Jekyll gives a post without one: its file name, made readable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosspost.model import Post

# `DATE_FILENAME_MATCHER` in Jekyll's lib/jekyll/document.rb, without the folders.
_POST_FILE = re.compile(r"(?:\d{2,4}-\d{1,2}-\d{1,2}-)?([^/]*)\.[^.]+", re.DOTALL)
_GAPS = re.compile(r"[-_ ]+")


def is_untitled(post: Post) -> bool:
    """Tell whether Jekyll would make up a title: it is absent or null. An empty one is empty on purpose.

    Source: `populate_title` in lib/jekyll/document.rb, `data["title"] ||= …`.
    """
    return post.title is None and post.front_matter.get("title") is None


def slug_title(key: str) -> str:
    """Return a title made of a post's file name; `slug` in the front matter has no part in it, as in Jekyll.

    Source: `titleize_slug` in lib/jekyll/utils.rb.

    >>> slug_title("_posts/2024-01-31-why-AI_matters....md")
    'Why Ai Matters'
    """
    name = key.rpartition("/")[2]
    match = _POST_FILE.fullmatch(name)
    slug = (match[1] if match else name).rstrip(".")
    return " ".join(word.capitalize() for word in _GAPS.split(slug) if word)
