"""JSON Lines."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index_store.formats import SourceText, read_sources, to_document
from tests.index_store.formats.making import CABLE, one, refusals, texts, written


def test_id_and_text_make_a_document(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", '{"id": "A1", "text": "One.\\n\\nTwo."}\n\n{"id": 7, "text": "Three."}\n')
    assert [(source.document_id, source.text) for source in texts(path)] == [("A1", "One.\n\nTwo."), ("7", "Three.")]


def test_header_facts_are_honoured(tmp_path: Path) -> None:
    facts = {
        "id": "05OSLO12",
        "text": CABLE,
        "date": "2005-03-01T12:30:00+02:00",
        "origin": "Embassy Oslo",
        "subject": "HERRING",
        "tags": ["PREL", "no"],
        "classification": "SECRET//NOFORN",
        "references": "04OSLO1|04OSLO2",
    }
    header = to_document(one(written(tmp_path / "a.jsonl", json.dumps(facts)))).header
    assert header.date == datetime(2005, 3, 1, 10, 30, tzinfo=UTC)
    assert header.post == "Embassy Oslo"
    assert header.subject == "HERRING"
    assert header.tags == ("PREL", "NO")
    assert (header.classification, header.caveats) == ("SECRET", ("NOFORN",))
    assert header.references == ("04OSLO1", "04OSLO2")


def test_the_text_gives_what_the_facts_lack(tmp_path: Path) -> None:
    header = to_document(one(written(tmp_path / "a.jsonl", json.dumps({"id": "A", "text": CABLE})))).header
    assert (header.subject, header.classification) == ("HERRING TALKS RESUME", "CONFIDENTIAL")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "this line is no JSON"),
        ("[" * 100_000, "this line is no JSON"),
        ("[1, 2]", "this line is no object"),
        ('{"id": "a"}', 'this object has no "text"'),
        ('{"id": "a", "text": "  "}', 'this object has no "text"'),
        ('{"id": ["a"], "text": "Words."}', 'its "id" is not usable'),
        ('{"id": "' + "a" * 500 + '", "text": "Words."}', 'its "id" is not usable'),
    ],
)
def test_a_bad_line_is_refused_by_itself(tmp_path: Path, line: str, reason: str) -> None:
    good = '{"id": "A", "text": "Words."}'
    path = written(tmp_path / "a.jsonl", f"{good}\n{line}\n{good}\n")
    first, bad, last = read_sources([path])
    assert isinstance(first, SourceText)
    assert isinstance(last, SourceText)
    assert bad.origin == f"{path}#2"
    assert bad.reason.startswith(reason)  # type: ignore[union-attr]


def test_a_bad_first_line_does_not_hide_the_others(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", 'nonsense\n{"id": "A", "text": "Words."}\n')
    assert [type(item).__name__ for item in read_sources([path])] == ["Unreadable", "SourceText"]


def test_a_file_of_another_kind_is_refused_once(tmp_path: Path) -> None:
    (refusal,) = refusals(written(tmp_path / "a.jsonl", "plain words\n" * 1000))
    assert refusal.reason.startswith("no JSON Lines")


def test_lone_surrogates_are_shown_as_replaced(tmp_path: Path) -> None:
    assert one(written(tmp_path / "a.jsonl", '{"id": "A", "text": "a\\ud800b\\u0000c"}')).text == "a\ufffdb\ufffdc"


def test_a_date_nobody_understands_is_a_notice(tmp_path: Path) -> None:
    source = one(written(tmp_path / "a.jsonl", '{"id": "A", "text": "Words.", "date": "last spring"}'))
    assert source.notices == ("its date 'last spring' is not understood: write it as 1966-12-28T18:48",)
