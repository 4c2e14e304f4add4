"""What is learnt of the passages of whole paragraphs."""

from __future__ import annotations

import random
from itertools import islice

import pytest

from training.examples import rows
from training.learning import Group
from training.windows import AMONG, WRONG, WRONG_ALONE, windows_of_questions

SOME = 60


@pytest.fixture(scope="module")
def learnt() -> list[Group]:
    return [group for unit in islice(windows_of_questions(random.Random(1)), SOME) for group in unit]


def test_of_a_paragraph_that_answers_one_passage_is_right(learnt: list[Group]) -> None:
    answered = [group for group in learnt if any(group.right)]
    assert answered
    assert all(group.one_of_them for group in answered)


def test_of_a_question_without_an_answer_no_passage_is_right(learnt: list[Group]) -> None:
    without = {row["question"] for row in rows("questions.jsonl") if not row["gold"]}
    groups = [group for group in learnt if group.pairs[0][0] in without]
    assert groups
    assert not any(right for group in groups for right in group.right)


def test_no_right_passage_is_among_the_wrong_ones(learnt: list[Group]) -> None:
    for group in learnt:
        marked = list(zip(group.pairs, group.right, strict=True))
        assert not {pair for pair, right in marked if right} & {pair for pair, right in marked if not right}


def test_a_few_passages_that_come_near_are_wrong(learnt: list[Group]) -> None:
    assert WRONG_ALONE <= AMONG
    assert all(0 < len(group.right) - sum(group.right) <= max(WRONG, WRONG_ALONE) for group in learnt)
