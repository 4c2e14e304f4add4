from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claims.names import Told, disagreements, names, same_spelling

SAME = [
    ("Valeriy Kuznetsov spoke.", "Kuznetsov argued that it was so."),
    ("President Lukashenko came.", "Lukashenka arrived in Minsk."),
    ("The Ministry of Foreign Affairs agreed.", "The MFA agreed."),
    ("The MFA agreed.", "The Ministry of Foreign Affairs agreed."),
    ("Washington objected.", "The U.S. objected to it."),
    ("The United States objected.", "The USG objected to it."),
    ("Russian officials came.", "Officials of Russia came."),
    ("Polish farmers came.", "Farmers from Poland came."),
    ("Ukraine paid.", "The Ukrainian side paid."),
    ("Trade fell.", "All trade fell."),
]
DIFFERENT = [
    ("Valeriy Kuznetsov spoke.", "Bondarenko argued that it was so."),
    ("He went to Austria.", "He went to Australia."),
    ("He went to Iran.", "He went to Iraq."),
    ("He joined the Greens.", "He joined the Agrarians."),
]


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_the_same_name_is_found_again(statement: str, evidence: str) -> None:
    assert disagreements(names(statement), Told(evidence)) == ()


@pytest.mark.parametrize(("statement", "evidence"), DIFFERENT)
def test_another_name_is_missed(statement: str, evidence: str) -> None:
    assert disagreements(names(statement), Told(evidence))


def test_months_titles_and_first_words_are_no_names() -> None:
    assert [name.text for name in names("In May the Minister met Tomas Kirov.")] == ["Tomas Kirov"]


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_of_spelling_goes_both_ways(one: str, other: str) -> None:
    assert same_spelling(one, other) == same_spelling(other, one)
    assert same_spelling(one, one)
