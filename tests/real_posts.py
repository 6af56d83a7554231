"""Real posts as values: every file of the corpus as if it were a post, whatever its blog's generator."""

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import yaml

from crosspost.footer import find_footer
from crosspost.model import Post, Site

SUFFIXES = {".md", ".markdown", ".html"}
URL = "https://example.com"
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(?P<data>.*?\n)?(?:\1|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_LOADERS = {"---": lambda data: yaml.load(data, yaml.CSafeLoader), "+++": tomllib.loads}


@dataclass(frozen=True)
class RealPost:
    """One file: its path below the corpus, its text with line feeds, its blog's settings."""

    key: str
    text: str
    site: Site

    @cached_property
    def _front_matter(self):
        return _FRONT_MATTER.match(self.text)

    @cached_property
    def page(self):
        """The front matter; empty where there is none that can be read."""
        if not (match := self._front_matter):
            return {}
        try:
            page = _LOADERS[match[1]](match["data"] or "")
        except (yaml.YAMLError, ValueError):
            return {}
        return page if isinstance(page, dict) else {}

    @property
    def markup(self):
        return "html" if self.key.endswith(".html") else "markdown"

    @property
    def title(self):
        return str(self.page.get("title") or "") or None

    @property
    def whole_body(self):
        return self.text[self._front_matter.end() :] if self._front_matter else self.text

    @property
    def body(self):
        """Without the footer that leads to LinkedIn."""
        footer = find_footer(self.whole_body)
        return self.whole_body[: footer.start] if footer else self.whole_body

    def post(self):
        tags = self.page.get("tags")
        return Post(
            key=self.key,
            title=self.title,
            date=datetime(2024, 1, 31, tzinfo=UTC),
            body=self.whole_body,
            body_line=1 + (self._front_matter[0].count("\n") if self._front_matter else 0),
            front_matter=self.page,
            markup=self.markup,
            canonical_url=f"{URL}/post/",
            categories=(),
            tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
            linkedin_url=None,
        )


def real_posts(shared):
    """Yield every file of the corpus that has the suffix of a post."""
    corpus = Path(shared) / "corpus"
    for blog in sorted(folder for folder in corpus.iterdir() if folder.is_dir()):
        files = sorted(path for path in blog.rglob("*") if path.suffix in SUFFIXES)
        site = Site(url=URL, config=_config(blog), post_urls={path.stem: f"{URL}/{path.stem}/" for path in files})
        for path in files:
            text = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
            yield RealPost(path.relative_to(corpus).as_posix(), text, site)


def _config(blog):
    path = blog / "_config.yml"
    config = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) if path.exists() else {}
    return config if isinstance(config, dict) else {}
