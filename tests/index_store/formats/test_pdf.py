"""PDF files."""

from __future__ import annotations

from pathlib import Path

from tests.index_store.formats.making import document, one, pdf, refusals, written


def lines(*texts: str, top: float = 700, pitch: float = 14, size: float = 11) -> list[tuple[str, float, float]]:
    """Texts one below the other; an empty one leaves a gap."""
    return [(text, top - place * pitch, size) for place, text in enumerate(texts) if text]


def test_gaps_part_paragraphs_and_lines_do_not(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", pdf(lines("The talks began", "on Monday.", "", "They ended", "on Friday.")))
    found = document(path)
    assert [p.text for p in found.paragraphs] == ["The talks began on Monday.", "They ended on Friday."]


def test_numbered_paragraphs_are_found(tmp_path: Path) -> None:
    shown = lines("1. The court sat", "in March.", "2. It heard A.", "3. It rose.", "4. It sat again.")
    found = document(written(tmp_path / "a.pdf", pdf(shown)))
    assert [(p.label, p.text) for p in found.paragraphs][:2] == [("1", "The court sat in March."), ("2", "It heard A.")]


def test_a_paragraph_goes_on_over_the_end_of_a_page(tmp_path: Path) -> None:
    first, second = lines("The talks began and", "went on"), lines("until Friday.", "", "They ended.")
    path = written(tmp_path / "a.pdf", pdf(first, second))
    assert one(path).text == "The talks began and\nwent on\nuntil Friday.\n\nThey ended."


def test_running_titles_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        [("Report on dues", 760, 9), *lines(f"Words that stand on page {'abc'[n]} alone."), (f"- {n + 1} -", 40, 9)]
        for n in range(3)
    ]
    text = one(written(tmp_path / "a.pdf", pdf(*pages))).text
    assert "Report" not in text
    assert "- 2 -" not in text
    assert [text.count(f"page {name} alone") for name in "abc"] == [1, 1, 1]


def test_large_type_is_a_heading(tmp_path: Path) -> None:
    shown = [("Harbour dues", 740, 18.0), *lines("The dues rose.", "They rose much.", "", "They fell.")]
    found = document(written(tmp_path / "a.pdf", pdf(shown)))
    assert [(p.heading, p.text) for p in found.paragraphs] == [
        ("Harbour dues", "The dues rose. They rose much."),
        ("Harbour dues", "They fell."),
    ]


def test_a_scanned_file_is_refused(tmp_path: Path) -> None:
    (refusal,) = refusals(written(tmp_path / "scan.pdf", pdf([], [])))
    assert refusal.reason == "scanned pages without a text layer: run text recognition (OCR) on it first"


def test_a_page_without_text_among_others_is_a_notice(tmp_path: Path) -> None:
    source = one(written(tmp_path / "a.pdf", pdf(lines("Words."), [], lines("More words."))))
    assert source.notices == ("no text on page 2 of 3: blank or scanned",)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    whole = pdf(lines("Words."))
    for name, data in (("cut.pdf", whole[:200]), ("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 20)):
        (refusal,) = refusals(written(tmp_path / name, data))
        assert "\n" not in refusal.reason


def test_a_pdf_is_known_by_its_beginning(tmp_path: Path) -> None:
    assert one(written(tmp_path / "report", pdf(lines("Words.")))).format == "PDF"


def test_text_that_calls_itself_a_pdf_is_refused(tmp_path: Path) -> None:
    assert refusals(written(tmp_path / "a.pdf", "Only words."))[0].format == "PDF"
