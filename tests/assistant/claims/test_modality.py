from __future__ import annotations

import pytest

from assistant.claims.modality import disagreements

MEANT = [
    ("The mine reopened in May.", "The mine will reopen in May if the miners agree."),
    ("The miners have accepted the new shifts.", "It will reopen if the miners accept the new shifts."),
    ("Horvat has formed a majority.", "We expect her to form a majority by June."),
    ("Horvat has found the money.", "We expect her to win but not to find the money."),
    ("The charges were dropped.", "They called for the charges to be dropped."),
    ("AID has offered an engineer.", "We recommend that AID offer an engineer."),
    ("The bridge was opened in 2008.", "The bridge is to be opened in 2008."),
    ("The smelter was reopened.", "Quispe wants the smelter reopened."),
    ("Water is free.", "Water, he holds, should be free."),
    ("The two countries share a currency.", "Were the two countries to share a currency, prices would fall."),
    ("A count by weight settled the matter.", "He expects a count, by weight, to settle the matter."),
]
DONE = [
    ("The mine reopened in May.", "The mine reopened in May."),
    ("The mine will reopen.", "The mine will reopen in May."),
    ("Prifti said that the mine would be reopened.", "The mine will reopen, Prifti told us."),
    ("The ministry has not paid.", "The ministry would not pay."),
    ("He asked both sides to come.", "He has asked both sides to come."),
    ("We counted buses.", "Our error was to count buses."),
    ("It had closed the road.", "They asked for help, and it closed the road."),
]


@pytest.mark.parametrize(("statement", "evidence"), MEANT)
def test_what_was_only_meant_is_not_done(statement: str, evidence: str) -> None:
    assert disagreements(statement, [evidence])


@pytest.mark.parametrize(("statement", "evidence"), DONE)
def test_what_was_done_or_told_as_meant_agrees(statement: str, evidence: str) -> None:
    assert disagreements(statement, [evidence]) == ()
