"""Liquid before Markdown, as Jekyll does it: python-liquid with Jekyll's tags and filters.

Nothing of it reaches the reader: what cannot be evaluated becomes a note and an empty place. This module is loaded only
for a body with Liquid in it, since python-liquid takes 0.2 s to import.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liquid.builtin.content import ContentNode
from liquid.exceptions import LiquidError

from crosspost.compose.render.hugo import without_shortcodes
from crosspost.compose.render.liquid_environment import Jekyll, Problems, evaluating, plainly
from crosspost.compose.render.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from liquid import BoundTemplate

    from crosspost.compose.render.rendered import Note
    from crosspost.model import Site

_TAG_OR_OUTPUT = re.compile(r"\{%[^%{]*(?:[%{](?![}%{])[^%{]*)*%\}|\{\{[^{}]*\}\}")
_HUGO = re.compile(r"\{\{[<%]")
_DELIMITERS = re.compile(r"\{%-?|-?%\}|\{\{-?|-?\}\}")
# More openers without an end than a slip explains; python-liquid's lexer would look for the end of each anew.
_MANY = 50


def evaluate(body: str, site: Site, page: Mapping[str, object]) -> tuple[Source, tuple[Note, ...]]:
    """Evaluate the Liquid in `body`.

    Returns:
        The text with the lines it came from, and what could not be evaluated.
    """
    if _HUGO.search(body) and _unclosed(body) <= _MANY:
        body = without_shortcodes(body, site)
    problems = Problems(body)
    try:
        if _unclosed(body) > _MANY:
            raise LiquidError("tags or outputs are not closed", token=None)  # noqa: TRY301 -- one way out for both
        with evaluating(problems) as environment:
            template = environment.from_string(body, globals=_variables(site, page))
            pieces = list(_pieces(template, environment, body))
    except LiquidError as error:
        offset = error.token.start_index if error.token else 0  # the limits do not say where
        words, fix = plainly(error.args[0] if error.args else error)
        problems.add(f"Liquid: {words}", offset, fix=fix)
        return Source(_stripped(body)), tuple(problems.notes)
    return _assembled(pieces), tuple(problems.notes)


def _variables(site: Site, page: Mapping[str, object]) -> dict[str, object]:
    url = page.get("url")
    if isinstance(url, str) and site.url:  # Jekyll's `page.url` is the path below the base URL
        url = url.removeprefix(site.url).removeprefix(site.baseurl)
    return {
        "site": {**site.config, "url": site.url, "baseurl": site.baseurl},
        "page": {**page, "url": url},
        "jekyll": {"environment": "production"},
        "crosspost_site": site,
    }


def _pieces(template: BoundTemplate, environment: Jekyll, body: str) -> Iterator[tuple[str, int, int]]:
    """Yield the output of each node with the first and last line it may have come from."""
    nodes = template.nodes
    context = template.context_class(template, globals=template.globals)
    line, offset = 1, 0
    ends = [node.token.start_index for node in nodes[1:]] + [len(body)]
    for node, end in zip(nodes, ends, strict=True):
        text = environment.render_node(node, context)
        start = node.token.start_index
        if isinstance(node, ContentNode):  # `{%-` may have taken white space before the text
            start = max(body.find(node.text, start), start)
        line, offset = line + body.count("\n", offset, start), max(offset, start)
        yield text, line, line + body.count("\n", start, end)


def _assembled(pieces: list[tuple[str, int, int]]) -> Source:
    lines: list[int] = []
    for text, first, last in pieces:
        if not lines:
            lines.append(first)
        more = text.count("\n")
        own = min(more, last - first)
        lines += [*range(first + 1, first + own + 1), *[last] * (more - own)]
    return Source("".join(text for text, _, _ in pieces), lines)


def _unclosed(body: str) -> int:
    """Count openers after the last end of their kind, and `raw` after the last `endraw`."""
    last_raw = max(body.rfind("endraw"), body.rfind("enddoc"), 0)
    return (
        body.count("{{", body.rfind("}}") + 1)
        + body.count("{%", body.rfind("%}") + 1)
        + len(re.findall(r"\{%-?\s*(?:raw|doc)\b", body[last_raw:]))
    )


def _stripped(body: str) -> str:
    """Return a text that could not be parsed without its tags and outputs; line breaks stay."""
    for _ in range(2):  # an output may stand within a tag
        body = _TAG_OR_OUTPUT.sub(lambda match: "\n" * match[0].count("\n"), body)
    return _DELIMITERS.sub("", body)
