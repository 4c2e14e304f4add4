from __future__ import annotations

import pytest

from assistant.claims.comparisons import disagreements

TURNED = [
    ("Farmers pay more than households.", "Farmers pay less than households."),
    ("Households pay less than farmers.", "Farmers pay less than households."),
    ("Turnout was higher than in 2001.", "Turnout was lower than in 2001."),
    ("Horvat won more votes than polls had predicted.", "Horvat won with 52 percent, less than polls had predicted."),
    ("The law looks worse than it is.", "The law looks better than it is."),
    ("Tickets are cheaper than in 2003.", "Tickets cost twice as much as in 2003."),
    ("Kuznetsov is more popular than Milic.", "Kuznetsov is popular."),
]
SAME = [
    ("Farmers pay less than households.", "Farmers pay less than households."),
    ("Households pay more than farmers.", "Farmers pay less than households."),
    ("Tickets are dearer than in 2003.", "Tickets cost twice as much as in 2003."),
    ("Exports were higher than in 2005.", "Exports rose from 3 to 4 tons."),
    ("More than half of the families left.", "Most families left."),
    ("The port is large.", "The port is smaller than it was."),
]


@pytest.mark.parametrize(("statement", "evidence"), TURNED)
def test_a_comparison_turned_round_is_found(statement: str, evidence: str) -> None:
    assert disagreements(statement, [evidence])


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_the_same_comparison_agrees(statement: str, evidence: str) -> None:
    assert disagreements(statement, [evidence]) == ()
