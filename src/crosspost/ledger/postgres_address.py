"""Where a PostgreSQL ledger is: the URL taken apart, and what of it may be shown.

Sources: PostgreSQL, "Connection Strings" and "Parameter Key Words" (libpq). The password may be in the URL, in PGPASSWORD,
in `.pgpass` or in a service file: libpq looks for it, and no message of crosspost's repeats it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from crosspost.errors import LedgerError, Problem, SettingsError
from crosspost.ledger.problems import NOTHING_SENT

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = "crosspost"

# The server is as near as the network lets it be; none of these waits for ever, as libpq would.
_DEFAULTS = {
    "application_name": "crosspost",
    "client_encoding": "UTF8",
    "connect_timeout": "10",  # seconds, for each host
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",  # milliseconds until a peer that confirms nothing counts as gone
    "target_session_attrs": "read-write",  # of several hosts the one that takes writes
}
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A place for a ledger.

    Attributes:
        parameters: For libpq, maybe with a password; never shown.
        schema: The PostgreSQL schema that holds the tables.
    """

    parameters: Mapping[str, str] = field(repr=False)
    schema: str = SCHEMA

    def __str__(self) -> str:
        """Return the URL without what is nobody's business."""
        said = {name: quote(self.parameters.get(name, ""), safe="/,:[]") for name in ("user", "host", "port", "dbname")}
        host = quote(said["host"], safe=",:[]") if said["host"].startswith("/") else said["host"]
        port = f":{said['port']}" if said["port"] else ""
        suffix = "" if self.schema == SCHEMA else f"?schema={self.schema}"
        user = f"{said['user']}@" if said["user"] else ""
        return f"postgresql://{user}{host}{port}/{said['dbname']}{suffix}"

    def without_secrets(self, text: str) -> str:
        """Return a text of libpq's with the password, if it ever were in it, crossed out."""
        for name in ("password", "sslpassword"):
            if secret := self.parameters.get(name):
                text = text.replace(secret, "***")
        return text


def address_of(url: str) -> Address:
    """Return what a URL says, with time-outs where it says nothing.

    Args:
        url: As libpq has it; `schema=NAME` among its parameters names another schema than `crosspost`.

    Raises:
        SettingsError: It is no such URL. The message has none of it: what is wrong may well be the password.
        LedgerError: psycopg is not installed.
    """
    try:
        from psycopg import ProgrammingError  # noqa: PLC0415 - only who has such a ledger needs it
        from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - as above
    except ImportError as error:
        raise LedgerError(_without_driver(str(error))) from error
    rest, schema = _without_schema(url)
    if not _NAME.fullmatch(schema):
        raise SettingsError(_malformed("its schema is no plain name (a-z, 0-9, _)"))
    try:
        said = conninfo_to_dict(rest)
    except ProgrammingError:
        raise SettingsError(_malformed("PostgreSQL's library cannot read it")) from None  # its words repeat the URL
    return Address(parameters={**_DEFAULTS, **{name: str(value) for name, value in said.items()}}, schema=schema)


def _without_schema(url: str) -> tuple[str, str]:
    """Take `schema=NAME`, which libpq does not know, out of the parameters."""
    place, _, query = url.partition("?")
    parameters = [part for part in query.split("&") if part]
    named = [unquote(part.partition("=")[2]) for part in parameters if part.startswith("schema=")]
    others = "&".join(part for part in parameters if not part.startswith("schema="))
    return (f"{place}?{others}" if others else place), (named[-1] if named else SCHEMA)


def _malformed(why: str) -> Problem:
    return Problem(
        what=f"[ledger] url: 'postgresql:…' is no address of a database: {why}",
        linkedin_has=NOTHING_SENT,
        fix="write postgresql://USER@HOST:PORT/DATABASE, percent-encode signs such as @ : / % in names and passwords"
        " (%40 %3A %2F %25), and leave the password to PGPASSWORD or ~/.pgpass",
    )


def _without_driver(detail: str) -> Problem:
    return Problem(
        what="the ledger is in PostgreSQL, and psycopg, which speaks to it, is not installed or does not load",
        linkedin_has=NOTHING_SENT,
        fix="pip install 'crosspost-linkedin[postgres]', in a checkout: .venv/bin/pip install 'psycopg[binary]'",
        detail=detail,
    )
