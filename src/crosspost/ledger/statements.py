"""SQL lives in files; this loads them.

A statement starts with a line `-- name --` and goes on to the next one. Lines of comment stay with it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.ledger.rows import plain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

_NAME = re.compile(r"^-- (\w+) --$", re.MULTILINE)
_PARAMETER = re.compile(r"(?<![:\w]):(\w+)")


def read_sql(name: str) -> str:
    """Return the text of one file of the folder `sql`."""
    return files(__package__).joinpath("sql", name).read_text(encoding="utf-8")


@cache
def statements() -> Mapping[str, str]:
    """Return every statement by name; read once."""
    _, *parts = _NAME.split(read_sql("statements.sql"))
    return MappingProxyType(dict(zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True)))


@cache
def postgres_statements() -> Mapping[str, bytes]:
    """Return the same statements with parameters as psycopg has them, and the one that is PostgreSQL's own: `claim_at_once`."""
    texts = {**statements(), "claim_at_once": read_sql("postgres_claim.sql")}
    return MappingProxyType(
        {name: _PARAMETER.sub(r"%(\1)s", sql.replace("%", "%%")).encode() for name, sql in texts.items()}
    )


def execute(db: sqlite3.Connection, name: str, /, **values: object) -> sqlite3.Cursor:
    """Execute a statement by name, with values as the vocabulary has them."""
    return db.execute(statements()[name], {key: plain(value) for key, value in values.items()})
