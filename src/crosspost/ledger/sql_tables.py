"""One transaction on the tables of a ledger, as the two SQL engines give it to the methods that they share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias, TypeVar

from crosspost.ledger.problems import NOTHING_SENT

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    Row: TypeAlias = sqlite3.Row | Mapping[str, Any]

Result = TypeVar("Result")


class Outrun(Exception):
    """Another process was faster between the look and the statement. Nothing was changed; look again."""


class Tables(Protocol):
    """The tables, within an open transaction. Statements go by their names in `sql/statements.sql`."""

    def rows(self, name: str, /, **values: object) -> Sequence[Row]:
        """Execute a statement, return its rows.

        Raises:
            Outrun: The twin guard refused: since the look, another entry has got the text.
        """
        ...

    def changed(self, name: str, /, **values: object) -> int:
        """Execute a statement, return how many rows it has changed.

        Raises:
            Outrun: As for `rows`.
        """
        ...

    def without_lines(self) -> AbstractContextManager[None]:
        """While it is open, a new entry writes no line of history: it brings its own. Nobody else writes meanwhile."""
        ...

    def hold_still(self) -> None:
        """See to it that all that is read from here on is of one moment."""
        ...

    def lease_moment(self, now: datetime) -> datetime:
        """Return the moment that leases are given from and compared with: `now`, or what a clock shared by all says."""
        ...


class SqlStore(ABC):
    """How an engine holds a transaction.

    Attributes:
        _violations: What the engine raises where its tables refuse a row.
    """

    _violations: ClassVar[type[Exception]]

    @abstractmethod
    def _read(self, look: Callable[[Tables], Result]) -> Result:
        """Return what `look` finds; it may be called again where the connection was lost.

        Raises:
            LedgerError: The ledger cannot be used.
        """

    @abstractmethod
    def _write(self, step: Callable[[Tables], Result], linkedin_has: str = NOTHING_SENT) -> Result:
        """Return what `step` returns, once what it changed would survive a power cut. All of it, or none.

        Args:
            step: May be called again where it came to nothing: the connection was lost, or `Outrun` was raised.
            linkedin_has: What LinkedIn has if this fails, for the message.

        Raises:
            LedgerError: The ledger cannot be used.
        """
