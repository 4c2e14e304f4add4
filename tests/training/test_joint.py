"""Questions whose answer stands in several passages, and what is made of them."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from training.joint import Joint, joint_questions, parts_of, read_joint
from training.learning import Group
from training.passages import affairs, read_affair

AFFAIR = """@ A FERRY IS SOLD
1| Holm wants 40 crowns for the ferry. He is old.
2| Brandt would pay 30.
3| Nobody would buy the pier."""
QUESTIONS = """@ A FERRY IS SOLD
Q 1 2| How far are the two apart on the price of the boat?
Q 0| Who lent the buyer and who lent the seller a lawyer?"""


FAR = "A MILL IS SOLD. Moe wants 90 crowns for the mill."


def learnt(seed: int = 1, far: Sequence[str] = ()) -> list[Group]:
    elsewhere = lambda _subject, _question: list(far)  # noqa: E731
    return list(parts_of(read_joint(QUESTIONS), read_affair(AFFAIR), elsewhere, random.Random(seed)))


def test_a_question_names_all_passages_that_give_a_part() -> None:
    assert read_joint(QUESTIONS) == Joint(
        "A FERRY IS SOLD",
        (
            ("How far are the two apart on the price of the boat?", frozenset("12")),
            ("Who lent the buyer and who lent the seller a lawyer?", frozenset()),
        ),
    )


def test_each_passage_with_a_part_of_the_answer_is_right() -> None:
    passages = learnt()[0]
    assert [text for _, text in passages.pairs] == [
        "A FERRY IS SOLD. Holm wants 40 crowns for the ferry. He is old.",
        "A FERRY IS SOLD. Brandt would pay 30.",
        "A FERRY IS SOLD. Nobody would buy the pier.",
    ]
    assert passages.right == (True, True, False)


def test_some_learn_from_a_passage_of_another_affair_too() -> None:
    last = [groups[0].pairs[-1][1] for seed in range(20) if (groups := learnt(seed, [FAR]))]
    assert {text == FAR for text in last} == {True, False}
    assert all(not group.right[-1] for seed in range(20) for group in learnt(seed, [FAR]) if FAR in group.pairs[-1])


def test_of_each_such_passage_one_sentence_is_right() -> None:
    _, of_first, of_second, *_ = learnt()
    assert of_first.one_of_them
    assert of_second.one_of_them
    assert (of_first.right, of_second.right) == ((True, True, False), (True, False))
    assert of_second.pairs[0][1] == "A FERRY IS SOLD. Brandt would pay 30."


def test_what_no_passage_answers_even_in_part_is_learnt_as_wrong() -> None:
    groups = [group for seed in range(8) for group in learnt(seed) if group.pairs[0][0].startswith("Who lent")]
    assert len(groups) > 8
    assert not any(right for group in groups for right in group.right)


@pytest.mark.parametrize("text", ["@ A FERRY", "Q 1 2| Who?", "@ A FERRY\nT 1| It is sold."])
def test_what_is_not_such_a_block_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a block"):
        read_joint(text)


def test_all_of_the_training_data_name_two_or_more_passages_of_their_affair_or_none() -> None:
    known = {affair.subject: affair for affair in affairs()}
    found = joint_questions()
    assert len(found) > 1000
    for joint in found:
        for question, labels in joint.questions:
            assert labels <= known[joint.subject].passages.keys(), question
            assert len(labels) != 1, question
