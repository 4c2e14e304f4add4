"""Word documents."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index_store.formats.word_numbers import written as number_written
from tests.index_store.formats.making import CABLE, document, one, refusals, written


def saved(path: Path, made: Any) -> Path:
    made.save(str(path))
    return path


def with_paragraphs(*texts: str) -> Any:
    made = docx.Document()
    for text in texts:
        made.add_paragraph(text)
    return made


def numbered(made: Any, text: str, list_id: int, depth: int = 0) -> None:
    paragraph = made.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')
    )


def define_list(made: Any, list_id: int, *levels: tuple[str, str]) -> None:
    """Add a list whose depths have (form, what is shown)."""
    root = made.part.numbering_part.element
    inside = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
        for depth, (form, shown) in enumerate(levels)
    )
    base = 900 + list_id
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{base}">{inside}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{list_id}"><w:abstractNumId w:val="{base}"/></w:num>'))


def test_paragraphs_are_prose_under_their_headings(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Harbour dues", 0)
    made.add_paragraph("The dues rose.")
    made.add_heading("Later", 1)
    made.add_paragraph("They fell.")
    found = document(saved(tmp_path / "a.docx", made))
    assert found.header.subject == "Harbour dues"
    assert [(p.heading, p.text) for p in found.paragraphs] == [(None, "The dues rose."), ("Later", "They fell.")]


def test_numbers_that_are_typed_are_kept(tmp_path: Path) -> None:
    found = document(saved(tmp_path / "a.docx", with_paragraphs("1. One thing.", "2. Another.", "3. A third.")))
    assert [(p.label, p.text) for p in found.paragraphs] == [("1", "One thing."), ("2", "Another."), ("3", "A third.")]


def test_numbers_that_word_counts_are_written_out(tmp_path: Path) -> None:
    made = docx.Document()
    define_list(made, 41, ("decimal", "%1."), ("lowerLetter", "(%2)"))
    numbered(made, "One thing.", 41)
    numbered(made, "Its first part.", 41, 1)
    numbered(made, "Its second part.", 41, 1)
    made.add_paragraph("Words between.")
    numbered(made, "Another.", 41)
    numbered(made, "Its part.", 41, 1)
    assert one(saved(tmp_path / "a.docx", made)).text.split("\n\n") == [
        "1. One thing.",
        "(a) Its first part.",
        "(b) Its second part.",
        "Words between.",
        "2. Another.",
        "(a) Its part.",
    ]


def test_depths_are_counted_together(tmp_path: Path) -> None:
    made = docx.Document()
    define_list(made, 42, ("decimal", "%1."), ("decimal", "%1.%2"))
    for text, depth in (("A", 0), ("B", 1), ("C", 1), ("D", 0), ("E", 1)):
        numbered(made, text, 42, depth)
    assert one(saved(tmp_path / "a.docx", made)).text.split("\n\n") == ["1. A", "1.1 B", "1.2 C", "2. D", "2.1 E"]


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (4, "lowerRoman", "iv"),
        (19, "upperRoman", "XIX"),
        (27, "lowerLetter", "aa"),
        (3, "upperLetter", "C"),
        (5, "other", "5"),
    ],
)
def test_numbers_are_written_in_words_forms(number: int, form: str, shown: str) -> None:
    assert number_written(number, form) == shown


def test_a_cable_pasted_line_by_line_is_a_cable(tmp_path: Path) -> None:
    found = document(saved(tmp_path / "05OSLO12.docx", with_paragraphs(*CABLE.splitlines())))
    assert (found.id, found.kind, found.header.subject) == ("05OSLO12", "cable", "HERRING TALKS RESUME")
    assert len(found.paragraphs) == 2


def test_a_cable_whose_numbers_word_counts_keeps_them(tmp_path: Path) -> None:
    made = with_paragraphs(*CABLE.split("¶1.")[0].splitlines())
    define_list(made, 43, ("decimal", "%1."))
    numbered(made, "(C) The talks resumed.", 43)
    numbered(made, "(C) No quota was agreed.", 43)
    found = document(saved(tmp_path / "05OSLO12.docx", made))
    assert [(p.label, p.text) for p in found.paragraphs] == [
        ("1", "The talks resumed."),
        ("2", "No quota was agreed."),
    ]


def test_tables_stand_where_they_stand_a_row_a_block(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Before.")
    table = made.add_table(rows=2, cols=2)
    for place, text in enumerate(("1.", "First thing.", "2.", "Second thing.")):
        table.cell(place // 2, place % 2).text = text
    made.add_paragraph("After.")
    assert one(saved(tmp_path / "a.docx", made)).text.split("\n\n") == [
        "Before.",
        "1. First thing.",
        "2. Second thing.",
        "After.",
    ]


def test_insertions_are_kept_and_deletions_left_out(tmp_path: Path) -> None:
    made = with_paragraphs("The dues ")
    body = made.paragraphs[0]._p
    body.append(parse_xml(f'<w:del {nsdecls("w")} w:id="1"><w:r><w:delText>fell.</w:delText></w:r></w:del>'))
    body.append(parse_xml(f'<w:ins {nsdecls("w")} w:id="2"><w:r><w:t>rose.</w:t></w:r></w:ins>'))
    assert one(saved(tmp_path / "a.docx", made)).text == "The dues rose."


def test_a_document_without_text_is_refused(tmp_path: Path) -> None:
    assert refusals(saved(tmp_path / "a.docx", docx.Document()))[0].reason.startswith("a Word document without text")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Only words.", "no Word document"),
        (b"PK\x03\x04 broken", "no Word document"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted or of Word's old format"),
    ],
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    assert refusals(written(tmp_path / "a.docx", data))[0].reason.startswith(reason)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(6):
            package.writestr(f"word/{number}.xml", bytes(100 * 2**20))
    assert refusals(written(tmp_path / "a.docx", out.getvalue()))[0].reason.startswith("unpacks to far more")
