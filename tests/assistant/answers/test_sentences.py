from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quoting.headings import is_run_in_heading
from assistant.quoting.sentences import is_bare_title, split_sentences, with_whole_lists


def texts(paragraph: str) -> list[str]:
    return [span.text for span in split_sentences(paragraph)]


@given(st.text(alphabet=st.sampled_from("aB1 .!?\n\"'()-:;¶éЖ"), max_size=300))
def test_sentences_are_verbatim_slices_in_order(paragraph: str) -> None:
    spans = split_sentences(paragraph)
    assert all(paragraph[span.start : span.end] == span.text for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@given(st.text(max_size=300))
def test_nothing_but_white_space_and_marks_of_omission_is_left_out(paragraph: str) -> None:
    kept = "".join("".join(span.text.split()) for span in split_sentences(paragraph))
    assert kept.replace(".", "") == "".join(paragraph.split()).replace(".", "")


@given(st.text(alphabet=st.sampled_from("aB1 .\n-:)"), max_size=200))
def test_joined_lists_are_verbatim_slices(paragraph: str) -> None:
    for span in with_whole_lists(paragraph, split_sentences(paragraph)):
        assert paragraph[span.start : span.end] == span.text


@pytest.mark.parametrize(
    "sentence",
    [
        "Amb. Hale met PolCouns. Reyes on Feb. 14.",
        "The U.S. Government paid for No. 5 in full.",
        "Gen. J. B. Oduya left at 5 p.m. for the port.",
        "The price fell by 2.5 percent, i.e. to 40 dinars.",
    ],
)
def test_an_abbreviation_ends_no_sentence(sentence: str) -> None:
    assert texts(f"It rained. {sentence} They left.")[1] == sentence


def test_a_blank_line_in_mid_sentence_ends_none() -> None:
    assert texts("He admired the city's\n\norderly streets. She did not.") == [
        "He admired the city's\n\norderly streets.",
        "She did not.",
    ]


def test_list_items_on_lines_of_their_own_are_cut() -> None:
    assert texts("He wants:\n- a bridge;\n- a ferry.") == ["He wants:", "- a bridge;", "- a ferry."]


def test_a_list_is_joined_to_what_opens_it() -> None:
    paragraph = "He came. He wants:\n- a bridge;\n- a ferry.\nThen he left."
    assert [span.text for span in with_whole_lists(paragraph, split_sentences(paragraph))][:2] == [
        "He came.",
        "He wants:\n- a bridge;\n- a ferry.",
    ]


def test_a_list_that_would_grow_too_long_stays_in_pieces() -> None:
    paragraph = "He wants:\n- a bridge;\n- a ferry."
    assert len(with_whole_lists(paragraph, split_sentences(paragraph), longest=20)) == 3


def test_titles_are_no_sentences() -> None:
    assert is_bare_title("Summary.")
    assert is_bare_title("End comment.")
    assert not is_bare_title("The summary was short.")


@pytest.mark.parametrize("text", ["A fisherman's view.", "Cheap Diesel.", "The price of doubt."])
def test_a_first_sentence_that_only_names_what_follows_is_a_heading(text: str) -> None:
    assert is_run_in_heading(text)


@pytest.mark.parametrize(
    "text", ["NO ONE KNOWS.", "Prices fell.", "He left.", "The mayor resigned.", "Who paid?", "It costs $3."]
)
def test_a_short_sentence_that_tells_something_is_no_heading(text: str) -> None:
    assert not is_run_in_heading(text)


def test_marks_of_omission_belong_to_no_sentence() -> None:
    text = "The harbor is closed. . .Nobody knows why. . . .  In sum. . The mayor left .5 percent."
    spans = split_sentences(text)
    assert [span.text for span in spans] == [
        "The harbor is closed.",
        "Nobody knows why.",
        "In sum.",
        "The mayor left .5 percent.",
    ]
    assert all(text[span.start : span.end] == span.text for span in spans)
