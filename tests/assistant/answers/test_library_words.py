from __future__ import annotations

import pytest

from assistant.conversation import Assistant
from assistant.question.library_words import acronyms_of, long_forms, spellings, ways_in_library


def test_an_acronym_gets_the_long_form_that_explains_it() -> None:
    texts = ["She left the Joint River Office (JRO) in May.", "The Jute Roofing Order (JRO) is void, said JRO."]
    assert long_forms("JRO", [*texts, texts[0]]) == ["Joint River Office", "Jute Roofing Order"]


def test_small_words_count_for_no_letter_of_an_acronym() -> None:
    assert long_forms("BWT", ["He chairs the Board of the Water Trust (BWT)."]) == ["Board of the Water Trust"]


def test_brackets_that_explain_nothing_give_no_long_form() -> None:
    assert long_forms("JRO", ["The river (JRO) rose.", "No brackets: JRO."]) == []


def test_a_long_name_gets_its_acronym() -> None:
    assert acronyms_of("Joint River Office", ["the Joint River\nOffice (JRO) said"]) == ["JRO"]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("Brant", "Ilse Brandt said so.", ["brandt"]),
        ("timetble", "a winter timetable", ["timetable"]),
        ("slashed", "he was lashed", []),
        ("Brandt", "Ilse Brandt said so.", []),
    ],
)
def test_a_spelling_is_another_word_with_nearly_the_same_letters(word: str, text: str, found: list[str]) -> None:
    assert spellings(word, [text]) == found


def test_a_misspelt_name_is_searched_as_the_library_spells_it(small_library: Assistant) -> None:
    assert ways_in_library("What does Ilse Brandd think?", small_library.store) == ["brandt"]


def test_what_stands_in_the_library_is_left_as_it_is(small_library: Assistant) -> None:
    assert ways_in_library("What does Ilse Brandt think of the ferry?", small_library.store) == []
