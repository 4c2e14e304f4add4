from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.dates import date_phrases, stretch_in_words

WORDS = (*"in from between and late of the after before to".split(), "May", "June", "31", "12", "2005", "2099", "00")  # noqa: SIM905


def stretches(text: str) -> list[str]:
    return [stretch_in_words(phrase.after, phrase.before) for phrase in date_phrases(text)]


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ("What was said in 2005?", "2005"),
        ("cables from May 2006", "May 2006"),
        ("after June 2008", "from 2008-07-01"),
        ("since 12 June 2008", "from 2008-06-12"),
        ("before 2004", "before 2004"),
        ("by the end of 2009", "before 2010"),
        ("between March 2004 and late 2006", "2004-03-01 to 2006-12-31"),
        ("from 2004 to 2006", "2004 to 2006"),
        ("in late 2007", "2007-09-01 to 2007-12-31"),
        ("in the summer of 2007", "2007-06-01 to 2007-09-30"),
        ("on June 12th, 2008", "2008-06-12"),
        ("dated 2008-06-12", "2008-06-12"),
        ("at the end of May 2002", "May 2002"),
        ("at the beginning of 2002", "2002-01-01 to 2002-04-30"),
        ("in the 1990s", "1990 to 1999"),
        ("during the late 1970s", "1977 to 1979"),
        ("from between 2004 and 2006", "2004 to 2006"),
    ],
)
def test_a_date_phrase_becomes_a_stretch(text: str, stretch: str) -> None:
    assert stretches(text) == [stretch]


@pytest.mark.parametrize("text", ["on 31 February 2007", "2005-13-45", "room 20055", "no date at all", "in 1650"])
def test_what_is_no_date_is_passed_over(text: str) -> None:
    assert stretches(text) == []


def test_december_ends_with_the_year() -> None:
    [phrase] = date_phrases("in December 1999")
    assert phrase.before == datetime(2000, 1, 1, tzinfo=UTC)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    for phrase in date_phrases(text):
        assert " ".join(text[phrase.start : phrase.end].split()) == phrase.words


@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=12,
    )
)
def test_words_of_dates_in_any_order_give_stretches_that_begin_before_they_end(words: list[str]) -> None:
    for phrase in date_phrases(" ".join(words)):
        assert phrase.after is None or phrase.before is None or phrase.after < phrase.before
