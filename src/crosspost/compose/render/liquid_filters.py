"""Jekyll's Liquid filters (Jekyll documentation, "Liquid Filters"; sources in lib/jekyll/filters.rb)."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, datetime
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from dateutil.parser import ParserError, isoparse, parse
from liquid.builtin.filters.misc import date as liquid_date
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context, with_environment

from crosspost.compose.render.links import absolute
from crosspost.compose.render.liquid_tags import site_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from liquid import Environment
    from liquid.context import RenderContext

# lib/jekyll/utils.rb, `slugify`: what is no letter or digit becomes a hyphen.
_SLUG_GAPS = re.compile(r"[\W_]+")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@with_context
def relative_url(value: object, *, context: RenderContext) -> str:
    """Put the site's base path before a path."""
    path = str(value)
    if "://" in path:
        return path
    return f"{site_of(context).baseurl}/{path.lstrip('/')}"


@with_context
def absolute_url(value: object, *, context: RenderContext) -> str:
    """Put the site's URL and base path before a path."""
    site = site_of(context)
    path = relative_url(value, context=context)
    return absolute(path, f"{site.url}/" if site.url else "") or path


def slugify(value: object, mode: str = "default") -> str:  # noqa: ARG001 -- Jekyll's modes differ in rare characters
    """Make a slug."""
    return _SLUG_GAPS.sub("-", str(value)).strip("-").lower()


def _moment(value: object) -> datetime | date | None:
    if isinstance(value, date):
        return value
    try:
        text = str(value)
        return isoparse(text) if "T" in text else parse(text)
    except (ParserError, ValueError, OverflowError):
        return None


def _dated(value: object, form: Callable[[datetime | date], str]) -> str:
    moment = _moment(value)
    return str(value) if moment is None else form(moment)


def date_to_string(value: object, *_style: object) -> str:
    """`07 Nov 2008`, whatever the locale."""
    return _dated(value, lambda day: f"{day.day:02} {_MONTHS[day.month - 1][:3]} {day.year}")


def date_to_long_string(value: object, *_style: object) -> str:
    """`07 November 2008`, whatever the locale."""
    return _dated(value, lambda day: f"{day.day:02} {_MONTHS[day.month - 1]} {day.year}")


def date_to_xmlschema(value: object) -> str:
    """`2008-11-07T13:07:54-08:00`."""
    return _dated(value, lambda day: day.isoformat())


@with_environment
def date_filter(value: Any, form: Any, *, environment: Environment) -> str:  # noqa: ANN401 -- as Liquid passes it
    """Liquid's `date`, but for `now`: the text of a post must not depend on when it is composed."""
    if value in ("now", "today"):
        raise FilterArgumentError("the date of today changes what is published", token=None)
    if sys.platform == "win32":  # which says `%#d` for the `%-d` of Ruby and glibc ("strftime" of its C library)
        form = str(form).replace("%-", "%#")
    text: str = liquid_date(value, form, environment=environment)
    return text


def array_to_sentence_string(values: Sequence[object], connector: str = "and") -> str:
    """`a, b, and c`."""
    words = [str(value) for value in values]
    if len(words) < 3:
        return f" {connector} ".join(words)
    return f"{', '.join(words[:-1])}, {connector} {words[-1]}"


def jsonify(value: object) -> str:
    """JSON."""
    return json.dumps(value, ensure_ascii=False, default=str)


def unchanged(value: object) -> str:
    """`smartify`: quotation marks are the renderer's."""
    return str(value)


def markdownify(value: object) -> str:
    """`markdownify`: what it makes HTML of is rendered afterwards, also where HTML is around it."""
    text = str(value).strip()
    return f"\n\n{text}\n\n" if "\n" in text else f'<span markdown="1">{text}</span>'


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "absolute_url": absolute_url,
        "array_to_sentence_string": array_to_sentence_string,
        "cgi_escape": lambda value: quote_plus(str(value)),
        "date": date_filter,
        "date_to_long_string": date_to_long_string,
        "date_to_rfc822": date_to_xmlschema,
        "date_to_string": date_to_string,
        "date_to_xmlschema": date_to_xmlschema,
        "jsonify": jsonify,
        "markdownify": markdownify,
        "normalize_whitespace": lambda value: " ".join(str(value).split()),
        "number_of_words": lambda value, *_: len(str(value).split()),
        "relative_url": relative_url,
        "slugify": slugify,
        "smartify": unchanged,
        "strip_index": lambda value: str(value).removesuffix("index.html"),
        "uri_escape": lambda value: quote(str(value), safe=";/?:@&=+$,[]%~!*'()"),
        "xml_escape": lambda value: escape(str(value)),
    }
)
