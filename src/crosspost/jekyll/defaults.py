"""Front matter defaults of `_config.yml`: `lib/jekyll/frontmatter_defaults.rb` of Jekyll 4."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TYPES = {"post": "posts", "page": "pages", "draft": "drafts"}  # the older names


@dataclass(frozen=True, slots=True)
class Defaults:
    """One entry under `defaults:`.

    Attributes:
        path: Beginning of the paths that it is for, or a glob; empty for all.
        typed: Whether the scope names a type (`posts`); entries for other types are left out before.
    """

    path: str
    typed: bool
    values: Mapping[str, object]


def for_kind(wanted: str, entries: object, collections_dir: str) -> tuple[Defaults, ...]:
    """Pick from `defaults:` what one kind of file can get. What is no mapping with `values` is passed over, as in Jekyll.

    Args:
        wanted: `posts`, `pages` or the name of another collection.
        entries: As parsed.
        collections_dir: As in `SiteConfig`.
    """
    found = []
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or not isinstance(entry.get("values"), dict):
            continue
        scope = _mapping(entry.get("scope"))
        kind = str(scope.get("type"))
        if "type" in scope and _TYPES.get(kind, kind) != wanted:
            continue
        path = str(scope.get("path") or "").lstrip("/").removeprefix(f"{collections_dir}/" if collections_dir else "")
        found.append(Defaults(path, "type" in scope, entry["values"]))
    return tuple(found)


def _mapping(value: object) -> Mapping[object, object]:
    return value if isinstance(value, dict) else {}


def values_for(path: str, defaults: Sequence[Defaults]) -> dict[str, object]:
    """Return the defaults of the post at `path` (relative to the site root or `collections_dir`).

    The longest scope path wins, then the one with a type, then the later one.
    """
    values: dict[str, object] = {}
    newest: Defaults | None = None
    for entry in defaults:
        if not _applies(entry.path, path):
            continue
        if newest is None or _precedes(entry, newest):
            values, newest = merged(values, entry.values), entry
        else:
            values = merged(entry.values, values)
    return values


def _applies(scope: str, path: str) -> bool:
    if "*" not in scope:
        return path.startswith(scope)
    # Jekyll takes the files and folders that the glob finds on disk; of those, what lies above `path` and itself count.
    parts = path.split("/")
    glob = _glob(scope.rstrip("/"))
    return any(glob.fullmatch("/".join(parts[: end + 1])) for end in range(len(parts)))


def _glob(scope: str) -> re.Pattern[str]:
    pattern = re.escape(scope).replace(r"\*\*/", "(?:[^/]+/)*").replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
    return re.compile(pattern)


def _precedes(new: Defaults, old: Defaults) -> bool:
    if len(new.path) != len(old.path):
        return len(new.path) > len(old.path)
    return new.typed or not old.typed


def merged(under: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """Lay `over` on `under`: mappings are merged, a null covers nothing (`deep_merge_hashes`, lib/jekyll/utils.rb)."""
    if not under:  # most sites have no defaults
        return dict(over)
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            result[key] = merged(below, value)
        elif value is not None or key not in result:
            result[key] = value
    return result
