"""Headers of cables that were typed, sent or edited in unusual ways."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index_store.documents import Document
from index_store.parsing import parse
from tests.index_store.cables import HEAD, LABELS, cable

BODY = "¶1. (C) The talks resumed.\n\n¶2. (C) They ended."
ROUTING = """\
                           CONFIDENTIAL     PTQ1859

PAGE 01        BELIZE  00318  01 OF 03  211114Z
ACTION ARA-00

INFO  LOG-00   NP-00    AID-00   ACQ-00   CEA-01   CIAE-00  COME-00
      SAS-00   SWCI-00    /012W
                  ------------------A54E38  211115Z /38
"""


def read(labels: str, head: str = HEAD) -> Document:
    return parse(cable(BODY, head=head, labels=labels))


def tags(printed: str) -> tuple[str, ...]:
    return read(LABELS.replace("TAGS: PREL, EPET, TX", printed)).header.tags


def subject(printed: str) -> str | None:
    return read(LABELS.replace("SUBJECT: PIPELINE TALKS RESUME", printed)).header.subject


def test_routing_lines_above_the_transmission_are_passed_over() -> None:
    document = read(LABELS, head=ROUTING + HEAD)
    assert document.header == read(LABELS).header
    assert [p.label for p in document.paragraphs] == ["1", "2"]


def test_a_date_in_words_stands_for_a_lost_date_time_group() -> None:
    date = read(LABELS, head="Thursday, 31 August 2006, 06:39").header.date
    assert date == datetime(2006, 8, 31, 6, 39, tzinfo=UTC)


@pytest.mark.parametrize("printed", ["Thu Aug 31 00:00:00 +0200 2006", "Thu Aug 31 00:00:00 2006"])
def test_a_midnight_with_an_offset_is_the_day_that_is_printed(printed: str) -> None:
    assert read(LABELS, head=f"PIPELINE TALKS RESUME\n{printed}").header.date == datetime(2006, 8, 31, tzinfo=UTC)


def test_a_date_time_group_goes_before_the_editions_day() -> None:
    header = read(LABELS, head=f"Fri Sep 01 00:00:00 +0200 2006\n{HEAD}").header
    assert header.date == datetime(2006, 8, 31, 6, 39, tzinfo=UTC)


def test_a_day_below_the_labels_is_none_of_the_cables() -> None:
    assert read(f"{LABELS}\nThu Aug 31 00:00:00 +0200 2006\n", head="").header.date is None


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert read(LABELS, head="Thursday, 31 June 2006, 06:39").header.date is None


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("C o n f i d e n t i a l section 01 of 02 ashgabat 000042", "CONFIDENTIAL"),
        ("S e c r e t ashgabat 000042", "SECRET"),
        ("Unclas section 01 of 02 ashgabat 000042", "UNCLASSIFIED"),
    ],
)
def test_a_classification_line_may_be_in_small_letters(printed: str, level: str) -> None:
    labels = LABELS.replace("C O N F I D E N T I A L ASHGABAT 000042", printed)
    header = read(labels, head="310639Z Aug 06").header
    assert (header.classification, header.post, header.mrn) == (level, "Embassy Ashgabat", "06ASHGABAT42")


def test_the_first_letter_of_an_unspaced_level_may_be_doubled() -> None:
    header = read(LABELS.replace("C O N F I D E N T I A L", "UUNCLAS")).header
    assert (header.classification, header.mrn) == ("UNCLASSIFIED", "06ASHGABAT42")


def test_a_whole_header_may_stand_on_one_line() -> None:
    line = "C O N F I D E N T I A L SECTION 01 OF 02 LIMA 000348 SIPDIS E.O. 12958: DECL: 1/2/2013 TAGS: PREL, PE"
    header = parse(f"P 310639Z AUG 06\n\n{line}\n\n1.(C) First.\n\n2.(C) Second.\n").header
    assert (header.classification, header.post, header.tags) == ("CONFIDENTIAL", "Embassy Lima", ("PREL", "PE"))
    assert header.mrn == "06LIMA348"


def test_of_two_lines_of_tags_the_fuller_one_counts() -> None:
    summary = "From: AMEMBASSY ASHGABAT\n\nTAGS:     PREL, EPET\n\nSubject: PIPELINE TALKS RESUME\n\n"
    assert read(LABELS, head=summary + HEAD).header.tags == ("PREL", "EPET", "TX")


def test_words_between_commas_are_one_tag() -> None:
    assert tags("TAGS: PHUM, TX, HUMAN RIGHTS, GLOBAL DEFENSE") == ("PHUM", "TX", "HUMAN RIGHTS", "GLOBAL DEFENSE")


def test_codes_around_a_name_are_tags_of_their_own() -> None:
    assert tags("TAGS: OVIP KELLER JANE PREL TX\nRS, UK") == ("OVIP", "KELLER JANE", "PREL", "TX", "RS", "UK")


def test_a_link_is_one_tag_as_it_is_printed() -> None:
    assert tags("TAGS: [PREL](#) [HUMAN RIGHTS](#) [MASSMNUC](#)") == ("PREL", "HUMAN RIGHTS", "MASSMNUC")


def test_a_name_in_brackets_is_one_tag_with_links_in_it_too() -> None:
    assert tags("TAGS: [OVIP](#) ([KELLER](#), [JANE](#)), [TX](#)") == ("OVIP", "KELLER, JANE", "TX")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("TAGS: ETRDEINVECONPGOVTX", ("ETRD", "EINV", "ECON", "PGOV", "TX")),
        ("TAGS: ASEC AMEDCASCKFLO TBIO\nPREL, TX", ("ASEC", "AMED", "CASC", "KFLO", "TBIO", "PREL", "TX")),
        ("TAGS: PEACEKEEPING, TX", ("PEACEKEEPING", "TX")),
    ],
)
def test_tags_that_ran_together_are_parted_where_all_are_known(printed: str, expected: tuple[str, ...]) -> None:
    assert tags(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "UBJECT: PIPELINE TALKS RESUME",
        "SUBJECT: PIPELINE TALKS RESUMEREF: A. STATE 1234  B. STATE 1235",
        "SUBJECT: PIPELINE TALKS RESUME\nATTENTION: AMBASSADOR KELLER",
        "SUBJECT: PIPELINE TALKS RESUME\nQUOTE:",
        "SUBJECT: PIPELINE TALKS \n CONFIDENTIAL\nPAGE 02 ASHGAB 00042 01 OF 03 310640Z RESUME\nREFTEL: STATE 1234",
        "SUBJECT: PIPELINE TALKS \n CONFIDENTIAL\n\nPAGE 02 ASHGAB 00042 01 OF 03 310640Z\nRESUME\n\nREF: STATE 1234",
    ],
)
def test_an_odd_subject_is_read_whole_and_alone(printed: str) -> None:
    assert subject(printed) == "PIPELINE TALKS RESUME"


@pytest.mark.parametrize(
    "between", ["//FOR OFFICIAL USE ONLY", " E F T O", " SENSITIVE", "//NOFORN", " NODIS SECTION 01 OF 02"]
)
def test_words_between_level_and_place_are_no_part_of_the_place(between: str) -> None:
    header = read(LABELS.replace("C O N F I D E N T I A L ASHGABAT", f"UNCLAS{between} ASHGABAT")).header
    assert (header.classification, header.mrn) == ("UNCLASSIFIED", "06ASHGABAT42")


@pytest.mark.parametrize("level", ["S E C R E T SECTION 01 OF 05", "S E C R E T"])
def test_a_level_with_no_line_break_before_it_is_read_off_the_end_of_the_address(level: str) -> None:
    text = (
        f"P 131914Z DEC 89\nFM AMEMBASSY OSLO\nTO SECSTATE WASHDC 7213\nINFO AMEMBASSY LIMA{level} OSLO 00412\n\n"
        "E.O.12356: DECL:OADR\nTAGS: PGOV NO\nSUBJECT: HERRING QUOTAS\n\n"
        "1. THE FLEET STAYS IN PORT.\n\n2. THE NETS ARE DRY.\n"
    )
    document = parse(text, "89OSLO412")
    assert document.header.classification == "SECRET"
    assert [paragraph.label for paragraph in document.paragraphs] == ["1", "2"]


@pytest.mark.parametrize("before", ["AMEMBASSY LIMA", "AMEMBASSY LIMA 256", "SECDEF WASHDC//ISA//", "It is a part."])
@pytest.mark.parametrize("level", ["UNCLAS", "C O N F I D E N T I A L SECTION 01 OF 02", "SECRET"])
def test_a_message_number_is_read_behind_a_level_with_no_line_break_before_it(before: str, level: str) -> None:
    labels = LABELS.replace("C O N F I D E N T I A L ASHGABAT", f"{before}{level} ASHGABAT")
    assert read(labels, head=f"UNCLASSIFIED\n{HEAD}".rstrip()).header.mrn == "06ASHGABAT42"


@pytest.mark.parametrize("address", ["AIT TAIPEI 0107", "AMEMBASSY LIMA 256", "DESERT COLLECTIVE 0017"])
def test_a_numbered_address_is_no_message_number(address: str) -> None:
    labels = LABELS.replace("C O N F I D E N T I A L ASHGABAT 000042", "")
    header = parse(cable(BODY, head=f"UNCLASSIFIED\n\n{HEAD}{address}\n", labels=labels)).header
    assert (header.mrn, header.post) == (None, "Embassy Ashgabat")


def test_the_name_wins_over_a_number_that_no_level_stands_before() -> None:
    text = cable(BODY, labels=LABELS.replace("C O N F I D E N T I A L ASHGABAT 000042", "HANOI 000099"))
    assert parse(text, "06ASHGABAT42").header.mrn == "06ASHGABAT42"
    assert parse(text).header.mrn == "06HANOI99"


def test_a_place_that_begins_like_an_address_label_is_a_place() -> None:
    header = read(LABELS.replace("C O N F I D E N T I A L ASHGABAT", "CONFIDENTIAL\n\nTOKYO")).header
    assert header.mrn == "06TOKYO42"


@pytest.mark.parametrize("headline", ["FM Keller: No Date for Talks", "FM KELLER SEES NO DATE FOR TALKS"])
def test_a_headline_about_a_foreign_minister_names_no_post(headline: str) -> None:
    header = read(f"{LABELS}\nHEADLINES\n{headline}\nGas Is Dear Again\n", head="").header
    assert header.post == "Embassy Ashgabat"


def test_the_sender_is_read_below_a_summary_of_the_header() -> None:
    summary = "TAGS:     PREL, EPET\n\nSubject: PIPELINE TALKS RESUME\n\n"
    head = HEAD.replace("AMEMBASSY ASHGABAT", "AMCONSUL HAMBURG")
    assert read(LABELS, head=summary + head).header.post == "Consulate Hamburg"
