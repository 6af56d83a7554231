"""Put a URL under a key of YAML, changing nothing else.

The parser says where things stand (marks of libyaml's nodes), so a key inside a block scalar, a comment or another
mapping is never mistaken for the one meant. The result is parsed again and compared node by node before it is returned.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

from crosspost.jekyll.nodes import compose, same
from crosspost.jekyll.splice import Goal, NoSafePlace, Splice, line_end, line_start, removals

if TYPE_CHECKING:
    from yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

_BLANKS = " \t"
# An address that needs no parser to tell that it is a plain scalar: no sign of YAML's but a colon, and no blank behind that.
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9./:_-]*[A-Za-z0-9/]")
_STRING = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"


def edit_yaml(text: str, goal: Goal) -> str:
    """Return `text` with the URL in its place; `text` itself where it is there already.

    Args:
        text: Metadata of a front matter: whole lines or nothing.
        goal: The key and what it is to hold.

    Raises:
        NoSafePlace: The URL cannot be put there without touching anything else.
    """
    before = _compose(text)
    splice = _splice(text, before, goal)
    if splice is None:
        return text
    after = splice.apply(text)
    try:
        verified = _differs_only_at(goal.path, before, compose(after), goal)
    except yaml.YAMLError:
        verified = False
    if not verified:
        raise NoSafePlace("a line more would change the meaning of other lines")
    return after


def remove_yaml(text: str, goal: Goal) -> str:
    """Return `text` without the URL at its key; `text` itself where it is not there.

    Raises:
        NoSafePlace: It cannot leave without touching anything else.
    """
    before = _compose(text)
    if not _names(before, goal):
        return text
    for splice in removals(text, goal.url):
        after = splice.apply(text)
        try:  # putting it in again would give what was there: the proof of the other direction
            proven = _differs_only_at(goal.path, compose(after), before, goal)
        except yaml.YAMLError:
            continue
        if proven:
            return after
    raise NoSafePlace(
        f"the address cannot leave {_quoted(goal.path)} without touching other lines", "remove it by hand"
    )


def _names(node: Node | None, goal: Goal) -> bool:
    """Tell whether the key holds the URL, alone or in a list."""
    for name in goal.path:
        _, _, node = _take(node, name)
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return any(_is_url(item, goal.url) for item in items)


def _compose(text: str) -> Node | None:
    try:
        return compose(text)
    except yaml.YAMLError as error:
        raise NoSafePlace("the front matter is not valid YAML", "mend it; 'crosspost check' says where") from error


# --- where ----------------------------------------------------------------------------------------------------------


def _splice(text: str, root: Node | None, goal: Goal) -> Splice | None:
    """Walk down the path as far as it exists, and say what to change there; None where the URL is there already."""
    if root is None:
        return goal.line(text, len(text), _entry(goal.path, goal))
    node = root
    for depth, name in enumerate(goal.path):
        if not isinstance(node, yaml.MappingNode):
            raise NoSafePlace(f"{_quoted(goal.path[:depth])} is not a mapping")
        pair = _pair(node, name)
        if pair is None:
            return _add_pair(text, node, goal, depth)
        key, node = pair
        if node.start_mark.index < key.end_mark.index:
            raise NoSafePlace(f"{_quoted(goal.path[: depth + 1])} is an alias of another value")
        if _is_empty(node):
            return _fill(text, key, node, _value(goal.path[depth + 1 :], goal))
    return _at_value(text, node, goal)


def _quoted(path: tuple[str, ...]) -> str:
    return f"'{'.'.join(path)}'" if path else "the front matter"


def _is_empty(node: Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and (node.tag == _NULL or (node.tag == _STRING and not node.value.strip()))


def _index(mapping: MappingNode, name: str) -> int | None:
    """Return where `name` stands in `mapping`. Where it stands twice the last one counts, as in Psych and PyYAML."""
    keys = [(key.tag, key.value) for key, _ in mapping.value]
    return max((index for index, key in enumerate(keys) if key == (_STRING, name)), default=None)


def _pair(mapping: MappingNode, name: str) -> tuple[Node, Node] | None:
    index = _index(mapping, name)
    if index is not None:
        pair: tuple[Node, Node] = mapping.value[index]
        return pair
    if any(key.tag == _MERGE for key, _ in mapping.value):
        raise NoSafePlace(f"'{name}' may come from another mapping through '<<'")
    return None


def _at_value(text: str, node: Node, goal: Goal) -> Splice | None:
    """The key holds something: a list gets one item more, anything else is the author's."""
    if isinstance(node, yaml.SequenceNode):
        return None if any(goal.met_by(item.value) for item in node.value) else _append(text, node, goal)
    if goal.met_by(node.value):
        return None
    raise goal.taken()


# --- what -----------------------------------------------------------------------------------------------------------


@lru_cache
def _scalar(value: str) -> str:
    """Write `value` as a scalar that is safe in block and flow context; quoted only where YAML needs it."""
    if _PLAIN_ADDRESS.fullmatch(value):
        return value
    try:
        node = compose(f"[{value}]")
    except yaml.YAMLError:
        node = None
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    plain = len(items) == 1 and (items[0].tag, items[0].value) == (_STRING, value)
    return value if plain else "'" + value.replace("'", "''") + "'"


def _value(path: tuple[str, ...], goal: Goal) -> str:
    if path:
        return f"{{{_entry(path, goal)}}}"
    return f"[{_scalar(goal.url)}]" if goal.is_list else _scalar(goal.url)


def _entry(path: tuple[str, ...], goal: Goal) -> str:
    """Write key and value on one line: `key: URL`, `outer: {inner: URL}`, `syndication: [URL]`."""
    return f"{_scalar(path[0])}: {_value(path[1:], goal)}"


# --- how ------------------------------------------------------------------------------------------------------------


def _fill(text: str, key: Node, node: Node, value: str) -> Splice:
    """Replace an empty value: `key:`, `key: ""`, `key: ~ # comment`."""
    start, end = node.start_mark.index, node.end_mark.index
    source = text[start:end]
    if text[key.end_mark.index : start].strip() != ":":
        raise NoSafePlace("the empty value does not stand beside its key")
    if source.startswith(("&", "!", "|", ">")):
        raise NoSafePlace("the empty value has an anchor, a tag or a block style")
    if source:
        return Splice(start, end, value)
    rest = text[start : line_end(text, start)]
    blanks = len(rest) - len(rest.lstrip(_BLANKS))
    at = start if rest[blanks : blanks + 1] == "#" else start + blanks
    return Splice(at, at, value if text[at - 1] in _BLANKS else f" {value}")


def _add_pair(text: str, mapping: MappingNode, goal: Goal, depth: int) -> Splice:
    """Add a key to a mapping: behind its last line (at the root: before the closer), or inside its braces."""
    entry = _entry(goal.path[depth:], goal)
    if mapping.flow_style:
        return _add_in_flow(mapping, mapping.value[-1] if mapping.value else (), entry)
    at = len(text) if depth == 0 else _block_end(text, mapping)
    return goal.line(text, at, _indentation(text, mapping.value[0][0]) + entry)


def _append(text: str, sequence: SequenceNode, goal: Goal) -> Splice:
    """Add an item to a list: behind its last line, with the dash as the others have it, or inside its brackets."""
    items = sequence.value
    if sequence.flow_style:
        return _add_in_flow(sequence, items[-1:], _scalar(goal.url))
    start = items[-1].start_mark.index
    lead = text[line_start(text, start) : start]
    if lead.strip(_BLANKS) != "-":  # the item stands below its dash, or is a list itself
        lead = " " * sequence.start_mark.column + "- "
    return goal.line(text, _block_end(text, sequence), lead + _scalar(goal.url))


def _add_in_flow(collection: CollectionNode, last: tuple[Node, ...] | list[Node], entry: str) -> Splice:
    """Add behind the last child, so that a trailing comma stays trailing; an alias has its marks elsewhere."""
    if not last:
        at = collection.start_mark.index + 1
        return Splice(at, at, entry)
    at = max(node.end_mark.index for node in last)
    if not collection.start_mark.index < last[-1].start_mark.index <= at < collection.end_mark.index:
        raise NoSafePlace("an alias stands where the URL would go")
    return Splice(at, at, f", {entry}")


def _indentation(text: str, first: Node) -> str:
    start = first.start_mark.index
    indentation = text[line_start(text, start) : start]
    if indentation.strip(" "):
        raise NoSafePlace("the keys do not start their lines")
    return indentation


def _block_end(text: str, collection: CollectionNode) -> int:
    """Return the start of the line after the last child; trailing comments and blank lines are not the child's.

    A block collection's own end mark lies where the next token begins, behind comments of the following key.
    """
    node: Node = collection
    reached = 0
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.start_mark.index >= reached:
        last = node.value[-1]
        reached = max(reached, node.start_mark.index, last[0].end_mark.index if isinstance(last, tuple) else 0)
        node = last[-1] if isinstance(last, tuple) else last
    if node.start_mark.index < reached:  # an alias: its marks are those of the anchor
        return line_end(text, reached)
    end: int = node.end_mark.index
    is_block_scalar = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
    return line_start(text, end) if is_block_scalar else line_end(text, end)


# --- proof ----------------------------------------------------------------------------------------------------------


def _differs_only_at(path: tuple[str, ...], before: Node | None, after: Node | None, goal: Goal) -> bool:
    """Tell whether `after` is `before` with the URL at `path`, in every node and in their order."""
    if not path:
        return _holds(before, after, goal)
    if not isinstance(after, yaml.MappingNode) or not (_is_nothing(before) or isinstance(before, yaml.MappingNode)):
        return False
    old_others, old_index, old_value = _take(before, path[0])
    others, index, value = _take(after, path[0])
    return (
        old_index in {None, index}
        and _all_same(old_others, others)
        and _differs_only_at(path[1:], old_value, value, goal)
    )


def _holds(before: Node | None, after: Node | None, goal: Goal) -> bool:
    """Tell whether `after` is the URL where nothing was, or the list before with the URL as its last item."""
    if not isinstance(after, yaml.SequenceNode):
        return _is_nothing(before) and _is_url(after, goal.url)
    *kept, last = after.value or [None]
    old = before.value if isinstance(before, yaml.SequenceNode) else []
    return (bool(old) or _is_nothing(before)) and _all_same(old, kept) and _is_url(last, goal.url)


def _take(node: Node | None, name: str) -> tuple[list[Node], int | None, Node | None]:
    """Return all other keys and values of a mapping, where the key `name` stands in it, and its value."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    index = _index(node, name) if isinstance(node, yaml.MappingNode) else None
    others = [part for position, pair in enumerate(pairs) if position != index for part in pair]
    return others, index, None if index is None else pairs[index][1]


def _all_same(some: list[Node], others: list[Node]) -> bool:
    return len(some) == len(others) and all(same(one, other) for one, other in zip(some, others, strict=True))


def _is_nothing(node: Node | None) -> bool:
    return node is None or _is_empty(node) or (isinstance(node, yaml.SequenceNode) and not node.value)


def _is_url(node: Node | None, url: str) -> bool:
    return isinstance(node, yaml.ScalarNode) and (node.tag, node.value) == (_STRING, url)
