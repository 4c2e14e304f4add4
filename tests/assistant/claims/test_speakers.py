from __future__ import annotations

import pytest

from assistant.claims.speakers import as_the_embassy, disagreements, in_comment, voice

VOICES = [
    ("Kirov said that it was so.", "Kirov"),
    ("According to Greta Lundmark, it was so.", "Greta Lundmark"),
    ("It was so, Kirov argued.", "Kirov"),
    ("The printing house, he contended, was so poor.", None),
    ("For Valeriy Kuznetsov, Belarus is what Russia could be.", "Valeriy Kuznetsov"),
    ("It is so.", None),
]
SENTENCES = [
    "Kirov said that the union would fail.",
    "He added that Bersen wants to become minister.",
    "Saltan, by contrast, called the plan useless.",
]


@pytest.mark.parametrize(("sentence", "speaker"), VOICES)
def test_the_speaker_is_found(sentence: str, speaker: str | None) -> None:
    found = voice(sentence)
    assert (found.names[0].text if found and found.names else None) == speaker


@pytest.mark.parametrize(
    ("statement", "at"),
    [
        ("Kirov said that the union would fail.", 0),
        ("According to Kirov, Bersen wants to become minister.", 1),
        ("Saltan called the plan useless.", 2),
        ("The plan is useless.", 2),
    ],
)
def test_the_same_speaker_agrees_also_by_a_pronoun(statement: str, at: int) -> None:
    assert disagreements(statement, SENTENCES, at, comment=False) == ()


@pytest.mark.parametrize(
    ("statement", "at"),
    [
        ("Saltan said that the union would fail.", 0),
        ("Saltan said that Bersen wants to become minister.", 1),
        ("Kirov called the plan useless.", 2),
        ("The embassy believes that the union will fail.", 0),
    ],
)
def test_another_speaker_is_found(statement: str, at: int) -> None:
    assert disagreements(statement, SENTENCES, at, comment=False)


def test_the_embassys_comment_is_nobody_elses_word() -> None:
    text = "Comment: The quay will be late. End comment. Reimann is able."
    assert in_comment(text, 9, None)
    assert not in_comment(text, text.index("Reimann"), None)
    assert in_comment("The quay will be late.", 0, "Comment")
    assert disagreements("Reimann said the quay will be late.", ["The quay will be late."], 0, comment=True)
    assert not disagreements("The embassy said the quay will be late.", ["The quay will be late."], 0, comment=True)


def test_the_embassy_speaks_of_itself_as_we() -> None:
    assert as_the_embassy("The Embassy expects rain.", "We expect rain.") == "We expects rain."
    assert as_the_embassy("The Embassy expects rain.", "Kirov expects rain.") == "The Embassy expects rain."
    assert as_the_embassy("The embassy's car is new.", "We bought a car.") == "The embassy's car is new."
