from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.claims.frames import frames

CLAUSES = [
    ("The city agreed, the ministry did not answer.", [("The city", "agreed"), ("the ministry", "did not answer")]),
    ("Her rival, the lawyer Davor Milic, conceded.", [("Her rival the lawyer Davor Milic", "conceded")]),
    (
        "Prifti favors a compromise and has asked both.",
        [("Prifti", "favors a compromise"), ("Prifti", "has asked both")],
    ),
    (
        "Horvat promised a hospital, Milic a bypass.",
        [("Horvat", "promised a hospital"), ("Milic", "promised a bypass")],
    ),
    ("He wants it; the owner, Steelco, offers a part.", [("He", "wants it"), ("the owner Steelco", "offers a part")]),
    ("The young fish, he says, are caught.", [("he", "says"), ("The young fish", "are caught")]),
    ("According to the union the miners will not come.", [("the miners", "will not come")]),
    ("In August 2009 farmers blocked the road.", [("farmers", "blocked the road")]),
    ("The judge, who wanted it, protested.", [("The judge", "wanted it"), ("The judge", "protested")]),
    ("Kirov said that the union would fail.", [("Kirov", "said"), ("the union", "would fail")]),
    ("A list of names.", []),
]


@pytest.mark.parametrize(("sentence", "clauses"), CLAUSES)
def test_a_sentence_is_cut_into_clauses_with_their_subjects(sentence: str, clauses: list[tuple[str, str]]) -> None:
    found = [(" ".join(w.text for w in f.subject), " ".join(w.text for w in f.said)) for f in frames(sentence)]
    assert found == clauses


def test_what_which_stands_for_is_left_open() -> None:
    assert frames("Vidic dreads the bridge, which opens soon.")[1].subject == ()


def test_a_passive_and_a_denial_are_seen() -> None:
    (frame,) = frames("The charges were not dropped.")
    assert frame.passive
    assert frame.denied


@given(st.text(alphabet="abAB ,;:.'-()", max_size=80))
def test_any_text_can_be_cut(text: str) -> None:
    assert all(frame.said for frame in frames(text))
