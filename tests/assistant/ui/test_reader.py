"""The document as the reader shows it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from assistant.ui.reader import document_html, repair_in_words
from index_store.documents import Document, Header, Paragraph, Repair

PARAGRAPHS = (
    Paragraph("1", "1", 1, 0, 10, "Summary", "C", "First things. <b>Bold</b> claims."),
    Paragraph("2", "12", 2, 10, 20, "Details", None, "One block.\n\nAnother block of it."),
)
DOCUMENT = Document(
    "09OSLO1",
    "cable",
    Header(post="Embassy Oslo", date=datetime(2009, 3, 1, 12, 0, tzinfo=UTC), subject="<i>NETS</i>", tags=("PREL",)),
    PARAGRAPHS,
    "",
    (Repair(7, "12.", "2", "lost pilcrow read as 1"),),
)


def text_of(markup: str) -> str:
    return re.sub(r"<[^>]*>", "", markup)


def test_one_paragraph_is_lit_and_its_quote_marked() -> None:
    shown = document_html(DOCUMENT, "2", "block. Another block")
    assert shown.count('class="paragraph lit"') == 1
    assert re.findall(r"<mark>(.*?)</mark>", shown) == ["block.", "Another block"]


def test_nothing_is_lit_without_a_label() -> None:
    assert "paragraph lit" not in document_html(DOCUMENT)


def test_a_documents_own_markup_is_text() -> None:
    shown = document_html(DOCUMENT, "1", "Bold")
    assert "<b>" not in shown
    assert "<i>" not in shown


def test_headings_stand_where_they_change() -> None:
    shown = document_html(DOCUMENT)
    assert re.findall(r"<h3>(.*?)</h3>", shown) == ["Summary", "Details"]


def test_the_card_leaves_out_what_the_header_lacks() -> None:
    shown = document_html(DOCUMENT)
    assert "Embassy Oslo" in shown
    assert "References" not in shown


def test_opening_the_same_paragraph_again_is_a_change() -> None:
    assert document_html(DOCUMENT, "1") != document_html(DOCUMENT, "1")


def test_a_repair_is_told_in_plain_words() -> None:
    assert repair_in_words(DOCUMENT.repairs[0]) == "printed 12, read as 2 (lost pilcrow read as 1)"
    folded = Repair(9, "1994", None, "a wrapped year")
    assert repair_in_words(folded) == "printed 1994: starts no paragraph (a wrapped year)"
