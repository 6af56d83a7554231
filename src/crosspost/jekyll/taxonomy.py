"""Categories and tags as Jekyll finds them: `lib/jekyll/document.rb` and `pluralized_array_from_hash`, utils.rb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.jekyll.yaml_text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def categories(folders: Iterable[str], *layers: Mapping[str, object]) -> tuple[str, ...]:
    """Return folders above `_posts`, then `categories` and `category` of each layer, each once.

    `categories` may be text (split at blanks) or a list, `category` one category, blanks and all.

    Args:
        folders: See `post_name.category_folders`.
        layers: Front matter defaults, then the post's own front matter.

    >>> categories(["docs"], {"categories": "a b"}, {"category": "c d", "categories": ["b", 2024]})
    ('docs', 'a', 'b', '2024', 'c d')
    """
    found = [*folders]
    for layer in layers:
        found.extend(_many(layer.get("categories")))
    found.extend(next((one for layer in reversed(layers) if (one := _one(layer.get("category")))), []))
    return tuple(dict.fromkeys(found))


def tags(front_matter: Mapping[str, object]) -> tuple[str, ...]:
    """Return `tag`, else `tags`, each once.

    >>> tags({"tags": "a b a"}), tags({"tags": ["a b", None, 7]}), tags({"tag": "a b", "tags": "c"})
    (('a', 'b'), ('a b', '7'), ('a b',))
    """
    return tuple(dict.fromkeys(_one(front_matter.get("tag")) or _many(front_matter.get("tags"))))


def _many(value: object) -> list[str]:
    return value.split() if isinstance(value, str) else _one(value)


def _one(value: object) -> list[str]:
    if value is None or isinstance(value, dict):
        return []
    if isinstance(value, list):
        return [text for one in value for text in _one(one)]
    text = text_of(value).strip()
    return [text] if text else []
