"""Words in quotation marks are looked for as they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.quoted import has_phrase, quoted_phrases


@pytest.mark.parametrize(
    "question",
    [
        "What is the so-called 'white season' of the port?",
        'What is the so-called "white season" of the port?',
        "What is the so-called “white season” of the port?",
        "What is the port's ‘white season’, and who speaks of the 'white season'?",
        "What did she mean by 'white season.'",
    ],
)
def test_a_phrase_is_read_in_quotation_marks_of_any_form(question: str) -> None:
    assert quoted_phrases(question) == ("white season",)


@pytest.mark.parametrize(
    "question", ["What's the miners' pay in the owners' eyes?", "Who said 'the'?", "Who, '' or \"\"?"]
)
def test_apostrophes_and_empty_marks_quote_nothing(question: str) -> None:
    assert quoted_phrases(question) == ()


@pytest.mark.parametrize("text", ['They speak of a "White-Season" there.', "THE WHITE\nSEASON ENDS."])
def test_a_phrase_is_found_in_capitals_over_lines_and_with_a_hyphen(text: str) -> None:
    assert has_phrase(text, "white season")


@pytest.mark.parametrize("text", ["Off-white seasons.", "The season is white.", ""])
def test_a_phrase_is_not_found_within_words_or_turned_round(text: str) -> None:
    assert not has_phrase(text, "white season")


@given(st.text(max_size=80))
def test_any_question_is_read(question: str) -> None:
    assert all(phrase in question for phrase in quoted_phrases(question))
