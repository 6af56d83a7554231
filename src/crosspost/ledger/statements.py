"""SQL lives in files; this loads them.

A statement starts with a line `-- name --` and goes on to the next one. Lines of comment stay with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.ledger.rows import plain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

_FOLDER = Path(__file__).with_name("sql")  # importlib.resources would bring zipfile along, 3 ms of each start
_NAME = re.compile(r"^-- (\w+) --$", re.MULTILINE)
# Steps that PostgreSQL takes in one trip, without a transaction around them.
_AT_ONCE = ("mark_sending", "settle_own", "fail", "doubt", "release", "mark_written_back")
_PARAMETER = re.compile(r"(?<![:\w]):(\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The tables of one version.

    Attributes:
        version: Kept beside them: in SQLite as `PRAGMA user_version`, in PostgreSQL in the table `ledger`.
        script: Makes all of them where nothing is.
        migrations: From a released version to the next: a script, which runs inside a transaction and has none of its own.
    """

    version: int
    script: str
    migrations: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))


def read_sql(name: str) -> str:
    """Return the text of one file of the folder `sql`."""
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def statements() -> Mapping[str, str]:
    """Return every statement by name; read once."""
    _, *parts = _NAME.split(read_sql("statements.sql"))
    return MappingProxyType(dict(zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True)))


@cache
def postgres_statements() -> Mapping[str, bytes]:
    """Return the same statements with parameters as psycopg has them, and variants of some: see `_at_once`, `_looked`."""
    alone = {f"{name}_at_once": _at_once(statements()[name]) for name in _AT_ONCE}
    looks = {f"{name}_looked": _looked(statements()[name]) for name in ("arrived", "arrived_since")}
    files = {name: read_sql(f"postgres_{name}.sql") for name in ("claim", "held")}
    texts = {**statements(), **alone, **looks, **{f"{name}_at_once": sql for name, sql in files.items()}}
    return MappingProxyType(
        {name: _PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%")).encode() for name, sql in texts.items()}
    )


def _at_once(sql: str) -> str:
    """Return an UPDATE with what the transaction around it would see to: the version of the tables, the server's clock."""
    until = "coalesce(CAST(:moment AS timestamptz), clock_timestamp()) + :lease"
    step = sql.removesuffix(";").replace(":lease_until", until)
    return f"{step}\n   AND EXISTS (SELECT FROM ledger WHERE version = :version)"


def _looked(sql: str) -> str:
    """Return a SELECT with what a mark is made of beside each row, and at least one row: see `PostgresLedger.arrived`."""
    return f"""
SELECT moment.*, found.*
  FROM (SELECT coalesce(max(line), 0) AS line, CAST(CAST(pg_current_xact_id() AS text) AS bigint) AS number,
               CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint) AS oldest FROM history) AS moment
  LEFT JOIN ({sql.removesuffix(";")}) AS found ON true
 ORDER BY post"""  # noqa: S608 - a statement of ours


def execute(db: sqlite3.Connection, name: str, /, **values: object) -> sqlite3.Cursor:
    """Execute a statement by name, with values as the vocabulary has them."""
    return db.execute(statements()[name], {key: plain(value) for key, value in values.items()})
