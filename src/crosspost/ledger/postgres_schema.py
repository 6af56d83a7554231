"""The tables of a PostgreSQL ledger: made, brought up to date, and recognised as ours.

One makes them at a time, under an advisory lock. Whoever changes them locks the table `ledger` first, which every transaction of
a ledger reads first: so it waits for those at work, and those that come later wait for it.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import psycopg
from psycopg import sql

from crosspost.errors import LedgerError
from crosspost.ledger.postgres_problems import damaged, foreign, newer, unfit
from crosspost.ledger.statements import Schema, read_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crosspost.ledger.postgres_address import Address

    Connection: TypeAlias = psycopg.Connection[dict[str, Any]]

APPLICATION = "crosspost ledger"
_LOCKS = int.from_bytes(b"XPLL", "big")  # advisory locks are pairs of numbers; the first says whose they are
_OLDEST = 130000  # pg_xact_status over xid8, gen_random_uuid


@cache
def current() -> Schema:
    """Return the schema that this version of crosspost works with; version 2 was the first in PostgreSQL."""
    return Schema(version=2, script=read_sql("postgres.sql"))


def lock_key(schema: str) -> str:
    """Return the two numbers, for SQL, of the advisory lock of a ledger in this schema of a database."""
    number = zlib.crc32(schema.encode())
    return f"{_LOCKS}, {number - 2**32 if number >= 2**31 else number}"


def get_ready(db: Connection, address: Address, tables: Schema) -> str:
    """Make, migrate or check the ledger; return its id.

    Raises:
        LedgerError: It cannot be used. A database that is foreign or newer was not changed.
    """
    _refuse_unfit(db, address)
    # pg_temp last: a temporary table must not stand before one of ours (PostgreSQL, "Writing SECURITY DEFINER Functions")
    db.execute("SELECT set_config('search_path', %s, false)", [f"{address.schema}, pg_temp"])
    version = _version(db, address)
    if version is None or version < tables.version:
        _make_or_migrate(db, address, tables)
        version = _version(db, address)
    if version is None or version > tables.version:
        raise LedgerError(newer(address, version or 0, tables.version))
    if parts := missing_parts(db, address.schema, tables):
        raise LedgerError(damaged(address, f"missing or altered: {', '.join(parts)}"))
    (row,) = db.execute("SELECT id::text FROM ledger")
    return str(row["id"])


def missing_parts(db: Connection, schema: str, tables: Schema) -> tuple[str, ...]:
    """Return the names of tables, columns, constraints, indexes, triggers and functions that are not at work.

    The guards are half of the promise, so they are looked for at each connection. Additions are tolerated. Compared is
    what a newer PostgreSQL does not write in another way: names, whether they are enforced, and the text of functions.
    """
    present = {(row["kind"], row["name"]): row["text"] for row in db.execute(_PARTS, {"schema": schema})}
    expected = dict(_expected(tables.script))
    return tuple(sorted({name for (kind, name), text in expected.items() if present.get((kind, name)) != text}))


def _refuse_unfit(db: Connection, address: Address) -> None:
    if db.info.server_version < _OLDEST:
        version = db.info.parameter_status("server_version")
        raise LedgerError(unfit(address, f"the server is PostgreSQL {version}", "use PostgreSQL 13 or newer"))
    if (encoding := db.info.parameter_status("server_encoding")) != "UTF8":
        fix = "make one for it: createdb --encoding=UTF8 --template=template0 NAME"
        raise LedgerError(unfit(address, f"its encoding is {encoding}", fix))


def _version(db: Connection, address: Address) -> int | None:
    """Return the version of the ledger in the schema, None where the schema is empty or missing."""
    names = {
        row["relname"]
        for row in db.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = %s",
            [address.schema],
        )
    }
    if not names:
        return None
    try:
        rows = db.execute("SELECT application, version FROM ledger").fetchall() if "ledger" in names else []
    except psycopg.errors.UndefinedColumn:
        rows = []
    if [row["application"] for row in rows] != [APPLICATION]:
        raise LedgerError(foreign(address, f"found there: {', '.join(sorted(names)[:5])}"))
    return int(rows[0]["version"])


def _make_or_migrate(db: Connection, address: Address, tables: Schema) -> None:
    """Make the tables, or bring them up to date: all steps or none."""
    with db.transaction():
        db.execute(f"SELECT pg_advisory_xact_lock({lock_key(address.schema)})")
        version = _version(db, address)  # asked again: another process may have done it while this one waited
        if version is None:
            # with IF NOT EXISTS it would need the right to make schemas where an administrator has made this one
            if not db.execute("SELECT oid FROM pg_namespace WHERE nspname = %s", [address.schema]).fetchone():
                db.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(address.schema)))
            db.execute(tables.script)
            db.execute("INSERT INTO ledger (application, version) VALUES (%s, %s)", [APPLICATION, tables.version])
        elif version < tables.version:
            db.execute("LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE")
            for step in range(version, tables.version):
                db.execute(tables.migrations[step])
            db.execute("UPDATE ledger SET version = %s", [tables.version])


@cache
def _expected(script: str) -> tuple[tuple[tuple[str, str], str], ...]:
    return tuple(_parts_of(script))


def _parts_of(script: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield kind and name of every part that the script makes, and what `_PARTS` says of one that is at work."""
    for table, columns in re.findall(r"^CREATE TABLE (\w+) \((.*?)^\);$", script, re.MULTILINE | re.DOTALL):
        for column in re.findall(r"^    ([a-z_]+) ", columns, re.MULTILINE):
            yield ("column", f"{table}.{column}"), ""
    for name in re.findall(r"^    CONSTRAINT (\w+)", script, re.MULTILINE):
        yield ("constraint", name), ""
    for name in re.findall(r"^CREATE (?:UNIQUE )?INDEX (\w+)", script, re.MULTILINE):
        yield ("index", name), ""
    for name in re.findall(r"^CREATE TRIGGER (\w+)", script, re.MULTILINE):
        yield ("trigger", name), ""
    for name, text in re.findall(r"^CREATE FUNCTION (\w+)\(.*?AS \$\$(.*?)\$\$;", script, re.MULTILINE | re.DOTALL):
        yield ("function", name), text


_PARTS = """
WITH ours AS (SELECT oid FROM pg_namespace WHERE nspname = %(schema)s),
     relation AS (SELECT pg_class.oid, relname, relkind FROM pg_class JOIN ours ON ours.oid = relnamespace)
SELECT 'column' AS kind, relname || '.' || attname AS name, '' AS text
  FROM pg_attribute JOIN relation ON relation.oid = attrelid AND relkind = 'r' WHERE attnum > 0 AND NOT attisdropped
UNION ALL
SELECT 'constraint', conname, '' FROM pg_constraint JOIN relation ON relation.oid = conrelid WHERE convalidated
UNION ALL
SELECT 'index', relname, '' FROM pg_index JOIN relation ON relation.oid = indexrelid WHERE indisvalid AND indislive
UNION ALL
SELECT 'trigger', tgname, '' FROM pg_trigger JOIN relation ON relation.oid = tgrelid WHERE tgenabled IN ('O', 'A')
UNION ALL
SELECT 'function', proname, prosrc FROM pg_proc JOIN ours ON ours.oid = pronamespace
"""
