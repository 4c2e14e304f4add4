"""The sample library reads as it was written: every cable marked, every label where it should be."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from index_store.documents import Document
from index_store.parsing import parse

RETELLING = "08SAMPLEMOSCOW436"
LABELS = {
    "01SAMPLEMANILA1462": "1 2 3 4 5 6 7 8",
    "02SAMPLEHAMBURG118": "1 2 3 4 5 6 7",  # the portion mark stands before the number
    "03SAMPLEADDISABABA2218": "1 2 3 4 5 6 7",  # 'see paragraph ¶4.' wrapped in the last one
    "05SAMPLELAPAZ1290": "1 2 3 4 5 7 8",  # 6 is left out
    "05SAMPLEREYKJAVIK318": "1 2 3 4 5 6 7",
    "06SAMPLEADANA212": "1 2 3 4 5 6 7 8",
    "06SAMPLELAPAZ402": "1 2 3 4 5 6 7",  # 4 and 5 without a sign
    "07SAMPLECHISINAU903": "1 2 3 4 5 6 7",
    "07SAMPLEMINSK288": "1 2 3 4 5 6",
    RETELLING: "1 2 3 4 5 6",  # the last two are printed 15 and 16
    "08SAMPLEUNROME51": "1 2 3 4 5 6 7",  # 5 is printed 8
    "09SAMPLEBUCHAREST77": "1 2 3 4 5 6 7 8",
    "09SAMPLEDAMASCUS641": "1 2 3 4 5 6 7",  # a reference with a sign
    "10SAMPLEULAANBAATAR29": "1 2 3 4 5 6 7 8",  # 6 is printed twice, the second time with a Q
    "76SAMPLEREYKJAVIK1893": "1 2 3 4 5 6",  # a wrapped year with a sign
    "78SAMPLEANKARA5121": "1 2 3 4 5 6 7",
    "84SAMPLENAIROBI9020": "1 2 3 4 5 6",
    "96SAMPLEOSLO2240": "1 2 3 4 5 6 6#2",  # 6 is used twice
    "97SAMPLEDURBAN366": "1 2 3 4 5 6 1#2 2#2 3#2",  # no transmission lines; an annex counts anew
    "98SAMPLEMANILA7715": "1 2 3 4 5 6 7 8",
    "99SAMPLEANKARA3307": "1 2 3 4 5 6 7 8 9",  # three sections; a wrapped year with a sign
}
SOURCES = {
    entry.name.removesuffix(".txt"): entry.read_text(encoding="utf-8")
    for entry in resources.files("index_store").joinpath("samples").iterdir()
    if entry.name.endswith(".txt")
}


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {name: parse(source, name) for name, source in sorted(SOURCES.items())}


def test_the_table_names_every_cable() -> None:
    assert set(SOURCES) == set(LABELS)


def test_there_are_enough_cables_and_paragraphs(documents: dict[str, Document]) -> None:
    assert len(documents) >= 12
    assert sum(len(document.paragraphs) for document in documents.values()) >= 110


def test_a_file_stem_is_the_document_id(documents: dict[str, Document]) -> None:
    assert [document.id for document in documents.values()] == list(documents)


@pytest.mark.parametrize("name", sorted(LABELS))
def test_the_paragraphs_have_the_labels_intended(name: str, documents: dict[str, Document]) -> None:
    assert [paragraph.label for paragraph in documents[name].paragraphs] == LABELS[name].split()


@pytest.mark.parametrize("name", sorted(LABELS))
def test_a_sample_says_what_it_is_before_its_first_paragraph_and_in_its_subject(
    name: str, documents: dict[str, Document]
) -> None:
    document = documents[name]
    above = document.source[: document.paragraphs[0].start]
    if name == RETELLING:
        assert "A retelling for demonstration" in above
        assert document.title.endswith("(A RETELLING)")
    else:
        assert "Invented for demonstration" in above
        assert document.title.endswith("(INVENTED)")


@pytest.mark.parametrize("name", sorted(LABELS))
def test_the_header_says_what_the_id_says(name: str, documents: dict[str, Document]) -> None:
    header = documents[name].header
    year = re.match(r"\d\d", name)
    assert year is not None
    if name != "97SAMPLEDURBAN366":  # without transmission lines nothing tells the date
        assert header.date is not None
        assert f"{header.date:%y}" == year[0]
    assert header.post is not None
    place = header.post.upper().replace(" ", "")
    for rank in ("EMBASSY", "CONSULATE", "MISSION"):
        place = place.removeprefix(rank)
    assert place in name
    assert len(header.tags) >= 3
    assert header.classification is not None


def test_no_paragraph_stands_twice(documents: dict[str, Document]) -> None:
    texts = [paragraph.text for document in documents.values() for paragraph in document.paragraphs]
    assert len(set(texts)) == len(texts)


def test_page_heads_and_signatures_belong_to_no_paragraph(documents: dict[str, Document]) -> None:
    for document in documents.values():
        for paragraph in document.paragraphs:
            assert " OF 00" not in paragraph.text
            assert not re.search(r"\n[A-Z]{4,}$", paragraph.text)


def test_the_retelling_keeps_the_printed_numbers_of_its_model(documents: dict[str, Document]) -> None:
    assert [paragraph.printed for paragraph in documents[RETELLING].paragraphs] == ["1", "2", "3", "4", "15", "16"]
