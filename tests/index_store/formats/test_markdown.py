"""Markdown."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.index_store.formats.making import document, one, written


def test_the_text_stays_as_it_stands(tmp_path: Path) -> None:
    content = "# Harbour dues\n\nThe dues *rose*.\n\n## Later\n\nThey [fell](#).\n"
    assert one(written(tmp_path / "a.md", content)).text == content


def test_headings_are_no_paragraphs_and_stand_above_them(tmp_path: Path) -> None:
    found = document(written(tmp_path / "a.md", "# Harbour dues\n\nThe dues rose.\n\n## Later\n\nThey fell again.\n"))
    assert found.header.subject == "Harbour dues"
    assert [(p.label, p.heading, p.text) for p in found.paragraphs] == [
        ("1", None, "The dues rose."),
        ("2", "Later", "They fell again."),
    ]


def test_front_matter_gives_facts_and_moves_no_span(tmp_path: Path) -> None:
    content = "---\ntitle: Dues\ndate: 1966-12-28\ntags: [PREL, NO]\n---\nThe dues rose.\n"
    found = document(written(tmp_path / "a.md", content))
    (paragraph,) = found.paragraphs
    assert content[paragraph.start : paragraph.end] == "The dues rose."
    assert found.header.subject == "Dues"
    assert found.header.date == datetime(1966, 12, 28, tzinfo=UTC)
    assert found.header.tags == ("PREL", "NO")


def test_a_rule_at_the_top_is_no_front_matter(tmp_path: Path) -> None:
    content = "---\n\nThe dues rose.\n\n---\n"
    assert one(written(tmp_path / "a.md", content)).text == content


def test_numbered_markdown_keeps_its_numbers(tmp_path: Path) -> None:
    found = document(written(tmp_path / "a.md", "# Report\n\n1. The dues rose.\n\n2. They fell.\n\n3. They rose.\n"))
    assert [(p.label, p.text) for p in found.paragraphs] == [
        ("1", "The dues rose."),
        ("2", "They fell."),
        ("3", "They rose."),
    ]
