"""The addresses of a site's files that are no posts: pages, documents of collections, files that are copied.

Sources: `lib/jekyll/page.rb`, `collection.rb`, `document.rb`, `static_file.rb` and `add_permalink_suffix` in `utils.rb` of
Jekyll 4.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from crosspost.errors import PostUnreadable
from crosspost.jekyll import dates, defaults, envelope, front_matter, permalink, post_name, yaml_text
from crosspost.jekyll.entry_filter import EntryFilter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from crosspost.jekyll.config import SiteConfig
    from crosspost.jekyll.dates import Zones

_BECOME_HTML = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd")
_BECOME_CSS = (".scss", ".sass")
_HTML = (".html", ".xhtml", ".htm")  # `HTML_EXTENSIONS` in page.rb
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FileUrls:
    """Works out the address of one file when asked for it: that takes reading the file.

    Attributes:
        root: The site's folder.
        config: Its configuration.
        base: Where the site is: scheme, host and base path, or the base path alone where the host is unknown.
        zones: For dates in permalinks of collections.
    """

    root: Path
    config: SiteConfig
    base: str
    zones: Zones

    def __call__(self, path: str) -> str | None:
        """Return the address of the file at `path`, relative to the root with `/`; None where the site shows none."""
        path = posixpath.normpath(path.lstrip("/"))
        try:
            file = (self.root / path).resolve()
            if path.startswith("..") or not file.is_relative_to(self.root.resolve()) or not file.is_file():
                return None
            below = self._path_below_base(path, file.read_bytes())
        except (OSError, ValueError, RuntimeError, PostUnreadable):  # ValueError: a NUL in the name, an impossible date
            return None
        return below and self.base + below

    def _path_below_base(self, path: str, data: bytes) -> str | None:
        collection = self._collection_of(path)
        if collection is None and not self._is_read(path):
            return None
        written = self._values(path, data)
        if written is None:
            return permalink.filled("/:path", {"path": path.replace("_", "", 1) if collection else path})
        folders = self.config.collections_dir
        beneath = defaults.for_kind(collection or "pages", self.config.raw.get("defaults"), folders)
        values = defaults.merged(defaults.values_for(post_name.below_collections(path, folders), beneath), written)
        if values.get("published", True) in {False, None}:
            return None
        return self._document(path, values, collection) if collection else self._page(path, values)

    def _values(self, path: str, data: bytes) -> Mapping[str, object] | None:
        """Return the front matter; None for a file without any, which is copied as it is."""
        if envelope.split(data) is None:
            plugins = self.config.raw.get("plugins")
            bare = isinstance(plugins, list) and "jekyll-optional-front-matter" in plugins
            return {} if bare and path.lower().endswith(_BECOME_HTML) else None
        return front_matter.read(path, data).values

    def _is_read(self, path: str) -> bool:
        """Tell whether Jekyll reads the file and every folder above it."""
        if path.split("/", 1)[0] == self.config.destination:
            return False
        parts = path.split("/")
        return all(
            self._filter.reads_folder("/".join(parts[: end + 1]), name) for end, name in enumerate(parts)
        ) and not path.endswith(".")

    @cached_property
    def _filter(self) -> EntryFilter:
        return EntryFilter.of(self.config.exclude, self.config.include)

    def _collection_of(self, path: str) -> str | None:
        """Return the name of the collection that the file belongs to, if the site writes it out."""
        folder, _, _ = post_name.below_collections(path, self.config.collections_dir).partition("/")
        known = self.config.raw.get("collections")
        metadata = known.get(folder[1:]) if isinstance(known, dict) and folder.startswith("_") else None
        return folder[1:] if isinstance(metadata, dict) and metadata.get("output") is True else None

    def _page(self, path: str, values: Mapping[str, object]) -> str:
        folder, name = posixpath.split(path)
        stem, extension = posixpath.splitext(name)
        written = _written_extension(extension)
        if written not in _HTML:
            template = "/:path/:basename:output_ext"
        elif stem == "index":
            template = "/:path/"
        else:
            template = "/:path/:basename" + self._suffix
        own = values.get("permalink")
        parts = {"path": folder, "basename": stem, "output_ext": written}
        return permalink.filled(yaml_text.text_of(own) if own else template, parts)

    @property
    def _suffix(self) -> str:
        """What the site's style of permalinks adds to a page's name."""
        style = str(self.config.raw.get("permalink", "date"))
        if style in {"date", "ordinal", "none"} or style.endswith(":output_ext"):
            return ":output_ext"
        return "/" if style == "pretty" or style.endswith("/") else ""

    def _document(self, path: str, values: Mapping[str, object], collection: str) -> str | None:
        inside = post_name.below_collections(path, self.config.collections_dir).partition("/")[2]
        name = posixpath.basename(inside)
        collections = self.config.raw["collections"]
        metadata = collections[collection] if isinstance(collections, dict) else {}
        own = values.get("permalink") or metadata.get("permalink")
        template = yaml_text.text_of(own) if own else f"/:collection/:path{self._suffix}"
        written = values.get("date") or post_name.date_in(name)
        if written is None and permalink.has_date(template):  # the day on which the site was built
            return None
        moment = dates.read(written, self.zones.as_jekyll) if written is not None else _NEVER
        parts = permalink.UrlParts(
            date=moment.astimezone(self.zones.site) if written is not None else moment,
            slug=yaml_text.text_of(values.get("slug") or post_name.slug_in(name)),
            stem=post_name.stem(name),
            path=posixpath.splitext(inside)[0].rstrip("."),
            categories=(),
            collection=collection,
            extension=_written_extension(posixpath.splitext(name)[1]),
        )
        return permalink.path_of(template, parts)


def _written_extension(extension: str) -> str:
    if extension.lower() in _BECOME_HTML:
        return ".html"
    return ".css" if extension.lower() in _BECOME_CSS else extension
