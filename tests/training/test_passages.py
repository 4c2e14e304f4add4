"""The affairs that the model of inference learns from, and what is made of them."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.learning import Group
from training.passages import Affair, affairs, groups, read_affair

AFFAIR = """@ A FERRY IS SOLD
1| Holm runs the ferry.
2| Brandt wants to sell it.
Q 1| Who runs the ferry?
Q 0| Who bought the ferry?
T 1| The ferry is run by Holm.
F 1| Holm is run by the ferry."""


def learnt(affair: Affair) -> list[Group]:
    return groups(affair, random.Random(1))


def test_an_affair_has_its_subject_passages_questions_and_twins() -> None:
    affair = read_affair(AFFAIR)
    assert affair.subject == "A FERRY IS SOLD"
    assert list(affair.passages) == ["1", "2"]
    assert affair.questions == (("Who runs the ferry?", frozenset("1")), ("Who bought the ferry?", frozenset()))
    assert affair.twins == (("1", "The ferry is run by Holm.", "Holm is run by the ferry."),)


@pytest.mark.parametrize(
    "line", ["Q 3| Who?", "T 1| A statement without its twin.", "3: A passage.", "F 1| A twin alone."]
)
def test_what_is_not_an_affair_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"label|twos|line"):
        read_affair(f"{AFFAIR}\n{line}")


def test_every_affair_of_the_training_data_can_be_read_and_asks_what_none_of_its_passages_says() -> None:
    found = affairs()
    assert len(found) > 500
    assert all(affair.twins for affair in found)
    assert all(any(not labels for _, labels in affair.questions) for affair in found)


def test_a_question_is_learnt_with_a_passage_that_comes_near_and_a_statement_with_its_twin() -> None:
    asked, unanswered, twins, *_ = learnt(read_affair(AFFAIR))
    assert asked.right == (True, False)
    assert not any(unanswered.right)
    assert [statement for statement, _ in twins.pairs] == ["The ferry is run by Holm.", "Holm is run by the ferry."]
    assert twins.right == (True, False)
    assert all(text.startswith("A FERRY IS SOLD. ") for group in (asked, unanswered, twins) for _, text in group.pairs)


LINE = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1).map(lambda text: f"x{text}x")


@given(LINE, st.lists(LINE, min_size=1, max_size=4), LINE)
def test_any_one_line_texts_make_an_affair(subject: str, passages: Sequence[str], question: str) -> None:
    lines = [f"@ {subject}", *(f"{label}| {text}" for label, text in enumerate(passages, 1)), f"Q 1| {question}"]
    affair = read_affair("\n".join(lines))
    assert (affair.subject, list(affair.passages.values())) == (subject, list(passages))
    assert affair.questions == ((question, frozenset("1")),)
