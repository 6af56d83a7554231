"""Typographic quotation marks and dashes, where the site says in so many words that it has them.

kramdown makes them by default, so nearly every Jekyll site shows them. Here they are made only for a site whose
`_config.yml` names them: what an author typed is never altered on a guess.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crosspost.references import unescape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crosspost.model import Site

_ENGLISH = "‘’“”"  # what pulldown-cmark makes
_STRAIGHT = frozenset("'\"")


def smart_quotes(site: Site) -> Mapping[int, str] | None:
    """Return what the site's quotation marks are instead of the English ones; None where it says nothing of any.

    Sources: kramdown's option `smart_quotes` (four entities, `lsquo,rsquo,ldquo,rdquo`; straight ones switch it off) and
    cmark's option `SMART`.
    """
    if marks := _of_kramdown(site.config.get("kramdown")):
        return {ord(english): mark for english, mark in zip(_ENGLISH, marks, strict=True) if english != mark}
    cmark = site.config.get("commonmark")
    options = cmark.get("options") if isinstance(cmark, dict) else None
    return {} if isinstance(options, list) and "SMART" in (str(option).upper() for option in options) else None


def _of_kramdown(options: object) -> list[str] | None:
    said = options.get("smart_quotes") if isinstance(options, dict) else None
    names = said.split(",") if isinstance(said, str) else said if isinstance(said, list) else []
    marks = [unescape(f"&{str(name).strip()};") for name in names]
    if len(marks) != len(_ENGLISH) or any(len(mark) > 1 for mark in marks) or not _STRAIGHT.isdisjoint(marks):
        return None
    return marks


def as_the_site_has_them(made: str, written: str, marks: Mapping[int, str]) -> str:
    """Return text with the site's quotation marks, unless the author typed some of the English ones.

    >>> as_the_site_has_them("“Ja”", '"Ja"', {ord("“"): "„", ord("”"): "“"})
    '„Ja“'
    """
    return made if not marks or any(mark in written for mark in _ENGLISH) else made.translate(marks)
