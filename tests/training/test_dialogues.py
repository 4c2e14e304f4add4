"""The dialogues that the model of inference learns from, and what is made of them."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.dialogues import Dialogue, dialogues, read_dialogue, turns_of
from training.learning import Group
from training.passages import affairs, read_affair

AFFAIR = """@ A FERRY IS SOLD
1| Holm runs the ferry. He is old.
2| Brandt wants to sell it.
3| Nobody would buy the pier."""
DIALOGUE = """@ A FERRY IS SOLD
D 1| Who runs the ferry?
+ 2| and who wants to sell it
+ 0| for how much?"""


def learnt(text: str = DIALOGUE, far: Sequence[str] = ()) -> list[Group]:
    affair, dialogue = read_affair(AFFAIR), read_dialogue(text)
    return [
        group
        for seed in range(20)
        for group in turns_of(dialogue, affair, lambda _subject, _asked: list(far), random.Random(seed))
    ]


def test_a_dialogue_has_its_subject_and_its_turns_with_the_passages_that_answer() -> None:
    assert read_dialogue(DIALOGUE) == Dialogue(
        "A FERRY IS SOLD",
        (
            ("Who runs the ferry?", frozenset("1")),
            ("and who wants to sell it", frozenset("2")),
            ("for how much?", frozenset()),
        ),
    )


def test_a_turn_is_read_behind_the_first_question_or_the_last_or_both() -> None:
    asked = {group.pairs[0][0] for group in learnt() if group.pairs[0][0].endswith("for how much?")}
    first, last = "Who runs the ferry?", "and who wants to sell it?"
    assert asked == {f"{first} {last} for how much?", f"{first} for how much?", f"{last} for how much?"}


def test_the_first_question_is_read_alone() -> None:
    assert {group.pairs[0][0] for group in learnt(DIALOGUE.split("\n+")[0])} == {"Who runs the ferry?"}


def test_what_answered_the_turn_before_does_not_answer_the_next() -> None:
    seconds = [group for group in learnt() if group.pairs[0][0].endswith("sell it") and not group.one_of_them]
    assert all(
        [text for _, text in group.pairs][:2]
        == [
            "A FERRY IS SOLD. Brandt wants to sell it.",
            "A FERRY IS SOLD. Holm runs the ferry. He is old.",
        ]
        for group in seconds
    )
    assert all(group.right == (True, False, False)[: len(group.pairs)] for group in seconds)


def test_some_turns_are_learnt_with_a_passage_of_another_affair_that_does_not_answer() -> None:
    groups = [group for group in learnt(far=["A BRIDGE. It is sold."]) if not group.one_of_them]
    far = [
        dict(zip((text for _, text in group.pairs), group.right, strict=True)).get("A BRIDGE. It is sold.")
        for group in groups
    ]
    assert set(far) == {False, None}


def test_a_turn_that_nothing_answers_is_learnt_with_passages_and_sentences_that_do_not() -> None:
    last = [group for group in learnt() if group.pairs[0][0].endswith("for how much?")]
    assert len(last) > 20
    assert not any(right for group in last for right in group.right)


def test_of_the_sentences_of_the_right_passage_one_answers() -> None:
    of_first = [group for group in learnt() if group.one_of_them and group.pairs[0][0] == "Who runs the ferry?"]
    assert of_first
    for group in of_first:
        assert [text for _, text in group.pairs][:2] == [
            "A FERRY IS SOLD. Holm runs the ferry.",
            "A FERRY IS SOLD. He is old.",
        ]
        assert group.right == (True, True, False, False)


@pytest.mark.parametrize("text", ["@ A FERRY", "D 1| Who?", "@ A FERRY\n+ 1| Who?", "@ A FERRY\nD 1| Who?\nD 1| Why?"])
def test_what_is_not_a_dialogue_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        read_dialogue(text)


def test_every_dialogue_of_the_training_data_is_about_an_affair_and_names_passages_that_it_has() -> None:
    known = {affair.subject: affair for affair in affairs()}
    found = dialogues()
    assert len(found) > 1000
    for dialogue in found:
        labels = {label for _, labels in dialogue.turns for label in labels}
        assert labels <= known[dialogue.subject].passages.keys(), dialogue.subject
        assert any(not right for _, right in dialogue.turns), dialogue.subject


LINE = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1).map(lambda text: f"x{text}x")


@given(LINE, LINE, st.lists(LINE, max_size=4))
def test_any_one_line_texts_make_a_dialogue(subject: str, first: str, further: Sequence[str]) -> None:
    dialogue = read_dialogue("\n".join([f"@ {subject}", f"D 1| {first}", *(f"+ 0| {text}" for text in further)]))
    assert dialogue.subject == subject
    assert [question for question, _ in dialogue.turns] == [first, *further]
