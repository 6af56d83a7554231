"""The bytes of a file to a `Post`. Pure: what the file system says comes in as bytes."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from crosspost.errors import PostUnreadable
from crosspost.findings import Finding, Severity
from crosspost.jekyll import (
    dates,
    defaults,
    directives,
    front_matter,
    permalink,
    post_name,
    published,
    taxonomy,
    yaml_text,
)
from crosspost.model import Post

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from crosspost.jekyll.config import SiteConfig
    from crosspost.jekyll.dates import Zones
    from crosspost.jekyll.front_matter import FrontMatter
    from crosspost.model import Directives


class _Understood(NamedTuple):
    """What deciding about a post needs, and what that was made of; `path` as Jekyll tells it."""

    path: str
    parsed: FrontMatter
    values: Mapping[str, object]
    date: datetime
    categories: tuple[str, ...]
    linkedin_url: str | None
    directives: Directives
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReader:
    """Reads posts of one site.

    Attributes:
        config: The site's `_config.yml`.
        zones: For dates without an offset.
        base: Where the site is: scheme, host and base path, no trailing slash; empty where unknown.
        write_back_key: Dotted front matter key for the address on LinkedIn.
        own_key_only: See `published.linkedin_url`.
    """

    config: SiteConfig
    zones: Zones
    base: str
    write_back_key: str
    own_key_only: bool = False

    def read(self, key: str, data: bytes) -> Post | None:
        """Read the post `key`; None for a draft and for `published: false`.

        Raises:
            PostUnreadable: With all that is wrong in one go; a post that is returned has no error in its findings.
        """
        if (seen := self._understand(key, data)) is None:
            return None
        url = self._url(key, seen.path, seen.values, seen.categories)
        return Post(
            key=key,
            title=_title(seen.values.get("title")),
            date=seen.date,
            body=seen.parsed.body,
            body_line=seen.parsed.body_line,
            front_matter=MappingProxyType(seen.values),
            markup=post_name.markup(key),
            canonical_url=url if isinstance(url, str) else None,
            categories=seen.categories,
            tags=taxonomy.tags(seen.values),
            linkedin_url=seen.linkedin_url,
            linkedin_url_in_body=bool(seen.linkedin_url) and not self._in_front_matter(seen.values),
            title_line=seen.parsed.lines.get(("title",), 1),
            lines=seen.parsed.lines,
            directives=seen.directives,
            findings=seen.findings if isinstance(url, str) else (*seen.findings, url),
        )

    def glance(self, key: str, data: bytes) -> Post | None:
        """Read no more of a post than deciding about it needs; see `ports.PostSource.glance`.

        Raises:
            PostUnreadable: As `read`.
        """
        if (seen := self._understand(key, data)) is None:
            return None
        return Post(
            key=key,
            title=None,
            date=seen.date,
            body="",
            body_line=seen.parsed.body_line,
            front_matter=MappingProxyType({}),
            markup=post_name.markup(key),
            canonical_url=None,
            categories=seen.categories,
            tags=(),
            linkedin_url=seen.linkedin_url,
            directives=seen.directives,
            findings=seen.findings,
        )

    def _understand(self, key: str, data: bytes) -> _Understood | None:
        if post_name.is_draft(key):
            return None
        parsed = front_matter.read(key, data)
        path = post_name.below_collections(key, self.config.collections_dir)
        beneath = defaults.values_for(path, self.config.defaults)
        values = defaults.merged(beneath, parsed.values)
        if not self._is_published(values):
            return None
        wishes, wrong = directives.read(key, values, parsed.lines, self.zones, self.write_back_key)
        date = self._date(key, values, parsed)
        findings = (*wrong, *((date,) if isinstance(date, Finding) else ()), *parsed.findings)
        if isinstance(date, Finding) or any(finding.severity is Severity.ERROR for finding in findings):
            raise PostUnreadable(*findings)
        categories = taxonomy.categories(post_name.category_folders(path), beneath, parsed.values)
        linkedin_url = self._linkedin_url(values, parsed.body)
        return _Understood(path, parsed, values, date, categories, linkedin_url, wishes, findings)

    def _linkedin_url(self, values: Mapping[str, object], body: str) -> str | None:
        return published.linkedin_url(values, body, self.write_back_key, own_key_only=self.own_key_only)

    def _in_front_matter(self, values: Mapping[str, object]) -> bool:
        return bool(published.in_front_matter(values, self.write_back_key, own_key_only=self.own_key_only))

    def _is_published(self, values: Mapping[str, object]) -> bool:
        # `can_be_published?` in lib/jekyll/publisher.rb: a null is no yes either. `draft: true` is Hugo's and Zola's word.
        if values.get("draft") is True:
            return False
        return values.get("published", True) not in (False, None) or self.config.unpublished

    def _date(self, key: str, values: Mapping[str, object], parsed: FrontMatter) -> datetime | Finding:
        written = _written_date(key, values)
        if written is None:
            message = "there is no date, neither in the front matter nor in the file name"
            return Finding(post=key, code="XP005", message=message, fix="add `date: 2024-09-18 09:40:00 +0200`", line=1)
        try:
            return dates.read(written, self.zones)
        except dates.DateProblem as problem:
            line = parsed.lines.get(("date",))
            place = "the file name" if values.get("date") is None else "`date`"
            return Finding(post=key, code="XP005", message=f"{place}: {problem}", fix=problem.fix, line=line)

    def _url(self, key: str, path: str, values: Mapping[str, object], categories: tuple[str, ...]) -> str | Finding:
        if not self.base:
            return _no_url(
                key, "the site's address is not known", "set `url` in _config.yml, or site.url in crosspost.toml"
            )
        name = posixpath.basename(key)
        own = values.get("permalink")
        template = yaml_text.text_of(own) if own else self.config.permalink
        parts = permalink.UrlParts(
            date=dates.read(_written_date(key, values), self.zones.as_jekyll).astimezone(self.zones.site),
            slug=yaml_text.text_of(values.get("slug") or post_name.slug_in(name)),
            stem=post_name.stem(name),
            path=post_name.cleaned(path),
            categories=categories,
        )
        try:
            return self.base + permalink.path_of(template, parts)
        except permalink.UnknownPlaceholder as problem:
            return _no_url(key, f"the permalink `{template}` cannot be filled: {problem}", "correct `permalink`")


def _written_date(key: str, values: Mapping[str, object]) -> object:
    """Return the front matter's date, else the file name's, as `dates.read` takes it; None where neither has one."""
    if (written := values.get("date")) is not None:
        return written
    return post_name.date_in(posixpath.basename(key))


def _title(value: object) -> str | None:
    if value is None:
        return None
    return yaml_text.text_of(value).strip() or None


def _no_url(key: str, message: str, fix: str) -> Finding:
    return Finding(post=key, code="XP008", message=message, fix=fix)
