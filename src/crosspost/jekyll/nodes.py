"""YAML as a tree of nodes that know their place in the text.

libyaml composes nested collections by recursion in C without a limit: `[` repeated a hundred thousand times ends the
process with a segmentation fault (measured: PyYAML 6.0.3, libyaml 0.2.5; 20,000 still work). Its events come one by
one, so the depth is counted there first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml.nodes import Node

MAX_DEPTH = 100
# Each collection begins with one of its own (YAML 1.1, section 4.1): no text is nested deeper than it has of them.
_OPENERS = "[{-?:"

# libyaml reads what Jekyll's Psych reads (the same library); PyYAML's own scanner refuses a tab after a value.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class TooDeep(yaml.YAMLError):
    """The collections are nested deeper than `MAX_DEPTH`; no front matter written by a person is."""


def guard_depth(text: str) -> None:
    """Make sure that `text` can be given to libyaml's composer or loader.

    Raises:
        yaml.YAMLError: It is nested too deep (`TooDeep`), or is not YAML as far as that was looked at.
    """
    if sum(map(text.count, _OPENERS)) <= MAX_DEPTH:  # most front matter: the events cost as much as composing
        return
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise TooDeep(f"nested deeper than {MAX_DEPTH} levels")


def compose(text: str) -> Node | None:
    """Return the root node of the one document in `text`, None where there is nothing but blanks and comments.

    The marks of the nodes are indices into `text`, in code points; an alias is the node it stands for, marks included.

    Raises:
        yaml.YAMLError: `text` is not one YAML document, or nested too deep.
    """
    guard_depth(text)
    return yaml.compose(text, Loader=Loader)


def same(one: Node | None, other: Node | None) -> bool:
    """Tell whether two trees are equal in tags, values, order and style; where they stand does not matter."""
    todo: list[tuple[object, object]] = [(one, other)]
    seen: set[tuple[int, int]] = set()  # aliases make trees into graphs, with cycles even
    while todo:
        a, b = todo.pop()
        if (id(a), id(b)) in seen:
            continue
        seen.add((id(a), id(b)))
        if _look(a) != _look(b):
            return False
        todo.extend(zip(_children(a), _children(b), strict=True))
    return True


def _look(node: object) -> tuple[object, ...]:
    """What a node is by itself, and how many children it has."""
    if isinstance(node, yaml.ScalarNode):
        return ("scalar", node.tag, node.value, node.style)
    if isinstance(node, yaml.CollectionNode):
        return (type(node).__name__, node.tag, bool(node.flow_style), len(node.value))
    return (node,)


def _children(node: object) -> Sequence[object]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return node.value if isinstance(node, yaml.SequenceNode) else ()
