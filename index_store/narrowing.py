"""Filters as conditions on the catalog's table of documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index_store.filters import Filters
from index_store.records import utc

# Where a cable prints no date, its message reference number begins with the year: it may have been sent all that year.
_YEAR = (
    "CASE WHEN d.id GLOB '[0-9][0-9][A-Z][A-Z][A-Z]*'"
    " THEN (CASE WHEN d.id >= '66' THEN '19' ELSE '20' END) || substr(d.id, 1, 2) END"
)
_SENT_LAST = f"coalesce(d.date, ({_YEAR}) || '-12-31T23:59:59+00:00')"
_SENT_FIRST = f"coalesce(d.date, ({_YEAR}) || '-01-01T00:00:00+00:00')"


def conditions(within: Filters) -> tuple[list[str], list[Any]]:
    """SQL conditions on `documents d`, to be joined with AND, and their values: all but labels and speakers."""
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
    any_of("EXISTS (SELECT 1 FROM json_each(d.header, '$.caveats') c WHERE c.value = ? COLLATE NOCASE)", within.caveats)
    any_of("EXISTS (SELECT 1 FROM tags t WHERE t.document = d.id AND t.tag = ?)", within.tags)
    if within.after is not None:
        clauses.append(f"{_SENT_LAST} >= ?")
        values.append(utc(within.after))
    if within.before is not None:
        clauses.append(f"{_SENT_FIRST} < ?")
        values.append(utc(within.before))
    return clauses, values
