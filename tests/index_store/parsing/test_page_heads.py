"""Page heads as they were printed until 2002, and heads that share their line with a text."""

from __future__ import annotations

import pytest

from index_store.documents import Document
from index_store.parsing import parse
from tests.index_store.cables import cable

OLD_HEAD = "                       CONFIDENTIAL\n \nPAGE 02        BELIZE  00318  01 OF 03  211114Z"


def read(body: str) -> Document:
    return parse(cable(body))


@pytest.mark.parametrize("place", ["BELIZE", "HO CHI", "CAPE T", "ST. PE"])
def test_an_old_page_head_belongs_to_no_paragraph(place: str) -> None:
    head = OLD_HEAD.replace("BELIZE", place)
    document = read(f"¶1. (C) THE TALKS WENT\n{head}\nON FOR DAYS.\n\n¶2. (C) SECOND.")
    assert [p.text for p in document.paragraphs] == ["THE TALKS WENT ON FOR DAYS.", "SECOND."]


def test_a_text_goes_on_in_the_line_of_an_old_page_head() -> None:
    document = read(
        "¶1. (C) THE TALKS WENT  CONFIDENTIAL\nPAGE 02 BELIZE 00318 01 OF 03 211114Z ON FOR DAYS.\n\n¶2. (C) SECOND."
    )
    assert [p.text for p in document.paragraphs] == ["THE TALKS WENT ON FOR DAYS.", "SECOND."]


def test_a_paragraph_may_start_in_the_line_of_an_old_page_head() -> None:
    document = read("¶1. (C) FIRST.\n CONFIDENTIAL\nPAGE 03 BELIZE 00318 01 OF 03 211114Z 2. (C) COMMENT: SECOND.")
    assert [p.label for p in document.paragraphs] == ["1", "2"]
    assert document.source[document.paragraphs[1].start :].rstrip() == "2. (C) COMMENT: SECOND."


def test_the_routing_lines_of_a_section_belong_to_no_paragraph() -> None:
    head = (
        " CONFIDENTIAL\n CONFIDENTIAL PTQ1865\nPAGE 01 BELIZE 00318 02 OF 03 211115Z ACTION ARA-00\n"
        "INFO LOG-00 NP-00 AID-00 EUR-01\n      TEDE-00 INR-00 IO-00 SAS-00 /012W\n"
        "                  ------------------A54E56 211115Z /38\nO 211113Z JAN 00\nFM AMEMBASSY BELIZE\n"
        "C O N F I D E N T I A L SECTION 02 OF 03 BELIZE 000318\nSIPDIS"
    )
    document = read(f"¶1. (C) THE TALKS WENT\n{head}\nON FOR DAYS.\n\n¶2. (C) SECOND.")
    assert [p.text for p in document.paragraphs] == ["THE TALKS WENT ON FOR DAYS.", "SECOND."]


def test_aircraft_at_the_start_of_a_line_are_no_routing_line() -> None:
    document = read("¶1. (C) They want to sell\nMIG-29 SU-27 SU-30 fighters.\n\n¶2. (C) Second.")
    assert document.paragraphs[0].text == "They want to sell MIG-29 SU-27 SU-30 fighters."


def test_sipdis_alone_on_a_line_is_no_text() -> None:
    document = read("¶1. (C) The talks\n \nSIPDIS\nresumed.\n\n---\nGOALS\nSIPDIS\n---\n\n¶2. (C) Second.")
    assert [p.text for p in document.paragraphs] == ["The talks resumed.", "Second."]
    assert document.paragraphs[1].heading == "GOALS"


def test_in_a_text_in_capitals_a_head_begins_with_its_place() -> None:
    text = cable("¶1. THE U.S. LA PAZ 00000042  002 OF 003 POSITION IS KNOWN.\n\n¶2. SECOND.")
    document = parse(text.replace("ASHGABAT", "LA PAZ"))
    assert document.paragraphs[0].text == "THE U.S. POSITION IS KNOWN."


def test_a_paragraph_may_start_behind_a_head_in_mid_line() -> None:
    document = read("¶1. (C) First.\n\nMOSCOW 00000436 002 OF 003 ¶2. The talks ended.\n\n¶3. (C) Third.")
    assert [p.label for p in document.paragraphs] == ["1", "2", "3"]


def test_a_single_dash_stands_for_a_blank_line() -> None:
    document = read("1.  THE TALKS RESUMED\n-\n2.  THEY ENDED\n-\n-\nGOALS\n-\n3.  THIRD.")
    assert [p.text for p in document.paragraphs] == ["THE TALKS RESUMED", "THEY ENDED", "THIRD."]
    assert document.paragraphs[2].heading == "GOALS"


def test_a_rule_may_be_of_hyphens_that_are_no_minus_signs() -> None:
    document = read("¶1. (C) First.\n\nGreat Expectations\n‐‐‐‐‐‐‐‐‐‐‐‐‐‐‐‐‐‐\n\n¶2. (C) Second.")
    assert (document.paragraphs[0].text, document.paragraphs[1].heading) == ("First.", "Great Expectations")


def test_a_heading_may_have_its_rule_on_its_own_line() -> None:
    document = read(
        "¶1. (C) First.\n\nWhat Happened -------\n\n¶2. (C) Second.\n\n------- GOALS -------\n\n¶3. (C) Third."
    )
    assert [p.text for p in document.paragraphs] == ["First.", "Second.", "Third."]
    assert [p.heading for p in document.paragraphs] == [None, "What Happened", "GOALS"]


def test_the_last_lines_of_a_text_above_a_rule_are_no_heading() -> None:
    document = read(
        "1.  HE WENT\nAWAY.  (COMMENT:  HE MAY\nCOME BACK.  END COMMENT.)\n----------\nGOALS\n-----\n2.  SECOND."
    )
    assert document.paragraphs[0].text == "HE WENT AWAY. (COMMENT: HE MAY COME BACK. END COMMENT.)"


@pytest.mark.parametrize(
    "end",
    [
        "They ended.\nKeller",
        "They ended.\n\nKeller",
        "They ended.\nKELLER",
        "They may\nend soon\nKELLER",
        "They ended.\n\nKELLER\n.",
        "They ended.\n\nKELLER\n________\n1\n2",
    ],
)
def test_the_signature_needs_no_blank_line(end: str) -> None:
    document = read(f"¶1. (C) First.\n\n¶2. (C) {end}")
    assert (document.header.signature or "").upper() == "KELLER"
    assert "KELLER" not in document.paragraphs[-1].text.upper()


def test_without_blank_lines_only_the_line_above_a_rule_is_a_heading() -> None:
    document = read(
        "¶1. (C) Participants:\nAnna Haas, DCM\nJuan Keller, Minister\nGoals and Hopes\n----\n¶2. (C) Second."
    )
    assert document.paragraphs[0].text == "Participants: Anna Haas, DCM Juan Keller, Minister"
    assert document.paragraphs[1].heading == "Goals and Hopes"


def test_the_invitation_to_a_web_site_above_the_signature_is_no_text() -> None:
    invitation = "*********\nVisit Embassy Ashgabat's Classified Website:\nhttp://example.org/ashgabat\n*********"
    document = read(f"¶1. (C) First.\n\n¶2. (C) They ended.\n\n{invitation}\nKELLER")
    assert document.paragraphs[-1].text == "They ended."
    assert document.header.signature == "KELLER"
    assert document.notices == ()


def test_a_sentence_about_a_visit_is_text() -> None:
    document = read("¶1. (C) First.\n\n¶2. (C) They said that they would\nvisit the site of the harbor soon.\n\nKELLER")
    assert document.paragraphs[-1].text == "They said that they would visit the site of the harbor soon."


def test_an_escaped_full_stop_is_one() -> None:
    document = read("1\\. (C) First.\n\n2\\. (C) Second.\n\n3\\. Third.")
    assert [(p.label, p.text) for p in document.paragraphs] == [("1", "First."), ("2", "Second."), ("3", "Third.")]


@pytest.mark.parametrize(
    "end",
    [
        "They ended. End comment. KELLER",
        "They ended. Keller",
        "THEY ENDED.   KELLER",
        "They ended.\n**** Visit Embassy Ashgabat's Classified Website: http://example.org **** KELLER",
    ],
)
def test_the_signature_may_stand_in_the_last_line_of_the_text(end: str) -> None:
    document = read(f"¶1. (C) First.\n\n¶2. (C) {end}")
    assert (document.header.signature or "").upper() == "KELLER"


@pytest.mark.parametrize("end", ["It is part of NATO.", "They went to the UN", "HE WENT. KELLER"])
def test_other_last_words_are_no_signature(end: str) -> None:
    assert read(f"¶1. (C) First.\n\n¶2. (C) {end}").header.signature is None


def test_the_word_subject_in_a_text_in_capitals_begins_no_header() -> None:
    document = read(f"¶1. (C) HE RAISED THE\n{OLD_HEAD}\nMATTER AND THE\nSUBJECT OF GAS.\n\n¶2. (C) SECOND.")
    assert document.paragraphs[0].text == "HE RAISED THE MATTER AND THE SUBJECT OF GAS."


def test_a_paragraph_in_capitals_below_addresses_is_found() -> None:
    head = "R 171512Z JAN 90\nFM AMCONSUL BELIZE\nTO SECSTATE WASHDC 5366\nAMEMBASSY PARIS\n"
    document = read(f"1. THE TALKS RESUMED.\n\n{head}\n2. HE LEFT.\n\n3. THEY ENDED.")
    assert [p.text for p in document.paragraphs] == ["THE TALKS RESUMED.", "HE LEFT.", "THEY ENDED."]


def test_a_level_that_ends_a_wrapped_title_is_a_word_of_it() -> None:
    document = read(
        "¶1. (C) First.\n\n¶2. CLERK FINED FOR GIVING AWAY A TRADE\nSECRET\n\nSIPDIS\nThe clerk paid.\n\n¶3. (C) Third."
    )
    assert document.paragraphs[1].text == "CLERK FINED FOR GIVING AWAY A TRADE SECRET The clerk paid."


@pytest.mark.parametrize(
    ("above", "below"), [("The clerk gave away", "what he knew."), ("THE CLERK GAVE AWAY", "WHAT HE KNEW.")]
)
def test_a_level_between_two_lines_of_running_text_is_a_pages(above: str, below: str) -> None:
    document = read(f"¶1. (C) First.\n\n¶2. (C) {above}\nSECRET\n{below}\n\n¶3. (C) THIRD.")
    assert document.paragraphs[1].text == f"{above} {below}"


@pytest.mark.parametrize(
    "head",
    [
        "SECRET\n\nPAGE 02 BELIZE 00318 01 OF 03 211114Z",
        "SECRET\nSECRET\n\nPAGE 02 BELIZE 00318 01 OF 03 211114Z",
        "PAGE 02 BELIZE 00318 01 OF 03 211114Z\nSECRET",
        "              SECRET",
        "\nSECRET\n",
    ],
)
@pytest.mark.parametrize("above", ["The talks went", "TALKS ON FISH WENT"])
def test_a_level_at_a_page_s_edge_is_no_text(above: str, head: str) -> None:
    document = read(f"¶1. (C) {above}\n{head}\non for days.\n\n¶2. (C) Second.")
    assert [p.text for p in document.paragraphs] == [f"{above} on for days.", "Second."]


def test_a_level_below_the_signature_is_no_text() -> None:
    document = read("¶1. (C) First.\n\n¶2. (C) They ended.\n\nKELLER\nSECRET")
    assert (document.paragraphs[1].text, document.header.signature) == ("They ended.", "KELLER")


FOOTERS = " 2001ASHGAB00042 - Classification: CONFIDENTIAL", "06ASHGABAT42 - SECRET//NOFORN"


@pytest.mark.parametrize("footer", FOOTERS)
def test_the_footer_of_an_edition_below_the_signature_is_no_text(footer: str) -> None:
    document = read(
        f"¶1. (C) FIRST.\n\n¶2. (C) THEY ENDED. END TEXT.\nKELLER\n\n            CONFIDENTIAL\n\n>\n\n{footer}"
    )
    assert (document.paragraphs[1].text, document.header.signature) == ("THEY ENDED. END TEXT.", "KELLER")
    assert document.notices == ()


@pytest.mark.parametrize("behind", [OLD_HEAD + "\n\n            CONFIDENTIAL", f"NNNN\n\n{FOOTERS[0]}"])
def test_page_heads_and_footers_behind_the_signature_are_no_text_that_gets_lost(behind: str) -> None:
    document = read(f"¶1. (C) FIRST.\n\n¶2. (C) THEY ENDED.\n\nKELLER\n\n{behind}")
    assert (document.paragraphs[1].text, document.header.signature) == ("THEY ENDED.", "KELLER")
    assert document.notices == ()
