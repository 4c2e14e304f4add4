"""What the other indexes ask of the catalog: paragraphs by their keys.

A key is a number that stands for one paragraph in one version of its document. Keys rise, and none is ever used
again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index_store.database import Database
from index_store.documents import ParagraphRef
from index_store.filters import Filters
from index_store.narrowing import conditions

Vectors = NDArray[np.float32]
_MANY = 500  # values in one IN (...): SQLite's old limit for parameters is 999


class Keys:
    """Paragraphs of one library, by key."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def all(self) -> set[int]:
        """The keys of all paragraphs."""
        return {key for (key,) in self.database.rows("SELECT key FROM paragraphs")}

    def live(self, keys: Sequence[int]) -> dict[int, ParagraphRef]:
        """Which of `keys` are in the library, and the paragraphs they stand for."""
        found: dict[int, ParagraphRef] = {}
        with self.database.snapshot() as connection:
            for some in _chunks(keys):
                rows = connection.execute(
                    f"SELECT key, document, label FROM paragraphs WHERE key IN ({_marks(some)})", some
                )
                found.update((key, ParagraphRef(document, label)) for key, document, label in rows)
        return found

    def within(self, within: Filters, limit: int = 2**62, among: Sequence[int] | None = None) -> list[int] | None:
        """The keys of the paragraphs that `within` leaves, of `among` alone if given; None: more than `limit`."""
        clauses, values = conditions(within)
        if within.labels:
            clauses.append(f"p.label IN ({_marks(within.labels)})")
            values += within.labels
        if among is not None:
            clauses.append("p.key IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(among)))
        where = " AND ".join(clauses) or "1"
        rows = self.database.rows(
            f"SELECT p.key FROM documents d JOIN paragraphs p ON p.document = d.id WHERE {where} LIMIT ?",
            *values,
            limit + 1,
        )
        return [row[0] for row in rows] if len(rows) <= limit else None

    def vectors(self, keys: Sequence[int]) -> tuple[list[int], Vectors]:
        """The vectors of those of `keys` that are in the library: keys, and an array (keys, numbers)."""
        rows: list[tuple[int, bytes]] = []
        with self.database.snapshot() as connection:
            for some in _chunks(keys):
                rows += connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({_marks(some)})", some)
        return _stacked(rows)

    def vectors_after(self, key: int, upto: int | None = None, limit: int = -1) -> tuple[list[int], Vectors]:
        """Keys and vectors in the order of keys: those above `key`, and not above `upto`."""
        return _stacked(
            self.database.rows(
                "SELECT key, vector FROM vectors WHERE key > ? AND key <= ? ORDER BY key LIMIT ?",
                key,
                2**62 if upto is None else upto,
                limit,
            )
        )

    def indexable(self, after: int, limit: int) -> list[tuple[int, str, str | None, str | None, str]]:
        """Key, document, subject, heading and text of `limit` paragraphs in the order of keys: the keyword index."""
        return self.database.rows(
            "SELECT p.key, p.document, d.subject, p.heading, p.text FROM paragraphs p JOIN documents d "
            "ON d.id = p.document WHERE p.key > ? ORDER BY p.key LIMIT ?",
            after,
            limit,
        )

    def chroma_metadata(self, keys: Sequence[int]) -> dict[int, dict[str, str | int]]:
        """What Chroma is told of paragraphs beside their vectors: for looking into it, not for searching."""
        names = ("document", "label", "ordinal", "post", "date", "classification")
        rows = self.database.rows(
            "SELECT p.key, p.document, p.label, p.ordinal, d.post, d.date, d.classification FROM paragraphs p "
            "JOIN documents d ON d.id = p.document WHERE p.key BETWEEN ? AND ?",
            min(keys),
            max(keys),
        )
        return {
            key: {name: value for name, value in zip(names, values, strict=True) if value is not None}
            for key, *values in rows
        }

    def garbage(self) -> list[int]:
        """Keys that may still be in the other indexes."""
        return [key for (key,) in self.database.rows("SELECT key FROM garbage ORDER BY key")]

    def collected(self, keys: Sequence[int]) -> None:
        """Note that these keys are in no other index any more."""
        with self.database.transaction() as connection:
            connection.executemany("DELETE FROM garbage WHERE key = ?", ((key,) for key in keys))


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), _MANY):
        yield keys[start : start + _MANY]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _stacked(rows: Sequence[tuple[int, bytes]]) -> tuple[list[int], Vectors]:
    keys = [key for key, _ in rows]
    halves = np.frombuffer(b"".join(vector for _, vector in rows), dtype=np.float16)
    return keys, halves.astype(np.float32).reshape(len(keys), -1) if keys else np.zeros((0, 0), np.float32)
