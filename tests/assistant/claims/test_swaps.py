from __future__ import annotations

import pytest

from assistant.claims.swaps import crossed, exchanged, turned

CROSSED = [
    ("She will begin with the smelter, and water will wait.", "The smelter will wait, but she will begin with water."),
    (
        "He has asked the city for a subsidy and the ministry for a pier.",
        "He has asked the ministry for a subsidy and the city for a pier.",
    ),
]
TURNED = [
    ("We recommend a loan rather than an engineer.", "We recommend an engineer rather than a loan."),
    ("Prices will be settled before wages.", "Wages will be settled before prices."),
    ("They noticed it before signing.", "They noticed it only after signing."),
    ("They would rather settle than lose.", "They would rather lose the case."),
]


def test_a_word_that_stands_in_anothers_place_is_found() -> None:
    (swap,) = exchanged("They sold 85 tons of trout in May.", ["They sold 85 tons of carp in May."])
    assert (swap.claimed.text, swap.told.text) == ("trout", "carp")
    assert swap.restored == "They sold 85 tons of carp in May."


def test_a_word_of_the_evidence_in_another_place_is_found_at_the_end_too() -> None:
    evidence = ["The prosecutor protested.", "It was postponed at the request of the defense."]
    (swap,) = exchanged("It was postponed at the request of the prosecutor.", evidence)
    assert swap.told.text == "defense"


def test_a_word_in_the_place_of_several_is_taken_for_another_only_if_the_evidence_has_it() -> None:
    evidence = ["She blames the mining company Andex for taking water."]
    assert not exchanged("She blames the firm for taking water.", evidence)
    assert exchanged("She blames the farmers for taking water.", [*evidence, "The farmers are poor."])


@pytest.mark.parametrize(("statement", "evidence"), CROSSED)
def test_pairs_that_were_crossed_are_found(statement: str, evidence: str) -> None:
    assert crossed(statement, [evidence])
    assert not crossed(evidence, [evidence])


@pytest.mark.parametrize(("statement", "evidence"), TURNED)
def test_an_order_that_was_turned_is_found(statement: str, evidence: str) -> None:
    assert turned(statement, [evidence])
    assert not turned(evidence, [evidence])
