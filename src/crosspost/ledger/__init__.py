"""What we did, durably: the ledger's state machine and its homes. docs/ledger.md has the diagram and the promises.

transitions        the state machine as data, and the questions that every home asks it                  (pure)
liveness           who holds a claim, and whether that process still lives
tokens             names for claims
problems           what ledgers of every kind say where they cannot be used
transfer           what a ledger holds, as records that any ledger can take; `of_sites`: those of some   (pure)

memory             the shortest statement of what a ledger does, on `content`; `memory_records`: beside entries

sql_ledger         all that SQLite and PostgreSQL have in common; `sql_records`: beside entries; `sql_transfer`
sql_tables         what an engine gives it: one transaction on the tables
statements         the SQL, by name; `rows`: entries and moments as SQL has them
sqlite             a transaction is the write lock; `sqlite_file`, `sqlite_schema`, `sqlite_problems`
postgres           a transaction is tried again; `postgres_link`, `postgres_tables`, `postgres_schema`,
                   `postgres_address`, `postgres_problems`

git                the one in memory, each step a commit that the remote takes or refuses; `git_store`: how
git_ref            the ref of the remote; `git_files`: what a commit holds; `git_message`; `git_problems`
"""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from crosspost.errors import Problem, SettingsError
from crosspost.ledger import liveness
from crosspost.ledger.sqlite import SqliteLedger

if TYPE_CHECKING:
    from collections.abc import Callable

    from crosspost.ports import Ledger

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")
_GIT = "git:"
# A remote that git would take for an option, or that was meant for the protocol of that name.
_NO_REMOTE = re.compile(r"|-.*|//.*|.*[\0-\x1f\x7f].*", re.DOTALL)
_wait = threading.Event().wait


def open_ledger(
    url: str,
    *,
    base: Path,
    alive: Callable[[str], bool] | None = None,
    sleep: Callable[[float], object] = _wait,
) -> Ledger:
    """Return the ledger that `[ledger] url` names. Nothing is read or made before its first use.

    Args:
        url: `sqlite:///` and a path, `postgresql://…` as libpq has it, `git:` and a remote of the clone that `base` is in
            (by name or by address), or `memory:`. The path stands as it is, without percent-encoding: absolute
            (`sqlite:////var/lib/ledger.db`), in the home folder (`sqlite:///~/ledger.db`), or relative to `base`.
        base: Folder that a relative path starts from. Never the working folder: tomorrow that could be another one.
        alive: Tells whether the owner of a claim may still be at work. By default processes of this machine are looked
            for; in git the lease alone tells, since CI machines share host names and begin to count processes anew.
        sleep: Waits for seconds, before a server that was lost is tried again.

    Raises:
        SettingsError: The URL is of no known kind, or is malformed.
        LedgerError: What speaks to this kind of ledger is not installed.
    """
    if url == "memory:":
        from crosspost.ledger.memory import MemoryLedger  # noqa: PLC0415 - only who has it pays for it

        return MemoryLedger(alive=alive or liveness.alive)
    if url.startswith(_POSTGRES):
        from crosspost.ledger.postgres_address import address_of  # noqa: PLC0415 - only who has it pays for it

        address = address_of(url)
        from crosspost.ledger.postgres import PostgresLedger  # noqa: PLC0415 - psycopg is an extra

        return PostgresLedger(address, alive=alive or liveness.alive, sleep=sleep)
    if url.startswith(_GIT) and not _NO_REMOTE.fullmatch(remote := url.removeprefix(_GIT)):
        from crosspost.ledger.git import GitLedger  # noqa: PLC0415 - only who has it pays for it

        return GitLedger(remote, base, alive=alive or liveness.by_lease_alone)
    path = url.removeprefix(_SQLITE)
    if path in {"", url, ":memory:"}:
        raise SettingsError(_unusable(url))
    return SqliteLedger(base / Path(path).expanduser(), alive=alive or liveness.alive)


def place(url: str) -> str:
    """Return the URL of a ledger as it may be shown.

    >>> place("git:https://ci:t0ken@git.example/blog.git")
    'git:https://git.example/blog.git'
    """
    if url.startswith(_POSTGRES):
        from crosspost.ledger.postgres_address import address_of  # noqa: PLC0415 - see above

        return str(address_of(url))
    from crosspost.git.command import without_credentials  # noqa: PLC0415 - only who shows one pays for it

    return without_credentials(url)


def _unusable(url: str) -> Problem:
    scheme = url.partition(":")[0]  # no more of it: a URL may hold a password
    return Problem(
        what=f"[ledger] url: '{scheme}:…' names no ledger that can be opened",
        linkedin_has="nothing was sent",
        fix="use 'sqlite:///path/ledger.db', 'sqlite:////absolute/path/ledger.db', 'postgresql://user@host/database',"
        " 'git:origin' (the name or address of any remote) or 'memory:' (forgets all at the end)",
    )
