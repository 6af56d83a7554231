"""YAML text to values, with the line of every key, and safely.

Read with libyaml where PyYAML has it, as Jekyll does: it accepts a tab after a value, which PyYAML's own scanner refuses.
These things differ from `yaml.safe_load`:

- Keys are text as written: `on:` is "on", not True.
- A value that looks like a date or a number and is none (`2016-06-31`) stays text; Jekyll's reader does the same
  (safe_yaml, `lib/safe_yaml/transform/to_date.rb`), and whoever needs the date says what is wrong with it.
- The last of two equal keys wins as usual, but the repetition is reported.
- Depth (see `nodes`) and aliases are weighed before anything is built, so that a small text becomes no huge value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml

from crosspost.jekyll.nodes import MAX_DEPTH, TooDeep, guard_depth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    _Loader = yaml.SafeLoader
elif hasattr(yaml, "CSafeLoader"):
    _Loader = yaml.CSafeLoader
else:
    _Loader = yaml.SafeLoader

# Nodes after all aliases are followed. The largest `_config.yml` at hand has about 1,500.
_MAX_NODES = 100_000
_MOST_AT_A_CHARACTER = 4  # nodes: a lone `?` or `:` is a mapping, a key and a value
_TOO_DEEP = "values are nested too deeply", "write them with less nesting"
_TAG = "tag:yaml.org,2002:"
_GUESSED = frozenset(_TAG + kind for kind in ("bool", "int", "float", "timestamp", "value"))
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class YamlProblem(ValueError):
    """The text is not YAML, or not YAML that is safe to read.

    Attributes:
        message: What is wrong, one line.
        fix: What the author can do.
        line: 1-based line of the text.
        column: 1-based column in code points, None where unknown.
    """

    def __init__(self, message: str, fix: str, line: int, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Repeated:
    """A key that stands twice in one mapping; `line` is the second place."""

    key: str
    line: int
    first_line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML mapping.

    Attributes:
        values: The mapping; nested keys are text too.
        lines: 1-based line of each key, by path from the top: `("linkedin", "at")`.
        repeated: Keys that stand twice, in order of lines.
    """

    values: dict[str, object]
    lines: Mapping[tuple[str, ...], int]
    repeated: tuple[Repeated, ...]


class _LenientLoader(_Loader):
    """Keeps what cannot be built as the text it was written as."""


def _or_text(kind: str) -> None:
    build = yaml.SafeLoader.yaml_constructors[_TAG + kind]

    def construct(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
        try:
            return build(loader, node)
        except (ValueError, OverflowError):
            return node.value

    _LenientLoader.add_constructor(_TAG + kind, construct)


for _kind in ("timestamp", "int", "float"):
    _or_text(_kind)
_LenientLoader.add_constructor(_TAG + "value", lambda _, node: node.value)  # a lone `=`
_SCALARS = yaml.constructor.SafeConstructor()


def load(text: str, *, as_text: frozenset[str] = frozenset()) -> Document:
    """Read a YAML mapping; an empty text is an empty mapping.

    Args:
        text: YAML, without the `---` around it.
        as_text: Top-level keys whose scalars (also those of a list) stay as written: a title `2024-01-31` or `Yes` is
            what its author typed, not a date or a truth value.

    Raises:
        YamlProblem: See there.
    """
    try:
        return parsed(text, as_text)
    except yaml.MarkedYAMLError as error:
        raise _explain(error, text) from error
    except yaml.reader.ReaderError as error:
        raise _control_character(text) from error
    except (TooDeep, RecursionError) as error:
        raise YamlProblem(*_TOO_DEEP, 1) from error


@lru_cache(maxsize=1)  # whoever has read a post asks next whether it has room for an address
def load_plain(text: str, *, as_text: frozenset[str] = frozenset()) -> Document | None:
    """Return what `load` does where the text is plain enough to need no parser, None where it is not."""
    from crosspost.jekyll import plain_yaml  # noqa: PLC0415 - a run that reads no post compiles no patterns for it

    if (understood := plain_yaml.read(text, plain, as_text)) is None:
        return None
    values, lines = understood
    return Document(values, MappingProxyType(lines), ())


def plain(text: str, keep: bool) -> object:  # noqa: FBT001  # called for every value of every post
    """Return the value of a plain scalar as PyYAML's tables have it (`Resolver.resolve`, `Constructor.construct_object`)."""
    for tag, pattern in _LenientLoader.yaml_implicit_resolvers.get(text[0], ()):
        if pattern.match(text):
            if keep and tag in _GUESSED:
                return text
            return _LenientLoader.yaml_constructors[tag](_SCALARS, yaml.ScalarNode(tag, text))
    return text


def parsed(text: str, as_text: frozenset[str]) -> Document:
    """Read with libyaml what `load` reads.

    Raises:
        yaml.YAMLError: In libyaml's words.
        YamlProblem: See there.
    """
    _check_depth(text)
    loader = _LenientLoader(text)
    try:
        root = loader.get_single_node()
        if root is None or root.tag == _TAG + "null":
            return Document({}, MappingProxyType({}), ())
        if not isinstance(root, yaml.MappingNode):
            raise YamlProblem("it is no list of `key: value` lines", "write each line as `key: value`", 1)
        if "&" in text or _MOST_AT_A_CHARACTER * len(text) > _MAX_NODES:
            _weigh(root, {}, text)
        lines, repeated = _keys(root, text)
        _keep_text(root, as_text)
        return Document(loader.construct_document(root), MappingProxyType(lines), tuple(repeated))
    finally:
        loader.dispose()


def _check_depth(text: str) -> None:
    # Only these characters and a new line can open a level: most texts need no closer look.
    if sum(map(text.count, "[{-?\n")) >= MAX_DEPTH:
        guard_depth(text)


def _weigh(node: yaml.Node, known: dict[int, int | None], text: str) -> int:
    """Count the nodes under `node`, those behind aliases each time they are used."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) in known:
        if (weight := known[id(node)]) is None:
            raise _too_much("an alias (`*name`) refers to what it is part of", node, text)
        return weight
    known[id(node)] = None
    weight = 1 + sum(_weigh(child, known, text) for child in _children(node))
    if weight > _MAX_NODES:
        raise _too_much("aliases (`*name`) multiply into too many values", node, text)
    known[id(node)] = weight
    return weight


def _children(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield value
    elif isinstance(node, yaml.SequenceNode):
        yield from node.value


def _too_much(message: str, node: yaml.Node, text: str) -> YamlProblem:
    line, column = _place(node.start_mark, text)
    return YamlProblem(message, "write the values out instead of using aliases", line, column)


def _keys(root: yaml.MappingNode, text: str) -> tuple[dict[tuple[str, ...], int], list[Repeated]]:
    """Find the line of every key and the repeated ones; turn keys into text on the way."""
    lines: dict[tuple[str, ...], int] = {}
    repeated: list[Repeated] = []
    todo: list[tuple[yaml.Node, tuple[str, ...]]] = [(root, ())]
    seen: set[int] = set()
    while todo:
        node, path = todo.pop()
        if isinstance(node, yaml.SequenceNode):
            todo.extend((child, (*path, str(index))) for index, child in enumerate(node.value))
        if not isinstance(node, yaml.MappingNode) or id(node) in seen:
            continue
        seen.add(id(node))
        first: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                line, column = _place(key.start_mark, text)
                raise YamlProblem("a list or a mapping stands where a key is expected", _QUOTE_IT, line, column)
            if key.tag == _TAG + "merge":
                continue
            key.tag = _TAG + "str"
            line = _place(key.start_mark, text)[0]
            if key.value in first:
                repeated.append(Repeated(key.value, line, first[key.value]))
            first.setdefault(key.value, line)
            lines[(*path, key.value)] = line
            todo.append((value, (*path, key.value)))
    return lines, sorted(repeated, key=lambda one: one.line)


def _keep_text(root: yaml.MappingNode, names: frozenset[str]) -> None:
    for key, value in root.value:
        if key.value in names:
            for node in (value, *value.value) if isinstance(value, yaml.SequenceNode) else (value,):
                if isinstance(node, yaml.ScalarNode) and node.tag in _GUESSED:
                    node.tag = _TAG + "str"


def _place(mark: yaml.Mark | yaml._yaml.Mark | None, text: str) -> tuple[int, int]:
    if mark is None:
        return 1, 1
    # Not `mark.line`: YAML counts U+0085, U+2028 and U+2029 as line ends, editors do not.
    return text.count("\n", 0, mark.index) + 1, mark.index - text.rfind("\n", 0, mark.index)


def _control_character(text: str) -> YamlProblem:
    match = _CONTROL.search(text)
    if match is None:
        return YamlProblem("it holds a character that YAML does not allow", "remove it", 1)
    line = text.count("\n", 0, match.start()) + 1
    column = match.start() - text.rfind("\n", 0, match.start())
    return YamlProblem(f"it holds the control character U+{ord(match[0]):04X}", "remove that character", line, column)


_QUOTE_IT = "put the whole value in quotes"
# The problem is seen further down, often at the end of the text; its cause is where the value began.
_SEEN_LATE = ("quoted scalar", "scanning an alias", "scanning an anchor", "parsing a flow")
# libyaml's and PyYAML's own words -> ours. First match wins.
_EXPLANATIONS = (
    ("mapping values are not allowed", "a value holds a colon followed by a blank", _QUOTE_IT),
    ("while scanning a quoted scalar", "a quotation mark is never closed", "close it, or double the ' inside '…'"),
    ("unknown escape character", 'a backslash stands inside "…"', "use '…' instead of \"…\", or write \\\\"),
    ("tab", "a tab stands where YAML wants blanks", "indent with blanks"),
    ("cannot start any token", "a value starts with a character that YAML keeps for itself", _QUOTE_IT),
    ("undefined alias", "a value starts with *", _QUOTE_IT),
    ("alphabetic or numeric character", "a value starts with * or &", _QUOTE_IT),
    ("could not determine a constructor", "a value starts with !", _QUOTE_IT),
    ("could not find expected ':'", "a line is no `key: value`", "write it as `key: value`, or indent what goes on"),
    (
        "did not find expected key",
        "text stands where a key is expected",
        "quote the value above whole, or align the keys",
    ),
    ("expected <block end>", "text stands where a key is expected", "quote the value above whole, or align the keys"),
    ("expected ',' or", "a [list] or {mapping} is not closed", "close it, or put the whole value in quotes"),
    ("exceeded maximum depth", *_TOO_DEEP),
    ("expected a single document", "a line `---` stands inside", "remove it"),
)


def _explain(error: yaml.MarkedYAMLError, text: str) -> YamlProblem:
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and any(words in said for words in _SEEN_LATE):
        mark = error.context_mark
    line, column = _place(mark, text) if mark is not None else (1, None)
    if mark is not None and text[mark.index : mark.index + 1] == "\t":
        said = "tab"
    for words, message, fix in _EXPLANATIONS:
        if words in said:
            return YamlProblem(message, fix, line, column)
    return YamlProblem(said.strip(), "check this line; a value with special characters goes in quotes", line, column)


def text_of(value: object) -> str:
    """Return a scalar as Ruby writes it, which is what Jekyll puts into addresses.

    >>> text_of(True), text_of(2024), text_of("a")
    ('true', '2024', 'a')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if type(value) is date else str(value)
