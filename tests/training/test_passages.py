"""The affairs that the model of inference learns from, and what is made of them."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.schema import TextNode

from training.examples import Asked
from training.learning import Group
from training.passages import (
    TWINS_READ,
    Affair,
    affairs,
    far_passages,
    found,
    groups,
    read_affair,
    sentences_of,
    twins_of,
    with_far,
)

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


def test_of_the_sentences_of_a_right_passage_one_answers_and_of_no_other_passage_any() -> None:
    asked, unanswered = sentences_of(read_affair(AFFAIR.replace("Holm runs the ferry.", "Holm is old. He runs it.")))
    subject = "A FERRY IS SOLD."
    assert [text for _, text in asked.pairs] == [
        f"{subject} Holm is old.",
        f"{subject} He runs it.",
        f"{subject} Brandt wants to sell it.",
    ]
    assert asked.right == (True, True, False)
    assert asked.one_of_them
    assert not any(unanswered.right)
    assert not unanswered.one_of_them


def test_twins_are_learnt_with_the_sentences_of_their_passage_that_share_their_words() -> None:
    rest = " ".join(f"Nothing {number} happened." for number in ("one", "two", "three", "four"))
    affair = read_affair(AFFAIR.replace("Holm runs the ferry.", f"{rest} Holm runs the ferry. It is old."))
    [twins] = twins_of(affair, random.Random(1))
    assert twins.right == (True, False)
    assert [statement for statement, _ in twins.pairs] == ["The ferry is run by Holm.", "Holm is run by the ferry."]
    [read] = {text for _, text in twins.pairs}
    assert read.startswith("A FERRY IS SOLD.")
    assert "Holm runs the ferry." in read
    assert "one happened" not in read
    assert read.count(".") - 1 in TWINS_READ


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


def test_a_question_may_be_learnt_with_the_passage_of_another_affair_that_shares_its_words() -> None:
    ferry = read_affair(AFFAIR)
    other = Affair("A BRIDGE", {"1": "Nobody runs the bridge.", "2": "Somebody bought it for its iron."}, (), ())
    [far, nothing] = far_passages([ferry, other])
    assert nothing == {}
    assert far["Who bought the ferry?"] == "A BRIDGE. Somebody bought it for its iron."
    learnt_of = [with_far(ferry, far, random.Random(seed)) for seed in range(20)]
    assert {len(of[1].pairs) for of in learnt_of} == {2, 3}
    assert not any(right for of in learnt_of for right in of[1].right)
    assert all(len(of) == len(ferry.questions) for of in learnt_of)


def test_what_is_found_for_a_question_is_learnt_by_passages_and_by_sentences() -> None:
    gold = TextNode(text="Holm runs the ferry. He has two sons.", metadata={"subject": "A FERRY"})
    near = TextNode(text="Brandt wants to run it.", metadata={"subject": "A FERRY"})
    passages, sentences = found(Asked("Who runs the ferry?", (gold,), (near,), ("holm runs",)))
    assert [text for _, text in passages.pairs] == [
        "A FERRY. Holm runs the ferry. He has two sons.",
        "A FERRY. Brandt wants to run it.",
    ]
    assert passages.right == (True, False)
    assert [text for _, text in sentences.pairs] == ["A FERRY. Holm runs the ferry.", "A FERRY. He has two sons."]
    assert sentences.right == (True, False)


def test_of_a_question_that_nothing_answers_all_passages_found_are_wrong() -> None:
    near = TextNode(text="Brandt wants to run it.", metadata={"subject": "A FERRY"})
    [only] = found(Asked("Who sank the ferry?", (), (near,), ()))
    assert only.right == (False,)


LINE = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1).map(lambda text: f"x{text}x")


@given(LINE, st.lists(LINE, min_size=1, max_size=4), LINE)
def test_any_one_line_texts_make_an_affair(subject: str, passages: Sequence[str], question: str) -> None:
    lines = [f"@ {subject}", *(f"{label}| {text}" for label, text in enumerate(passages, 1)), f"Q 1| {question}"]
    affair = read_affair("\n".join(lines))
    assert (affair.subject, list(affair.passages.values())) == (subject, list(passages))
    assert affair.questions == ((question, frozenset("1")),)
