"""Find out what kind of blog a folder holds: Jekyll, Hugo, Zola, or Markdown files with a date in their names.

Sources: Jekyll "Configuration"; Hugo "Configure Hugo" (file names, `baseURL`, `timeZone`) and "URL management" (a page's
path is its section and its file name, date included); Zola "Configuration" (`base_url`) and "Page" (a date before the slug
is left out of the path).
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from crosspost.errors import Problem, SettingsError
from crosspost.jekyll import yaml_text
from crosspost.jekyll.config import load
from crosspost.jekyll.post_name import date_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Kind = Literal["Jekyll", "Hugo", "Zola", "Markdown"]

_JEKYLL = ("_config.yml", "_config.yaml")
_HUGO = ("hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml")
# Built sites, themes and other people's files: what is below them is not the author's posts.
_NOT_SEARCHED = frozenset({"node_modules", "public", "themes", "vendor", "static", "_site", "_drafts", "resources"})
_MARKDOWN = frozenset({".md", ".markdown", ".mkdown", ".mkdn", ".mkd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSite:
    """What a folder holds.

    Attributes:
        root: The site's folder, absolute.
        posts: Folders with posts, relative to `root`.
        url: The site's address for `site.url`; empty where the site's own `_config.yml` has it, or nobody knows.
        url_known: Whether `_config.yml` has it.
        permalink: For `site.permalink`; empty for Jekyll, which has its own.
        timezone: For `site.timezone`; empty where it is known otherwise, or not at all.
        undated: Markdown files that are no posts because their names have no date.
    """

    kind: Kind
    root: Path
    posts: tuple[str, ...] = ("_posts",)
    url: str = ""
    url_known: bool = False
    permalink: str = ""
    timezone: str = ""
    undated: int = 0


def detect(start: Path, posts: tuple[str, ...] = ()) -> FoundSite:
    """Return what is found in `start` or the folder above it that holds a site's configuration.

    Args:
        start: Where to look, absolute.
        posts: Folders with posts that the user named; empty to search for them.

    Raises:
        SettingsError: There are no posts or no such folder, or a configuration cannot be read.
    """
    found = _detected(start, posts)
    return replace(found, posts=tuple(_inside(found.root, name) for name in posts)) if posts else found


def _inside(root: Path, name: str) -> str:
    """Return a folder that the user named as the settings name it: relative to the root."""
    folder, top = (root / name).resolve(), root.resolve()
    if not folder.is_dir() or not folder.is_relative_to(top):
        raise SettingsError(
            Problem(
                what=f"--posts {name}: there is no such folder in {root}",
                linkedin_has="nothing was sent",
                fix="name folders of the site, relative to that",
            )
        )
    return folder.relative_to(top).as_posix()


def _detected(start: Path, posts: tuple[str, ...]) -> FoundSite:
    for root in (start, *start.parents):
        if any((root / name).is_file() for name in _JEKYLL):
            return FoundSite(kind="Jekyll", root=root, posts=posts or ("_posts",), url_known=bool(load(root).url))
        if configured := _configured(root, posts):
            return configured
    return _plain(start, posts)


def _configured(root: Path, posts: tuple[str, ...]) -> FoundSite | None:
    """Return the Hugo or Zola site whose configuration stands in `root`, None where there is none."""
    for name in _HUGO:
        if not (root / name).is_file():
            continue
        values = _values(root / name)
        if name == "config.toml" and "base_url" in values:
            return _zola(root, values, posts)
        if name.startswith("hugo.") or {"baseURL", "baseurl"} & values.keys():
            return _hugo(root, values, posts)
    return None


def _values(path: Path) -> Mapping[str, object]:
    """Return the top level of a configuration."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        return tomllib.loads(text) if path.suffix == ".toml" else yaml_text.load(text).values
    except (tomllib.TOMLDecodeError, yaml_text.YamlProblem, UnicodeDecodeError, OSError) as error:
        raise SettingsError(
            Problem(what=f"{path} cannot be read: {error}", fix="mend it, then run this again")
        ) from error


def _hugo(root: Path, values: Mapping[str, object], posts: tuple[str, ...]) -> FoundSite:
    folders, undated = _folders(root, "content", posts)
    section = folders[0].removeprefix("content").strip("/")
    return FoundSite(
        kind="Hugo",
        root=root,
        posts=folders,
        url=_text(values.get("baseURL", values.get("baseurl"))),
        permalink=f"/{section}/:name/".replace("//", "/"),  # of the file, whatever date the post has
        timezone=_text(values.get("timeZone", values.get("timezone"))),
        undated=undated,
    )


def _zola(root: Path, values: Mapping[str, object], posts: tuple[str, ...]) -> FoundSite:
    folders, undated = _folders(root, "content", posts)
    section = folders[0].removeprefix("content").strip("/")
    permalink = f"/{section}/:slug/".replace("//", "/")
    return FoundSite(
        kind="Zola", root=root, posts=folders, url=_text(values.get("base_url")), permalink=permalink, undated=undated
    )


def _plain(root: Path, posts: tuple[str, ...]) -> FoundSite:
    folders, undated = _folders(root, "", posts)
    return FoundSite(kind="Markdown", root=root, posts=folders, undated=undated)


def _text(value: object) -> str:
    return value.strip().rstrip("/") if isinstance(value, str) else ""


def _folders(root: Path, below: str, named: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Return the folder that holds all files with a post's name, and how many Markdown files have no date in theirs.

    Raises:
        SettingsError: There is no such file.
    """
    dated, undated = [], 0
    for folder, name in _markdown(root / below):
        if date_in(name):
            dated.append(folder)
        else:
            undated += name not in {"README.md", "_index.md", "index.md"}
    if named or "_posts" in {Path(folder).name for folder in dated}:
        return named or ("_posts",), undated
    if not dated:
        raise SettingsError(_no_posts(root, undated))
    common = os.path.relpath(os.path.commonpath(dated), root).replace(os.sep, "/")
    return (common,), undated


def _markdown(root: Path) -> Iterator[tuple[str, str]]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _NOT_SEARCHED)
        yield from ((folder, name) for name in names if Path(name).suffix in _MARKDOWN)


def _no_posts(root: Path, undated: int) -> Problem:
    if undated:
        return Problem(
            what=f"none of the {undated} Markdown files in {root} is named like a post",
            linkedin_has="nothing was sent",
            fix="name posts YYYY-MM-DD-slug.md, as Jekyll does, for example 2026-11-22-hello.md",
        )
    return Problem(
        what=f"there are no posts in {root}",
        linkedin_has="nothing was sent",
        fix="change into your blog's folder, or name where posts are: crosspost init --posts FOLDER",
    )
