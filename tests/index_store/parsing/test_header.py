from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index_store.documents import Header
from index_store.parsing import parse
from index_store.parsing.dates import full_year
from index_store.parsing.header import find_header, level_of
from index_store.parsing.lines import split_lines
from index_store.parsing.posts import place_in_words, post_at, post_in_words
from tests.index_store.cables import HEAD, LABELS, cable

BODY = "¶1. (C) The talks resumed.\n\n¶2. (C) They ended."


def header_of(text: str, name: str = "") -> Header:
    return find_header(split_lines(text), name).header


def with_labels(labels: str) -> Header:
    return header_of(cable(BODY, labels=labels))


def test_an_ordinary_header_is_read_whole() -> None:
    assert header_of(cable(BODY)) == Header(
        post="Embassy Ashgabat",
        date=datetime(2006, 8, 31, 6, 39, tzinfo=UTC),
        classification="CONFIDENTIAL",
        tags=("PREL", "EPET", "TX"),
        subject="PIPELINE TALKS RESUME",
        classified_by="DCM Anna Haas",
        mrn="06ASHGABAT42",
    )


def test_a_head_that_is_printed_twice_is_read_once() -> None:
    assert header_of(f"{HEAD}\n{LABELS}\n{cable(BODY)}") == header_of(cable(BODY))


@pytest.mark.parametrize("letter", ["Z", "O", "P", "R", "P R", "O P"])
def test_every_precedence_letter_precedes_a_date(letter: str) -> None:
    head = HEAD.replace("P 310639Z", f"{letter} 310639Z")
    assert header_of(cable(BODY, head=head)).date == datetime(2006, 8, 31, 6, 39, tzinfo=UTC)


@pytest.mark.parametrize(("printed", "year"), [("66", 1966), ("99", 1999), ("00", 2000), ("10", 2010), ("2008", 2008)])
def test_two_digit_years_turn_at_66(printed: str, year: int) -> None:
    assert full_year(printed) == year


def test_a_date_that_does_not_exist_is_passed_over() -> None:
    assert header_of(cable(BODY, head=HEAD.replace("310639Z AUG", "310639Z FEB"))).date is None


def test_without_a_date_time_group_the_routing_line_and_the_name_give_the_date() -> None:
    text = cable(BODY, head="DE RUEHAH #0042/01 2430639\n")
    assert header_of(text, "06ASHGABAT42").date == datetime(2006, 8, 31, 6, 39, tzinfo=UTC)


def test_without_transmission_lines_the_place_tells_the_post() -> None:
    header = header_of(cable(BODY, head=""))
    assert (header.post, header.date, header.mrn) == ("Embassy Ashgabat", None, None)


@pytest.mark.parametrize(
    ("place", "post"),
    [
        ("HO CHI MINH CITY", "Consulate Ho Chi Minh City"),
        ("RIODEJANEIRO", "Consulate Rio de Janeiro"),
        ("GENEVA", "Mission Geneva"),
        ("HAVANA", "US Interests Section Havana"),
        ("USUN NEW YORK", "USUN New York"),
        ("NOWHERE", "Nowhere"),
    ],
)
def test_a_place_alone_is_the_post_that_is_there(place: str, post: str) -> None:
    assert post_at(place) == post


def test_a_redacted_place_gives_no_message_number() -> None:
    labels = LABELS.replace("ASHGABAT", "XXXXXXXXXXXX")
    assert header_of(cable(BODY, labels=labels), "06ASHGABAT42").mrn == "06ASHGABAT42"


def test_an_address_gives_no_message_number() -> None:
    labels = LABELS.replace(
        "C O N F I D E N T I A L ASHGABAT 000042", "UNCLASSIFIED     PTQ1859\nTO SECSTATE WASHDC 1394"
    )
    assert with_labels(labels).mrn is None


def test_the_name_gives_the_year_of_a_message_number_without_date() -> None:
    assert header_of(cable(BODY, head=""), "06ASHGABAT42").mrn == "06ASHGABAT42"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("C O N F I D E N T I A L MOSCOW 000001", "CONFIDENTIAL"),
        ("C O N F I D E N T I A L SECTION 01 OF 05 MOSCOW 000001", "CONFIDENTIAL"),
        ("S E C R E T ST PETERSBURG 000001", "SECRET"),
        ("E C R E T SECTION 01 OF 02 PARIS 000001", "SECRET"),
        ("SS E C R E T PARIS 000001", "SECRET"),
        ("S S E C R E T PARIS 000001", "SECRET"),
        ("O N F I D E N T I A L PARIS 000001", "CONFIDENTIAL"),
        ("CC O N F I D E N T I A L PARIS 000001", "CONFIDENTIAL"),
        ("C O N F I D E N I A L PARIS 000001", "CONFIDENTIAL"),
        ("UNCLAS PARIS 000001", "UNCLASSIFIED"),
        ("U N C L A S SECTION 01 OF 02 PARIS 000001", "UNCLASSIFIED"),
        ("UNCLASSIFIED PARIS 000001", "UNCLASSIFIED"),
        ("SENSITIVE BUT UNCLASSIFIED PARIS 000001", "UNCLASSIFIED"),
        ("C ONFIDENTIAL PARIS 000001", "CONFIDENTIAL"),
        ("SECRET//NOFORN", "SECRET"),
        ("LIMITED OFFICIAL USE PARIS 000001", "LIMITED OFFICIAL USE"),
        ("SECRET SERVICE WASHINGTON DC", None),
        ("Secretary Jones met the press", None),
        ("SECRETARY JONES MET THE PRESS", None),
        ("PARIS 000001", None),
    ],
)
def test_a_classification_line_is_read_however_its_letters_stand(line: str, level: str | None) -> None:
    assert level_of(line) == level


def test_a_missing_classification_line_is_filled_from_the_operating_signal() -> None:
    assert with_labels(LABELS.replace("C O N F I D E N T I A L ASHGABAT 000042", "")).classification == "CONFIDENTIAL"


@pytest.mark.parametrize(
    "printed",
    [
        "TAGS: PREL, PGOV, RS",
        "TAGS: PREL PGOV RS",
        "TAGS PREL, PGOV, RS",
        "TAG: PREL, PGOV, RS",
        "TAG PREL, PGOV, RS",
        "Tags: prel, pgov, rs",
        "TAGS: [PREL](#) [PGOV](#) [RS](#)",
        "TAGS: [PREL](#), [PGOV](#), [RS](#)",
        "TAGS: PREL, PGOV,\nRS",
        "TAGS: PREL PGOV\nRS",
        "TAGS: PREL, PGOV,\n\nRS",
        "TAGS: PREL; PGOV; RS.",
        "TAGS: PREL/PGOV/RS",
        "TAGS: PREL, PGOV, RS SUBJECT: TALKS",
    ],
)
def test_tags_are_read_however_they_are_printed(printed: str) -> None:
    labels = LABELS.replace("TAGS: PREL, EPET, TX", printed)
    assert with_labels(labels).tags == ("PREL", "PGOV", "RS")


@pytest.mark.parametrize(
    "behind", ["DECL: 02/14/2018 TAGS: PREL, RS", "DECL: 02/14/2018 TAGS PREL RS", "N/A TAGS: PREL, RS"]
)
def test_tags_in_mid_line_behind_the_executive_order_are_read(behind: str) -> None:
    labels = LABELS.replace("DECL: 08/31/2016\nTAGS: PREL, EPET, TX", behind)
    assert with_labels(labels).tags == ("PREL", "RS")


def test_a_name_in_brackets_is_one_tag() -> None:
    labels = LABELS.replace("PREL, EPET, TX", "OVIP (KELLER, JANE Q.), PREL, TX")
    assert with_labels(labels).tags == ("OVIP", "KELLER, JANE Q.", "PREL", "TX")


@pytest.mark.parametrize(
    "printed",
    [
        "SUBJECT: PIPELINE TALKS RESUME",
        "SUBJECT: PIPELINE TALKS\nRESUME",
        "SUBJECT:  PIPELINE   TALKS RESUME   ",
        "SUBJ: PIPELINE TALKS RESUME",
        "Subject: PIPELINE TALKS RESUME",
        "SUBJECT: PIPELINE TALKS RESUME REF: A. STATE 1234",
        "SUBJECT: PIPELINE TALKS RESUME\nREF: A. STATE 1234",
        "SUBJECT: PIPELINE TALKS RESUME REFTEL: STATE 1234",
        "SUBJECT: PIPELINE TALKS RESUME CLASSIFIED BY: DCM Haas",
        "SUBJECT: PIPELINE TALKS RESUME (U) Classified by DCM Haas",
        "SUBJECT: PIPELINE TALKS RESUME\n¶1. (C) First.",
        "SUBJECT: PIPELINE TALKS RESUME ¶1. (C) First.",
        "SUBJECT: PIPELINE TALKS RESUME\n-------\nSUMMARY\n-------",
        "SUBJECT: PIPELINE TALKS RESUME\n(C) KEY POINTS",
        "SUBJECT: PIPELINE TALKS RESUME\nREFTEL STATE 1234",
        "SUBJECT: PIPELINE TALKS RESUME\nREF STATE 1234",
        "SUBJECT: PIPELINE TALKS RESUME\nSUMMARY",
        "SUBJECT: PIPELINE TALKS RESUME\nBORDER TRADE\n------------",
        "SUBJECT: PIPELINE TALKS RESUME\nThis message is sensitive.",
        "SUBJECT: PIPELINE TALKS RESUME\nPlease protect it accordingly.",
        "SUBJET: PIPELINE TALKS RESUME",
        "SUBJECT PIPELINE TALKS RESUME",
        "SUBJECT:\n\nPIPELINE TALKS RESUME",
        "SUBJECT: PIPELINE TALKS RESUME\nASHGABAT 00000042  001.2 OF 003",
        "SUBJECT: PIPELINE TALKS\n\nASHGABAT 00000042  001 OF 003\n\nAND MORE",
    ],
)
def test_a_subject_ends_where_something_else_begins(printed: str) -> None:
    labels = LABELS.replace("SUBJECT: PIPELINE TALKS RESUME", printed)
    subject = with_labels(labels).subject or ""
    assert subject.startswith("PIPELINE TALKS")
    assert subject in ("PIPELINE TALKS RESUME", "PIPELINE TALKS")


def test_a_subject_goes_on_over_a_blank_line_where_it_is_plainly_unfinished() -> None:
    labels = LABELS.replace("PIPELINE TALKS RESUME", "TALKS ON THE PIPELINE AND THE\n\nBORDER RESUME")
    assert with_labels(labels).subject == "TALKS ON THE PIPELINE AND THE BORDER RESUME"


def test_a_subject_goes_on_over_a_page_head() -> None:
    wrapped = (
        "TALKS ON THE PIPELINE AND ON THE NORTHERN BORDER ARE\n\nASHGABAT 00000042  001.2 OF 003\n\nRESUMED IN MAY"
    )
    labels = LABELS.replace("PIPELINE TALKS RESUME", wrapped)
    expected = "TALKS ON THE PIPELINE AND ON THE NORTHERN BORDER ARE RESUMED IN MAY"
    assert with_labels(labels).subject == expected


def test_a_subject_ends_at_an_unmarked_first_paragraph() -> None:
    labels = LABELS.split("\n\nClassified")[0] + "\n1. SUMMARY. First.\n"
    assert with_labels(labels).subject == "PIPELINE TALKS RESUME"


def test_a_wrapped_number_in_a_subject_starts_no_paragraph() -> None:
    labels = LABELS.replace(
        "PIPELINE TALKS RESUME", "TALKS ON THE PIPELINE AND THE BORDER RESUME ON MAY\n¶1. ROUND OF MANY"
    )
    document = parse(cable(BODY, labels=labels))
    assert document.header.subject == "TALKS ON THE PIPELINE AND THE BORDER RESUME ON MAY 1. ROUND OF MANY"
    assert [paragraph.text for paragraph in document.paragraphs] == ["The talks resumed.", "They ended."]


def test_a_heading_behind_a_blank_line_is_no_part_of_the_subject() -> None:
    labels = LABELS.replace("PIPELINE TALKS RESUME\n", "PIPELINE TALKS RESUME\n\nSUMMARY\n")
    assert with_labels(labels).subject == "PIPELINE TALKS RESUME"


def test_a_cable_without_subject_has_none() -> None:
    assert with_labels(LABELS.replace("SUBJECT: PIPELINE TALKS RESUME\n", "")).subject is None


@pytest.mark.parametrize(
    ("printed", "references"),
    [
        ("REF: STATE 1234", ("STATE 1234",)),
        ("REF: A. STATE 1234", ("STATE 1234",)),
        ("REF: A. STATE 1234\n     B. PARIS 99", ("STATE 1234", "PARIS 99")),
        ("REF: A. STATE 1234\n¶B. PARIS 99\n¶C. ROME 7", ("STATE 1234", "PARIS 99", "ROME 7")),
        ("REF: A. STATE 1234\n\n¶B. PARIS 99", ("STATE 1234", "PARIS 99")),
        ("REF: (A) 05 PARIS 405; (B) ROME 77", ("05 PARIS 405", "ROME 77")),
        ("REF: A) STATE 1, B) ROME 2", ("STATE 1", "ROME 2")),
        ("REF A: STATE 1234", ("STATE 1234",)),
        ("REF: None", ()),
        ("REF A: STATE 1234\nREF B: PARIS 99", ("STATE 1234", "PARIS 99")),
        ("REFS: A. STATE 1 B. ROME 2 (NOTAL)", ("STATE 1", "ROME 2 (NOTAL)")),
    ],
)
def test_references_are_listed_without_their_letters(printed: str, references: tuple[str, ...]) -> None:
    labels = LABELS.replace("PIPELINE TALKS RESUME\n", f"PIPELINE TALKS RESUME\n\n{printed}\n")
    assert with_labels(labels).references == references


@pytest.mark.parametrize(
    ("printed", "who"),
    [
        ("Classified By: DCM Anna Haas. Reasons 1.4 (b) and (d).", "DCM Anna Haas"),
        ("CLASSIFIED BY: DCM Anna Haas for reasons 1.4 (b,d)", "DCM Anna Haas"),
        ("(U) Classified by DCM Anna Haas, reason 1.5 (d).", "DCM Anna Haas"),
        ("Classified By: DCM Anna Haas. For\nReasons 1.4 (b) and (d)", "DCM Anna Haas"),
        ("Classified by Deputy Chief of Mission\nAnna Haas. Reason: 1.4 (d)", "Deputy Chief of Mission Anna Haas"),
    ],
)
def test_who_classified_it_is_named_without_the_reason(printed: str, who: str) -> None:
    labels = LABELS.replace("Classified By: DCM Anna Haas. Reasons 1.4 (b) and (d).", printed)
    assert with_labels(labels).classified_by == who


def test_caveats_are_listed_once() -> None:
    labels = LABELS.replace("SIPDIS\n", "NOFORN\nSIPDIS\n\nSIPDIS\nNOFORN\nSENSITIVE\n", 1)
    assert with_labels(labels).caveats == ("NOFORN", "SENSITIVE")


@pytest.mark.parametrize(
    "caption", ["SENSITIVE", "SENSITIVE BUT UNCLASSIFIED", "SIPDIS\nSENSITIVE", "SENSITIVE SIPDIS"]
)
def test_a_caption_below_the_subject_is_a_caveat(caption: str) -> None:
    assert with_labels(LABELS.replace("RESUME\n", f"RESUME\n\n{caption}\n\nREF: LIMA 7\n")).caveats == ("SENSITIVE",)


@pytest.mark.parametrize("words", ["TALKS ON PRICES ARE SENSITIVE", "THE PRICES THAT WERE NAMED ARE\nSENSITIVE."])
def test_a_caveats_name_among_other_words_below_the_subject_is_none(words: str) -> None:
    assert with_labels(LABELS.replace("RESUME\n", f"RESUME\n\n{words}\n")).caveats == ()


@pytest.mark.parametrize(
    ("sender", "post"),
    [
        ("AMEMBASSY MOSCOW", "Embassy Moscow"),
        ("AMEMBASSY TEL AVIV 1234", "Embassy Tel Aviv"),
        ("AMCONSUL HAMBURG", "Consulate Hamburg"),
        ("AMCONSUL RIO DE JANEIRO", "Consulate Rio de Janeiro"),
        ("USMISSION GENEVA", "Mission Geneva"),
        ("USMISSION USUN NEW YORK", "USUN New York"),
        ("USMISSION USNATO", "Mission USNATO"),
        ("USEU BRUSSELS", "USEU Brussels"),
        ("SECSTATE WASHDC", "Secretary of State"),
        ("SECSTATE WASHDC PRIORITY", "Secretary of State"),
        ("AMEMBASSY THE HAGUE", "Embassy The Hague"),
        ("RPO DUBAI", "Iran Regional Presence Office Dubai"),
    ],
)
def test_posts_are_named_in_plain_words(sender: str, post: str) -> None:
    assert post_in_words(sender) == post


@pytest.mark.parametrize(
    ("place", "words"), [("STATE", "Secretary of State"), ("TELAVIV", "Tel Aviv"), ("MOSCOW", "Moscow")]
)
def test_places_are_named_in_plain_words(place: str, words: str) -> None:
    assert place_in_words(place) == words


def test_a_marked_line_below_the_references_is_none_of_them() -> None:
    below = "REF: (A) LIMA 5\n\n(B) LIMA 6\n\n(U) This cable is sensitive.\n"
    text = f"UNCLAS LIMA 000007\n\nSUBJECT: TEST\n\n{below}\n¶1. (U) Text.\n"
    assert parse(text, "08LIMA7").header.references == ("LIMA 5", "LIMA 6")
