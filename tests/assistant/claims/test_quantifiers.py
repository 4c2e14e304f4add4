from __future__ import annotations

import pytest

from assistant.claims.quantifiers import disagreements

OTHER = [
    ("All three shafts have been drained.", "Only one of the three shafts has been drained."),
    ("None of the shafts has been drained.", "One of the three shafts has been drained."),
    ("Most council members joined her.", "Two of the nine council members joined her."),
    ("All council members remain with Milic.", "Two members joined her side, the others remain with Milic."),
    ("Half of the passengers are old.", "Nearly all passengers are old."),
    ("He has many friends.", "He has few friends."),
    ("Only cotton is grown there.", "Cotton and wheat are grown there."),
    ("All the money was spent.", "The money was spent each year."),
]
SAME = [
    ("All three shafts have been drained.", "Every shaft has been drained."),
    ("Redgum accepts everything but the first.", "Redgum accepts all but the first."),
    ("Most voters stayed at home.", "Sixty percent of the voters stayed at home."),
    ("Half of the tombs are open.", "Fifty percent of the tombs are open."),
    ("Only two of nine canals carry water.", "On the plain 2 of 9 canals carry water."),
    ("It was bought only in 2007.", "It was bought in 2007."),
    ("None of the crew was met.", "No member of the crew was among those we met."),
    ("Nearly all passengers are old.", "Nearly all of the passengers are old."),
    ("Many trucks passed.", "Some 300 trucks passed."),
]


@pytest.mark.parametrize(("statement", "evidence"), OTHER)
def test_another_share_of_the_whole_is_found(statement: str, evidence: str) -> None:
    assert disagreements(statement, [evidence])


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_the_same_share_agrees_also_in_other_words(statement: str, evidence: str) -> None:
    assert disagreements(statement, [evidence]) == ()
