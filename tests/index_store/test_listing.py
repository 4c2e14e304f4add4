"""The list of documents: filtered, sorted, a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from index_store.catalog import Catalog, Incoming
from index_store.documents import Document, Header, Paragraph, Repair
from index_store.listing import ListWanted, listed


def document(
    id: str, year: int | None = None, post: str | None = None, subject: str = "", repairs: int = 0
) -> Incoming:
    date = datetime(year, 5, 1, tzinfo=UTC) if year else None
    header = Header(post=post, date=date, classification="SECRET", tags=("PREL", "ECON"), subject=subject)
    paragraphs = (Paragraph("1", "1", 1, 0, 5, None, None, "Text."),)
    fixed = tuple(Repair(line, "15", "5", "lost pilcrow") for line in range(repairs))
    return Incoming(Document(id, "cable", header, paragraphs, "Text.", fixed, ()), hash=id)


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    catalog = Catalog(tmp_path / "catalog.sqlite")
    batch = [
        document("B1", 2005, "Embassy Paris", "Élections at 100% in Zürich", repairs=2),
        document("A2", 2003, "Embassy Oslo", "Nets and quotas"),
        document("C3", None, None, "a memo", repairs=1),
        document("D4", 2001, "Embassy Paris", "Quotas"),
    ]
    catalog.put(batch, 1, np.zeros((len(batch), 4), np.float32))
    yield catalog
    catalog.close()


def ids(catalog: Catalog, wanted: ListWanted) -> list[str]:
    return [summary.id for summary in listed(catalog.database, wanted).documents]


def test_without_wishes_all_documents_are_listed_by_id(catalog: Catalog) -> None:
    found = listed(catalog.database, ListWanted())
    assert [summary.id for summary in found.documents] == ["A2", "B1", "C3", "D4"]
    assert (found.count, found.total, found.paragraphs) == (4, 4, 4)
    assert list(found.documents) == catalog.summaries()


@pytest.mark.parametrize(
    ("words", "fit"),
    [
        ("paris", ["B1", "D4"]),
        ("PARIS quotas", ["D4"]),
        ("2003-05", ["A2"]),
        ("econ secret", ["A2", "B1", "C3", "D4"]),
        ("élections", ["B1"]),
        ("zürich", ["B1"]),
        ("ZÜRICH", ["B1"]),
        ("100%", ["B1"]),
        ("%", ["B1"]),
        ("_", []),
        ("'; DROP TABLE documents", []),
    ],
)
def test_every_word_must_stand_in_the_line(catalog: Catalog, words: str, fit: list[str]) -> None:
    assert ids(catalog, ListWanted(words)) == fit


def test_documents_without_a_date_come_last_both_ways(catalog: Catalog) -> None:
    wanted = ListWanted(order="date")
    assert ids(catalog, wanted) == ["D4", "A2", "B1", "C3"]
    assert ids(catalog, replace(wanted, descending=True)) == ["B1", "A2", "D4", "C3"]


def test_repairs_are_sorted_by_their_number(catalog: Catalog) -> None:
    assert ids(catalog, ListWanted(order="repairs", descending=True)) == ["B1", "C3", "A2", "D4"]
    assert ids(catalog, ListWanted(only_repaired=True)) == ["B1", "C3"]


def test_a_part_of_the_list_knows_how_long_the_whole_is(catalog: Catalog) -> None:
    found = listed(catalog.database, ListWanted(first=2, limit=1))
    assert [summary.id for summary in found.documents] == ["C3"]
    assert found.count == 4
    assert listed(catalog.database, ListWanted(first=9)).documents == ()
