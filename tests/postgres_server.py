"""A real PostgreSQL server for tests: its data in a folder of its own, on loopback, ended with the test session.

The binaries are those of Debian's package `postgresql`, or whatever `initdb` on the PATH belongs to. The cluster that the
package makes when it is installed is left alone.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

ROLE = "crosspost"
PASSWORD = "pg/marked p%ssword"  # must appear nowhere; needs percent-encoding in a URL
FAST = {"fsync": "off", "full_page_writes": "off"}  # no test but the one about durability pulls the plug
START = 60  # seconds, for a first start on a slow machine


def binaries() -> Path | None:
    """Return the folder that holds initdb and postgres, of the newest version; None where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    elsewhere = shutil.which("initdb")
    found = debian[-1] if debian else Path(elsewhere).resolve() if elsewhere else None
    return found and found.parent


class PostgresServer:
    """One server, in which each test makes a database or a schema of its own.

    Attributes:
        port: On 127.0.0.1, where clients give a password (SCRAM). The unix socket in `folder` asks for none.

    Args:
        bin_folder: Where its programs are.
        wrapper: A command that starts it and becomes it, such as `strace -D`.
        settings: As in postgresql.conf.
    """

    def __init__(self, bin_folder: Path, *, wrapper: tuple[str, ...] = (), **settings: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="crosspost-pg-"))
        self.port = _free_port()
        self._bin = bin_folder
        self._wrapper = wrapper
        self._settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            "max_connections": "80",
            "shared_buffers": "16MB",
            "autovacuum": "off",
            **FAST,
            **settings,
        }
        self._numbers = count(1)
        self._shared = ""
        self._user = _unprivileged()
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._make()
            self.start()
            self.admin(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")
        except BaseException:
            self.close()
            raise

    @property
    def log(self) -> str:
        """What the server has written down."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        command = [*self._wrapper, str(self._bin / "postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **self._user)
        deadline = time.monotonic() + START
        while True:
            try:
                self.admin("SELECT 1")
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the PostgreSQL server did not start:\n{self.log}") from None
                time.sleep(0.02)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End it; SIGQUIT is "immediate", as after a power cut (PostgreSQL, "Shutting Down the Server")."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(START)
            self._process = None

    def close(self) -> None:
        """End it and remove what it has stored."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def admin(self, statement: str, *values: object, database: str = "postgres") -> list[tuple]:
        """Execute a statement as the superuser, return the rows."""
        where = {"host": str(self.folder), "port": self.port, "user": "postgres", "dbname": database}
        with psycopg.connect(**where, autocommit=True) as db:
            cursor = db.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def run(self, program: str, *arguments: str) -> str:
        """Run one of PostgreSQL's own programs as the superuser, return what it prints."""
        where = ["--host", str(self.folder), "--port", str(self.port), "--username", "postgres"]
        command = [str(self._bin / program), *where, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def database(self, encoding: str = "UTF8") -> str:
        """Make an empty database that belongs to the role `crosspost`; return its name."""
        name = f"test_{next(self._numbers)}"
        self.admin(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
        return name

    def place(self) -> str:
        """Return an URL for a ledger of one's own: a new schema in a database that tests share."""
        self._shared = self._shared or self.database()
        return self.socket_url(self._shared, schema=f"ledger_{next(self._numbers)}")

    def url(self, database: str, *, port: int | None = None, password: str = PASSWORD, options: str = "") -> str:
        """Return what belongs into `[ledger] url`: over TCP, with the password in it."""
        secret = f":{quote(password, safe='')}" if password else ""
        return f"postgresql://{ROLE}{secret}@127.0.0.1:{port or self.port}/{database}{options}"

    def socket_url(self, database: str, schema: str = "crosspost") -> str:
        """Return the same over the unix socket, which needs no password and is faster."""
        return (
            f"postgresql://{ROLE}@/{database}?host={quote(str(self.folder), safe='')}&port={self.port}&schema={schema}"
        )

    def _make(self) -> None:
        if self._user:
            shutil.chown(self.folder, self._user["user"], self._user["group"])
        options = ["--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
        command = [str(self._bin / "initdb"), "-D", str(self.folder / "data"), "-U", "postgres", *options]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **self._user)


def _unprivileged() -> dict[str, object]:
    """Return how to run as somebody else where we are root: "initdb: error: cannot be run as root"."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    somebody = known.get("postgres") or known["nobody"]
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
