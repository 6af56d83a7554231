"""Liquid before Markdown, as Jekyll does it: python-liquid with Jekyll's tags and filters.

Nothing of it reaches the reader: what cannot be evaluated becomes a note and an empty place. This module is loaded only
for a body with Liquid in it, since python-liquid takes 0.2 s to import.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from liquid import Environment, Mode
from liquid.builtin.content import ContentNode
from liquid.exceptions import LiquidError, LiquidInterrupt, ResourceLimitError
from liquid.output import LimitedStringIO
from liquid.undefined import Undefined

from crosspost.compose.render.kramdown import Source
from crosspost.compose.render.liquid_filters import FILTERS
from crosspost.compose.render.liquid_tags import TAGS, Unresolved
from crosspost.compose.render.rendered import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from io import StringIO

    from liquid.ast import Node
    from liquid.context import RenderContext
    from liquid.token import Token

    from crosspost.model import Site

_TAG_OR_OUTPUT = re.compile(r"\{%[^%{]*(?:[%{](?![}%{])[^%{]*)*%\}|\{\{[^{}]*\}\}")
_BLOCK_TAG = re.compile(
    r"\{%-?\s*(?P<end>end)?(?P<name>if|unless|case|for|tablerow|capture|comment|highlight|ifchanged|raw)\b"
)
_DELIMITERS = re.compile(r"\{%-?|-?%\}|\{\{-?|-?\}\}")
# More openers without an end than a slip explains; python-liquid's lexer would look for the end of each anew.
_MANY = 50
_OUTPUT_LIMIT = 2_000_000


class Missing(Undefined):
    """A variable that nothing defines.

    Jekyll prints nothing for it. A missing key of `page` is nothing here too: the front matter is known in full. The
    rest (`site.posts`, `site.data`, a plugin's variables, GitHub's `${{ … }}` outside `raw`) would leave a hole.
    """

    __slots__ = ()

    def _check(self) -> None:
        if self.name != "page":
            raise Unresolved(str(self.hint or f"{self.name} is undefined"), token=self.token)

    def __str__(self) -> str:
        self._check()
        return ""

    def __iter__(self) -> Iterator[object]:
        self._check()
        return iter(())

    def __len__(self) -> int:
        self._check()
        return 0

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Undefined) or other is None


@dataclass(slots=True)
class _Problems:
    """What could not be evaluated, by line."""

    source: str
    notes: dict[Note, None] = field(default_factory=dict)  # an ordered set
    newlines: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.newlines = [match.start() for match in re.finditer("\n", self.source)]

    def add(self, message: object, offset: int, code: str = "XP201") -> None:
        line = bisect_left(self.newlines, max(offset, 0)) + 1
        fix = "write it out, put it between {% raw %} and {% endraw %}, or keep the post from LinkedIn"
        self.notes[Note(code=code, message=_one_line(message), fix=fix, line=line)] = None


def _one_line(message: object) -> str:
    return " ".join(str(message).split())[:200]


class Jekyll(Environment):
    """python-liquid as Jekyll sets it up; errors are collected, not raised."""

    loop_iteration_limit: ClassVar[int | None] = 10_000
    local_namespace_limit: ClassVar[int | None] = 1_000_000
    output_stream_limit: ClassVar[int | None] = _OUTPUT_LIMIT
    keyword_assignment = True

    def __init__(self, problems: _Problems) -> None:
        super().__init__(tolerance=Mode.STRICT, undefined=Missing)
        self.problems = problems

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Register Liquid's own, then Jekyll's."""
        super().setup_tags_and_filters(extra=extra)
        for tag in TAGS:
            self.add_tag(tag)
        for name, function in FILTERS.items():
            self.add_filter(name, function)

    def error(self, exc: type[LiquidError] | LiquidError, msg: str | None = None, token: Token | None = None) -> None:
        """Collect an error instead of raising it."""
        error = exc if isinstance(exc, LiquidError) else exc(msg, token=token)
        place = error.token or token
        offset = place.start_index if place else 0
        if offset < 0:  # python-liquid names the end of the text, not the tag that is open there
            offset = _open_tag(self.problems.source)
        message = error.args[0] if error.args else type(error).__name__
        code = error.code if isinstance(error, Unresolved) else "XP201"
        self.problems.add(f"Liquid: {message}", offset, code)


def evaluate(body: str, site: Site, page: Mapping[str, object]) -> tuple[Source, tuple[Note, ...]]:
    """Evaluate the Liquid in `body`.

    Returns:
        The text with the lines it came from, and what could not be evaluated.
    """
    problems = _Problems(body)
    try:
        if _unclosed(body) > _MANY:
            raise LiquidError("tags or outputs are not closed", token=None)  # noqa: TRY301 -- one way out for both
        environment = Jekyll(problems)
        template = environment.from_string(body, globals=_variables(site, page))
        pieces = list(_pieces(template.nodes, template.context_class(template, globals=template.globals), body))
    except LiquidError as error:
        offset = error.token.start_index if error.token else 0  # the limits do not say where
        problems.add(f"Liquid: {error.args[0] if error.args else error}", offset)
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


def _pieces(nodes: list[Node], context: RenderContext, body: str) -> Iterator[tuple[str, int, int]]:
    """Yield the output of each node with the first and last line it may have come from."""
    line, offset = 1, 0
    ends = [node.token.start_index for node in nodes[1:]] + [len(body)]
    for node, end in zip(nodes, ends, strict=True):
        text = _rendered(node, context)
        start = node.token.start_index
        if isinstance(node, ContentNode):  # `{%-` may have taken white space before the text
            start = max(body.find(node.text, start), start)
        line, offset = line + body.count("\n", offset, start), max(offset, start)
        yield text, line, line + body.count("\n", start, end)


def _rendered(node: Node, context: RenderContext) -> str:
    """Render one node; whatever it raises is noted and leaves its place empty."""
    buffer: StringIO = LimitedStringIO(limit=_OUTPUT_LIMIT)
    environment = context.env
    try:
        node.render(context, buffer)
    except ResourceLimitError:
        raise  # whatever comes next would only go on growing
    except LiquidError as error:
        environment.error(error, token=error.token or node.token)
    except LiquidInterrupt as error:
        environment.error(LiquidError(f"{error} outside a loop", token=node.token))
    except Exception as error:  # noqa: BLE001 -- any filter may raise anything for an author's arguments
        environment.error(LiquidError(f"{type(error).__name__}: {error}", token=node.token))
    return buffer.getvalue()


def _assembled(pieces: list[tuple[str, int, int]]) -> Source:
    lines: list[int] = []
    for text, first, last in pieces:
        if not lines:
            lines.append(first)
        lines += [min(first + index, last) for index in range(1, text.count("\n") + 1)]
    return Source("".join(text for text, _, _ in pieces), lines)


def _open_tag(source: str) -> int:
    """Return where the last tag starts that has no end."""
    opened: list[re.Match[str]] = []
    for match in _BLOCK_TAG.finditer(source):
        if not match["end"]:
            opened.append(match)
        elif opened and opened[-1]["name"] == match["name"]:
            opened.pop()
    return opened[-1].start() if opened else len(source)


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
