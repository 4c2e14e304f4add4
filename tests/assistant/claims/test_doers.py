from __future__ import annotations

import pytest

from assistant.claims.doers import disagreements

COALITION = ["Former minister Ilona Bersen supports a coalition and has met Viktor Saltan three times."]
UNION = ["Father Drozd wants a union.", "The teacher Alesya Marchuk is against it."]
MINE = [
    "Union secretary Bardh Leka said that they would not come.",
    "He wants the night shift paid double; the owner, Steelco, offers a quarter more.",
]
OTHERS = [
    ("Kirov has met Viktor Saltan three times.", [*COALITION, "Kirov stayed at home."]),
    ("Marchuk wants a union.", UNION),
    ("The owner wants the night shift paid double.", MINE),
    ("The union offers a quarter more.", MINE),
    ("Milic promised a hospital.", ["Horvat promised a hospital, Milic a bypass."]),
    (
        "Milic's party congratulated her.",
        ["Her rival, the lawyer Davor Milic, conceded and congratulated her.", "His party did not."],
    ),
    (
        "The director thinks that it should be sold.",
        ["The director dreads it.", "His deputy thinks that it should be sold."],
    ),
    ("The captain blames the wave.", ["Lumbayan Lines, the owner, blames the wave."]),
]
SAME = [
    ("Bersen has met Viktor Saltan three times.", COALITION),
    ("Viktor Saltan was met by Bersen three times.", COALITION),
    ("Marchuk is against a union.", UNION),
    ("Leka wants the night shift paid double.", MINE),
    ("The union secretary wants the night shift paid double.", MINE),
    ("Steelco offers a quarter more.", MINE),
    ("Milic promised a bypass.", ["Horvat promised a hospital, Milic a bypass."]),
    (
        "The ambassador regards it as a claim.",
        ["Ambassador Kenan Tan met us.", "Turkey paid for it, he said.", "He regards it as a claim."],
    ),
    ("The embassy expects rain.", ["We expect rain."]),
]


@pytest.mark.parametrize(("statement", "sentences"), OTHERS)
def test_another_doer_is_found(statement: str, sentences: list[str]) -> None:
    assert disagreements(statement, sentences, range(len(sentences)))


@pytest.mark.parametrize(("statement", "sentences"), SAME)
def test_the_same_doer_agrees_by_name_role_or_pronoun(statement: str, sentences: list[str]) -> None:
    assert disagreements(statement, sentences, range(len(sentences))) == ()
