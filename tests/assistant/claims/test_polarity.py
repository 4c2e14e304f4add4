from __future__ import annotations

import pytest

from assistant.claims.polarity import disagreements, read

SAME = [
    ("The minister did not sign the treaty.", "The minister refused to sign the treaty."),
    ("He ruled out a coalition.", "The party would not join a coalition, he said."),
    ("She did not rule out a strike.", "She refused to rule out a strike."),
    ("The port has no money.", "The port ran out of money."),
    ("The ministry replied in March.", "The ministry did not reply until March."),
    ("Exports of grain fell.", "There was a decline in exports of grain."),
    ("The troops left the island.", "The government withdrew its troops from the island."),
    ("The city could not build the bridge.", "The bridge was too expensive to build for the city."),
    ("The mayor is likely to win.", "The mayor is likely to win."),
    ("Inmates were not beaten, the warden said.", "The warden denied that inmates had been beaten."),
    ("Nobody was hurt.", "No one was hurt."),
    ("She does not oppose the dam.", "She does not oppose the dam, and said so."),
    ("Only the second request was granted.", "Only the second was granted by September."),
]
OPPOSITE = [
    ("The minister signed the treaty.", "The minister refused to sign the treaty."),
    ("The minister signed the treaty.", "The minister did not sign the treaty."),
    ("The minister did not sign the treaty.", "The minister signed the treaty."),
    ("He ruled out a strike.", "He refused to rule out a strike."),
    ("The mayor is likely to win.", "The mayor is unlikely to win."),
    ("Exports rose.", "Exports fell last year, while imports rose."),
    ("He has many friends in the party.", "He has few friends in the party."),
    ("She opposes the dam.", "She does not oppose the dam."),
    ("He is against the union.", "He wants the union."),
    ("He is willing to change the treaty.", "He rejects this, because a treaty should not be mended."),
    ("All requests were granted.", "Only the second of the requests was granted."),
    ("The payment arrived on time.", "The payment came two years late."),
    ("He has published the readings.", "He would publish the readings, but fears for his engineer."),
]


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_what_says_the_same_is_no_contradiction(statement: str, evidence: str) -> None:
    assert disagreements(statement, evidence, [evidence]) == ()


@pytest.mark.parametrize(("statement", "evidence"), OPPOSITE)
def test_what_says_the_opposite_is_found(statement: str, evidence: str) -> None:
    assert disagreements(statement, evidence, [evidence])


def test_two_negations_take_each_other_back() -> None:
    assert not any(told.denied for told in read("She refused to rule out a strike.").told if told.word.text == "strike")
