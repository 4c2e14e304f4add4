"""TEI editions."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index_store.formats import SourceText, Unreadable
from index_store.formats.source import Input
from index_store.formats.tei import read_tei
from tests.index_store.formats.making import document, one, refusals, texts, to_document, written

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">'
HEADER = "<teiHeader><fileDesc><titleStmt><title>A volume</title></titleStmt></fileDesc></teiHeader>"


def volume(*documents: str, before: str = "") -> str:
    return f"{HEAD}{HEADER}<text><body>{before}<div type='chapter'>{''.join(documents)}</div></body></text></TEI>"


def div(content: str, name: str = "d1") -> str:
    return f"<div type='document' xml:id='{name}'>{content}</div>"


def test_each_document_division_is_a_document(tmp_path: Path) -> None:
    path = written(tmp_path / "vol.xml", volume(div("<p>One.</p>"), div("<p>Two.</p>", "d2"), before="<p>Preface.</p>"))
    assert [(source.document_id, source.text) for source in texts(path)] == [("vol-d1", "One."), ("vol-d2", "Two.")]


def test_paragraphs_are_prose_by_ordinal_without_title_date_line_and_signature(tmp_path: Path) -> None:
    content = """<head>1. Letter to the Minister</head>
      <opener><dateline><placeName>Bern</placeName>, <date when="1969-01-21">21 January 1969</date></dateline>
      <salute>Sir:</salute></opener>
      <p>The talks with <persName>Mr. <hi>Weber</hi></persName>
         began.</p><p>They ended.</p>
      <closer><signed><persName>A. Huber</persName></signed></closer>"""
    found = document(written(tmp_path / "vol.xml", volume(div(content))))
    assert found.kind == "prose"
    assert [(p.label, p.text) for p in found.paragraphs] == [
        ("1", "The talks with Mr. Weber began."),
        ("2", "They ended."),
    ]
    assert found.header.subject == "1. Letter to the Minister"
    assert found.header.date == datetime(1969, 1, 21, tzinfo=UTC)
    assert found.header.signature == "A. Huber"


def test_labelled_points_are_numbered_paragraphs(tmp_path: Path) -> None:
    content = """<list><label>1.</label><item>Open the pass.</item><label>2.</label><item><p>Close the port.</p></item>
      <label>3.</label><item>Wait.</item></list><closer><signed>A. Huber</signed></closer>"""
    found = document(written(tmp_path / "vol.xml", volume(div(content))))
    assert found.kind == "numbered"
    assert [(p.label, p.printed, p.text) for p in found.paragraphs] == [
        ("1", "1", "Open the pass."),
        ("2", "2", "Close the port."),
        ("3", "3", "Wait."),
    ]


def test_a_paragraph_above_the_points_is_not_lost(tmp_path: Path) -> None:
    points = "<list><label>1.</label><item>Open.</item><label>2.</label><item>Close.</item></list>"
    content = f"<p>They agreed on this:</p>{points}"
    found = document(written(tmp_path / "vol.xml", volume(div(content))))
    assert [(p.label, p.printed, p.ordinal, p.text) for p in found.paragraphs] == [
        ("0", None, 1, "They agreed on this:"),
        ("1", "1", 2, "Open."),
        ("2", "2", 3, "Close."),
    ]


def test_a_short_list_amid_prose_does_not_number_it(tmp_path: Path) -> None:
    points = "<list><label>1.</label><item>Open.</item><label>2.</label><item>Close.</item></list>"
    content = f"<p>One.</p><p>Two.</p>{points}<p>Three.</p>"
    found = document(written(tmp_path / "vol.xml", volume(div(content))))
    assert [p.text for p in found.paragraphs] == ["One.", "Two.", "1. Open.", "2. Close.", "Three."]


def test_a_list_inside_a_paragraph_parts_it(tmp_path: Path) -> None:
    content = "<p>Before <list><item>first</item><item>second</item></list> after.</p>"
    assert one(written(tmp_path / "vol.xml", volume(div(content)))).text == "Before\n\nfirst\n\nsecond\n\nafter."


def test_notes_are_left_out_and_what_follows_them_stays(tmp_path: Path) -> None:
    content = "<head>Title<note n='1'>Source.</note></head><p>He said<note n='2'>Not so.</note> no<lb/>more.</p>"
    assert one(written(tmp_path / "vol.xml", volume(div(content)))).text == "Title\n\nHe said no more."


def test_a_document_in_a_document_is_one_of_its_own_and_comes_after_it(tmp_path: Path) -> None:
    path = written(tmp_path / "vol.xml", volume(div(f"<p>Outer.</p>{div('<p>Inner.</p>', 'd1a')}<p>Again.</p>")))
    assert [(source.document_id, source.text) for source in texts(path)] == [
        ("vol-d1", "Outer.\n\nAgain."),
        ("vol-d1a", "Inner."),
    ]


def test_headings_inside_a_document_stand_above_its_paragraphs(tmp_path: Path) -> None:
    content = "<head>Memo</head><p>One.</p><div><head>Background</head><p>Two.</p></div>"
    found = document(written(tmp_path / "vol.xml", volume(div(content))))
    assert [(p.heading, p.text) for p in found.paragraphs] == [(None, "One."), ("Background", "Two.")]


def test_corrected_readings_are_taken_and_deleted_ones_left_out(tmp_path: Path) -> None:
    content = "<p>The <choice><sic>tlaks</sic><corr>talks</corr></choice> <del>never</del> began<gap/>.</p>"
    assert one(written(tmp_path / "vol.xml", volume(div(content)))).text == "The talks began […] ."


def test_a_division_without_text_is_reported_and_the_next_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "vol.xml", volume(div(""), div("<p>Two.</p>", "d2")))
    assert refusals(path)[0].origin.endswith("vol.xml#d1")


def test_an_edition_without_document_divisions_is_one_document(tmp_path: Path) -> None:
    content = f"{HEAD}{HEADER}<text><body><p>Dear sir.</p></body></text></TEI>"
    found = document(written(tmp_path / "letter.xml", content))
    assert (found.id, [p.text for p in found.paragraphs]) == ("letter", ["Dear sir."])


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 10
    + '">'
    + "".join(f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 10}">' for n in range(12))
    + "]><TEI><text><body><p>&n;</p></body></text></TEI>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    "<TEI><text><body><p>&x;</p></body></text></TEI>"
)
IN_ATTRIBUTE = LAUGHS.replace("<body>", "<body n='&n;'>")


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, IN_ATTRIBUTE])
def test_entities_are_never_expanded(tmp_path: Path, content: str) -> None:
    (refusal,) = refusals(written(tmp_path / "vol.xml", content))
    assert "entit" in refusal.reason or refusal.reason.startswith("no well-formed XML")


def test_an_entity_of_a_dtd_elsewhere_reads_as_in_html(tmp_path: Path) -> None:
    body = "<TEI.2><text><body><p>A &mdash; b</p></body></text></TEI.2>"
    content = f'<?xml version="1.0"?><!DOCTYPE TEI.2 SYSTEM "tei.dtd">{body}'
    assert one(written(tmp_path / "vol.xml", content)).text == "A — b"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (volume(div("<p>One.</p>"))[:-20], "no well-formed XML"),
        ("<?xml version='1.0'?><rss><item>News</item></rss>", "XML, but no TEI edition"),
        (f"{HEAD}{HEADER}</TEI>", "XML without a TEI document"),
    ],
)
def test_other_xml_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    assert refusals(written(tmp_path / "vol.xml", content))[-1].reason.startswith(reason)


def test_documents_before_damage_are_given(tmp_path: Path) -> None:
    long = "".join(div(f"<p>Number {n}.</p>" + "<p>More words.</p>" * 50, f"d{n}") for n in range(200))
    items = list(read_tei_items(volume(long)[:-60]))
    assert isinstance(items[0], SourceText)
    assert to_document(items[0]).paragraphs[0].text == "Number 0."
    assert isinstance(items[-1], Unreadable)


def test_a_large_edition_is_read_as_a_stream() -> None:
    content = volume("".join(div(f"<p>Number {n}.</p>", f"d{n}") for n in range(50_000))).encode()
    stream = io.BytesIO(content)
    next(iter(read_tei(Input("vol.xml", "vol.xml", stream))))
    assert stream.tell() < len(content) / 10


def read_tei_items(content: str) -> list[SourceText | Unreadable]:
    from index_store.formats.reading import read_input

    return list(read_input(Input("vol.xml", "vol.xml", io.BufferedReader(io.BytesIO(content.encode())))))  # type: ignore[arg-type]
