"""What we did, durably: the ledger's state machine and its homes. docs/ledger.md has the diagram and the promises."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from crosspost.errors import Problem, SettingsError
from crosspost.ledger import liveness
from crosspost.ledger.memory import MemoryLedger
from crosspost.ledger.postgres_address import SCHEMES, address_of
from crosspost.ledger.sqlite import SqliteLedger

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosspost.ports import Ledger

_SQLITE = "sqlite:///"
_wait = threading.Event().wait


def open_ledger(
    url: str,
    *,
    base: Path,
    alive: Callable[[str], bool] = liveness.alive,
    sleep: Callable[[float], object] = _wait,
) -> Ledger:
    """Return the ledger that `[ledger] url` names. Nothing is read or made before its first use.

    Args:
        url: `sqlite:///` and a path, `postgresql://…` as libpq has it, or `memory:`. The path stands as it is, without
            percent-encoding: absolute (`sqlite:////var/lib/ledger.db`), in the home folder (`sqlite:///~/ledger.db`),
            or relative to `base`.
        base: Folder that a relative path starts from. Never the working folder: tomorrow that could be another one.
        alive: Tells whether the owner of a claim may still be at work.
        sleep: Waits for seconds, before a server that was lost is tried again.

    Raises:
        SettingsError: The URL is of no known kind, or is malformed.
        LedgerError: What speaks to this kind of ledger is not installed.
    """
    if url == "memory:":
        return MemoryLedger(alive=alive)
    if url.startswith(SCHEMES):
        address = address_of(url)
        from crosspost.ledger.postgres import PostgresLedger  # noqa: PLC0415 - psycopg is an extra

        return PostgresLedger(address, alive=alive, sleep=sleep)
    path = url.removeprefix(_SQLITE)
    if path in {"", url, ":memory:"}:
        raise SettingsError(_unusable(url))
    return SqliteLedger(base / Path(path).expanduser(), alive=alive)


def _unusable(url: str) -> Problem:
    scheme = url.partition(":")[0]  # no more of it: a URL may hold a password
    return Problem(
        what=f"[ledger] url: '{scheme}:…' names no ledger that can be opened",
        linkedin_has="nothing was sent",
        fix="use 'sqlite:///path/ledger.db', 'sqlite:////absolute/path/ledger.db', 'postgresql://user@host/database'"
        " or 'memory:' (forgets all at the end)",
    )
