"""Filters as conditions on the catalog's table of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index_store.filters import Filters
from index_store.records import utc


def conditions(within: Filters) -> tuple[list[str], list[Any]]:
    """SQL conditions on `documents d`, to be joined with AND, and their values; labels are not among them."""
    clauses: list[str] = []
    values: list[Any] = []

    def any_of(condition: str, wanted: Sequence[Any], values_each: int = 1) -> None:
        if wanted:
            clauses.append("(" + " OR ".join([condition] * len(wanted)) + ")")
            for value in wanted:
                values.extend([value] * values_each)

    any_of("d.id = ?", within.documents)
    # A place stands at the end of a post's name: 'Embassy Paris'.
    any_of("d.post = ? COLLATE NOCASE OR substr(d.post, -length(?) - 1) = ' ' || ? COLLATE NOCASE", within.posts, 3)
    any_of("d.classification = ? COLLATE NOCASE", within.classifications)
    any_of("EXISTS (SELECT 1 FROM tags t WHERE t.document = d.id AND t.tag = ?)", within.tags)
    if within.after is not None:
        clauses.append("d.date >= ?")
        values.append(utc(within.after))
    if within.before is not None:
        clauses.append("d.date < ?")
        values.append(utc(within.before))
    return clauses, values
