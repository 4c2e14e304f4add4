"""What holds of every text: nothing raises, spans are in order, and what is written out is read back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index_store.documents import Document
from index_store.parsing import KINDS, document_json, parse
from index_store.parsing.lines import split_lines
from index_store.parsing.numbering import BEAM, align
from index_store.parsing.signs import find_signs
from tests.index_store.cables import HEAD, LABELS, cable

VOCABULARY = (
    "Ministers talks border river treaty council Orlov Keller agreed that the a of new old north budget 1994 12 U.S. "
    "(C) law, harbor said U.S.-EU J. 'quoted' 3.5 percent"
)
WORDS = st.sampled_from(VOCABULARY.split())
SENTENCES = st.lists(WORDS, min_size=1, max_size=25).map(lambda words: "The " + " ".join(words) + " ended.")
TEXTS = st.lists(SENTENCES, min_size=1, max_size=4).map("\n\n".join)
MARKS = st.sampled_from(["C", "S", "U", "SBU", "S/NF", "C/NF", "S//NF", "SBU/NF"])

CABLE_SIGNS = (
    "¶{n}. ({m}) |¶{n}.    ({m}) |{n}. ({m}) |{n}.({m}) |{n}, ({m}) |{n} ({m}) |{n}.. ({m}) |({n}. ({m}) |({n}) ({m}) |"
    "({m}) {n}. |¶{n}. |Q{n}. ({m}) "
)
CABLE_STYLES = CABLE_SIGNS.split("|")
NUMBERED_STYLES = ["[{n}] ", "{n}. ", "({n}) ", "§ {n} ", "Article {n}\n\n", "## {n}. "]
HEADINGS = [None, "Trade and Aid", "TRADE AND AID", "Trade and Aid\n-------------", "-----\nTRADE\n-----"]
PIECES = (
    "¶|1.|15.|(C)|(S/NF)|Q4.|\n|\n\n| |-|----|SUBJECT:|TAGS:|REF: A. |SIPDIS|¶1994.|Classified By:|"
    "E.O. 12958: DECL:|BURNS|"
    "MOSCOW 00009533  002 OF 005|C O N F I D E N T I A L|VZCZCXRO9862|P 310639Z AUG 06|FM AMEMBASSY MOSCOW|Article 5|"
    "§ 12|[12]|text.|July|[PREL](#)|(|)|\r|\x0c"
)
SCRAPS = st.sampled_from(PIECES.split("|"))


def check_spans(document: Document, source: str) -> None:
    """Spans are within bounds, in order and disjoint; each paragraph's words are its pieces' words."""
    position = 0
    for ordinal, paragraph in enumerate(document.paragraphs, 1):
        assert position <= paragraph.start < paragraph.end <= len(source)
        assert paragraph.ordinal == ordinal
        for start, end in paragraph.pieces:
            assert max(position, paragraph.start) <= start < end <= paragraph.end
            position = end
        pieces = "".join(source[start:end] for start, end in paragraph.pieces)
        assert "".join(paragraph.text.split()) == "".join(pieces.split())
        position = paragraph.end
    labels = [paragraph.label for paragraph in document.paragraphs]
    assert len(set(labels)) == len(labels)


@given(st.text(max_size=2000), st.sampled_from([None, *KINDS]))
def test_arbitrary_text_never_raises(text: str, kind: str | None) -> None:
    document = parse(text, kind=kind)
    check_spans(document, text)
    document_json(document)


@given(st.lists(SCRAPS | st.text(max_size=5), max_size=120).map("".join), st.sampled_from([None, *KINDS]))
@settings(max_examples=80, deadline=None)
def test_scraps_of_cables_never_raise(text: str, kind: str | None) -> None:
    check_spans(parse(text, kind=kind), text)
    check_spans(parse(cable(text), kind=kind), cable(text))


@given(st.lists(TEXTS, min_size=1, max_size=12), MARKS, st.sampled_from(CABLE_STYLES), st.data())
@settings(max_examples=60, deadline=None)
def test_a_cable_written_out_in_any_style_gives_the_same_paragraphs_back(
    texts: list[str], mark: str, style: str, data: st.DataObject
) -> None:
    headings = [data.draw(st.sampled_from(HEADINGS)) for _ in texts]
    blocks, expected = [], []
    for number, (text, heading) in enumerate(zip(texts, headings, strict=True), 1):
        if heading:
            blocks.append(heading)
        blocks.append(style.format(n=number, m=mark) + text)
        expected.append((str(number), str(number), text))
    document = parse(cable("\n\n".join(blocks) + "\n\nBURNS"), kind="cable")
    assert [(p.label, p.printed, p.text) for p in document.paragraphs] == expected
    assert not any(repair.label for repair in document.repairs)
    for paragraph, heading in zip(document.paragraphs, headings, strict=True):
        assert heading is None or paragraph.heading == heading.strip("-\n")
        assert document.source[paragraph.start :].startswith(style.format(n=paragraph.label, m=mark).strip())
    check_spans(document, document.source)


@given(st.lists(TEXTS, min_size=1, max_size=12), st.sampled_from(NUMBERED_STYLES))
@settings(max_examples=40, deadline=None)
def test_a_numbered_document_written_out_in_any_style_gives_the_same_paragraphs_back(
    texts: list[str], style: str
) -> None:
    source = "\n\n".join(style.format(n=number) + text for number, text in enumerate(texts, 1))
    document = parse(source, kind="numbered")
    assert [(p.label, p.text) for p in document.paragraphs] == [(str(n), text) for n, text in enumerate(texts, 1)]
    check_spans(document, source)


@given(st.lists(SENTENCES, min_size=1, max_size=12))
def test_prose_written_out_gives_the_same_paragraphs_back(texts: list[str]) -> None:
    document = parse("\n\n".join(texts), kind="prose")
    assert [(p.label, p.text) for p in document.paragraphs] == [(str(n), text) for n, text in enumerate(texts, 1)]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=25))
def test_every_well_printed_paragraph_is_kept_whatever_its_number(numbers: list[int]) -> None:
    body = "\n\n".join(f"¶{number}. (C) Talk {place} ended." for place, number in enumerate(numbers))
    document = parse(cable(body))
    assert [paragraph.text for paragraph in document.paragraphs] == [f"Talk {i} ended." for i in range(len(numbers))]


UNITS = (
    "1|12. |-|--- \n|¶|¶1. |¶1. (C) x.\n\n|15. (C) x\n|(|(C) |Q (C) |Q4. a b c\n|\n| | \n|. ¶3. (C) |A |A\n\n|"
    "A B C 123 |"
    "TAGS: A,\n|SUBJECT: A\n|REF: A. B\n|[PREL](#) |[|§ 1 \n|MOSCOW 00009533  002 OF 005\n|VZCZC\n|P 310639Z AUG 06\n|"
    "Article 1\n|# |a, "
)


@pytest.mark.parametrize("unit", UNITS.split("|"))
def test_a_long_text_of_one_kind_is_read_in_linear_time(unit: str) -> None:
    """Were any step quadratic, this would take minutes: 50,000 characters in one line or in as many."""
    body = unit * (50_000 // len(unit))
    for text in (body, cable(body), HEAD + LABELS.rstrip() + " " + body):
        check_spans(parse(text), text)


def test_the_alignment_takes_a_bounded_number_of_steps_for_each_sign() -> None:
    text = cable("\n\n".join(f"¶{(place * 37) % 90}. (C) Talk {place} ended." for place in range(400)))
    lines = split_lines(text)
    signs = find_signs(text, lines, 300, set())
    assert align(signs).steps <= len(signs) * BEAM * 4
