"""python-liquid as Jekyll sets it up: nothing raises, everything is bounded, what goes wrong is noted."""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ClassVar

from liquid import Environment, Mode
from liquid.exceptions import LiquidError, LiquidInterrupt, ResourceLimitError
from liquid.lex import _tokenize_template, compile_liquid_rules
from liquid.output import LimitedStringIO
from liquid.undefined import Undefined

from crosspost.compose.render.liquid_filters import FILTERS
from crosspost.compose.render.liquid_includes import INCLUDES
from crosspost.compose.render.liquid_plugins import PLUGINS
from crosspost.compose.render.liquid_ranges import bound_ranges
from crosspost.compose.render.liquid_tags import TAGS, WRITE_IT_OUT, Unresolved
from crosspost.compose.render.rendered import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import StringIO

    from liquid import BoundTemplate
    from liquid.ast import Node
    from liquid.context import RenderContext
    from liquid.token import Token

_BLOCK_TAG = re.compile(
    r"\{%-?\s*(?P<end>end)?(?P<name>if|unless|case|for|tablerow|capture|comment|highlight|ifchanged|raw)\b"
)
# python-liquid looks behind each character of a text whether a tag starts there; this finds the same end at once.
_CONTENT = r".+?(?=", r".(?:[^{\n]++|\{(?![%{])|\n(?!\Z))*+(?="
_OUTPUT_LIMIT = 2_000_000
# Variables whose keys are all known: one that is not there is nothing, as on the site.
_KNOWN = frozenset({"page", "include"})


class Missing(Undefined):
    """A variable that nothing defines.

    Jekyll prints nothing for it. A missing key of `page` is nothing here too: the front matter is known in full. So
    are the parameters of an included file. The rest (`site.posts`, `site.data`, a plugin's variables, GitHub's
    `${{ … }}` outside `raw`) would leave a hole.
    """

    __slots__ = ()

    def _check(self) -> None:
        if self.name not in _KNOWN:
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


_SHORTCODE = re.compile(r"\{\{(?:<[^<>{}]*>|%[^%{}]*%)\}\}")
_WRITE_OUT = "write it out, or set 'linkedin: text'"
# What python-liquid says in a parser's words, or in Python's, and what an author can do with.
_IN_PLAIN_WORDS = (
    (re.compile(r"expected tag end(\w+), found .*"), r"{% \1 %} is never closed", r"close it with {% end\1 %}"),
    (re.compile(r"(comment|doc) tag was never closed"), r"{% \1 %} is never closed", r"close it with {% end\1 %}"),
    (re.compile(r"unexpected tag 'raw'"), "{% raw %} is never closed", "close it with {% endraw %}"),
    (re.compile(r"unexpected tag 'end of expression'"), "{% case %} is never closed", "close it with {% endcase %}"),
    (
        re.compile(
            r"unexpected tag '(end(?:if|unless|for|case|capture|comment|raw|tablerow|highlight)|else|elsif|when)'"
        ),
        r"{% \1 %} belongs to nothing that is open",
        "remove it",
    ),
    (
        re.compile(r"unexpected tag '(\w+)'"),
        r"{% \1 %} is unknown here: Jekyll may have it from a plugin",
        WRITE_IT_OUT,
    ),
    (re.compile(r"expected '\}\}', found end of file"), "`{{` is never closed", WRITE_IT_OUT),
    (
        re.compile(r"(?:\w+: )?(\w+?)(?:_filter)?\(\) missing .*"),
        r"{{ … | \1 }} lacks what it shall do it with",
        WRITE_IT_OUT,
    ),
    (re.compile(r"(?:\w+: )?(\w+?)(?:_filter)?\(\) takes .*"), r"{{ … | \1 }} is given too much", WRITE_IT_OUT),
)


@dataclass(slots=True)
class Problems:
    """What could not be evaluated, by line.

    Attributes:
        source: The body of the post.
        included: Name of the file that is evaluated now and offset of the body's tag for it; None in the body itself.
    """

    source: str
    notes: dict[Note, None] = field(default_factory=dict)  # an ordered set
    included: tuple[str, int] | None = None

    def add(self, message: object, offset: int, code: str = "XP201", fix: str = WRITE_IT_OUT) -> None:
        """Note a problem at an offset; within an included file, at the tag that includes it."""
        if self.included:
            name, offset = self.included
            message = f"{message} (in {name})"
        elif shortcode := _SHORTCODE.match(self.source, max(self.source.rfind("{{", 0, offset + 2), 0)):
            message, fix = f"the shortcode {shortcode[0]} is known to Hugo alone", _WRITE_OUT
        line = self.source.count("\n", 0, max(offset, 0)) + 1
        self.notes[Note(code=code, message=_one_line(message), fix=fix, line=line)] = None


def plainly(message: object) -> tuple[str, str]:
    """Return what a parser says in words for an author, and what to do.

    >>> plainly("expected tag endif, found end of expression")
    ('{% if %} is never closed', 'close it with {% endif %}')
    """
    said = _one_line(message)
    for pattern, meant, fix in _IN_PLAIN_WORDS:
        if match := pattern.fullmatch(said):
            return match.expand(meant), match.expand(fix) if fix is not WRITE_IT_OUT else fix
    return said, WRITE_IT_OUT


def _one_line(message: object) -> str:
    return " ".join(str(message).split())[:200]


@dataclass(slots=True)
class Evaluation:
    """What belongs to one body.

    Attributes:
        templates: Of included files, by their text.
        inclusions: How many files were included.
    """

    problems: Problems
    templates: dict[str, BoundTemplate] = field(default_factory=dict)
    inclusions: int = 0


_EVALUATION = ContextVar[Evaluation]("evaluation")


class Jekyll(Environment):
    """python-liquid as Jekyll sets it up; errors are collected, not raised.

    One serves all bodies, since it takes longer to make than most bodies take; see `evaluating`.
    """

    loop_iteration_limit: ClassVar[int | None] = 10_000
    local_namespace_limit: ClassVar[int | None] = 1_000_000
    output_stream_limit: ClassVar[int | None] = _OUTPUT_LIMIT
    keyword_assignment = True

    def __init__(self) -> None:
        super().__init__(tolerance=Mode.STRICT, undefined=Missing)

    @property
    def evaluation(self) -> Evaluation:
        """The one that runs now, in this thread."""
        return _EVALUATION.get()

    def tokenizer(self) -> Callable[[str], Iterator[Token]]:
        """Return python-liquid's lexer with faster rules."""
        return partial(_tokenize_template, rules=_rules())

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        """Register Liquid's own, then Jekyll's."""
        super().setup_tags_and_filters(extra=extra)
        for tag in (*TAGS, *INCLUDES, *PLUGINS):
            self.add_tag(tag)
        for name, function in FILTERS.items():
            self.add_filter(name, function)

    def error(self, exc: type[LiquidError] | LiquidError, msg: str | None = None, token: Token | None = None) -> None:
        """Collect an error instead of raising it."""
        error = exc if isinstance(exc, LiquidError) else exc(msg, token=token)
        place = error.token or token
        offset = place.start_index if place else 0
        if offset < 0:  # python-liquid names the end of the text, not the tag that is open there
            offset = _open_tag(self.evaluation.problems.source)
        message = error.args[0] if error.args else type(error).__name__
        words, fix = plainly(message)
        said = (error.code, error.fix) if isinstance(error, Unresolved) else ("XP201", fix)
        self.evaluation.problems.add(f"Liquid: {words}", offset, *said)

    @contextmanager
    def included(self, name: str, offset: int) -> Iterator[None]:
        """Place what goes wrong meanwhile at the body's tag: `offset`, unless this file is included by another."""
        problems = self.evaluation.problems
        before = problems.included
        problems.included = (name, before[1] if before else offset)
        try:
            yield
        finally:
            problems.included = before

    def from_string(self, source: str, *args: Any, **options: Any) -> BoundTemplate:  # noqa: ANN401 -- python-liquid's signature
        """Parse a template, and bound what python-liquid leaves unbounded."""
        template = super().from_string(source, *args, **options)
        if ".." in source:
            bound_ranges(template.nodes, template.context_class(template))
        return template

    def render_node(self, node: Node, context: RenderContext) -> str:
        """Return the output of one node; whatever it raises is noted and leaves its place empty.

        Raises:
            ResourceLimitError: Whatever comes next would only go on growing.
        """
        buffer: StringIO = LimitedStringIO(limit=_OUTPUT_LIMIT)
        try:
            node.render(context, buffer)
        except ResourceLimitError:
            raise
        except LiquidError as error:
            self.error(error, token=error.token or node.token)
        except LiquidInterrupt as error:
            self.error(LiquidError(f"{error} outside a loop", token=node.token))
        except Exception as error:  # noqa: BLE001 -- any filter may raise anything for an author's arguments
            self.error(LiquidError(f"{type(error).__name__}: {error}", token=node.token))
        return buffer.getvalue()


@cache
def _rules() -> re.Pattern[str]:
    return re.compile(compile_liquid_rules().pattern.replace(*_CONTENT), re.DOTALL)


@cache
def _jekyll() -> Jekyll:
    return Jekyll()


@contextmanager
def evaluating(problems: Problems) -> Iterator[Jekyll]:
    """Give the environment for one body, whose problems go to `problems` meanwhile."""
    token = _EVALUATION.set(Evaluation(problems))
    try:
        yield _jekyll()
    finally:
        _EVALUATION.reset(token)


def _open_tag(source: str) -> int:
    """Return where the last tag starts that has no end."""
    opened: list[re.Match[str]] = []
    for match in _BLOCK_TAG.finditer(source):
        if not match["end"]:
            opened.append(match)
        elif opened and opened[-1]["name"] == match["name"]:
            opened.pop()
    return opened[-1].start() if opened else len(source)
