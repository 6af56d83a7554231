"""Ranges that stay small: python-liquid bounds `for`, but a filter would make a list of any range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.exceptions import LoopIterationLimitError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from liquid import RenderContext
    from liquid.ast import Node
    from liquid.expression import Expression


class BoundedRange(RangeLiteral):
    """A range with at most as many numbers as a loop may have rounds."""

    __slots__ = ()

    def evaluate(self, context: RenderContext) -> range:
        """Return the range.

        Raises:
            LoopIterationLimitError: It is too long.
        """
        numbers = super().evaluate(context)
        if numbers.stop - numbers.start > (context.env.loop_iteration_limit or 0):
            raise LoopIterationLimitError("a range is too long", token=self.token)
        return numbers


def bound_ranges(nodes: Iterable[Node], context: RenderContext) -> None:
    """Bound every range in a parsed template."""
    for node in nodes:
        for expression in node.expressions():
            _bound(expression)
        bound_ranges(node.children(context, include_partials=False), context)


def _bound(expression: Expression) -> None:
    if type(expression) is RangeLiteral:
        expression.__class__ = BoundedRange  # python-liquid's parser has no place to name another class
    for child in expression.children():
        _bound(child)
