"""What is in the library: documents, headers, full texts, paragraphs and their vectors.

The catalog alone says what is in the library. Chroma and tantivy are made from it; what they hold beyond it
is dropped by whoever searches, what they lack can be made again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index_store.database import Database
from index_store.documents import Document, Header, Paragraph, ParagraphRef
from index_store.errors import UnknownDocument, UnknownParagraph
from index_store.filters import Filters
from index_store.introducing import introduction
from index_store.keys import Keys, Vectors
from index_store.narrowing import conditions
from index_store.records import (
    PARAGRAPH_COLUMNS,
    digest,
    header_json,
    header_of,
    packed,
    paragraph_of,
    paragraph_row,
    repairs_json,
    repairs_of,
    unpacked,
    utc,
)

_UNKNOWN = "No document {} is in the library; list them with `pilcrow status --documents`."


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One line of the list of documents."""

    id: str
    kind: str
    post: str | None
    date: str | None
    """ISO 8601, in UTC."""
    classification: str | None
    tags: tuple[str, ...]
    subject: str | None
    paragraphs: int
    repairs: int
    sample: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document was found."""

    name: str
    file: str
    """The file or archive member that it stands in, if it is one of several there; else the same."""
    run: int
    """The number of the indexing that saw it there."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A parsed document on its way into the library."""

    document: Document
    hash: str
    origin: Origin | None = None
    sample: bool = False


SUMMARY_COLUMNS = "id, kind, post, date, classification, tags, subject, paragraphs, repairs, sample"


def summary_of(row: Sequence[Any]) -> DocumentSummary:
    """The line of a row of SUMMARY_COLUMNS."""
    id, kind, post, date, level, tags, subject, paragraphs, repairs, sample = row
    fixed = len(repairs_of(repairs))
    return DocumentSummary(
        id, kind, post, date, level, tuple(json.loads(tags)), subject, paragraphs, fixed, bool(sample)
    )


class Catalog:
    """The tables of one library as questions and answers; all of one thread's calls go through one connection."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path)
        self.by_key = Keys(self.database)

    # What is there

    def meta(self, name: str) -> str | None:
        """A fact about the library itself."""
        row = self.database.row("SELECT value FROM meta WHERE name = ?", name)
        return row[0] if row else None

    def generation(self) -> int:
        """Goes up with every change of what is in the library."""
        return int(self.meta("generation") or 0)

    def counts(self) -> tuple[int, int]:
        """How many documents and paragraphs."""
        row = self.database.row("SELECT count(*), coalesce(sum(paragraphs), 0) FROM documents")
        return (row[0], row[1]) if row else (0, 0)

    def is_empty(self) -> bool:
        """Whether no document is there."""
        return self.database.row("SELECT 1 FROM documents LIMIT 1") is None

    def document(self, id: str) -> Document:
        """A whole document. Raises UnknownDocument."""
        with self.database.snapshot() as connection:
            row = connection.execute(
                "SELECT kind, header, source, repairs, notices FROM documents JOIN texts ON document = id WHERE id = ?",
                (id,),
            ).fetchone()
            if row is None:
                raise UnknownDocument(_UNKNOWN.format(id))
            paragraphs = connection.execute(
                f"SELECT {PARAGRAPH_COLUMNS} FROM paragraphs WHERE document = ? ORDER BY ordinal", (id,)
            ).fetchall()
        kind, header, source, repairs, notices = row
        return Document(
            id,
            kind,
            header_of(header),
            tuple(map(paragraph_of, paragraphs)),
            unpacked(source),
            repairs_of(repairs),
            tuple(json.loads(notices)),
        )

    def paragraph(self, ref: ParagraphRef) -> Paragraph:
        """One paragraph. Raises UnknownDocument or UnknownParagraph."""
        return self.described([ref])[0][3]

    def described(
        self, refs: Sequence[ParagraphRef], *, missing_ok: bool = False
    ) -> list[tuple[ParagraphRef, str, Header, Paragraph, str]]:
        """Each of `refs` with its document's kind and header, its paragraph and how the one before introduces it.

        All is as of one moment; the introduction is empty where there is none.

        Raises UnknownDocument or UnknownParagraph; with `missing_ok` leaves out what isn't there.
        """
        headers: dict[str, tuple[str, Header] | None] = {}
        found = []
        with self.database.snapshot() as connection:
            for ref in refs:
                if ref.document not in headers:
                    row = connection.execute("SELECT kind, header FROM documents WHERE id = ?", ref[:1]).fetchone()
                    headers[ref.document] = (row[0], header_of(row[1])) if row else None
                head = headers[ref.document]
                row = connection.execute(
                    f"SELECT {PARAGRAPH_COLUMNS} FROM paragraphs WHERE document = ? AND label = ?", ref
                ).fetchone()
                if head and row:
                    paragraph = paragraph_of(row)
                    before = connection.execute(
                        "SELECT text FROM paragraphs WHERE document = ? AND ordinal = ?",
                        (ref.document, paragraph.ordinal - 1),
                    ).fetchone()
                    found.append((ref, *head, paragraph, introduction(before[0]) if before else ""))
                elif not missing_ok and head:
                    raise UnknownParagraph(f"{ref.document} has no paragraph {ref.label}.")
                elif not missing_ok:
                    raise UnknownDocument(_UNKNOWN.format(ref.document))
        return found

    def summaries(self) -> list[DocumentSummary]:
        """All documents, by id."""
        return list(map(summary_of, self.database.rows(f"SELECT {SUMMARY_COLUMNS} FROM documents ORDER BY id")))

    def ids(self) -> list[str]:
        """The ids of all documents."""
        return [id for (id,) in self.database.rows("SELECT id FROM documents")]

    def documents_within(self, within: Filters, limit: int) -> list[str] | None:
        """The ids of the documents that `within` leaves; None if they are more than `limit`."""
        clauses, values = conditions(within)
        where = " AND ".join(clauses) or "1"
        rows = self.database.rows(f"SELECT id FROM documents d WHERE {where} LIMIT ?", *values, limit + 1)
        return [row[0] for row in rows] if len(rows) <= limit else None

    def twins(self, id: str) -> tuple[str, ...]:
        """Other documents that say the same: at least half of the shorter one's paragraphs are the other's too.

        Paragraphs are compared without white space, case and punctuation.
        """
        rows = self.database.rows(
            "SELECT theirs.document, count(DISTINCT theirs.digest), (SELECT count(DISTINCT digest) FROM paragraphs "
            "WHERE document = theirs.document), (SELECT count(DISTINCT digest) FROM paragraphs WHERE document = ?) "
            "FROM paragraphs mine JOIN paragraphs theirs ON theirs.digest = mine.digest AND theirs.document <> ? "
            "WHERE mine.document = ? GROUP BY theirs.document ORDER BY theirs.document",
            id,
            id,
            id,
        )
        return tuple(other for other, shared, theirs, mine in rows if 2 * shared >= min(theirs, mine))

    def files_seen(self, run: int) -> list[str]:
        """The files that the indexing of this number has seen."""
        return [file for (file,) in self.database.rows("SELECT DISTINCT file FROM origins WHERE run = ?", run)]

    def origins_not_seen(self, run: int) -> list[tuple[str, str]]:
        """Names and files of the origins that the indexing of this number has not seen."""
        return self.database.rows("SELECT origin, file FROM origins WHERE run <> ? ORDER BY origin", run)

    def known(self, hash: str, id: str | None) -> str | None:
        """The document whose text has this hash: the one of this id, or any if `id` is None."""
        row = self.database.row(
            "SELECT id FROM documents WHERE hash = ? AND id = coalesce(?, id) ORDER BY id", hash, id
        )
        return row[0] if row else None

    def held(self, id: str) -> tuple[str, set[str]] | None:
        """Hash and origins of a document; None if it isn't there."""
        row = self.database.row("SELECT hash FROM documents WHERE id = ?", id)
        if row is None:
            return None
        return row[0], {origin for (origin,) in self.database.rows("SELECT origin FROM origins WHERE document = ?", id)}

    def samples(self) -> int:
        """How many documents are samples."""
        return int(self.database.row("SELECT count(*) FROM documents WHERE sample")[0])

    def vocabulary(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], str | None, str | None]:
        """Posts, tags, classifications, and the first and last date."""
        posts, tags, levels = (
            tuple(value for (value,) in self.database.rows(query))
            for query in (
                "SELECT DISTINCT post FROM documents WHERE post IS NOT NULL ORDER BY post",
                "SELECT DISTINCT tag FROM tags ORDER BY tag",
                "SELECT DISTINCT classification FROM documents WHERE classification IS NOT NULL ORDER BY 1",
            )
        )
        first, last = self.database.row("SELECT min(date), max(date) FROM documents")
        return posts, tags, levels, first, last

    # Changing it: by the process that holds the lock

    def set_meta(self, **facts: object) -> None:
        """Record facts about the library."""
        with self.database.transaction() as connection:
            _set_meta(connection, facts)

    def reserve(self, count: int) -> int:
        """The first of `count` keys that nothing was ever stored under."""
        with self.database.transaction() as connection:
            first = int(connection.execute("SELECT value FROM meta WHERE name = 'next_key'").fetchone()[0])
            _set_meta(connection, {"next_key": first + count})
        return first

    def put(self, batch: Sequence[Incoming], first_key: int, vectors: Vectors) -> None:
        """Put in documents, each replacing the one of its id; their paragraphs get the keys from `first_key` on.

        `vectors`: (paragraphs of all documents in order, numbers). One transaction: readers see all or nothing.
        """
        rows = iter(vectors.astype(np.float16))
        key = first_key
        with self.database.transaction() as connection:
            for item in batch:
                document = item.document
                _discard(connection, [document.id], keep_origins_of=item.hash)
                _insert_document(connection, item, key)
                for paragraph in document.paragraphs:
                    connection.execute(
                        f"INSERT INTO paragraphs (key, document, {PARAGRAPH_COLUMNS}, digest) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        (key, document.id, *paragraph_row(paragraph), digest(paragraph.text)),
                    )
                    connection.execute("INSERT INTO vectors VALUES (?, ?)", (key, next(rows).tobytes()))
                    key += 1
            _changed(connection)

    def next_run(self) -> int:
        """The number of a new indexing."""
        with self.database.transaction() as connection:
            run = int(connection.execute("SELECT value FROM meta WHERE name = 'run'").fetchone()[0]) + 1
            _set_meta(connection, {"run": run})
        return run

    def seen(self, origins: Sequence[tuple[Origin, str, str]]) -> None:
        """Note where documents were found: origin, document and hash."""
        with self.database.transaction() as connection:
            for origin, document, hash in origins:
                _insert_origin(connection, origin, document, hash)

    def forget_origins(self, names: Iterable[str]) -> list[str]:
        """Forget where documents came from; returns those (but samples) that came from nowhere that is known."""
        with self.database.transaction() as connection:
            connection.executemany("DELETE FROM origins WHERE origin = ?", ((name,) for name in names))
            left = connection.execute(
                "SELECT id FROM documents d WHERE NOT sample AND NOT EXISTS "
                "(SELECT 1 FROM origins o WHERE o.document = d.id) ORDER BY id"
            )
            return [id for (id,) in left]

    def remove(self, ids: Sequence[str]) -> list[str]:
        """Take documents out; returns those that were there."""
        with self.database.transaction() as connection:
            there = [
                id
                for id in dict.fromkeys(ids)
                if connection.execute("SELECT 1 FROM documents WHERE id = ?", (id,)).fetchone()
            ]
            _discard(connection, there)
            if there:
                _changed(connection)
        return there

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def _insert_document(connection: sqlite3.Connection, item: Incoming, first_key: int) -> None:
    document, header = item.document, item.document.header
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.id,
            document.kind,
            header.post,
            utc(header.date),
            header.classification,
            json.dumps(header.tags, ensure_ascii=False),
            header.subject,
            header_json(header),
            item.hash,
            item.sample,
            len(document.paragraphs),
            repairs_json(document),
            json.dumps(document.notices, ensure_ascii=False),
            first_key,
        ),
    )
    connection.execute("INSERT INTO texts VALUES (?, ?)", (document.id, packed(document.source)))
    connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", ((tag, document.id) for tag in header.tags))
    if item.origin is not None:
        _insert_origin(connection, item.origin, document.id, item.hash)


def _insert_origin(connection: sqlite3.Connection, origin: Origin, document: str, hash: str) -> None:
    values = (origin.name, document, hash, origin.file, origin.run)
    connection.execute("INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?, ?)", values)


def _discard(connection: sqlite3.Connection, ids: Sequence[str], keep_origins_of: str = "") -> None:
    for id in ids:
        connection.execute("INSERT INTO garbage SELECT key FROM paragraphs WHERE document = ?", (id,))
        connection.execute("DELETE FROM vectors WHERE key IN (SELECT key FROM paragraphs WHERE document = ?)", (id,))
        connection.execute("DELETE FROM paragraphs WHERE document = ?", (id,))
        connection.execute("DELETE FROM tags WHERE document = ?", (id,))
        connection.execute("DELETE FROM texts WHERE document = ?", (id,))
        connection.execute("DELETE FROM documents WHERE id = ?", (id,))
        connection.execute("DELETE FROM origins WHERE document = ? AND hash <> ?", (id, keep_origins_of))


def _changed(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'generation'")


def _set_meta(connection: sqlite3.Connection, facts: dict[str, object]) -> None:
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [(name, str(value)) for name, value in facts.items()],
    )
