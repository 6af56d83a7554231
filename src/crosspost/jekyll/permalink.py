"""The address of a post, a document or a page on its site, as Jekyll builds it.

Sources: `lib/jekyll/url.rb`, `lib/jekyll/drops/url_drop.rb` and `slugify` in `lib/jekyll/utils.rb` of Jekyll 4, and
"Permalinks" in its documentation for the letters of `:short_month` ("Jan") and `:short_day` ("Sun").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    import regex

# English whatever the machine's locale, as in Ruby.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_NOT_IN_SLUG = r"[^\p{M}\p{L}\p{Nd}]+"
_NOT_IN_PRETTY = r"[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+"
_PLACEHOLDER = re.compile(r":([a-z_]+)")
# What a path may hold (RFC 3986, section 3.3: pchar and "/"), and "?", which Jekyll's Addressable leaves as well.
_SAFE = "/-._~!$&'()*+,;=:@?"


class UnknownPlaceholder(ValueError):
    """The template holds a placeholder that Jekyll does not know; Jekyll refuses to build such a site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlParts:
    """What placeholders stand for.

    Attributes:
        date: In the site's time zone.
        slug: `slug` of the front matter, else the file name's.
        stem: File name without extension, date included.
        path: See `post_name.cleaned`.
        categories: As in `Post`.
        collection: The name of the collection.
        extension: Of the file that the site writes.
    """

    date: datetime
    slug: str
    stem: str
    path: str
    categories: tuple[str, ...]
    collection: str = "posts"
    extension: str = ".html"


def path_of(template: str, parts: UrlParts) -> str:
    """Fill a permalink template; return the path from the site's base on, percent-encoded.

    Raises:
        UnknownPlaceholder: See there.
    """
    return _filled(template, lambda name: _VALUES[name](parts) if name in _VALUES else None)


def filled(template: str, values: Mapping[str, str]) -> str:
    """Fill a template with these values; see `path_of`.

    >>> filled("/:path/:basename:output_ext", {"path": "docs", "basename": "a b", "output_ext": ".html"})
    '/docs/a%20b.html'
    """
    return _filled(template, values.get)


def has_date(template: str) -> bool:
    """Tell whether a template asks for a date.

    >>> has_date("/:year/:title/"), has_date("/:collection/:path/")
    (True, False)
    """
    return any(match[1].removesuffix("_") in _OF_DATE for match in _PLACEHOLDER.finditer(template))


def _filled(template: str, value_of: Callable[[str], str | None]) -> str:
    def fill(match: re.Match[str]) -> str:
        name = match[1]
        # `/:month_:day`: the underscore belongs to no placeholder
        for key, rest in ((name, ""), (name.removesuffix("_"), "_")):
            if (value := value_of(key)) is not None:
                return _escaped(value) + (rest if key != name else "")
        raise UnknownPlaceholder(f"Jekyll knows no placeholder `:{name}`")

    return _sanitized(_PLACEHOLDER.sub(fill, template))


def slugify(text: str) -> str:
    """Return lower-case letters and digits with hyphens for all between.

    >>> slugify("The _config.yml file!")
    'the-config-yml-file'
    """
    return _hyphened(_NOT_IN_SLUG, text).lower()


def _pretty(text: str) -> str:
    return _hyphened(_NOT_IN_PRETTY, text)


def _hyphened(pattern: str, text: str) -> str:
    return _compiled(pattern).sub("-", text).removeprefix("-").removesuffix("-")


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    import regex  # noqa: PLC0415 - a run that reads no post names none

    return regex.compile(pattern)


def _escaped(value: str) -> str:
    return quote(value, safe=_SAFE)


def _sanitized(url: str) -> str:
    # `sanitize_url`: nothing climbs out of the site, and no empty segments
    return re.sub("/+", "/", f"/{url}".replace("..", "/").replace("./", ""))


def _joined(categories: tuple[str, ...], form: Callable[[str], str]) -> str:
    return "/".join(dict.fromkeys(form(category) for category in categories))


_VALUES: Mapping[str, Callable[[UrlParts], str]] = {
    "year": lambda p: f"{p.date.year:04}",
    "short_year": lambda p: f"{p.date.year % 100:02}",
    "month": lambda p: f"{p.date.month:02}",
    "i_month": lambda p: str(p.date.month),
    "short_month": lambda p: _MONTHS[p.date.month - 1][:3],
    "long_month": lambda p: _MONTHS[p.date.month - 1],
    "day": lambda p: f"{p.date.day:02}",
    "i_day": lambda p: str(p.date.day),
    "y_day": lambda p: f"{p.date.timetuple().tm_yday:03}",
    "w_year": lambda p: f"{p.date.isocalendar().year:04}",
    "week": lambda p: f"{p.date.isocalendar().week:02}",
    "w_day": lambda p: str(p.date.isoweekday()),
    "short_day": lambda p: _DAYS[p.date.weekday()][:3],
    "long_day": lambda p: _DAYS[p.date.weekday()],
    "hour": lambda p: f"{p.date.hour:02}",
    "minute": lambda p: f"{p.date.minute:02}",
    "second": lambda p: f"{p.date.second:02}",
    "title": lambda p: _pretty(p.slug),
    "slug": lambda p: slugify(p.slug),
    "name": lambda p: slugify(p.stem),
    "path": lambda p: p.path,
    "categories": lambda p: _joined(p.categories, str.lower),
    "slugified_categories": lambda p: _joined(p.categories, slugify),
    "collection": lambda p: p.collection,
    "output_ext": lambda p: p.extension,
}
_OF_DATE = frozenset(
    {
        *(
            "year",
            "short_year",
            "month",
            "i_month",
            "short_month",
            "long_month",
            "day",
            "i_day",
            "y_day",
            "w_year",
            "week",
        ),
        *("w_day", "short_day", "long_day", "hour", "minute", "second"),
    }
)
