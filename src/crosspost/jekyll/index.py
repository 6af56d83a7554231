"""What deciding needs of every post, kept from one run to the next, so that a file that has not changed is not read again.

It is a cache: nobody misses it when it is gone, and whatever is wrong with it, the files are read. A card holds what was
read from a file, and before it the file's stamp: when its bytes (mtime) and its entry (ctime: renamed, restored, touched
back) last changed, its size and its number (inode). It counts for a file that has the same stamp, as in git's index.

A file may be written twice within one step of the file system's clock, and then has one stamp for two contents: the
"racy git" problem (Documentation/technical/racy-git.txt in git's own repository). So the card of a file that was written
just before it was read is not kept; the next run reads the file again.
"""

from __future__ import annotations

import hashlib
import logging
import os
import posixpath
import sqlite3
import struct
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crosspost.jekyll import post_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from crosspost.ports import Clock

_log = logging.getLogger(__name__)

_FORMAT = 1  # counts up when cards say something else than before
_RACY = 3_000_000_000  # nanoseconds; the coarsest clock of a file system is FAT's with two seconds
_WAIT = 0.5  # seconds for another process that is writing the index
# Bytes that are no database or a broken one, and a database with other tables.
_NOT_OURS = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR})
_STAMP = struct.Struct("<3qQ")
# os.DirEntry.stat knows no file numbers on Windows.
_NUMBER = (1 << 64) - 1 if os.name != "nt" else 0
_TABLES = """
CREATE TABLE IF NOT EXISTS about (fingerprint TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS cards (day TEXT, post TEXT, card BLOB NOT NULL, PRIMARY KEY (day, post)) WITHOUT ROWID;
"""


def stamp_of(found: os.stat_result) -> bytes:
    """Return what tells one state of a file from another."""
    return _STAMP.pack(found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino & _NUMBER)


def fingerprint(*what_reading_depends_on: object) -> str:
    """Return a name for everything but the files that decides what is read from them."""
    return hashlib.sha256(repr((_FORMAT, *what_reading_depends_on)).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class Index:
    """The cards of one site.

    Args:
        file: Where they are kept.
        fingerprint: Cards that were made under another one do not count.
        clock: For telling which files were written just now.
    """

    file: Path
    fingerprint: str
    clock: Clock
    _cards: dict[str, bytes] = field(default_factory=dict)
    _unsaved: set[str] = field(default_factory=set)
    _gone: set[str] = field(default_factory=set)
    _loaded: bool = False

    @property
    def cards(self) -> Mapping[str, bytes]:
        """Every card by post, each with the stamp in front; in the order of the posts as far as they were there before."""
        if not self._loaded:
            self._loaded = True
            self._cards = self._load()
        return self._cards

    def get(self, key: str, stamp: bytes) -> bytes | None:
        """Return what is known of a post whose file has this stamp."""
        card = self.cards.get(key)
        return card[_STAMP.size :] if card is not None and card.startswith(stamp) else None

    def put(self, key: str, stamp: bytes, said: bytes) -> None:
        """Take in what was read from a file; `stamp` is older than the reading."""
        written = max(_STAMP.unpack(stamp)[:2])
        racy = written > self.clock.now().timestamp() * 1e9 - _RACY
        self._cards[key] = stamp + said
        (self._unsaved.discard if racy else self._unsaved.add)(key)

    def retain(self, keys: Mapping[str, object]) -> None:
        """Forget every post that is not among these, and keep the others in their order."""
        if len(keys) == len(self.cards) and all(map(self._cards.__contains__, keys)):
            return
        self._gone.update(self._cards.keys() - keys.keys())
        self._cards = {key: self._cards[key] for key in keys if key in self._cards}

    def save(self) -> None:
        """Write what is new since it was last written. What cannot be written is read again by the next run."""
        gone = self._gone - self._unsaved
        if not self._unsaved and not gone:
            return
        try:
            self._write(self._unsaved & self._cards.keys(), gone)
        except sqlite3.DatabaseError as error:
            self._replace(error)
        except OSError as error:
            _log.debug("the index %s cannot be written: %s", self.file, error)
        self._unsaved, self._gone = set(), set()

    def _load(self) -> dict[str, bytes]:
        try:
            if not self.file.is_file():
                return {}
            with closing(self._connect()) as connection:
                if connection.execute("SELECT fingerprint FROM about").fetchall() != [(self.fingerprint,)]:
                    return {}
                cards = dict(connection.execute("SELECT post, card FROM cards ORDER BY day, post"))
        except (sqlite3.Error, OSError, OverflowError) as error:
            _log.debug("the index %s cannot be read: %s", self.file, error)
            return {}
        sound = all(isinstance(key, str) and isinstance(card, bytes) for key, card in cards.items())
        return cards if sound else {}

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.file, timeout=_WAIT, isolation_level=None)

    def _write(self, changed: Iterable[str], gone: Iterable[str]) -> None:
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            if connection.execute("SELECT fingerprint FROM about").fetchall() != [(self.fingerprint,)]:
                # Another run had other settings, or saw another version; what is ours is not in it.
                connection.execute("DELETE FROM about")
                connection.execute("DELETE FROM cards")
                connection.execute("INSERT INTO about VALUES (?)", (self.fingerprint,))
            connection.executemany("DELETE FROM cards WHERE day = ? AND post = ?", ((_day(key), key) for key in gone))
            rows = sorted((_day(key), key, self._cards[key]) for key in changed)  # so that the table grows at its end
            connection.executemany("INSERT OR REPLACE INTO cards (day, post, card) VALUES (?, ?, ?)", rows)
            connection.execute("COMMIT")

    def _replace(self, error: sqlite3.DatabaseError) -> None:
        """Begin anew where the file is damaged or another program's; leave it where it is only busy or write-protected."""
        _log.debug("the index %s cannot be written: %s", self.file, error)
        if error.sqlite_errorcode in _NOT_OURS:
            with suppress(OSError):
                self.file.unlink()


def _day(key: str) -> str:
    return post_name.date_in(posixpath.basename(key)) or ""
