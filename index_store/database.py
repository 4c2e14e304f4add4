"""The catalog's SQLite file: its tables, its connections (one a thread) and its errors by name."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from index_store.errors import LibraryDamaged, LibraryNotWritable, PilcrowError
from index_store.filters import has_word
from index_store.mirror import writable

SCHEMA: Final = 2
"""Goes up when the tables change; a library of a later schema is refused."""

TABLES: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- A document's paragraphs have the keys from first_key on, without a gap.
CREATE TABLE documents (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, post TEXT, date TEXT, classification TEXT, tags TEXT NOT NULL,
    subject TEXT, header TEXT NOT NULL, hash TEXT NOT NULL, sample INTEGER NOT NULL, paragraphs INTEGER NOT NULL,
    repairs TEXT, notices TEXT NOT NULL, first_key INTEGER NOT NULL DEFAULT 0);
CREATE INDEX documents_by_hash ON documents (hash);
CREATE INDEX documents_by_post ON documents (post);
-- All that filters read: none of them goes to the table with its long rows.
CREATE INDEX documents_narrowed ON documents (date, post, classification, id, paragraphs, first_key);

-- Apart from the rest, which is read from end to end by filters and lists.
CREATE TABLE texts (document TEXT PRIMARY KEY, source BLOB NOT NULL);

CREATE TABLE tags (tag TEXT NOT NULL COLLATE NOCASE, document TEXT NOT NULL, PRIMARY KEY (tag, document)) WITHOUT ROWID;
CREATE INDEX tags_by_document ON tags (document);

-- A paragraph's key is never used again, so that an index that lags behind can only miss it, not mistake it.
CREATE TABLE paragraphs (
    key INTEGER PRIMARY KEY, document TEXT NOT NULL, label TEXT NOT NULL, printed TEXT, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, heading TEXT, portion_mark TEXT, text TEXT NOT NULL, pieces TEXT,
    digest BLOB NOT NULL, UNIQUE (document, label));
CREATE INDEX paragraphs_by_digest ON paragraphs (digest);

-- float16, so half the size. What Chroma holds is made from these.
CREATE TABLE vectors (key INTEGER PRIMARY KEY, vector BLOB NOT NULL);

-- Where documents came from: a file, a member of an archive, a record of `file`, and when it was last seen.
CREATE TABLE origins (
    origin TEXT PRIMARY KEY, document TEXT NOT NULL, hash TEXT NOT NULL, file TEXT NOT NULL, run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX origins_by_document ON origins (document);

-- Keys that are no longer in the library but may still be in the other indexes.
CREATE TABLE garbage (key INTEGER PRIMARY KEY);

-- Chroma's collections: each holds the keys of one range.
CREATE TABLE shards (
    number INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, generation INTEGER NOT NULL,
    fingerprint TEXT);
"""

FROM_1_TO_2: Final = """
ALTER TABLE documents ADD COLUMN first_key INTEGER NOT NULL DEFAULT 0;
UPDATE documents SET first_key = (SELECT min(key) FROM paragraphs WHERE document = id);
DROP INDEX documents_by_date;
CREATE INDEX documents_narrowed ON documents (date, post, classification, id, paragraphs, first_key);
"""


class Database:
    """Opens the file, making it if it isn't there, and hands each thread a connection of its own.

    In a folder that can't be written it is opened to be read only.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_only = not writable(path.parent)
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        with self.errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare()

    def _prepare(self) -> None:
        connection = self.connection()
        if not self._read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found == 0:
            if (self.path.parent / "keywords" / "meta.json").exists():  # made after the catalog, always
                raise LibraryDamaged(
                    f"The library's catalog {self.path} is gone or empty: put back a copy of it, "
                    "or remove the library's folder and index again."
                )
            with self.transaction() as new:
                # Another process may have made the tables in the meantime.
                if new.execute("PRAGMA user_version").fetchone()[0] == 0:
                    _execute(new, TABLES)
                    values = (("generation", "0"), ("next_key", "1"), ("run", "0"), ("library", uuid.uuid4().hex))
                    new.executemany("INSERT INTO meta VALUES (?, ?)", values)
        elif found < SCHEMA and self._read_only:
            raise LibraryNotWritable(
                f"The library {self.path.parent} was made by an older Pilcrow and can't be written here: "
                "open it once where it can be, as with `pilcrow status`."
            )
        elif found == 1:
            with self.transaction() as old:
                if old.execute("PRAGMA user_version").fetchone()[0] == 1:
                    _execute(old, FROM_1_TO_2)
        elif found > SCHEMA:
            raise LibraryDamaged(
                f"The library {self.path.parent} was made by a newer Pilcrow (its schema is {found}, "
                f"this one knows {SCHEMA}): install that one, or choose another folder with PILCROW_HOME."
            )

    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None and not connection.in_transaction and self._has_changed():
            self._all.remove(connection)
            connection.close()
            connection = None
        if connection is None:
            connection = self._connect_to_read() if self._read_only else self._connect(str(self.path))
            # FULL: what a transaction said must outlast what the other indexes are told after it.
            connection.execute("PRAGMA synchronous = FULL")
            self._local.connection = connection
            self._all.append(connection)
        return connection

    def _connect(self, path: str, *, uri: bool = False) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False, uri=uri)
        connection.create_function("has_word", 2, has_word, deterministic=True)
        return connection

    def _connect_to_read(self) -> sqlite3.Connection:
        """A connection to a file beside which no other can be made.

        SQLite wants files beside it that readers and writers share. Where they are there, somebody writes, and
        reading is as always. Where not, the file is read as one that doesn't change; if it does after all (by
        somebody who may write it), its time or size tells, and it is opened anew.
        """
        if not self.path.exists():
            raise LibraryNotWritable(
                f"There is no library in {self.path.parent}, and none can be made there: "
                "name its folder in PILCROW_HOME."
            )
        self._local.state = None
        address = f"file:{quote(str(self.path.absolute()))}?mode=ro"
        connection = self._connect(address, uri=True)
        try:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
        except sqlite3.OperationalError as error:
            connection.close()
            state = self._state()
            if state[2]:
                raise LibraryNotWritable(
                    f"The library {self.path.parent} was left in the middle of a change and can't be written here: "
                    "open it once where it can be, as with `pilcrow status`."
                ) from error
            connection = self._connect(f"{address}&immutable=1", uri=True)
            self._local.state = state
        return connection

    def _has_changed(self) -> bool:
        """Whether this thread's connection takes for unchanging what has changed; see _connect_to_read."""
        state = getattr(self._local, "state", None)
        return state is not None and state != self._state()

    def _state(self) -> tuple[int, int, int]:
        """Time and size of the file, and the size of the one beside it that takes changes first."""
        file, beside = self.path.stat(), self.path.with_name(f"{self.path.name}-wal")
        return file.st_mtime_ns, file.st_size, beside.stat().st_size if beside.exists() else 0

    def rows(self, query: str, *values: object) -> list[Any]:
        """All rows of a query."""
        with self.errors():
            return self.connection().execute(query, values).fetchall()

    def row(self, query: str, *values: object) -> Any:
        """The first row of a query, or None."""
        with self.errors():
            return self.connection().execute(query, values).fetchone()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes: all of it or nothing."""
        connection = self.connection()
        with self.errors():
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Several reads of one moment; may be nested."""
        connection = self.connection()
        with self.errors():
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT" if connection.in_transaction else "SELECT 1")

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors and the system's into ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._named(error) from error
        except OSError as error:
            raise LibraryNotWritable.because(self.path.parent, error) from error

    def _named(self, error: sqlite3.Error) -> PilcrowError:
        words = str(error)
        if any(sign in words for sign in ("readonly", "full", "unable to open", "disk I/O")):
            return LibraryNotWritable.saying(self.path.parent, words)
        if "locked" in words:
            return LibraryNotWritable(f"The library's catalog {self.path} stays locked by another program.")
        return LibraryDamaged(
            f"The library's catalog {self.path} can't be read ({words}): put back a copy of it, "
            "or remove the library's folder and index again."
        )

    def close(self) -> None:
        """Close the connections of all threads."""
        for connection in self._all:
            connection.close()
        self._all.clear()
        self._local = threading.local()


def _execute(connection: sqlite3.Connection, statements: str) -> None:
    """Make or change the tables, within a transaction."""
    for statement in statements.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
