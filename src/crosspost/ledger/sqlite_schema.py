"""The tables of a SQLite ledger: made, brought up to date, and recognised as ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from crosspost.ledger.statements import Schema, read_sql

if TYPE_CHECKING:
    from collections.abc import Mapping

# "XPLL": marks a SQLite file as a ledger of crosspost (SQLite, "PRAGMA application_id").
APPLICATION_ID = int.from_bytes(b"XPLL", "big")


@cache
def current() -> Schema:
    """Return the schema that this version of crosspost works with."""
    steps = MappingProxyType({1: read_sql("migrate_1_to_2.sql")})
    return Schema(version=2, script=read_sql("schema.sql"), migrations=steps)


def part(name: str) -> str:
    """Return the statement that makes one part of a new ledger, for example "TRIGGER entry_made"."""
    start = current().script.index(f"CREATE {name} ")
    statement = ""
    for line in current().script[start:].splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            break
    return statement


def create(db: sqlite3.Connection, schema: Schema) -> None:
    """Make the tables in an empty database, in one transaction."""
    db.execute("BEGIN EXCLUSIVE")
    with db:
        _run(db, schema.script)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {schema.version}")


def migrate(db: sqlite3.Connection, schema: Schema) -> None:
    """Bring an older ledger up to `schema`: all steps or none. Nothing happens where it is up to date or newer."""
    if version_of(db) >= schema.version:
        return
    db.execute("BEGIN IMMEDIATE")
    with db:
        # asked again: another process may have done it while this one waited
        for version in range(version_of(db), schema.version):
            _run(db, schema.migrations[version])
        db.execute(f"PRAGMA user_version = {max(schema.version, version_of(db))}")


def version_of(db: sqlite3.Connection) -> int:
    """Return the version of the schema in this file."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def application_of(db: sqlite3.Connection) -> int:
    """Return the mark of the application that made this file; 0 for none."""
    (mark,) = db.execute("PRAGMA application_id").fetchone()
    return int(mark)


def missing_parts(db: sqlite3.Connection, schema: Schema) -> tuple[str, ...]:
    """Return the names of tables, indexes and triggers that are not as `schema` made them.

    The guards are half of the promise, so they are looked for each time a ledger is opened. Additions are tolerated.
    """
    present = _parts(db)
    return tuple(sorted(name for name, sql in _expected(schema.script).items() if present.get(name) != sql))


@cache
def _expected(script: str) -> Mapping[str, str]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(script)
        return _parts(db)


def _parts(db: sqlite3.Connection) -> Mapping[str, str]:
    """Return the SQL of every part by name, without regard to white space: ALTER TABLE lays a statement out differently."""
    rows = db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return MappingProxyType({name: "".join(sql.split()) for name, sql in rows})


def _run(db: sqlite3.Connection, script: str) -> None:
    """Execute a script inside the open transaction (`executescript` would commit it first: Python documentation, sqlite3)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
