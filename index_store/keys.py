"""What the other indexes ask of the catalog: paragraphs by their keys.

A key is a number that stands for one paragraph in one version of its document. Keys rise, and none is ever used
again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index_store.database import Database
from index_store.documents import ParagraphRef
from index_store.filters import Filters, surname
from index_store.narrowing import conditions

Vectors = NDArray[np.float32]
_LOT = 10_000
_NAMED = "has_word(coalesce(p.heading, '') || ' ' || p.text, ?)"
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

    def among(self, within: Filters, keys: Sequence[int]) -> set[int]:
        """Those of `keys` that `within` leaves."""
        where, values = _condition(within)
        query = (
            "SELECT p.key FROM paragraphs p JOIN documents d ON d.id = p.document "
            f"WHERE p.key IN (SELECT value FROM json_each(?)) AND {where}"
        )
        return {key for (key,) in self.database.rows(query, json.dumps(list(keys)), *values)}

    def count_within(self, within: Filters) -> int:
        """How many paragraphs `within` leaves; labels and speakers are not looked at."""
        clauses, values = conditions(within)
        where = " AND ".join(clauses) or "1"
        row = self.database.row(f"SELECT coalesce(sum(paragraphs), 0) FROM documents d WHERE {where}", *values)
        return int(row[0])

    def vectors_within(self, within: Filters) -> Iterator[tuple[list[int], Vectors]]:
        """Keys and vectors of the paragraphs that `within` leaves, some thousands at a time; speakers not looked at."""
        clauses, values = conditions(within)
        where = " AND ".join(clauses) or "1"
        labels = ""
        if within.labels:
            labels = f"JOIN paragraphs p ON p.key = v.key AND p.label IN ({_marks(within.labels)}) "
            values = [*within.labels, *values]
        # CROSS fixes the order of the join: documents first, then the run of keys of each.
        query = (
            "SELECT v.key, v.vector FROM documents d CROSS JOIN vectors v "
            f"ON v.key BETWEEN d.first_key AND d.first_key + d.paragraphs - 1 {labels}WHERE {where}"
        )
        with self.database.snapshot() as connection:
            found = connection.execute(query, values)
            while rows := found.fetchmany(_LOT):
                yield _stacked(rows)

    def vectors_of(self, keys: Sequence[int]) -> Iterator[tuple[list[int], Vectors]]:
        """Keys and vectors of these paragraphs, some thousands at a time."""
        for start in range(0, len(keys), _LOT):
            some = json.dumps(list(keys[start : start + _LOT]))
            yield _stacked(
                self.database.rows(
                    "SELECT key, vector FROM vectors WHERE key IN (SELECT value FROM json_each(?))", some
                )
            )

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


def _condition(within: Filters) -> tuple[str, list[Any]]:
    clauses, values = conditions(within)
    if within.labels:
        clauses.append(f"p.label IN ({_marks(within.labels)})")
        values += within.labels
    if within.speakers:
        clauses.append("(" + " OR ".join([_NAMED] * len(within.speakers)) + ")")
        values += map(surname, within.speakers)
    return " AND ".join(clauses) or "1", values


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), _MANY):
        yield keys[start : start + _MANY]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _stacked(rows: Sequence[tuple[int, bytes]]) -> tuple[list[int], Vectors]:
    keys = [key for key, _ in rows]
    halves = np.frombuffer(b"".join(vector for _, vector in rows), dtype=np.float16)
    return keys, halves.astype(np.float32).reshape(len(keys), -1) if keys else np.zeros((0, 0), np.float32)
