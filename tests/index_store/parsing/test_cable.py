from __future__ import annotations

import pytest

from index_store.documents import Document, Paragraph
from index_store.parsing import parse
from tests.index_store.cables import HEAD, LABELS, cable


def read(body: str, **parts: str) -> Document:
    return parse(cable(body, **parts))


def labels(body: str) -> list[str]:
    return [paragraph.label for paragraph in read(body).paragraphs]


def sources(document: Document) -> list[str]:
    """The first characters of each paragraph in the source."""
    return [document.source[paragraph.start :][:8] for paragraph in document.paragraphs]


def only(body: str) -> Paragraph:
    (paragraph,) = read(body).paragraphs
    return paragraph


def test_an_ordinary_paragraph_has_its_number_mark_text_and_span() -> None:
    document = read("¶1. (C) The talks resumed.\n\n¶2. (S/NF) They ended.\n\nBURNS")
    first, second = document.paragraphs
    assert (first.label, first.printed, first.ordinal, first.portion_mark) == ("1", "1", 1, "C")
    assert (second.label, second.portion_mark, second.text) == ("2", "S/NF", "They ended.")
    assert document.source[first.start : first.end] == "¶1. (C) The talks resumed."
    assert document.source[second.start : second.end] == "¶2. (S/NF) They ended."
    assert document.header.signature == "BURNS"
    assert document.repairs == ()


@pytest.mark.parametrize(
    "sign",
    [
        "¶{n}. (C) ",
        "¶{n}.    (C) ",
        "¶{n}. ",
        "{n}. (C) ",
        "{n}.(S) ",
        "{n}.(U)",
        "{n}, (C) ",
        "{n} (C) ",
        "{n}.. (SBU) ",
        "{n}.",
        "({n}. (C) ",
        "({n}) (C) ",
        "(C) {n}. ",
        "(C) ¶{n}. ",
        "¶ {n}. (N/SF) ",
        "¶{n}. ( C ) ",
        "¶{n} (SBU/NF) ",
        "   {n}. (C) ",
        "Q{n}. (C) ",
        "[¶](#par{n}){n}. (C) ",
        "Â¶{n}. (C) ",
        "¶{n}.\xa0(C) ",
        "¶{n}. [C] ",
        "{n} . (C) ",
        "{n} - (C) ",
        "p{n}. (C) ",
    ],
)
def test_a_paragraph_is_found_however_its_sign_is_written(sign: str) -> None:
    body = "¶1. (C) First.\n\n" + sign.format(n=2) + "UK officials agreed.\n\n¶3. (C) Third."
    document = read(body)
    assert [paragraph.label for paragraph in document.paragraphs] == ["1", "2", "3"]
    second = document.paragraphs[1]
    assert second.text == "UK officials agreed."
    assert document.source[second.start : second.end] == (sign.format(n=2) + "UK officials agreed.").strip()


def test_a_lost_number_is_read_as_the_one_due() -> None:
    document = read("¶1. (C) First.\n\nQ (C/NF) Second.\n\n¶3. (C) Third.")
    assert [(p.label, p.printed) for p in document.paragraphs] == [("1", "1"), ("2", None), ("3", "3")]
    assert document.repairs[0].printed == "Q (C/NF)"
    assert document.repairs[0].label == "2"


def test_of_two_numbers_the_one_that_fits_is_taken() -> None:
    document = read("¶5. (C) Fifth.\n\n¶7. 6. (C) Sixth.\n\n¶7. (C) Seventh.")
    assert [p.label for p in document.paragraphs] == ["5", "6", "7"]
    assert document.paragraphs[1].text == "Sixth."
    assert [repair.label for repair in document.repairs] == ["6"]


def test_a_paragraph_in_mid_line_starts_behind_the_sentence_before() -> None:
    document = read("¶1. (C) First. ¶2. (C) Second.\n\n¶3. (C) Third.")
    assert [p.text for p in document.paragraphs] == ["First.", "Second.", "Third."]


def test_the_first_paragraph_can_begin_behind_the_reason_for_the_classification() -> None:
    text = LABELS.rstrip() + " 1. (C) First.\n\n2. (C) Second.\n"
    assert [p.text for p in read("", labels=text).paragraphs] == ["First.", "Second."]


@pytest.mark.parametrize("second", ["Q4. (C) The talks", "Q4. (C) The talks  "])
def test_a_line_that_is_printed_twice_counts_once(second: str) -> None:
    document = read(f"¶3. (C) Third.\n\n¶4. (C) The talks\n{second}\nwent on.\n\n¶5. (C) Fifth.")
    assert [p.label for p in document.paragraphs] == ["3", "4", "5"]
    assert document.paragraphs[1].text == "The talks went on."
    assert [(r.label, r.why) for r in document.repairs] == [("4", "printed twice")]


def test_a_sign_that_is_printed_twice_counts_once() -> None:
    for twice in ("¶2. ¶2. (C) Second.", "¶¶2. (C) Second.", "¶2.\n¶2. (C) Second."):
        document = read(f"¶1. (C) First.\n\n{twice}\n\n¶3. (C) Third.")
        assert [p.text for p in document.paragraphs] == ["First.", "Second.", "Third."], twice


# ---- false signs


def test_a_wrapped_year_starts_no_paragraph() -> None:
    document = read("¶1. (C) The law was passed in\n¶1994. It was changed later.\n\n¶2. (C) Second.")
    assert [p.text for p in document.paragraphs] == [
        "The law was passed in ¶1994. It was changed later.",
        "Second.",
    ]
    assert [(r.printed, r.label, r.why) for r in document.repairs] == [
        ("¶1994.", None, "a wrapped year, no paragraph starts here")
    ]


def test_a_wrapped_day_starts_no_paragraph() -> None:
    document = read("¶1. (C) The envoy called on July\n¶15. Charge told him so.\n\n¶2. (C) Second.")
    assert [p.label for p in document.paragraphs] == ["1", "2"]
    assert document.repairs[0].why == "a wrapped day, no paragraph starts here"


@pytest.mark.parametrize("reference", ["as was said in paragraph", "see para", "as in paragraphs 1 and"])
def test_a_wrapped_reference_starts_no_paragraph(reference: str) -> None:
    for number in (2, 3, 4):
        body = f"¶1. (C) First.\n\n¶2. (C) The talks went on, {reference}\n¶{number}. He agreed.\n\n¶3. (C) Third."
        assert labels(body) == ["1", "2", "3"], number


def test_a_wrapped_figure_starts_no_paragraph_even_if_it_is_the_number_due() -> None:
    body = "¶1. (C) The number of those ministries that signed the protocol rose to\n¶2. He agreed.\n\n¶2. (C) Second."
    assert labels(body) == ["1", "2"]


def test_a_pilcrow_before_a_capital_letter_starts_no_paragraph() -> None:
    document = read("¶1. (C) We met with\n¶J. Keller.\n\n¶A. This is a point.\n\n¶2. (C) Second.")
    assert [p.label for p in document.paragraphs] == ["1", "2"]
    assert [r.printed for r in document.repairs] == ["¶J.", "¶A."]


def test_a_pilcrow_before_a_further_reference_starts_no_paragraph() -> None:
    text = LABELS.replace("RESUME\n", "RESUME\n\nREF: A. STATE 1234\n¶B. PARIS 99\n")
    assert [p.label for p in read("¶1. (C) First.\n\n¶2. (C) Second.", labels=text).paragraphs] == ["1", "2"]


def test_points_of_a_list_stay_inside_their_paragraph() -> None:
    body = "¶1. (C) Points:\n\n1) (S/NF) One.\n\n2) (S/NF) Two.\n\n-- three\n\n- four\n\na. five\n\n¶2. (C) Second."
    first, _ = read(body).paragraphs
    assert first.text == "Points:\n\n1) (S/NF) One.\n\n2) (S/NF) Two.\n\n-- three\n\n- four\n\na. five"


def test_below_a_line_that_was_not_wrapped_a_sign_needs_no_end_of_a_sentence() -> None:
    said = "Traders said that the harbor would open before the winter. " * 4
    body = f"¶1. Ice. {said}See Ashgabat 40\n¶3. Roads. {said}\n¶8. Bread. {said}\n¶9. Ships. {said}"
    assert labels(body) == ["1", "3", "8", "9"]


def test_marked_paragraphs_may_be_written_like_points_of_a_list() -> None:
    body = "1) (SBU) First.\n\n2) (S) Second.\n\n3) (C) Third.\n\n4) (C) Fourth.\n\n¶5. (U) Fifth."
    assert labels(body) == ["1", "2", "3", "4", "5"]


def test_short_unmarked_points_among_marked_paragraphs_stay_inside() -> None:
    points = "\n\n".join(f"¶{n}. Point {n} is made." for n in (1, 2, 3))
    assert labels(f"¶1. (C) First.\n\n¶2. (C) Points:\n\n{points}\n\n¶3. (C) Third.\n\n¶4. (C) T.") == [
        "1",
        "2",
        "3",
        "4",
    ]


def test_a_quoted_letter_inside_a_cable_keeps_its_own_numbers() -> None:
    letter = "\n\n".join(f"¶{n}. " + "The ministers of both sides met at the border. " * 4 for n in (1, 2, 3, 4))
    body = f"¶1. (C) First.\n\n¶2. (C) The letter reads:\n\n{letter}\n\n¶3. (C) Third.\n\n¶4. (C) T."
    assert labels(body) == ["1", "2", "1#2", "2#2", "3", "4", "3#2", "4#2"]


@pytest.mark.parametrize("form", ["({n}) (C) ", "Q{n}. ", "P{n}. (C) ", "{n}) (C) "])
def test_a_list_inside_a_paragraph_is_no_sequence_of_its_own(form: str) -> None:
    points = "\n\n".join(form.format(n=n) + f"Point {n} is made." for n in (1, 2, 3))
    assert labels(f"¶1. (C) First.\n\n¶2. (C) Points:\n\n{points}\n\n¶3. (C) Third.\n\n¶4. (C) T.") == [
        "1",
        "2",
        "3",
        "4",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "(U) Classified by Charge P. Varga, reasons 1.4 (b).",
        "(C) KEY POINTS",
        "(C) KEY POINTS\n\n-- (C) One.\n\n-- (C) Two.",
        "(U) This cable is sensitive but unclassified.",
        "This is an action request; see paragraph 2.",
    ],
)
def test_lines_before_the_first_paragraph_are_none(line: str) -> None:
    document = read(f"{line}\n\n¶1. (C) First.\n\n¶2. (C) Second.")
    assert [p.text for p in document.paragraphs] == ["First.", "Second."]


_PRESS = (
    "The paper Morning Tide says that the harbor will open before\nthe winter and that the ferries will run again. " * 7
)


def test_much_prose_above_the_first_number_becomes_paragraphs_labelled_0() -> None:
    body = (
        f"REF: PARIS 99\n\nHARBOR NEWS\n\n{_PRESS}\n\nASHGABAT 00000042  002 OF 005\n\n{_PRESS}\n\n{_PRESS}\n\n"
        "COMMENTS\n--------\n\n¶1. (C) First.\n\n¶2. (C) Second."
    )
    document = read(body)
    assert [(p.label, p.printed, p.ordinal, p.heading) for p in document.paragraphs] == [
        ("0", None, 1, "HARBOR NEWS"),
        ("0#2", None, 2, "HARBOR NEWS"),
        ("0#3", None, 3, "HARBOR NEWS"),
        ("1", "1", 4, "COMMENTS"),
        ("2", "2", 5, "COMMENTS"),
    ]
    assert all(p.text == " ".join(_PRESS.split()) for p in document.paragraphs[:3])
    assert all(
        "".join(document.source[p.start : p.end].split()) == "".join(_PRESS.split()) for p in document.paragraphs[:3]
    )
    assert document.notices == ("paragraphs above the first number are labelled 0",)


@pytest.mark.parametrize(
    "above", [_PRESS, "¶B. PARIS 99\n\n" * 100, "FOR EUR DIRECTOR HAAS FROM AMBASSADOR KELLER\n" * 40]
)
def test_a_little_prose_or_many_remarks_above_the_first_number_stay_outside(above: str) -> None:
    document = read(f"{above}\n\n¶1. (C) First.\n\n¶2. (C) Second.")
    assert [p.label for p in document.paragraphs] == ["1", "2"]
    assert document.notices == ()


def test_a_numbered_classification_line_is_a_paragraph() -> None:
    assert labels("¶1. Classified by Charge P. Varga.\n\n¶2. (C) Second.") == ["1", "2"]


# ---- text


def test_wrapped_lines_are_joined_and_blank_lines_kept_as_one() -> None:
    assert only("¶1. (C) The talks\nwent on\n\n\n\nfor days.").text == "The talks went on\n\nfor days."


def test_bullets_stay_on_lines_of_their_own() -> None:
    assert only("¶1. (C) Points:\n-- one\nand more;\n-- two.").text == "Points:\n-- one and more;\n-- two."


@pytest.mark.parametrize("point", ["a.", "b)", "(c)", "3.", "12)", "ii.", "iv.", "viii."])
def test_a_lettered_or_numbered_point_stays_on_a_line_of_its_own(point: str) -> None:
    assert only(f"¶1. (C) Points:\n{point} one.").text == f"Points:\n{point} one."


@pytest.mark.parametrize("word", ["it.", "us.", "UN.", "up."])
def test_a_short_word_that_ends_a_wrapped_sentence_is_no_point(word: str) -> None:
    assert only(f"¶1. (C) They asked for\n{word} Nobody came.").text == f"They asked for {word} Nobody came."


@pytest.mark.parametrize(
    "head",
    [
        "ASHGABAT 00000042  002 OF 005",
        "ASHGABAT 00000042  002.2 OF 005",
        "C O N F I D E N T I A L SECTION 02 OF 05 ASHGABAT 000042",
        "C O N F I D E N T I A L SECTION 02 OF 05 ASHGABAT 000042\n\nSIPDIS",
        "PAGE 02 RUEHAH 00042 02 OF 05 310639Z",
        "UNCLAS SECTION 02 OF 05 ASHGABAT 000042\n\nSIPDIS\n\nE.O. 12958: DECL: 08/31/2016\n"
        "TAGS: PREL, EPET, TX\nSUBJECT: PIPELINE TALKS\nRESUME",
        "SECTION 02 OF 05",
    ],
)
def test_a_page_head_belongs_to_no_paragraph(head: str) -> None:
    document = read(f"¶1. (C) The talks went\n\n{head}\n\non for days.\n\n{head}\n\n¶2. (C) Second.")
    first, second = document.paragraphs
    assert first.text == "The talks went on for days."
    assert document.source[first.end - 5 : first.end] == "days."
    assert len(first.pieces) == 2
    assert (second.heading, second.text) == (None, "Second.")


def test_a_whole_head_that_is_printed_again_belongs_to_no_paragraph() -> None:
    document = read(
        f"¶1. (C) The talks went\n\n{HEAD}\n{LABELS.split('Classified')[0]}\non for days.\n\n¶2. (C) Second."
    )
    assert [p.text for p in document.paragraphs] == ["The talks went on for days.", "Second."]


def test_a_page_head_in_mid_line_belongs_to_no_paragraph() -> None:
    document = read("¶1. (C) The talks went TEL AVIV 00000042  002 OF 005 on for days.\n\n¶2. (C) Second.")
    assert document.paragraphs[0].text == "The talks went on for days."


def test_a_capital_line_of_a_text_in_capitals_is_no_heading() -> None:
    document = read("¶1. THE TALKS WENT ON AND\nENDED IN MAY.\n¶2. SECOND.\n¶3. THIRD.")
    assert [p.text for p in document.paragraphs] == ["THE TALKS WENT ON AND ENDED IN MAY.", "SECOND.", "THIRD."]


def test_an_entire_text_is_marked_at_once() -> None:
    first, _ = read("1. (C - ENTIRE TEXT).\n\n2. The talks ended.").paragraphs
    assert (first.text, first.portion_mark) == ("(C - ENTIRE TEXT).", "C")


def test_a_whole_cable_in_one_line_is_read() -> None:
    document = read("¶1. (C) Summary. One. End summary. 2. (C) As said in paragraph 1. ¶3. (S/NF) Three.")
    assert [p.text for p in document.paragraphs] == ["Summary. One. End summary.", "As said in paragraph 1.", "Three."]


@pytest.mark.parametrize("before", ["on Dec.", "in No.", "see para.", "ca."])
def test_an_abbreviation_does_not_end_a_sentence(before: str) -> None:
    body = f"¶1. (C) First.\n\n¶2. (C) It was agreed by ministers of both sides {before}\n¶3. He left.\n\n¶3. (C) T."
    assert labels(body) == ["1", "2", "3"]


def test_an_extract_that_skips_more_than_once_stays_as_printed() -> None:
    body = "\n\n".join(f"{number}. Talk {number} ended." for number in (1, 2, 5, 9, 14))
    assert labels(body) == ["1", "2", "5", "9", "14"]


def test_a_point_that_is_indented_deeper_stays_inside_its_paragraph() -> None:
    body = "¶1. (C) Points:\n\n     1. One thing,\n     2. another.\n\n¶2. (C) Second.\n\n¶3. (C) Third."
    assert labels(body) == ["1", "2", "3"]


def test_redactions_are_text() -> None:
    assert only("¶1. (C) XXXXXXXXXXXX told us that [NAME REMOVED] agreed.").text.startswith("XXXXXXXXXXXX told")


# ---- headings and the end


def test_a_line_too_long_to_be_wrapped_is_no_part_of_the_heading_below_it() -> None:
    names = "Minister Anna Haas Director Juan Keller, Harbor Office Other Officials of the Ministry"
    body = f"¶1. (C) Present:\n{names}\nBorder Trade\n----\n¶2. (C) Second."
    first, second = read(body).paragraphs
    assert (first.text, second.heading) == (f"Present: {names}", "Border Trade")


def test_the_rule_on_the_line_of_a_heading_is_no_part_of_it() -> None:
    _, second = read("¶1. (C) They met.\n\nBORDER TRADE ------------- -----\n\n¶2. (C) Second.").paragraphs
    assert second.heading == "BORDER TRADE"


def test_a_redacted_line_is_no_heading() -> None:
    first, second = read("¶1. (C) They met.\n\nXXXXXXXXXXXX\n\n¶2. (C) Second.").paragraphs
    assert (first.text, second.heading) == ("They met.\n\nXXXXXXXXXXXX", None)


def test_the_end_of_a_summary_may_go_on_behind_a_gap() -> None:
    first, second = read(
        "¶1. (C) Summary: They met. END\n\nSUMMARY.\n\nBORDER TRADE\n----\n\n¶2. (C) Second."
    ).paragraphs
    assert (first.text, second.heading) == ("Summary: They met. END\n\nSUMMARY.", "BORDER TRADE")


def test_a_short_line_below_a_text_on_one_long_line_is_a_heading() -> None:
    said = (
        "The minister said that the harbor would open before the winter, that trade would grow and that all was well."
    )
    first, second = read(f"¶1. (C) {said}\n(S/NF) Roads and Harbors\n\n¶2. (C) Second.").paragraphs
    assert (first.text, second.heading) == (said, "(S/NF) Roads and Harbors")


@pytest.mark.parametrize(
    "above",
    [
        "Border Trade: A New Start",
        "BORDER TRADE: A NEW START",
        "Border Trade: A New Start\n-------------------------",
        "-------------------------\nBorder Trade: A New Start\n-------------------------",
        "--------------------------------------------- ----\nBORDER TRADE: A NEW START\n---------------------- ------",
        "=========\n\nBorder Trade: A New Start\n\n=========",
        "Border Trade:\nA New Start\n-----------",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_heading_stands_above_its_paragraph_and_belongs_to_none(above: str, gap: str) -> None:
    document = read(f"¶1. (C) First.\n\n{above}{gap}¶2. (C) Second.\n\n¶3. (C) Third.")
    first, second, third = document.paragraphs
    assert (first.text, first.heading) == ("First.", None)
    assert (second.heading or "").casefold() == "border trade: a new start"
    assert third.heading == second.heading


@pytest.mark.parametrize("end", ["End summary.", "END SUMMARY", "(End Comment.)", "End Note"])
def test_the_end_of_a_summary_belongs_to_the_paragraph_above(end: str) -> None:
    first, second = read(f"¶1. (C) First.\n\n{end}\n\n¶2. (C) Second.").paragraphs
    assert first.text == f"First.\n\n{end}"
    assert second.heading is None


def test_an_unfinished_paragraph_keeps_its_last_line() -> None:
    first, _ = read("¶1. (C) The ministers of both countries met in\n\nSmolensk\n\n¶2. (C) Second.").paragraphs
    assert first.text.endswith("Smolensk")


@pytest.mark.parametrize(
    "signer", ["BURNS", "O'NEIL", "McCARTHY", "VAN HORN", "DELA CRUZ", "SMITH\n\nNNNN", "BURNS\n#"]
)
def test_the_signature_belongs_to_no_paragraph(signer: str) -> None:
    document = read(f"¶1. (C) First.\n\n{signer}")
    assert document.paragraphs[0].text == "First."
    assert document.header.signature == signer.split("\n")[0]


def test_a_text_behind_the_signature_belongs_to_no_paragraph() -> None:
    document = read("¶1. (C) First.\n\nBURNS\n\nAnother text follows here.\n\nAnd goes on.")
    assert document.paragraphs[0].text == "First."
    assert document.header.signature == "BURNS"
    assert document.notices == ("the text behind the signature belongs to no paragraph",)


_POINTS = "1. The port stays open.\n\n2. The fee is paid in May."


@pytest.mark.parametrize(
    "announced",
    ["BURNS", "BURNS\n\nANNEX", "BURNS\n\nAnnex A: The Agreement", "Begin text of letter:", "(Begin text:)"],
)
def test_the_points_of_an_annex_are_paragraphs_though_unmarked(announced: str) -> None:
    document = read(f"¶1. (C) First of all.\n\n¶2. (C) Second of all.\n\n¶3. (C) Third.\n\n{announced}\n\n{_POINTS}")
    assert [paragraph.label for paragraph in document.paragraphs] == ["1", "2", "3", "1#2", "2#2"]
    assert document.paragraphs[2].text == "Third."
    assert document.paragraphs[-1].text == "The fee is paid in May."
    assert document.repairs == ()


def test_the_signer_above_an_annex_is_told_and_is_no_heading() -> None:
    document = read(f"¶1. (C) First of all.\n\n¶2. (C) Second.\n\nBURNS\n\n{_POINTS}")
    assert document.header.signature == "BURNS"
    assert [paragraph.heading for paragraph in document.paragraphs] == [None] * 4
    assert document.notices == ()


def test_an_unmarked_list_within_a_paragraph_stays_in_it() -> None:
    document = read(f"¶1. (C) First of all.\n\n¶2. (C) He asked for:\n\n{_POINTS}\n\n¶3. (C) Third.")
    assert [paragraph.label for paragraph in document.paragraphs] == ["1", "2", "3"]


def test_a_cable_without_signature_has_none() -> None:
    document = read("¶1. (C) First.")
    assert document.header.signature is None


# ---- numbers


@pytest.mark.parametrize(
    "printed",
    [
        [1, 2, 3, 6, 6, 7],
        [1, 2, 3, 4, 5, 6, 6],
        [1, 2, 3, 4, 5, 6, 1, 2],
        [1, 2, 3, 1, 2, 3, 4],
        [1, 3, 8, 11],
        [2, 3, 4],
        [7, 8, 9, 12],
        [1],
        [1, 2, 3, 5],
        [*range(1, 29), 1, 2],
    ],
)
@pytest.mark.parametrize("mark", ["(C) ", ""])
def test_repeats_restarts_skips_and_late_beginnings_stay_as_printed(printed: list[int], mark: str) -> None:
    document = read("\n\n".join(f"¶{number}. {mark}Talk {place} went on." for place, number in enumerate(printed)))
    assert [paragraph.printed for paragraph in document.paragraphs] == list(map(str, printed))
    assert [paragraph.label.split("#")[0] for paragraph in document.paragraphs] == list(map(str, printed))
    assert len({paragraph.label for paragraph in document.paragraphs}) == len(printed)
    assert document.repairs == ()


def test_the_second_of_a_number_is_labelled_so() -> None:
    assert labels("¶6. (C) One.\n\n¶6. (C) Two.\n\n¶6. (C) Three.") == ["6", "6#2", "6#3"]


def test_a_pilcrow_that_became_a_1_is_healed() -> None:
    document = read("\n\n".join(f"{sign}. (C) Text." for sign in ("¶1", "¶2", "¶3", "¶4", "15", "16")))
    assert [(p.label, p.printed) for p in document.paragraphs][-2:] == [("5", "15"), ("6", "16")]
    assert [(r.printed, r.label, r.why) for r in document.repairs] == [
        ("15.", "5", "lost pilcrow read as 1"),
        ("16.", "6", "lost pilcrow read as 1"),
    ]


def test_a_misprint_between_its_right_neighbours_is_healed() -> None:
    document = read("\n\n".join(f"¶{number}. (C) Text." for number in (6, 7, 10, 9, 10)))
    assert [(p.label, p.printed) for p in document.paragraphs] == [
        ("6", "6"), ("7", "7"), ("8", "10"), ("9", "9"), ("10", "10"),
    ]  # fmt: skip
    assert [(r.printed, r.label) for r in document.repairs] == [("¶10.", "8")]


def test_a_last_number_that_does_not_fit_stays_as_printed() -> None:
    assert labels("\n\n".join(f"¶{number}. (C) Text." for number in (1, 2, 3, 10))) == ["1", "2", "3", "10"]


def test_a_repair_names_the_line() -> None:
    body = "¶1. (C) First.\n\n¶2. (C) It was passed in\n¶1994. Then it fell."
    (repair,) = read(body).repairs
    assert cable(body).split("\n")[repair.line - 1].startswith("¶1994.")


def test_classification_is_taken_from_portion_marks_only_with_a_notice() -> None:
    text = LABELS.replace("C O N F I D E N T I A L ", "")
    document = read("¶1. (U) First.\n\n¶2. (S) Second.", head="", labels=text)
    assert document.header.classification == "SECRET"
    assert document.notices


def test_a_cable_without_numbers_is_split_at_blank_lines_with_a_notice() -> None:
    document = read("The talks resumed.\n\nThey ended.")
    assert document.kind == "cable"
    assert [p.text for p in document.paragraphs][-2:] == ["The talks resumed.", "They ended."]
    assert document.paragraphs[0].printed is None
    assert any("no numbered paragraph" in notice for notice in document.notices)
