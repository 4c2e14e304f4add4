"""The list of documents, a page of it at a time: filtered, sorted and counted by the catalog.

A library may hold hundreds of thousands; nobody who looks at a hundred should wait for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from index_store.catalog import SUMMARY_COLUMNS, DocumentSummary, summary_of
from index_store.database import Database

Order = Literal["id", "date", "post", "classification", "subject", "paragraphs", "repairs"]

_LINE = " || ' ' || ".join(
    f"coalesce({column}, '')" for column in ("id", "date", "post", "classification", "subject", "tags")
)
_SORTED_BY: dict[Order, str] = {
    "id": "id",
    "date": "date",
    "post": "post COLLATE NOCASE",
    "classification": "classification",
    "subject": "subject COLLATE NOCASE",
    "paragraphs": "paragraphs",
    "repairs": "coalesce(json_array_length(repairs), 0)",
}


@dataclass(frozen=True, slots=True)
class ListWanted:
    """Which documents, in which order, and which of them."""

    words: str = ""
    """Each must stand somewhere in the line: id, date, post, classification, subject, TAGS; whatever its case."""
    only_repaired: bool = False
    order: Order = "id"
    descending: bool = False
    first: int = 0
    """The first to give, counted from 0."""
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of the list, and how long the whole is."""

    documents: tuple[DocumentSummary, ...]
    count: int
    """All documents that are wanted."""
    paragraphs: int
    """Of these documents."""
    total: int
    """All documents of the library."""


def listed(database: Database, wanted: ListWanted) -> Listed:
    """A part of the list. Documents without what the list is sorted by come last."""
    where, values = _conditions(wanted)
    key = _SORTED_BY[wanted.order]
    order = f"{key} {'DESC' if wanted.descending else 'ASC'}"
    order = order if wanted.order == "id" else f"{key} IS NULL, {order}, id"
    part = slice(wanted.first, wanted.first + wanted.limit)
    with database.snapshot() as connection:
        total = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        if wanted.words.strip():
            # The words are looked for in every line: once, not again to count.
            query = f"SELECT id, paragraphs FROM documents WHERE {where} ORDER BY {order}"
            fit = connection.execute(query, values).fetchall()
            count, paragraphs, ids = len(fit), sum(each for _, each in fit), [id for id, _ in fit[part]]
        else:
            query = f"SELECT count(*), coalesce(sum(paragraphs), 0) FROM documents WHERE {where}"
            count, paragraphs = connection.execute(query, values).fetchone()
            query = f"SELECT id FROM documents WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
            ids = [id for (id,) in connection.execute(query, (*values, wanted.limit, wanted.first))]
        query = f"SELECT {SUMMARY_COLUMNS} FROM documents WHERE id IN ({','.join('?' * len(ids))})"
        by_id = {summary.id: summary for summary in map(summary_of, connection.execute(query, ids))}
    return Listed(tuple(by_id[id] for id in ids), count, paragraphs, total)


def _conditions(wanted: ListWanted) -> tuple[str, list[Any]]:
    clauses, values = ["1"], []
    for word in wanted.words.split():
        # SQLite compares a to A, but é not to É.
        forms = list(dict.fromkeys((word, word.lower(), word.upper(), word.title())))
        forms = forms[:1] if word.isascii() else forms
        clauses.append("(" + " OR ".join([rf"{_LINE} LIKE ? ESCAPE '\'"] * len(forms)) + ")")
        values += [f"%{_literal(form)}%" for form in forms]
    if wanted.only_repaired:
        clauses.append("repairs IS NOT NULL")
    return " AND ".join(clauses), values


def _literal(word: str) -> str:
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
