"""How far a long piece of work has come: one line on standard error, on a terminal only, gone before anything else is printed."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crosspost.cli.options import Console

T = TypeVar("T")

_FROM = 20  # posts; fewer are done before anybody wonders
_CELLS = 24
_ERASE = "\r\x1b[K"  # ECMA-48, EL: from the cursor to the end of the line


def watched(console: Console, items: Iterable[T], total: int) -> Iterator[T]:
    """Yield `items`, and show on the way to each how many of `total` are done."""
    shown = _is_shown(console, total)
    items = iter(items)
    for done in range(total + 1):
        if shown:
            _bar.show(_line(done, total, console.columns))
        try:
            item = next(items)
        except StopIteration:
            return
        finally:
            _bar.erase()
        yield item
    yield from items  # more than was announced


def erase() -> None:
    """Take the line away, if there is one, before a person is asked something in the middle of the work."""
    _bar.erase()


class _Bar:
    """What stands in the last row of the terminal: one for all, as there is one terminal."""

    def __init__(self) -> None:
        self._is_there = False

    def show(self, line: str) -> None:
        click.echo(line, err=True, nl=False)
        self._is_there = True

    def erase(self) -> None:
        if self._is_there:
            click.echo(_ERASE, err=True, nl=False)
        self._is_there = False


_bar = _Bar()


def _is_shown(console: Console, total: int) -> bool:
    return total >= _FROM and _is_terminal() and not (console.json or console.quiet or console.verbose)


def _is_terminal() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _line(done: int, total: int, columns: int) -> str:
    r"""Return the bar; a row that the terminal broke could not be erased.

    >>> _line(5, 20, 80), _line(5, 20, 16), _line(5, 20, 4)
    ('\r██████░░░░░░░░░░░░░░░░░░ 5 of 20', '\r█░░░░░░ 5 of 20', '\r')
    """
    said = f" {done} of {total}"
    cells = min(_CELLS, columns - len(said) - 1)  # the last column is where some terminals break
    full = cells * done // total
    return f"\r{'█' * full}{'░' * (cells - full)}{said}" if cells > 0 else "\r"
