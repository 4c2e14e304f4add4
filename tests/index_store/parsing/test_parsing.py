from __future__ import annotations

import json

import pytest

from index_store.parsing import document_json, looks_like_a_cable, parse
from tests.index_store.cables import HEAD, LABELS, cable

BODY = "¶1. (C) The talks resumed.\n\n12. (C) They ended.\n\nBURNS"


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("08MOSCOW436", None, "08MOSCOW436"),
        ("08MOSCOW436", "mine", "mine"),
        ("scan", None, "06ASHGABAT42"),
        ("", None, "06ASHGABAT42"),
    ],
)
def test_the_document_id_is_given_or_named_or_worked_out(name: str, given: str | None, expected: str) -> None:
    assert parse(cable(BODY), name, document_id=given).id == expected


def test_a_text_without_message_number_takes_the_name() -> None:
    assert parse("Prose.\n\nMore.", "letter").id == "letter"
    assert parse("Prose.").id


def test_the_json_form_is_what_scripts_rely_on() -> None:
    found = document_json(parse(cable(BODY)))
    assert json.loads(json.dumps(found)) == found
    assert found["document"] == "06ASHGABAT42"
    assert found["header"] == {
        "post": "Embassy Ashgabat",
        "date": "2006-08-31T06:39:00+00:00",
        "classification": "CONFIDENTIAL",
        "caveats": [],
        "tags": ["PREL", "EPET", "TX"],
        "subject": "PIPELINE TALKS RESUME",
        "references": [],
        "classified_by": "DCM Anna Haas",
        "signature": "BURNS",
        "mrn": "06ASHGABAT42",
    }
    start = cable(BODY).index("12. (C)")
    assert found["paragraphs"][1] == {
        "label": "2",
        "printed": "12",
        "ordinal": 2,
        "start": start,
        "end": start + len("12. (C) They ended."),
        "heading": None,
        "portion_mark": "C",
        "text": "They ended.",
    }
    assert found["repairs"] == [
        {"line": cable(BODY)[:start].count("\n") + 1, "printed": "12.", "label": "2", "why": "lost pilcrow read as 1"}
    ]


def test_a_cable_is_recognised_with_any_part_of_its_header_missing() -> None:
    for text in (cable(BODY), cable(BODY, head=""), cable(BODY, labels=""), f"{HEAD}\n{LABELS}"):
        assert looks_like_a_cable(text)


@pytest.mark.parametrize(
    "text", ["", "[1] The court.\n\n[2] Agreed.", "Dear reader,\n\nsubject to change.\n\nTags follow."]
)
def test_other_texts_are_no_cables(text: str) -> None:
    assert not looks_like_a_cable(text)


@pytest.mark.parametrize("line_break", ["\r\n", "\r"])
def test_line_breaks_of_any_kind_are_read(line_break: str) -> None:
    text = cable(BODY).replace("\n", line_break)
    document = parse(text)
    assert [p.text for p in document.paragraphs] == ["The talks resumed.", "They ended."]
    assert text[document.paragraphs[1].start :].startswith("12. (C)")
    assert document.header.subject == "PIPELINE TALKS RESUME"
